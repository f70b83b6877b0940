"""A plan made in the midst of work is mended where it counted what is lost: in its stock or in its lots (W15)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from cast_orders import bracket_order, may_make
from cast_work import WorkWorld, order_open, week
from standing import standing
from wadah.base.clock import now
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.services import order_move
from wadah.planning.plan import violations
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlannedLot, PlanRun
from wadah.plans.repairing.stock import HUB, with_hub, without_hub
from wadah.plans.services import plan_run_start
from wadah.work.models import Disruption
from wadah.work.selectors.mending import known_for_repair
from wadah.work.services.handing_over import hand_over
from wadah.work.services.inspection import inspection_close, inspection_open, tranche_add
from wadah.work.services.orders import work_order_give_up
from wadah.work.services.publishing import plan_offer
from wadah.work.services.repairs import repair_apply, repair_ask
from wadah.work.services.rolling import promises_roll

pytestmark = pytest.mark.django_db


@standing
def world(cast, bracket):
    """300 brackets ordered; sheet for all; two can make plates."""
    may_make(bracket.plate, cast.sari)
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=week(-4), quantity=1_000)
    order = bracket_order(cast, bracket, 300)
    order_move(order=order, to="confirmed")
    return WorkWorld(cast, bracket)


def later(monkeypatch, weeks):
    moment = now() + timedelta(weeks=weeks)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def in_force(world, ahead=1):
    """A plan of today, from this Monday or a later one, offered to the members."""
    run = plan_run_start(cooperative=world.cast.cooperative, start_on=week(ahead), weeks=9, time_limit_seconds=3)
    jobs_run_waiting()
    run.refresh_from_db()
    plan_offer(run=run, by=world.cast.manager)
    return run


def mended(world):
    answer = repair_ask(cooperative=world.cast.cooperative, by=world.cast.manager)
    jobs_run_waiting()
    answer.refresh_from_db()
    assert answer.result["status"] == "plan"
    assert not [row for row in (*answer.result["lots"], *answer.result["work"]) if HUB in row]
    run = repair_apply(cooperative=world.cast.cooperative, about=answer.about, by=world.cast.manager)
    problem, plan = problem_kept(run), plan_kept(run)
    assert HUB not in problem.workshop
    assert not violations(problem, plan)
    assert (run.lines.get().on_time, run.lines.get().short) == (300, 0)
    return run, answer.result


def made(run, part):
    return sum(PlannedLot.objects.filter(run=run, part__code=part).values_list("quantity", flat=True))


def rejected(lot):
    """All of it, by an inspection."""
    inspection = inspection_open(lot=lot)
    tranche_add(inspection=inspection, checked=min(2, int(lot.quantity)), defects={"critical": 2})
    inspection_close(inspection=inspection)


def test_a_lot_that_waited_when_the_plan_was_made_is_made_again_once_it_is_rejected(world):
    lot = hand_over(work_order=order_open(world, world.bracket.plate, world.cast.tini, 60), pieces=Decimal(60))
    run = in_force(world)
    assert (problem_kept(run).part["PLATE"].stock, made(run, "PLATE")) == (60, 240)
    rejected(lot)
    assert [(row.how, row.pieces) for row in known_for_repair(world.cast.cooperative).troubles] == [("stock", 60)]
    after, told = mended(world)
    assert (problem_kept(after).part["PLATE"].stock, made(after, "PLATE")) == (0, 300)
    assert (told["used_up"], Disruption.objects.get().status) == ([], "mended")


def test_work_of_this_week_that_is_given_up_is_lost_of_the_stock_of_a_plan_from_the_next_on(world):
    row = order_open(world, world.bracket.plate, world.cast.tini, 60)
    run = in_force(world)
    assert (problem_kept(run).part["PLATE"].stock, made(run, "PLATE")) == (60, 240)
    work_order_give_up(work_order=row, pieces=Decimal(20), reason="Sakit")
    after, _told = mended(world)
    assert (problem_kept(after).part["PLATE"].stock, made(after, "PLATE")) == (40, 260)


def test_what_was_brought_after_the_plan_was_made_is_lost_of_its_lots(world):
    row = order_open(world, world.bracket.plate, world.cast.tini, 60, week_start=week(1))
    run = in_force(world)
    assert (problem_kept(run).part["PLATE"].stock, made(run, "PLATE")) == (0, 300)
    rejected(hand_over(work_order=row, pieces=Decimal(60)))  # a week early
    assert [row.how for row in known_for_repair(world.cast.cooperative).troubles] == ["lost"]
    after, _told = mended(world)
    assert (problem_kept(after).part["PLATE"].stock, made(after, "PLATE")) == (0, 300)
    assert not PlannedLot.objects.filter(run=after, period=0, workshop=row.workshop, part=row.part, promised=60)


def test_work_given_by_hand_since_for_weeks_before_the_plan_was_never_counted(world):
    run = in_force(world)
    row = order_open(world, world.bracket.plate, world.cast.tini, 60)
    rejected(hand_over(work_order=row, pieces=Decimal(60)))
    assert [(one.how, one.pieces) for one in known_for_repair(world.cast.cooperative).troubles] == [("lost", 0)]
    after, told = mended(world)
    assert made(after, "PLATE") == made(run, "PLATE") == 300
    assert told["used_up"] == []


def test_a_promise_brought_in_part_before_the_plan_isnt_kept_twice(world):
    """100 plates for this week, 40 of them waiting, in a plan of this week: the other 60 stay as they are."""
    row = order_open(world, world.bracket.plate, world.cast.tini, 100)
    first = hand_over(work_order=row, pieces=Decimal(40))
    run = in_force(world, 0)
    assert made(run, "PLATE") == 260
    row.refresh_from_db()
    hand_over(work_order=row, pieces=Decimal(30))
    rejected(first)
    places = [row for row in known_for_repair(world.cast.cooperative).promised if row.part == "PLATE"]
    assert [(row.week, row.pieces) for row in places] == [(week(), 60)]
    after, _told = mended(world)
    assert (problem_kept(after).part["PLATE"].stock, made(after, "PLATE")) == (0, 300)
    lot = PlannedLot.objects.get(run=after, part=world.bracket.plate, workshop=world.cast.tini.workshop, period=0)
    assert lot.promised == 60


def test_late_work_that_the_plan_holds_takes_no_hours_twice(world, monkeypatch):
    row = order_open(world, world.bracket.plate, world.cast.tini, 100)
    later(monkeypatch, 2)
    promises_roll()
    in_force(world, 0)
    asked = known_for_repair(world.cast.cooperative)
    assert (asked.late, [(one.week, one.pieces) for one in asked.promised if one.part == "PLATE"]) == (
        (),
        [(week(), 100)],
    )
    later(monkeypatch, 1)
    promises_roll()
    row.refresh_from_db()
    (late,) = known_for_repair(world.cast.cooperative).late
    assert (late.week, late.hours) == (week(), pytest.approx(50 / 60))


def test_late_work_that_was_to_be_there_takes_hours_of_the_plan(world, monkeypatch):
    order_open(world, world.bracket.plate, world.cast.tini, 100)
    in_force(world)
    assert known_for_repair(world.cast.cooperative).promised == ()
    later(monkeypatch, 1)
    promises_roll()
    (late,) = known_for_repair(world.cast.cooperative).late
    assert (late.week, late.hours) == (week(), pytest.approx(50 / 60))


def test_what_lacked_its_material_stays_in_the_first_week(world):
    """Brackets of this week without a bolt: they are a promise of the plan's first week, and a repair keeps them."""
    row = order_open(world, world.bracket.bracket, world.cast.tini, 30)
    plates = order_open(world, world.bracket.plate, world.cast.tini, 60)
    run = in_force(world)
    lot = PlannedLot.objects.get(run=run, part=row.part, period=0)
    assert (lot.quantity >= 30, lot.promised) == (True, 30)
    work_order_give_up(work_order=plates, pieces=Decimal(20), reason="Sakit")
    after, _told = mended(world)
    assert PlannedLot.objects.get(run=after, part=row.part, period=0).promised == 30


