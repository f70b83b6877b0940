"""Promises given, and whether a plan keeps them: before it is kept, before it is published, and on pages.

A promise is an open order line with promised_on; a plan keeps it where the whole quantity is handed over by the end of
that day's week. Promises whose week is over when a plan begins are none of that plan's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from wadah.base.errors import Refused
from wadah.demand.selectors import lines_to_plan
from wadah.planning.plan import priced
from wadah.plans.models import PlannedLine, PlanRun
from wadah.plans.offers.books import carried
from wadah.plans.rules import Horizon

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from wadah.demand.models import OrderLine
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem
    from wadah.plans.snapshot import Snapshot
    from wadah.register.models import Cooperative

PIECES = 1e-6
NAMED = 5


def promises_given(cooperative: Cooperative, run: PlanRun) -> dict[int, OrderLine]:
    """Open lines with a promise from the first week of a run on, by id."""
    lines = lines_to_plan(cooperative).filter(promised_on__gte=run.start_on)
    return {line.pk: line for line in lines}


def promises_kept(run: PlanRun, lines: dict[int, OrderLine]) -> set[int]:
    """Ids of those lines that a run keeps."""
    rows = PlannedLine.objects.filter(run=run, line__in=lines).values_list("line_id", "deliveries")
    return {key for key, deliveries in rows if kept_in_time(run, lines[key], deliveries)}


def kept_in_time(run: PlanRun, line: OrderLine, deliveries: Iterable[Sequence[float]]) -> bool:
    """Whether a line that is promised is handed over whole by its week. deliveries: (period, pieces) in a run."""
    last = Horizon(run.start_on, run.weeks).period(line.promised_on)  # type: ignore[arg-type]
    return sum(pieces for t, pieces in deliveries if t <= last) >= float(line.outstanding) - PIECES


def promises_broken(run: PlanRun) -> list[OrderLine]:
    """Promises given that a run doesn't keep, or doesn't know, those due first first."""
    lines = promises_given(run.cooperative, run)
    kept = promises_kept(run, lines)
    broken = [line for key, line in lines.items() if key not in kept]
    return sorted(broken, key=lambda line: (line.promised_on, line.order.number, line.line_no))


def publish_check(run: PlanRun) -> None:
    """Raises Refused where a draft breaks a promise that the plan in force keeps and can keep.

    Where a workshop left or hours are gone since, the plan in force can't be relied on: then it gives way, and what is
    broken is named on the plan's page (promises_broken).
    """
    force = PlanRun.objects.filter(cooperative=run.cooperative_id, status=PlanRun.Status.PUBLISHED).first()
    if force is None:
        return
    lines = promises_given(run.cooperative, run)
    lost = promises_kept(force, lines) - promises_kept(run, lines)
    if not lost or carried(force, (), force.start_on).strained:
        return
    named = sorted(f"{lines[key].order.number}/{lines[key].line_no}" for key in lost)
    words = {"count": len(named), "lines": ", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else "")}
    raise Refused(
        ngettext(
            "This plan breaks %(count)s promise that the plan in force keeps: %(lines)s. Make a new plan instead.",
            "This plan breaks %(count)s promises that the plan in force keeps: %(lines)s. Make a new plan instead.",
            len(named),
        )
        % words
    )


def keeping(run: PlanRun, snapshot: Snapshot, plan: Plan, again: Callable[[Problem], Plan]) -> Plan:
    """The plan, or where it breaks promises that the plan in force keeps, one in which they may not be broken.

    again: solves a problem. Where that finds no plan, the first one stays a draft that says what it breaks.
    """
    force = PlanRun.objects.filter(cooperative=run.cooperative_id, status=PlanRun.Status.PUBLISHED).first()
    if force is None or plan.objective is None:
        return plan
    lines = promises_given(run.cooperative, run)
    held = promises_kept(force, lines)
    names = {key: line for key, line in snapshot.lines.items() if line.pk in held}
    broken = set(names) - kept_by(snapshot.problem, plan)
    if not broken:
        return plan
    hard = replace(snapshot.problem, orders=tuple(bound(row, names) for row in snapshot.problem.orders))
    other = again(hard)
    if other.objective is None:
        return plan
    return priced(snapshot.problem, replace(other, bound=plan.bound, status="feasible", stopped=plan.stopped))


def bound(row: Order, names: Collection[str]) -> Order:
    """The order, and, where its promise is to be kept, no lateness and no shortness allowed."""
    return replace(row, late_cost=None, short_cost=None) if row.id in names else row


def kept_by(problem: Problem, plan: Plan) -> set[str]:
    """Ids of orders that a plan delivers whole by their due period."""
    got: dict[str, float] = defaultdict(float)
    for name, t, pieces in plan.deliver:
        if t <= problem.order[name].due:
            got[name] += pieces
    return {row.id for row in problem.orders if got[row.id] >= row.quantity - PIECES}
