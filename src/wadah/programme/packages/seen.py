"""What the pages of the programme read: each selector a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.programme.models import BottleneckRun, Intervention, Study, StudyItem

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.plans.models import PlanRun

FILES = ("problem_file", "plan_before_file", "plan_after_file")


def studies_seen(cooperatives: Collection[int] | None) -> QuerySet[Study]:
    """Studies of these cooperatives (None: of any), newest first, without their files."""
    rows = Study.objects.defer(*FILES).select_related("cooperative", "job", "asked_by", "adopted_by")
    return rows if cooperatives is None else rows.filter(cooperative__in=cooperatives)


def items_of(study: Study) -> QuerySet[StudyItem]:
    """What it held, what was chosen first."""
    rows = StudyItem.objects.filter(study=study).order_by("-chosen", "-alone_rupiah", "-price_rupiah", "pk")
    return rows.select_related(
        "intervention__part",
        "intervention__workshop__area",
        "intervention__workshop__ikm__area",
        "intervention__area",
        "intervention__ramp",
        "workshop_now",
        "study",
    )


def items_seen(cooperatives: Collection[int] | None) -> QuerySet[StudyItem]:
    """Parts of adopted packages."""
    rows = StudyItem.objects.filter(chosen=True, study__adopted_at__isnull=False)
    rows = rows.select_related("study__cooperative", "intervention__part", "intervention__workshop", "workshop_now")
    return rows if cooperatives is None else rows.filter(study__cooperative__in=cooperatives)


def adopted_items(cooperatives: Collection[int] | None) -> QuerySet[StudyItem]:
    """The same, newest package first."""
    return items_seen(cooperatives).order_by("-study__adopted_at", "pk").defer(*(f"study__{name}" for name in FILES))


def interventions_seen(cooperatives: Collection[int] | None) -> QuerySet[Intervention]:
    """Proposals, open ones first."""
    rows = Intervention.objects.order_by("dropped_at", "-pk").select_related(
        "cooperative", "part", "workshop__area", "workshop__ikm__area", "area", "ramp"
    )
    return rows if cooperatives is None else rows.filter(cooperative__in=cooperatives)


def bottlenecks_of(run: PlanRun) -> BottleneckRun | None:
    return BottleneckRun.objects.filter(run=run).select_related("job").first()


def bottlenecks_seen(cooperatives: Collection[int] | None) -> QuerySet[BottleneckRun]:
    """With the run's files: proposals read the plan."""
    rows = BottleneckRun.objects.select_related("run__cooperative", "job")
    return rows if cooperatives is None else rows.filter(run__cooperative__in=cooperatives)
