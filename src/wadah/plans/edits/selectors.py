"""Reading the edits of a plan, what they came to, and what an edit is held against."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.base.clock import today
from wadah.catalogue.models import Part
from wadah.plans.drafts import LIVE
from wadah.plans.edits.rules import Edit, mark
from wadah.plans.keep import problem_kept
from wadah.plans.models import PlanAnswer, PlanEdit, PlannedLot, PlanRun
from wadah.plans.rules import Horizon
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from wadah.planning.problem import Problem
    from wadah.register.models import Workshop


def edits_of(run: PlanRun) -> QuerySet[PlanEdit]:
    """All edits of a plan, those taken back too, oldest first."""
    rows = PlanEdit.objects.filter(run=run).select_related("run", "part", "workshop", "to_workshop", "made_by")
    return rows.defer("run__problem_file", "run__plan_file").order_by("id")


def run_edits(run: PlanRun) -> list[PlanEdit]:
    """The same in a list; an edit's number on pages is its place here, from 1."""
    return list(edits_of(run))


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
    if made is None:
        return None
    return PlanRun.objects.filter(based_on=run, pk=made, status__in=LIVE).defer("problem_file", "plan_file").first()


def lots_to_edit(run: PlanRun) -> QuerySet[PlannedLot]:
    """The lots of a plan with what a page says of them."""
    return PlannedLot.objects.filter(run=run).select_related("part", "workshop")


def workshops_to_edit(run: PlanRun) -> QuerySet[Workshop]:
    """The members' workshops on the first day of a plan."""
    return cooperative_workshops(run.cooperative, run.start_on).order_by("code")


@dataclass(frozen=True)
class Maker:
    """A workshop that may make a part in a plan; free: hours that the plan leaves it in one week, overtime included."""

    workshop: Workshop
    free: float


def part_makers(run: PlanRun, part: str, period: int) -> list[Maker]:
    """Who may make a part in this plan, those with most free hours in a week first. Two queries."""
    problem = problem_kept(run)
    codes = [row.workshop for row in problem.capabilities_of.get(part, ())]
    used: dict[str, float] = defaultdict(float)
    for code, hours in PlannedLot.objects.filter(run=run, period=period).values_list("workshop__code", "hours"):
        used[code] += hours
    makers = [Maker(row, free_in(problem, row.code, period, used[row.code])) for row in workshops_in(run, codes)]
    return sorted(makers, key=lambda maker: (-maker.free, maker.workshop.code))


def free_in(problem: Problem, code: str, period: int, used: float) -> float:
    row = problem.workshop[code]
    return max(0.0, row.hours[period] + row.overtime_hours[period] - used)


def workshops_in(run: PlanRun, codes: Iterable[str]) -> QuerySet[Workshop]:
    return cooperative_workshops(run.cooperative, run.start_on).filter(code__in=list(codes))


def workshop_parts(run: PlanRun, workshop: Workshop) -> list[Part]:
    """The parts that a workshop may make in this plan, by code. One query."""
    codes = [row.part for row in problem_kept(run).capabilities if row.workshop == workshop.code]
    return list(Part.objects.filter(code__in=codes).order_by("code"))
