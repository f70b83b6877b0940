"""Reading what a repair comes to, and the order lines that a stale one is told by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.demand.selectors import lines_to_plan
from wadah.plans.edits.selectors import now_in
from wadah.plans.models import PlanAnswer
from wadah.plans.repairing.rules import mark
from wadah.plans.snapshot import line_id

if TYPE_CHECKING:
    from wadah.plans.models import PlanRun
    from wadah.plans.repairing.rules import Asked
    from wadah.register.models import Cooperative


def repair_mark(run: PlanRun, asked: Asked) -> str:
    """The mark of what is known, for this plan today."""
    return mark(asked, now_in(run))


def repair_answer(run: PlanRun, about: str) -> PlanAnswer | None:
    """What mending with this mark comes to, worked out or not; None where nobody asked."""
    rows = PlanAnswer.objects.filter(run=run, question=PlanAnswer.Question.REPAIR, about=about)
    return rows.select_related("job").defer("plans_file").first()


def repair_lines(cooperative: Cooperative) -> tuple[str, ...]:
    """Open order lines with all that a plan must know of them, a text each. One query."""
    return tuple(
        f"{line_id(line)} {line.part_id} {line.outstanding.normalize():f} {line.due_on} {line.promised_on}"
        for line in lines_to_plan(cooperative)
    )
