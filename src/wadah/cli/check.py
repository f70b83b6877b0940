"""`wadah check PROBLEM PLAN`: the referee. 0 and the costs, or 1 and every broken rule with its numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.words import reason, rupiah, say, status

if TYPE_CHECKING:
    import argparse

NEEDS_DATABASE = False


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("check", help="referee a plan")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("plan", type=Path, help=".json, .json.gz, .zip or folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from wadah.planning.files import read_plan, read_problem
    from wadah.planning.plan import cost, violations
    from wadah.planning.violation import text

    problem, plan = read_problem(args.problem), read_plan(args.plan)
    broken = violations(problem, plan)
    if broken:
        print(say(args.lang, "broken", count=len(broken)))
        for fault in broken:
            print(f"  {text(fault, args.lang)}")
        return 1
    if plan.objective is None:
        print(
            say(
                args.lang, "no plan in file", status=status(plan.status, args.lang), why=reason(plan.stopped, args.lang)
            )
        )
        return 0
    print(say(args.lang, "sound"))
    costs = cost(problem, plan)
    for kind, amount in costs.items():
        print(f"  {say(args.lang, kind):22} {rupiah(amount):>22}")
    print(f"  {say(args.lang, 'objective'):22} {rupiah(sum(costs.values())):>22}")
    return 0
