"""Which one skill would open most orders: by the plan's prices, and by planning again with a newcomer (G5).

In: a plan that is kept. Out: rows for the page, kept with the run, worked out in the background.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict
from wadah.base.history import history_record
from wadah.base.jobs import JobRun, job, job_queue
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.run import Listener, planner_ready
from wadah.programme.models import BottleneckRun

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.planning.growth import Growth, SkillPrice
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.plans.models import PlanRun

JOB = "programme.bottlenecks"
HOURS_WEEK = 8
MOST_SKILLS = 10
SECONDS = 60.0
PRICE_SECONDS = 20.0
LEAST_PRICE = 1.0  # rupiah an hour


@transaction.atomic
def bottlenecks_ask(*, run: PlanRun, by: User | None) -> BottleneckRun:
    """Have them worked out for a plan; an answer that stands or is on its way is given back as it is.

    Raises Conflict where the run has no plan.
    """
    if not run.has_plan:
        raise Conflict(_("This plan has no result yet. Wait for it, then ask again."))
    row, _made = BottleneckRun.objects.select_for_update().get_or_create(
        run=run, defaults={"hours_week": HOURS_WEEK, "asked_by": by, "asked_at": now()}
    )
    if row.result is None and not row.is_working:
        row.job = job_queue(name=JOB, payload={"bottlenecks": row.pk}, key=f"bottlenecks-{row.pk}")
        row.asked_by, row.asked_at = by, now()
        row.save(update_fields=["job", "asked_by", "asked_at"])
        history_record(user=by, act="bottlenecks_ask", row=row)
    return row


@job(JOB)
def bottlenecks_carry_out(job_run: JobRun) -> None:
    """Price every skill, then plan again with a newcomer for the dearest ones."""
    from wadah.planning.growth import grow, skill_prices, with_prices  # scipy and the solver load when they are needed

    row = BottleneckRun.objects.select_related("run").get(pk=job_run.payload["bottlenecks"])
    planner_ready(job_run, lambda _stage: None)
    problem, plan = problem_kept(row.run), plan_kept(row.run)
    plan = with_prices(problem, plan, PRICE_SECONDS)
    skills = tuple(one for one in skill_prices(problem, plan) if one.mean >= LEAST_PRICE)[:MOST_SKILLS]
    grown = grow(problem, plan, skills, hours=float(row.hours_week), time_limit=SECONDS, should_stop=Listener(job_run))
    with job_run.effect():
        row.result = {"skills": told(skills, grown), "nobody": unmade(problem, plan), "weeks": problem.periods}
        row.save(update_fields=["result"])


def told(skills: tuple[SkillPrice, ...], grown: tuple[Growth, ...]) -> list[dict[str, Any]]:
    """One row a skill: those planned again first, most saved first; figures over the plan's weeks."""
    found = {one.part: one for one in grown}
    price = {one.part: one for one in skills}
    order = [one.part for one in grown] + [one.part for one in skills if one.part not in found]
    return [row_of(price[part], found.get(part)) for part in order]


def row_of(skill: SkillPrice, grown: Growth | None) -> dict[str, Any]:
    """worth_hour: rupiah, a mean over the weeks; saved, most, promised: rupiah planned again, at most, by prices."""
    row: dict[str, Any] = {
        "part": skill.part,
        "worth_hour": round(skill.mean),
        "makers": skill.makers,
        "hours": round(sum(skill.hours), 1),
        "used": round(sum(skill.used), 1),
    }
    if grown is None:
        return row
    return row | {
        "saved": round(grown.saved),
        "most": round(grown.most),
        "promised": round(grown.price),
        "late": round(grown.late, 2),
        "short": round(grown.short, 2),
        "worked": round(grown.worked, 1),
        "jobs": round(grown.jobs, 2),
        "settled": grown.settled,
    }


def unmade(problem: Problem, plan: Plan) -> list[dict[str, Any]]:
    """Parts that orders need and nobody can make: pieces that the orders, never delivered, would take of them."""
    bom = {part.id: dict(part.bom) for part in problem.parts}
    short = dict(plan.short)
    wanted: dict[str, float] = {}
    for order in problem.orders:
        for part, pieces in needs(bom, order.part, short.get(order.id, 0.0)).items():
            wanted[part] = wanted.get(part, 0.0) + pieces
    stock = {part.id: part.stock for part in problem.parts}
    able = set(problem.capabilities_of)
    found = {part: pieces - stock[part] for part, pieces in wanted.items() if part not in able}
    return [
        {"part": part, "pieces": round(pieces, 2)}
        for part, pieces in sorted(found.items(), key=lambda row: (-row[1], row[0]))
        if pieces > 0
    ]


def needs(bom: dict[str, dict[str, float]], part: str, pieces: float) -> dict[str, float]:
    """Pieces of the part and of all that goes into it. A bill of materials has no circle, the problem holds that."""
    if pieces <= 0:
        return {}
    found = {part: pieces}
    for component, quantity in bom[part].items():
        for name, more in needs(bom, component, pieces * quantity).items():
            found[name] = found.get(name, 0.0) + more
    return found
