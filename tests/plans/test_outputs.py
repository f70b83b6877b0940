"""How many a week and this month: worked out when a plan comes into force, kept, and true."""

from datetime import timedelta

import pytest

from wadah.base.clock import monday, now, today
from wadah.base.jobs import jobs_run_waiting
from wadah.base.models import Job
from wadah.catalogue.models import Approval
from wadah.plans.models import PartOutput, PlanRun
from wadah.plans.offers import asking
from wadah.plans.offers.asking import Asked
from wadah.plans.outputs import job
from wadah.plans.outputs.selectors import outputs_of
from wadah.plans.outputs.services import outputs_queue, outputs_refresh
from wadah.plans.services import plan_publish

pytestmark = pytest.mark.django_db

FULL_WEEK = 2640
"""Minutes of a member's usual week (44 hours); a piece of any part takes half a minute."""


def worked_out(cast):
    outputs_queue(cooperative=cast.cooperative)
    jobs_run_waiting()
    return {row.part.code: row for row in PartOutput.objects.select_related("part")}


def test_a_week_is_bounded_by_the_scarcest_hours_of_all_levels(cast, bracket):
    rows = worked_out(cast)
    assert rows["BRACKET"].week_quantity == FULL_WEEK / 2, "Bu Sari's: two bolts of two half-minute steps a bracket"
    assert rows["BUSH"].week_quantity == FULL_WEEK * 2
    assert rows["PLATE"].week_quantity == FULL_WEEK * 2
    assert rows["BOLT-M8"].week_quantity == FULL_WEEK
    assert all(row.week_bound == row.week_quantity for row in rows.values()), "proven"
    assert {row.week_on.weekday() for row in rows.values()} == {0}
    assert "SHEET" not in rows, "what is bought isn't offered"
    assert "BOLT-M8/headed" not in rows, "a step isn't offered"


@pytest.mark.long
def test_this_month_is_what_can_just_be_promised_beside_the_plan_in_force(cast, bracket, run):
    plan_publish(run=run, by=cast.manager)
    jobs_run_waiting()
    row = PartOutput.objects.get(part=bracket.bracket)
    assert row.run == run
    assert row.month_until == monday(today()) + timedelta(days=27)
    assert 0 < row.month_quantity < 4 * row.week_quantity
    assert row.month_quantity == row.month_bound

    def by_the_end_of_the_month(quantity):
        found = asking.answer(cast.cooperative, [Asked(bracket.bracket, quantity, row.month_until)], seconds=60)
        return found.way("date")

    most = int(row.month_quantity)
    assert by_the_end_of_the_month(most).in_time
    assert not by_the_end_of_the_month(most + 1).in_time


def test_nobody_can_say_what_is_free_while_orders_wait_for_a_first_plan(cast, order, bracket):
    row = worked_out(cast)["BRACKET"]
    assert row.week_quantity > 0
    assert (row.month_quantity, row.month_bound, row.month_until, row.run) == (None, None, None, None)


def test_publishing_a_plan_has_them_worked_out(cast, run):
    plan_publish(run=run, by=cast.manager)
    assert Job.objects.filter(name=job.JOB, status="queued").count() == 1


def test_a_few_parts_at_a_time_and_what_is_no_longer_offered_goes(cast, bracket, monkeypatch):
    monkeypatch.setattr(job, "AT_ONCE", 2)
    outputs_queue(cooperative=cast.cooperative)
    outputs_queue(cooperative=cast.cooperative)
    assert jobs_run_waiting() == 2, "four parts, two a job, asked twice and done once"
    assert PartOutput.objects.count() == 4
    Approval.objects.filter(part=bracket.bush).delete()
    rows = worked_out(cast)
    assert "BUSH" not in rows
    assert rows["BRACKET"].week_quantity == 0


def test_they_are_worked_out_anew_when_missing_old_or_of_another_plan(cast, bracket, run):
    members = outputs_refresh()
    assert members == 2, "both cooperatives have members"
    jobs_run_waiting()
    assert outputs_refresh() == 1, "the other cooperative has no part to offer, and asks again without cost"
    jobs_run_waiting()
    PartOutput.objects.update(worked_out_at=now() - timedelta(days=2))
    assert outputs_refresh() == 2
    jobs_run_waiting()
    PlanRun.objects.filter(pk=run.pk).update(status="published")
    assert outputs_refresh() == 2


def test_they_are_read_in_one_query(cast, bracket, django_assert_num_queries):
    worked_out(cast)
    with django_assert_num_queries(1):
        found = outputs_of([cast.cooperative])
    assert found[cast.cooperative.pk, bracket.bracket.pk].week_quantity == FULL_WEEK / 2
