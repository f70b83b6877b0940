"""Seconds of the processor in place of those on the wall, for a machine that has other work to do.

In: a body of code that plans. Out: inside `processor_clock`, every limit of the planner and of its solver counts the
seconds that this process and its solvers have computed, shared out over `threads`; on a quiet machine the two are the
same. For figures only: nothing but the benchmarks imports it. Linux, since it reads /proc.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from types import SimpleNamespace

from wadah.planning import beside, solver, stop

TICKS = os.sysconf("SC_CLK_TCK")
FOREVER = 1e7


class Processor:
    """Seconds computed by this process and its children, those that have ended included."""

    def __init__(self) -> None:
        self.known: dict[int, float] = {}

    def seconds(self) -> float:
        for task in Path("/proc/self/task").iterdir():
            with contextlib.suppress(OSError):
                for child in (task / "children").read_text().split():
                    self.known[int(child)] = seconds_of(child)
        return time.process_time() + sum(self.known.values())


def seconds_of(process: str) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextlib.contextmanager
def processor_clock(threads: int = 1):
    """Count processor seconds inside; yields the clock, a function without arguments."""
    processor = Processor()

    def now() -> float:
        return processor.seconds() / threads

    fake = SimpleNamespace(**(vars(time) | {"monotonic": now}))
    plain, limits, listen = (stop.time, beside.time), solver.limits, solver.Session.listen

    def patient(session, scale, seconds, ears):
        until = now() + seconds
        return listen(session, scale, FOREVER, ears_until(ears, lambda: now() > until))

    stop.time = beside.time = fake
    solver.limits = lambda name, model, seconds, *, counted: limits(name, model, FOREVER, counted=counted)
    solver.Session.listen = patient
    try:
        yield now
    finally:
        stop.time, beside.time = plain
        solver.limits, solver.Session.listen = limits, listen


def ears_until(ears, over):
    return solver.Ears(lambda: ears.should_stop() or over(), ears.on_solution, ears.on_bound)
