"""`wadah why PROBLEM PLAN --order O | --workshop W | --part P`: why it is so; for an order, the cheapest ways out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.asking import NO_ANSWER, complain, data, nearest, print_json, read_both
from wadah.cli.kinds import RUPIAH, SECONDS, SEED, whole_between
from wadah.cli.plan import check_folder
from wadah.cli.why_tell import tell_member, tell_order, tell_part
from wadah.cli.why_words import say

if TYPE_CHECKING:
    import argparse

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

NEEDS_DATABASE = False
LISTS = {"order": "orders", "workshop": "workshops", "part": "parts"}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("why", help="why so, and the ways out")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("plan", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("--order", metavar="O", help="why it is late or short, and the cheapest ways out")
    parser.add_argument("--workshop", metavar="W", help="why it got this work and not more")
    parser.add_argument("--part", metavar="P", help="how scarce it is, and whom it holds back")
    parser.add_argument(
        "--ways", type=whole_between(0, 100), default=3, metavar="N", help="ways out to name (default 3)"
    )
    parser.add_argument("--time-limit", type=SECONDS, default=60.0, metavar="S", help="for planning again (default 60)")
    parser.add_argument("--hour-price", type=RUPIAH, metavar="RP", help="an extra hour where none is priced")
    parser.add_argument("--piece-price", type=RUPIAH, metavar="RP", help="a piece bought outside")
    parser.add_argument("--approval-price", type=RUPIAH, default=0.0, metavar="RP", help="a workshop's new approval")
    parser.add_argument("--seed", type=SEED, default=0, metavar="N", help="the same number gives the same answer")
    parser.add_argument("--out", type=Path, metavar="PLAN", help="with --order: write the plan of the cheapest way out")
    parser.add_argument("--out-problem", type=Path, metavar="PROBLEM", help="and the problem that it is a plan of")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with the answer, 1 where the plan is none or breaks rules, 2 where the question makes no sense."""
    asked = [name for name in LISTS if getattr(args, name) is not None]
    if len(asked) != 1:
        return complain(say(args.lang, "one of"))
    both = read_both(args.problem, args.plan, args.lang)
    if both is None:
        return NO_ANSWER
    problem, plan = both
    name = asked[0]
    known: dict[str, object] = getattr(problem, name)
    value = getattr(args, name)
    if value not in known:
        near = nearest(value, known)
        key = "unknown" if near else "unknown, none near"
        where = {"name": name, "value": value, "list": LISTS[name], "file": args.problem.name, "near": near}
        return complain(say(args.lang, key, **where))
    {"order": order, "workshop": workshop, "part": part}[name](args, problem, plan)
    return 0


def order(args: argparse.Namespace, problem: Problem, plan: Plan) -> None:
    from wadah.planning.files import write_plan, write_problem
    from wadah.planning.why import Prices, chain, ways_out

    for out in filter(None, (args.out, args.out_problem)):
        check_folder(out)
    reason, links = chain(problem, plan, args.order)
    prices = Prices(args.hour_price, args.approval_price, args.piece_price)
    found = ways_out(
        problem, plan, args.order, most=args.ways, prices=prices, time_limit=args.time_limit, seed=args.seed
    )
    if args.json:
        shown = data(replace(found, plans=()))
        print_json({"reason": data(reason), "chain": data(links), "ways_out": shown})
    else:
        tell_order(args.lang, problem, plan, args.order, reason, links, found)
    if found.ways and args.out is not None:
        write_plan(found.plans[0], args.out)
    if found.ways and args.out_problem is not None:
        write_problem(found.ways[0].apply(problem), args.out_problem)


def workshop(args: argparse.Namespace, problem: Problem, plan: Plan) -> None:
    from wadah.planning.growth import with_prices
    from wadah.planning.why import member

    found = member(problem, with_prices(problem, plan, args.time_limit), args.workshop)
    if args.json:
        print_json({"member": data(found)})
    else:
        tell_member(args.lang, found)


def part(args: argparse.Namespace, problem: Problem, plan: Plan) -> None:
    from wadah.planning.why import scarcity

    found = scarcity(problem, plan, args.part)
    if args.json:
        print_json({"part": data(found)})
    else:
        tell_part(args.lang, found)
