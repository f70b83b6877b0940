"""A draft that is older than the last answers: no promise is overwritten, and planning again is one press."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from cast_offers import pieces, plan_rows
from cast_orders import bracket_order
from cast_work import WorkWorld, order_open, week
from standing import standing
from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.services import order_move
from wadah.plans.drafts import draft_from
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlannedLot, PlanRun
from wadah.plans.services import plan_run_again, plan_run_start
from wadah.register.services import membership_close
from wadah.work.models import Offer, WorkTerms
from wadah.work.selectors.since import Since, answers_since
from wadah.work.services.handing_over import hand_over
from wadah.work.services.offers import offer_take
from wadah.work.services.orders import work_order_give_up
from wadah.work.services.publishing import plan_offer
from work.laws import laws_broken

pytestmark = pytest.mark.django_db


@standing
def world(cast, bracket):
    """300 brackets ordered, sheet for all."""
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=week(-4), quantity=1_000)
    order = bracket_order(cast, bracket, 300)
    order_move(order=order, to="confirmed")
    return WorkWorld(cast, bracket)


def planned(world, ahead=1):
    run = plan_run_start(cooperative=world.cast.cooperative, start_on=week(ahead), weeks=9, time_limit_seconds=3)
    jobs_run_waiting()
    run.refresh_from_db()
    return run


def plates(world, count=60, ahead=1):
    return order_open(world, world.bracket.plate, world.cast.tini, count, week_start=week(ahead))


def told(run):
    return [
        (row.part.code, row.workshop.code, row.week, row.pieces, row.planned) for row in answers_since(run).not_held
    ]


def lot_of(run, world, period):
    rows = PlannedLot.objects.filter(
        run=run, part=world.bracket.plate, workshop=world.cast.tini.workshop, period=period
    )
    return rows.first()


def test_a_draft_that_nobody_answered_since_comes_into_force(world):
    run = planned(world)
    assert not answers_since(run)
    plan_offer(run=run, by=world.cast.manager)
    run.refresh_from_db()
    assert (run.status, answers_since(run)) == ("published", Since())


@pytest.mark.parametrize("ahead", [0, 3])
def test_a_promise_that_it_doesnt_know_stops_it_in_words(world, ahead):
    """For a week before the plan, which can't know of it, and for one in which it has other work."""
    run = planned(world)
    PlannedLot.objects.filter(run=run, part=world.bracket.plate, period=2).delete()
    plates(world, ahead=ahead)
    assert told(run) == [("PLATE", "W-003", week(ahead), 60, 0)]
    for language, words in (("id", "60 × Pelat braket"), ("en", "60 × Pelat braket")):
        with override(language), pytest.raises(Refused, match=words):
            plan_offer(run=run, by=world.cast.manager)
    run.refresh_from_db()
    assert (run.status, Offer.objects.count()) == ("draft", 0)


def test_planned_again_it_holds_the_promise_and_asks_for_nothing_twice(world):
    run = planned(world)
    made = sum(PlannedLot.objects.filter(run=run, part=world.bracket.plate).values_list("quantity", flat=True))
    order = plates(world, ahead=0)
    again = plan_run_again(run=run, by=world.cast.manager)
    jobs_run_waiting()
    again.refresh_from_db()
    run.refresh_from_db()
    assert (run.status, again.status, again.start_on, again.weeks) == ("discarded", "draft", run.start_on, run.weeks)
    after = sum(PlannedLot.objects.filter(run=again, part=world.bracket.plate).values_list("quantity", flat=True))
    assert (made, after) == (300, 240)
    plan_offer(run=again, by=world.cast.manager)
    order.refresh_from_db()
    assert (order.pieces, order.status) == (60, "open")
    assert laws_broken() == []
    with pytest.raises(Conflict):
        plan_run_again(run=run, by=world.cast.manager)


def test_a_promise_that_the_draft_has_room_for_is_no_hindrance(world):
    run = planned(world)
    lot = PlannedLot.objects.filter(run=run, part=world.bracket.plate).latest("period")
    plates(world, int(lot.quantity), ahead=1 + lot.period)
    assert not answers_since(run)
    plan_offer(run=run, by=world.cast.manager)
    assert not Offer.objects.filter(
        package__part=world.bracket.plate, package__week_start=week(1 + lot.period)
    ).exists()


def test_what_was_brought_since_is_still_held(world):
    order = plates(world)
    run = planned(world)
    hand_over(work_order=order, pieces=Decimal(45))
    assert not answers_since(run)


def test_what_was_brought_before_is_in_its_stock(world):
    order = plates(world, 100, ahead=0)
    hand_over(work_order=order, pieces=Decimal(40))
    run = planned(world, 0)
    assert lot_of(run, world, 0).promised == 60
    assert not answers_since(run)


