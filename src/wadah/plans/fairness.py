"""Who gets how much work in a plan, held against what each member wishes for.

The wish is the member's target hours where the cooperative has a policy; else the regular hours that the member is free
in the weeks of the plan. Only members who may make one of the plan's parts are compared: the others can't get any.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Sum

from wadah.plans.keep import problem_kept
from wadah.plans.models import PlannedLot
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.plans.models import PlanRun

ALMOST_NONE = 1e-6


@dataclass(frozen=True)
class MemberWork:
    """hours: planned, set-ups included; wish: hours; able: may make one of the parts of the plan."""

    code: str
    name: str
    simulated: bool
    hours: float
    wish: float
    able: bool

    @property
    def compared(self) -> bool:
        return self.able and self.wish > ALMOST_NONE

    @property
    def share(self) -> float | None:
        """Work as a share of the wish, 0 or more; None where there is nothing to hold it against."""
        return self.hours / self.wish if self.compared else None


@dataclass(frozen=True)
class Fairness:
    """rows: members, the least work for their wish first, those not compared last; by_policy: the wish is a target;
    key: what the cooperative shares work by today (Cooperative.FairnessKey)."""

    rows: tuple[MemberWork, ...]
    by_policy: bool
    key: str

    @cached_property
    def shares(self) -> list[float]:
        return [row.share for row in self.rows if row.share is not None]

    @property
    def without_work(self) -> int:
        """Members compared who get none."""
        return sum(share <= ALMOST_NONE for share in self.shares)

    @cached_property
    def gini(self) -> float:
        return gini(self.shares)


def plan_fairness(run: PlanRun) -> Fairness:
    """Every member of a plan; two queries."""
    problem = problem_kept(run)
    hours: dict[str, float] = defaultdict(float)
    members = cooperative_workshops(run.cooperative, run.start_on).values_list("code", "name", "simulated")
    rows = {code: (name, simulated) for code, name, simulated in members}
    summed = PlannedLot.objects.filter(run=run).order_by().values("workshop").annotate(worked=Sum("hours"))
    columns = ("workshop__code", "workshop__name", "workshop__simulated", "worked")
    for code, name, simulated, worked in summed.values_list(*columns):
        hours[code] = worked
        rows[code] = (name, simulated)
    able = {row.workshop for row in problem.capabilities}
    by_policy = any(row.target_hours > ALMOST_NONE for row in problem.workshops)
    compared = [
        MemberWork(
            code=row.id,
            name=rows[row.id][0] if row.id in rows else "",
            simulated=row.id in rows and rows[row.id][1],
            hours=hours[row.id],
            wish=row.target_hours if by_policy else sum(row.hours),
            able=row.id in able,
        )
        for row in problem.workshops
    ]
    return Fairness(tuple(sorted(compared, key=standing)), by_policy, run.cooperative.fairness_key)


def standing(row: MemberWork) -> tuple[bool, float, str]:
    return row.share is None, row.share or 0.0, row.code


def gini(shares: Sequence[float]) -> float:
    """How unevenly shares (≥ 0) are spread: 0 all alike … towards 1 where one has everything; 0 for none at all."""
    total, count = sum(shares), len(shares)
    if total <= ALMOST_NONE:
        return 0.0
    weighted = sum(place * share for place, share in enumerate(sorted(shares), start=1))
    return max(0.0, 2.0 * weighted / (count * total) - (count + 1) / count)
