"""Offers, their answers, reminders, what won't come and how it is mended, for tests/crashing.py."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from unittest import mock

from commands import command

from cast_offers import next_week, offer_to, pieces, plan_rows
from cast_orders import bracket_order, may_make
from cast_work import order_open, week
from wadah.base.clock import JAKARTA, now, today
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.services import order_move
from wadah.plans.commitments.selectors import minutes_left
from wadah.plans.models import CapacityBucket, Commitment
from wadah.plans.services import plan_run_start
from wadah.register.services import days_close, days_open, membership_open
from wadah.work.models import Disruption, Offer, WorkOrder, WorkTerms
from wadah.work.services.away import days_closed, days_opened, disruption_report
from wadah.work.services.disruptions import disruption_close
from wadah.work.services.offering import offers_sync, package_offer
from wadah.work.services.offers import offer_decline, offer_lapse, offer_take, offer_undo, offer_withdraw
from wadah.work.services.publishing import plan_offer
from wadah.work.services.reminders import reminder_record
from wadah.work.services.repairs import disruptions_dismiss, repair_apply, repair_ask
from wadah.work.services.rolling import promise_roll

PLENTY = Decimal(100)


def lots(world, number=100):
    """What a plan wants: plates of Bu Tini, bushes of Pak Karim, both next week."""
    cast, parts = world.cast, world.bracket
    return [(parts.plate, cast.tini, 1, number), (parts.bush, cast.karim, 1, number)]


def draft(world):
    return plan_rows(world.cast, lots(world), status="draft")


def in_force(world):
    return plan_rows(world.cast, lots(world))


def replaced_by_less(world):
    """Offers of 100 each are open; the plan in force now wants 60 plates and no bushes."""
    in_force(world)
    offers_sync(cooperative=world.cast.cooperative)
    return plan_rows(world.cast, lots(world, 60)[:1])


def offer(world):
    """100 plates for Bu Tini, next week."""
    return offer_to(world.cast, world.bracket.plate, world.cast.tini, 100)


def offer_over(world):
    row = offer(world)
    Offer.objects.filter(pk=row.pk).update(answer_by=now() - timedelta(minutes=1))
    return row


def offer_with_time(world):
    row = offer(world)
    Offer.objects.filter(pk=row.pk).update(answer_by=now() + timedelta(days=7))
    return row


def offer_beyond(world):
    """Ten plates more than Bu Tini has hours for."""
    hours = minutes_left(world.cast.tini.workshop, next_week())
    return offer_to(world.cast, world.bracket.plate, world.cast.tini, 2 * hours + 10)


def hand_offered(world):
    """100 bushes, the first of two to say yes gets them: Pak Karim's offer."""
    cast, bush = world.cast, world.bracket.bush
    may_make(bush, cast.sari)
    package = package_offer(
        cooperative=cast.cooperative,
        part=bush,
        week_start=next_week(),
        pieces=PLENTY,
        workshops=[cast.karim.workshop, cast.sari.workshop],
        by=cast.manager,
    )
    return package.offers.get(workshop=cast.karim.workshop)


def hand_offered_and_taken(world):
    row = hand_offered(world)
    offer_take(offer=row, pieces=PLENTY, by=world.cast.karim.user)
    return row


def taken_in_part(world):
    row = offer(world)
    offer_take(offer=row, pieces=pieces(60), by=world.cast.tini.user)
    return row


def declined(world):
    row = offer(world)
    return offer_decline(offer=row, reason="busy", by=world.cast.tini.user)


def to_mend(world):
    declined(world)
    return Disruption.objects.get()


def to_mend_by_another(world):
    may_make(world.bracket.plate, world.cast.sari)
    return to_mend(world)


def overdue(world):
    """A promise of 100 plates of two weeks ago, all still in work."""
    row = order_open(world, world.bracket.plate, world.cast.tini, week_start=week(1))
    for model in (WorkOrder, Commitment, CapacityBucket):
        model.objects.update(week_start=week(-2))
    WorkOrder.objects.filter(pk=row.pk).update(promise_week=week(-2))
    return Commitment.objects.select_related("workshop").get()


def promised_to_two(world):
    """Bu Tini has promised plates to one cooperative, another has offered her some."""
    taken_in_part(world)
    cast = world.cast
    membership_open(cooperative=cast.other_cooperative, joined_on=today(), ikm=cast.tini.ikm, user=cast.tini.user)
    package_offer(
        cooperative=cast.other_cooperative,
        part=world.bracket.plate,
        week_start=next_week(),
        pieces=pieces(10),
        workshops=[cast.tini.workshop],
        by=cast.manager,
    )
    return cast.tini.workshop


def two_full_weeks_with_days_closed(world):
    """All hours of two weeks are promised, then a day of each is closed."""
    shop, days = world.cast.tini.workshop, two_days(world)
    for ahead in (1, 2):
        full = 2 * minutes_left(shop, next_week(ahead))
        row = offer_to(world.cast, world.bracket.plate, world.cast.tini, full, weeks=ahead)
        offer_take(offer=row, pieces=pieces(full), by=world.cast.tini.user)
    days_close(**days)
    return days


def days_open_again(world):
    days = two_full_weeks_with_days_closed(world)
    days_closed(**days)
    days_open(**days)
    return days


