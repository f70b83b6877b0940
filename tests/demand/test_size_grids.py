"""Grids of sizes as they are pasted, what is written of them, whose heads count once, and what small firms are owed."""

from datetime import date
from decimal import Decimal

import pytest

from cast_school import YEAR, school_build
from standing import standing
from wadah.base.errors import Refused
from wadah.demand.models import RequestSize, SizeCount
from wadah.demand.rules.public import SmallBuying, Standing, counted_elsewhere
from wadah.demand.rules.sizes import grid_read
from wadah.demand.selectors import mandate_duty
from wadah.demand.selectors.schools import sizes_open
from wadah.demand.services import (
    Size,
    batik_day_put,
    budget_state,
    headcount_record,
    institution_open,
    institution_put,
    request_withdraw,
    sizes_put,
    sizes_request,
    small_share_put,
)
from wadah.ledger.selectors.mandate import covered_by_area, covered_by_institution

GROUPS = {"pupils": ("siswa", "murid"), "teachers": ("guru",)}


@standing
def world(cast):
    return school_build(cast)


# ---- pasted


@pytest.mark.parametrize(
    "text",
    [
        "Ukuran\tS\tM\nSiswa\t20\t35\nGuru\t1\t2\n",
        "\tSiswa\tGuru\nS\t20\t1\nM\t35\t2\n",
        "ukuran;s;m;jumlah\nMurid;20;35;55\nguru;1;2;3\nJumlah;21;37;58\n",
        "Ukuran  S  M  Total\nSiswa  20  35  55\nGuru  1  2  3\n",
        "| Ukuran | S | M |\n| Siswa | 20 | 35 |\n| Guru | 1 | 2 |\n",
    ],
)
def test_a_grid_is_read_whichever_way_it_lies(text):
    grid = grid_read(text, GROUPS)
    assert grid.faults == []
    assert grid.pieces == {
        ("pupils", "S"): 20, ("pupils", "M"): 35, ("teachers", "S"): 1, ("teachers", "M"): 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "no_grid", 1),
        ("S\tM\n", "no_grid", 1),
        ("Ukuran\tS\nSatpam\t3\n", "no_group", 2),
        ("Ukuran\tS\nGuru\t3\nGuru\t4\n", "twice", 3),
        ("Ukuran\tS\tS\nGuru\t3\t4\n", "twice", 1),
        ("Ukuran\tS\nGuru\tdua\n", "not_a_number", 2),
        ("Ukuran\tS\nGuru\t-2\n", "not_a_number", 2),
        ("Ukuran\tS\t\nGuru\t3\t4\n", "no_size", 2),
        ("Ukuran\tS\tJumlah\nGuru\t3\t4\n", "wrong_total", 2),
        ("Ukuran\tS\nGuru\t3\nJumlah\t4\n", "wrong_total", 3),
        ("Ukuran\tSANGAT BESAR SEKALI\nGuru\t3\n", "long_size", 1),
    ],
)
def test_what_cannot_be_read_is_named_and_never_guessed(text, code, line):
    faults = grid_read(text, GROUPS).faults
    assert (code, line) in {(fault.code, fault.line) for fault in faults}


# ---- written


@pytest.mark.django_db
def test_sizes_take_the_place_of_those_that_stood(world):
    sizes_put(institution=world.school, year=YEAR, sizes=[Size("teachers", "M", 9), Size("teachers", "L", 3)])
    sizes_put(institution=world.school, year=YEAR, sizes=[Size("teachers", "M", 8), Size("teachers", "L", 0)])
    assert list(SizeCount.objects.values_list("size", "pieces")) == [("M", 8)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sizes",
    [
        [Size("employees", "M", 1)],
        [Size("teachers", "M", 1), Size("teachers", "M", 2)],
        [Size("teachers", " ", 1)],
        [Size("teachers", "M", 21)],
        [Size("teachers", "M", 200_000)],
    ],
)
def test_sizes_that_make_no_sense_are_refused(world, sizes):
    with pytest.raises(Refused):
        sizes_put(institution=world.school, year=YEAR, sizes=sizes)
    assert not SizeCount.objects.exists()


def ask(world, group="teachers"):
    return sizes_request(
        institution=world.school,
        year=YEAR,
        cooperative=world.cast.cooperative,
        parts={group: world.cloth},
        wanted_on=date(YEAR, 2, 1),
    )


