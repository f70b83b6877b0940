"""What is reserved so far: lots, hours, stock; how much is still free, and how much more could be made (compiled).

Pieces that perish in L periods and came in at u may be used in u … u + L. What is free in t is then the least slack of
any span s … e around t: what may be used in the span less what is taken in it (Hall's condition for windows of one
length). Without a shelf life that is the lowest stock from t on.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wadah.planning.compiled import inner_loop

TINY = 1e-9
ENDLESS = 1e15  # pieces; where neither hours nor a limit bind


class Floor(NamedTuple):
    """Reservations: pieces started, hours used, good pieces that count, pieces taken, pieces sent by one source."""

    lots: np.ndarray  # K × T
    used: np.ndarray  # W × T
    supply: np.ndarray  # P × T
    taken: np.ndarray  # P × T
    sent: np.ndarray  # K × T
    delivered: np.ndarray  # N × T
    assigned: np.ndarray  # N
    hard: np.ndarray  # P, whether scrapping whole pieces may eat into what is fresh: a piece a lot is then not counted


def empty_floor(flat, hard):
    """Nothing reserved."""
    shape, periods = flat.largest.shape, flat.largest.shape[1]
    parts = flat.integer.shape[0]
    return Floor(
        lots=np.zeros(shape),
        used=np.zeros(flat.hours.shape),
        supply=np.zeros((parts, periods)),
        taken=np.zeros((parts, periods)),
        sent=np.zeros(shape),
        delivered=np.zeros((flat.order_part.shape[0], periods)),
        assigned=np.full(flat.order_part.shape[0], -1, dtype=np.int64),
        hard=hard,
    )


@inner_loop
def usable(flat, floor, k, started):
    """Good pieces of a lot that may be counted on."""
    good = flat.yields[k] * started
    if floor.hard[flat.part[k]]:
        return max(0.0, np.floor(good + TINY) - 1.0)
    return good


@inner_loop
def opening(flat, floor, p):
    """Opening stock that may be counted on."""
    return max(0.0, np.floor(flat.stock[p]) - 1.0) if floor.hard[p] else flat.stock[p]


@inner_loop
def free(flat, floor, p, t):
    """Pieces of p that can still be taken in t without anything missing later."""
    if flat.life[p] >= 0:
        return free_fresh(flat, floor, p, t)
    level, least = opening(flat, floor, p), np.inf
    for u in range(floor.supply.shape[1]):
        level += floor.supply[p, u] - floor.taken[p, u]
        if u >= t:
            least = min(least, level)
    return max(0.0, least)


@inner_loop
def free_fresh(flat, floor, p, t):
    """The same for a part that perishes."""
    life, least = flat.life[p], np.inf
    for s in range(t + 1):
        slack = opening(flat, floor, p) if s < life else 0.0
        for u in range(max(0, s - life), s):
            slack += floor.supply[p, u]
        for u in range(s, floor.supply.shape[1]):
            slack += floor.supply[p, u] - floor.taken[p, u]
            if u >= t:
                least = min(least, slack)
    return max(0.0, least)


@inner_loop
def free_of(flat, floor, k, t):
    """Pieces finished by k that no order assigned to it has taken, from t on."""
    level, least = 0.0, np.inf
    for u in range(floor.lots.shape[1]):
        level += flat.yields[k] * floor.lots[k, u] - floor.sent[k, u]
        if u >= t:
            least = min(least, level)
    return max(0.0, least)


@inner_loop
def room(flat, floor, k, t, overtime):
    """Pieces that k could still start in t; 0 where no smallest lot fits."""
    w = flat.workshop[k]
    left = flat.hours[w, t] - floor.used[w, t]
    if overtime:
        left += flat.overtime[w, t]
    begun = floor.lots[k, t] > 0
    if not begun:
        left -= flat.setup_hours[k]
    if left < -TINY:
        return 0.0
    pieces = min(flat.limit[k, t] - floor.lots[k, t], ENDLESS)
    if flat.unit_hours[k] > 0:
        pieces = min(pieces, max(left, 0.0) / flat.unit_hours[k])
    if flat.integer[flat.part[k]]:
        pieces = np.floor(pieces + TINY)
    return pieces if begun or pieces >= flat.least[k] - TINY else 0.0


@inner_loop
def place(flat, floor, k, t, pieces):
    """Start so many pieces more; how many more good ones may be counted on."""
    before = usable(flat, floor, k, floor.lots[k, t])
    w = flat.workshop[k]
    if floor.lots[k, t] <= 0:
        floor.used[w, t] += flat.setup_hours[k]
    floor.lots[k, t] += pieces
    floor.used[w, t] += flat.unit_hours[k] * pieces
    gained = usable(flat, floor, k, floor.lots[k, t]) - before
    floor.supply[flat.part[k], t] += gained
    return gained
