"""Work against wish: who is compared, with what, and how uneven it is."""

import pytest

from wadah.plans.fairness import gini, plan_fairness


def test_nobody_has_more_than_another_where_all_shares_are_alike():
    assert gini([0.4, 0.4, 0.4]) == pytest.approx(0.0, abs=1e-12)


def test_all_work_for_one_of_four_is_three_quarters():
    assert gini([0.0, 0.0, 0.0, 0.9]) == pytest.approx(0.75)


def test_no_work_at_all_is_not_uneven():
    assert gini([0.0, 0.0]) == 0.0
    assert gini([]) == 0.0


def test_hours_of_a_plan_are_held_against_free_hours_where_no_policy_is_set(run):
    found = plan_fairness(run)
    assert not found.by_policy
    assert sum(row.hours for row in found.rows) == pytest.approx(sum(lot.hours for lot in run.lots.all()))
    assert {row.code for row in found.rows if row.hours > 0} <= {row.code for row in found.rows if row.able}
    for row in found.rows:
        assert row.share is None or row.share == pytest.approx(row.hours / row.wish)


def test_members_who_can_make_nothing_of_it_come_last_and_are_not_compared(run):
    rows = plan_fairness(run).rows
    compared = [row.share is not None for row in rows]
    assert compared == sorted(compared, reverse=True)
    assert not any(row.hours for row in rows if not row.able)


def test_a_policy_s_target_is_the_wish(cast, run):
    from wadah.base.jobs import jobs_run_waiting
    from wadah.plans.services import plan_run_start

    cast.cooperative.fairness_key = cast.cooperative.FairnessKey.EQUAL
    cast.cooperative.target_percent = 50
    cast.cooperative.save()
    second = plan_run_start(cooperative=cast.cooperative, start_on=run.start_on, weeks=12, time_limit_seconds=5)
    jobs_run_waiting()
    second.refresh_from_db()
    found = plan_fairness(second)
    assert found.by_policy
    assert {round(row.wish, 6) for row in found.rows} != {round(row.wish, 6) for row in plan_fairness(run).rows}
