"""Ways out of a line that a plan misses: asked once, kept, and made a draft that is exactly what was shown."""

import gzip
import json
from datetime import date

import pytest

from cast_orders import bracket_order
from standing import standing
from wadah.base.errors import Conflict, Refused
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.models import OrderLine
from wadah.demand.services import order_move
from wadah.planning.plandoc import plan_from_dict
from wadah.planning.referee import violations
from wadah.plans.answers.services import way_apply, ways_ask
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanAnswer, PlannedLine, PlanRun
from wadah.plans.services import plan_discard, plan_run_start


@standing
def late(cast, bracket):
    """A plan in which an order is due too soon: one line late or short."""
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=date(2026, 11, 1), quantity=2_000)
    order = bracket_order(cast, bracket, quantity=8_000)
    OrderLine.objects.filter(order=order).update(due_on=date(2026, 12, 27), late_cost_rupiah_piece_week=500)
    order_move(order=order, to="confirmed")
    run = plan_run_start(
        cooperative=cast.cooperative, start_on=date(2026, 12, 7), weeks=12, time_limit_seconds=20, by=cast.manager
    )
    jobs_run_waiting()
    run.refresh_from_db()
    return PlannedLine.objects.select_related("run__cooperative", "line__order", "line__part").get(run=run)


@standing
def answered(cast, late):
    ways_ask(line=late, by=cast.manager)
    jobs_run_waiting()
    return PlanAnswer.objects.get(run=late.run)


def doable(answer):
    """Places of the ways that Wadah can plan by itself."""
    return [at for at, way in enumerate(answer.result["ways"]) if way["kind"] in ("first", "later", "hours")]


def test_the_answer_says_what_holds_the_line_and_names_ways_with_cost_and_days(answered):
    assert answered.result["reason"]["code"]
    assert answered.result["links"]
    assert 1 <= len(answered.result["ways"]) <= 3
    costs = [way["cost"] for way in answered.result["ways"]]
    assert costs == sorted(costs)
    assert all(way["days"] >= 0 for way in answered.result["ways"])


def test_a_plan_is_kept_for_each_way(answered):
    plans = json.loads(gzip.decompress(bytes(answered.plans_file)))
    assert len(plans) == len(answered.result["ways"])


def test_asking_again_gives_the_answer_that_stands(cast, late, answered):
    assert ways_ask(line=late, by=cast.manager).pk == answered.pk
    assert jobs_run_waiting() == 0


def test_a_search_that_failed_can_be_asked_for_again(cast, late):
    row = ways_ask(line=late, by=cast.manager)
    row.job.status, row.job.key = "failed", None
    row.job.save()
    again = ways_ask(line=late, by=cast.manager)
    assert again.pk == row.pk
    assert again.job_id != row.job_id


def test_a_way_becomes_a_draft_of_exactly_the_plan_that_was_shown(cast, late, answered):
    place = doable(answered)[0]
    draft = way_apply(line=late, place=place, by=cast.manager)
    shown = plan_from_dict(json.loads(gzip.decompress(bytes(answered.plans_file)))[place])
    assert (draft.status, draft.based_on_id) == ("draft", late.run_id)
    assert plan_kept(draft).make == shown.make
    assert plan_kept(draft).deliver == shown.deliver
    assert sum(lot.quantity for lot in draft.lots.all()) == pytest.approx(sum(row[3] for row in shown.make))


def test_the_draft_obeys_every_rule_of_its_own_problem(cast, late, answered):
    for place in doable(answered):
        draft = way_apply(line=late, place=place, by=cast.manager)
        assert not violations(problem_kept(draft), plan_kept(draft))


def test_a_draft_of_a_way_delivers_the_line_in_full(cast, late, answered):
    draft = way_apply(line=late, place=doable(answered)[0], by=cast.manager)
    row = draft.lines.get()
    assert row.short == pytest.approx(0, abs=1e-6)
    assert row.late == pytest.approx(0, abs=1e-6)


def test_the_plan_it_came_from_stays_as_it_was(cast, late, answered):
    before = PlanRun.objects.filter(pk=late.run_id).values().get()
    way_apply(line=late, place=doable(answered)[0], by=cast.manager)
    assert PlanRun.objects.filter(pk=late.run_id).values().get() == before


def test_what_a_person_must_do_first_is_no_draft(cast, late, answered):
    answered.result["ways"][0]["kind"] = "approve"
    answered.save()
    with pytest.raises(Refused, match=r"Record it once it is done|Catat"):
        way_apply(line=late, place=0, by=cast.manager)


def test_a_way_that_is_not_there_is_a_conflict(cast, late, answered):
    with pytest.raises(Conflict):
        way_apply(line=late, place=9, by=cast.manager)


def test_a_line_in_time_has_nothing_to_mend(cast, run):
    line = PlannedLine.objects.select_related("run", "line__order").get(run=run)
    PlannedLine.objects.filter(pk=line.pk).update(late=0, short=0)
    line.refresh_from_db()
    with pytest.raises(Refused):
        ways_ask(line=line, by=cast.manager)


def test_a_plan_put_aside_is_not_asked(cast, late):
    plan_discard(run=late.run, by=cast.manager)
    late.run.refresh_from_db()
    with pytest.raises(Conflict):
        ways_ask(line=late, by=cast.manager)
