"""What a problem must be before anything is planned: every range, id and rule of docs/model.md §13 and §7.

In: a Problem as built. Out: its faults, each with list, row, column, value; and warnings, which forbid nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wadah.planning.columns import column_fits, value_faults
from wadah.planning.errors import Fault
from wadah.planning.loops import bom_loops
from wadah.planning.schema import CALENDAR, CHANGE_COST, COMMITTED, LISTS, MOST_PERIODS, PREVIOUS, Table

if TYPE_CHECKING:
    from wadah.planning.problem import Problem
    from wadah.planning.rows import Order

Rows = Sequence[object]


def faults(problem: Problem) -> Iterator[Fault]:
    """Every fault, list by list, then the rules between lists."""
    periods = horizon(problem)
    yield from table_faults(CALENDAR, [problem.calendar], periods)
    for code, value, hints in value_faults(CHANGE_COST, problem.change_cost, periods):
        yield Fault(code, "change_cost", None, "change_cost", value, hint=hints)
    for table in LISTS:
        rows: Rows = getattr(problem, table.name)
        yield from table_faults(table, rows, periods)
        yield from key_faults(table, rows)
    yield from id_faults(problem)
    yield from component_faults(problem)
    for table in (COMMITTED, PREVIOUS):
        yield from period_faults(table, getattr(problem, table.name), periods)
    yield from loop_faults(problem)
    yield from quantity_faults(problem)
    yield from single_source_faults(problem)


def horizon(problem: Problem) -> int | None:
    """The number of periods; None where it is itself at fault, so that nothing is measured by it."""
    periods = problem.calendar.periods
    return periods if isinstance(periods, int) and 1 <= periods <= MOST_PERIODS else None


# -- one list ---------------------------------------------------------------------------------------------------------


def table_faults(table: Table, rows: Rows, periods: int | None) -> Iterator[Fault]:
    for column in table.columns:
        values = [getattr(row, column.attribute) for row in rows]
        if column_fits(column, values, periods):
            continue
        for row, value in enumerate(values):
            for code, found, hints in value_faults(column, value, periods):
                yield Fault(code, table.name, row, column.name, found, hint=hints)


def key_faults(table: Table, rows: Rows) -> Iterator[Fault]:
    """A second row with the same id, or the same part and workshop."""
    if not table.key:
        return
    seen: dict[tuple[object, ...], int] = {}
    for row, key in enumerate(zip(*([getattr(r, name) for r in rows] for name in table.key), strict=True)):
        if not all(isinstance(cell, str) for cell in key):
            continue
        first = seen.setdefault(key, row)
        if first != row:
            code = "duplicate_id" if len(key) == 1 else "duplicate_pair"
            yield Fault(code, table.name, row, table.key[-1], ", ".join(map(str, key)), hint=(("first", first),))


# -- between lists ----------------------------------------------------------------------------------------------------


def id_faults(problem: Problem) -> Iterator[Fault]:
    """Ids that name no row of the list they must be in."""
    known = {name: ids(getattr(problem, name)) for name in ("parts", "workshops")}
    for table in LISTS:
        rows: Rows = getattr(problem, table.name)
        for column in table.columns:
            if column.kind != "id" or column.of is None:
                continue
            for row, value in enumerate([getattr(r, column.attribute) for r in rows]):
                if isinstance(value, str) and value.strip() and value not in known[column.of]:
                    yield Fault("unknown_id", table.name, row, column.name, value, hint=(("list", column.of),))


def ids(rows: Rows) -> set[str]:
    found = [getattr(row, "id", None) for row in rows]
    return {value for value in found if isinstance(value, str)}


def component_faults(problem: Problem) -> Iterator[Fault]:
    """Components that are no part."""
    known = ids(problem.parts)
    for row, part in enumerate(problem.parts):
        for component in components(part):
            if component.strip() and component not in known:
                yield Fault("unknown_id", "parts", row, "bom", component, hint=(("list", "parts"),))


def components(part: object) -> list[str]:
    """The component ids that can be read, whatever else is wrong with the bill of materials."""
    bom = getattr(part, "bom", ())
    if isinstance(bom, str) or not isinstance(bom, Sequence):
        return []
    return [line[0] for line in bom if isinstance(line, Sequence) and line and isinstance(line[0], str)]


def period_faults(table: Table, rows: Rows, periods: int | None) -> Iterator[Fault]:
    """Lots outside the calendar."""
    if periods is None:
        return
    for row, period in enumerate([getattr(r, "period", None) for r in rows]):
        if isinstance(period, int) and period >= periods:
            yield Fault("too_large", table.name, row, "period", period, hint=(("most", periods - 1),))


def loop_faults(problem: Problem) -> Iterator[Fault]:
    rows: dict[str, int] = {}
    for row, part in enumerate(problem.parts):
        if isinstance(part.id, str):
            rows.setdefault(part.id, row)
    graph = {part_id: components(problem.parts[row]) for part_id, row in rows.items()}
    for loop in bom_loops(graph):
        yield Fault("bom_loop", "parts", rows[loop[0]], "bom", " → ".join(loop))


def quantity_faults(problem: Problem) -> Iterator[Fault]:
    """An order for a part that is counted in whole pieces is for a whole number of them."""
    whole = {part.id for part in problem.parts if isinstance(part.id, str) and part.integer is True}
    for row, order in enumerate(problem.orders):
        if not isinstance(order.part, str) or order.part not in whole:
            continue
        if isinstance(order.quantity, float) and math.isfinite(order.quantity) and not order.quantity.is_integer():
            yield Fault("quantity_not_whole", "orders", row, "quantity", order.quantity, hint=(("part", order.part),))


def single_source_faults(problem: Problem) -> Iterator[Fault]:
    """§7: the part of a single-source order has no stock, is no component, and all its orders are single-source."""
    first: dict[str, int] = {}
    others: dict[str, list[int]] = defaultdict(list)
    for row, order in enumerate(problem.orders):
        if isinstance(order.part, str):
            if order.single_source is True:
                first.setdefault(order.part, row)
            else:
                others[order.part].append(row)
    for part, row in first.items():
        for other in others[part]:
            yield single_source_fault("single_source_mixed", other, problem.orders[other], problem.orders[row].id)
    yield from single_source_part_faults(problem, first)


def single_source_part_faults(problem: Problem, first: dict[str, int]) -> Iterator[Fault]:
    if not first:
        return
    for row, part in enumerate(problem.parts):
        if isinstance(part.id, str) and part.id in first and isinstance(part.stock, int | float) and part.stock > 0:
            order = problem.orders[first[part.id]].id
            yield Fault("single_source_stock", "parts", row, "stock", part.stock, hint=(("order", order),))
        for component in components(part):
            if component in first:
                order = problem.orders[first[component]].id
                yield Fault("single_source_component", "parts", row, "bom", component, hint=(("order", order),))


def single_source_fault(code: str, row: int, order: Order, single: str) -> Fault:
    return Fault(code, "orders", row, "single_source", order.id, hint=(("part", order.part), ("order", single)))


# -- warnings ---------------------------------------------------------------------------------------------------------


def warnings(problem: Problem) -> tuple[Fault, ...]:
    """Workshops whose below_target_cost is above what an hour costs there: making for nobody would pay (§11).

    An hour costs what the cheapest hour's worth of pieces costs; components and set-ups come on top and are left out,
    so that no such workshop is overlooked.
    """
    cheapest: dict[str, float] = {}
    for row in problem.capabilities:
        if row.hours_per_unit > 0:
            hour = row.cost_per_unit / row.hours_per_unit
            cheapest[row.workshop] = min(hour, cheapest.get(row.workshop, math.inf))
    return tuple(
        Fault("idle_making", "workshops", row, "below_target_cost", shop.below_target_cost, hint=(("hour", hour),))
        for row, shop in enumerate(problem.workshops)
        if shop.target_hours > 0 and shop.below_target_cost > (hour := cheapest.get(shop.id, math.inf))
    )
