import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_of, history_record
from wadah.base.jobs import JobLost, job, job_queue, job_stop, jobs_run_waiting
from wadah.base.jobs.run import HANDLERS
from wadah.base.jobs.services import ATTEMPTS_MAX, STALE_SECONDS, job_carry_out, job_claim
from wadah.base.jobs.worker import Worker
from wadah.base.models import Change, Counter, IdempotencyKey, Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler():
    """Registers a handler for one test."""
    names = []

    def register(function, name="test.work"):
        job(name)(function)
        names.append(name)

    yield register
    for name in names:
        del HANDLERS[name]


def killed_worker_of(run):
    """What a killed process leaves behind: the row, and no more heartbeats."""
    Job.objects.filter(pk=run.id).update(heartbeat_at=now() - dt.timedelta(seconds=STALE_SECONDS + 1))


def test_a_job_runs_once_and_keeps_its_result(handler):
    handler(lambda run: {"twice": run.payload["n"] * 2})
    row = job_queue(name="test.work", payload={"n": 21})
    assert jobs_run_waiting() == 1
    row.refresh_from_db()
    assert (row.status, row.result, row.attempts, row.finished) == ("done", {"twice": 42}, 1, True)
    assert jobs_run_waiting() == 0


def test_an_unknown_job_is_a_programmers_mistake():
    with pytest.raises(ValueError, match="nowhere"):
        job_queue(name="nowhere")


def test_a_held_job_is_not_given_to_a_second_worker(handler):
    handler(lambda run: None)
    job_queue(name="test.work")
    assert job_claim("first") is not None
    assert job_claim("second") is None


def test_a_killed_workers_job_is_picked_up(handler):
    handler(lambda run: {"by": run.worker})
    row = job_queue(name="test.work")
    killed_worker_of(job_claim("first"))
    job_carry_out(job_claim("second"))
    row.refresh_from_db()
    assert (row.status, row.result, row.attempts) == ("done", {"by": "second"}, 2)


def test_a_worker_that_lost_its_job_has_no_effect(handler):
    handler(lambda run: None)
    job_queue(name="test.work")
    slow = job_claim("slow")
    killed_worker_of(slow)
    fast = job_claim("fast")
    with pytest.raises(JobLost), slow.effect():
        Counter.objects.create(kind="effect", year=2026)
    with fast.effect():
        Counter.objects.create(kind="effect", year=2026)
    assert Counter.objects.filter(kind="effect").count() == 1
    with pytest.raises(JobLost):
        slow.progress({"stage": "late"})


def test_the_effect_and_the_end_are_one(handler):
    handler(lambda run: None)
    row = job_queue(name="test.work")
    run = job_claim("worker")
    with pytest.raises(ZeroDivisionError), run.effect():
        Counter.objects.create(kind="effect", year=2026)
        1 / 0  # noqa: B018
    row.refresh_from_db()
    assert row.status == "running"
    assert not Counter.objects.filter(kind="effect").exists()


def test_a_job_that_kills_every_worker_ends_as_failed(handler):
    handler(lambda run: {"never": True})
    row = job_queue(name="test.work")
    for attempt in range(ATTEMPTS_MAX):
        killed_worker_of(job_claim(f"worker-{attempt}"))
    jobs_run_waiting()
    row.refresh_from_db()
    assert row.status == "failed"
    assert str(ATTEMPTS_MAX) in row.error


def test_a_refusal_is_told_and_a_mistake_of_ours_is_logged(handler, caplog):
    def refuse(run):
        raise Refused("No workshop is approved for this part.")

    handler(refuse)
    handler(lambda run: 1 / 0, name="test.broken")
    refused, broken = job_queue(name="test.work"), job_queue(name="test.broken")
    jobs_run_waiting()
    refused.refresh_from_db()
    broken.refresh_from_db()
    assert (refused.status, refused.error) == ("failed", "No workshop is approved for this part.")
    assert broken.status == "failed"
    assert "ZeroDivisionError" not in broken.error
    assert "ZeroDivisionError" in caplog.text


def test_the_same_key_queues_once_until_it_has_ended(handler):
    handler(lambda run: None)
    first = job_queue(name="test.work", key="plan-7")
    assert job_queue(name="test.work", key="plan-7") == first
    jobs_run_waiting()
    assert job_queue(name="test.work", key="plan-7") != first


def test_progress_is_seen_while_it_runs_and_stopping_is_heard(handler):
    seen = []

    def work(run):
        run.progress({"stage": "search", "gap": 0.1})
        seen.append(Job.objects.get(pk=run.id).progress)
        job_stop(job_id=run.id)
        seen.append(run.stop_asked())

    handler(work)
    job_queue(name="test.work")
    jobs_run_waiting()
    assert seen == [{"stage": "search", "gap": 0.1}, True]


def test_a_job_stopped_before_it_began_never_runs(handler):
    handler(lambda run: {"ran": True})
    row = job_queue(name="test.work")
    job_stop(job_id=row.pk)
    assert jobs_run_waiting() == 0
    row.refresh_from_db()
    assert row.status == "stopped"


@pytest.mark.django_db(transaction=True)
def test_many_workers_carry_out_each_job_once(handler):
    handler(lambda run: {"by": run.worker})
    for _ in range(20):
        job_queue(name="test.work")

    def work():
        worker = Worker()
        while worker.step():
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Job.objects.values_list("status", "attempts").order_by().distinct()) == [("done", 1)]


@pytest.mark.django_db(transaction=True)
def test_the_thread_wakes_up_when_a_job_is_queued_and_stops_when_told(handler):
    done = threading.Event()
    handler(lambda run: done.set())
    worker = Worker()
    thread = worker.start()
    job_queue(name="test.work")
    assert done.wait(5)
    worker.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_the_worker_sweeps_old_keys_at_once_and_then_now_and_again():
    worker = Worker()
    for key in ("swept at once", "left for later"):
        old = now() - dt.timedelta(days=31)
        IdempotencyKey.objects.create(key=key, route="r", body_hash="b", created_at=old)
        worker.sweep()
    assert IdempotencyKey.objects.get().key == "left for later"


def test_history_is_written_with_the_change_or_not_at_all():
    counter = Counter.objects.create(kind="order", year=2026, last=1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        history_record(user=None, act="count", row=counter, old={"last": 0}, new={"last": 1})
        1 / 0  # noqa: B018
    assert not Change.objects.exists()
    history_record(user=None, act="count", row=counter, old={"last": 0, "kind": "x"}, new={"last": 1, "kind": "x"})
    assert history_of(counter).get().fields == {"last": [0, 1]}
