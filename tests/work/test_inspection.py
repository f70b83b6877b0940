"""One lot inspected: its plan is frozen, tranches count, closing moves every piece (docs/quality.md, docs/work.md)."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from quality import bolt_make, inspect, lot_make

import wadah.work.rules
from cast import cast_build
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.work.models import Disruption, Inspection, InspectionPlan, Lot, LotMove, Measurement
from wadah.work.rules.faults import QualityError
from wadah.work.services.inspection import (
    Measured,
    inspection_cancel,
    inspection_close,
    inspection_open,
    inspection_standing,
    tranche_add,
    tranche_undo,
)
from wadah.work.services.moves import lot_born, lot_move
from wadah.work.services.refusals import WORDS, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def bolt(cast):
    return bolt_make(cast)


def buckets(lot):
    lot = Lot.objects.get(pk=lot.pk)
    return {name: int(getattr(lot, name)) for name in ("waiting", "accepted", "rejected") if getattr(lot, name)}


def plan(cast, part, *rules, level="II"):
    """An inspection plan from the first of the month on."""
    row = InspectionPlan.objects.create(cooperative=cast.cooperative, part=part, valid_from="2026-11-01", level=level)
    for rule in rules:
        row.defect_rules.create(**rule)
    return row


def test_opening_freezes_the_plan_of_each_class_by_the_cooperatives_defaults(cast, bolt):
    inspection = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager)
    assert inspection.number.startswith("PRK-2026-")
    found = {one["defect_class"]: (one["letter"], one["n"], one["ac"], one["re"]) for one in inspection.plans}
    assert found == {"critical": ("", 80, 0, 1), "major": ("J", 80, 2, 3), "minor": ("J", 80, 7, 8)}
    assert all(one["severity"] == "normal" for one in inspection.plans)


def test_a_later_plan_of_the_part_does_not_touch_what_is_being_inspected(cast, bolt):
    inspection = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager)
    plan(cast, bolt, {"defect_class": "major", "method": "all"})
    assert inspection_standing(Inspection.objects.get(pk=inspection.pk)).n == 80
    assert inspection_open(lot=lot_make(cast, bolt, 50), by=cast.manager).plans[0]["n"] == 50


def test_one_hundred_now_and_two_hundred_later(cast, bolt):
    plan(cast, bolt, {"defect_class": "major", "method": "user", "n": 300, "ac": 3, "re": 4})
    inspection = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager)
    tranche_add(inspection=inspection, checked=100, defects={"major": 2}, by=cast.manager)
    standing = inspection_standing(inspection)
    assert (standing.lot_accepted, standing.n - standing.checked) == (None, 200)
    assert standing.classes[0].progress.defects_to_reject == 2
    tranche_add(inspection=inspection, checked=200, defects={"major": 1}, by=cast.manager)
    assert inspection_standing(inspection).lot_accepted is True


def test_a_lot_that_passes_keeps_its_found_defects_out(cast, bolt):
    lot = lot_make(cast, bolt, 1_000)
    row = inspect(cast, lot, major=2, minor=1)
    assert row.status == "passed"
    assert buckets(lot) == {"accepted": 997, "rejected": 3}
    kinds = list(LotMove.objects.filter(inspection=row).values_list("kind", "pieces"))
    assert kinds == [("reject", 3), ("accept", 997)]


def test_a_lot_that_fails_is_rejected_whole_and_asked_for_again(cast, bolt):
    lot = lot_make(cast, bolt, 1_000)
    row = inspect(cast, lot, major=3)
    assert row.status == "failed"
    assert buckets(lot) == {"rejected": 1_000}
    disruption = Disruption.objects.get(lot=lot)
    assert (disruption.kind, disruption.pieces, disruption.workshop) == ("rejected", 1_000, cast.sari.workshop)


def test_rejection_is_early_as_soon_as_it_is_certain(cast, bolt):
    inspection = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager)
    tranche_add(inspection=inspection, checked=10, defects={"critical": 1}, by=cast.manager)
    standing = inspection_standing(inspection)
    assert standing.lot_accepted is False and standing.early
    closed = inspection_close(inspection=inspection, by=cast.manager)
    assert [one["verdict"] for one in closed.verdicts] == ["rejected", "stopped", "stopped"]
    assert closed.verdicts[1]["reasons"] == ["stopped"]


def test_an_undecided_sample_closes_nothing(cast, bolt):
    lot = lot_make(cast, bolt, 1_000)
    inspection = inspection_open(lot=lot, by=cast.manager)
    tranche_add(inspection=inspection, checked=60, defects={}, by=cast.manager)
    with pytest.raises(Refused, match="20"):
        inspection_close(inspection=inspection, by=cast.manager)
    assert buckets(lot) == {"waiting": 1_000}


@pytest.mark.parametrize(
    ("checked", "defects", "number"),
    [(0, {}, "80"), (81, {}, "80"), (5, {"major": 6}, "5"), (5, {"major": -1}, "5"), (5, {"odd": 1}, "odd")],
)
def test_a_tranche_that_cannot_be_is_refused_in_words(cast, bolt, checked, defects, number):
    inspection = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager)
    with pytest.raises(Refused, match=number):
        tranche_add(inspection=inspection, checked=checked, defects=defects, by=cast.manager)
    assert not inspection.tranches.exists()


def test_only_the_first_pieces_count_for_a_class_with_a_smaller_sample(cast, bolt):
    plan(
        cast,
        bolt,
        {"defect_class": "major", "method": "aql", "aql": 1},
        {"defect_class": "minor", "method": "user", "n": 20, "ac": 1, "re": 2},
    )
    inspection = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager)
    with pytest.raises(Refused, match="20"):
        tranche_add(inspection=inspection, checked=80, defects={"minor": 2}, by=cast.manager)
    assert inspection_standing(inspection).next_pieces == 20
    tranche_add(inspection=inspection, checked=20, defects={"minor": 1}, by=cast.manager)
    tranche_add(inspection=inspection, checked=60, defects={"minor": 5}, by=cast.manager)
    minor = inspection_standing(inspection).classes[1]
    assert (minor.counted, minor.verdict) == (1, "accepted")
    closed = inspection_close(inspection=inspection, by=cast.manager)
    assert buckets(closed.lot) == {"accepted": 994, "rejected": 6}


def test_faults_of_one_piece_are_set_aside_once(cast, bolt):
    plan(cast, bolt, {"defect_class": "minor", "method": "aql", "aql": 40})
    inspection = inspection_open(lot=lot_make(cast, bolt, 100), by=cast.manager)
    standing = inspection_standing(inspection)
    assert standing.classes[0].plan.counts == "defects"
    tranche_add(inspection=inspection, checked=standing.n, defects={"minor": 7}, by=cast.manager)
    with pytest.raises(Refused, match="7"):
        inspection_close(inspection=inspection, set_aside=Decimal(8), by=cast.manager)
    closed = inspection_close(inspection=inspection, set_aside=Decimal(2), by=cast.manager)
    assert buckets(closed.lot) == {"accepted": 98, "rejected": 2}


def test_a_last_tranche_is_taken_back_and_its_history_stays(cast, bolt):
    inspection = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager)
    tranche_add(inspection=inspection, checked=60, defects={"major": 3}, by=cast.manager)
    tranche_undo(inspection=inspection, by=cast.manager)
    assert inspection_standing(inspection).checked == 0
    assert [line.act for line in history_of(inspection)] == ["inspection_open", "tranche_add", "tranche_undo"]
    with pytest.raises(Refused, match="PRK-"):
        tranche_undo(inspection=inspection, by=cast.manager)


def test_measured_values_are_kept_by_piece(cast, bolt):
    row = plan(cast, bolt, {"defect_class": "major", "method": "user", "n": 5, "ac": 0, "re": 1})
    row.characteristics.create(number=1, name="Diameter", kind="measured", unit="mm", lower="7.9", upper="8.1")
    inspection = inspection_open(lot=lot_make(cast, bolt, 100), by=cast.manager)
    values = [Measured(1, sample, Decimal("8.01") + sample) for sample in (1, 2)]
    tranche_add(inspection=inspection, checked=5, defects={}, values=values, by=cast.manager)
    assert list(Measurement.objects.values_list("sample", "value")) == [(1, Decimal("9.01")), (2, Decimal("10.01"))]


@pytest.mark.parametrize("wrong", [Measured(2, 1, Decimal(1)), Measured(1, 6, Decimal(1)), Measured(1, 1, 10**9)])
def test_a_value_that_is_not_asked_for_is_refused(cast, bolt, wrong):
    row = plan(cast, bolt, {"defect_class": "major", "method": "user", "n": 5, "ac": 0, "re": 1})
    row.characteristics.create(number=1, name="Diameter", kind="measured")
    inspection = inspection_open(lot=lot_make(cast, bolt, 100), by=cast.manager)
    with pytest.raises(Refused):
        tranche_add(inspection=inspection, checked=5, defects={}, values=[wrong], by=cast.manager)
    assert inspection_standing(inspection).checked in {0, 5}


def test_two_inspections_of_one_lot_cannot_be_open(cast, bolt):
    lot = lot_make(cast, bolt)
    inspection_open(lot=lot, by=cast.manager)
    with pytest.raises(Conflict, match=lot.number):
        inspection_open(lot=lot, by=cast.manager)


def test_nobody_closes_twice(cast, bolt):
    row = inspect(cast, lot_make(cast, bolt))
    for act in (inspection_close, tranche_undo):
        with pytest.raises(Conflict, match=row.number):
            act(inspection=row, by=cast.manager)


def test_a_cancelled_inspection_moves_nothing_and_the_lot_begins_anew_as_original(cast, bolt):
    lot = lot_make(cast, bolt)
    first = inspection_open(lot=lot, by=cast.manager)
    with pytest.raises(Refused):
        inspection_cancel(inspection=first, reason=" ", by=cast.manager)
    inspection_cancel(inspection=first, reason="salah lot", by=cast.manager)
    assert buckets(lot) == {"waiting": 100}
    again = inspect(cast, lot)
    assert again.attempt == 2
    assert all("resubmitted" not in one["reasons"] for one in again.verdicts)


def test_nobody_inspects_the_work_of_their_own_firm(cast, bolt):
    with pytest.raises(Refused, match="sendiri"):
        inspection_open(lot=lot_make(cast, bolt), by=cast.sari.user)


def test_pieces_that_left_meanwhile_stop_the_verdict(cast, bolt):
    lot = lot_make(cast, bolt, 10)
    inspection = inspection_open(lot=lot, by=cast.manager)
    standing = inspection_standing(inspection)
    tranche_add(inspection=inspection, checked=standing.n, defects={}, by=cast.manager)
    lot_move(lot=lot, kind="return", source="waiting", target="returned", pieces=Decimal(1))
    with pytest.raises(Refused, match="10"):
        inspection_close(inspection=inspection, by=cast.manager)


def test_a_lot_of_one_is_looked_at_itself(cast, bolt):
    row = inspect(cast, lot_make(cast, bolt, 1))
    assert row.status == "passed"
    assert [one["reasons"] for one in row.verdicts] == [["not_in_tables"]] * 3


def test_a_bought_lot_has_no_maker_and_no_state(cast, bolt):
    lot = lot_born(cooperative=cast.cooperative, part=bolt, origin="bought", quantity=Decimal(100), by=cast.manager)
    row = inspect(cast, lot, major=4)
    assert row.status == "failed"
    assert "reasons" not in row.verdicts[0]
    assert not Disruption.objects.exists()


def test_every_refusal_of_the_rules_has_its_words():
    codes = set()
    for source in Path(wadah.work.rules.__file__).parent.glob("*.py"):
        text = source.read_text()
        codes |= set(re.findall(r'QualityError\(\s*"(\w+)"', text))
        codes |= set(re.findall(r'^\s+\(.+, "([a-z_]+)", .+\),$', text, re.MULTILINE))
    codes |= {"ltpd", "consumers_risk"}
    assert len(codes) > 25
    assert codes <= WORDS.keys()
    for code in codes:
        assert "%(" not in str(refused(QualityError(code, 7, (1, 2))))
