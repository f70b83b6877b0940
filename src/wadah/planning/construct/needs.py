"""What a trial still has to find: good pieces by part and period, and the parts that wait, parents first; compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.compiled import inner_loop
from wadah.planning.construct.floor import WAITING

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Pool


@inner_loop
def ask_components(pool: Pool, floor: Floor, p: int, period: int, pieces: float) -> None:
    """Ask for what a lot of p takes, its lead time ahead but never before period 0."""
    part = pool.parts[p]
    pulled = max(0, period - part.lead)
    for j in range(part.below, part.last):
        c = pool.child[j]
        if not floor.needs[c].any():
            wait(floor, pool.parts[c].rank)
        floor.needs[c, pulled] += pool.child_pieces[j] * pieces


@inner_loop
def wait(floor: Floor, rank: int) -> None:
    """Put a part into the queue, the lowest rank last."""
    at = floor.counts[WAITING]
    while at > 0 and floor.queue[at - 1] < rank:
        floor.queue[at] = floor.queue[at - 1]
        at -= 1
    floor.queue[at] = rank
    floor.counts[WAITING] += 1


@inner_loop
def forget(pool: Pool, floor: Floor) -> None:
    """Drop every need."""
    for at in range(floor.counts[WAITING]):
        for t in range(floor.needs.shape[1]):
            floor.needs[pool.parents_first[floor.queue[at]], t] = 0.0
    floor.counts[WAITING] = 0
