"""Plan → rows: what came out of the planner is kept as the exact files and as rows that say the same."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING

from wadah.planning.explain import ALMOST_NONE, reasons
from wadah.planning.plandoc import plan_from_dict, plan_to_dict
from wadah.planning.problemdoc import problem_from_dict, problem_to_dict
from wadah.plans.models import PlannedLine, PlannedLot, PlanRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Lot, Order, Problem
    from wadah.plans.snapshot import Snapshot

    Key = tuple[str, str, int]  # part, workshop, period

BATCH = 2000
READ_MAX = 3
"""Files that stay read, by their content: pages about one plan ask for the same again and again, and reading the
problem of 10,000 workshops takes more than a second."""


def keep(run: PlanRun, snapshot: Snapshot, plan: Plan, promised: Mapping[Key, float] | None = None) -> None:
    """Write the plan to its run, inside the caller's transaction: draft with a plan, failed without one.

    promised: pieces of its lots that members had promised when the run's promises_read_at was; what is committed in the
    problem unless given.
    """
    run.status = PlanRun.Status.DRAFT if plan.objective is not None else PlanRun.Status.FAILED
    run.stage, run.result, run.stopped = "done", plan.status, plan.stopped[:400]
    run.best_rupiah, run.bound_rupiah, run.gap = plan.objective, plan.bound, plan.gap
    run.seconds, run.cost = plan.seconds, dict(plan.cost)
    run.problem_file = packed(problem_to_dict(snapshot.problem))
    run.plan_file = packed(plan_to_dict(plan))
    run.save()
    if plan.objective is not None:
        held = pieces_by_key(snapshot.problem.committed) if promised is None else promised
        PlannedLot.objects.bulk_create(lots(run, snapshot, plan, held), batch_size=BATCH)
        PlannedLine.objects.bulk_create(lines(run, snapshot, plan), batch_size=BATCH)


def packed(table: dict[str, object]) -> bytes:
    return gzip.compress(json.dumps(table, ensure_ascii=False).encode(), mtime=0)


def problem_kept(run: PlanRun) -> Problem:
    """The problem that the run worked on, exactly."""
    return problem_read(bytes(run.problem_file))


def plan_kept(run: PlanRun) -> Plan:
    """The plan that the run found, exactly."""
    return plan_read(bytes(run.plan_file))


@lru_cache(maxsize=READ_MAX)
def problem_read(content: bytes) -> Problem:
    return problem_from_dict(json.loads(gzip.decompress(content)))


@lru_cache(maxsize=READ_MAX)
def plan_read(content: bytes) -> Plan:
    return plan_from_dict(json.loads(gzip.decompress(content)))


def promised_of(run: PlanRun) -> dict[Key, float]:
    """What a run's lots hold of promises that were given before it was made."""
    rows = PlannedLot.objects.filter(run=run, promised__gt=0)
    columns = rows.values_list("part__code", "workshop__code", "period", "promised")
    return {(part, workshop, period): pieces for part, workshop, period, pieces in columns}


def ready_of(run: PlanRun) -> dict[str, float]:
    """Pieces at hand that the run's problem doesn't ask for, by line id."""
    rows = PlannedLine.objects.filter(run=run, from_stock__gt=0)
    columns = rows.values_list("line__order__number", "line__line_no", "from_stock")
    return {f"{number}/{line}": pieces for number, line, pieces in columns}


def pieces_by_key(rows: Iterable[Lot]) -> dict[Key, float]:
    found: dict[Key, float] = defaultdict(float)
    for row in rows:
        found[row.part, row.workshop, row.period] += row.quantity
    return found


def lots(run: PlanRun, snapshot: Snapshot, plan: Plan, promised: Mapping[Key, float]) -> list[PlannedLot]:
    return [
        PlannedLot(
            run=run,
            part=snapshot.parts[part],
            workshop=snapshot.workshops[workshop],
            period=period,
            quantity=pieces,
            promised=min(pieces, promised.get((part, workshop, int(period)), 0.0)),
            hours=row.setup_hours + row.hours_per_unit * pieces,
            pay_rupiah=row.setup_cost + row.cost_per_unit * pieces,
        )
        for part, workshop, period, pieces in plan.make
        if pieces > 0
        for row in [snapshot.problem.capability[part, workshop]]
    ]


def lines(run: PlanRun, snapshot: Snapshot, plan: Plan) -> list[PlannedLine]:
    """One row an order line, those with nothing delivered too."""
    deliveries: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for order_id, period, pieces in plan.deliver:
        deliveries[order_id].append((period, pieces))
    why = reasons(snapshot.problem, plan)
    assigned = dict(plan.assign)
    rows = []
    for order in snapshot.problem.orders:
        row = line_row(order, sorted(deliveries[order.id]), snapshot.from_stock.get(order.id, 0.0))
        row.run, row.line = run, snapshot.lines[order.id]
        row.reasons = [asdict(why[order.id])] if order.id in why else []
        row.assigned_to = snapshot.workshops.get(assigned.get(order.id, ""))
        rows.append(row)
    return rows


def line_row(order: Order, deliveries: list[tuple[int, float]], ready: float) -> PlannedLine:
    """ready: pieces at hand beside those that the problem asks for."""
    told = with_ready(order, deliveries, ready)
    quantity, delivered = order.quantity + ready, sum(pieces for _, pieces in told)
    missing = quantity - sum(pieces for period, pieces in told if period <= order.due)
    missing = missing if missing > ALMOST_NONE else 0.0
    short = max(0.0, quantity - delivered)
    return PlannedLine(
        on_time=quantity - missing,
        late=max(0.0, missing - short),
        short=short,
        last_period=told[-1][0] if told else None,
        due_period=max(-32768, min(order.due, 32767)),
        deliveries=[[period, pieces] for period, pieces in told],
        from_stock=ready,
    )


def with_ready(order: Order, deliveries: list[tuple[int, float]], ready: float) -> list[tuple[int, float]]:
    """The deliveries of a line with the pieces at hand: those leave at once, or with the others where the line leaves
    whole or not at all."""
    if ready <= 0 or (not order.partial and order.quantity > 0 and not deliveries):
        return deliveries
    at = max(0, order.earliest) if order.partial or not deliveries else deliveries[0][0]
    found = dict(deliveries)
    return sorted((found | {at: found.get(at, 0.0) + ready}).items())
