"""What members said since a draft was made: promises that it doesn't hold, and pieces that it counts on in vain.

A draft knows what was said up to PlanRun.promises_read_at. Put into force without a later promise it would ask for the
same pieces again (docs/work.md W14), so it can't be; what won't come is mended afterwards, as of any plan in force.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.base.clock import monday, today
from wadah.catalogue.models import Part
from wadah.plans.models import PlannedLot, PlanRun
from wadah.plans.repairing.rules import Basis
from wadah.plans.rules import Horizon
from wadah.plans.selectors import run_published
from wadah.register.selectors import cooperative_workshops
from wadah.work.models import Disruption, WorkOrder
from wadah.work.selectors.mending import LOSSES, disruptions_open, promised
from wadah.work.words import WorkOrderKind, WorkOrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wadah.register.models import Workshop

    Key = tuple[str, str, date]  # part, workshop, Monday

CRUMB = 1e-6  # pieces


@dataclass(frozen=True, slots=True)
class NotHeld:
    """pieces that a workshop promised for the week of a Monday, and those of them that the draft has there."""

    part: Part
    workshop: Workshop
    week: date
    pieces: float
    planned: float


@dataclass(frozen=True, slots=True)
class Since:
    """not_held: promises, the earliest week first; lost: what won't come, to be mended."""

    not_held: tuple[NotHeld, ...] = ()
    lost: tuple[Disruption, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.not_held or self.lost)


def answers_since(run: PlanRun) -> Since:
    """Of a draft; nothing of any other run. Eleven queries at most."""
    if run.status != PlanRun.Status.DRAFT:
        return Since()
    rows = disruptions_open(run.cooperative).filter(kind__in=LOSSES)
    if run.promises_read_at is not None:
        rows = rows.filter(made_at__gt=run.promises_read_at)
    return Since(tuple(promises_not_held(run)), tuple(rows))


def promises_not_held(run: PlanRun) -> Iterator[NotHeld]:
    """Promises that a draft has fewer pieces of than were given, by members who are in it."""
    lacking = lacking_in(run)
    shops = cooperative_workshops(run.cooperative, run.start_on).filter(code__in={key[1] for key in lacking})
    workshops = {row.code: row for row in shops} if lacking else {}
    parts = {row.code: row for row in Part.objects.filter(code__in={key[0] for key in lacking})} if lacking else {}
    for (part, workshop, week), (pieces, planned) in sorted(lacking.items(), key=lambda row: (row[0][2], row[0])):
        if workshop in workshops:
            yield NotHeld(parts[part], workshops[workshop], week, pieces, planned)


def lacking_in(run: PlanRun) -> dict[Key, tuple[float, float]]:
    """Pieces promised, and those planned where they are fewer."""
    given = promises_of(run)
    planned = lots_of(run)
    lacking = {key: (pieces, planned.get(key, 0.0)) for key, pieces in given.items()}
    lacking = {key: row for key, row in lacking.items() if row[0] > row[1] + CRUMB}
    force = run_published(run.cooperative) if lacking else None
    if force is not None and force.stock_read_at == run.stock_read_at:  # an edited draft of it: no worse will do
        held = lots_of(force)
        lacking = {key: row for key, row in lacking.items() if min(row[0], held.get(key, 0.0)) > row[1] + CRUMB}
    return lacking


def promises_of(run: PlanRun) -> dict[Key, float]:
    """What was promised for the weeks of a draft from this one on, as it would count it; and for weeks before it, what
    it couldn't know of."""
    week, basis = monday(today()), Basis(run.start_on, run.stock_read_at)
    end = Horizon(run.start_on, run.weeks).end
    given: dict[Key, float] = defaultdict(float)
    for place in promised(run.cooperative, week, basis, run):
        if place.week < end:
            given[place.part, place.workshop, place.week] += place.pieces
    if basis.read_at is not None:
        rows = WorkOrder.objects.filter(
            cooperative=run.cooperative_id, made_at__gt=basis.read_at, promise_week__lt=run.start_on
        )
        rows = rows.exclude(kind=WorkOrderKind.TRIAL).exclude(status=WorkOrderStatus.CANCELLED)
        columns = ("part__code", "workshop__code", "promise_week", "pieces", "given_up")
        for part, workshop, of_week, pieces, given_up in rows.values_list(*columns):
            given[part, workshop, of_week] += float(pieces - given_up)
    return {key: pieces for key, pieces in given.items() if pieces > CRUMB}


def lots_of(run: PlanRun) -> dict[Key, float]:
    """Pieces that a plan starts, by part, workshop and Monday. One query."""
    horizon = Horizon(run.start_on, run.weeks)
    columns = PlannedLot.objects.filter(run=run).values_list("part__code", "workshop__code", "period", "quantity")
    return {(part, workshop, horizon.monday(t)): pieces for part, workshop, t, pieces in columns}
