"""Rows → planning problem: the only bridge between the register and the engine (docs/model.md §14)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wadah.base.clock import monday
from wadah.catalogue.selectors import bom_graph, cooperative_terms_overtime, parts_below, stock_on
from wadah.demand.selectors import lines_to_plan
from wadah.planning import problem as planning
from wadah.planning.fairness import target_hours
from wadah.plans.bought import bought_most, supplied
from wadah.plans.capabilities import capability_rows
from wadah.plans.commitments.selectors import minutes_promised_elsewhere
from wadah.plans.models import Commitment, PlannedLot, PlanRun
from wadah.plans.promised import capabilities_kept, commitments_within, committed_lots, workshops_kept
from wadah.plans.rules import Horizon, promised_costs
from wadah.register.selectors import cooperative_workshops, workshop_hours, workshop_overtime_costs
from wadah.register.selectors.hours import Hours

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from decimal import Decimal

    from wadah.catalogue.models import Part
    from wadah.demand.models import OrderLine
    from wadah.register.models import Cooperative, Workshop

    Graph = dict[int, list[tuple[int, Decimal]]]


@dataclass(frozen=True)
class Snapshot:
    """A problem, and the rows that its ids stand for (part code, workshop code, order line id)."""

    problem: planning.Problem
    parts: dict[str, Part]
    workshops: dict[str, Workshop]
    lines: dict[str, OrderLine]


def problem_of(
    cooperative: Cooperative, start: date, weeks: int, *, change_cost: int = 0, parts: Collection[Part] = ()
) -> Snapshot:
    """Everything the planner needs for one cooperative's open orders over `weeks` weeks from the Monday of `start`.

    change_cost: rupiah a piece that a new plan moves away from the published one; parts: to be there as well, with all
    that goes into them, though nobody ordered them. A constant number of queries.
    Raises planning.errors.ProblemError where rows contradict each other.
    """
    horizon = Horizon(monday(start), weeks)
    members = cooperative_workshops(cooperative, horizon.start)
    workshops = {row.code: row for row in members}
    lines = {line_id(line): line for line in lines_to_plan(cooperative)}
    graph = bom_graph()
    needed = parts_needed(cooperative, lines, graph, parts)
    promised = commitments_within(cooperative, workshops, horizon)
    committed = committed_lots(promised, horizon)
    capabilities = capabilities_kept(capability_rows(needed, members, horizon), promised, horizon)
    problem = planning.Problem(
        calendar=planning.Calendar(horizon.start, weeks),
        parts=tuple(part_rows(cooperative, needed, graph, horizon)),
        workshops=workshops_kept(workshop_rows(cooperative, workshops, horizon), capabilities, committed),
        capabilities=capabilities,
        orders=tuple(order_row(key, line, horizon) for key, line in lines.items()),
        committed=committed,
        previous=tuple(previous_rows(cooperative, needed, workshops, horizon)),
        change_cost=float(change_cost),
    )
    problem = with_bought(problem, needed, lines)
    return Snapshot(with_fairness(cooperative, problem, workshops), needed, workshops, lines)


def line_id(line: OrderLine) -> str:
    return f"{line.order.number}/{line.line_no}"


def with_bought(problem: planning.Problem, parts: dict[str, Part], lines: dict[str, OrderLine]) -> planning.Problem:
    """What goes into promised lines and is bought: their price holds it, so it lies at the hub (decision 0008)."""
    wanted: dict[str, float] = defaultdict(float)
    for line in lines.values():
        if line.promised_on is not None:
            wanted[line.part.code] += float(line.outstanding)
    bought = {code for code, part in parts.items() if part.supply == "bought"}
    return supplied(problem, bought_most(problem, bought, wanted)) if wanted else problem


def parts_needed(
    cooperative: Cooperative, lines: dict[str, OrderLine], graph: Graph, more: Collection[Part] = ()
) -> dict[str, Part]:
    """The parts of the open lines, of what is promised and `more`, with all that goes into them, by code."""
    promised = Commitment.objects.filter(cooperative=cooperative).values_list("part_id", flat=True)
    found = parts_below({line.part_id for line in lines.values()} | set(promised) | {part.pk for part in more}, graph)
    return {part.code: part for part in sorted(found.values(), key=lambda part: part.code)}


def part_rows(
    cooperative: Cooperative, parts: dict[str, Part], graph: Graph, horizon: Horizon
) -> Iterator[planning.Part]:
    stock = stock_on(cooperative=cooperative, on=horizon.start)
    code = {part.pk: part.code for part in parts.values()}
    for part in parts.values():
        yield planning.Part(
            id=part.code,
            integer=part.integer,
            bom=tuple((code[component], float(quantity)) for component, quantity in graph.get(part.pk, ())),
            lead_time=part.lead_time_weeks,
            holding_cost=float(part.holding_cost_rupiah),
            stock=float(stock.get(part.pk, 0)),
            shelf_life=part.shelf_life_weeks,
            max_share=float(part.max_share),
            min_sources=part.min_sources,
        )


def workshop_rows(
    cooperative: Cooperative, workshops: dict[str, Workshop], horizon: Horizon
) -> Iterator[planning.Workshop]:
    hours = workshop_hours(cooperative, horizon.start, horizon.weeks)
    elsewhere = minutes_promised_elsewhere(cooperative, horizon.start, horizon.weeks)
    agreed = workshop_overtime_costs(cooperative, horizon.start)
    usual = cooperative_terms_overtime(cooperative, horizon.start)
    for workshop in workshops.values():
        free = hours_left(hours[workshop.pk], elsewhere.get(workshop.pk))
        yield planning.Workshop(
            id=workshop.code,
            hours=free.hours,
            overtime_hours=free.overtime_hours,
            overtime_cost=float(agreed.get(workshop.pk) or usual),
            engage_cost=float(cooperative.engage_cost_rupiah),
        )


def hours_left(free: Hours, promised: list[int] | None) -> Hours:
    """A workshop's hours without what it has promised to other cooperatives (minutes a week): one capacity, whoever
    asks. Regular hours go first, then overtime."""
    if promised is None:
        return free
    taken = [minutes / 60 for minutes in promised]
    over = [max(0.0, hours - regular) for hours, regular in zip(taken, free.hours, strict=True)]
    return Hours(
        tuple(max(0.0, regular - hours) for regular, hours in zip(free.hours, taken, strict=True)),
        tuple(max(0.0, extra - hours) for extra, hours in zip(free.overtime_hours, over, strict=True)),
    )


def order_row(key: str, line: OrderLine, horizon: Horizon) -> planning.Order:
    """A line as the planner sees it; one that is promised is due by then, and dear to break (promised_costs)."""
    late, short = line.late_cost_rupiah_piece_week, line.short_cost_rupiah_piece
    if line.promised_on is not None:
        late, short = promised_costs(late, short, line.price_rupiah_piece)
    return planning.Order(
        id=key,
        part=line.part.code,
        quantity=float(line.outstanding),
        due=horizon.period(line.promised_on or line.due_on),
        earliest=max(0, horizon.period(line.earliest_on)) if line.earliest_on else 0,
        late_cost=None if late is None else float(late),
        short_cost=None if short is None else float(short),
        partial=line.partial,
        single_source=line.single_source,
    )


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


def with_fairness(
    cooperative: Cooperative, problem: planning.Problem, workshops: dict[str, Workshop]
) -> planning.Problem:
    """The cooperative's policy as target_hours and below_target_cost (docs/model.md §14.8)."""
    key, keys = cooperative.fairness_key, cooperative.FairnessKey
    if key == keys.NONE or cooperative.target_percent == 0:
        return problem
    wished = wished_hours(problem, workshops)
    weights = wished if key == keys.WISHED else {code: float(row.need_weight) for code, row in workshops.items()}
    target = target_hours(problem, key=key, share=cooperative.target_percent / 100, weights=weights)
    if key == keys.WISHED:
        target = {code: min(hours, wished[code]) for code, hours in target.items()}
    cost = float(cooperative.below_target_cost_rupiah_hour)
    rows = (replace(row, target_hours=target[row.id], below_target_cost=cost) for row in problem.workshops)
    return replace(problem, workshops=tuple(rows))


def wished_hours(problem: planning.Problem, workshops: dict[str, Workshop]) -> dict[str, float]:
    """Hours over the whole plan that each workshop wishes for; one that hasn't said wishes for its regular hours."""
    wishes = {code: row.wish_minutes_week for code, row in workshops.items()}
    return {
        row.id: sum(row.hours) if (wish := wishes.get(row.id)) is None else wish / 60 * problem.periods
        for row in problem.workshops
    }
