"""Who may be given work by hand: members with a rate in force today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.base.clock import today
from wadah.catalogue.models import Rate
from wadah.catalogue.selectors import on_day
from wadah.register.selectors import cooperative_workshops, cooperatives_named

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.register.models import Cooperative, Workshop


def rates_by_hand(cooperatives: Collection[int]) -> QuerySet[Rate]:
    """Rates in force of these cooperatives' members, by part and workshop."""
    shops: QuerySet[Workshop] | None = None
    for row in cooperatives_named(cooperatives):
        theirs = cooperative_workshops(row).order_by()
        shops = theirs if shops is None else shops | theirs
    if shops is None:
        return Rate.objects.none()
    rows = Rate.objects.filter(on_day(today()), workshop__in=shops.values("pk"))
    return rows.select_related("part", "workshop").order_by("part__name", "workshop__name")


def cooperative_of(workshop: Workshop, among: Collection[int]) -> Cooperative | None:
    """The first of these cooperatives that a workshop's firm is a member of today; None where there is none."""
    for row in cooperatives_named(among):
        if cooperative_workshops(row).filter(pk=workshop.pk).exists():
            return row
    return None
