"""Which runs there are, and what a plan says of one order or one workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.obstacles import obstacles_in, sentence
from wadah.plans.keep import plan_kept
from wadah.plans.models import PlannedLine, PlannedLot, PlanRun

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.demand.models import Order
    from wadah.planning.violation import Language
    from wadah.register.models import Cooperative

Status = PlanRun.Status
FILES = ("problem_file", "plan_file")


def cooperative_runs(cooperative: Cooperative) -> QuerySet[PlanRun]:
    """A cooperative's runs, newest first, without their files."""
    return PlanRun.objects.filter(cooperative=cooperative).defer(*FILES).select_related("job", "created_by")


def run_visible(cooperatives: Collection[int] | None) -> QuerySet[PlanRun]:
    """Runs of these cooperatives (None: of any), with their files."""
    rows = PlanRun.objects.select_related("cooperative", "job", "created_by")
    return rows if cooperatives is None else rows.filter(cooperative__in=cooperatives)


def run_published(cooperative: Cooperative) -> PlanRun | None:
    """The plan in force."""
    return cooperative_runs(cooperative).filter(status=Status.PUBLISHED).first()


def run_obstacles(run: PlanRun, language: Language) -> list[str]:
    """What stands in the way of any plan, a sentence each with the way out, for a run whose result is "infeasible".

    Read from the plan file, which holds all of it; from the row, cut at 400 characters, where no file was kept.
    """
    stopped = plan_kept(run).stopped if run.has_plan else run.stopped
    return [sentence(code, fields, language) for code, fields in obstacles_in(stopped)]


def newest_plans() -> list[PlanRun]:
    """Of each cooperative the plan in force, or its newest draft where none is; by cooperative, without files."""
    rows = (
        PlanRun.objects.filter(status__in=[Status.PUBLISHED, Status.DRAFT]).select_related("cooperative").defer(*FILES)
    )
    chosen: dict[int, PlanRun] = {}
    for run in rows.order_by("id"):
        held = chosen.get(run.cooperative_id)
        if held is None or held.status == Status.DRAFT or run.status == Status.PUBLISHED:
            chosen[run.cooperative_id] = run
    return sorted(chosen.values(), key=lambda run: run.cooperative.name)


def order_lines_planned(order: Order) -> dict[int, PlannedLine]:
    """By order line: what becomes of it in the plan in force, or in the newest draft where none is in force."""
    runs = PlanRun.objects.filter(cooperative=order.cooperative_id, status__in=[Status.PUBLISHED, Status.DRAFT])
    for status in (Status.PUBLISHED, Status.DRAFT):
        run = runs.filter(status=status).order_by("-id").defer(*FILES).first()
        if run is not None:
            lines = PlannedLine.objects.filter(run=run, line__order=order).select_related("run", "assigned_to")
            return {line.line_id: line for line in lines.defer("run__problem_file", "run__plan_file")}
    return {}


def workshop_lots(workshops: Collection[int]) -> QuerySet[PlannedLot]:
    """Lots of these workshops in the plans in force, by week."""
    lots = PlannedLot.objects.filter(workshop__in=workshops, run__status=Status.PUBLISHED)
    lots = lots.select_related("part", "workshop", "run", "run__cooperative").defer(
        "run__problem_file", "run__plan_file"
    )
    return lots.order_by("run__start_on", "period", "part__code")
