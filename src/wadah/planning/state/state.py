"""The decisions of a plan that leave no choice for the rest: lots, deliveries, scrap and who makes single-source work.

Short pieces, overtime, stock, set-ups and engagement follow from them (docs/model.md §1-§8). Shapes as in arrays.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.flat import Flat

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class State(NamedTuple):
    """Pieces started, delivered and scrapped; every array may be written to."""

    lots: Floats  # K × T, pieces started
    delivered: Floats  # N × T, pieces
    scrapped: Floats  # P × T, pieces
    assigned: Ints  # N, the capability a single-source order comes from; −1: none


def blank_state(flat: Flat) -> State:
    """Nothing made, everything short."""
    periods = flat.largest.shape[1]
    return State(
        lots=np.zeros((len(flat.part), periods)),
        delivered=np.zeros((len(flat.order_part), periods)),
        scrapped=np.zeros((len(flat.integer), periods)),
        assigned=np.full(len(flat.order_part), -1, dtype=np.int64),
    )


def copied(state: State) -> State:
    """The same plan in arrays of its own."""
    return State(state.lots.copy(), state.delivered.copy(), state.scrapped.copy(), state.assigned.copy())
