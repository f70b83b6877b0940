"""What is left of a plan after a change, cut down to what can still be made: a plan that always comes at once.

In: the problem as it is now, and a plan that may lack pieces it takes. Out: a plan that obeys every rule, with the
lots there are, less what lacks a component and the orders that then go short; nothing is made elsewhere instead. It
stands in where no better one was found in time. None where even that breaks a promise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.arrays import arrays
from wadah.planning.flat import flat
from wadah.planning.guided.board import board_of
from wadah.planning.guided.cut import cut, deliver_rest
from wadah.planning.guided.moves import TOUCHED
from wadah.planning.guided.plan import state_of_board
from wadah.planning.limits import limits
from wadah.planning.state import plan_of, sound, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.planning.flat import Flat
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.state import State


def cut_down(problem: Problem, plan: Plan) -> Plan | None:
    """The plan's rows, as far as the problem allows them."""
    data = arrays(problem)
    shape = flat(data, limits(data).largest)
    before = state_of(data, plan)
    give_up(shape, before)
    board = board_of(shape, before)
    rank = np.empty(len(shape.integer), dtype=np.int64)
    rank[shape.parents_first] = np.arange(len(shape.integer))
    waiting = np.empty(max(TOUCHED, len(shape.integer) + 1), dtype=np.int64)
    cut(shape, board, np.zeros(board.level.shape), rank, waiting)
    deliver_rest(shape, board)
    found = state_of_board(board, before)
    return plan_of(data, found, "replan") if sound(shape, found) else None


def filled(plan: Plan, fewest: Mapping[tuple[str, str, int], float]) -> Plan:
    """The plan with no lot smaller than the fewest pieces that must be started there."""
    made = {(part, workshop, int(t)): x for part, workshop, t, x in plan.make}
    made |= {key: max(pieces, made.get(key, 0.0)) for key, pieces in fewest.items()}
    return replace(plan, make=tuple((*key, x) for key, x in made.items()))


def give_up(shape: Flat, state: State) -> None:
    """Take back the deliveries of single-source orders whose one workshop makes too little for them now (§7)."""
    made = (shape.yields[:, None] * state.lots).cumsum(axis=1)
    for k in np.unique(state.assigned[state.assigned >= 0]):
        mine = state.assigned == k
        if (state.delivered[mine].sum(axis=0).cumsum() > made[k] + 1e-6).any():
            state.delivered[mine] = 0.0
