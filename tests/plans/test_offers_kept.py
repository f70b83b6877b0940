"""Every promise given for random requests is kept by the plan in force, and by the plan made after acceptance.

A few requests in the ordinary run; WADAH_PROMISES=200 for the long one. A failure names its seed.
"""

import os
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from cast import MONDAY
from wadah.base.jobs import jobs_run_waiting
from wadah.demand.models import OrderLine
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.planning.plan import violations
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanRun
from wadah.plans.offers.asking import Asked, answer
from wadah.plans.offers.promises import promises_broken, promises_given
from wadah.plans.offers.taking import take
from wadah.plans.services import plan_publish, plan_run_start
from wadah.units import rupiah_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REQUESTS = int(os.environ.get("WADAH_PROMISES", "10"))
EACH = 10  # requests to one cooperative
TODAY = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for name in ("books", "asking", "costs"):
        monkeypatch.setattr(f"wadah.plans.offers.{name}.today", lambda: TODAY)


@pytest.mark.parametrize("seed", range(-(-REQUESTS // EACH)))
def test_every_promise_given_is_kept_by_the_plan_made_afterwards(cast, bracket, order, run, seed):
    plan_publish(run=run, by=cast.manager)
    dice = Random(seed)
    parts = [bracket.bracket, bracket.plate, bracket.bush, bracket.bolt]
    given = 0
    for number in range(EACH):
        lines = [
            Asked(
                dice.choice(parts),
                Decimal(dice.choice((40, 300, 900, 4_000, 15_000))),
                TODAY + timedelta(days=dice.randint(3, 70)),
            )
            for _ in range(dice.choice((1, 1, 2)))
        ]
        told = answer(cast.cooperative, lines)
        way = dice.choice(told.ways) if told.ways else None
        if way is None or any(line.displaced for line in way.lines):
            continue
        take(order=ordered(cast, bracket, way, dice), by=cast.manager)
        given += 1
        assert broken(PlanRun.objects.get(status="published"), cast) == [], (seed, number)
        if number % 3 == 2:
            made_anew(cast, seed, number)
    made_anew(cast, seed, EACH)
    assert given > EACH / 2


def ordered(cast, bracket, way, dice):
    """The order that a buyer who takes this way gives."""
    order = order_draft(buyer=bracket.buyer, cooperative=cast.cooperative, ordered_on=TODAY)
    for line in way.lines:
        if line.quantity > 0:
            price = rupiah_of(Decimal(line.cost.total) / line.quantity) + dice.choice((0, 100))
            row = order_line_add(
                order=order,
                part=line.asked.part,
                quantity=line.quantity,
                due_on=line.promised_on,
                short_cost_rupiah_piece=price * 2,
                late_cost_rupiah_piece_week=price // 50,
                price_rupiah_piece=price,
            )
            OrderLine.objects.filter(pk=row.pk).update(promised_on=line.promised_on)
    return order_move(order=order, to="confirmed")


def made_anew(cast, seed, number):
    """A plan from scratch keeps them all, and may come into force."""
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=30, time_limit_seconds=3, by=cast.manager)
    jobs_run_waiting()
    run.refresh_from_db()
    assert run.status == "draft", (seed, number, run.stopped)
    assert broken(run, cast) == [], (seed, number)
    plan_publish(run=run, by=cast.manager)


def broken(run, cast):
    """By the selector, and by the referee's own reading of the files."""
    problem, plan = problem_kept(run), plan_kept(run)
    assert violations(problem, plan) == ()
    missing = []
    for line in promises_given(cast.cooperative, run).values():
        key = f"{line.order.number}/{line.line_no}"
        last = (line.promised_on - run.start_on).days // 7
        got = sum(pieces for name, t, pieces in plan.deliver if name == key and t <= last)
        if got < float(line.quantity) - 1e-6:
            missing.append(key)
    assert [f"{line.order.number}/{line.line_no}" for line in promises_broken(run)] == missing
    return missing
