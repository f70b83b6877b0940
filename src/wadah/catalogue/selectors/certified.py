"""Which papers parts ask for, and in which windows of days workshops hold them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.catalogue.models import PartCertificate
from wadah.catalogue.rules.windows import windows_merged
from wadah.register.models import Certificate

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.catalogue.rules import Window
    from wadah.register.models import Workshop

Held = dict[tuple[int, str], list["Window"]]


def certificates_asked(parts: Collection[int] | None = None) -> dict[int, list[str]]:
    """Kinds of certificate by part id, only of parts that ask for any; parts: ids, all where None. One query."""
    rows = PartCertificate.objects.all() if parts is None else PartCertificate.objects.filter(part__in=parts)
    found: dict[int, list[str]] = defaultdict(list)
    for part, kind in rows.order_by("part_id", "kind").values_list("part_id", "kind"):
        found[part].append(kind)
    return dict(found)


def certified_windows(workshops: QuerySet[Workshop], kinds: Collection[str]) -> Held:
    """By (workshop id, kind), the windows in which the workshop or its firm holds such a paper, merged. Two queries.

    An unknown first day counts as always, a missing last day as without an end; archived papers don't count.
    """
    shops = dict(workshops.order_by().values_list("pk", "ikm_id"))
    mine = Q(workshop__in=shops) | Q(ikm__in=set(shops.values()))
    rows = Certificate.objects.filter(mine, kind__in=kinds, archived_at__isnull=True)
    of_shop: Held = defaultdict(list)
    of_firm: Held = defaultdict(list)
    for row in rows:
        window = (row.issued_on or date.min, row.expires_on)
        if row.workshop_id is not None:
            of_shop[row.workshop_id, row.kind].append(window)
        elif row.ikm_id is not None:
            of_firm[row.ikm_id, row.kind].append(window)
    return {
        (shop, kind): windows_merged([*of_shop[shop, kind], *of_firm[firm, kind]])
        for shop, firm in shops.items()
        for kind in kinds
    }
