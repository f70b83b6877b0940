"""Rows → planning problem: the only bridge between the register and the engine (docs/model.md §14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wadah.base.clock import monday
from wadah.catalogue.models import BomLine, HubStock, Part
from wadah.demand.models import OrderLine
from wadah.demand.words import OrderStatus
from wadah.planning import problem as planning
from wadah.planning.fairness import target_hours
from wadah.plans.capabilities import capability_rows
from wadah.plans.models import Commitment, PlannedLot, PlanRun
from wadah.plans.rules import Horizon, below
from wadah.register.selectors import cooperative_workshops, workshop_hours, workshop_overtime_costs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wadah.register.models import Cooperative, Workshop

OPEN = (OrderStatus.CONFIRMED, OrderStatus.PLANNED)

Bom = dict[int, list[tuple[int, float]]]


@dataclass(frozen=True)
class Snapshot:
    """A problem, and the rows that its ids stand for (part code, workshop code, order line id)."""

    problem: planning.Problem
    parts: dict[str, Part]
    workshops: dict[str, Workshop]
    lines: dict[str, OrderLine]


def problem_of(cooperative: Cooperative, start: date, weeks: int, *, change_cost: int = 0) -> Snapshot:
    """Everything the planner needs for one cooperative's open orders over `weeks` weeks from the Monday of `start`.

    change_cost: rupiah a piece that a new plan moves away from the published one. A constant number of queries.
    Raises planning.errors.ProblemError where rows contradict each other.
    """
    horizon = Horizon(monday(start), weeks)
    workshops = {row.code: row for row in cooperative_workshops(cooperative, horizon.start).select_related("ikm")}
    lines = {line_id(line): line for line in open_lines(cooperative)}
    bom = bill_of_materials()
    parts = {part.code: part for part in parts_needed(cooperative, lines, bom)}
    problem = planning.Problem(
        calendar=planning.Calendar(horizon.start, weeks),
        parts=tuple(part_rows(cooperative, parts, bom, horizon)),
        workshops=tuple(workshop_rows(cooperative, workshops, horizon)),
        capabilities=tuple(capability_rows(parts, workshops, horizon)),
        orders=tuple(order_row(key, line, horizon) for key, line in lines.items()),
        committed=tuple(committed_rows(cooperative, parts, workshops, horizon)),
        previous=tuple(previous_rows(cooperative, parts, workshops, horizon)),
        change_cost=float(change_cost),
    )
    return Snapshot(with_fairness(cooperative, problem), parts, workshops, lines)


def line_id(line: OrderLine) -> str:
    return f"{line.order.number}/{line.line_no}"


def open_lines(cooperative: Cooperative) -> list[OrderLine]:
    rows = OrderLine.objects.filter(order__cooperative=cooperative, order__status__in=OPEN)
    return list(rows.select_related("order", "order__buyer", "part").order_by("order__number", "line_no"))


def bill_of_materials() -> Bom:
    """Every bill of materials: parent pk → (component pk, quantity)."""
    found: Bom = {}
    for parent, component, quantity in BomLine.objects.order_by("id").values_list(
        "parent_id", "component_id", "quantity"
    ):
        found.setdefault(parent, []).append((component, float(quantity)))
    return found


def parts_needed(cooperative: Cooperative, lines: dict[str, OrderLine], bom: Bom) -> list[Part]:
    """The parts of the open lines and of what is promised, with all that goes into them, by code."""
    promised = Commitment.objects.filter(cooperative=cooperative).values_list("part_id", flat=True)
    wanted = {line.part_id for line in lines.values()} | set(promised)
    components = {parent: [component for component, _ in rows] for parent, rows in bom.items()}
    return list(Part.objects.filter(pk__in=below(wanted, components)).order_by("code"))


def part_rows(cooperative: Cooperative, parts: dict[str, Part], bom: Bom, horizon: Horizon) -> Iterator[planning.Part]:
    stock = opening_stock(cooperative, horizon)
    code = {part.pk: part.code for part in parts.values()}
    for part in parts.values():
        yield planning.Part(
            id=part.code,
            integer=part.integer,
            bom=tuple((code[component], quantity) for component, quantity in bom.get(part.pk, ())),
            lead_time=part.lead_time_weeks,
            holding_cost=float(part.holding_cost_rupiah),
            stock=stock.get(part.pk, 0.0),
            shelf_life=part.shelf_life_weeks,
            max_share=float(part.max_share),
            min_sources=part.min_sources,
        )


def opening_stock(cooperative: Cooperative, horizon: Horizon) -> dict[int, float]:
    """The latest count on or before the first day, by part."""
    counts = HubStock.objects.filter(cooperative=cooperative, as_of__lte=horizon.start).order_by("as_of")
    return {part: float(quantity) for part, quantity in counts.values_list("part_id", "quantity")}


def workshop_rows(
    cooperative: Cooperative, workshops: dict[str, Workshop], horizon: Horizon
) -> Iterator[planning.Workshop]:
    hours = workshop_hours(cooperative, horizon.start, horizon.weeks)
    overtime_cost = workshop_overtime_costs(cooperative, horizon.start)
    for workshop in workshops.values():
        free = hours[workshop.pk]
        yield planning.Workshop(
            id=workshop.code,
            hours=free.hours,
            overtime_hours=free.overtime_hours,
            overtime_cost=float(overtime_cost.get(workshop.pk, 0)),
            engage_cost=float(cooperative.engage_cost_rupiah),
        )


def order_row(key: str, line: OrderLine, horizon: Horizon) -> planning.Order:
    late, short = line.late_cost_rupiah_piece_week, line.short_cost_rupiah_piece
    return planning.Order(
        id=key,
        part=line.part.code,
        quantity=float(line.quantity),
        due=horizon.period(line.due_on),
        earliest=max(0, horizon.period(line.earliest_on)) if line.earliest_on else 0,
        late_cost=None if late is None else float(late),
        short_cost=None if short is None else float(short),
        partial=line.partial,
        single_source=line.single_source,
    )


def committed_rows(
    cooperative: Cooperative, parts: dict[str, Part], workshops: dict[str, Workshop], horizon: Horizon
) -> Iterator[planning.Lot]:
    """What members have promised this cooperative, in the weeks of the plan."""
    rows = Commitment.objects.filter(
        cooperative=cooperative, week_start__gte=horizon.start, week_start__lt=horizon.end
    ).select_related("part", "workshop")
    for row in rows:
        if row.workshop.code in workshops:
            yield planning.Lot(row.part.code, row.workshop.code, horizon.period(row.week_start), float(row.pieces))


def previous_rows(
    cooperative: Cooperative, parts: dict[str, Part], workshops: dict[str, Workshop], horizon: Horizon
) -> Iterator[planning.Lot]:
    """The published plan, moved into this calendar; weeks that are over or beyond it are left out."""
    published = PlanRun.objects.filter(cooperative=cooperative, status=PlanRun.Status.PUBLISHED).first()
    if published is None:
        return
    shift = horizon.period(published.start_on)
    lots = PlannedLot.objects.filter(run=published).select_related("part", "workshop")
    for lot in lots:
        period = lot.period + shift
        if 0 <= period < horizon.weeks and lot.part.code in parts and lot.workshop.code in workshops:
            yield planning.Lot(lot.part.code, lot.workshop.code, period, lot.quantity)


def with_fairness(cooperative: Cooperative, problem: planning.Problem) -> planning.Problem:
    """The cooperative's policy as target_hours and below_target_cost (docs/model.md §14.8)."""
    if cooperative.fairness_key == cooperative.FairnessKey.NONE or cooperative.target_percent == 0:
        return problem
    target = target_hours(problem, key=cooperative.fairness_key, share=cooperative.target_percent / 100)
    cost = float(cooperative.below_target_cost_rupiah_hour)
    rows = (replace(row, target_hours=target[row.id], below_target_cost=cost) for row in problem.workshops)
    return replace(problem, workshops=tuple(rows))
