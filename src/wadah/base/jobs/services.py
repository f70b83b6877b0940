"""Queueing, claiming and carrying out jobs."""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import socket
import threading
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import WadahError
from wadah.base.jobs.run import HANDLERS, JobLost, JobRun
from wadah.base.models import Job

BEAT_SECONDS = 5
STALE_SECONDS = 30  # six beats missed; with the worker's poll a killed worker's job starts again well within 60 s
ATTEMPTS_MAX = 3

log = logging.getLogger("wadah.jobs")
wake = threading.Event()


@transaction.atomic
def job_queue(*, name: str, payload: dict[str, Any] | None = None, key: str | None = None) -> Job:
    """Queue work for a worker once this transaction is committed.

    key: while a job with this key is queued or running, it is returned instead of a second one.
    """
    if name not in HANDLERS:
        raise ValueError(f"Expected one of {sorted(HANDLERS)}, got job name {name!r}")
    values = {"name": name, "payload": payload or {}}
    row = Job.objects.get_or_create(key=key, defaults=values)[0] if key else Job.objects.create(**values)
    transaction.on_commit(wake.set)
    return row


def job_stop(*, job_id: int) -> None:
    """Ask for the best so far: a queued job ends as stopped, a running one is told and ends by itself."""
    waiting = Job.objects.filter(pk=job_id, status=Job.Status.QUEUED)
    if not waiting.update(status=Job.Status.STOPPED, finished_at=now(), key=None):
        Job.objects.filter(pk=job_id, status=Job.Status.RUNNING).update(stop_asked=True)


def jobs_claimable() -> QuerySet[Job]:
    """Queued, or held by a worker whose heart has stopped."""
    stale = now() - dt.timedelta(seconds=STALE_SECONDS)
    return Job.objects.filter(Q(status="queued") | Q(status="running", heartbeat_at__lt=stale)).order_by("id")


def job_claim(worker: str) -> JobRun | None:
    """Take the oldest job that nobody holds, by one compare-and-set on (status, worker, attempts)."""
    for row in jobs_claimable():
        stamp = now()
        unchanged = Job.objects.filter(pk=row.pk, status=row.status, worker=row.worker, attempts=row.attempts)
        claimed = unchanged.update(
            status=Job.Status.RUNNING,
            worker=worker,
            attempts=row.attempts + 1,
            heartbeat_at=stamp,
            started_at=row.started_at or stamp,
        )
        if claimed:
            row.worker, row.attempts = worker, row.attempts + 1
            return JobRun(row)
    return None


def job_carry_out(run: JobRun) -> None:
    """Call the handler while the heart beats, and see that the job ends: done, failed, or lost to another worker."""
    stop = threading.Event()
    heart = threading.Thread(target=beat_until, args=(run, stop), daemon=True, name=f"heart-of-job-{run.id}")
    heart.start()
    try:
        handle(run)
    except JobLost:
        log.warning("job %s %s: taken over by another worker", run.id, run.name)
    finally:
        stop.set()
        heart.join()


def handle(run: JobRun) -> None:
    if run.attempt > ATTEMPTS_MAX:
        run.fail(_("The work stopped unexpectedly %(times)s times.") % {"times": ATTEMPTS_MAX})
        return
    try:
        result = HANDLERS[run.name](run)
        if not run.ended:
            with run.effect() as kept:
                kept.update(result or {})
    except WadahError as refused:
        run.fail(str(refused))
    except JobLost:
        raise
    except Exception:  # the edge of the process: whatever a handler dies of is logged, and the job must not hang
        log.exception("job %s %s failed", run.id, run.name)
        run.fail(_("Wadah made a mistake here. Nothing was changed. It has been written to the log."))


def beat_until(run: JobRun, stop: threading.Event) -> None:
    from django.db import connection

    try:
        while not stop.wait(BEAT_SECONDS) and not run.ended:
            try:
                run.beat()
            except OperationalError:
                # On SQLite the job's own long write keeps all waiting, other workers too: nobody can take it over.
                log.info("job %s: a heartbeat was missed, the database is busy", run.id)
    except JobLost:
        return
    finally:
        connection.close()


def worker_name() -> str:
    """Unique a process and a start: host, process id, and a few random letters."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def jobs_run_waiting(*, limit: int = 100) -> int:
    """Carry out what waits, here and now, up to `limit`; how many ran. For tests and the command line."""
    for count in range(limit):
        run = job_claim(worker_name())
        if run is None:
            return count
        job_carry_out(run)
    return limit
