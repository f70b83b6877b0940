"""Compile the planner's loops once, before anybody waits for a plan: `python -m wadah.planning.warm`.

Compiling takes a minute or so and would else come off the first plan's time. Two processes do it side by side, each its
half of the loops; a mark in the cache folder says that it was done for these very sources (cache.py). What neither of
them has met is compiled when it is first called, which is slower and no error.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wadah.planning.arrays import Arrays
    from wadah.planning.flat import Flat
    from wadah.planning.problem import Problem

MARK, LOCK = "warm", "warm.lock"
LOOK = 0.2  # seconds between two looks whether the processes are done
LOT = 1_000.0  # pieces, at most, in the small city
ENOUGH = 60.0  # seconds of work after which a half gives up; its work is done by then, compiling not counted


class ColdError(RuntimeError):
    """The loops could not be compiled: no room on the disk, or no memory."""


def folder() -> Path:
    return Path(os.environ.get("NUMBA_CACHE_DIR") or cache_folder())


def is_warm() -> bool:
    """Whether the loops of these sources are compiled."""
    return (folder() / MARK).exists()


def warm(beat: Callable[[], None] = lambda: None) -> float:
    """Compile what isn't yet; one process at a time does, the others wait for it. Returns the seconds it took.

    beat: called some times a second meanwhile; what it raises ends the work.
    Raises ColdError where a process that compiles fails, with what it wrote.
    """
    began = time.monotonic()
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    with locked(place / LOCK, beat):
        if not is_warm():
            run_halves(beat)
            (place / MARK).touch()
    return time.monotonic() - began


@contextmanager
def locked(path: Path, beat: Callable[[], None]) -> Iterator[None]:
    """Alone with the file, among all processes. It is let go of when the process ends, however that comes."""
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                beat()
                time.sleep(LOOK)
        yield


def run_halves(beat: Callable[[], None]) -> None:
    """Each half in a process of its own."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder())}
    command = [sys.executable, "-m", "wadah.planning.warm"]
    with ExitStack() as stack:
        said = stack.enter_context(tempfile.TemporaryFile())
        children = []
        for half in HALVES:
            child = subprocess.Popen([*command, half], env=environment, stdin=subprocess.DEVNULL, stderr=said)
            stack.callback(child.wait)
            stack.callback(child.kill)
            children.append(child)
        while any(child.poll() is None for child in children):
            beat()
            time.sleep(LOOK)
        for child in children:
            if child.returncode != 0:
                said.seek(0)
                raise ColdError(said.read().decode(errors="replace").strip() or f"exit code {child.returncode}")


def load() -> None:
    """Have what every plan begins with in this process, before a clock runs: its first calls take some 0.2 s."""
    from wadah.planning.construct import first_state

    _, data, shape = made_up()
    first_state(data, shape)


def made_up() -> tuple[Problem, Arrays, Flat]:
    """A small city, its lots bounded by a number: only one half needs the loops of limits.py."""
    from wadah.planning.arrays import arrays
    from wadah.planning.city import generate
    from wadah.planning.flat import flat

    city = generate(workshops=12, parts=6, orders=8, periods=8, seed=1)
    data = arrays(city)
    return city, data, flat(data, np.minimum(data.limit, LOT))


def bounds() -> None:
    """The first-order method, the rounding of what it finds, and assignment."""
    from wadah.planning.gradient import certificate, polish, program_of, relax
    from wadah.planning.guided.plan import Guided

    _, _, shape = made_up()
    program = program_of(shape)
    found = relax(shape, program, iterations=200, tolerance=1e-9, left=lambda: ENOUGH, threads=1)
    certificate(shape, found.prices, found.targets, found.shares, 1)
    polish(shape, found.prices, found.targets, found.shares, left=lambda: 0.1)
    run = Guided(shape, program, found, 1, lambda: ENOUGH)
    run.gather(1)
    run.fix(50, 0.5)
    assign()


def assign() -> None:
    """Jobs done whole in one period."""
    from wadah.planning.arrays import arrays
    from wadah.planning.assignment import improve, recognise
    from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
    from wadah.planning.solver import lease
    from wadah.planning.stop import Clock

    shops = tuple(Workshop(f"W{w}", (11.0,), (2.0,), overtime_cost=1.0, engage_cost=9.0) for w in range(4))
    parts = tuple(Part(f"P{j}", integer=True) for j in range(14))
    able = tuple(
        Capability(part.id, shop.id, hours_per_unit=2.0 + (7 * j + 5 * w) % 4, cost_per_unit=3.0 + (5 * j + 3 * w) % 11)
        for j, part in enumerate(parts)
        for w, shop in enumerate(shops)
    )
    orders = tuple(Order(f"O{j}", part.id, 1.0, 0, 40.0) for j, part in enumerate(parts))
    jobs = recognise(arrays(Problem(Calendar(date(2026, 12, 7), 1), parts, shops, able, orders)))
    assert jobs is not None
    with lease(clock := Clock(1.0, counted=True)) as session:
        improve(jobs, session, clock, lambda choice: None, lambda bound: None)


def plans() -> None:
    """First plans, the referee's arrays, the guided search, and cuts."""
    from wadah.planning.construct import first_state
    from wadah.planning.cuts.separate import Separator
    from wadah.planning.formulation import formulate
    from wadah.planning.gradient import Relaxed, program_of
    from wadah.planning.guided.plan import Guided, state_of_board
    from wadah.planning.state import cost, sound

    problem, data, shape = made_up()
    first = first_state(data, shape)
    program = program_of(shape)
    parts, periods = len(shape.part), shape.hours.shape[1]
    orders, shops = len(shape.quantity), len(shape.hours)
    nothing = Relaxed(
        0.0,
        np.zeros((len(shape.integer), periods)),
        np.zeros(shops),
        np.zeros(parts),
        np.zeros(len(program.capability)),
        np.zeros((orders, periods)),
        np.zeros(orders),
        np.zeros((shops, periods)),
        1.0,
        None,  # type: ignore[arg-type]
        (),
    )
    run = Guided(shape, program, nothing, 1, lambda: ENOUGH, first)
    board, _ = run.board()
    run.sweep(board, np.arange(parts), lambda: ENOUGH)
    state = state_of_board(board, run.first)
    cost(shape, state), sound(shape, state)
    form = formulate(problem)
    Separator(form).broken(np.zeros(form.model.shape[1]))


HALVES = {"bounds": bounds, "plans": plans}


if __name__ == "__main__":
    if sys.argv[1:]:
        HALVES[sys.argv[1]]()
    elif not is_warm():
        print("Compiling the planner's loops, once: a minute or two …", flush=True)
        print(f"compiled in {warm():.0f} s")
