"""What members have promised stays possible in every later problem, whatever became of leave, rates or hours since.

A promise was given at a rate: where the workshop has lost its leave or its rate, it keeps the last one for the pieces
it promised, in their weeks alone; where its hours have shrunk, what is missing is added as overtime; a limit a week
that is below what was promised gives way. Nothing more than the promise becomes possible by it (docs/model.md §14.7).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.catalogue.models import Rate
from wadah.planning.problem import Capability, Lot
from wadah.plans.models import Commitment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wadah.planning.problem import Workshop
    from wadah.plans.rules import Horizon
    from wadah.register.models import Cooperative

    Pair = tuple[str, str]

MOMENT = 1e-9  # hours; less is rounding


def commitments_within(cooperative: Cooperative, workshops: Iterable[str], horizon: Horizon) -> list[Commitment]:
    """What members have promised this cooperative in the weeks of the plan, of those workshops (codes). One query."""
    rows = Commitment.objects.filter(
        cooperative=cooperative, week_start__gte=horizon.start, week_start__lt=horizon.end
    ).select_related("part", "workshop")
    known = set(workshops)
    return [row for row in rows if row.workshop.code in known]


def committed_lots(rows: Iterable[Commitment], horizon: Horizon) -> tuple[Lot, ...]:
    return tuple(
        Lot(row.part.code, row.workshop.code, horizon.period(row.week_start), float(row.pieces)) for row in rows
    )


def capabilities_kept(
    capabilities: Iterable[Capability], rows: Sequence[Commitment], horizon: Horizon
) -> tuple[Capability, ...]:
    """The capabilities, with room for what is promised. One query, where a promised pair has none any more."""
    found = {(row.part, row.workshop): row for row in capabilities}
    promised: dict[Pair, dict[int, float]] = defaultdict(dict)
    for row in rows:
        promised[row.part.code, row.workshop.code][horizon.period(row.week_start)] = float(row.pieces)
    lost = [row for row in rows if (row.part.code, row.workshop.code) not in found]
    for pair, capability in lost_capabilities(lost, horizon).items():
        found[pair] = capability
    return tuple(roomy(row, promised.get(pair, {})) for pair, row in found.items())


def lost_capabilities(rows: Sequence[Commitment], horizon: Horizon) -> dict[Pair, Capability]:
    """For promised pairs without leave or rate: their last rate, or the minutes that were promised; no room yet."""
    found: dict[Pair, Capability] = {}
    rates = last_rates(rows) if rows else {}
    for row in rows:
        pair, rate = (row.part.code, row.workshop.code), rates.get((row.part_id, row.workshop_id))
        none = (0.0,) * horizon.weeks
        if rate is None:
            hours = row.minutes / 60 / float(row.pieces)
            found[pair] = Capability(*pair, hours_per_unit=hours, max_per_period=none)
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


def last_rates(rows: Sequence[Commitment]) -> dict[tuple[int, int], Rate]:
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
