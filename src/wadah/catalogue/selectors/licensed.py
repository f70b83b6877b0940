"""Who has leave to make which motif, and on which day (B8 of docs/city.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, Q

from wadah.catalogue.models import Licence, Motif, MotifSource

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet


def licence_on(*, motif: int, ikm: int, day: date) -> Licence | None:
    """The licence that an IKM holds for a motif on a day (ids)."""
    held = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return Licence.objects.filter(held, motif=motif, ikm=ikm, valid_from__lte=day).first()


def licences_of(motifs: Collection[int]) -> QuerySet[Licence]:
    """All licences of these motifs (ids), by group and day, with the group's area."""
    rows = Licence.objects.filter(motif__in=motifs).select_related("motif", "ikm__area")
    return rows.order_by("motif__name", "ikm__name", "valid_from")


def motif_register() -> QuerySet[Motif]:
    """Every motif by name, with what the sources say, the oldest first, those without a day last."""
    sources = sorted_sources()
    return Motif.objects.prefetch_related(Prefetch("sources", sources)).order_by("name")


def sorted_sources() -> QuerySet[MotifSource]:
    return MotifSource.objects.order_by(F("published_on").asc(nulls_last=True), "title")
