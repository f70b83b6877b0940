"""The registry of handlers, and what a handler holds while it runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from wadah.base.clock import now
from wadah.base.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Handler = Callable[["JobRun"], dict[str, Any] | None]

HANDLERS: dict[str, Handler] = {}
DIED = "stopped unexpectedly"
WORDS = 400
"""Letters of a reason that a row keeps."""


def job(name: str) -> Callable[[Handler], Handler]:
    """Register a handler under `name`; the module must be imported when the apps are ready (AppConfig.ready)."""

    def register(handler: Handler) -> Handler:
        if HANDLERS.setdefault(name, handler) is not handler:
            raise ValueError(f"Expected one handler for job {name!r}, got a second")
        return handler

    return register


class JobLost(Exception):
    """Another worker holds this job now; whatever this one found must be thrown away."""


class JobRun:
    """One worker's hold on one job. Every write goes through the hold, so a worker that lost it changes nothing."""

    def __init__(self, row: Job) -> None:
        self.id: int = row.pk
        self.name = row.name
        self.payload: dict[str, Any] = row.payload
        self.worker = row.worker
        self.attempt = row.attempts
        self.ended = False

    def progress(self, values: dict[str, Any]) -> None:
        """Show how far the work is; also a heartbeat. Raises JobLost."""
        self.write(progress=values, heartbeat_at=now())

    def beat(self) -> None:
        """Say "still alive". Raises JobLost."""
        self.write(heartbeat_at=now())

    def stop_asked(self) -> bool:
        """Whether somebody asked for the best answer so far."""
        return Job.objects.filter(pk=self.id, stop_asked=True).exists()

    @contextmanager
    def effect(self) -> Iterator[dict[str, Any]]:
        """One transaction: the job is done with the yielded result, and whatever the block writes is kept with it.

        The hold is checked first, under the row's lock, so that two workers can't both get through. Raises JobLost.
        """
        result: dict[str, Any] = {}
        with transaction.atomic():
            self.write(heartbeat_at=now())
            yield result
            self.write(status=Job.Status.DONE, finished_at=now(), result=result, error="", worker="", key=None)
        self.ended = True

    def fail(self, error: str) -> None:
        """End without effect, with a sentence for people. Raises JobLost."""
        self.write(status=Job.Status.FAILED, finished_at=now(), error=error, worker="", key=None)
        self.ended = True

    @contextmanager
    def telling(self, failed: Callable[[str], None], *, refusals: tuple[type[Exception], ...]) -> Iterator[None]:
        """Work that shows on a row of its own, which must never look as if it were still at it.

        failed: writes to that row why it came to nothing. At one of the `refusals` it gets their words, and the job is
        done (`ended`); at anything else it gets DIED, and the job logs it. A lost hold tells nothing: the row is by
        then another worker's.
        """
        try:
            yield
        except refusals as fault:
            with self.effect():
                failed(str(fault)[:WORDS])
        except JobLost:
            raise
        except Exception:  # whatever it died of
            failed(DIED)
            raise

    def write(self, **values: Any) -> None:
        held = Job.objects.filter(pk=self.id, status=Job.Status.RUNNING, worker=self.worker)
        if held.update(**values) == 0:
            raise JobLost(f"job {self.id} is no longer held by {self.worker}")
