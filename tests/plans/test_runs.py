"""A run from its start to the plan in force."""

import pytest

from cast import MONDAY
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.base.jobs import jobs_run_waiting
from wadah.base.models import Job
from wadah.demand.models import Order
from wadah.planning.plan import cost, violations
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlannedLine, PlannedLot, PlanRun
from wadah.plans.services import plan_discard, plan_publish, plan_run_start, plan_run_use_best

pytestmark = pytest.mark.django_db


def start(cast, **changes):
    values = {"cooperative": cast.cooperative, "start_on": MONDAY, "weeks": 12, "time_limit_seconds": 20}
    return plan_run_start(**{**values, **changes}, by=cast.manager)


def test_a_run_ends_as_a_draft_whose_files_pass_the_referee(run):
    assert (run.status, run.result) == ("draft", "optimal")
    problem, plan = problem_kept(run), plan_kept(run)
    assert violations(problem, plan) == ()
    assert sum(cost(problem, plan).values()) == pytest.approx(run.best_rupiah)
    assert run.bound_rupiah <= run.best_rupiah
    assert run.job.status == "done"


def test_the_rows_say_what_the_files_say(run):
    plan = plan_kept(run)
    lots = {(lot.part.code, lot.workshop.code, lot.period): lot.quantity for lot in PlannedLot.objects.filter(run=run)}
    assert lots == {(part, workshop, t): pieces for part, workshop, t, pieces in plan.make if pieces > 0}
    (line,) = PlannedLine.objects.filter(run=run)
    assert (line.on_time, line.late, line.short) == (500.0, 0.0, 0.0)
    assert line.reasons == []


def test_a_line_that_cannot_be_made_keeps_its_reason(cast, bracket, order):
    from wadah.catalogue.models import Approval

    Approval.objects.filter(part=bracket.bush).delete()
    start(cast)
    jobs_run_waiting()
    (line,) = PlannedLine.objects.all()
    assert line.short == 500.0
    assert [(reason["code"], reason["part"]) for reason in line.reasons] == [("no_maker", "BUSH")]


def test_one_run_at_a_time_for_one_cooperative(cast, order):
    start(cast)
    with pytest.raises(Conflict):
        start(cast)


@pytest.mark.parametrize(
    "changes", [{"weeks": 0}, {"weeks": 105}, {"time_limit_seconds": 0}, {"time_limit_seconds": 3601}]
)
def test_numbers_out_of_range_are_refused_at_their_field(cast, changes):
    with pytest.raises(Refused) as refused:
        start(cast, **changes)
    assert refused.value.field == next(iter(changes))
    assert not PlanRun.objects.exists()


def test_publishing_replaces_the_plan_in_force_and_moves_its_orders_on(cast, order, run):
    plan_publish(run=run, by=cast.manager)
    assert Order.objects.get().status == "planned"
    moved = history_of(order).last()
    assert (moved.act, moved.fields, moved.user_id) == (
        "order_move",
        {"status": ["confirmed", "planned"]},
        cast.manager.pk,
    )
    second = start(cast)
    jobs_run_waiting()
    second.refresh_from_db()
    plan_publish(run=second, by=cast.manager)
    run.refresh_from_db()
    assert (run.status, PlanRun.objects.get(status="published")) == ("superseded", second)
    assert [change.act for change in history_of(second)] == ["plan_publish"]


def test_a_plan_is_published_or_discarded_once(cast, run):
    plan_publish(run=run, by=cast.manager)
    with pytest.raises(Conflict):
        plan_publish(run=run, by=cast.manager)
    with pytest.raises(Conflict):
        plan_discard(run=run, by=cast.manager)


def test_a_draft_put_aside_stays_in_the_list(cast, run):
    plan_discard(run=run, by=cast.manager)
    assert PlanRun.objects.get().status == "discarded"


def test_a_run_stopped_before_it_began_is_put_aside(cast, order):
    run = start(cast)
    plan_run_use_best(run=run, by=cast.manager)
    run.refresh_from_db()
    assert run.status == "discarded"
    start(cast)


def test_a_finished_run_cannot_be_stopped(cast, run):
    with pytest.raises(Conflict):
        plan_run_use_best(run=run, by=cast.manager)


def test_asking_for_the_best_so_far_ends_the_run_with_a_plan(cast, order):
    run = start(cast, time_limit_seconds=3600)
    Job.objects.filter(pk=run.job_id).update(stop_asked=True)
    jobs_run_waiting()
    run.refresh_from_db()
    assert run.status == "draft"


def test_rows_that_contradict_each_other_end_the_run_in_words(cast, bracket, order, monkeypatch):
    from wadah.planning.errors import Fault, ProblemError

    def contradict(*args, **kwargs):
        raise ProblemError([Fault("negative", "parts", 0, "stock", -1)])

    monkeypatch.setattr("wadah.plans.run.problem_of", contradict)
    run = start(cast)
    jobs_run_waiting()
    run.refresh_from_db()
    assert run.status == "failed"
    assert "stock" in run.stopped
    start(cast)


def test_a_run_whose_worker_died_for_good_makes_room_for_the_next(cast, order):
    run = start(cast)
    PlanRun.objects.filter(pk=run.pk).update(status="running")
    Job.objects.filter(pk=run.job_id).update(status="failed", key=None)
    start(cast)
    run.refresh_from_db()
    assert run.status == "failed"


def test_a_planner_that_is_not_ready_gets_ready_before_the_clock_and_says_so(cast, order, monkeypatch):
    from wadah.planning import warm as warming

    stages = []

    def slow(beat):
        beat()
        stages.extend(PlanRun.objects.values_list("stage", flat=True))
        return 0.0

    monkeypatch.setattr(warming, "is_warm", lambda: False)
    monkeypatch.setattr(warming, "warm", slow)
    started = start(cast)
    before = Job.objects.get(pk=started.job_id).heartbeat_at
    jobs_run_waiting()
    started.refresh_from_db()
    assert stages == ["getting ready"]
    assert started.job.heartbeat_at != before
    assert (started.status, started.stage) == ("draft", "done")
