"""Rows → planning problem: the only bridge between the register and the engine (docs/model.md §14)."""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from wadah.base.clock import business_date, monday, now
from wadah.base.reading import moment_of_reading
from wadah.catalogue.selectors import bom_graph, cooperative_terms_overtime, parts_below, stock_on
from wadah.demand.selectors import lines_to_plan
from wadah.planning import problem as planning
from wadah.planning.fairness import target_hours
from wadah.plans.balance import begun_with, from_stock, with_bought
from wadah.plans.bought import bought_most, supplied
from wadah.plans.capabilities import capability_rows
from wadah.plans.commitments.selectors import minutes_promised_elsewhere
from wadah.plans.models import PlannedLot, PlanRun
from wadah.plans.promised import (
    capabilities_kept,
    committed_lots,
    minutes_spent,
    promises_to_come,
    promises_to_keep,
    promises_whole,
    workshops_kept,
)
from wadah.plans.rules import Horizon, promised_costs
from wadah.plans.underway.selectors import under_way
from wadah.register.selectors import cooperative_workshops, workshop_hours, workshop_overtime_costs
from wadah.register.selectors.hours import Hours

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from wadah.catalogue.models import Part
    from wadah.demand.models import OrderLine
    from wadah.plans.balance import Promise
    from wadah.plans.models import Commitment
    from wadah.register.models import Cooperative, Workshop

    Graph = dict[int, list[tuple[int, Decimal]]]
    Bom = dict[str, tuple[tuple[str, float], ...]]


DAY = timedelta(days=1)


@dataclass(frozen=True)
class Snapshot:
    """A problem, and the rows that its ids stand for (part code, workshop code, order line id).

    from_stock: pieces at hand that the problem doesn't ask for any more, by order line id; read_at: the moment up to
    which promises and what was brought are in it.
    """

    problem: planning.Problem
    parts: dict[str, Part]
    workshops: dict[str, Workshop]
    lines: dict[str, OrderLine]
    from_stock: dict[str, float] = field(default_factory=dict)
    read_at: datetime | None = None


def problem_of(
    cooperative: Cooperative,
    start: date,
    weeks: int,
    *,
    change_cost: int = 0,
    parts: Collection[Part] = (),
    in_force: bool = False,
) -> Snapshot:
    """Everything the planner needs for one cooperative's open orders over `weeks` weeks from the Monday of `start`.

    change_cost: rupiah a piece that a new plan moves away from the published one; parts: to be there as well, with all
    that goes into them, though nobody ordered them; in_force: to be held beside the plan in force, whose lots hold what
    was brought since it was made: then promises are whole, where a new plan has only what is still to come (W14 of
    docs/work.md). A constant number of queries.
    Raises planning.errors.ProblemError where rows contradict each other.
    """
    horizon = Horizon(monday(start), weeks)
    members = cooperative_workshops(cooperative, horizon.start)
    workshops = {row.code: row for row in members}
    graph = bom_graph()
    with nullcontext() if in_force else moment_of_reading():
        read = read_now(cooperative, horizon)
    lines = {line_id(line): line for line in read.lines}
    needed = parts_needed(lines, read.promises, graph, parts)
    bom = bom_by_code(needed, graph)
    free = tuple(capability_rows(needed, members, horizon))
    stock, promised = counted_on(read, needed, bom, free, horizon, in_force=in_force)
    promised = [row for row in promised if row.workshop in workshops]
    stock = with_bought(stock, promised, bom, {code for code, part in needed.items() if part.supply == "bought"})
    asked = [order_row(key, line, horizon) for key, line in lines.items()]
    orders, stock, taken = from_stock(asked, stock, whole(needed))
    committed, capabilities = committed_lots(promised), capabilities_kept(free, promised, horizon)
    spent = {} if in_force else minutes_spent(read.promises, horizon)
    problem = planning.Problem(
        calendar=planning.Calendar(horizon.start, weeks),
        parts=tuple(part_row(part, bom.get(code, ()), stock.get(code, 0.0)) for code, part in needed.items()),
        workshops=workshops_kept(workshop_rows(cooperative, workshops, horizon, spent), capabilities, committed),
        capabilities=capabilities,
        orders=orders,
        committed=committed,
        previous=tuple(previous_rows(cooperative, needed, workshops, horizon)),
        change_cost=float(change_cost),
    )
    problem = with_bought_for_orders(problem, needed, lines)
    problem = with_fairness(cooperative, problem, workshops)
    return Snapshot(problem, needed, workshops, lines, taken, read.at)


# ---- what moves while people work


