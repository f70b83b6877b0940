"""Reading the lines that a plan misses and what was found about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.plans.models import PlanAnswer, PlannedLine
from wadah.plans.snapshot import line_id

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.plans.models import PlanRun


def run_lines(run: PlanRun) -> QuerySet[PlannedLine]:
    """The order lines of a plan with what a page says of them."""
    return PlannedLine.objects.filter(run=run).select_related(
        "run", "run__cooperative", "line", "line__part", "line__order", "line__order__buyer"
    )


def ways_answer(line: PlannedLine) -> PlanAnswer | None:
    """What was asked about a line, finished or not; None where nobody asked."""
    rows = PlanAnswer.objects.filter(run=line.run, question=PlanAnswer.Question.WAYS, about=line_id(line.line))
    return rows.select_related("job").defer("plans_file").first()
