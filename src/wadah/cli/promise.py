"""`wadah promise PROBLEM --plan PLAN --part P --quantity Q [--due T]`: can we take this order? Needs no database."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.kinds import SECONDS, amount_between, whole_between
from wadah.cli.plan import check_folder
from wadah.cli.promise_words import displaced_lines, lines, say, stop_lines, when
from wadah.cli.words import number
from wadah.cli.words import say as common

if TYPE_CHECKING:
    import argparse

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem
    from wadah.planning.promise import Answers, Offer, Promise

NEEDS_DATABASE = False
NEW = "NEW"
PERIODS_MOST = 1_000_000


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("promise", help="can we take this order?")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("--plan", type=Path, metavar="PLAN", help="the promises already made (else: plans first)")
    parser.add_argument("--part", required=True, metavar="P", help="what is asked for")
    parser.add_argument(
        "--quantity", required=True, type=amount_between(0, 1e15, above=True), metavar="Q", help="how many pieces"
    )
    parser.add_argument(
        "--due", type=whole_between(-PERIODS_MOST, PERIODS_MOST), metavar="T", help="period (default: the last one)"
    )
    parser.add_argument(
        "--earliest",
        type=whole_between(0, PERIODS_MOST),
        default=0,
        metavar="T",
        help="not delivered before this period",
    )
    parser.add_argument("--at-once", action="store_true", help="delivered all in one period")
    parser.add_argument("--single-source", action="store_true", help="from one workshop only")
    parser.add_argument("--firm", action="store_true", help="don't ask what moving other work would give")
    parser.add_argument("--id", default=NEW, metavar="ORDER", help="the new order's id (default NEW)")
    parser.add_argument("--time-limit", type=SECONDS, default=1.0, metavar="S", help="once read (default 1)")
    parser.add_argument("--out", type=Path, metavar="PLAN", help="write the plan with the order taken")
    parser.add_argument("--out-problem", type=Path, metavar="PROBLEM", help="write the problem with the order in it")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 where anything can be had, 1 where nothing can, or where the plan breaks rules."""
    from wadah.planning.files import read_problem
    from wadah.planning.plan import row_violations
    from wadah.planning.promise import Book, promise, warm
    from wadah.planning.violation import text

    for out in (args.out, args.out_problem):
        if out is not None:
            check_folder(out)
    problem = read_problem(args.problem)
    plan = promises(args, problem)
    if plan.objective is None:
        print(say(args.lang, "no_plan", why=plan.stopped), file=sys.stderr)
        return 1
    if broken := row_violations(problem, plan):
        print(common(args.lang, "broken", count=len(broken)), file=sys.stderr)
        print("\n".join(f"  {text(fault, args.lang)}" for fault in broken), file=sys.stderr)
        return 1
    warm()
    order = asked(args, problem)
    answer = promise(Book(problem, plan), order, time_limit=args.time_limit, may_move=not args.firm)
    if args.json:
        print(json.dumps(as_json(answer), ensure_ascii=False))
    else:
        tell(answer, problem, args.lang)
    offer = answer.firm.whole or answer.firm.most
    write(args, answer, offer, order)
    return 0 if offer is not None or (answer.moved and (answer.moved.whole or answer.moved.most)) else 1


def promises(args: argparse.Namespace, problem: Problem) -> Plan:
    """The plan given, or one made now."""
    from wadah.planning.files import read_plan
    from wadah.planning.solve import solve

    if args.plan is not None:
        return read_plan(args.plan)
    print(say(args.lang, "planning"), file=sys.stderr)
    return solve(problem)


def asked(args: argparse.Namespace, problem: Problem) -> Order:
    """The order asked for; single-source where the part's other orders are."""
    from wadah.planning.problem import Order

    alone = args.single_source or any(order.single_source for order in problem.orders if order.part == args.part)
    due = problem.periods - 1 if args.due is None else args.due
    return Order(
        args.id, args.part, args.quantity, due, None, args.earliest, None, not args.at_once, single_source=alone
    )


def tell(answer: Promise, problem: Problem, language: str) -> None:
    """The answers for people."""
    calendar, quantity = problem.calendar, answer.order.quantity
    date = when(calendar, answer.order.due)
    print(say(language, "asked", quantity=number(quantity, language), part=answer.order.part, when=date))
    print("\n".join(lines(answer.firm, answer.due, quantity, calendar, language)))
    if answer.stop is not None:
        print("\n".join(stop_lines(answer.stop, calendar, language)))
    if answer.moved is not None:
        print(say(language, "moved"))
        print("\n".join(lines(answer.moved, answer.due, quantity, calendar, language)))
        offer = answer.moved.most or answer.moved.whole
        if offer is not None:
            print("\n".join(displaced_lines(answer.displaced(offer), language)))


def as_json(answer: Promise) -> dict[str, object]:
    """Everything, with the names of the Python API."""
    order = answer.order
    return {
        "part": order.part,
        "quantity": order.quantity,
        "due": order.due,
        "firm": answers_json(answer, answer.firm, moved=False),
        "stop": None if answer.stop is None else asdict(answer.stop),
        "moved": None if answer.moved is None else answers_json(answer, answer.moved, moved=True),
        "seconds": round(answer.seconds, 3),
    }


def answers_json(answer: Promise, answers: Answers, *, moved: bool) -> dict[str, object]:
    return {
        "most": offer_json(answer, answers.most, moved),
        "most_bound": answers.most_bound,
        "whole": offer_json(answer, answers.whole, moved),
        "no_earlier": answers.no_earlier if answers.no_earlier < answers.periods else None,
        "proven": answers.proven,
    }


def offer_json(answer: Promise, offer: Offer | None, moved: bool) -> dict[str, object] | None:
    if offer is None:
        return None
    names = ("quantity", "period", "cost", "least_cost", "price")
    found = {name: getattr(offer, name) for name in names}
    rows = answer.displaced(offer) if moved else ()
    return {**found, "displaces": [asdict(row) for row in rows]}


def write(args: argparse.Namespace, answer: Promise, offer: Offer | None, order: Order) -> None:
    """Write the plan and the problem with the offer taken: from now on it may be neither late nor short."""
    from dataclasses import replace

    from wadah.planning.files import write_plan, write_problem
    from wadah.planning.promise import accepted

    wanted = [out for out in (args.out, args.out_problem) if out is not None]
    if offer is None or not wanted:
        for out in wanted:
            print(say(args.lang, "nothing_to_take", file=out), file=sys.stderr)
        return
    problem, plan = accepted(answer, offer, replace(order, due=max(offer.period, order.earliest)))
    if args.out is not None:
        write_plan(plan, args.out)
    if args.out_problem is not None:
        write_problem(problem, args.out_problem)
    for out in wanted:
        print(say(args.lang, "written", file=out), file=sys.stderr)
