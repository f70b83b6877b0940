"""Making what stock doesn't cover: pieces of one part, in time for a period, by the makers as a rule ranks them.

Regular hours of all makers come before overtime of any. The sourcing rules (§6) are kept here: a part with a largest
share or several sources is always made in equal quantities by enough makers, so that the sum keeps the rule too.
"""

from __future__ import annotations

import numpy as np

from benchmarks.baselines.floor import TINY, place, room
from wadah.planning.compiled import inner_loop

HALVINGS = 8  # of a quantity that enough makers can't take at once
PICKS = 5  # rounds of choosing makers, as the equal quantity rises to the smallest lots of those chosen


@inner_loop
def make(flat, floor, ranked, split, chosen, p, pieces, t, back):
    """Start lots for `pieces` more good ones of p by t, at most `back` periods ahead. What is still missing.

    chosen: room for as many makers as there are.
    """
    first = max(0, t - back)
    if flat.life[p] >= 0:
        first = max(first, t - flat.life[p])
    able = flat.able_start[p + 1] - flat.able_start[p]
    fewest = max(flat.sources[p], int(np.ceil(1.0 / flat.share[p] - TINY)))
    if able < fewest:
        return pieces
    for j in range(2):
        overtime = j == 1
        if fewest > 1 or split:
            most = able if split else fewest
            pieces = make_split(flat, floor, ranked, chosen, p, pieces, first, t, overtime, fewest, most)
        else:
            for i in range(flat.able_start[p], flat.able_start[p + 1]):
                pieces = make_at(flat, floor, ranked[i], pieces, first, t, overtime)
        if pieces <= TINY:
            return 0.0
    return pieces


@inner_loop
def make_at(flat, floor, k, pieces, first, t, overtime):
    """As much as k can, the latest period first. What is still missing."""
    whole = flat.integer[flat.part[k]]
    for u in range(t, first - 1, -1):
        if pieces <= TINY:
            return 0.0
        most = room(flat, floor, k, u, overtime)
        if most <= 0:
            continue
        wanted = (pieces + (2.0 if floor.hard[flat.part[k]] else 0.0)) / flat.yields[k]
        if whole:
            wanted = np.ceil(wanted - TINY)
        if floor.lots[k, u] <= 0:
            wanted = max(wanted, flat.least[k])
        pieces -= place(flat, floor, k, u, min(wanted, most))
    return max(0.0, pieces)


@inner_loop
def make_split(flat, floor, ranked, chosen, p, pieces, first, t, overtime, fewest, most):
    """Equal quantities by `most` makers or fewer, but never by fewer than `fewest`. What is still missing."""
    chunk = pieces
    for _ in range(HALVINGS):
        if pieces <= TINY:
            return 0.0
        gained = share_out(flat, floor, ranked, chosen, p, min(chunk, pieces), first, t, overtime, fewest, most)
        pieces -= gained
        if gained <= TINY:
            chunk = np.ceil(chunk / 2) if flat.integer[p] else chunk / 2
    return max(0.0, pieces)


@inner_loop
def share_out(flat, floor, ranked, chosen, p, pieces, first, t, overtime, fewest, most):
    """Let up to `most` makers start the same quantity each; good pieces gained, 0 where too few can take it.

    Makers that can't take their share drop out, and the others' shares rise; so they do to the smallest lots taken.
    """
    yields = lowest_yield(flat, p)
    count, each = most, 0.0
    for _ in range(PICKS):
        share = (pieces / count + (2.0 if floor.hard[p] else 0.0)) / yields
        each = max(each, np.ceil(share - TINY) if flat.integer[p] else share)
        found, least = 0, each
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = ranked[j]
            if found < count and can_start(flat, floor, k, max(each, flat.least[k]), first, t, overtime):
                chosen[found] = k
                found += 1
                least = max(least, flat.least[k])
        if found < fewest:
            return 0.0
        if found == count and least <= each:
            gained = 0.0
            for i in range(found):
                gained += start_exactly(flat, floor, chosen[i], each, first, t, overtime)
            return gained
        count, each = found, least
    return 0.0


@inner_loop
def lowest_yield(flat, p):
    least = 1.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        least = min(least, flat.yields[flat.able[j]])
    return least


@inner_loop
def lot_of(flat, floor, k, left, u, overtime):
    """Pieces to start in u of `left`, so that what then remains is nothing or a lot."""
    most = room(flat, floor, k, u, overtime)
    if most <= 0:
        return 0.0
    x = min(left, most)
    if TINY < left - x < flat.least[k]:
        x = left - flat.least[k]
        if flat.integer[flat.part[k]]:
            x = np.floor(x + TINY)
    least = TINY if floor.lots[k, u] > 0 else max(flat.least[k], TINY)
    return x if x >= least - 1e-12 else 0.0


@inner_loop
def can_start(flat, floor, k, pieces, first, t, overtime):
    """Whether k can start exactly so many pieces in first … t."""
    for u in range(t, first - 1, -1):
        pieces -= lot_of(flat, floor, k, pieces, u, overtime)
        if pieces <= TINY:
            return True
    return False


@inner_loop
def start_exactly(flat, floor, k, pieces, first, t, overtime):
    """Start exactly so many; good pieces gained. The caller has asked `can_start`."""
    gained = 0.0
    for u in range(t, first - 1, -1):
        if pieces <= TINY:
            break
        x = lot_of(flat, floor, k, pieces, u, overtime)
        if x > 0:
            gained += place(flat, floor, k, u, x)
            pieces -= x
    return gained
