"""Prices as pure rules: what late and short cost, and lines of a price that add up to the rupiah."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wadah.catalogue.rules.prices import (
    COMPONENTS,
    TERMS_DEFAULT,
    WEEKS_LATE_MOST,
    Terms,
    late_cost_rupiah,
    pay_rupiah_hour,
    price_lines,
    short_cost_rupiah,
)

percents = st.decimals(0, 100, places=2)
terms_any = st.builds(Terms, percents, percents, percents, st.integers(1, 90))
amounts = st.dictionaries(st.sampled_from(COMPONENTS), st.fractions(0, 10**9, max_denominator=1000), max_size=6)


def terms(margin="15", week="1", cap="5"):
    return Terms(Decimal(margin), Decimal(week), Decimal(cap), 14)


def told(lines):
    return {line.kind: line.rupiah_piece for line in lines}


def test_the_worked_example_of_the_model_page_holds_to_the_rupiah():
    lines = price_lines(
        {"material": 412_500, "pay": 350_000, "transport": 25_000, "setup": 20_000}, 1_000, terms("15", "0.7", "5")
    )
    assert told(lines) == {
        "material": 413, "pay": 350, "transport": 25, "setup": 20, "cost": 808, "margin": 122, "price": 930,
    }  # fmt: skip
    assert late_cost_rupiah(930, terms(week="0.7")) == 7
    assert short_cost_rupiah(930, terms(week="0.7")) == 1_294


def test_a_cheap_piece_is_never_late_for_nothing():
    assert late_cost_rupiah(30, TERMS_DEFAULT) == 1


def test_without_a_penalty_for_being_late_a_short_piece_loses_its_price_and_the_cap():
    assert short_cost_rupiah(1_000, terms(week="0", cap="5")) == 1_050


def test_a_penalty_agreed_for_the_line_counts_in_place_of_the_terms():
    assert short_cost_rupiah(1_000, terms(), late=40) == 1_000 + 40 * WEEKS_LATE_MOST


@given(st.integers(0, 10**9), terms_any, st.data())
def test_short_is_never_cheaper_than_making_a_piece_for_its_price_and_being_late_with_it(price, agreed, data):
    weeks = data.draw(st.integers(0, WEEKS_LATE_MOST))
    cost = data.draw(st.integers(0, price))
    assert short_cost_rupiah(price, agreed) >= cost + weeks * late_cost_rupiah(price, agreed)


@given(amounts, st.integers(1, 10**6), terms_any)
def test_components_add_up_to_the_cost_and_cost_and_margin_to_the_price(components, quantity, agreed):
    lines = told(price_lines(components, quantity, agreed))
    assert sum(lines.get(kind, 0) for kind in COMPONENTS) == lines["cost"]
    assert lines["cost"] + lines["margin"] == lines["price"]
    exact = sum(components.values(), Fraction(0)) / quantity
    assert 0 <= lines["cost"] - exact < 1
    for kind, amount in components.items():
        assert abs(lines.get(kind, 0) - Fraction(amount) / quantity) < 2


def test_an_agreed_price_leaves_the_margin_that_it_leaves():
    assert told(price_lines({"pay": 1_000}, 10, terms(), price=90)) == {
        "pay": 100, "cost": 100, "margin": -10, "price": 90,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("components", "quantity"), [({"pay": 1}, 0), ({"pay": -1}, 1), ({"luck": 1}, 1)], ids=["none", "negative", "luck"]
)
def test_what_is_no_price_is_a_mistake(components, quantity):
    with pytest.raises(ValueError, match="Expected"):
        price_lines(components, quantity, TERMS_DEFAULT)


def test_pay_by_the_hour_counts_only_pieces_that_turn_out_well():
    assert pay_rupiah_hour(350, Decimal("0.5")) == 42_000
    assert pay_rupiah_hour(350, Decimal("0.5"), Decimal("0.9")) == 37_800
    assert pay_rupiah_hour(350, Decimal(0)) is None