@pytest.mark.django_db
def test_nothing_is_asked_for_twice_and_what_is_taken_back_can_be_asked_for_again(world):
    sizes_put(institution=world.school, year=YEAR, sizes=[Size("teachers", "M", 9)])
    request = ask(world)
    assert sizes_open(world.school, YEAR) == []
    with pytest.raises(Refused):
        ask(world)
    sizes_put(institution=world.school, year=YEAR, sizes=[Size("teachers", "M", 12)])
    second = ask(world)
    assert list(RequestSize.objects.filter(request=second).values_list("pieces", flat=True)) == [3]
    request_withdraw(request=request, reason="salah")
    assert [row.pieces for row in sizes_open(world.school, YEAR)] == [9]


@pytest.mark.django_db
def test_an_institution_without_an_account_cannot_ask(world):
    other = institution_put(code="X", name="SDN X", kind="school", level="sd", area=world.cast.kelurahan)
    sizes_put(institution=other, year=YEAR, sizes=[Size("teachers", "M", 9)])
    with pytest.raises(Refused, match="no account"):
        sizes_request(
            institution=other,
            year=YEAR,
            cooperative=world.cast.cooperative,
            parts={"teachers": world.cloth},
            wanted_on=date(YEAR, 2, 1),
        )


@pytest.mark.django_db
def test_an_account_is_opened_once_under_a_name_of_its_own(world):
    form = {"cooperative": world.cast.cooperative, "name": "Pak A", "adult": True}
    institution_open(institution=world.school, phone="0812-0000-0601", **form)
    assert world.school.buyer.contacts.count() == 2
    twin = institution_put(code="Y", name=world.school.name, kind="school", level="sd", area=world.cast.kelurahan)
    institution_open(institution=twin, phone="0812-0000-0602", **form)
    twin.refresh_from_db()
    assert twin.buyer.name == f"{world.school.name} (Y)"


# ---- heads once


def one(key, *, count=1, aggregate=False, level="sd", state=True, areas=("K1", "C")):
    return Standing(key, aggregate, count, level, state, areas)


def test_a_total_stands_for_its_schools_until_all_of_them_are_counted():
    total = one(1, count=2, aggregate=True)
    assert counted_elsewhere([total, one(2)]) == {2}
    assert counted_elsewhere([total, one(2), one(3)]) == {1}
    others = [one(4, level="smp"), one(5, state=False), one(6, areas=("K2", "C"))]
    assert counted_elsewhere([total, *others]) == set()
    assert counted_elsewhere([one(7, count=9, aggregate=True, areas=("C",)), one(8)]) == {8}


@pytest.mark.django_db
def test_no_head_is_counted_twice_by_institution_kelurahan_or_rule(world):
    area = world.cast.kelurahan
    total = institution_put(
        code="T", name="SD negeri (2 sekolah)", kind="aggregate", level="sd", state=True, count=2, area=area
    )
    headcount_record(institution=total, group="teachers", heads=50, as_of=date(2026, 7, 1))
    covered = covered_by_institution(YEAR)
    assert [covered[world.school.pk].counted, covered[total.pk].counted] == [False, True]
    by_rule = {duty.rule.code: duty.heads for duty in mandate_duty(YEAR)}
    assert by_rule["teachers"] == 50
    assert [row.covered.obliged for row in covered_by_area(YEAR)] == [50]


# ---- small firms


@pytest.mark.parametrize(
    ("budget", "bought", "elsewhere", "percent", "share", "missing"),
    [
        (None, 500, None, 40, None, None),
        (1_000, 100, None, None, 0.1, None),
        (1_000, 100, None, 40, 0.1, 300),
        (1_000, 100, 350, 40, 0.45, 0),
        (1_001, 400, 0, 40, 400 / 1_001, 1),
        (0, 0, None, 40, None, 0),
    ],
)
def test_the_share_of_small_firms_is_a_least_one_and_unknown_without_a_budget(
    budget, bought, elsewhere, percent, share, missing
):
    small = SmallBuying(budget, bought, elsewhere, None if percent is None else Decimal(percent))
    assert small.share == share
    assert small.missing == missing


@pytest.mark.django_db
def test_rows_that_contradict_each_other_are_refused(world):
    with pytest.raises(Refused, match="holds on these days"):
        small_share_put(percent=Decimal(50), regulation="lain", valid_from=date(2026, 1, 1), source="x")
    with pytest.raises(Refused, match="Not both"):
        batik_day_put(applies_to_kind="office", regulation="x", valid_from=date(2026, 1, 1), source="x")
    told = {"institution": world.school, "year": YEAR, "stated_on": date(2026, 11, 1), "source": "RKAS"}
    with pytest.raises(Refused, match="more than the whole"):
        budget_state(rupiah=10, small_elsewhere_rupiah=11, **told)
