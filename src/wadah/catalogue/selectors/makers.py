"""Who may make what, when, at which rate; and what lies at the hub."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, DateField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from wadah.catalogue.models import Approval, HubStock, Licence, Part, Rate
from wadah.catalogue.rules import windows_common
from wadah.catalogue.selectors.certified import certificates_asked, certified_windows
from wadah.catalogue.words import ApprovalStatus

if TYPE_CHECKING:
    from collections.abc import Collection
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


def maker_rates(
    *, workshops: QuerySet[Workshop], first_day: date, last_day: date, parts: Collection[int] | None = None
) -> list[MakerRate]:
    """Every part × workshop that is rated, approved and, where the part asks for it, licensed and certified within the
    days given.

    parts: ids; all where None. One row a rate, by part and workshop; windows lie within [first_day, last_day]. Four
    queries, six where a part asks for certificates.
    """
    within = Q(valid_from__lte=last_day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=first_day))
    of_parts = within if parts is None else within & Q(part__in=parts)
    approved = approved_windows(workshops, of_parts)
    licensed, royalties = licence_windows(workshops, within)
    asked = certificates_asked(parts)
    kinds = {kind for of_part in asked.values() for kind in of_part}
    held = certified_windows(workshops, kinds) if kinds else {}
    rates = Rate.objects.filter(of_parts, workshop__in=workshops).select_related("part", "workshop")
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


def makers_by_part(
    *, workshops: QuerySet[Workshop], first_day: date, last_day: date, parts: Collection[int] | None = None
) -> dict[int, int]:
    """How many workshops `maker_rates` has for each part, by part id, without reading the rates; parts: ids, all where
    None. Three queries; as many more as `maker_rates` takes where parts ask for a licence or certificates."""
    asking = parts_asking() if parts is None else parts_asking() & set(parts)
    rates = approved_rates(workshops=workshops, first_day=first_day, last_day=last_day).exclude(part__in=asking)
    if parts is not None:
        rates = rates.filter(part__in=parts)
    counted = rates.values("part").annotate(shops=Count("workshop", distinct=True))
    found = dict(counted.values_list("part", "shops"))
    if asking:
        read = maker_rates(workshops=workshops, first_day=first_day, last_day=last_day, parts=asking)
        for part, _workshop in {(row.rate.part_id, row.rate.workshop_id) for row in read}:
            found[part] = found.get(part, 0) + 1
    return found


def parts_makable(*, workshops: QuerySet[Workshop], first_day: date, last_day: date) -> QuerySet[Part]:
    """Parts that `maker_rates` has a row for. Three queries, of which one by the caller; as many more as `maker_rates`
    takes where parts ask for a licence or certificates."""
    asking = parts_asking()
    rates = approved_rates(workshops=workshops, first_day=first_day, last_day=last_day).filter(part=OuterRef("pk"))
    able = set[int]()
    if asking:
        read = maker_rates(workshops=workshops, first_day=first_day, last_day=last_day, parts=asking)
        able = {row.rate.part_id for row in read}
    return Part.objects.filter(Q(Exists(rates)) & ~Q(pk__in=asking) | Q(pk__in=able))


def makers_known(*, workshops: QuerySet[Workshop], first_day: date, last_day: date) -> bool:
    """Whether `maker_rates` has any. Three queries, as many more as it takes where only such parts are rated that ask
    for a licence or certificates."""
    asking = parts_asking()
    rates = approved_rates(workshops=workshops, first_day=first_day, last_day=last_day)
    if rates.exclude(part__in=asking).exists():
        return True
    return bool(asking) and bool(maker_rates(workshops=workshops, first_day=first_day, last_day=last_day, parts=asking))


def parts_asking() -> set[int]:
    """Ids of the parts that ask for a licence or for certificates."""
    return {*Part.objects.filter(motif__isnull=False).values_list("pk", flat=True), *certificates_asked()}


def approved_rates(*, workshops: QuerySet[Workshop], first_day: date, last_day: date) -> QuerySet[Rate]:
    """Rates of workshops that are approved for the part while the rate holds, on a day within those given.

    Rate, approval and days have a day in common where each two of the three have.
    """
    within = Q(valid_from__lte=last_day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=first_day))
    approved = Approval.objects.filter(
        within,
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("valid_from")),
        part=OuterRef("part"),
        workshop=OuterRef("workshop"),
        status=ApprovalStatus.APPROVED,
        valid_from__lte=Coalesce(OuterRef("valid_until"), Value(last_day, DateField())),
    )
    return Rate.objects.filter(within, Exists(approved), workshop__in=workshops).order_by()


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
