"""Who may make what, and when, as capabilities with a weekly limit (docs/model.md §14.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wadah.catalogue.selectors import maker_rates
from wadah.planning.problem import Capability
from wadah.plans.rules import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from wadah.catalogue.models import Part, Rate
    from wadah.catalogue.selectors import MakerRate
    from wadah.plans.rules import Horizon
    from wadah.register.models import Workshop

UNLIMITED = 1e9  # pieces a week; stands for "no limit" beside weeks in which the pair may not work at all


def capability_rows(parts: dict[str, Part], workshops: QuerySet[Workshop], horizon: Horizon) -> Iterator[Capability]:
    """One capability for each part and workshop with a rate and at least one whole week of leave to make it.

    Where rates follow each other within the plan, the first one's figures hold for all of it.
    """
    last_day = horizon.end - timedelta(days=1)
    wanted = {part.pk for part in parts.values()}
    rates = maker_rates(workshops=workshops, first_day=horizon.start, last_day=last_day, parts=wanted)
    found: dict[tuple[str, str], list[MakerRate]] = {}
    for maker in rates:
        found.setdefault((maker.rate.part.code, maker.rate.workshop.code), []).append(maker)
    for (part, workshop), makers in found.items():
        weeks = either((horizon.covers(*window) for maker in makers for window in maker.windows), horizon.weeks)
        if any(weeks):
            yield capability(part, workshop, makers[0], weeks)


def capability(part: str, workshop: str, maker: MakerRate, weeks: tuple[bool, ...]) -> Capability:
    rate = maker.rate
    return Capability(
        part=part,
        workshop=workshop,
        hours_per_unit=float(rate.minutes_per_piece) / 60,
        setup_hours=float(rate.setup_minutes) / 60,
        setup_cost=float(rate.setup_cost_rupiah),
        cost_per_unit=float(rate.cost_rupiah_piece + maker.royalty_rupiah_piece),
        min_lot=float(rate.lot_quantity_min),
        max_per_period=weekly_limit(rate, weeks),
        yield_rate=float(rate.yield_rate),
    )


def weekly_limit(rate: Rate, weeks: tuple[bool, ...]) -> tuple[float, ...] | None:
    """Pieces a week: the rate's own limit, 0 in weeks without leave, None where nothing limits at all."""
    limit = None if rate.quantity_max_week is None else float(rate.quantity_max_week)
    if limit is None and all(weeks):
        return None
    return tuple((UNLIMITED if limit is None else limit) if free else 0.0 for free in weeks)