def test_stock_that_is_used_up_needs_a_new_plan(world, monkeypatch):
    lot = hand_over(work_order=order_open(world, world.bracket.plate, world.cast.tini, 60), pieces=Decimal(60))
    run = in_force(world)
    last = max(PlannedLot.objects.filter(run=run, part=world.bracket.bracket).values_list("period", flat=True))
    later(monkeypatch, last + 2)
    rejected(lot)
    answer = repair_ask(cooperative=world.cast.cooperative, by=world.cast.manager)
    jobs_run_waiting()
    answer.refresh_from_db()
    assert answer.result["used_up"] == [Disruption.objects.get(kind="rejected").pk]
    assert PlanRun.objects.get(status="published") == run


# ---- rules


def test_the_hub_as_a_maker_comes_and_goes(world):
    hand_over(work_order=order_open(world, world.bracket.plate, world.cast.tini, 60), pieces=Decimal(60))
    run = in_force(world)
    problem, plan = problem_kept(run), plan_kept(run)
    now_so, made_so = with_hub(problem, plan, {"PLATE": 45.0, "BUSH": 5.0})
    assert (now_so.part["PLATE"].stock, now_so.capability["PLATE", HUB].max_per_period[:2]) == (15, (45, 0))
    assert ("BUSH", HUB) not in now_so.capability
    assert not violations(now_so, made_so)
    back, plan_back = without_hub(now_so, made_so)
    assert (back.parts, back.workshops, back.capabilities) == (problem.parts, problem.workshops, problem.capabilities)
    assert plan_back.make == plan.make
    assert with_hub(problem, plan, {"BUSH": 5.0}) == (problem, plan)
