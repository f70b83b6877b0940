"""Reading plans: each selector a constant number of queries, and plain values that a page can show."""

from wadah.plans.selectors.coverage import Coverage, coverage_total, mandate_coverage
from wadah.plans.selectors.gantt import Cell, Gantt, Lane, plan_gantt
from wadah.plans.selectors.runs import (
    cooperative_runs,
    newest_plans,
    order_lines_planned,
    run_obstacles,
    run_published,
    run_visible,
    workshop_lots,
)
from wadah.plans.selectors.tables import (
    Bottleneck,
    PartRow,
    Summary,
    WorkshopRow,
    plan_bottlenecks,
    plan_by_part,
    plan_by_workshop,
    plan_lines,
    plan_summary,
)

__all__ = [
    "Bottleneck",
    "Cell",
    "Coverage",
    "Gantt",
    "Lane",
    "PartRow",
    "Summary",
    "WorkshopRow",
    "cooperative_runs",
    "coverage_total",
    "mandate_coverage",
    "newest_plans",
    "order_lines_planned",
    "plan_bottlenecks",
    "plan_by_part",
    "plan_by_workshop",
    "plan_gantt",
    "plan_lines",
    "plan_summary",
    "run_obstacles",
    "run_published",
    "run_visible",
    "workshop_lots",
]
