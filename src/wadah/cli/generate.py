"""`wadah generate`: a seeded, simulated city as a problem file. The same numbers give the same file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.kinds import SEED, whole_between
from wadah.cli.words import say, whole

if TYPE_CHECKING:
    import argparse

NEEDS_DATABASE = False
LEAST = {"workshops": 0, "parts": 1, "orders": 0, "periods": 1}
MOST = 1_000_000


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("generate", help="make a simulated city")
    for name, least in LEAST.items():
        kind = whole_between(least, MOST)
        parser.add_argument(f"--{name}", type=kind, required=True, metavar="N", help="how many")
    parser.add_argument("--seed", type=SEED, default=0, metavar="N", help="the same number gives the same answer")
    parser.add_argument(
        "--out", type=Path, metavar="PROBLEM", help="problem file; JSON on standard output where it is left out"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when it is written or printed."""
    from wadah.planning.city import generate
    from wadah.planning.files import write_problem

    problem = generate(args.workshops, args.parts, args.orders, args.periods, args.seed)
    if args.out is None:
        import json

        from wadah.planning.files import problem_to_dict

        print(json.dumps(problem_to_dict(problem), ensure_ascii=False))
        return 0
    write_problem(problem, args.out)
    print(say(args.lang, "generated", file=args.out, workshops=whole(len(problem.workshops), args.lang)))
    return 0