@dataclass(frozen=True)
class Read:
    """What moves while people work, read at one moment: order lines, promises, and pieces at hand by part id."""

    at: datetime
    lines: list[OrderLine]
    promises: list[Commitment]
    at_hub: dict[int, Decimal]
    under_way: dict[int, Decimal]

    def stock_of(self, parts: dict[str, Part]) -> dict[str, float]:
        """Pieces that can be counted on now, by part code: accepted at the hub, and under way."""
        none = Decimal(0)
        return {
            code: float(self.at_hub.get(part.pk, none) + self.under_way.get(part.pk, none))
            for code, part in parts.items()
        }


def read_now(cooperative: Cooperative, horizon: Horizon) -> Read:
    """Four queries, of one moment for a new plan, so that no piece that is moved meanwhile is seen twice or not at all.

    What was counted for a day until the plan begins is there by then.
    """
    at = now()
    return Read(
        at,
        list(lines_to_plan(cooperative)),
        promises_to_keep(cooperative, horizon),
        stock_on(cooperative=cooperative, on=max(horizon.start, business_date(at) + DAY)),
        under_way(cooperative),
    )


def counted_on(
    read: Read,
    parts: dict[str, Part],
    bom: Bom,
    free: Iterable[planning.Capability],
    horizon: Horizon,
    *,
    in_force: bool,
) -> tuple[dict[str, float], list[Promise]]:
    """The stock that a plan begins with, by part code, and what is promised in its weeks."""
    stock = read.stock_of(parts)
    if in_force:
        return stock, promises_whole(read.promises, horizon)
    to_come = promises_to_come(read.promises, horizon, monday(business_date(read.at)))
    yields = {(row.part, row.workshop): row.yield_rate for row in free}
    return begun_with(stock, to_come, bom, yields, whole(parts))


def whole(parts: dict[str, Part]) -> set[str]:
    """Codes of those that come in whole pieces."""
    return {code for code, part in parts.items() if part.integer}


# ---- rows, one for one


def line_id(line: OrderLine) -> str:
    return f"{line.order.number}/{line.line_no}"


def with_bought_for_orders(
    problem: planning.Problem, parts: dict[str, Part], lines: dict[str, OrderLine]
) -> planning.Problem:
    """What goes into promised lines and is bought: their price holds it, so it lies at the hub (decision 0008)."""
    wanted: dict[str, float] = defaultdict(float)
    for line in lines.values():
        if line.promised_on is not None:
            wanted[line.part.code] += float(line.outstanding)
    bought = {code for code, part in parts.items() if part.supply == "bought"}
    return supplied(problem, bought_most(problem, bought, wanted)) if wanted else problem


def parts_needed(
    lines: dict[str, OrderLine], promises: Iterable[Commitment], graph: Graph, more: Collection[Part] = ()
) -> dict[str, Part]:
    """The parts of the open lines, of what is promised and `more`, with all that goes into them, by code."""
    promised = {row.part_id for row in promises}
    found = parts_below({line.part_id for line in lines.values()} | promised | {part.pk for part in more}, graph)
    return {part.code: part for part in sorted(found.values(), key=lambda part: part.code)}


def bom_by_code(parts: dict[str, Part], graph: Graph) -> Bom:
    code = {part.pk: part.code for part in parts.values()}
    return {
        part.code: tuple((code[component], float(quantity)) for component, quantity in graph[part.pk])
        for part in parts.values()
        if part.pk in graph
    }


def part_row(part: Part, bom: tuple[tuple[str, float], ...], stock: float) -> planning.Part:
    return planning.Part(
        id=part.code,
        integer=part.integer,
        bom=bom,
        lead_time=part.lead_time_weeks,
        holding_cost=float(part.holding_cost_rupiah),
        stock=stock,
        shelf_life=part.shelf_life_weeks,
        max_share=float(part.max_share),
        min_sources=part.min_sources,
    )


def workshop_rows(
    cooperative: Cooperative, workshops: dict[str, Workshop], horizon: Horizon, spent: Mapping[int, list[int]]
) -> Iterator[planning.Workshop]:
    """spent: minutes a week that are used up by what was brought, by workshop id."""
    hours = workshop_hours(cooperative, horizon.start, horizon.weeks)
    elsewhere = minutes_promised_elsewhere(cooperative, horizon.start, horizon.weeks)
    agreed = workshop_overtime_costs(cooperative, horizon.start)
    usual = cooperative_terms_overtime(cooperative, horizon.start)
    for workshop in workshops.values():
        free = hours_left(hours_left(hours[workshop.pk], elsewhere.get(workshop.pk)), spent.get(workshop.pk))
        yield planning.Workshop(
            id=workshop.code,
            hours=free.hours,
            overtime_hours=free.overtime_hours,
            overtime_cost=float(agreed.get(workshop.pk) or usual),
            engage_cost=float(cooperative.engage_cost_rupiah),
        )


def hours_left(free: Hours, promised: list[int] | None) -> Hours:
    """A workshop's hours without what it has promised to other cooperatives, or used up (minutes a week): one capacity,
    whoever asks. Regular hours go first, then overtime."""
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
