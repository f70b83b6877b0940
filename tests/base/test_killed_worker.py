"""R7 with a real process and a real kill -9."""

import datetime as dt
import os
import subprocess
import sys
import time

import pytest
from django.db import connection

from wadah.base.clock import now
from wadah.base.jobs import job, job_queue, jobs_run_waiting
from wadah.base.jobs.run import HANDLERS
from wadah.base.jobs.services import STALE_SECONDS
from wadah.base.jobs.worker import POLL_SECONDS
from wadah.base.models import Counter, Job

WORKER = """
import time, django
django.setup()
from wadah.base.jobs import job
from wadah.base.jobs.worker import Worker
from wadah.base.models import Counter

@job("test.slow")
def slow(run):
    with run.effect():
        Counter.objects.create(kind="effect", year=2026)
        print("half way", flush=True)
        time.sleep(60)

Worker().step()
"""


def address():
    """This test's database, as the worker's environment names it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?host={database['HOST']}"


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_its_effect_leaves_none_and_another_has_it_once():
    job("test.slow")(lambda run: Counter.objects.create(kind="effect", year=2026) and None)
    try:
        row = job_queue(name="test.slow")
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env={**os.environ, "WADAH_DATABASE": address(), "DJANGO_SETTINGS_MODULE": "wadah.site.settings"},
            stdout=subprocess.PIPE,
            text=True,
        )
        with worker:
            assert worker.stdout.readline() == "half way\n"
            worker.kill()
        assert not Counter.objects.filter(kind="effect").exists()
        assert jobs_run_waiting() == 0, "its heart has only just stopped"
        Job.objects.update(heartbeat_at=now() - dt.timedelta(seconds=STALE_SECONDS + 1))
        assert jobs_run_waiting() == 1
        row.refresh_from_db()
        assert (row.status, row.attempts) == ("done", 2)
        assert Counter.objects.filter(kind="effect").count() == 1
    finally:
        del HANDLERS["test.slow"]


def test_a_killed_workers_job_starts_again_within_a_minute():
    assert STALE_SECONDS + POLL_SECONDS < 60


@pytest.mark.django_db(transaction=True)
def test_a_heart_beats_while_the_handler_is_busy(monkeypatch):
    from wadah.base.jobs import services

    monkeypatch.setattr(services, "BEAT_SECONDS", 0.05)
    beats = []

    def work(run):
        for _ in range(3):
            beats.append(Job.objects.get(pk=run.id).heartbeat_at)
            time.sleep(0.2)

    job("test.busy")(work)
    try:
        job_queue(name="test.busy")
        jobs_run_waiting()
    finally:
        del HANDLERS["test.busy"]
    assert beats[0] < beats[1] < beats[2]
