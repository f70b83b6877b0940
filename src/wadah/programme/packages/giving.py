"""An intervention as the planner sees it: hours a week, at a workshop that is there or at a new place (G2, G3).

In: rows, a problem, and shares by week. Out: a planning Candidate, or why it gives nothing in this problem.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from wadah.planning.growth import newcomer
from wadah.planning.invest import Candidate
from wadah.planning.invest.ramp import learned, more_hours, new_workshop
from wadah.planning.problem import Capability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.planning.problem import Problem
    from wadah.programme.models import Intervention
    from wadah.register.models import Area

NOT_MEMBER, NOT_ASKED, NO_RATE, TOO_LATE, SAME = "not_member", "not_asked", "no_rate", "too_late", "same"
USUAL_COST_HOUR = 0.0  # rupiah, where nobody in the problem is paid anything


def place_of(row: Intervention) -> str:
    """What a new place is called in the problem: no workshop's code begins with a plus."""
    return f"+{row.pk}"


def candidate_of(row: Intervention, problem: Problem, shares: Sequence[float]) -> Candidate | str:
    """The candidate, or one of the reasons above. row: with part, workshop, its area and its firm's read."""
    if not any(shares):
        return TOO_LATE
    shop = row.workshop.code if row.workshop else ""
    if shop and shop not in problem.workshop:
        return NOT_MEMBER
    base = Candidate(str(row.pk), float(row.cost_rupiah), float(row.floor_m2), group=group_of(row))
    hours = float(row.hours_week)
    if row.part is None:
        return replace(base, hours=(more_hours(shop, hours, shares),))
    if row.part.code not in {part.id for part in problem.parts}:
        return NOT_ASKED
    able = problem.capability.get((row.part.code, shop))
    made = able or rate_of(row, problem)
    if made is None:
        return NO_RATE
    if row.kind in (row.Kind.TRAINING, row.Kind.CERTIFICATE, row.Kind.MENTOR) and able is None:
        return replace(base, capabilities=(learned(replace(made, workshop=shop), hours, shares),))
    if row.kind in (row.Kind.TRAINING, row.Kind.CERTIFICATE):
        return SAME
    place = place_of(row)  # a machine, or what a mentor adds to those who can already: work on this part alone
    return replace(
        base,
        workshops=(new_workshop(place, hours, shares),),
        capabilities=(replace(made, workshop=place, max_per_period=None),),
    )


def area_of(row: Intervention) -> Area | None:
    """The kelurahan it counts for: of the new group, of the workshop, or else of its firm."""
    if row.workshop is None:
        return row.area
    return row.workshop.area or row.workshop.ikm.area


def group_of(row: Intervention) -> str:
    """Its code; "" where that isn't known."""
    area = area_of(row)
    return area.code if area else ""


def rate_of(row: Intervention, problem: Problem) -> Capability | None:
    """How a newcomer would make the part: at the mean of those who can; or at the minutes that somebody entered, and
    the middle pay an hour of all. None where neither is known."""
    assert row.part is not None
    code = row.part.code
    found = newcomer(problem, code) if code in problem.capabilities_of else None
    if row.minutes_piece is None:
        return found
    hours = float(row.minutes_piece) / 60
    if found is not None and found.hours_per_unit > 0:
        return replace(found, hours_per_unit=hours, cost_per_unit=found.cost_per_unit * hours / found.hours_per_unit)
    paid = [k.cost_per_unit / k.hours_per_unit for k in problem.capabilities if k.hours_per_unit > 0]
    return Capability(code, "", hours, cost_per_unit=(median(paid) if paid else USUAL_COST_HOUR) * hours)
