"""A work order is born once, with a number and its hours; what is given up goes back, with its hours: W3, W5."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast_work import WorkWorld, order_open, week
from standing import standing
from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.plans.models import CapacityBucket, Commitment
from wadah.work.models import Disruption, Lot, Progress, WorkOrder, WorkTerms
from wadah.work.services.handing_over import hand_over, hand_over_cancel, hand_over_receive
from wadah.work.services.orders import work_order_allow_over, work_order_give_up
from wadah.work.services.progress import progress_report, work_order_start

pytestmark = pytest.mark.django_db


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


def test_a_work_order_by_hand_has_a_number_its_rate_and_its_hours(world):
    row = order_open(world, world.bracket.bolt, world.cast.sari, week_start=week(1) + timedelta(days=2))
    assert row.number == f"SPK-{today().year}-0001"
    assert (row.week_start, row.due_on) == (week(1), week(1) + timedelta(days=5))
    assert row.pay_rupiah_piece == 350
    promise = Commitment.objects.get()
    assert (promise.pieces, promise.week_start) == (100, week(1))
    assert CapacityBucket.objects.get().promised_minutes == promise.minutes
    assert history_of(row).get().reason == "Disepakati lewat telepon"


def test_numbers_follow_each_other(world):
    rows = [order_open(world, world.bracket.bolt, world.cast.sari, 10) for _ in range(3)]
    assert [row.number[-4:] for row in rows] == ["0001", "0002", "0003"]


def test_a_trial_lot_is_no_commitment(world):
    order_open(world, world.bracket.bolt, world.cast.sari, 10, kind="trial")
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"pieces": 0}, "pieces"),
        ({"week_start": week(-1)}, "week_start"),
        ({"kind": "service"}, "line"),
    ],
)
def test_work_by_hand_is_refused_in_words(world, wrong, field):
    with pytest.raises(Refused) as refused:
        order_open(world, world.bracket.bolt, world.cast.sari, **wrong)
    assert refused.value.field == field
    assert not WorkOrder.objects.exists()


def test_hours_that_are_not_there_are_not_promised(world):
    with pytest.raises(Refused) as refused:
        order_open(world, world.bracket.bolt, world.cast.sari, 1_000_000, week_start=week(1), beyond_hours=False)
    assert refused.value.field == "pieces"
    assert not WorkOrder.objects.exists()


def test_half_a_bolt_is_no_bolt(world):
    with pytest.raises(Refused):
        order_open(world, world.bracket.bolt, world.cast.sari, Decimal("1.5"))


@pytest.fixture
def row(world):
    return order_open(world, world.bracket.bolt, world.cast.sari)


def report(row, pieces, **more):
    made = progress_report(work_order=row, pieces=None if pieces is None else Decimal(pieces), **more)
    row.refresh_from_db()
    return made


def bring(row, pieces, **more):
    lot = hand_over(work_order=row, pieces=Decimal(pieces), **more)
    row.refresh_from_db()
    return lot


def counts(row):
    row.refresh_from_db()
    return tuple(int(value) for value in (row.reported, row.handed_over, row.given_up))


def promised():
    return sum(Commitment.objects.values_list("pieces", flat=True))


def test_the_first_report_begins_the_work_and_all_ends_what_is_to_do(row, world):
    assert row.status == "open"
    report(row, 1, by=world.cast.sari.user)
    assert row.status == "started"
    report(row, 10)
    report(row, None)
    assert counts(row) == (100, 0, 0)
    assert [int(one.pieces) for one in Progress.objects.all()] == [1, 10, 89]
    with pytest.raises(Refused):
        report(row, None)


def test_beginning_is_written_down_once(row, world):
    for _ in range(2):
        work_order_start(work_order=row, by=world.cast.sari.user)
    assert [line.act for line in history_of(row)] == ["work_order_make", "work_order_start"]


def test_a_correction_needs_a_reason_and_never_goes_below_what_is_handed_over(row):
    report(row, 30)
    bring(row, 20)
    with pytest.raises(Refused) as refused:
        report(row, -5)
    assert refused.value.field == "reason"
    report(row, -5, reason="Salah hitung")
    assert counts(row) == (25, 20, 0)
    with pytest.raises(Refused) as refused:
        report(row, -6, reason="Salah hitung")
    assert refused.value.field == "pieces"


def test_no_more_can_be_reported_than_asked_but_for_what_the_cooperative_allows_over(row, world):
    with pytest.raises(Refused, match="100"):
        report(row, 101)
    WorkTerms.objects.create(cooperative=world.cast.cooperative, over_percent=5)
    report(row, 105)
    with pytest.raises(Refused):
        report(row, 1)
    bring(row, 105)
    assert (row.over, row.status) == (5, "done")


def test_a_manager_allows_more_with_a_reason_and_takes_it_back_as_long_as_it_is_not_there(row, world):
    with pytest.raises(Refused) as refused:
        work_order_allow_over(work_order=row, over=Decimal(20), by=world.cast.manager, reason="")
    assert refused.value.field == "reason"
    work_order_allow_over(work_order=row, over=Decimal(20), by=world.cast.manager, reason="Bahan lebih")
    bring(row, 110)
    with pytest.raises(Refused):
        work_order_allow_over(work_order=row, over=Decimal(9), by=world.cast.manager, reason="Cukup")
    work_order_allow_over(work_order=row, over=Decimal(10), by=world.cast.manager, reason="Cukup")


def test_a_manager_acts_for_a_member_with_a_reason(row, world):
    with pytest.raises(Refused) as refused:
        report(row, 5, by=world.cast.manager, on_behalf_of="Bu Sari")
    assert refused.value.field == "reason"
    made = report(row, 5, by=world.cast.manager, on_behalf_of="Bu Sari", reason="Tidak punya ponsel")
    assert (made.by, made.on_behalf_of) == (world.cast.manager, "Bu Sari")


def test_what_is_handed_over_is_a_lot_that_waits_and_counts_as_done(row, world):
    report(row, 10)
    lot = bring(row, 40, by=world.cast.sari.user)
    assert (lot.origin, lot.waiting, lot.work_order, lot.bring_at) == ("made", 40, row, None)
    assert counts(row) == (40, 40, 0)
    assert promised() == 100  # its hours stay taken in its week
    bring(row, 60)
    assert (row.status, row.closed_at is not None) == ("done", True)
    with pytest.raises(Refused):
        bring(row, 1)


def test_more_than_asked_is_taken_only_by_a_manager_with_a_reason(row, world):
    with pytest.raises(Refused) as refused:
        bring(row, 101)
    assert refused.value.field == "pieces"
    with pytest.raises(Refused) as refused:
        bring(row, 101, by=world.cast.manager, beyond=True)
    assert refused.value.field == "reason"
    bring(row, 101, by=world.cast.manager, beyond=True, reason="Satu untuk contoh")
    assert row.over == 1


def test_an_announced_lot_is_counted_at_the_hub_and_what_is_missing_is_in_work_again(row, world):
    lot = bring(row, 50, bring_at=now() + timedelta(days=1))
    assert lot.received_on >= today()
    with pytest.raises(Refused) as refused:
        hand_over_receive(lot=lot, pieces=Decimal(51), by=world.cast.manager)
    assert refused.value.field == "pieces"
    lot = hand_over_receive(lot=lot, pieces=Decimal(47), by=world.cast.manager)
    assert (lot.waiting, lot.returned, lot.bring_at, lot.received_on) == (47, 3, None, today())
    assert counts(row) == (50, 47, 0)
    with pytest.raises(Refused):
        hand_over_receive(lot=lot, pieces=Decimal(47), by=world.cast.manager)


def test_a_member_takes_back_what_is_announced_and_only_the_hub_what_is_there(row, world):
    announced, there = bring(row, 50, bring_at=now() + timedelta(days=1)), bring(row, 50)
    assert row.status == "done"
    hand_over_cancel(lot=announced, reason="Motor mogok", by=world.cast.sari.user)
    assert (counts(row), row.status) == ((100, 50, 0), "started")
    with pytest.raises(Refused):
        hand_over_cancel(lot=there, reason="Salah kirim", by=world.cast.sari.user)
    hand_over_cancel(lot=there, reason="Salah kirim", by=world.cast.manager, at_hub=True, pieces=Decimal(10))
    there.refresh_from_db()
    assert (there.waiting, there.returned, counts(row)) == (40, 10, (100, 40, 0))


def test_an_inspected_lot_is_not_taken_back(row, world):
    lot = bring(row, 50)
    lot.inspections.create(number="PRK-1", pieces=50, opened_at=now())
    with pytest.raises(Refused, match=lot.number):
        hand_over_cancel(lot=lot, reason="Salah kirim", by=world.cast.manager, at_hub=True)


@pytest.mark.parametrize("days", [-1, 61])
def test_a_lot_is_announced_for_a_day_to_come_and_not_far_away(row, days):
    with pytest.raises(Refused) as refused:
        bring(row, 5, bring_at=now() + timedelta(days=days))
    assert refused.value.field == "bring_at"


def test_what_is_brought_before_its_week_takes_this_week_s_hours_and_gives_them_back(world):
    row = order_open(world, world.bracket.bolt, world.cast.sari, week_start=week(2))
    lot = bring(row, 30, bring_at=now() + timedelta(days=1))
    weeks = dict(Commitment.objects.values_list("week_start", "pieces"))
    assert weeks == {week(): 30, week(2): 70}
    hand_over_cancel(lot=lot, reason="Motor mogok")
    assert dict(Commitment.objects.values_list("week_start", "pieces")) == {week(2): 100}


def test_what_is_given_up_frees_its_hours_and_asks_for_a_mend(row, world):
    report(row, 60)
    with pytest.raises(Refused, match="40"):
        work_order_give_up(work_order=row, pieces=Decimal(41), reason="Sakit")
    before = CapacityBucket.objects.get().promised_minutes
    work_order_give_up(work_order=row, pieces=Decimal(40), reason="Sakit", by=world.cast.sari.user)
    assert (counts(row), promised()) == ((60, 0, 40), 60)
    assert CapacityBucket.objects.get().promised_minutes < before
    mend = Disruption.objects.get()
    assert (mend.kind, mend.pieces, mend.work_order, mend.note) == ("short", 40, row, "Sakit")
    bring(row, 60)
    assert row.status == "done"


def test_all_given_up_is_cancelled_and_takes_no_more_reports(row):
    work_order_give_up(work_order=row, pieces=Decimal(100), reason="Mesin rusak")
    row.refresh_from_db()
    assert (row.status, promised()) == ("cancelled", 0)
    with pytest.raises(Refused):
        report(row, 1)
    with pytest.raises(Refused):
        bring(row, 1)
    assert not Lot.objects.exists()


def test_a_trial_lot_given_up_asks_for_no_mend(world):
    row = order_open(world, world.bracket.bolt, world.cast.sari, 10, kind="trial")
    work_order_give_up(work_order=row, pieces=Decimal(4), reason="Bahan habis")
    assert not Disruption.objects.exists()


def test_giving_up_needs_a_reason(row):
    with pytest.raises(Refused) as refused:
        work_order_give_up(work_order=row, pieces=Decimal(1), reason=" ")
    assert refused.value.field == "reason"
