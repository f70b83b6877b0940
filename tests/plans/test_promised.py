"""A promise given stays possible in every later problem, whatever became of leave, rates and hours since."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from cast import MONDAY
from wadah.catalogue.models import Approval, Rate
from wadah.plans.commitments.services import Pace, commitment_add
from wadah.plans.models import Commitment
from wadah.plans.snapshot import problem_of
from wadah.register.services import leave_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]

PACE = Pace(Decimal("0.5"), Decimal(0))


@pytest.fixture
def promised(cast, order, bracket):
    """Bu Tini has promised 200 plates for the second week."""
    commitment_add(
        cooperative=cast.cooperative,
        part=bracket.plate,
        workshop=cast.tini.workshop,
        week_start=MONDAY + timedelta(weeks=1),
        pieces=Decimal(200),
        pace=PACE,
    )
    return cast.cooperative


def planned(cooperative, weeks=12):
    """A plan of today's rows, and how many plates Bu Tini makes in the second week."""
    from wadah.planning.solve import solve

    problem = problem_of(cooperative, MONDAY, weeks).problem
    plan = solve(problem, time_limit=5.0)
    made = {(part, workshop, int(t)): pieces for part, workshop, t, pieces in plan.make}
    return problem, plan, made.get(("PLATE", "W-003", 1), 0.0)


def test_a_promise_without_leave_is_made_all_the_same_and_nothing_more(promised, bracket, cast):
    Approval.objects.filter(part=bracket.plate).update(valid_until=MONDAY - timedelta(days=1))
    problem, plan, made = planned(promised)
    row = problem.capability["PLATE", "W-003"]
    assert (row.max_per_period[1], sum(row.max_per_period)) == (200.0, 200.0)
    assert (row.hours_per_unit, row.cost_per_unit) == (0.5 / 60, 350.0)
    assert plan.objective is not None
    assert made == 200


def test_without_any_rate_the_promised_minutes_hold(promised, bracket):
    Rate.objects.filter(part=bracket.plate).delete()
    problem, plan, made = planned(promised)
    assert problem.capability["PLATE", "W-003"].hours_per_unit == pytest.approx(100 / 60 / 200)
    assert (plan.objective is not None, made) == (True, 200)


def test_missing_hours_are_added_as_overtime(promised, cast):
    leave_record(workshop=cast.tini.workshop, first_day=MONDAY + timedelta(7), last_day=MONDAY + timedelta(13))
    problem, plan, made = planned(promised)
    workshop = problem.workshop["W-003"]
    assert (workshop.hours[1], workshop.overtime_hours[1]) == (0.0, pytest.approx(100 / 60))
    assert (plan.objective is not None, made) == (True, 200)


def test_hours_promised_to_others_take_none_from_it(promised, cast, bracket):
    left = 44 * 60 + 440 - 100
    commitment_add(
        cooperative=cast.other_cooperative,
        part=bracket.plate,
        workshop=cast.tini.workshop,
        week_start=MONDAY + timedelta(weeks=1),
        pieces=Decimal(2 * left + 600),
        pace=PACE,
        beyond_hours=True,
    )
    problem, plan, made = planned(promised)
    workshop = problem.workshop["W-003"]
    assert workshop.hours[1] + workshop.overtime_hours[1] == pytest.approx(100 / 60)
    assert (plan.objective is not None, made) == (True, 200)


def test_a_weekly_limit_below_the_promise_gives_way_in_that_week(promised, bracket):
    Rate.objects.filter(part=bracket.plate).update(quantity_max_week=50)
    problem, plan, made = planned(promised)
    limit = problem.capability["PLATE", "W-003"].max_per_period
    assert (limit[0], limit[1], limit[2]) == (50.0, 200.0, 50.0)
    assert (plan.objective is not None, made) == (True, 200)


def test_what_fits_stays_as_it_is(promised):
    before = problem_of(promised, MONDAY, 12).problem
    assert before.committed
    Commitment.objects.all().delete()
    after = problem_of(promised, MONDAY, 12).problem
    assert (before.workshops, before.capabilities) == (after.workshops, after.capabilities)