def two_days(world):
    """A Monday to the next one."""
    cast = world.cast
    return {
        "workshop": cast.tini.workshop,
        "first_day": next_week(1),
        "last_day": next_week(2),
        "by": cast.tini.user,
    }


def planned_and_declined(world):
    """A plan of the planner's own in force; plates of it are declined, and others could make them."""
    cast, parts = world.cast, world.bracket
    for part in (parts.plate, parts.bush):
        may_make(part, cast.sari)
    WorkTerms.objects.create(cooperative=cast.cooperative, offer_weeks_ahead=12)
    stock_count(cooperative=cast.cooperative, part=parts.sheet, as_of=today() - timedelta(days=30), quantity=PLENTY)
    order_move(order=bracket_order(cast, parts), to="confirmed")
    run = plan_run_start(cooperative=cast.cooperative, start_on=today(), weeks=12, time_limit_seconds=3)
    jobs_run_waiting()
    run.refresh_from_db()
    plan_offer(run=run, by=cast.manager)
    row = Offer.objects.filter(status="open", package__part=parts.plate).order_by("id").first()
    offer_decline(offer=row, reason="machine", by=cast.tini.user)
    return run


def repair_shown(world):
    planned_and_declined(world)
    answer = repair_ask(cooperative=world.cast.cooperative, by=world.cast.manager)
    jobs_run_waiting()
    answer.refresh_from_db()
    return answer


# ---- made


@command(draft)
def publish_and_offer(world, run):
    plan_offer(run=run, by=world.cast.manager)


@command(in_force)
def offers_follow_the_plan(world, _run):
    offers_sync(cooperative=world.cast.cooperative, by=world.cast.manager)


@command(replaced_by_less)
def offers_shrink_and_go(world, _run):
    offers_sync(cooperative=world.cast.cooperative, by=world.cast.manager)


@command(to_mend_by_another)
def offer_to_others_by_hand(world, disruption):
    package_offer(
        cooperative=world.cast.cooperative,
        part=world.bracket.plate,
        week_start=next_week(2),
        pieces=PLENTY,
        workshops=[world.cast.sari.workshop, world.cast.tini.workshop],
        by=world.cast.manager,
        note="lewat telepon",
        disruption=disruption,
    )


# ---- answered


@command(offer)
def take_all(world, row):
    offer_take(offer=row, pieces=PLENTY, by=world.cast.tini.user)


@command(offer)
def take_part(world, row):
    offer_take(offer=row, pieces=pieces(60), by=world.cast.tini.user)


@command(offer_beyond)
def take_for_a_member(world, row):
    offer_take(
        offer=row,
        pieces=row.pieces,
        by=world.cast.manager,
        on_behalf_of="Bu Tini",
        reason="tanpa ponsel",
        beyond_hours=True,
    )


@command(hand_offered)
def take_before_another(world, row):
    offer_take(offer=row, pieces=PLENTY, by=world.cast.karim.user)


@command(offer)
def decline(world, row):
    offer_decline(offer=row, reason="machine", by=world.cast.tini.user)


@command(offer)
def decline_for_a_member(world, row):
    offer_decline(offer=row, reason="busy", note="lewat telepon", by=world.cast.manager, on_behalf_of="Bu Tini")


@command(taken_in_part)
def undo_a_yes(world, row):
    offer_undo(offer=row, by=world.cast.tini.user)


@command(hand_offered_and_taken)
def undo_and_reopen_for_others(world, row):
    offer_undo(offer=row, by=world.cast.manager, on_behalf_of="Pak Karim", reason="salah tekan")


@command(declined)
def undo_a_no(world, row):
    offer_undo(offer=row, by=world.cast.tini.user)


@command(offer)
def withdraw(world, row):
    offer_withdraw(offer=row, by=world.cast.manager, note="bahan terlambat")


@command(offer_over)
def lapse(_world, row):
    offer_lapse(row)


@command(offer_with_time)
def remind(world, row):
    """By day: at night it is refused."""
    by_day = datetime.combine(today() + timedelta(days=1), datetime.min.time(), JAKARTA).replace(hour=10)
    with mock.patch("django.utils.timezone.now", lambda: by_day):
        reminder_record(offer=row, channel="wa", by=world.cast.manager)


@command(overdue)
def roll_into_this_week(_world, commitment):
    promise_roll(commitment, week())


# ---- away, and mended


@command(promised_to_two)
def report_a_broken_machine(world, shop):
    disruption_report(
        workshop=shop,
        kind="machine",
        first_day=next_week(),
        last_day=next_week(),
        by=world.cast.manager,
        note="as patah",
        release=True,
    )


@command(two_full_weeks_with_days_closed)
def tell_of_closed_days(_world, days):
    days_closed(**days)


@command(days_open_again)
def tell_of_opened_days(_world, days):
    days_opened(**days)


@command(to_mend)
def settle_one(world, row):
    disruption_close(disruption=row, by=world.cast.manager, note="stok cukup")


@command(to_mend)
def leave_as_it_is(world, row):
    disruptions_dismiss(cooperative=world.cast.cooperative, keys=[row.pk], by=world.cast.manager, note="stok cukup")


@command(planned_and_declined)
def ask_for_a_repair(world, _run):
    repair_ask(cooperative=world.cast.cooperative, by=world.cast.manager)


@command(repair_shown)
def apply_a_repair(world, answer):
    repair_apply(cooperative=world.cast.cooperative, about=answer.about, by=world.cast.manager)
