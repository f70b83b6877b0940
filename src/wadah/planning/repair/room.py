"""Room for lots that must be there: what other lots leave a workshop's period, where both don't fit in its hours.

In: the problem as it is now, the plan's lots and the fewest pieces wanted. Out: for lots that have to give way, how
many pieces stay. The largest one in hours gives way first, and only as far as it must, so that few lots change; what
gives way is made up for like a lot that was lost, in the hours that are left there or elsewhere.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.planning.problem import Problem
    from wadah.planning.repair.wishes import Key

DUST = 1e-9  # hours or pieces


def giving_way(problem: Problem, made: Mapping[Key, float], fewest: Mapping[Key, float]) -> dict[Key, float]:
    """Pieces that stay, by lot; lots that needn't give way are left out."""
    kept = dict(fewest)
    for row in problem.committed:
        key = (row.part, row.workshop, row.period)
        kept[key] = max(kept.get(key, 0.0), row.quantity)
    places = {key[1:] for key, pieces in fewest.items() if pieces > made.get(key, 0.0) + DUST}
    others: dict[tuple[str, int], list[Key]] = defaultdict(list)
    for key in made:
        if key[1:] in places:
            others[key[1:]].append(key)
    promised = {key for key in kept if key[1:] in places}
    found: dict[Key, float] = {}
    for place in places:
        here = {key: kept[key] for key in promised if key[1:] == place}
        found |= room_at(problem, place, others[place], made, here)
    return found


def room_at(
    problem: Problem, place: tuple[str, int], others: list[Key], made: Mapping[Key, float], kept: Mapping[Key, float]
) -> dict[Key, float]:
    """kept: pieces promised at this place."""
    name, t = place
    row = problem.workshop[name]
    wanted = {key: max(made.get(key, 0.0), kept.get(key, 0.0)) for key in {*others, *kept}}
    over = sum(hours(problem, key, pieces) for key, pieces in wanted.items()) - row.hours[t] - row.overtime_hours[t]
    found: dict[Key, float] = {}
    for key in sorted(others, key=lambda key: (-hours(problem, key, wanted[key]), key)):
        if over <= DUST:
            break
        stays = staying(problem, key, wanted[key], kept.get(key, 0.0), over)
        if stays < wanted[key]:
            over -= hours(problem, key, wanted[key]) - hours(problem, key, stays)
            found[key] = stays
    return found


def hours(problem: Problem, key: Key, pieces: float) -> float:
    row = problem.capability[key[:2]]
    return row.setup_hours + row.hours_per_unit * pieces if pieces > 0 else 0.0


def staying(problem: Problem, key: Key, pieces: float, least: float, over: float) -> float:
    """Pieces of a lot that stay where it gives `over` hours away, or as many as it may: no less than `least`."""
    row = problem.capability[key[:2]]
    left = pieces - over / row.hours_per_unit if row.hours_per_unit > 0 else 0.0
    left = math.floor(left + DUST) if problem.part[key[0]].integer else left
    if left < max(row.min_lot, DUST) and least <= 0:
        return 0.0
    return max(left, least, 0.0)
