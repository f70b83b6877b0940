"""Who may make what, when, at which rate; and what lies at the hub."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.catalogue.models import Approval, HubStock, Licence, Rate
from wadah.catalogue.rules import windows_common
from wadah.catalogue.selectors.certified import certificates_asked, certified_windows
from wadah.catalogue.words import ApprovalStatus

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from wadah.catalogue.rules import Window
    from wadah.register.models import Cooperative, Workshop


@dataclass(frozen=True, slots=True)
class MakerRate:
    """A rate, and the windows of days in which its workshop may make the part at it.

    royalty_rupiah_piece: what the motif's licence adds to each piece (the highest, where licences follow each other).
    """

    rate: Rate
    windows: tuple[Window, ...]
    royalty_rupiah_piece: int = 0


def maker_rates(*, workshops: QuerySet[Workshop], first_day: date, last_day: date) -> list[MakerRate]:
    """Every part × workshop that is rated, approved and, where the part asks for it, licensed and certified within the
    days given.

    One row a rate, by part and workshop; windows lie within [first_day, last_day]. Four queries, six where a part asks
    for certificates.
    """
    within = Q(valid_from__lte=last_day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=first_day))
    approved = approved_windows(workshops, within)
    licensed, royalties = licence_windows(workshops, within)
    asked = certificates_asked()
    kinds = {kind for of_part in asked.values() for kind in of_part}
    held = certified_windows(workshops, kinds) if kinds else {}
    rates = Rate.objects.filter(within, workshop__in=workshops).select_related("part", "workshop")
    rows = []
    for rate in rates.order_by("part__code", "workshop__code", "valid_from"):
        windows = windows_common([(first_day, last_day)], [(rate.valid_from, rate.valid_until)])
        windows = windows_common(windows, approved.get((rate.part_id, rate.workshop_id), ()))
        key = (rate.part.motif_id, rate.workshop.ikm_id)
        if rate.part.motif_id is not None:
            windows = windows_common(windows, licensed.get(key, ()))
        for kind in asked.get(rate.part_id, ()):
            windows = windows_common(windows, held.get((rate.workshop_id, kind), ()))
        if windows:
            rows.append(MakerRate(rate, windows, royalties.get(key, 0)))
    return rows


def approved_windows(workshops: QuerySet[Workshop], within: Q) -> dict[tuple[int, int], list[Window]]:
    """By (part id, workshop id)."""
    found: dict[tuple[int, int], list[Window]] = defaultdict(list)
    rows = Approval.objects.filter(within, workshop__in=workshops, status=ApprovalStatus.APPROVED)
    for part, workshop, first, last in rows.values_list("part_id", "workshop_id", "valid_from", "valid_until"):
        found[part, workshop].append((first, last))
    return found


def licence_windows(
    workshops: QuerySet[Workshop], within: Q
) -> tuple[dict[tuple[int | None, int], list[Window]], dict[tuple[int | None, int], int]]:
    """Windows and the highest royalty, by (motif id, IKM id)."""
    found: dict[tuple[int | None, int], list[Window]] = defaultdict(list)
    royalties: dict[tuple[int | None, int], int] = {}
    for row in Licence.objects.filter(within, ikm__in=workshops.values("ikm")):
        key = (row.motif_id, row.ikm_id)
        found[key].append((row.valid_from, row.valid_until))
        royalties[key] = max(royalties.get(key, 0), row.royalty_rupiah_piece)
    return found, royalties


def stock_on(*, cooperative: Cooperative | int, on: date) -> dict[int, Decimal]:
    """What the hub holds as the day `on` begins, by part id: the last count up to then."""
    rows = HubStock.objects.filter(cooperative=cooperative, as_of__lte=on).order_by("as_of")
    return dict(rows.values_list("part_id", "quantity"))
