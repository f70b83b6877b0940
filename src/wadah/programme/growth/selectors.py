"""Reading growth questions and figures: each a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.programme.models import GrowthFigure, GrowthPoint, GrowthRun, RampCurve

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def growth_runs(cooperatives: Collection[int] | None) -> QuerySet[GrowthRun]:
    """Questions about these cooperatives, or about all (None), newest first."""
    rows = GrowthRun.objects.select_related("cooperative", "ramp", "asked_by")
    return rows if cooperatives is None else rows.filter(cooperative__in=cooperatives)


def growth_points(run: GrowthRun) -> list[GrowthPoint]:
    """All its plans: by scope, month, groups and process."""
    return list(run.points.all())


def growth_figures() -> QuerySet[GrowthFigure]:
    """All figures, also those that were replaced since, by kind, process and month, the newest first."""
    return GrowthFigure.objects.select_related("skill").order_by("kind", "skill__code", "month", "-valid_from")


def ramp_curves() -> QuerySet[RampCurve]:
    """Curves that a question can be asked with, those that somebody published first."""
    return RampCurve.objects.order_by("-confidence", "name")
