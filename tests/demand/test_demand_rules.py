"""Pure rules of the demand: explosions and the mandate's pieces."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wadah.demand.rules import (
    Counted,
    Item,
    Mandate,
    Phase,
    compliance_on,
    explode,
    explosion_rows,
    mandate_months,
    month_factors,
    status_may_become,
)

BRACKET = {
    item.code: item
    for item in (
        Item("BRACKET", (("BOLT", Decimal(2)), ("PLATE", Decimal(1)))),
        Item("HOOK", (("BOLT", Decimal(1)),)),
        Item("BOLT", (("WIRE", Decimal("0.02")),)),
        Item("PLATE", (("BOLT", Decimal(1)), ("SHEET", Decimal("0.18")))),
        Item("WIRE", made=False, reason="no member draws wire", integer=False, pack_size=Decimal(10)),
        Item("SHEET", made=False, integer=False),
    )
}


def test_a_part_used_on_two_levels_is_added_up_on_the_lower_one():
    needs = explode(BRACKET, {"BRACKET": Decimal(100), "HOOK": Decimal(10)})
    assert needs["BOLT"].gross == 310
    assert needs["BOLT"].level == 2
    assert list(needs)[-1] == "WIRE"


def test_what_is_bought_comes_in_whole_packs():
    needs = explode(BRACKET, {"BRACKET": Decimal(200)})
    assert (needs["WIRE"].gross, needs["WIRE"].packs, needs["WIRE"].buy) == (Decimal("12.00"), 2, 20)
    assert (needs["SHEET"].packs, needs["SHEET"].buy) == (None, Decimal("36.00"))
    assert (needs["BOLT"].packs, needs["BOLT"].buy) == (None, 0)


def test_bought_whole_pieces_without_packs_are_rounded_up():
    items = {"A": Item("A", (("B", Decimal("0.3")),)), "B": Item("B", made=False)}
    assert explode(items, {"A": Decimal(11)})["B"].buy == 4


def test_the_tree_shows_packs_once_for_each_part():
    rows = explosion_rows(BRACKET, {"BRACKET": Decimal(200)})
    assert [(row.level, row.code, row.gross) for row in rows] == [
        (0, "BRACKET", 200),
        (1, "BOLT", 400),
        (2, "WIRE", Decimal("8.00")),
        (1, "PLATE", 200),
        (2, "BOLT", 200),
        (3, "WIRE", Decimal("4.00")),
        (2, "SHEET", Decimal("36.00")),
    ]
    assert [row.total.packs for row in rows if row.code == "WIRE" and row.first] == [2]
    assert rows[2].reason == "no member draws wire"


def test_items_that_loop_are_refused():
    with pytest.raises(ValueError, match="loop"):
        explode({"A": Item("A", (("B", Decimal(1)),)), "B": Item("B", (("A", Decimal(1)),))}, {"A": Decimal(1)})


@st.composite
def trees(draw):
    """Items whose components have higher numbers, so that nothing loops."""
    count = draw(st.integers(1, 6))
    items = {}
    for n in range(count):
        below = draw(st.lists(st.integers(n + 1, count - 1), unique=True, max_size=3)) if n + 1 < count else []
        bom = tuple((str(c), draw(st.decimals("0.01", 5, places=2))) for c in below)
        pack = None if bom else draw(st.none() | st.decimals(1, 20, places=1))
        items[str(n)] = Item(str(n), bom, made=bool(bom), pack_size=pack, integer=draw(st.booleans()))
    codes = draw(st.lists(st.sampled_from(sorted(items)), unique=True, min_size=1))
    return items, {code: Decimal(draw(st.integers(0, 1000))) for code in codes}


@given(trees())
def test_an_explosion_loses_nothing_on_the_way_down(tree):
    items, quantities = tree
    needs, rows = explode(items, quantities), explosion_rows(items, quantities)
    for code, need in needs.items():
        into = sum(needs[above].gross * each for above in needs for below, each in items[above].bom if below == code)
        assert need.gross == quantities.get(code, 0) + into
        assert need.gross == sum(row.gross for row in rows if row.code == code)
        assert [row.first for row in rows if row.code == code].count(True) == 1
        assert all(needs[below].level > need.level for below, _each in items[code].bom)
        if need.packs is not None:
            assert need.buy - items[code].pack_size < need.gross <= need.buy


@given(trees(), st.integers(1, 5))
def test_twice_the_order_needs_twice_the_parts(tree, times):
    items, quantities = tree
    more = explode(items, {code: quantity * times for code, quantity in quantities.items()})
    assert {code: need.gross for code, need in more.items()} == {
        code: need.gross * times for code, need in explode(items, quantities).items()
    }


def rule(pieces="1", phases=((date(2026, 1, 1), "1"),), **facts):
    return Mandate(
        **{"kind": "school", "group": "pupils", "valid_from": date(2026, 1, 1)} | facts,
        pieces_per_head_year=Decimal(pieces),
        phases=tuple(Phase(day, Decimal(share)) for day, share in phases),
    )


def pupils(cell, heads, level="sd", state=True):
    return Counted(cell, level, state, "pupils", heads)


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 5000)), max_size=12),
    st.decimals("0.01", 4, places=2),
    st.lists(st.tuples(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.decimals(0, 1, places=4)), max_size=3),
)
def test_months_and_cells_add_up_to_the_year_to_the_piece(rows, pieces, phases):
    mandate = rule(pieces, phases)
    cells = mandate_months(mandate, [pupils(cell, heads) for cell, heads in rows], 2026)
    heads = sum(count for _cell, count in rows)
    exact = heads * Fraction(pieces) * sum(month_factors(mandate, 2026))
    assert abs(sum(cell.pieces for cell in cells) - exact) <= Fraction(1, 2)
    assert sum(cell.heads for cell in cells) == heads
    for cell in cells:
        share = exact * cell.heads / heads if heads else 0
        assert abs(cell.pieces - share) <= Fraction(3, 2)
        assert all(count >= 0 for count in cell.months)


def test_a_hundred_pupils_at_one_cloth_a_year_spread_evenly():
    (cell,) = mandate_months(rule(), [pupils("a", 60), pupils("a", 40)], 2026)
    assert cell.months == (9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8)
    assert (cell.heads, cell.duty, cell.pieces) == (100, 100, 100)


def test_compliance_that_grows_moves_pieces_to_later_months():
    phases = ((date(2026, 1, 1), "0"), (date(2026, 7, 1), "0.5"))
    (cell,) = mandate_months(rule(phases=phases), [pupils("a", 240)], 2026)
    assert cell.months == (0,) * 6 + (10,) * 6
    assert (cell.duty, cell.pieces) == (240, 60)


def test_a_rule_counts_only_the_heads_it_names():
    rows = [
        pupils("a", 1),
        pupils("a", 10, level="smp"),
        pupils("a", 100, state=False),
        pupils("a", 1000, state=None),
        Counted("a", "sd", True, "teachers", 10_000),
        Counted("a", "office", True, "pupils", 100_000),
    ]
    heads = {
        name: sum(cell.heads for cell in mandate_months(rule(**facts), rows, 2026))
        for name, facts in {
            "all schools": {},
            "smp": {"level": "smp"},
            "state": {"state": True},
            "offices": {"kind": "office"},
        }.items()
    }
    assert heads == {"all schools": 1111, "smp": 10, "state": 11, "offices": 100_000}


def test_a_rule_out_of_force_asks_for_nothing():
    ended = rule(valid_until=date(2026, 6, 29))
    assert month_factors(ended, 2026)[4:7] == (Fraction(1, 12), 0, 0)
    assert month_factors(rule(), 2025) == (0,) * 12


def test_before_the_first_phase_nobody_buys():
    phases = (Phase(date(2026, 7, 1), Decimal("0.5")), Phase(date(2026, 3, 1), Decimal("0.2")))
    assert [compliance_on(phases, date(2026, month, 1)) for month in (2, 3, 7)] == [0, Decimal("0.2"), Decimal("0.5")]


def test_an_end_is_an_end():
    assert status_may_become("draft", "confirmed")
    assert not status_may_become("draft", "planned")
    assert status_may_become("closed", "confirmed")  # a claim: what is made again is owed anew
    assert not status_may_become("cancelled", "confirmed")
