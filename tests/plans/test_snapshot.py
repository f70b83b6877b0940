"""Rows become the planning problem, by docs/model.md §14."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cast import MONDAY
from wadah.catalogue.models import Approval
from wadah.catalogue.services import approval_record
from wadah.plans.models import Commitment
from wadah.plans.rules import Horizon
from wadah.plans.snapshot import problem_of
from wadah.register.services import cooperative_policy_set, holiday_put, leave_record, membership_close

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]


@pytest.fixture
def problem(cast, order):
    def snapshot(weeks=12, **changes):
        return problem_of(cast.cooperative, MONDAY, weeks, **changes).problem

    return snapshot


def test_parts_are_those_of_the_order_with_all_that_goes_into_them(problem):
    made = problem().part
    assert set(made) == {"BRACKET", "BOLT-M8", "BOLT-M8/headed", "BUSH", "PLATE", "SHEET"}
    assert made["BRACKET"].bom == (("BOLT-M8", 2.0), ("BUSH", 2.0), ("PLATE", 1.0))
    assert made["BOLT-M8"].bom == (("BOLT-M8/headed", 1.0),)
    assert (made["SHEET"].stock, made["SHEET"].integer, made["BRACKET"].lead_time) == (100.0, False, 1)


def test_a_draft_order_is_not_planned(cast, bracket, problem):
    from cast_orders import bracket_order

    bracket_order(cast, bracket, quantity=7)
    assert [order.quantity for order in problem().orders] == [500.0]


def test_a_due_date_is_the_week_that_it_lies_in(problem, order):
    due = order.lines.get().due_on
    (row,) = problem().orders
    assert row.id == f"{order.number}/1"
    assert MONDAY + timedelta(weeks=row.due) <= due < MONDAY + timedelta(weeks=row.due + 1)


def test_hours_are_the_week_less_holidays_and_leave(cast, problem):
    holiday_put(date=MONDAY, name="Hari besar", kind="national")
    leave_record(workshop=cast.sari.workshop, first_day=MONDAY + timedelta(7), last_day=MONDAY + timedelta(13))
    hours = problem(weeks=3).workshop["W-001"].hours
    assert hours == (36.0, 0.0, 44.0)


def test_only_members_of_the_cooperative_are_in_its_problem(cast, problem):
    assert set(problem().workshop) == {"W-001", "W-002", "W-003"}
    membership_close(membership=cast.cooperative.memberships.get(ikm=cast.karim.ikm), left_on=MONDAY, by=cast.manager)
    assert set(problem().workshop) == {"W-001", "W-003"}


def test_a_capability_needs_an_approval(problem, bracket):
    assert ("BUSH", "W-002") in problem().capability
    Approval.objects.filter(part=bracket.bush).update(status="suspended")
    assert ("BUSH", "W-002") not in problem().capability


def test_an_approval_that_ends_closes_the_weeks_from_there_on(cast, problem, bracket):
    Approval.objects.filter(part=bracket.bush).update(valid_until=MONDAY + timedelta(13))
    limit = problem(weeks=4).capability["BUSH", "W-002"].max_per_period
    assert [pieces > 0 for pieces in limit] == [True, True, False, False]


def test_a_week_is_open_only_if_the_approval_covers_all_of_it(cast, problem, bracket):
    Approval.objects.filter(part=bracket.bush).update(valid_until=MONDAY + timedelta(12))
    limit = problem(weeks=3).capability["BUSH", "W-002"].max_per_period
    assert [pieces > 0 for pieces in limit] == [True, False, False]
    approval_record(
        part=bracket.bush,
        workshop=cast.karim.workshop,
        status="approved",
        valid_from=MONDAY + timedelta(14),
        decided_by="x",
    )
    limit = problem(weeks=3).capability["BUSH", "W-002"].max_per_period
    assert [pieces > 0 for pieces in limit] == [True, False, True]


def test_minutes_become_hours_and_rupiah_floats(problem):
    row = problem().capability["BOLT-M8", "W-001"]
    assert (row.hours_per_unit, row.cost_per_unit) == (0.5 / 60, 350.0)


def test_promises_of_members_are_committed(cast, bracket, problem):
    promise(cast, bracket, MONDAY + timedelta(7), "40")
    promise(cast, bracket, MONDAY - timedelta(7), "99")
    late, row = problem().committed
    assert (row.part, row.workshop, row.period, row.quantity) == ("BUSH", "W-002", 1, 40.0)
    assert (late.part, late.workshop, late.period, late.quantity) == ("BUSH", "W-002", 0, 99.0)


def promise(cast, bracket, week_start, pieces):
    Commitment.objects.create(
        cooperative=cast.cooperative,
        part=bracket.bush,
        workshop=cast.karim.workshop,
        week_start=week_start,
        pieces=Decimal(pieces),
    )


def test_the_fairness_policy_sets_target_hours(cast, problem):
    assert {row.target_hours for row in problem().workshops} == {0.0}
    cooperative_policy_set(
        cooperative=cast.cooperative,
        fairness_key="equal",
        target_percent=50,
        below_target_cost_rupiah_hour=1000,
        by=cast.manager,
    )
    cast.cooperative.refresh_from_db()
    rows = problem().workshop
    # 1,000 bolts in two steps and 1,000 bushes at half a minute, 500 plates and 500 brackets at half a minute
    assert rows["W-001"].target_hours == pytest.approx(0.5 * 2000 * 0.5 / 60)
    assert rows["W-002"].target_hours == pytest.approx(0.5 * 1000 * 0.5 / 60)
    assert rows["W-003"].target_hours == pytest.approx(0.5 * 1000 * 0.5 / 60)
    assert {row.below_target_cost for row in problem().workshops} == {1000.0}


def test_a_snapshot_takes_as_many_queries_for_many_rows_as_for_few(
    cast, bracket, problem, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        problem()


def test_a_horizon_covers_whole_weeks_only():
    horizon = Horizon(MONDAY, 3)
    assert horizon.covers(date(2026, 1, 1), None) == (True, True, True)
    assert horizon.covers(MONDAY + timedelta(1), None) == (False, True, True)
    assert horizon.covers(MONDAY, MONDAY + timedelta(6)) == (True, False, False)
    assert (horizon.period(MONDAY - timedelta(1)), horizon.period(MONDAY + timedelta(20))) == (-1, 2)
