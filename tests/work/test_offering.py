"""Open offers follow the plan in force, and asking twice offers nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cast_offers import next_week, offer_to, pieces, plan_rows
from cast_orders import may_make
from wadah.base.clock import JAKARTA, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Approval, Rate
from wadah.plans.models import PlanRun
from wadah.register.services import membership_close
from wadah.work.models import Disruption, Offer, WorkOrder, WorkPackage, WorkTerms
from wadah.work.rules.offers import answer_until, pay_of, reminder_stage, shrunk
from wadah.work.services.disruptions import disruption_close
from wadah.work.services.offering import Synced, offers_sync, offers_sync_all
from wadah.work.services.offers import offer_decline, offer_take
from wadah.work.services.orders import terms_of, work_order_open
from wadah.work.services.publishing import plan_offer
from wadah.work.services.rolling import promises_roll

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(bracket):
    return bracket


def sync(cast):
    return offers_sync(cooperative=cast.cooperative, by=cast.manager)


def open_pieces(cast):
    rows = Offer.objects.filter(status="open", package__cooperative=cast.cooperative)
    return {(row.package.part.code, row.workshop.code, row.package.week_start): row.pieces for row in rows}


def taken(offer, number, by):
    return offer_take(offer=offer, pieces=pieces(number), by=by)


# ---- what the plan wants


def test_every_lot_of_the_coming_weeks_is_offered_once(cast, world):
    lots = [(world.plate, cast.tini, 0, 50), (world.bush, cast.karim, 3, 80), (world.bush, cast.karim, 4, 90)]
    run = plan_rows(cast, lots)
    assert sync(cast) == Synced(
        made=len([week for week in (0, 3) if offerable(week)]), to_mend=0 if offerable(0) else 1
    )
    assert open_pieces(cast).get(("BUSH", "W-002", next_week(3))) == 80
    assert ("BUSH", "W-002", next_week(4)) not in open_pieces(cast)  # four weeks ahead by default: 0 … 3
    assert not sync(cast).anything
    offer = Offer.objects.get(package__week_start=next_week(3))
    assert (offer.number[:8], offer.package.run, offer.status) == (f"TW-{today().year}-", run, "open")
    assert (offer.pay_rupiah_piece, offer.simulated) == (350, True)
    assert history_of(run).filter(act="offers_sync").count() == 1


def offerable(week):
    return answer_until(now(), 48, next_week(week) + timedelta(days=5)) is not None


def test_how_far_ahead_and_how_long_is_the_cooperatives_own(cast, world):
    WorkTerms.objects.create(cooperative=cast.cooperative, offer_weeks_ahead=6, answer_hours=24)
    plan_rows(cast, [(world.bush, cast.karim, 5, 80), (world.bush, cast.karim, 6, 80)])
    assert sync(cast).made == 1
    offer = Offer.objects.get()
    assert timedelta(hours=24) <= offer.answer_by - offer.offered_at < timedelta(hours=37)


def test_without_a_plan_in_force_there_is_nothing_to_offer(cast, world):
    plan_rows(cast, [(world.bush, cast.karim, 1, 80)], status="draft")
    assert sync(cast) == Synced()


def test_publishing_and_offering_is_one_act(cast, world):
    run = plan_rows(cast, [(world.bush, cast.karim, 1, 80)], status="draft")
    assert plan_offer(run=run, by=cast.manager).made == 1
    run.refresh_from_db()
    assert run.status == "published"
    with pytest.raises(Conflict):
        plan_offer(run=run, by=cast.manager)
    assert Offer.objects.count() == 1


def test_a_plan_that_wants_less_makes_open_offers_smaller_or_withdraws_them(cast, world):
    offer_to(cast, world.bush, cast.karim, 80)
    offer_to(cast, world.bush, cast.karim, 50)
    assert open_pieces(cast) == {("BUSH", "W-002", next_week()): 50}
    assert WorkPackage.objects.get().pieces == 50
    plan_rows(cast, [(world.plate, cast.tini, 1, 10)])
    assert sync(cast) == Synced(made=1, withdrawn=1)
    assert open_pieces(cast) == {("PLATE", "W-003", next_week()): 10}
    assert not Disruption.objects.exists()  # nobody counts on it any more


def test_a_plan_that_wants_more_offers_the_rest(cast, world):
    Rate.objects.filter(part=world.bush).update(lot_quantity_min=60)
    first = offer_to(cast, world.bush, cast.karim, 80)
    plan_rows(cast, [(world.bush, cast.karim, 1, 110)])
    assert sync(cast).made == 1
    second = Offer.objects.get(status="open", pieces=30)
    assert (first.lot_quantity_min, second.lot_quantity_min) == (60, 0)


def test_what_was_taken_isnt_offered_again_and_stays(cast, world):
    offer = offer_to(cast, world.bush, cast.karim, 80)
    taken(offer, 80, cast.karim.user)
    assert not sync(cast).anything
    plan_rows(cast, [(world.bush, cast.karim, 1, 50)])
    assert not sync(cast).anything
    assert WorkOrder.objects.get().pieces == 80


def test_a_newer_plan_knows_what_was_promised_before(cast, world):
    offer = offer_to(cast, world.bush, cast.karim, 80)
    taken(offer, 80, cast.karim.user)
    run = plan_rows(cast, [(world.bush, cast.karim, 1, 100)], promises_read_at=now())
    run.lots.update(promised=80)
    assert sync(cast).made == 1
    assert open_pieces(cast) == {("BUSH", "W-002", next_week()): 20}


def test_work_given_by_hand_is_beside_the_plan_until_a_plan_was_made_with_it(cast, world):
    terms = terms_of(Rate.objects.get(part=world.bush))
    work_order_open(
        cooperative=cast.cooperative,
        part=world.bush,
        workshop=cast.karim.workshop,
        week_start=next_week(),
        pieces=pieces(30),
        terms=terms,
        by=cast.manager,
        reason="lewat telepon",
    )
    offer_to(cast, world.bush, cast.karim, 80)
    assert open_pieces(cast) == {("BUSH", "W-002", next_week()): 80}
    run = plan_rows(cast, [(world.bush, cast.karim, 1, 80)], promises_read_at=now())
    run.lots.update(promised=30)
    assert sync(cast).shrunk == 1
    assert open_pieces(cast) == {("BUSH", "W-002", next_week()): 50}


# ---- who can't or won't


def test_who_said_no_isnt_asked_again_and_it_is_told_once(cast, world):
    offer = offer_to(cast, world.bush, cast.karim, 80)
    offer_decline(offer=offer, reason="busy", by=cast.karim.user)
    assert not sync(cast).anything
    disruption_close(disruption=Disruption.objects.get(), by=cast.manager, note="biar saja")
    assert not sync(cast).anything
    run = plan_rows(cast, [(world.bush, cast.karim, 1, 80)], promises_read_at=now())  # a newer plan asks for it again
    assert sync(cast) == Synced(to_mend=1)
    assert Disruption.objects.filter(status="open").get().pieces == 80
    assert not sync(cast).anything
    assert not Offer.objects.filter(status="open", package__run=run).exists()


def test_without_leave_rate_or_membership_nobody_is_asked(cast, world):
    Approval.objects.filter(part=world.bush).update(valid_until=today())
    Rate.objects.filter(part=world.plate).delete()
    membership_close(membership=cast.cooperative.memberships.get(ikm=cast.sari.ikm), left_on=today(), by=cast.manager)
    plan_rows(cast, [(world.bush, cast.karim, 1, 80), (world.plate, cast.tini, 1, 80), (world.bolt, cast.sari, 1, 80)])
    assert sync(cast) == Synced(to_mend=3)
    assert not sync(cast).anything
    assert not Offer.objects.exists()


def test_offers_of_one_cooperative_leave_the_others_alone(cast, world):
    plan_rows(cast, [(world.bush, cast.karim, 1, 80)])
    assert offers_sync_all() == 1
    assert not Offer.objects.filter(package__cooperative=cast.other_cooperative).exists()
    assert offers_sync_all() == 0


def test_a_sync_asks_no_more_questions_for_more_lots(cast, world, django_assert_max_num_queries):
    may_make(world.bush, cast.sari)
    lots = [(world.bush, member, week, 10) for member in (cast.karim, cast.sari) for week in range(1, 4)]
    plan_rows(cast, lots)
    with django_assert_max_num_queries(30):
        assert sync(cast).made == 6


# ---- work that is late moves on


def test_late_work_isnt_offered_again_by_the_plan_that_planned_it_before(cast, world, monkeypatch):
    offer = offer_to(cast, world.bush, cast.karim, 80, weeks=1)
    taken(offer, 80, cast.karim.user)
    run = PlanRun.objects.get(status="published")
    later(monkeypatch, 2)
    assert promises_roll() == 1
    assert not offers_sync(cooperative=cast.cooperative).anything
    assert run.lots.get().quantity == 80


def later(monkeypatch, weeks):
    moment = now() + timedelta(weeks=weeks)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


# ---- rules


def at(day, clock):
    return datetime(2026, 12, day, clock, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("offered", "hours", "until"),
    [
        (at(1, 10), 48, at(3, 10)),
        (at(1, 19), 48, at(3, 19)),
        (at(1, 20), 48, at(4, 8)),  # would end at night
        (at(1, 23), 24, at(3, 8)),
        (at(1, 3), 24, at(2, 8)),
        (at(1, 6), 24, at(2, 6)),
        (at(3, 12), 96, at(5, 12)),  # not after noon of the day it is to be brought: Saturday the 5th
        (at(5, 10), 48, at(5, 12)),
        (at(5, 11), 48, None),  # too late to ask
        (at(6, 11), 48, None),
    ],
)
def test_an_answer_is_never_due_at_night_nor_after_the_work(offered, hours, until):
    assert answer_until(offered, hours, at(5, 12).date()) == until


def test_reminders_are_due_at_half_and_at_85_percent():
    begin, end = at(1, 8), at(2, 8)
    stages = [reminder_stage(begin, end, begin + (end - begin) * share) for share in (0, 0.49, 0.5, 0.84, 0.85, 1.2)]
    assert stages == ["", "", "half", "half", "late", "late"]


def test_pay_is_whole_rupiah_and_set_up_comes_once():
    pay = pay_of(pieces("10.5"), piece=333, setup=5_000, material=10, transport_piece=1, transport_trip=2_000)
    assert (pay.work, pay.material, pay.transport, pay.total) == (8_497, 105, 2_011, 10_613)
    assert pay_of(pieces(0), piece=1, setup=1, material=1, transport_piece=1, transport_trip=1).total == 0


def test_the_newest_offer_gives_first():
    rows = [(1, pieces(50)), (2, pieces(30)), (3, pieces(20))]
    assert shrunk(rows, pieces(35)) == {3: 0, 2: 15}
    assert shrunk(rows, pieces(1_000)) == {3: 0, 2: 0, 1: 0}
    assert shrunk(rows, pieces(0)) == {}


def test_refused_and_conflict_are_words(cast, world):
    offer = offer_to(cast, world.bush, cast.karim, 80)
    with pytest.raises(Refused):
        taken(offer, 81, cast.karim.user)
