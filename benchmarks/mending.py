"""`python -m benchmarks.mending`: how quick and how good a repair is beside a city's plan.

A plan is made first, or read (--keep). Then members say no: 1, 10 and 50 lots drawn by seed are declined, after a tenth
of all lots was promised. Each time the plan is mended as the manager's page does it, within two seconds from the moment
the ground is read and indexed (ground_seconds), refereed whole; a promise lost or a rule broken ends the run with exit
code 3. Rows go to benchmarks/results/<version>-mending.csv. --processor counts seconds of the processor (busy.py), for
a machine that has other work.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import benchmarks.rooms  # noqa: F401  (before the rooms below)
from benchmarks import results_file
from benchmarks.answers import plan_in_force, wall_clock
from benchmarks.busy import processor_clock
from benchmarks.case import number
from benchmarks.measure import Refused
from wadah.planning.files import read_problem
from wadah.planning.plan import violations
from wadah.planning.promise import Book, warm
from wadah.planning.repair import difference
from wadah.plans.repairing.ground import ground_of
from wadah.plans.repairing.rules import REFUSED, Asked, No, Place, Trouble
from wadah.plans.repairing.search import SECONDS, mended
from wadah.plans.rules import Horizon
from wadah.site.memory import memory_settle

SEED = 20261130
DECLINED = (1, 10, 50)
COLUMNS = ["date", "version", "commit", "cores", "memory_gb", "clock", "instance", "draw_seed", "declined", "limit"]
COLUMNS += ["ground_seconds", "seconds", "status", "before", "after", "lots", "workshops", "orders"]


@dataclass(frozen=True)
class Opened:
    """As plans.offers.books.OpenBook, without a database."""

    book: Book
    horizon: Horizon
    now: int = 0


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mending", description=__doc__)
    parser.add_argument("--city", action="append", help="may be given several times; else city-1k and city-10k")
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), help="folder of the problem files")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep each plan made, and read it the next time")
    parser.add_argument("--plan-seconds", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processor", action="store_true", help="count seconds of the processor")
    parser.add_argument("--out", type=Path, help="else benchmarks/results/<version>-mending.csv")
    args = parser.parse_args(argv)
    try:
        for name in args.city or ["city-1k", "city-10k"]:
            measure(args, name, args.out or results_file.path_of("mending"))
    except Refused as error:
        print(f"mending: {error}", file=sys.stderr)
        return 3
    return 0


def measure(args, name, path) -> None:
    problem = read_problem(args.bench / f"{name}.json.gz")
    counting = processor_clock if args.processor else wall_clock
    plan = plan_in_force(args, name, problem, counting)
    warm()
    opened = Opened(Book(problem, plan), Horizon(problem.calendar.start, problem.periods))
    memory_settle()  # as the server does
    for count in DECLINED:
        with counting() as clock:
            row = one(opened, asked_of(opened, count, Random(args.seed)), clock)
        common = results_file.here() | {
            "clock": "processor" if args.processor else "wall",
            "instance": name,
            "draw_seed": args.seed,
            "limit": SECONDS,
        }
        results_file.append(path, common | {"declined": count} | row, COLUMNS)
        print(f"{name}: {count} declined: {row['seconds']} s, {row['lots']} lots move, {row['after']}", flush=True)


def asked_of(opened, count, dice) -> Asked:
    """A tenth of the lots promised, and `count` of the others declined."""
    lots = [(part, at, int(t), x) for part, at, t, x in opened.book.plan.make if x > 0]
    dice.shuffle(lots)
    start = opened.horizon.start
    kept, refused = lots[: len(lots) // 10], lots[len(lots) // 10 :][:count]
    week = {t: start + timedelta(weeks=t) for t in range(opened.book.problem.periods)}
    return Asked(
        troubles=tuple(Trouble(i, REFUSED, p, at, week[t], week[t]) for i, (p, at, t, _x) in enumerate(refused)),
        promised=tuple(Place(p, at, week[t], x) for p, at, t, x in kept),
        noes=tuple(No(p, at, week[t], week[t]) for p, at, t, _x in refused),
    )


def one(opened, asked, clock) -> dict[str, object]:
    began = clock()
    ground = ground_of(opened, asked)
    read = clock()
    found = mended(ground)
    done = clock()
    if found.plan.objective is None:
        return {"ground_seconds": number(read - began), "seconds": number(done - read), "status": found.plan.status}
    faults = violations(found.problem, found.plan)
    if faults:
        raise Refused("; ".join(str(fault) for fault in faults[:3]))
    moved = difference(found.problem, ground.plan, found.plan)
    counts = SimpleNamespace(lots=len(moved.lots), workshops=len(moved.workshops), orders=len(moved.orders))
    return {
        "ground_seconds": number(read - began),
        "seconds": number(done - read),
        "status": found.plan.status,
        "before": number(ground.plan.objective),
        "after": number(found.plan.objective),
        **vars(counts),
    }


if __name__ == "__main__":
    sys.exit(main())
