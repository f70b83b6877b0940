"""What members have promised stays possible in every later problem, whatever became of leave, rates or hours since.

A promise was given at a rate: where the workshop has lost its leave or its rate, it keeps the last one for the pieces
it promised, in their weeks alone; where its hours have shrunk, what is missing is added as overtime; a limit a week
that is below what was promised gives way. Nothing more than the promise becomes possible by it (docs/model.md §14.7).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import F, Q

from wadah.catalogue.models import Rate
from wadah.planning.problem import Capability, Lot
from wadah.plans.balance import Promise
from wadah.plans.models import Commitment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from wadah.planning.problem import Workshop
    from wadah.plans.rules import Horizon
    from wadah.register.models import Cooperative

    Pair = tuple[str, str]

MOMENT = 1e-9  # hours; less is rounding


def promises_to_keep(cooperative: Cooperative, horizon: Horizon) -> list[Commitment]:
    """What members have promised this cooperative in the weeks of the plan, brought or not, and what they still have to
    bring of weeks before it. One query."""
    rows = Commitment.objects.filter(cooperative=cooperative, week_start__lt=horizon.end)
    rows = rows.filter(Q(week_start__gte=horizon.start) | Q(pieces__gt=F("handed_over")))
    return list(rows.select_related("part", "workshop"))


def promises_to_come(rows: Iterable[Commitment], horizon: Horizon, this_week: date) -> list[Promise]:
    """Of these, what isn't brought yet; what is late is due this week (a Monday)."""
    return [
        promise_of(row, horizon.period(max(row.week_start, this_week)), row.pieces - row.handed_over)
        for row in rows
        if row.pieces > row.handed_over
    ]


def promises_whole(rows: Iterable[Commitment], horizon: Horizon) -> list[Promise]:
    """Of these, all that is promised in the weeks of the plan, brought or not."""
    return [
        promise_of(row, horizon.period(row.week_start), row.pieces) for row in rows if row.week_start >= horizon.start
    ]


def promise_of(row: Commitment, period: int, pieces: Decimal) -> Promise:
    return Promise(
        part=row.part.code,
        workshop=row.workshop.code,
        period=period,
        pieces=float(pieces),
        hours=row.minutes / 60 * float(pieces / row.pieces),
        part_id=row.part_id,
        workshop_id=row.workshop_id,
    )


def minutes_spent(rows: Iterable[Commitment], horizon: Horizon) -> dict[int, list[int]]:
    """Minutes a week of the plan that went into what was brought already, by workshop id."""
    found: dict[int, list[int]] = defaultdict(lambda: [0] * horizon.weeks)
    for row in rows:
        if row.handed_over > 0 and row.week_start >= horizon.start:
            found[row.workshop_id][horizon.period(row.week_start)] += int(row.minutes * row.handed_over / row.pieces)
    return dict(found)


def committed_lots(rows: Iterable[Promise]) -> tuple[Lot, ...]:
    """One row for each part, workshop and period."""
    found: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in rows:
        found[row.part, row.workshop, row.period] += row.pieces
    return tuple(Lot(*key, pieces) for key, pieces in found.items())


def capabilities_kept(
    capabilities: Iterable[Capability], rows: Sequence[Promise], horizon: Horizon
) -> tuple[Capability, ...]:
    """The capabilities, with room for what is promised. One query, where a promised pair has none any more."""
    found = {(row.part, row.workshop): row for row in capabilities}
    promised: dict[Pair, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        promised[row.part, row.workshop][row.period] += row.pieces
    lost = [row for row in rows if (row.part, row.workshop) not in found]
    for pair, capability in lost_capabilities(lost, horizon).items():
        found[pair] = capability
    return tuple(roomy(row, promised.get(pair, {})) for pair, row in found.items())


def lost_capabilities(rows: Sequence[Promise], horizon: Horizon) -> dict[Pair, Capability]:
    """For promised pairs without leave or rate: their last rate, or the minutes that were promised; no room yet."""
    found: dict[Pair, Capability] = {}
    rates = last_rates(rows) if rows else {}
    for row in rows:
        pair, rate = (row.part, row.workshop), rates.get((row.part_id, row.workshop_id))
        none = (0.0,) * horizon.weeks
        if rate is None:
            found[pair] = Capability(*pair, hours_per_unit=row.hours / row.pieces, max_per_period=none)
        else:
            found[pair] = Capability(
                *pair,
                hours_per_unit=float(rate.minutes_per_piece) / 60,
                setup_hours=float(rate.setup_minutes) / 60,
                setup_cost=float(rate.setup_cost_rupiah),
                cost_per_unit=float(rate.cost_rupiah_piece),
                max_per_period=none,
                yield_rate=float(rate.yield_rate),
            )
    return found


def last_rates(rows: Sequence[Promise]) -> dict[tuple[int, int], Rate]:
    """The last rate that began, by (part id, workshop id)."""
    pairs = Q()
    for row in rows:
        pairs |= Q(part=row.part_id, workshop=row.workshop_id)
    rates = Rate.objects.filter(pairs).order_by("valid_from")
    return {(rate.part_id, rate.workshop_id): rate for rate in rates}


def roomy(row: Capability, promised: Mapping[int, float]) -> Capability:
    """A weekly limit is never below what is promised."""
    most = row.max_per_period
    if most is None or all(pieces <= most[t] for t, pieces in promised.items()):
        return row
    return replace(row, max_per_period=tuple(max(x, promised.get(t, 0.0)) for t, x in enumerate(most)))


def workshops_kept(
    workshops: Iterable[Workshop], capabilities: Iterable[Capability], committed: Iterable[Lot]
) -> tuple[Workshop, ...]:
    """The workshops, with overtime where their hours don't hold what is promised."""
    pace = {(row.part, row.workshop): row for row in capabilities}
    needed: dict[tuple[str, int], float] = defaultdict(float)
    for lot in committed:
        row = pace[lot.part, lot.workshop]
        needed[lot.workshop, lot.period] += row.setup_hours + row.hours_per_unit * lot.quantity
    return tuple(with_overtime(row, needed) for row in workshops)


def with_overtime(row: Workshop, needed: Mapping[tuple[str, int], float]) -> Workshop:
    missing = [
        max(0.0, needed.get((row.id, t), 0.0) - regular - extra)
        for t, (regular, extra) in enumerate(zip(row.hours, row.overtime_hours, strict=True))
    ]
    if max(missing, default=0.0) <= MOMENT:
        return row
    overtime = tuple(extra + more for extra, more in zip(row.overtime_hours, missing, strict=True))
    return replace(row, overtime_hours=overtime)


def less_hours(row: Workshop, gone: Mapping[tuple[str, int], float]) -> Workshop:
    """Without hours that are gone, by (workshop, period): regular ones first, then overtime."""
    if not any(gone.get((row.id, t)) for t in range(len(row.hours))):
        return row
    hours, overtime = list(row.hours), list(row.overtime_hours)
    for t in range(len(hours)):
        away = gone.get((row.id, t), 0.0)
        rest = max(0.0, away - hours[t])
        hours[t], overtime[t] = max(0.0, hours[t] - away), max(0.0, overtime[t] - rest)
    return replace(row, hours=tuple(hours), overtime_hours=tuple(overtime))