def test_what_was_given_up_since_is_told_and_may_be_mended_afterwards(world):
    order = plates(world)
    run = planned(world)
    work_order_give_up(work_order=order, pieces=Decimal(10), reason="Sakit")
    since = answers_since(run)
    assert (since.not_held, [row.pieces for row in since.lost], bool(since)) == ((), [10], True)
    plan_offer(run=run, by=world.cast.manager)


def test_a_draft_of_the_plan_in_force_is_held_to_what_that_has(world):
    """An edit that moves a lot which was taken since is stopped; work outside the plan doesn't stop it."""
    WorkTerms.objects.create(cooperative=world.cast.cooperative, offer_weeks_ahead=12)
    force = planned(world)
    plan_offer(run=force, by=world.cast.manager)
    order_open(world, world.bracket.bush, world.cast.karim, 5, week_start=week(9))  # in no lot of the plan in force
    problem, plan = problem_kept(force), plan_kept(force)
    same = draft_from(force, problem, plan, by=world.cast.manager)
    assert not answers_since(same)
    offer = Offer.objects.filter(package__part=world.bracket.plate, status="open").earliest("package__week_start")
    offer_take(offer=offer, pieces=offer.pieces, by=world.cast.tini.user)
    assert not answers_since(same)
    PlannedLot.objects.filter(run=same, part=world.bracket.plate).update(quantity=1)
    assert told(same)[0][:3] == ("PLATE", "W-003", offer.package.week_start)
    with pytest.raises(Refused):
        plan_offer(run=same, by=world.cast.manager)


def test_promises_of_who_has_left_or_beyond_the_plan_are_no_hindrance(world):
    run = planned(world)
    plates(world, ahead=20)
    assert not answers_since(run)
    order_open(world, world.bracket.bush, world.cast.karim, 70, week_start=week(0))
    assert answers_since(run)
    membership = world.cast.cooperative.memberships.get(ikm=world.cast.karim.ikm)
    membership_close(membership=membership, left_on=week(1) - timedelta(days=1), by=world.cast.manager)
    assert not answers_since(run)


def test_as_many_questions_for_many_answers(world, django_assert_max_num_queries):
    run = planned(world)
    for ahead in range(9):
        plates(world, 5, ahead=ahead)
        order_open(world, world.bracket.bush, world.cast.karim, 70, week_start=week(ahead))
    with django_assert_max_num_queries(13):
        assert len(answers_since(run).not_held) > 4


# ---- on the page


def page(client, run):
    return client.get(f"/rencana/{run.pk}/").content.decode()


@pytest.fixture
def manager(cast, client):
    client.force_login(cast.manager)
    return client


@pytest.mark.parametrize(
    ("language", "words", "button"),
    [
        ("id", "menjanjikan 60 × Pelat braket", "Rencanakan lagi"),
        ("en", "promised 60 × ", "Plan again with what was said"),
    ],
)
def test_the_page_says_so_and_offers_to_plan_again(world, cast, manager, language, words, button):
    run = planned(world)
    assert "terbitkan" in page(manager, run)
    plates(world, ahead=0)
    cast.manager.language = language
    cast.manager.save()
    said = page(manager, run)
    assert words in said
    assert button in said
    assert "terbitkan" not in said
    key = said.split('name="idempotency_key" value="')[1].split('"')[0]
    answer = manager.post(f"/rencana/{run.pk}/lagi/", {"idempotency_key": key})
    again = PlanRun.objects.latest("pk")
    assert (answer.status_code, answer.url) == (302, f"/rencana/{again.pk}/")
    assert again.pk != run.pk
    jobs_run_waiting()
    assert "terbitkan" in page(manager, again)


def test_pressed_all_the_same_it_is_refused_on_a_page_of_words(world, manager):
    run = planned(world)
    said = page(manager, run)
    key = said.split('name="idempotency_key" value="')[1].split('"')[0]
    plates(world, ahead=0)
    answer = manager.post(f"/rencana/{run.pk}/terbitkan/", {"idempotency_key": key})
    assert answer.status_code == 400
    assert "60 × Pelat braket" in answer.content.decode()


def test_others_see_nothing_of_it(world, cast):
    run = planned(world)
    plates(world, ahead=0)
    officer = Client()
    officer.force_login(cast.officer)
    assert "Pelat braket untuk minggu" not in page(officer, run)
    rudi = Client()
    rudi.force_login(cast.rudi.user)
    assert rudi.get(f"/rencana/{run.pk}/").status_code in {403, 404}


def test_plans_of_before_count_every_promise_in_its_week(cast, bracket):
    """A draft that doesn't say what it read: what was promised for its weeks must be in its lots."""
    world = WorkWorld(cast, bracket)
    plates(world)
    run = plan_rows(cast, [(bracket.plate, cast.tini, 1, 59)], status="draft", created_at=now())
    assert told(run) == [("PLATE", "W-003", week(1), 60, 59)]
    PlannedLot.objects.filter(run=run).update(quantity=pieces(60))
    assert not answers_since(run)
