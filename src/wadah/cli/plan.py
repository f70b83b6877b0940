"""`wadah plan PROBLEM`: plan, show how far it is on a terminal, and write what came of it. Needs no database."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.kinds import SECONDS, SEED, whole_between
from wadah.cli.progress import ProgressLine
from wadah.cli.words import percent, reason, rupiah, say, status

if TYPE_CHECKING:
    import argparse
    from types import FrameType

    from wadah.planning.plan import Plan

NEEDS_DATABASE = False


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("plan", help="plan a problem file")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--time-limit", type=SECONDS, default=60.0, metavar="S", help="wall seconds (default 60)")
    length.add_argument(
        "--effort",
        type=whole_between(1, 10_000_000),
        metavar="N",
        help="counted work instead: the same plan everywhere",
    )
    parser.add_argument("--seed", type=SEED, default=0, metavar="N", help="the same number gives the same answer")
    parser.add_argument(
        "--threads", type=whole_between(1, 256), default=processors(), metavar="N", help="default: all there are"
    )
    parser.add_argument("--out", type=Path, metavar="PLAN", help="write the plan here, in the format of its name")
    parser.add_argument("--json", action="store_true", help="print one JSON object: the plan file and its violations")
    parser.set_defaults(run=run)


def processors() -> int:
    """How many this process may use, at most 256."""
    return min(256, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def run(args: argparse.Namespace) -> int:
    """0 with a plan, 1 without one. The first Ctrl-C takes the best plan so far, a second one breaks off."""
    from wadah.planning.files import read_problem, write_plan
    from wadah.planning.solve import solve

    problem = read_problem(args.problem)
    if args.out is not None:
        check_folder(args.out)
    warn(problem, args.lang)
    get_ready(args.lang)
    stop = Stop()
    with ProgressLine(args.lang) as line:
        plan = solve(
            problem,
            time_limit=args.time_limit,
            effort=args.effort,
            seed=args.seed,
            threads=args.threads,
            progress=line.show,
            should_stop=stop,
        )
    if args.json:
        print(json.dumps(as_json(problem, plan, args.lang), ensure_ascii=False))
    else:
        tell(plan, args, stopped=stop.asked)
    if args.out is not None:
        write_plan(plan, args.out)
        if not args.json:
            print(say(args.lang, "written", file=args.out))
    return 0 if plan.objective is not None else 1


def check_folder(out: Path) -> None:
    """Told before the planning, for a plan that can't be written is time lost."""
    if not out.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(out.parent))


def get_ready(language: str) -> None:
    """Compile what isn't yet, and load it, before the clock runs."""
    from wadah.planning.warm import is_warm, load, warm

    if not is_warm():
        print(say(language, "getting ready"), file=sys.stderr)
        warm()
    load()


class Stop:
    """True once Ctrl-C was pressed; a second press breaks off as usual."""

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGINT, self.ask)

    def ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def __call__(self) -> bool:
        return self.asked


def warn(problem: object, language: str) -> None:
    from wadah.planning.messages import text
    from wadah.planning.validate import warnings

    for fault in warnings(problem):  # type: ignore[arg-type]
        print(f"wadah: {text(fault, 'en' if language == 'en' else 'id')}", file=sys.stderr)


def as_json(problem: object, plan: Plan, language: str) -> dict[str, object]:
    """The keys of the plan file, and `violations`: what the referee finds wrong, in words; [] for a sound plan."""
    from wadah.planning.files import plan_to_dict
    from wadah.planning.plan import violations
    from wadah.planning.violation import text

    broken = violations(problem, plan)  # type: ignore[arg-type]
    lines = [text(fault, "en" if language == "en" else "id") for fault in broken]
    return {**plan_to_dict(plan), "violations": lines}


def tell(plan: Plan, args: argparse.Namespace, *, stopped: bool) -> None:
    """A summary for people."""
    if plan.objective is None:
        print(say(args.lang, "no plan", why=reason(plan.stopped, args.lang)))
        return
    if stopped:
        print(say(args.lang, "best so far"))
    rows = [
        ("status", status(plan.status, args.lang)),
        ("objective", rupiah(plan.objective)),
        ("bound", rupiah(plan.bound)),
        ("gap", percent(plan.gap or 0.0, args.lang)),
        ("stopped", reason(plan.stopped, args.lang)),
    ]
    for key, value in rows:
        print(f"{say(args.lang, key):24} {value}")
    for kind, amount in plan.cost.items():
        if amount > 0:
            print(f"  {say(args.lang, kind):22} {rupiah(amount):>22}")
