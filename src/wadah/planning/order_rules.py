"""The referee's rules on orders: what is delivered when (docs/model.md §5), and from which workshop (§7)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wadah.planning.tolerance import LIMIT
from wadah.planning.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.problem import Order
    from wadah.planning.tally import Tally


def deliveries(tally: Tally) -> dict[str, list[tuple[int, float]]]:
    """(period, pieces) of each order, by order id; rows of zero left out."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for order, t, pieces in tally.plan.deliver:
        if pieces > 0:
            found[order].append((int(t), pieces))
    return found


def order_faults(tally: Tally) -> Iterator[Violation]:
    """§5, order by order; an order without a row in `short` is short by 0."""
    found = deliveries(tally)
    short = dict(tally.plan.short)
    for order in tally.problem.orders:
        rows = found.get(order.id, [])
        yield from sum_faults(order, rows, short.get(order.id, 0.0))
        yield from time_faults(order, rows)
        if not order.partial:
            yield from partial_faults(order, rows)


def sum_faults(order: Order, rows: list[tuple[int, float]], short: float) -> Iterator[Violation]:
    accounted = sum(pieces for _, pieces in rows) + short
    if abs(accounted - order.quantity) > LIMIT:
        yield Violation("§5", "order_sum", accounted, order.quantity, order=order.id, part=order.part)
    if order.short_cost is None and short > LIMIT:
        yield Violation("§5", "short_forbidden", short, 0, table="short", order=order.id, part=order.part)


def time_faults(order: Order, rows: list[tuple[int, float]]) -> Iterator[Violation]:
    for t, pieces in rows:
        if pieces > LIMIT and t < order.earliest:
            yield Violation("§5", "too_early", pieces, order.earliest, order=order.id, part=order.part, period=t)
        if pieces > LIMIT and order.late_cost is None and t > order.due:
            yield Violation("§5", "too_late", pieces, order.due, order=order.id, part=order.part, period=t)


def partial_faults(order: Order, rows: list[tuple[int, float]]) -> Iterator[Violation]:
    """Without `partial` an order leaves whole in one period, or not at all."""
    counted = [pieces for _, pieces in rows if pieces > LIMIT]
    delivered = sum(counted)
    if len(counted) > 1:
        yield Violation("§5", "several_deliveries", len(counted), 1, order=order.id, part=order.part)
    elif counted and abs(delivered - order.quantity) > LIMIT:
        yield Violation("§5", "part_delivery", delivered, order.quantity, order=order.id, part=order.part)


def single_source_faults(tally: Tally) -> Iterator[Violation]:
    """§7: each single-source order that gets anything has one workshop, and no workshop delivers ahead of its work."""
    workshop_of = dict(tally.plan.assign)
    yield from assign_faults(tally, workshop_of)
    served: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * tally.problem.periods)
    for order_id, rows in deliveries(tally).items():
        order = tally.problem.order[order_id]
        if not order.single_source:
            continue
        if order_id not in workshop_of:
            pieces = sum(pieces for _, pieces in rows)
            if pieces > LIMIT:
                yield Violation("§7", "assign_missing", pieces, table="assign", order=order_id, part=order.part)
            continue
        for t, pieces in rows:
            served[order.part, workshop_of[order_id]][t] += pieces
    for (part, workshop), pieces_by_period in served.items():
        yield from outrun_faults(tally, part, workshop, pieces_by_period)


def assign_faults(tally: Tally, workshop_of: dict[str, str]) -> Iterator[Violation]:
    for order_id, workshop in workshop_of.items():
        order = tally.problem.order[order_id]
        if not order.single_source:
            yield Violation("§7", "assign_needless", table="assign", order=order_id, workshop=workshop)
        elif (order.part, workshop) not in tally.problem.capability:
            yield Violation("§7", "assign_unable", table="assign", order=order_id, part=order.part, workshop=workshop)


def outrun_faults(tally: Tally, part: str, workshop: str, served: list[float]) -> Iterator[Violation]:
    """Cumulated over periods, deliveries from one capability against the good pieces it has started."""
    capability = tally.problem.capability.get((part, workshop))
    if capability is None:
        return  # assign_faults has said so
    delivered = started = 0.0
    for t, pieces in enumerate(served):
        delivered += pieces
        started += tally.started.get((part, workshop, t), 0.0)
        finished = capability.yield_rate * started
        if delivered > finished + LIMIT:
            yield Violation("§7", "source_outrun", delivered, finished, part=part, workshop=workshop, period=t)
