"""`wadah replan PROBLEM --plan PLAN --decline … --out … --order …`: replan around promises. Needs no database."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.kinds import RUPIAH, SECONDS
from wadah.cli.plan import check_folder
from wadah.cli.replan_words import committed_lines, lines, say
from wadah.cli.words import number, percent, rupiah
from wadah.cli.words import say as common

if TYPE_CHECKING:
    import argparse

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem
    from wadah.planning.repair import Change, Replan

NEEDS_DATABASE = False


class Unreadable(Exception):
    """A change on the command line that can't be read; its words say why."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("replan", help="replan around promises")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("--plan", type=Path, required=True, metavar="PLAN", help="the plan in force")
    parser.add_argument(
        "--decline", action="append", default=[], metavar="PART,WORKSHOP[,PERIOD]", help="won't make it"
    )
    parser.add_argument("--out", action="append", default=[], metavar="WORKSHOP,FROM,TO", help="does nothing then")
    parser.add_argument("--order", action="append", default=[], type=Path, metavar="FILE", help="orders, as JSON rows")
    parser.add_argument("--release", action="store_true", help="give up committed rows that can't hold any more")
    parser.add_argument(
        "--change-cost", type=RUPIAH, metavar="RP", help="rupiah a piece moved (default: the problem's)"
    )
    parser.add_argument("--time-limit", type=SECONDS, default=2.0, metavar="S", help="once read (default 2)")
    parser.add_argument("--out-plan", type=Path, metavar="PLAN", help="write the new plan")
    parser.add_argument("--out-problem", type=Path, metavar="PROBLEM", help="write the problem as it is now")
    parser.add_argument("--all", action="store_true", help="every row of the difference")
    parser.add_argument("--json", action="store_true", help="print one JSON object: plan and difference")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with a plan; 1 without one, or where the plan in force breaks rules; 2 where a change can't be read."""
    from wadah.planning.files import read_plan, read_problem
    from wadah.planning.plan import row_violations
    from wadah.planning.promise import warm
    from wadah.planning.repair import PromiseError, replan
    from wadah.planning.violation import text

    for out in (args.out_plan, args.out_problem):
        if out is not None:
            check_folder(out)
    problem, plan = read_problem(args.problem), read_plan(args.plan)
    try:
        changes = changes_of(args, problem)
    except Unreadable as error:
        print(f"wadah: {error}", file=sys.stderr)
        return 2
    if broken := row_violations(problem, plan):
        print(common(args.lang, "broken", count=len(broken)), file=sys.stderr)
        print("\n".join(f"  {text(fault, args.lang)}" for fault in broken), file=sys.stderr)
        return 1
    warm()
    options = {"time_limit": args.time_limit, "release": args.release, "change_cost": args.change_cost}
    try:
        answer = replan(problem, plan, changes, **options)
    except PromiseError as error:
        for line in committed_lines(error.rows, problem.calendar, args.lang):
            print(f"wadah: {line}", file=sys.stderr)
        return 2
    return told(args, plan, answer)


def told(args: argparse.Namespace, plan: Plan, answer: Replan) -> int:
    """Print and write what came of it."""
    from wadah.planning.files import plan_to_dict, write_plan, write_problem
    from wadah.planning.repair import difference

    if args.out_problem is not None:
        write_problem(whole_problem(answer.problem, plan, args.change_cost), args.out_problem)
    if answer.plan.objective is None:
        print(say(args.lang, "no_plan", why=answer.plan.stopped), file=sys.stderr)
        return 1
    found = difference(answer.problem, plan, answer.plan)
    if args.json:
        print(json.dumps({"plan": plan_to_dict(answer.plan), "difference": asdict(found)}, ensure_ascii=False))
    else:
        before = "?" if plan.objective is None else rupiah(plan.objective)
        print(say(args.lang, "cost", after=rupiah(answer.plan.objective), before=before))
        if answer.plan.bound > 0:
            key = "bound_carried" if answer.carried else "bound"
            gap = percent(answer.plan.gap or 0.0, args.lang)
            print(say(args.lang, key, bound=rupiah(answer.plan.bound), gap=gap))
        print("\n".join(lines(found, answer.problem.calendar, args.lang, None if args.all else 12)))
        print(say(args.lang, "seconds", seconds=number(answer.plan.seconds, args.lang)))
    if args.out_plan is not None:
        write_plan(answer.plan, args.out_plan)
    for out in (args.out_plan, args.out_problem):
        if out is not None:
            print(say(args.lang, "written", file=out), file=sys.stderr)
    return 0


def whole_problem(problem: Problem, plan: Plan, change_cost: float | None) -> Problem:
    """With a cost of change of its own, a search notes only lots that may move: here all of them."""
    from wadah.planning.repair.changes import altered, rows_as_lots

    return altered(problem, previous=rows_as_lots(plan)) if change_cost else problem


# ---- what has changed


def changes_of(args: argparse.Namespace, problem: Problem) -> list[Change]:
    """The changes on the command line. Raises Unreadable, or ProblemError for an order file."""
    from wadah.planning.repair import Arrival

    found: list[Change] = [declined(text, problem, args.lang) for text in args.decline]
    found += [away(text, problem, args.lang) for text in args.out]
    found += [Arrival(order) for path in args.order for order in orders_in(path, problem)]
    if not found:
        raise Unreadable(say(args.lang, "nothing"))
    return found


def declined(text: str, problem: Problem, language: str) -> Change:
    """PART,WORKSHOP[,PERIOD]; names may hold commas themselves, so each way to split them is tried."""
    from wadah.planning.repair import Decline

    words = text.split(",")
    for last in (len(words), len(words) - 1):
        for middle in range(1, last):
            part, workshop = ",".join(words[:middle]), ",".join(words[middle:last])
            if part in problem.part and workshop in problem.workshop:
                if last == len(words):
                    return Decline(part, workshop)
                if whole(words[-1]):
                    return Decline(part, workshop, int(words[-1]))
    raise Unreadable(say(language, "bad_decline", text=text))


def away(text: str, problem: Problem, language: str) -> Change:
    from wadah.planning.repair import Out

    name, *rest = text.rsplit(",", 2)
    if name in problem.workshop and len(rest) == 2 and all(map(whole, rest)):
        return Out(name, int(rest[0]), int(rest[1]))
    raise Unreadable(say(language, "bad_out", text=text))


def whole(text: str) -> bool:
    return text.strip().removeprefix("-").isdecimal()


def orders_in(path: Path, problem: Problem) -> list[Order]:
    """Order rows of a JSON file: one object, a list of them, or an object with a list "orders". Raises ProblemError."""
    from wadah.planning.errors import InputError, ProblemError
    from wadah.planning.files import locating, read_json
    from wadah.planning.problemdoc import problem_from_dict, problem_to_dict

    with locating(path.name, {}):
        document = read_json(path)
        rows = document.get("orders", [document]) if isinstance(document, dict) else document
        shell = problem_to_dict(problem_without_lists(problem))
        try:
            return list(problem_from_dict(shell | {"orders": rows}).orders)
        except InputError as error:
            raise ProblemError(error.faults) from error


def problem_without_lists(problem: Problem) -> Problem:
    """Parts and calendar: all that an order row speaks of."""
    from dataclasses import replace

    return replace(problem, workshops=(), capabilities=(), orders=(), committed=(), previous=())
