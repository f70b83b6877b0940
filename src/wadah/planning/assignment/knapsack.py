"""The 0/1 knapsack of one workshop, by dynamic programming over its hours in whole steps, compiled.

In: profits and steps of some jobs. Out: the best profit for every number of steps, and which jobs earn it. Exact in
the steps; since a job's hours are never rounded up and a workshop's never down, the best profit is never too low, so
every bound that rests on it is true. Martello & Toth 1990, "Knapsack Problems", §2.6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.compiled import inner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bytes = NDArray[np.uint8]


@inner
def fill(profit: Floats, steps: Ints, count: int, room: int, rows: Floats, taken: Bytes) -> int:
    """Best profit of the first `count` jobs with at most u steps, for u = 0 … room.

    rows: 2 × (room + 1) at least; taken: count × (room + 1) at least, 1 where the job is in the best with u steps.
    Returns which of the two rows holds the profits.
    """
    now = 0
    rows[0, : room + 1] = 0.0
    for i in range(count):
        before, after, mine = rows[now], rows[1 - now], taken[i]
        size, gain = steps[i], profit[i]
        edge = min(size, room + 1)
        for u in range(edge):
            after[u] = before[u]
            mine[u] = 0
        for u in range(edge, room + 1):
            without, with_it = before[u], before[u - size] + gain
            mine[u] = with_it > without
            after[u] = max(with_it, without)
        now = 1 - now
    return now


@inner
def trace(steps: Ints, count: int, used: int, taken: Bytes, chosen: Bytes) -> None:
    """Which jobs earn the best profit with at most `used` steps: chosen, 0 or 1 for each of the first `count`."""
    left = used
    for i in range(count - 1, -1, -1):
        chosen[i] = taken[i, left]
        if chosen[i]:
            left -= steps[i]
