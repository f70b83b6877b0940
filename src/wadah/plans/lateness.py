"""Which lots of a plan come too late, and for which orders: pieces followed from deliveries down the bill of materials.

In: a problem, lots and deliveries of a plan. Out: by lot, the orders that get pieces late because of it. Stock, then
lots by period, go to what takes pieces by period, first in, first out; a lot is late for an order where it starts after
the last period in which it would still be in time: the order's due period, less the lead times on the way up. What is
scrapped isn't told from what is left over, so where a part perishes this may name a lot too few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.planning.problem import Problem

    Key = tuple[str, str, int]  # part, workshop, period
    Takers = dict[str, dict[tuple[int, int, str], float]]  # by part: period, last period in time, order → pieces

PIECES = 1e-6


@dataclass
class Supply:
    """Good pieces of a lot that are still there; the opening stock has no lot."""

    left: float
    lot: Key | None = None


def late_lots(
    problem: Problem, lots: Mapping[Key, float], deliveries: Iterable[tuple[str, int, float]]
) -> dict[Key, set[str]]:
    """deliveries: order id, period, pieces. Lots that are in time for everything are left out."""
    takers: Takers = defaultdict(lambda: defaultdict(float))
    for name, t, pieces in deliveries:
        order = problem.order[name]
        takers[order.part][t, order.due, name] += pieces
    made: dict[str, list[Key]] = defaultdict(list)
    for key in lots:
        made[key[0]].append(key)
    found: dict[Key, set[str]] = defaultdict(set)
    for part in parents_first(problem):
        if takers[part]:
            pegged(problem, part, sorted(made[part], key=lambda key: (key[2], key[1])), lots, takers, found)
    return dict(found)


def parents_first(problem: Problem) -> list[str]:
    """Parts, each before what goes into it; the bill of materials has no loops (planning checks it)."""
    done: dict[str, None] = {}
    for row in problem.parts:
        stack = [(row.id, False)]
        while stack:
            name, left = stack.pop()
            if left:
                done.setdefault(name)
            elif name not in done:
                stack.append((name, True))
                stack.extend((child, False) for child, _pieces in problem.part[name].bom)
    return list(reversed(done))


def pegged(
    problem: Problem,
    part: str,
    keys: list[Key],
    lots: Mapping[Key, float],
    takers: Takers,
    found: dict[Key, set[str]],
) -> None:
    """Give the part's pieces to what takes them; what a lot's pieces are for is passed on to what goes into them."""
    supplies = [Supply(problem.part[part].stock)]
    supplies += [Supply(problem.capability[key[:2]].yield_rate * lots[key], key) for key in keys]
    at = 0
    for (_t, latest, order), wanted in sorted(takers[part].items()):
        while wanted > PIECES and at < len(supplies):
            supply = supplies[at]
            given = min(wanted, supply.left)
            supply.left -= given
            wanted -= given
            if given > PIECES and supply.lot is not None:
                if supply.lot[2] > latest:
                    found[supply.lot].add(order)
                pass_on(problem, supply.lot, given, latest, order, takers)
            if supply.left <= PIECES:
                at += 1


def pass_on(problem: Problem, lot: Key, good: float, latest: int, order: str, takers: Takers) -> None:
    """What these good pieces took of their components, and by when that would have been in time."""
    part = problem.part[lot[0]]
    started = good / problem.capability[lot[:2]].yield_rate
    in_time = max(0, latest - part.lead_time) if latest >= 0 else latest
    for child, pieces in part.bom:
        takers[child][max(0, lot[2] - part.lead_time), in_time, order] += pieces * started
