"""Each switching rule of docs/quality.md Q11–Q16 through the services, by a written sequence of lots.

A letter a lot: a accepted, r rejected, g in the gap of a reduced plan, d good at the plan but not at the next tighter
AQL. What follows each is the severity that the next lot is inspected on: n, t, r, or x for stopped.
"""

import pytest
from quality import bolt_make, inspect, lot_make

from cast import MONDAY, cast_build
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Approval
from wadah.work.models import Disruption, InspectionPlan, SwitchingState
from wadah.work.services.disposition import rejected_rework, rework_back
from wadah.work.services.inspection import inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.switching import state_of, switching_reduce, switching_resume, switching_to_normal

pytestmark = pytest.mark.django_db

LETTERS = {"normal": "n", "tightened": "t", "reduced": "r", "discontinued": "x"}
SIZE = 200
"""Letter G: normal 32, Ac 2, Re 3 at AQL 2.5; 32, Ac 1 at the next tighter AQL; reduced 13, Ac 1, Re 3."""


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def bolt(cast):
    part = bolt_make(cast)
    plan = InspectionPlan.objects.create(cooperative=cast.cooperative, part=part, valid_from=MONDAY)
    plan.defect_rules.create(defect_class="major", method="aql", aql="2.5")
    return part


def run(cast, part, letters, **more):
    """Inspects one lot a letter; the severities that followed."""
    followed = ""
    for letter in letters:
        lot = lot_make(cast, part, SIZE)
        inspection = inspection_open(lot=lot, by=cast.manager)
        plan = inspection_standing(inspection).classes[0].plan
        defects = {"a": 0, "r": plan.re, "g": plan.ac + 1, "d": plan.ac}[letter]
        tranche_add(inspection=inspection, checked=plan.n, defects={"major": defects}, by=cast.manager)
        closed = inspection_close(inspection=inspection, by=cast.manager, **more)
        assert closed.status == ("failed" if letter == "r" else "passed")
        followed += LETTERS[state().severity]
    return followed


def state():
    return SwitchingState.objects.get()


def reduced(cast, part):
    """Ten lots that would pass at the next tighter AQL, and the manager's word."""
    run(cast, part, "a" * 10)
    switching_reduce(state=state(), steady=True, reason="produksi lancar", by=cast.manager)
    assert state().severity == "reduced"


def test_the_first_lot_is_inspected_normally(cast, bolt):
    plan = inspection_open(lot=lot_make(cast, bolt, SIZE), by=cast.manager).plans[0]
    assert (plan["letter"], plan["n"], plan["ac"], plan["re"], plan["severity"]) == ("G", 32, 2, 3, "normal")


@pytest.mark.parametrize(
    ("lots", "severities"),
    [
        ("rr", "nt"),
        ("araaar", "nnnnnt"),
        ("araar", "nnnnt"),
        ("raaaar", "nnnnnn"),
        ("aaaarr", "nnnnnt"),
    ],
)
def test_two_of_five_rejected_tighten(cast, bolt, lots, severities):
    assert run(cast, bolt, lots) == severities


def test_tightened_takes_the_tightened_plan(cast, bolt):
    run(cast, bolt, "rr")
    plan = inspection_open(lot=lot_make(cast, bolt, SIZE), by=cast.manager).plans[0]
    assert (plan["n"], plan["ac"], plan["re"], plan["severity"]) == (32, 1, 2, "tightened")


@pytest.mark.parametrize(("lots", "severities"), [("aaaaa", "ttttn"), ("aaaaraaaaa", "tttttttttn")])
def test_five_accepted_in_a_row_lead_back_to_normal(cast, bolt, lots, severities):
    run(cast, bolt, "rr")
    assert run(cast, bolt, lots) == severities


def test_five_rejected_in_all_on_tightened_stop_inspection_and_suspend_the_approval(cast, bolt):
    run(cast, bolt, "rr")
    assert run(cast, bolt, "raararr" + "r") == "tttttttx"
    with pytest.raises(Refused, match="BAUT-M8"):
        inspection_open(lot=lot_make(cast, bolt, SIZE), by=cast.manager)
    rows = Approval.objects.filter(part=bolt, workshop=cast.sari.workshop).order_by("valid_from")
    assert list(rows.values_list("status", flat=True)) == ["approved", "suspended"]
    assert rows[0].valid_until == today()
    assert "PRK-" in rows[1].note
    suspended = Disruption.objects.get(lot=None)
    assert (suspended.kind, suspended.part, suspended.workshop) == ("rejected", bolt, cast.sari.workshop)
    assert suspended.pieces is None


def test_after_a_correction_inspection_begins_again_tightened(cast, bolt):
    run(cast, bolt, "rr" + "r" * 5)
    with pytest.raises(Refused):
        switching_resume(state=state(), reason=" ", by=cast.manager)
    switching_resume(state=state(), reason="pahat diganti, disetel ulang", by=cast.manager)
    assert state_of(state()).rejected == 0
    assert run(cast, bolt, "a") == "t"


