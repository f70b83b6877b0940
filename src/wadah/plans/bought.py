"""Bought parts for orders: what is bought lies at the hub in time, as much as the orders at hand need at the most.

The planner takes parts that nobody makes from opening stock. What an order needs of them is bought for it once it is
taken (its price holds it), so asking and planning count it as there: for lines asked about and for lines promised.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.repair.changes import altered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wadah.planning.problem import Problem


def bought_most(problem: Problem, bought: Collection[str], wanted: Mapping[str, float]) -> dict[str, float]:
    """Pieces of each bought part that `wanted` (pieces by part) takes at the most: worst yield, one smallest lot more.

    The bill of materials has no loops (planning checks it).
    """
    order = below_first(problem, wanted)
    need: dict[str, float] = defaultdict(float, wanted)
    for name in order:
        makers = problem.capabilities_of.get(name, ())
        if not makers or need[name] <= 0:
            continue
        started = need[name] / min(row.yield_rate for row in makers) + max(row.min_lot for row in makers)
        started += 1.0 if problem.part[name].integer else 0.0
        for child, pieces in problem.part[name].bom:
            need[child] += started * pieces
    return {name: need[name] for name in order if name in bought and not problem.capabilities_of.get(name)}


def below_first(problem: Problem, wanted: Collection[str]) -> list[str]:
    """The parts wanted and all below them, each before what goes into it."""
    done: dict[str, None] = {}
    stack = [(name, False) for name in wanted]
    while stack:
        name, left = stack.pop()
        if left:
            done.setdefault(name)
        elif name not in done:
            stack.append((name, True))
            stack.extend((child, False) for child, _ in problem.part[name].bom)
    return list(reversed(done))


def supplied(problem: Problem, more: Mapping[str, float]) -> Problem:
    """The problem with so many pieces more in opening stock; those that perish are bought fresh, and left as they are.

    What lies longer costs as much in every plan, so it changes none.
    """
    if not any(more.values()):
        return problem
    rows = (
        replace(row, stock=row.stock + more[row.id]) if more.get(row.id) and row.shelf_life is None else row
        for row in problem.parts
    )
    return altered(problem, parts=tuple(rows))
