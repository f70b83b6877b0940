"""Reading the edits of a plan, what they came to, and what an edit is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.base.clock import today
from wadah.plans.drafts import LIVE
from wadah.plans.edits.rules import Edit, mark
from wadah.plans.keep import problem_kept
from wadah.plans.models import PlanAnswer, PlanEdit, PlannedLot, PlanRun
from wadah.plans.rules import Horizon
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from wadah.register.models import Workshop


def run_edits(run: PlanRun) -> list[PlanEdit]:
    """All edits of a plan, those taken back too, oldest first; an edit's number on pages is its place here, from 1."""
    rows = PlanEdit.objects.filter(run=run).select_related("part", "workshop", "to_workshop", "made_by")
    return list(rows.order_by("id"))


def standing(rows: Iterable[PlanEdit]) -> list[PlanEdit]:
    return [row for row in rows if row.undone_at is None]


def plain(row: PlanEdit) -> Edit:
    """The edit by codes."""
    return Edit(
        kind=row.kind,
        workshop=row.workshop.code,
        part=row.part.code if row.part else "",
        first=row.first_period,
        last=row.last_period,
        quantity=row.quantity,
        to_workshop=row.to_workshop.code if row.to_workshop else "",
        to_period=row.to_period,
    )


def now_in(run: PlanRun) -> int:
    """The period of today in a plan: 0 before it begins, its number of weeks once it is over."""
    return min(max(0, Horizon(run.start_on, run.weeks).period(today())), run.weeks)


def edits_mark(run: PlanRun, rows: Iterable[PlanEdit]) -> str:
    """The mark of those edits that hold."""
    return mark(map(plain, standing(rows)), now_in(run))


def edits_answer(run: PlanRun, about: str) -> PlanAnswer | None:
    """What the edits with this mark come to, worked out or not; None where nobody asked."""
    rows = PlanAnswer.objects.filter(run=run, question=PlanAnswer.Question.EDITS, about=about)
    return rows.select_related("job").defer("plans_file").first()


def edits_draft(run: PlanRun, answer: PlanAnswer | None) -> PlanRun | None:
    """The draft that these very edits were made, while it is one or in force."""
    made = answer.result.get("draft") if answer is not None and answer.result else None
    return PlanRun.objects.filter(based_on=run, pk=made, status__in=LIVE).defer("problem_file", "plan_file").first()


def lots_to_edit(run: PlanRun) -> QuerySet[PlannedLot]:
    """The lots of a plan with what a page says of them."""
    return PlannedLot.objects.filter(run=run).select_related("part", "workshop")


def workshops_to_edit(run: PlanRun) -> QuerySet[Workshop]:
    """The members' workshops on the first day of a plan."""
    return cooperative_workshops(run.cooperative, run.start_on)


def part_makers(run: PlanRun, part: str) -> list[Workshop]:
    """Workshops that may make a part in this plan, by code; one query beside the plan's own file."""
    codes = [row.workshop for row in problem_kept(run).capabilities_of.get(part, ())]
    return list(workshops_to_edit(run).filter(code__in=codes).order_by("code"))


def workshop_parts(run: PlanRun, workshop: Workshop) -> list[str]:
    """Codes of the parts that a workshop may make in this plan."""
    return sorted(row.part for row in problem_kept(run).capabilities if row.workshop == workshop.code)
