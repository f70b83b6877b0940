"""Who may make what, and when: rate × approval × licence, as capabilities with a weekly limit (docs/model.md §14.3)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.catalogue.models import Approval, Licence, Rate
from wadah.catalogue.words import ApprovalStatus
from wadah.planning.problem import Capability
from wadah.plans.rules import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.catalogue.models import Part
    from wadah.plans.rules import Horizon
    from wadah.register.models import Workshop

Weeks = tuple[bool, ...]
Windows = dict[tuple[int, int], Weeks]

UNLIMITED = 1e9  # pieces a week; stands for "no limit" beside weeks in which the pair may not work at all


def capability_rows(parts: dict[str, Part], workshops: dict[str, Workshop], horizon: Horizon) -> Iterator[Capability]:
    """One capability for each part and workshop with a rate in force and at least one week of leave to make it."""
    part_by_pk = {part.pk: part for part in parts.values()}
    workshop_by_pk = {workshop.pk: workshop for workshop in workshops.values()}
    approved = approval_windows(part_by_pk, workshop_by_pk, horizon)
    licensed = licence_windows(part_by_pk, horizon)
    for (part_pk, workshop_pk), rate in rates_in_force(part_by_pk, workshop_by_pk, horizon).items():
        part, workshop = part_by_pk[part_pk], workshop_by_pk[workshop_pk]
        weeks = approved.get((part_pk, workshop_pk), ())
        if part.motif_id is not None:
            leave = licensed.get((part.motif_id, workshop.ikm_id), (False,) * horizon.weeks)
            weeks = tuple(a and b for a, b in zip(weeks, leave, strict=False))
        if any(weeks):
            yield capability(part.code, workshop.code, rate, weeks)


def capability(part: str, workshop: str, rate: Rate, weeks: Weeks) -> Capability:
    return Capability(
        part=part,
        workshop=workshop,
        hours_per_unit=float(rate.minutes_per_piece) / 60,
        setup_hours=float(rate.setup_minutes) / 60,
        setup_cost=float(rate.setup_cost_rupiah),
        cost_per_unit=float(rate.cost_rupiah_piece),
        min_lot=float(rate.lot_quantity_min),
        max_per_period=weekly_limit(rate, weeks),
        yield_rate=float(rate.yield_rate),
    )


def weekly_limit(rate: Rate, weeks: Weeks) -> tuple[float, ...] | None:
    """Pieces a week: the rate's own limit, 0 in weeks without leave, None where nothing limits at all."""
    limit = None if rate.quantity_max_week is None else float(rate.quantity_max_week)
    if limit is None and all(weeks):
        return None
    return tuple((UNLIMITED if limit is None else limit) if free else 0.0 for free in weeks)


def rates_in_force(
    parts: dict[int, Part], workshops: dict[int, Workshop], horizon: Horizon
) -> dict[tuple[int, int], Rate]:
    """The rate in force on the first day of the plan, or the first that begins within it."""
    rows = Rate.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=horizon.start),
        part__in=parts,
        workshop__in=workshops,
        valid_from__lt=horizon.end,
    )
    found: dict[tuple[int, int], Rate] = {}
    for row in rows.order_by("part__code", "workshop__code", "valid_from"):
        found.setdefault((row.part_id, row.workshop_id), row)
    return found


def approval_windows(parts: dict[int, Part], workshops: dict[int, Workshop], horizon: Horizon) -> Windows:
    """By (part, workshop): the weeks in which the workshop holds an approval."""
    rows = Approval.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=horizon.start),
        status=ApprovalStatus.APPROVED,
        part__in=parts,
        workshop__in=workshops,
        valid_from__lt=horizon.end,
    )
    return joined(rows.values_list("part_id", "workshop_id", "valid_from", "valid_until"), horizon)


def licence_windows(parts: dict[int, Part], horizon: Horizon) -> Windows:
    """By (motif, IKM): the weeks in which the IKM may make the motif."""
    motifs = {part.motif_id for part in parts.values() if part.motif_id is not None}
    rows = Licence.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=horizon.start), motif__in=motifs, valid_from__lt=horizon.end
    )
    return joined(rows.values_list("motif_id", "ikm_id", "valid_from", "valid_until"), horizon)


def joined(rows: object, horizon: Horizon) -> Windows:
    """Several periods of one pair, as one answer a week."""
    windows: dict[tuple[int, int], list[Weeks]] = defaultdict(list)
    for first, second, valid_from, valid_until in rows:  # type: ignore[attr-defined]
        windows[first, second].append(horizon.covers(valid_from, valid_until))
    return {pair: either(weeks, horizon.weeks) for pair, weeks in windows.items()}