@pytest.mark.parametrize(
    ("lots", "score"),
    [("aaa", 9), ("aad", 0), ("aar", 0), ("a" * 9, 27), ("daa", 6)],
)
def test_the_score_counts_lots_that_would_pass_at_the_next_tighter_aql(cast, bolt, lots, score):
    run(cast, bolt, lots)
    assert state_of(state()).score == score


def test_at_thirty_the_manager_may_agree_to_reduced_inspection(cast, bolt):
    run(cast, bolt, "a" * 9)
    with pytest.raises(Refused, match="27"):
        switching_reduce(state=state(), steady=True, reason="lancar", by=cast.manager)
    assert run(cast, bolt, "a") == "n"
    with pytest.raises(Refused):
        switching_reduce(state=state(), steady=False, reason="lancar", by=cast.manager)
    switching_reduce(state=state(), steady=True, reason="lancar", by=cast.manager)
    plan = inspection_open(lot=lot_make(cast, bolt, SIZE), by=cast.manager).plans[0]
    assert (plan["n"], plan["ac"], plan["re"], plan["severity"]) == (13, 1, 3, "reduced")


@pytest.mark.parametrize(("lots", "severities"), [("aaa", "rrr"), ("aar", "rrn"), ("aag", "rrn")])
def test_reduced_ends_with_a_rejected_lot_or_one_in_the_gap(cast, bolt, lots, severities):
    reduced(cast, bolt)
    assert run(cast, bolt, lots) == severities


def test_the_gap_accepts_the_lot(cast, bolt):
    reduced(cast, bolt)
    lot = lot_make(cast, bolt, SIZE)
    closed = inspect(cast, lot, major=2)
    assert closed.verdicts[0]["verdict"] == "accepted_return_to_normal"
    assert closed.verdicts[0]["reasons"] == ["gap_on_reduced"]
    lot.refresh_from_db()
    assert (lot.accepted, lot.rejected) == (198, 2)


def test_reduced_ends_when_production_is_irregular_or_somebody_asks(cast, bolt):
    reduced(cast, bolt)
    assert run(cast, bolt, "a", steady=False) == "n"
    reduced(cast, bolt)
    switching_to_normal(state=state(), why="asked", reason="diminta pembeli", by=cast.manager)
    assert state().severity == "normal"
    with pytest.raises(Refused):
        switching_to_normal(state=state(), why="asked", reason="diminta pembeli", by=cast.manager)


def test_a_lot_that_comes_back_does_not_count(cast, bolt):
    lot = lot_make(cast, bolt, SIZE)
    inspect(cast, lot, major=3)
    rework = rejected_rework(lot=lot, pieces=lot.quantity, reason="ulir", due_on=today(), by=cast.manager)
    rework_back(rework=rework, mended=lot.quantity, by=cast.manager)
    again = inspect(cast, lot, major=3)
    assert again.verdicts[0]["reasons"] == ["resubmitted"]
    assert state().severity == "normal"


def test_a_lot_drawn_before_a_switch_does_not_count_after_it(cast, bolt):
    early = inspection_open(lot=lot_make(cast, bolt, SIZE), by=cast.manager)
    run(cast, bolt, "rr")
    tranche_add(inspection=early, checked=32, defects={"major": 3}, by=cast.manager)
    closed = inspection_close(inspection=early, by=cast.manager)
    assert closed.verdicts[0]["reasons"] == ["other_severity"]
    assert state_of(state()).rejected == 0


def test_looking_at_less_does_not_bring_anybody_nearer_to_reduced_inspection(cast, bolt):
    inspection = inspection_open(lot=lot_make(cast, bolt, SIZE), by=cast.manager)
    tranche_add(inspection=inspection, checked=30, defects={}, by=cast.manager)
    assert inspection_standing(inspection).early
    inspection_close(inspection=inspection, by=cast.manager)
    assert state_of(state()).score == 0


def test_each_change_is_told_with_its_reason(cast, bolt):
    run(cast, bolt, "rraaaaa")
    lines = list(history_of(state()))
    assert [line.act for line in lines] == ["severity_tightened", "severity_normal"]
    assert lines[0].reason.startswith("PRK-2026-0002")


def test_each_class_part_and_maker_has_a_state_of_its_own(cast, bolt):
    run(cast, bolt, "rr")
    other = bolt_make(cast, "BAUT-M10")
    lot = lot_make(cast, bolt, SIZE, workshop=cast.tini.workshop)
    assert inspection_open(lot=lot, by=cast.manager).plans[0]["severity"] == "normal"
    assert {plan["severity"] for plan in inspection_open(lot=lot_make(cast, other), by=cast.manager).plans} == {
        "normal"
    }
