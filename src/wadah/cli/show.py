"""`wadah show PROBLEM PLAN`: orders, who makes what, and a Gantt chart of letters, as wide as the terminal."""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.tables import NAME_MAX, cut, table, terminal_width
from wadah.cli.words import number, say, whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

NEEDS_DATABASE = False
ROWS_MAX = 30


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("show", help="show a plan in the terminal")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("plan", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("--all", action="store_true", help="every row")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with the tables; 1 where the plan breaks rules about rows, for then there is nothing sound to show."""
    from wadah.planning.files import read_plan, read_problem
    from wadah.planning.plan import row_violations
    from wadah.planning.violation import text

    problem, plan = read_problem(args.problem), read_plan(args.plan)
    broken = [fault for fault in row_violations(problem, plan) if fault.rule == "rows"]
    if broken:
        print(say(args.lang, "broken", count=len(broken)))
        print("\n".join(f"  {text(fault, args.lang)}" for fault in broken))
        return 1
    most = None if args.all else ROWS_MAX
    width = terminal_width()
    hours = hours_used(problem, plan)
    busiest = sorted(hours, key=lambda name: (-sum(hours[name]), name))
    orders = order_rows(problem, plan, args.lang)
    blocks = (
        (table(orders[: most + 1 if most else None], 2, width), len(orders) - 1),
        (work_lines(plan, hours, busiest[:most], args.lang, width), len(busiest)),
        (gantt_lines(problem, hours, busiest[:most], args.lang, width), len(busiest)),
    )
    for lines, rows in blocks:
        print("\n".join(lines))
        if most is not None and rows > most:
            print(say(args.lang, "more", count=whole(rows - most, args.lang)))
        print()
    return 0


def order_rows(problem: Problem, plan: Plan, language: str) -> list[list[str]]:
    """A heading and the orders, those that miss most first."""
    delivered: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for order_id, period, pieces in plan.deliver:
        delivered[order_id].append((period, pieces))
    rows = []
    for order in problem.orders:
        on_time = sum(pieces for period, pieces in delivered[order.id] if period <= order.due)
        late = sum(pieces for period, pieces in delivered[order.id] if period > order.due)
        rows.append((order.quantity - on_time, order, on_time, late, order.quantity - on_time - late))
    rows.sort(key=lambda row: (-row[0], row[1].id))
    head = [say(language, name) for name in ("order", "part", "quantity", "due", "on time", "late", "short")]
    return [head] + [
        [order.id, order.part, *(number(n, language) for n in (order.quantity, order.due, on_time, late, short))]
        for _, order, on_time, late, short in rows
    ]


def work_lines(plan: Plan, hours: dict[str, list[float]], workshops: list[str], language: str, width: int) -> list[str]:
    """Workshops with their hours and the pieces of each part in all."""
    work: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for part, workshop, _, pieces in plan.make:
        work[workshop][part] += pieces
    rows = [[say(language, "workshop"), say(language, "hours")]]
    rows += [[name, number(sum(hours[name]), language, 1)] for name in workshops]
    left = table(rows, 1, width)
    room = max(len(line) for line in left)
    right = [say(language, "work")]
    right += [
        ", ".join(f"{number(pieces, language)} {part}" for part, pieces in work[name].items()) for name in workshops
    ]
    return [cut(f"{line:<{room}}  {text}", width) for line, text in zip(left, right, strict=True)]


def hours_used(problem: Problem, plan: Plan) -> dict[str, list[float]]:
    """Hours by workshop and period, of workshops that have any."""
    used: dict[str, list[float]] = {}
    for part, workshop, period, pieces in plan.make:
        if pieces > 0:
            row = problem.capability[part, workshop]
            used.setdefault(workshop, [0.0] * problem.periods)
            used[workshop][int(period)] += row.setup_hours + row.hours_per_unit * pieces
    return used


def gantt_lines(
    problem: Problem, hours: dict[str, list[float]], workshops: list[str], language: str, width: int
) -> list[str]:
    """One row a workshop, one letter a period, or a letter for several periods where they don't fit."""
    name_width = min(NAME_MAX, max((len(name) for name in workshops), default=0), max(width // 3, 1))
    each = max(1, math.ceil(problem.periods / max(width - name_width - 3, 1)))
    starts = range(0, problem.periods, each)
    ruler = "".join("|" if start // each % 5 == 0 else " " for start in starts)
    lines = [*textwrap.wrap(say(language, "gantt", each=each), width), f"{'':<{name_width}}  {ruler}"]
    for name in workshops:
        regular = problem.workshop[name].hours
        letters = "".join(letter(hours[name][t : t + each], regular[t : t + each]) for t in starts)
        lines.append(cut(f"{cut(name, name_width):<{name_width}} |{letters}|", width))
    return lines


def letter(used: Sequence[float], regular: Sequence[float]) -> str:
    """Load of some periods: + where any of them needs overtime, else the tenth of the hours that is used."""
    if sum(used) <= 0:
        return "."
    if any(taken > hours + 1e-6 for taken, hours in zip(used, regular, strict=True)):
        return "+"
    share = sum(used) / sum(regular) if sum(regular) > 0 else 0.0
    return "#" if share > 0.95 else str(int(share * 10))
