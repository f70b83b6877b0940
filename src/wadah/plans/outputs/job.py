"""Working out, in the background, how many of each offered part a cooperative can make; a few parts at a time.

Two figures a part, both reached by a refereed plan and each with a bound that no plan passes:

- a week: if nothing else were asked, in the fullest week of the next half year (planning.weekly);
- this month: ready by the end of the fourth week from this one, in hours that the plan in force leaves free, nothing
  that is promised moved (planning.promise). Nobody can say while confirmed orders wait for a first plan.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.jobs import JobRun, job, job_queue
from wadah.demand.selectors import parts_offered
from wadah.planning.problem import Order
from wadah.planning.promise import promise
from wadah.planning.weekly import Weekly, full_week, weekly_most
from wadah.plans.models import PartOutput
from wadah.plans.offers.books import book_open
from wadah.plans.rules import Horizon
from wadah.plans.run import Heartbeat, planner_ready
from wadah.plans.selectors import run_published
from wadah.plans.snapshot import problem_of
from wadah.register.models import Cooperative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.catalogue.models import Part
    from wadah.plans.offers.books import OpenBook

JOB = "plans.outputs"
AT_ONCE = 3  # parts a job, so that a plan that somebody asks for waits for seconds
WEEKS = 26
MONTH_WEEKS = 4
SECONDS, UNHURRIED = 3.0, 15.0  # a figure; the second only where the first leaves too much open
SETTLED = 0.95  # a figure that reaches this share of its bound says enough
ASKED = "?"


@job(JOB)
def outputs_carry_out(job_run: JobRun) -> None:
    """Work out the next parts of the cooperative that the job names, and queue those after them."""

    cooperative = Cooperative.objects.get(pk=job_run.payload["cooperative"])
    after = job_run.payload["after"]
    offered = parts_offered(Cooperative.objects.filter(pk=cooperative.pk))
    parts = sorted((row.part for row in offered), key=lambda part: part.pk)
    planner_ready(job_run, lambda _stage: None)
    rows = outputs(cooperative, parts[after : after + AT_ONCE], Heartbeat(job_run))
    with job_run.effect():
        if after == 0:
            PartOutput.objects.filter(cooperative=cooperative).exclude(part__in=parts).delete()
        for row in rows:
            PartOutput.objects.filter(cooperative=cooperative, part=row.part).delete()
            row.save(force_insert=True)
        if after + AT_ONCE < len(parts):
            queue(cooperative.pk, after + AT_ONCE)


def queue(cooperative_id: int, after: int) -> None:
    """Have the parts from the one at `after` on worked out; asked twice, it is done once."""
    payload = {"cooperative": cooperative_id, "after": after}
    job_queue(name=JOB, payload=payload, key=f"part-outputs-{cooperative_id}-{after}")


def outputs(cooperative: Cooperative, parts: Sequence[Part], beat: Heartbeat) -> list[PartOutput]:
    """The figures of some parts as they stand today; not saved."""
    if not parts:
        return []
    snapshot = problem_of(cooperative, today(), WEEKS, parts=parts)
    problem = snapshot.problem
    bought = {code for code, part in snapshot.parts.items() if part.supply == "bought"}
    period = full_week(problem)
    week_on = Horizon(problem.calendar.start, problem.periods).monday(period)
    opened, force = book_of(cooperative, parts), run_published(cooperative)
    rows = []
    for part in parts:
        beat()
        week = unhurried(partial(weekly_most, problem, part.code, period=period, bought=bought))
        row = PartOutput(cooperative=cooperative, part=part, week_on=week_on, worked_out_at=now())
        row.run = force
        row.week_quantity, row.week_bound = week.quantity, max(week.bound, week.quantity)
        if opened is not None:
            row.month_until = opened.last_day(last_period(opened))
            beat()
            month = this_month(opened, part, week)
            row.month_quantity, row.month_bound = month.quantity, max(month.quantity, month.bound)
        rows.append(row)
    return rows


def book_of(cooperative: Cooperative, parts: Sequence[Part]) -> OpenBook | None:
    """The book that questions are put to; None where it can't be opened before somebody makes a plan."""
    try:
        return book_open(cooperative, parts, today() + timedelta(weeks=MONTH_WEEKS - 1))
    except Refused:
        return None


def last_period(opened: OpenBook) -> int:
    return min(opened.now + MONTH_WEEKS, opened.book.problem.periods) - 1


def this_month(opened: OpenBook, part: Part, week: Weekly) -> Weekly:
    """Pieces ready by the end of the month, and the bound: at most what the weeks give, and what lies at the hub."""
    last = last_period(opened)
    asked = float(ceil(MONTH_WEEKS * week.bound + opened.book.problem.part[part.code].stock))
    if asked <= 0:
        return Weekly(0.0, 0.0, last)
    alone = any(row.part == part.code and row.single_source for row in opened.book.problem.orders)
    order = Order(ASKED, part.code, asked, last, None, earliest=opened.now, single_source=alone)
    book = opened.supplied({part.code: asked}).book

    def most(time_limit: float) -> Weekly:
        firm = promise(book, order, time_limit=time_limit, may_move=False).firm
        return Weekly(firm.most.quantity if firm.most else 0.0, min(asked, firm.most_bound), last)

    return unhurried(most)


def unhurried(most: Callable[..., Weekly]) -> Weekly:
    """The figure; where it was far from its bound, once more with time: the better of the two."""
    first = most(time_limit=SECONDS)
    if first.quantity >= SETTLED * first.bound:
        return first
    again = most(time_limit=UNHURRIED)
    return Weekly(max(first.quantity, again.quantity), min(first.bound, again.bound), first.period)
