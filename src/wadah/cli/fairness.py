"""`wadah fairness PROBLEM`: how evenly the work can be shared, proven, and what each step towards it costs."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.asking import NO_ANSWER, complain, data, print_json
from wadah.cli.fairness_words import say
from wadah.cli.kinds import SECONDS, amount_between, whole_between
from wadah.cli.tables import cut, table, terminal_width
from wadah.cli.words import number, percent, rupiah

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from wadah.planning.errors import Fault
    from wadah.planning.fair_share import Curve
    from wadah.planning.problem import Problem

NEEDS_DATABASE = False
KEYS = ("target", "equal", "free_hours", "wished", "need")
BAR = 24  # characters of the longest bar
MOST_NAMED = 12


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("fairness", help="what sharing the work evenly costs")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("--key", choices=KEYS, help="what a share is of (default: target if the problem has any)")
    parser.add_argument("--members", type=Path, metavar="CSV", help="columns workshop, weight, newcomer (0 or 1)")
    parser.add_argument(
        "--floor", type=amount_between(0, 1e18), default=0.0, metavar="H", help="hours for each newcomer at least"
    )
    parser.add_argument(
        "--steps", type=whole_between(1, 100), default=5, metavar="N", help="from cheapest to fairest (default 5)"
    )
    parser.add_argument("--budget", type=amount_between(0, 1e18), metavar="RP", help="the most that a plan may cost")
    parser.add_argument("--time-limit", type=SECONDS, default=60.0, metavar="S", help="wall seconds (default 60)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with the curve, 1 where the time ran out or no plan is possible, 2 for members that make no sense."""
    from wadah.planning.fair_share import fairness_curve
    from wadah.planning.files import read_problem

    problem = read_problem(args.problem)
    if args.key in ("wished", "need") and args.members is None:
        return complain(say(args.lang, "weights", policy=args.key))
    wish = wishes(args, problem)
    curve = fairness_curve(problem, wish, steps=args.steps, budget=args.budget, time_limit=args.time_limit)
    if curve is None:
        print(say(args.lang, "none"), file=sys.stderr)
        return NO_ANSWER
    if args.json:
        shown = data(curve)
        assert isinstance(shown, dict)
        print_json({"relaxed": True, "wish": wish} | shown)
    elif not curve.shares:
        print(say(args.lang, "nobody"))
    else:
        tell(args.lang, curve)
    return 0


def wishes(args: argparse.Namespace, problem: Problem) -> dict[str, float]:
    """Hours by workshop: the problem's own targets, or a policy's."""
    from wadah.planning.fairness import target_hours

    targets = {row.id: row.target_hours for row in problem.workshops}
    key = args.key or ("target" if any(targets.values()) else "equal")
    if key == "target":
        return targets
    weights, newcomers = read_members(args.members, problem) if args.members else ({}, [])
    return target_hours(problem, key=key, share=1.0, weights=weights, newcomers=newcomers, floor=args.floor)


def read_members(path: Path, problem: Problem) -> tuple[dict[str, float], list[str]]:
    """Weights and newcomers by workshop. Raises ProblemError with every fault."""
    from wadah.planning import storage
    from wadah.planning.errors import ProblemError
    from wadah.planning.jsontext import decoded

    reader = csv.DictReader(io.StringIO(decoded(storage.read_file(path), path.name), newline=""))
    rows = list(reader)
    weights: dict[str, float] = {}
    newcomers: list[str] = []
    faults: list[Fault] = []
    for index, row in enumerate(rows):
        name, weight = (row.get("workshop") or "").strip(), number_in(row.get("weight") or "0")
        faults.extend(member_faults(problem, path.name, index, name, row.get("weight"), weight))
        if weight is not None:
            weights[name] = weight
        if (row.get("newcomer") or "0").strip() not in ("", "0", "false"):
            newcomers.append(name)
    if faults:
        raise ProblemError(faults)
    return weights, newcomers


def member_faults(
    problem: Problem, file: str, index: int, name: str, given: str | None, weight: float | None
) -> Iterator[Fault]:
    from wadah.planning.errors import Fault

    line = (("line", index + 2),)
    if name not in problem.workshop:
        yield Fault("unknown_id", "members", index, "workshop", name, file, (("list", "workshops"), *line))
    if weight is None:
        yield Fault("not_number", "members", index, "weight", given, file, line)
    elif not 0 <= weight <= 1e15:
        yield Fault("too_small", "members", index, "weight", weight, file, (("least", 0), *line))


def number_in(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def tell(language: str, curve: Curve) -> None:
    width = terminal_width()
    print(say(language, "max_min", share=percent(curve.max_min, language), most=percent(curve.most, language)))
    if curve.left_out:
        more = f", … +{len(curve.left_out) - MOST_NAMED}" if len(curve.left_out) > MOST_NAMED else ""
        print(say(language, "left out", names=", ".join(curve.left_out[:MOST_NAMED]) + more))
    if curve.merged > 1:
        print(say(language, "merged", merged=curve.merged))
    print(say(language, "curve"))
    cheapest, dearest = curve.steps[0].cost, curve.steps[-1].cost
    rows = [[say(language, key) for key in ("share", "gini", "cost", "at least", "price", "point")] + [" " * BAR]]
    for step in curve.steps:
        length = round(BAR * (step.cost - cheapest) / (dearest - cheapest)) if dearest > cheapest else 0
        figures = (percent(max(step.share, step.least), language), number(step.gini, language, 3), rupiah(step.cost))
        money = (rupiah(amount) for amount in (step.bound, step.price, step.a_point))
        rows.append([*figures, *money, f"{'█' * length:<{BAR}}"])
    print("\n".join(table(rows, 0, width)))
    if not curve.complete:
        print(say(language, "incomplete"))
    print(say(language, "worst"))
    for name, share in [row for row in curve.shares if row[0] not in curve.left_out][:MOST_NAMED]:
        print(cut(f"  {name}: {percent(share, language)}", width))
