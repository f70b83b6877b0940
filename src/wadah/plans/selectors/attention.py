"""What of the plans waits for a manager: drafts to decide on, promises and lines that the plan in force misses.

Each a constant number of queries, for any number of cooperatives.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from wadah.demand.selectors import lines_open
from wadah.plans.models import PlannedLine, PlanRun
from wadah.plans.offers.promises import kept_in_time
from wadah.plans.selectors.tables import ALMOST_NONE

if TYPE_CHECKING:
    from collections.abc import Collection

    from wadah.demand.models import OrderLine

Status = PlanRun.Status
FILES = ("problem_file", "plan_file")


@dataclass(frozen=True, slots=True)
class InRun:
    """How many of something there are in one run."""

    run: PlanRun
    count: int


def drafts_to_decide(cooperatives: Collection[int]) -> list[PlanRun]:
    """Drafts that are newer than their cooperative's plan in force, newest first, without files. Two queries."""
    rows = PlanRun.objects.filter(cooperative__in=cooperatives)
    force = rows.filter(status=Status.PUBLISHED).values_list("cooperative_id").annotate(last=Max("pk"))
    newest = dict(force.order_by())
    drafts = rows.filter(status=Status.DRAFT).select_related("cooperative").defer(*FILES).order_by("-pk")
    return [run for run in drafts if run.pk > newest.get(run.cooperative_id, 0)]


def runs_in_force(cooperatives: Collection[int]) -> list[PlanRun]:
    """The plans in force of these cooperatives, without files."""
    rows = PlanRun.objects.filter(cooperative__in=cooperatives, status=Status.PUBLISHED)
    return list(rows.select_related("cooperative").defer(*FILES))


def promises_at_risk(cooperatives: Collection[int]) -> list[InRun]:
    """Plans in force that break promises to buyers (offers.promises.promises_broken), most first. Three queries."""
    runs = runs_in_force(cooperatives)
    given: dict[int, list[OrderLine]] = defaultdict(list)
    for line in lines_open(cooperatives).filter(promised_on__isnull=False):
        given[line.order.cooperative_id].append(line)
    planned = PlannedLine.objects.filter(run__in=runs, line__promised_on__isnull=False)
    deliveries = {(run, line): told for run, line, told in planned.values_list("run_id", "line_id", "deliveries")}
    broken = []
    for run in runs:
        lines = [line for line in given[run.cooperative_id] if line.promised_on and line.promised_on >= run.start_on]
        count = sum(not kept_in_time(run, line, deliveries.get((run.pk, line.pk), ())) for line in lines)
        if count:
            broken.append(InRun(run, count))
    return sorted(broken, key=lambda row: -row.count)


def lines_at_risk(cooperatives: Collection[int]) -> list[InRun]:
    """Plans in force with open lines that nothing was promised for and that come late or short, most first. Three
    queries."""
    runs = runs_in_force(cooperatives)
    missing = Q(late__gt=ALMOST_NONE) | Q(short__gt=ALMOST_NONE)
    open_lines = lines_open(cooperatives).filter(promised_on__isnull=True).order_by().values("pk")
    counts: dict[int, int] = defaultdict(int)
    for run in PlannedLine.objects.filter(missing, run__in=runs, line__in=open_lines).values_list("run_id", flat=True):
        counts[run] += 1
    return sorted((InRun(run, counts[run.pk]) for run in runs if counts[run.pk]), key=lambda row: -row.count)
