"""Late work moves on with its hours, reminders keep their hours, and a workshop that is away is told to all."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from laws import laws_broken

from cast_offers import next_week, offer_to, pieces, plan_rows
from wadah.base.clock import JAKARTA, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.plans.commitments.selectors import minutes_left, minutes_left_of
from wadah.plans.models import CapacityBucket, Commitment
from wadah.register.models import Workshop
from wadah.register.services import days_close, days_open, membership_open
from wadah.work.models import Disruption, Offer, Reminder, WorkOrder
from wadah.work.services.away import days_closed, days_opened, disruption_report
from wadah.work.services.disruptions import disruption_close
from wadah.work.services.handing_over import hand_over
from wadah.work.services.offering import offers_sync, package_offer
from wadah.work.services.offers import offer_decline, offer_take
from wadah.work.services.reminders import reminder_record
from wadah.work.services.rolling import promises_roll

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(bracket):
    return bracket


@pytest.fixture
def offer(cast, world):
    return offer_to(cast, world.plate, cast.tini, 100)


@pytest.fixture
def order(cast, offer):
    return offer_take(offer=offer, pieces=pieces(100), by=cast.tini.user)


def clock(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


# ---- rolling on


def test_nothing_moves_before_its_week_is_over(order):
    assert promises_roll() == 0


def test_what_isnt_handed_over_moves_to_this_week_with_its_hours(cast, order, monkeypatch):
    clock(monkeypatch, now() + timedelta(weeks=3))
    week = next_week(0)
    assert promises_roll() == 1
    order.refresh_from_db()
    assert (order.week_start, order.promise_week) == (week, week - timedelta(weeks=2))
    assert [(row.week_start, row.pieces, row.minutes) for row in Commitment.objects.all()] == [(week, 100, 50)]
    buckets = dict(CapacityBucket.objects.values_list("week_start", "promised_minutes"))
    assert buckets == {order.promise_week: 0, week: 50}
    assert history_of(order).last().act == "work_order_roll"
    assert promises_roll() == 0


def test_it_joins_what_is_promised_there_already_also_beyond_the_hours(cast, world, order, monkeypatch):
    hours = minutes_left(cast.tini.workshop, next_week(2))
    full = offer_to(cast, world.plate, cast.tini, 2 * hours, weeks=2)
    offer_take(offer=full, pieces=pieces(2 * hours), by=cast.tini.user)
    clock(monkeypatch, now() + timedelta(weeks=2))
    assert promises_roll(cast.cooperative) == 1
    row = Commitment.objects.get()
    assert (row.pieces, row.minutes) == (2 * hours + 100, hours + 50)
    bucket = CapacityBucket.objects.get(week_start=next_week(0))
    assert bucket.promised_minutes == bucket.most_minutes == hours + 50
    assert minutes_left(cast.tini.workshop, next_week(0)) == 0


def test_what_was_handed_over_stays_in_the_week_whose_hours_it_took(cast, order, monkeypatch):
    clock(monkeypatch, now() + timedelta(weeks=1))
    hand_over(work_order=order, pieces=pieces(60), by=cast.tini.user)
    made, week = order.promise_week, next_week(0) + timedelta(weeks=1)
    clock(monkeypatch, now() + timedelta(weeks=1))
    assert promises_roll() == 1
    found = dict(Commitment.objects.values_list("week_start", "pieces"))
    assert found == {made: 60, week: 40}
    assert laws_broken() == []
    assert promises_roll() == 0


def test_a_promise_that_is_kept_never_moves(cast, order, monkeypatch):
    clock(monkeypatch, now() + timedelta(weeks=1))
    hand_over(work_order=order, pieces=pieces(100), by=cast.tini.user)
    clock(monkeypatch, now() + timedelta(weeks=5))
    assert promises_roll() == 0
    assert [row.week_start for row in Commitment.objects.all()] == [order.promise_week]
    assert laws_broken() == []


def test_only_work_of_that_promise_moves(cast, order, monkeypatch):
    done = WorkOrder.objects.get(pk=order.pk)
    done.pk, done.number, done.status, done.handed_over = None, "SPK-X", "done", 100
    done.save()
    clock(monkeypatch, now() + timedelta(weeks=2))
    promises_roll()
    done.refresh_from_db()
    assert done.week_start == done.promise_week


def test_hours_left_are_the_same_for_one_week_and_for_many(cast, order):
    shops = Workshop.objects.filter(pk=cast.tini.workshop.pk)
    found = minutes_left_of(shops, next_week(0), 3)
    assert {week: minutes for (_pk, week), minutes in found.items()} == {
        next_week(at): minutes_left(cast.tini.workshop, next_week(at)) for at in range(3)
    }


# ---- reminders


def day_at(hour):
    return datetime.combine(today() + timedelta(days=1), datetime.min.time(), JAKARTA).replace(hour=hour)


@pytest.fixture
def asked(offer):
    """An offer with a week to answer."""
    Offer.objects.filter(pk=offer.pk).update(answer_by=now() + timedelta(days=7))
    return offer


def test_a_reminder_is_kept_with_its_stage(cast, asked, monkeypatch):
    clock(monkeypatch, day_at(10) + timedelta(days=4))
    made = reminder_record(offer=asked, channel="wa", by=cast.manager)
    asked.refresh_from_db()
    assert (made.channel, made.by) == ("wa", cast.manager)
    assert asked.reminded_50_at is not None
    assert asked.reminded_85_at is None


@pytest.mark.parametrize("hour", [20, 23, 0, 5])
def test_nobody_is_reminded_at_night(cast, asked, monkeypatch, hour):
    clock(monkeypatch, day_at(hour))
    with pytest.raises(Refused, match=r"20\.00"):
        reminder_record(offer=asked, channel="wa", by=cast.manager)
    assert not Reminder.objects.exists()


def test_at_most_two_reminders_a_day_a_member_whatever_the_offer(cast, world, asked, monkeypatch):
    clock(monkeypatch, day_at(9))
    for channel in ("wa", "phone"):
        reminder_record(offer=asked, channel=channel, by=cast.manager)
    with pytest.raises(Refused, match="2"):
        reminder_record(offer=asked, channel="wa", by=cast.manager)
    clock(monkeypatch, day_at(9) + timedelta(days=1))
    reminder_record(offer=asked, channel="wa", by=cast.manager)


def test_an_answered_offer_needs_no_reminder(cast, asked, monkeypatch):
    clock(monkeypatch, day_at(9))
    offer_decline(offer=asked, reason="busy", by=cast.tini.user)
    with pytest.raises(Conflict):
        reminder_record(offer=asked, channel="wa", by=cast.manager)
    with pytest.raises(ValueError, match="fax"):
        reminder_record(offer=asked, channel="fax", by=cast.manager)


# ---- away


def report(cast, **more):
    days = {"first_day": next_week(), "last_day": next_week() + timedelta(days=8)}
    return disruption_report(**days | {"workshop": cast.tini.workshop, "kind": "away", "by": cast.manager} | more)


def test_who_is_away_is_told_once_and_asked_for_nothing(cast, world, offer):
    (row,) = report(cast, note="sakit")
    assert (row.kind, row.pieces, row.part, row.first_week, row.last_week) == (
        "away",
        None,
        None,
        next_week(),
        next_week(2),
    )
    offer.refresh_from_db()
    assert (offer.status, offer.reason_note) == ("withdrawn", "sakit")
    assert not offers_sync(cooperative=cast.cooperative).anything
    assert Disruption.objects.count() == 1


def test_promises_stay_unless_they_are_given_back(cast, order):
    report(cast)
    assert Commitment.objects.get().pieces == 100
    disruption_close(disruption=Disruption.objects.get(), by=cast.manager, note="x")
    report(cast, kind="machine", release=True)
    assert not Commitment.objects.exists()
    order.refresh_from_db()
    assert (order.given_up, order.status) == (100, "cancelled")


def test_every_cooperative_that_counts_on_it_is_told(cast, world, order):
    membership_open(cooperative=cast.other_cooperative, joined_on=today(), ikm=cast.tini.ikm, user=cast.tini.user)
    package = package_offer(
        cooperative=cast.other_cooperative,
        part=world.plate,
        week_start=next_week(2),
        pieces=pieces(10),
        workshops=[cast.tini.workshop],
        by=cast.manager,
    )
    told = report(cast)
    assert {row.cooperative for row in told} == {cast.cooperative, cast.other_cooperative}
    assert package.offers.get().status == "withdrawn"
    assert Disruption.objects.get(kind="declined").cooperative == cast.other_cooperative


def test_one_part_alone(cast, world, order):
    may = offer_to(cast, world.bracket, cast.tini, 10)
    (row,) = report(cast, kind="machine", part=world.plate)
    may.refresh_from_db()
    assert (row.part, may.status) == (world.plate, "open")


def test_what_cant_be_reported_is_refused(cast, world, offer):
    for wrong in (
        {"kind": "rejected"},
        {"last_day": next_week() - timedelta(days=9)},
        {"first_day": next_week(-3), "last_day": today() - timedelta(days=1)},
        {"last_day": next_week(60)},
        {"workshop": cast.sari.workshop},
    ):
        with pytest.raises(Refused):
            report(cast, **wrong)
    assert not Disruption.objects.exists()


def test_closing_days_tells_the_manager_only_where_promises_dont_fit(cast, world):
    hours = minutes_left(cast.tini.workshop, next_week())
    offer = offer_to(cast, world.plate, cast.tini, 2 * hours)
    offer_take(offer=offer, pieces=pieces(2 * hours), by=cast.tini.user)
    day = {"workshop": cast.tini.workshop, "first_day": next_week(), "last_day": next_week(), "by": cast.tini.user}
    assert days_closed(**day) == []
    days_close(**day)
    (row,) = days_closed(**day)
    assert (row.kind, row.first_week, row.last_week) == ("away", next_week(), next_week())
    assert days_closed(**day) == []
    assert days_opened(**day) == 0
    days_open(**day)
    assert days_opened(**day) == 1
    row.refresh_from_db()
    assert row.status == "dismissed"


def test_settling_needs_a_reason_and_happens_once(cast, world, offer):
    plan_rows(cast, [])
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    row = Disruption.objects.get()
    with pytest.raises(Refused):
        disruption_close(disruption=row, by=cast.manager, note=" ")
    disruption_close(disruption=row, by=cast.manager, note="sudah cukup")
    with pytest.raises(Conflict):
        disruption_close(disruption=row, by=cast.manager, note="lagi")
