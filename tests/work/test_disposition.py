"""What becomes of rejected pieces: none is lost, and what won't come is asked for again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quality import bolt_make, inspect, lot_make

from cast import cast_build
from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.work.models import Disruption, Lot, LotMove
from wadah.work.services.disposition import (
    rejected_accept,
    rejected_return,
    rejected_rework,
    rejected_scrap,
    rejected_sort,
    rework_back,
)
from wadah.work.services.inspection import inspection_open
from wadah.work.services.moves import lot_born
from wadah.work.words import Bucket

pytestmark = pytest.mark.django_db

DUE = today() + timedelta(days=5)


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def lot(cast):
    """All 1,000 rejected."""
    lot = lot_make(cast, bolt_make(cast), 1_000)
    inspect(cast, lot, major=3)
    return Lot.objects.get(pk=lot.pk)


def buckets(lot):
    lot = Lot.objects.get(pk=lot.pk)
    return {name: int(getattr(lot, name)) for name in Bucket.values if getattr(lot, name)}


def missing(lot):
    """What is asked for again because of the lot."""
    return sum(row.pieces for row in Disruption.objects.filter(lot=lot, status="open"))


def test_accepted_as_it_is_says_who_allowed_it_and_why(cast, lot):
    row = rejected_accept(
        lot=lot, pieces=Decimal(400), allowed_by="Mr Tanaka, QA", reason="hanya goresan", by=cast.manager
    )
    assert buckets(lot) == {"accepted": 400, "rejected": 600}
    assert (row.allowed_by, row.reason, row.inspection.lot) == ("Mr Tanaka, QA", "hanya goresan", lot)
    assert history_of(lot).last().fields["allowed_by"] == [None, "Mr Tanaka, QA"]
    assert missing(lot) == 600


@pytest.mark.parametrize("wrong", [{"allowed_by": " "}, {"reason": ""}, {"pieces": Decimal(1_001)}, {"pieces": 0}])
def test_a_concession_without_a_name_a_reason_or_pieces_is_refused(cast, lot, wrong):
    told = {"pieces": Decimal(1), "allowed_by": "Mr Tanaka", "reason": "goresan", **wrong}
    with pytest.raises(Refused):
        rejected_accept(lot=lot, by=cast.manager, **told)
    assert buckets(lot) == {"rejected": 1_000}


def test_nobody_lets_the_work_of_their_own_firm_through(cast, lot):
    with pytest.raises(Refused):
        rejected_accept(lot=lot, pieces=Decimal(1), allowed_by="saya", reason="baik", by=cast.sari.user)
    with pytest.raises(Refused):
        rejected_sort(lot=lot, good=Decimal(1), bad=Decimal(0), by=cast.sari.user)


def test_sorting_accepts_the_good_and_keeps_the_bad(cast, lot):
    row = rejected_sort(lot=lot, good=Decimal(950), bad=Decimal(50), by=cast.manager)
    assert buckets(lot) == {"accepted": 950, "rejected": 50}
    assert (row.pieces, row.accepted, row.rejected) == (1_000, 950, 50)
    assert LotMove.objects.get(kind="sort_accept").pieces == 950
    assert missing(lot) == 50


def test_rework_goes_back_to_its_maker_and_is_expected_back(cast, lot):
    row = rejected_rework(lot=lot, pieces=Decimal(1_000), reason="ulir rusak", due_on=DUE, by=cast.manager)
    assert buckets(lot) == {"rework": 1_000}
    assert LotMove.objects.get(kind="rework").workshop == cast.sari.workshop
    assert missing(lot) == 0
    assert Disruption.objects.get(lot=lot).closed_by is None
    rework_back(rework=row, mended=Decimal(700), by=cast.manager)
    assert buckets(lot) == {"waiting": 700, "rework": 300}
    rework_back(rework=row, mended=Decimal(280), spoilt=Decimal(20), note="ulir habis", by=cast.manager)
    assert buckets(lot) == {"waiting": 980, "scrapped": 20}
    assert missing(lot) == 20
    with pytest.raises(Conflict, match=lot.number):
        rework_back(rework=row, mended=Decimal(1), by=cast.manager)


def test_what_comes_back_is_inspected_again_without_counting(cast, lot):
    row = rejected_rework(lot=lot, pieces=Decimal(1_000), reason="ulir rusak", due_on=DUE, by=cast.manager)
    rework_back(rework=row, mended=Decimal(1_000), by=cast.manager)
    again = inspect(cast, lot)
    assert (again.attempt, again.status) == (2, "passed")
    assert {reason for one in again.verdicts for reason in one["reasons"]} == {"resubmitted"}
    assert buckets(lot) == {"accepted": 1_000}
    assert missing(lot) == 0


@pytest.mark.parametrize("back", [(0, 0), (-1, 2), (600, 401)])
def test_more_than_is_at_the_workshop_cannot_come_back(cast, lot, back):
    row = rejected_rework(lot=lot, pieces=Decimal(1_000), reason="ulir rusak", due_on=DUE, by=cast.manager)
    with pytest.raises(Refused):
        rework_back(rework=row, mended=Decimal(back[0]), spoilt=Decimal(back[1]), by=cast.manager)
    assert buckets(lot) == {"rework": 1_000}


def test_rework_needs_a_day_to_come_and_a_maker(cast, lot):
    with pytest.raises(Refused):
        rejected_rework(lot=lot, pieces=Decimal(1), reason="ulir", due_on=today() - timedelta(days=1), by=cast.manager)
    bought = lot_born(
        cooperative=cast.cooperative, part=lot.part, origin="bought", quantity=Decimal(9), bucket="rejected"
    )
    with pytest.raises(Refused, match=bought.number):
        rejected_rework(lot=bought, pieces=Decimal(1), reason="ulir", due_on=DUE, by=cast.manager)


@pytest.mark.parametrize(("act", "bucket"), [(rejected_scrap, "scrapped"), (rejected_return, "returned")])
def test_scrapped_and_sent_back_stay_asked_for(cast, lot, act, bucket):
    act(lot=lot, pieces=Decimal(30), reason="tidak bisa dipakai", by=cast.manager)
    assert buckets(lot) == {"rejected": 970, bucket: 30}
    assert missing(lot) == 1_000


def test_what_a_repair_has_mended_is_not_asked_for_again(cast, lot):
    Disruption.objects.filter(lot=lot).update(status="mended", closed_at=now(), closed_by=cast.manager)
    rejected_scrap(lot=lot, pieces=Decimal(1_000), reason="hancur", by=cast.manager)
    assert missing(lot) == 0


def test_what_is_missing_again_after_rework_is_asked_for_once(cast, lot):
    row = rejected_rework(lot=lot, pieces=Decimal(1_000), reason="ulir rusak", due_on=DUE, by=cast.manager)
    rework_back(rework=row, mended=Decimal(1_000), by=cast.manager)
    inspect(cast, lot, critical=1)
    assert missing(lot) == 1_000
    assert Disruption.objects.filter(lot=lot).count() == 2


def test_a_trial_lot_asks_for_nothing_again(cast):
    lot = lot_make(cast, bolt_make(cast), 100, kind="trial")
    inspect(cast, lot, critical=1)
    assert not Disruption.objects.exists()


def test_an_inspection_finds_only_what_waits(cast, lot):
    with pytest.raises(Refused, match=lot.number):
        inspection_open(lot=lot, by=cast.manager)


STEPS = st.lists(st.tuples(st.sampled_from(["accept", "sort", "rework", "scrap", "return"]), st.integers(1, 60)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_decided_every_piece_is_somewhere(cast, lot, steps):
    lot = lot_make(cast, lot.part, 100)
    inspect(cast, lot, critical=1)
    decide = {
        "accept": lambda n: rejected_accept(lot=lot, pieces=n, allowed_by="QA", reason="baik", by=cast.manager),
        "sort": lambda n: rejected_sort(lot=lot, good=n // 2, bad=n - n // 2, by=cast.manager),
        "rework": lambda n: rejected_rework(lot=lot, pieces=n, reason="ulir", due_on=DUE, by=cast.manager),
        "scrap": lambda n: rejected_scrap(lot=lot, pieces=n, reason="hancur", by=cast.manager),
        "return": lambda n: rejected_return(lot=lot, pieces=n, reason="salah", by=cast.manager),
    }
    for kind, pieces in steps:
        before = buckets(lot)
        try:
            decide[kind](Decimal(pieces))
        except Refused:
            assert buckets(lot) == before
        found = buckets(lot)
        assert sum(found.values()) == 100
        gone = found.get("rejected", 0) + found.get("scrapped", 0) + found.get("returned", 0)
        assert missing(lot) == gone
