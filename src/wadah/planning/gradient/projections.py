"""Three exact projections that take the place of dual rows: hours of a cell, stock of a part, quantity of an order.

Each is the proximal step of one block, in the norm of its step sizes; each is checked against scipy in the tests.

- hours: a continuous quadratic knapsack (Brucker 1984; Newton's method on its one multiplier as in Cominetti,
  Mascarenhas, Silva 2014, kept inside a bracket), with overtime as a second, dearer piece of the same hours;
- stock: what stock may be worth from one period to the next is a chain, λ[t+1] ≤ λ[t] + holding; the nearest such
  chain is an isotonic regression, by pooling adjacent violators (Best, Chakravarti, Ubhaya 2000);
- quantity: a simplex (Michelot 1986).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop, inner_sums

if TYPE_CHECKING:
    from wadah.planning.gradient.program import Floats, Ints

NEWTON_STEPS = 60
CLOSE = 1e-7  # of the hours; a cell this full is full


@inner_sums
def hours_used(price: float, cell: Floats, count: int) -> tuple[float, float]:
    """Hours that the columns take at an hour's price, and how fast they fall with it.

    cell: for each of `count` columns, by row: pieces at price 0, pieces less for each rupiah, most pieces, hours a
    piece; Σ hours · clip(free − price · pull, 0, size).
    """
    free, pull, size, hours = cell[0], cell[1], cell[2], cell[3]
    used, slope = 0.0, 0.0
    for j in range(count):
        pieces = free[j] - price * pull[j]
        used += hours[j] * min(max(pieces, 0.0), size[j])
        slope += hours[j] * pull[j] if 0.0 < pieces < size[j] else 0.0
    return used, slope


@inner_loop
def cell_price(guess: float, dear: float, room: float, extra: float, cell: Floats, count: int) -> float:
    """Rupiah an hour at which a cell's columns fit; at price 0 they must take more than `room`.

    Up to `dear`, overtime's price, they must fit into `room`; beyond it into room + extra; at it, anything between.
    guess: where to begin. Newton's method within a bracket; it stops at `dear` when it would pass it.
    """
    if extra <= 0.0:
        dear = np.inf
    low, high, price = 0.0, np.inf, max(guess, 0.0)
    for _ in range(NEWTON_STEPS):
        used, slope = hours_used(price, cell, count)
        over = used - (room if price < dear else room + extra)
        if price == dear and over <= 0.0:
            if used >= room:
                break
            over = used - room
        if abs(over) <= CLOSE * (room + extra + 1e-3):
            break
        if over > 0.0:
            low = price
        else:
            high = price
        following = price + over / slope if slope > 0.0 else np.inf
        if min(price, following) < dear < max(price, following) and low < dear < high:
            following = dear
        elif following <= low or following >= high:
            following = 0.5 * (low + high) if high < np.inf else 2.0 * price + 1.0
        price = following
    return price


@inner_loop
def pool(row: Floats, holding: float, scrap: bool, mean: Floats, length: Ints) -> None:
    """Move `row`, prices of a part by period, to the nearest with row[t+1] ≤ row[t] + holding, row[T−1] ≥ −holding.

    scrap: where pieces may be thrown away at no cost, so that none is worth less than 0. mean, length: room for T.
    A block of periods has one value: its mean, or its floor where that is higher (the floor of its first period).
    """
    periods = len(row)
    blocks = 0
    for t in range(periods):
        mean[blocks], length[blocks] = row[t] - holding * t, 1
        blocks += 1
        begin = t
        while blocks > 1:
            last, before = blocks - 1, blocks - 2
            ahead = max(mean[before], lowest(holding, scrap, begin - length[before], periods))
            if ahead >= max(mean[last], lowest(holding, scrap, begin, periods)):
                break
            begin -= length[before]
            together = length[before] + length[last]
            mean[before] = (mean[before] * length[before] + mean[last] * length[last]) / together
            length[before] = together
            blocks = last
    t = 0
    for b in range(blocks):
        value = max(mean[b], lowest(holding, scrap, t, periods))
        for _ in range(length[b]):
            row[t] = value + holding * t
            t += 1


@inner_loop
def lowest(holding: float, scrap: bool, t: int, periods: int) -> float:
    """What row[t] − holding · t may not fall below."""
    return -holding * (t if scrap else periods)


@inner_loop
def simplex_shift(values: Floats, count: int, quantity: float) -> float:
    """The shift s with Σ max(0, values − s) = quantity over the first `count` values."""
    total = -quantity
    for j in range(count):
        total += values[j]
    shift = total / count
    for _ in range(count):
        total, above = -quantity, 0
        for j in range(count):
            if values[j] > shift:
                total += values[j]
                above += 1
        following = total / above if above > 0 else shift
        if following <= shift:
            break
        shift = following
    return shift
