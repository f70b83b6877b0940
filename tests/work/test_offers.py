"""A member answers an offer: takes it whole or in part, declines it, lets it lapse, takes the answer back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cast_offers import next_week, offer_to, pieces, plan_rows
from cast_orders import bracket_order
from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Rate
from wadah.demand.services import order_move
from wadah.plans.commitments.selectors import minutes_left
from wadah.plans.models import CapacityBucket, Commitment
from wadah.register.services import membership_open
from wadah.work.models import Disruption, Offer, WorkOrder, WorkPackage
from wadah.work.services.offering import package_offer
from wadah.work.services.offers import offer_decline, offer_lapse, offer_take, offer_undo, offer_withdraw, offers_lapse

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(bracket):
    return bracket


@pytest.fixture
def offer(cast, world):
    """100 plates for Bu Tini, next week."""
    return offer_to(cast, world.plate, cast.tini, 100)


def take(cast, offer, number=100, **more):
    return offer_take(offer=offer, pieces=pieces(number), by=cast.tini.user, **more)


def late(offer, **columns):
    Offer.objects.filter(pk=offer.pk).update(answer_by=now() - timedelta(minutes=1), **columns)
    offer.refresh_from_db()


# ---- taking


def test_taking_all_is_a_promise_a_work_order_and_hours(cast, world, offer):
    before = minutes_left(cast.tini.workshop, next_week())
    order = take(cast, offer)
    offer.refresh_from_db()
    assert (offer.status, offer.taken, offer.package.taken) == ("taken", 100, 100)
    assert order.number == f"SPK-{today().year}-0001"
    assert (order.pieces, order.promise_week, order.week_start) == (100, next_week(), next_week())
    assert (order.pay_rupiah_piece, order.minutes_per_piece) == (350, Decimal("0.5"))
    assert order.due_on == next_week() + timedelta(days=5)
    row = Commitment.objects.get()
    assert (row.part, row.workshop, row.week_start, row.pieces) == (world.plate, cast.tini.workshop, next_week(), 100)
    assert before - minutes_left(cast.tini.workshop, next_week()) == row.minutes == 50
    assert not Disruption.objects.exists()
    assert [line.act for line in history_of(offer)] == ["offer_make", "offer_taken"]


def test_an_offer_keeps_the_rate_of_its_day(cast, world, offer):
    Rate.objects.filter(part=world.plate).update(pay_rupiah_piece=1)
    assert take(cast, offer).pay_rupiah_piece == 350


def test_taking_part_declines_the_rest_which_is_to_be_mended(cast, world, offer):
    take(cast, offer, 60)
    offer.refresh_from_db()
    assert (offer.status, offer.taken) == ("part", 60)
    told = Disruption.objects.get()
    assert (told.kind, told.pieces, told.workshop, told.part) == ("part_taken", 40, cast.tini.workshop, world.plate)


@pytest.mark.parametrize(
    ("number", "words"),
    [("0", "lebih dari nol|more than zero"), ("-3", "lebih dari nol|more than zero"), ("0.5", "utuh"), ("101", "100")],
)
def test_what_cant_be_taken_is_refused_in_words(cast, offer, number, words):
    with pytest.raises(Refused, match=words):
        take(cast, offer, number)
    assert not Commitment.objects.exists()
    assert not WorkOrder.objects.exists()


def test_fewer_than_the_smallest_lot_is_refused(cast, offer):
    Offer.objects.filter(pk=offer.pk).update(lot_quantity_min=40)
    with pytest.raises(Refused, match="40"):
        take(cast, offer, 39)
    assert take(cast, offer, 40).pieces == 40


def test_the_hours_left_bound_it_and_the_words_say_how_many_fit(cast, world):
    hours = minutes_left(cast.tini.workshop, next_week())
    offer = offer_to(cast, world.plate, cast.tini, 2 * hours + 10)
    with pytest.raises(Refused, match=f"{2 * hours:,}".replace(",", ".")):
        take(cast, offer, 2 * hours + 10)
    assert take(cast, offer, 2 * hours).pieces == 2 * hours


def test_a_manager_may_go_beyond_the_hours(cast, world):
    hours = minutes_left(cast.tini.workshop, next_week())
    offer = offer_to(cast, world.plate, cast.tini, 2 * hours + 10)
    order = offer_take(
        offer=offer,
        pieces=pieces(2 * hours + 10),
        by=cast.manager,
        on_behalf_of="Bu Tini",
        reason="lewat telepon",
        beyond_hours=True,
    )
    offer.refresh_from_db()
    assert (offer.on_behalf_of, offer.answered_by, offer.reason_note) == ("Bu Tini", cast.manager, "lewat telepon")
    assert history_of(order).get().on_behalf_of == "Bu Tini"
    assert minutes_left(cast.tini.workshop, next_week()) == 0


def test_answering_for_a_member_needs_a_reason(cast, offer):
    for act in (
        lambda: take(cast, offer, on_behalf_of="Bu Tini"),
        lambda: offer_decline(offer=offer, reason="busy", by=cast.manager, on_behalf_of="Bu Tini"),
        lambda: offer_undo(offer=offer, by=cast.manager, on_behalf_of="Bu Tini"),
    ):
        with pytest.raises(Refused):
            act()


def test_taking_twice_is_a_conflict_and_has_one_effect(cast, offer):
    take(cast, offer)
    with pytest.raises(Conflict):
        take(cast, offer)
    assert Commitment.objects.get().pieces == 100
    assert WorkOrder.objects.count() == 1


def test_the_line_is_named_where_only_one_asks_for_the_part(cast, world):
    order = bracket_order(cast, world, 10)
    order_move(order=order, to="confirmed")
    offer = offer_to(cast, world.bracket, cast.tini, 10)
    assert take(cast, offer, 10).line == order.lines.get()


# ---- one capacity for two cooperatives


def test_hours_promised_to_one_cooperative_are_gone_for_the_other(cast, world, offer):
    membership_open(cooperative=cast.other_cooperative, joined_on=today(), ikm=cast.tini.ikm, user=cast.tini.user)
    hours = minutes_left(cast.tini.workshop, next_week())
    package = package_offer(
        cooperative=cast.other_cooperative,
        part=world.plate,
        week_start=next_week(),
        pieces=pieces(2 * hours),
        workshops=[cast.tini.workshop],
        by=cast.manager,
    )
    take(cast, offer)  # 100 plates: 50 minutes
    other = package.offers.get()
    with pytest.raises(Refused, match=f"{2 * hours - 100:,}".replace(",", ".")):
        offer_take(offer=other, pieces=pieces(2 * hours), by=cast.tini.user)
    offer_take(offer=other, pieces=pieces(2 * hours - 100), by=cast.tini.user)
    bucket = CapacityBucket.objects.get(workshop=cast.tini.workshop)
    assert bucket.promised_minutes == bucket.most_minutes == hours
    assert Commitment.objects.count() == 2


# ---- the database says no besides


def test_the_database_refuses_more_than_the_package_has(cast, offer):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkPackage.objects.filter(pk=offer.package_id).update(taken=101)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(taken=101, status="taken")


# ---- declining, lapsing, withdrawing


def test_declining_says_why_and_what_wont_come(cast, offer):
    offer_decline(offer=offer, reason="machine", by=cast.tini.user)
    offer.refresh_from_db()
    assert (offer.status, offer.reason, offer.answered_by) == ("declined", "machine", cast.tini.user)
    told = Disruption.objects.get()
    assert (told.kind, told.pieces, told.offer, told.first_week) == ("declined", 100, offer, next_week())
    with pytest.raises(Conflict):
        take(cast, offer)


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("lazy", ""), ("other", " ")])
def test_declining_needs_a_reason(cast, offer, reason, note):
    with pytest.raises(Refused):
        offer_decline(offer=offer, reason=reason, note=note, by=cast.tini.user)
    assert not Disruption.objects.exists()


def test_after_its_time_an_offer_is_over_whether_or_not_anybody_swept(cast, offer):
    late(offer)
    with pytest.raises(Conflict):
        take(cast, offer)
    with pytest.raises(Conflict):
        offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    assert offers_lapse() == 1
    offer.refresh_from_db()
    assert offer.status == "lapsed"
    assert Disruption.objects.get().kind == "lapsed"
    assert offers_lapse() == 0
    assert not offer_lapse(offer)
    assert Disruption.objects.count() == 1


def test_an_open_offer_doesnt_lapse_before_its_time(cast, offer):
    assert offers_lapse() == 0
    assert not offer_lapse(offer)


def test_withdrawing_needs_a_reason_and_ends_the_offer(cast, offer):
    with pytest.raises(Refused):
        offer_withdraw(offer=offer, by=cast.manager, note="")
    offer_withdraw(offer=offer, by=cast.manager, note="bahan terlambat")
    with pytest.raises(Conflict):
        take(cast, offer)
    assert Disruption.objects.get().note == "bahan terlambat"
    with pytest.raises(Conflict):
        offer_withdraw(offer=offer, by=cast.manager, note="lagi")


# ---- offered by hand: the first to say yes gets it


@pytest.fixture
def by_hand(cast, world):
    """100 bushes offered to Pak Karim and to Bu Sari, who may make them too."""
    from cast_orders import may_make

    may_make(world.bush, cast.sari)
    package = package_offer(
        cooperative=cast.cooperative,
        part=world.bush,
        week_start=next_week(),
        pieces=pieces(100),
        workshops=[cast.karim.workshop, cast.sari.workshop],
        by=cast.manager,
    )
    return [package.offers.get(workshop=member.workshop) for member in (cast.karim, cast.sari)]


def test_the_first_to_say_yes_gets_it_and_the_other_reads_that_it_is_taken(cast, by_hand):
    karim, sari = by_hand
    offer_take(offer=karim, pieces=pieces(100), by=cast.karim.user)
    with pytest.raises(Conflict, match="udah diambil"):
        offer_take(offer=sari, pieces=pieces(1), by=cast.sari.user)
    sari.refresh_from_db()
    assert sari.status == "withdrawn"
    assert not Disruption.objects.exists()


def test_each_may_take_a_part_until_nothing_is_left(cast, by_hand):
    karim, sari = by_hand
    offer_take(offer=karim, pieces=pieces(70), by=cast.karim.user)
    with pytest.raises(Refused, match="30"):
        offer_take(offer=sari, pieces=pieces(31), by=cast.sari.user)
    offer_take(offer=sari, pieces=pieces(30), by=cast.sari.user)
    assert WorkPackage.objects.get().taken == 100
    assert not Disruption.objects.exists()


def test_what_nobody_takes_is_written_down_once(cast, by_hand):
    karim, sari = by_hand
    offer_take(offer=karim, pieces=pieces(70), by=cast.karim.user)
    assert not Disruption.objects.exists()
    offer_decline(offer=sari, reason="busy", by=cast.sari.user)
    told = Disruption.objects.get()
    assert (told.pieces, told.workshop) == (30, None)


def test_taking_back_opens_it_to_the_others_again(cast, by_hand):
    karim, sari = by_hand
    offer_take(offer=karim, pieces=pieces(100), by=cast.karim.user)
    offer_undo(offer=karim, by=cast.karim.user)
    sari.refresh_from_db()
    assert sari.status == "open"
    assert offer_take(offer=sari, pieces=pieces(100), by=cast.sari.user).workshop == cast.sari.workshop


def test_by_hand_only_to_those_who_may_make_it(cast, world):
    facts = {"cooperative": cast.cooperative, "pieces": pieces(10), "by": cast.manager}
    for part, workshops, week in (
        (world.bush, [cast.tini.workshop], next_week()),  # no rate
        (world.bush, [], next_week()),  # nobody
        (world.bush, [cast.karim.workshop], next_week(-1)),  # over
    ):
        with pytest.raises(Refused):
            package_offer(part=part, workshops=workshops, week_start=week, **facts)
    with pytest.raises(Refused):
        package_offer(
            part=world.bush,
            workshops=[cast.karim.workshop],
            week_start=next_week(),
            **facts | {"cooperative": cast.other_cooperative},  # no member there
        )
    assert not WorkPackage.objects.exists()


# ---- taking back


def test_within_ten_minutes_a_yes_can_be_taken_back(cast, offer):
    take(cast, offer, 60)
    offer_undo(offer=offer, by=cast.tini.user)
    offer.refresh_from_db()
    assert (offer.status, offer.taken, offer.package.taken, offer.answered_at) == ("open", 0, 0, None)
    assert not Commitment.objects.exists()
    assert CapacityBucket.objects.get().promised_minutes == 0
    order = WorkOrder.objects.get()
    assert (order.status, order.given_up) == ("cancelled", 60)
    assert not Disruption.objects.filter(status="open").exists()
    assert take(cast, offer).number.endswith("0002")


def test_a_no_can_be_taken_back_too(cast, offer):
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    offer_undo(offer=offer, by=cast.tini.user)
    assert not Disruption.objects.filter(status="open").exists()
    assert take(cast, offer).pieces == 100


def test_after_ten_minutes_or_once_begun_it_stays(cast, offer):
    order = take(cast, offer)
    WorkOrder.objects.filter(pk=order.pk).update(reported=1, status="started")
    with pytest.raises(Refused):
        offer_undo(offer=offer, by=cast.tini.user)
    WorkOrder.objects.filter(pk=order.pk).update(reported=0, status="open")
    Offer.objects.filter(pk=offer.pk).update(answered_at=now() - timedelta(minutes=11))
    with pytest.raises(Refused):
        offer_undo(offer=offer, by=cast.tini.user)
    assert Commitment.objects.get().pieces == 100


def test_an_answer_that_a_new_plan_counts_on_stays(cast, world, offer):
    take(cast, offer)
    plan_rows(cast, [(world.plate, cast.tini, 1, 100)], promises_read_at=now())
    with pytest.raises(Refused):
        offer_undo(offer=offer, by=cast.tini.user)


def test_nothing_to_take_back(cast, offer):
    with pytest.raises(Conflict):
        offer_undo(offer=offer, by=cast.tini.user)
