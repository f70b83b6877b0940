"""Reading plans: each selector a constant number of queries, and plain values that a page can show."""

from wadah.plans.selectors.attention import InRun, drafts_to_decide, lines_at_risk, promises_at_risk
from wadah.plans.selectors.beginning import Beginning, beginning, begun
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
    parts_planned,
    plan_bottlenecks,
    plan_by_part,
    plan_by_workshop,
    plan_lines,
    plan_summary,
    plan_totals,
    workshops_busiest,
)

__all__ = [
    "Beginning",
    "Bottleneck",
    "Cell",
    "Coverage",
    "Gantt",
    "InRun",
    "Lane",
    "PartRow",
    "Summary",
    "WorkshopRow",
    "beginning",
    "begun",
    "cooperative_runs",
    "coverage_total",
    "drafts_to_decide",
    "lines_at_risk",
    "mandate_coverage",
    "newest_plans",
    "order_lines_planned",
    "parts_planned",
    "plan_bottlenecks",
    "plan_by_part",
    "plan_by_workshop",
    "plan_gantt",
    "plan_lines",
    "plan_summary",
    "plan_totals",
    "promises_at_risk",
    "run_obstacles",
    "run_published",
    "run_visible",
    "workshop_lots",
    "workshops_busiest",
]
