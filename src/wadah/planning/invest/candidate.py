"""One thing that money could be spent on, and a problem in which it has been.

In: a Problem. Out: another (`with_candidates`). What several candidates do to the same row doesn't depend on their
order: hours add up, and of several rates the best holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.planning.problem import Problem
    from wadah.planning.rows import Capability, Workshop

LOWER = ("hours_per_unit", "setup_hours", "setup_cost", "cost_per_unit", "min_lot")


@dataclass(frozen=True, slots=True)
class MoreHours:
    """Regular hours more at a workshop, one number a period."""

    workshop: str
    hours: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """A capability done better: None leaves a figure as it is, and so does one that would be worse."""

    part: str
    workshop: str
    hours_per_unit: float | None = None
    setup_hours: float | None = None
    setup_cost: float | None = None
    cost_per_unit: float | None = None
    min_lot: float | None = None
    yield_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """id, unique; cost: rupiah, ≥ 0; space: m², ≥ 0; group: whose it would be (a kelurahan), "" for nobody's in
    particular; and what it adds: any of the four lists."""

    id: str
    cost: float
    space: float = 0.0
    hours: tuple[MoreHours, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    rates: tuple[Rate, ...] = ()
    group: str = ""


def with_candidates(problem: Problem, chosen: Iterable[Candidate]) -> Problem:
    """The problem with these candidates carried out. Raises ProblemError where rows then contradict each other."""
    picked = list(chosen)
    workshops = [*problem.workshops, *(row for one in picked for row in one.workshops)]
    capabilities = [*problem.capabilities, *(row for one in picked for row in one.capabilities)]
    for more in (more for one in picked for more in one.hours):
        workshops = [longer(row, more) for row in workshops]
    for rate in (rate for one in picked for rate in one.rates):
        capabilities = [better(row, rate) for row in capabilities]
    return replace(problem, workshops=tuple(workshops), capabilities=tuple(capabilities))


def longer(row: Workshop, more: MoreHours) -> Workshop:
    if row.id != more.workshop:
        return row
    return replace(row, hours=tuple(have + extra for have, extra in zip(row.hours, more.hours, strict=True)))


def better(row: Capability, rate: Rate) -> Capability:
    if (row.part, row.workshop) != (rate.part, rate.workshop):
        return row
    lower = {name: min(getattr(row, name), value) for name in LOWER if (value := getattr(rate, name)) is not None}
    return replace(row, **lower, yield_rate=max(row.yield_rate, rate.yield_rate or 0.0))


def only_adds(problem: Problem, candidate: Candidate) -> bool:
    """Whether every plan without it is a plan with it, at no higher cost: then it can never do harm.

    Not so for a better yield (the same lots leave more in stock, to be held or scrapped), for fewer hours a piece
    where hours count towards a target, or for a new workshop with a target of its own.
    """
    owed = {row.id for row in problem.workshops if row.target_hours * row.below_target_cost > 0}
    targets = any(row.target_hours * row.below_target_cost > 0 for row in candidate.workshops)
    rates = any(rate.yield_rate is not None or rate.workshop in owed for rate in candidate.rates)
    return not targets and not rates
