"""A plan made out of another one, kept as a draft beside it: nothing in force changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict
from wadah.catalogue.selectors import parts_below
from wadah.plans.keep import keep, promised_of, ready_of
from wadah.plans.models import PlannedLine, PlannedLot, PlanRun
from wadah.plans.snapshot import Snapshot, line_id
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

LIVE = (PlanRun.Status.DRAFT, PlanRun.Status.PUBLISHED)  # plans that can be mended and edited


def draft_from(run: PlanRun, problem: Problem, plan: Plan, *, by: User) -> PlanRun:
    """Exactly this plan; problem: the run's with other numbers. Inside the caller's transaction.

    Raises Conflict where a row behind the problem is gone since.
    """
    draft = PlanRun.objects.create(
        cooperative=run.cooperative,
        start_on=run.start_on,
        weeks=run.weeks,
        time_limit_seconds=run.time_limit_seconds,
        seed=run.seed,
        promises_read_at=run.promises_read_at,
        stock_read_at=run.stock_read_at,
        change_cost_rupiah_piece=run.change_cost_rupiah_piece,
        based_on=run,
        status=PlanRun.Status.DRAFT,
        created_by=by,
        created_at=now(),
    )
    keep(draft, rows_behind(run, problem), plan, promised_of(run))
    return draft


def rows_behind(run: PlanRun, problem: Problem) -> Snapshot:
    """The rows that a kept problem's ids stand for. Raises Conflict where one is gone since."""
    planned = PlannedLine.objects.filter(run=run).select_related("line__order", "line__part")
    lines = {line_id(row.line): row.line for row in planned}
    lots = PlannedLot.objects.filter(run=run).select_related("workshop", "part")
    workshops = {row.code: row for row in cooperative_workshops(run.cooperative, run.start_on)}
    workshops |= {lot.workshop.code: lot.workshop for lot in lots}
    below = parts_below({line.part_id for line in lines.values()} | {lot.part_id for lot in lots})
    parts = {part.code: part for part in below.values()}
    gone = {row.id for row in problem.parts} - set(parts) | {row.id for row in problem.workshops} - set(workshops)
    gone |= {row.id for row in problem.orders} - set(lines)
    if gone:
        raise Conflict(
            _("%(what)s changed since this plan was made. Plan again first.") % {"what": ", ".join(sorted(gone)[:3])}
        )
    return Snapshot(problem, parts, workshops, lines, ready_of(run))
