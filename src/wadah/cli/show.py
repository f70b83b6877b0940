"""`wadah show PROBLEM PLAN`: orders, who makes what, and a Gantt chart of letters, as wide as the terminal."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.words import number, say, whole

if TYPE_CHECKING:
    import argparse

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

NEEDS_DATABASE = False
ROWS_MAX = 30
NAME_MAX = 24


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("show", help="tampilkan rencana / show a plan in the terminal")
    parser.add_argument("problem", type=Path)
    parser.add_argument("plan", type=Path)
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
    for table in (order_lines(problem, plan, args.lang), work_lines(problem, plan, args.lang)):
        print_some(table, most, args.lang)
    print_some(gantt_lines(problem, plan, args.lang), most, args.lang)
    return 0


def print_some(lines: list[str], most: int | None, language: str) -> None:
    """A heading and its rows; what is left out is counted."""
    head, rows = lines[0], lines[1:]
    print(head)
    for row in rows[:most]:
        print(row)
    if most is not None and len(rows) > most:
        print(say(language, "more", count=whole(len(rows) - most, language)))
    print()


def cut(line: str) -> str:
    """To the width of the terminal."""
    width = shutil.get_terminal_size().columns
    return line if len(line) <= width else line[: width - 1] + "…"


def order_lines(problem: Problem, plan: Plan, language: str) -> list[str]:
    """Orders, those that miss most first."""
    delivered: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for order_id, period, pieces in plan.deliver:
        delivered[order_id].append((period, pieces))
    rows = []
    for order in problem.orders:
        on_time = sum(pieces for period, pieces in delivered[order.id] if period <= order.due)
        late = sum(pieces for period, pieces in delivered[order.id] if period > order.due)
        rows.append((order.quantity - on_time, order, on_time, late, order.quantity - on_time - late))
    rows.sort(key=lambda row: (-row[0], row[1].id))
    names = ("order", "part", "quantity", "due", "on time", "late", "short")
    head = "{:24} {:24} {:>12} {:>12} {:>12} {:>12} {:>12}".format(*(say(language, name) for name in names))
    return [
        cut(head),
        *(
            cut(
                f"{order.id[:NAME_MAX]:24} {order.part[:NAME_MAX]:24} {number(order.quantity, language):>12} "
                f"{order.due:>12} {number(on_time, language):>12} {number(late, language):>12} "
                f"{number(short, language):>12}"
            )
            for _, order, on_time, late, short in rows
        ),
    ]


def work_lines(problem: Problem, plan: Plan, language: str) -> list[str]:
    """Workshops, the busiest first, with the pieces of each part in all."""
    work: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for part, workshop, _, pieces in plan.make:
        work[workshop][part] += pieces
    hours = {name: sum(row) for name, row in hours_used(problem, plan).items()}
    lines = [cut(f"{say(language, 'workshop'):24} {say(language, 'hours'):>10}  {say(language, 'work')}")]
    for workshop in sorted(work, key=lambda name: (-hours[name], name)):
        parts = ", ".join(f"{number(pieces, language)} {part}" for part, pieces in work[workshop].items())
        lines.append(cut(f"{workshop[:NAME_MAX]:24} {number(hours[workshop], language, 1):>10}  {parts}"))
    return lines


def hours_used(problem: Problem, plan: Plan) -> dict[str, list[float]]:
    """Hours by workshop and period, of workshops that have any."""
    used: dict[str, list[float]] = {}
    for part, workshop, period, pieces in plan.make:
        if pieces > 0:
            row = problem.capability[part, workshop]
            used.setdefault(workshop, [0.0] * problem.periods)
            used[workshop][period] += row.setup_hours + row.hours_per_unit * pieces
    return used


def gantt_lines(problem: Problem, plan: Plan, language: str) -> list[str]:
    """One row a workshop, one letter a period."""
    lines = [cut(say(language, "gantt"))]
    used = hours_used(problem, plan)
    for workshop in sorted(used, key=lambda name: (-sum(used[name]), name)):
        regular = problem.workshop[workshop].hours
        letters = "".join(letter(used[workshop][t], regular[t]) for t in range(problem.periods))
        lines.append(cut(f"{workshop[:NAME_MAX]:24} |{letters}|"))
    return lines


def letter(used: float, regular: float) -> str:
    if used <= 0:
        return "."
    if used > regular + 1e-6:
        return "+"
    share = used / regular
    return "#" if share > 0.95 else str(int(share * 10))
