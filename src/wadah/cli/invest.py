"""`wadah invest PROBLEM CANDIDATES --budget B --space M2`: the package that saves most, proved by planning again.

A fairness floor under it: so many groups get something (`--least-groups`), and named ones so much (`--least-each`).
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.asking import NO_ANSWER, data, print_json, read_both
from wadah.cli.invest_words import say
from wadah.cli.kinds import SECONDS, SEED, amount_between, due_of_group, whole_between
from wadah.cli.plan import check_folder
from wadah.cli.tables import table, terminal_width
from wadah.cli.words import number, rupiah

if TYPE_CHECKING:
    import argparse

    from wadah.planning.invest import Candidate, Package

NEEDS_DATABASE = False
MOST_GROUPS = 1_000_000


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("invest", help="the best package to invest in")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("candidates", type=Path, help=".json or .csv: id, cost, space, and what each adds")
    parser.add_argument("--plan", type=Path, metavar="PLAN", help="the plan in hand (default: planned first)")
    parser.add_argument("--budget", type=amount_between(0, 1e18), required=True, metavar="RP", help="to spend at most")
    parser.add_argument(
        "--space", type=amount_between(0, 1e18), default=math.inf, metavar="M2", help="floor (default: no limit)"
    )
    parser.add_argument(
        "--least-groups",
        type=whole_between(0, MOST_GROUPS),
        default=0,
        metavar="N",
        help="so many groups get something (default 0)",
    )
    parser.add_argument(
        "--least-each",
        type=due_of_group,
        action="append",
        default=[],
        metavar="GROUP=RP",
        help="what this group gets at least; may be given for several",
    )
    parser.add_argument("--time-limit", type=SECONDS, default=120.0, metavar="S", help="wall seconds (default 120)")
    parser.add_argument("--seed", type=SEED, default=0, metavar="N", help="the same number gives the same answer")
    parser.add_argument("--out-problem", type=Path, metavar="PROBLEM", help="write the problem with the package")
    parser.add_argument("--out", type=Path, metavar="PLAN", help="write the plan with the package")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with the package (which may be empty), 1 where there is no plan to compare with or no package on the floor."""
    from wadah.planning.files import read_problem, write_plan, write_problem
    from wadah.planning.invest import Floor, FloorOutOfReach, best_package, read_candidates
    from wadah.planning.invest.candidate import with_candidates
    from wadah.planning.plan import priced

    problem, plan = read_problem(args.problem), None
    if args.plan is not None:
        both = read_both(args.problem, args.plan, args.lang)
        if both is None:
            return NO_ANSWER
        problem, plan = both[0], priced(*both)
    candidates = read_candidates(args.candidates, problem)
    for out in filter(None, (args.out, args.out_problem)):
        check_folder(out)
    if unknown := groups_unknown(args, candidates):
        print(say(args.lang, "no group", groups=unknown), file=sys.stderr)
        return NO_ANSWER
    floor = Floor(args.least_groups, tuple(dict(args.least_each).items()))  # of one group the last counts
    limits = {"budget": args.budget, "space": args.space, "floor": floor, "time_limit": args.time_limit}
    try:
        found = best_package(problem, candidates, **limits, seed=args.seed, plan=plan)
    except FloorOutOfReach:
        print(say(args.lang, "out of reach"), file=sys.stderr)
        return NO_ANSWER
    if found is None:
        print(say(args.lang, "no plan"), file=sys.stderr)
        return NO_ANSWER
    if args.json:
        print_json(as_json(found))
    else:
        tell(args, candidates, found)
    if args.out is not None:
        write_plan(found.plan, args.out)
    if args.out_problem is not None:
        write_problem(with_candidates(problem, [one for one in candidates if one.id in found.chosen]), args.out_problem)
    return 0


def groups_unknown(args: argparse.Namespace, candidates: tuple[Candidate, ...]) -> str:
    """Groups that are to get something and that no candidate is of, in words for the user."""
    known = {one.group for one in candidates}
    return ", ".join(group for group, _ in args.least_each if group not in known)


def as_json(found: Package) -> dict[str, object]:
    from wadah.planning.files import plan_to_dict

    shown = data(found)
    assert isinstance(shown, dict)
    return shown | {"plan": plan_to_dict(found.plan)}


def fits(args: argparse.Namespace, one: Candidate) -> bool:
    return bool(one.cost <= args.budget and one.space <= args.space)


def tell(args: argparse.Namespace, candidates: tuple[Candidate, ...], found: Package) -> None:
    language = args.lang
    if not found.chosen:
        print(say(language, "nothing"))
    else:
        print(say(language, "best", chosen=", ".join(found.chosen)))
        space = number(found.space, language)
        print(say(language, "spends", cost=rupiah(found.cost), budget=rupiah(args.budget), space=space))
        money = {name: rupiah(getattr(found, name)) for name in ("before", "after", "saved", "promised")}
        print(say(language, "saves", **money))
        print(say(language, "pieces", late=number(found.late, language), short=number(found.short, language)))
    print(say(language, "proven") if found.proven else say(language, "gap", most=rupiah(found.most)))
    rows = [[say(language, key) for key in ("candidate", "cost", "space", "price", "alone", "chosen")]]
    for one, worth in zip(candidates, found.worth, strict=True):
        alone = say(language, "untried") if worth.alone is None else rupiah(worth.alone)
        if not worth.settled:
            alone = say(language, "not settled")
        chosen = say(language, "yes") if one.id in found.chosen else ""
        rows.append([one.id, rupiah(one.cost), number(one.space, language), rupiah(worth.price), alone, chosen])
    if candidates:
        print(say(language, "each"))
        print("\n".join(table(rows, 1, terminal_width())))
    if not all(worth.settled for worth in found.worth):
        print(say(language, "not settled means"))
    if any(worth.alone is None and fits(args, one) for one, worth in zip(candidates, found.worth, strict=True)):
        print(say(language, "untried means"))
