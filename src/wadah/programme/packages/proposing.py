"""Proposals from prices: for one skill, or from the dearest ones, what could be done, for whom, and with what (G4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Conflict, Refused
from wadah.catalogue.models import Part
from wadah.plans.keep import plan_kept, problem_kept
from wadah.programme.models import Intervention
from wadah.programme.packages.interventions import intervention_add
from wadah.register.models import Area
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from wadah.accounts.models import User
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.programme.models import BottleneckRun
    from wadah.register.models import Workshop

Kind = Intervention.Kind
PUPILS = 2  # workshops that would be taught a skill
SKILLS = 4  # dearest ones, when proposals are asked for all at once


@transaction.atomic
def propose(*, bottlenecks: BottleneckRun, by: User, part: str = "") -> list[Intervention]:
    """Interventions for one skill (a part's code), or for the dearest SKILLS; those proposed already are left as is.

    Training for the members with most hours to spare, a machine and floor space for who makes most of it now, and a new
    group where fewest members work. Raises Refused where nothing is known to propose, Conflict before the answer.
    """
    if bottlenecks.result is None:
        raise Conflict(_("The bottlenecks aren't worked out yet."))
    codes = [row["part"] for row in bottlenecks.result["skills"]]
    codes += [row["part"] for row in bottlenecks.result["nobody"]]
    wanted = [part] if part in codes else codes[:SKILLS] if not part else []
    if not wanted:
        raise Refused(_("The plan's prices point at no skill: nothing is late or short for want of hours."))
    run, worth = bottlenecks.run, {row["part"]: row["worth_hour"] for row in bottlenecks.result["skills"]}
    members = list(cooperative_workshops(run.cooperative, run.start_on).select_related("area", "ikm"))
    parts = Part.objects.in_bulk(wanted, field_name="code")
    found = Found(problem_kept(run), plan_kept(run), members)
    made = []
    for code in wanted:
        for words in found.for_skill(code):
            words |= {"proposed_from": run, "worth_rupiah_hour": worth.get(code), "by": by}
            made += added(cooperative=run.cooperative, part=parts[code], **words)
    return made


def added(**words: Any) -> list[Intervention]:
    """The proposal, or nothing where the same is proposed already."""
    try:
        with transaction.atomic():
            return [intervention_add(**words)]
    except Conflict:
        return []


class Found:
    """Who could be helped, as the plan knows them."""

    def __init__(self, problem: Problem, plan: Plan, members: Iterable[Workshop]) -> None:
        self.problem = problem
        self.member = {row.code: row for row in members}
        self.used = spent_hours(problem, plan)

    def for_skill(self, code: str) -> list[dict[str, Any]]:
        """Keyword arguments of intervention_add, but for part and cooperative."""
        able = [row.workshop for row in self.problem.capabilities_of.get(code, ()) if row.workshop in self.member]
        free = sorted((name for name in self.member if name not in able), key=lambda name: (-self.spare(name), name))
        rows: list[dict[str, Any]] = [
            {"kind": Kind.TRAINING, "workshop": self.member[name]} for name in free[:PUPILS] if self.spare(name) > 0
        ]
        for name in sorted(able, key=lambda name: (-self.used.get((code, name), 0.0), name))[:1]:
            rows.append({"kind": Kind.MACHINE, "workshop": self.member[name]})
            rows.append({"kind": Kind.FLOOR, "workshop": self.member[name]})
        area = self.least_served()
        return rows if area is None else [*rows, {"kind": Kind.NEW_GROUP, "area": area}]

    def spare(self, name: str) -> float:
        """Regular hours that the plan leaves free."""
        row = self.problem.workshop.get(name)
        if row is None:
            return 0.0
        return sum(row.hours) - sum(hours for (_part, shop), hours in self.used.items() if shop == name)

    def least_served(self) -> Area | None:
        """The kelurahan of the members' city with fewest of its members, the first by code of those."""
        count: dict[int, int] = {}
        for row in self.member.values():
            key = row.area_id or row.ikm.area_id
            if key is not None:
                count[key] = count.get(key, 0) + 1
        areas = Area.objects.filter(kind=Area.Kind.KELURAHAN).order_by("code")
        return min(areas, key=lambda area: (count.get(area.pk, 0), area.code), default=None)


def spent_hours(problem: Problem, plan: Plan) -> dict[tuple[str, str], float]:
    """Hours by part and workshop over the plan's weeks, set-ups included."""
    spent: dict[tuple[str, str], float] = {}
    for part, shop, _period, pieces in plan.make:
        row = problem.capability.get((part, shop))
        if pieces > 0 and row is not None:
            hours = row.hours_per_unit * pieces + row.setup_hours
            spent[part, shop] = spent.get((part, shop), 0.0) + hours
    return spent
