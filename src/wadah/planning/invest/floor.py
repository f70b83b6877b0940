"""A fairness floor under a package: how many groups (kelurahan) get something, and what named ones get at least.

In: candidates with groups. Out: whether a package stands on the floor, and the cheapest that does within the limits.
Both parts of a floor only grow with what is chosen: where everything open doesn't reach it, nothing less does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from wadah.planning.errors import PlanningError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.planning.invest.candidate import Candidate

ALMOST = 1 + 1e-12  # of a limit, in which sums of many amounts still count as within


class FloorOutOfReach(PlanningError):
    """No set of the candidates stands on the floor within budget and space."""


@dataclass(frozen=True, slots=True)
class Floor:
    """least_groups: so many different groups get something (a candidate without a group counts for none); least_each:
    (group, rupiah): what the package spends in that group at least."""

    least_groups: int = 0
    least_each: tuple[tuple[str, float], ...] = ()

    def met(self, chosen: Iterable[Candidate]) -> bool:
        spent: dict[str, float] = {}
        for one in chosen:
            spent[one.group] = spent.get(one.group, 0.0) + one.cost
        groups = len(spent.keys() - {""})
        return groups >= self.least_groups and all(spent.get(group, 0.0) >= due for group, due in self.least_each)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package has to keep to: rupiah, m², and the floor under it."""

    budget: float
    space: float = math.inf
    floor: Floor = Floor()

    def fits(self, chosen: Iterable[Candidate]) -> bool:
        """Within budget and space."""
        picked = list(chosen)
        cost, space = sum(one.cost for one in picked), sum(one.space for one in picked)
        return cost <= self.budget * ALMOST and space <= self.space * ALMOST

    def completed(self, candidates: Sequence[Candidate], chosen: frozenset[int]) -> frozenset[int] | None:
        """The cheapest set of numbers that holds `chosen`, fits and stands on the floor; None where there is none.

        Exact: sets are built group by group, and one is dropped only for another that costs and fills no more and
        reaches at least as many groups.
        """
        picked = [candidates[i] for i in chosen]
        if not self.fits(picked):
            return None
        if self.floor.met(picked):
            return chosen
        states = [Partial(0, sum(one.cost for one in picked), sum(one.space for one in picked), frozenset())]
        for group in sorted({one.group for one in candidates} - {""} | {name for name, _ in self.floor.least_each}):
            members = [i for i, one in enumerate(candidates) if one.group == group]
            options = self.options(candidates, members, chosen, dict(self.floor.least_each).get(group, 0.0))
            states = self.best_of(state.with_(option) for state in states for option in options)
        enough = [state for state in states if state.groups >= self.floor.least_groups]
        return chosen | min(enough, key=lambda row: (row.cost, row.space, sorted(row.added))).added if enough else None

    def options(
        self, candidates: Sequence[Candidate], members: list[int], chosen: frozenset[int], due: float
    ) -> list[Partial]:
        """What may be added in one group: nothing, if it has its due; one; or a set that reaches its due."""
        have = [i for i in members if i in chosen]
        left = due - sum(candidates[i].cost for i in have)
        free = [i for i in members if i not in chosen]
        if left <= 0:
            nothing = Partial(1 if have else 0, 0.0, 0.0, frozenset())
            ones = [Partial(1, candidates[i].cost, candidates[i].space, frozenset((i,))) for i in free]
            return [nothing] if have else [nothing, *ones]
        sums = {(0.0, 0.0): frozenset[int]()}
        for i in free:
            for (cost, space), added in list(sums.items()):
                more = cost + candidates[i].cost, space + candidates[i].space
                if more[0] <= self.budget * ALMOST and more[1] <= self.space * ALMOST:
                    sums.setdefault(more, added | {i})
        return [Partial(1, cost, space, added) for (cost, space), added in sums.items() if cost >= left]

    def best_of(self, states: Iterable[Partial]) -> list[Partial]:
        """Those within the limits that no other is better than in every respect."""
        kept: list[Partial] = []
        enough = self.floor.least_groups
        for state in sorted(states, key=lambda row: (row.cost, row.space, -row.groups)):
            if state.cost > self.budget * ALMOST or state.space > self.space * ALMOST:
                continue
            if not any(other.space <= state.space and other.groups >= min(state.groups, enough) for other in kept):
                kept.append(state)
        return kept


class Partial(NamedTuple):
    """A set on its way: groups reached, rupiah, m², and what was added."""

    groups: int
    cost: float
    space: float
    added: frozenset[int]

    def with_(self, other: Partial) -> Partial:
        added = self.added | other.added
        return Partial(self.groups + other.groups, self.cost + other.cost, self.space + other.space, added)
