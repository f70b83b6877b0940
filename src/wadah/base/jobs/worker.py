"""A worker: a thread in the web process, or alone in a process of its own. Any number may run side by side."""

from __future__ import annotations

import logging
import threading
import time

from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections, connection

from wadah.base.idempotency import keys_sweep
from wadah.base.jobs.services import job_carry_out, job_claim, wake, worker_name
from wadah.base.jobs.sweeping import sweep, swept

POLL_SECONDS = 2.0
SWEEP_SECONDS = 3600.0

log = logging.getLogger("wadah.jobs")
swept(keys_sweep)
swept(SessionStore.clear_expired)


class Worker:
    """Claims and carries out one job at a time until told to stop; sweeps the house now and then."""

    def __init__(self) -> None:
        self.name = worker_name()
        self.stopping = threading.Event()
        self.sweep_at = 0.0

    def start(self) -> threading.Thread:
        """Run as a daemon thread. A process that ends leaves its job to the next worker."""
        thread = threading.Thread(target=self.run, daemon=True, name="wadah-worker")
        thread.start()
        return thread

    def stop(self) -> None:
        self.stopping.set()
        wake.set()

    def run(self) -> None:
        while not self.stopping.is_set():
            self.sweep()
            if not self.step():
                wake.wait(POLL_SECONDS)
                wake.clear()
        connection.close()

    def sweep(self) -> None:
        """Forget what is over, and let the rooms end what has lapsed (sweeping.py)."""
        if time.monotonic() >= self.sweep_at:
            self.sweep_at = time.monotonic() + SWEEP_SECONDS
            sweep()

    def step(self) -> bool:
        """One look at the queue; whether a job was found. A database that is away is waited for."""
        close_old_connections()
        try:
            run = job_claim(self.name)
            if run is not None:
                job_carry_out(run)
        except DatabaseError:
            log.exception("the job queue can't be reached; trying again")
            return False
        return run is not None
