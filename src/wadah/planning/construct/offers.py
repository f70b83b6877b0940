"""Where a part could be started, cheapest first: every (capability, period) with hours left, priced by the piece.

The price of a good piece is what it costs to make, overtime included where regular hours are used up, plus its share
of the set-up (and of engaging the workshop), plus holding until it is needed, plus what its hours are worth to others
(scarce.py), less what it saves of hours below a target, plus or less what changes against the previous plan. Shares
are taken over the pieces wanted or those that fit, whichever is less, so big lots look as cheap as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.construct.pool import PLENTY, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats

EARLY_SHARE = (
    0.05  # of a piece's price for each period it is made ahead: early hours are the ones others can't do without
)
NEGLIGIBLE = 1e-7  # pieces; less is taken as nothing


class Offer(NamedTuple):
    """Up to `pieces` may be started by `capability` in `period`; one with overtime replaces the one before."""

    capability: int
    period: int
    pieces: float
    overtime: bool


def offers(floor: Floor, rows: slice, window: range, wanted: float, needed_by: int) -> Iterator[Offer]:
    """Offers of the capabilities `rows` in the periods of `window`: regular hours first, then overtime, by price.

    wanted: good pieces, over which set-ups are shared; needed_by: the period up to which they'd be held.
    """
    if len(window) == 0 or rows.start == rows.stop:
        return
    for with_overtime in (False, True):
        fits = room(floor, rows, window, with_overtime)
        where = np.nonzero(fits.ravel() > 0)[0]
        if not where.size:
            continue
        prices = price(floor, rows, window, fits, max(wanted, 1.0), needed_by)
        if with_overtime:
            w = floor.pool.workshop[rows]
            prices = prices + (floor.pool.hours_per_unit[rows] * floor.overtime_cost[w])[:, None]
        where = where[np.argsort(prices.ravel()[where], kind="stable")]
        width = len(window)
        for cell, pieces in zip(where.tolist(), fits.ravel()[where].tolist(), strict=True):
            yield Offer(rows.start + cell // width, window.start + cell % width, pieces, with_overtime)


def room(floor: Floor, rows: slice, window: range, with_overtime: bool) -> Floats:
    """Pieces that each capability could still start in each period; 0 where not even the smallest lot fits."""
    pool = floor.pool
    periods = slice(window.start, window.stop)
    w = pool.workshop[rows]
    hours = floor.regular[w, periods]
    if with_overtime:
        hours = hours + floor.overtime[w, periods]
    fresh = floor.lots[rows, periods] <= 0
    hours = hours - fresh * pool.setup_hours[rows][:, None]
    unit = pool.hours_per_unit[rows][:, None]
    fits = np.where(unit > 0, hours / np.maximum(unit, 1e-12), np.where(hours >= -WHOLE, PLENTY, 0.0))
    fits = np.minimum(fits, PLENTY)
    for k in range(rows.start, rows.stop):
        if k in pool.limit:
            left = pool.limit[k][periods] - floor.lots[k, periods]
            fits[k - rows.start] = np.minimum(fits[k - rows.start], left)
    step = pool.step[rows][:, None]
    if step[0, 0] > 0:
        fits = np.floor(fits / step + WHOLE) * step
    fits[(fits < NEGLIGIBLE) | (fresh & (fits < pool.least[rows][:, None]))] = 0.0
    return fits


def price(floor: Floor, rows: slice, window: range, fits: Floats, wanted: float, needed_by: int) -> Floats:
    """Rupiah a good piece, by capability and period."""
    pool = floor.pool
    w = pool.workshop[rows]
    fresh = floor.lots[rows, window.start : window.stop] <= 0
    once = fresh * pool.setup_cost[rows][:, None] + (~floor.engaged[w] * floor.engage_cost[w])[:, None]
    share = np.clip(fits, NEGLIGIBLE, np.maximum(wanted / pool.yields[rows], pool.least[rows])[:, None])
    below = (floor.used[w] < floor.target[w]) * floor.below_cost[w] * pool.hours_per_unit[rows]
    steering = pool.hours_per_unit[rows] * floor.hour_prices[w] - below
    prices = (pool.cost[rows] + steering)[:, None] + once / share
    if pool.previous:
        prices = prices + change(floor, rows, window)
    hold = pool.parts[pool.shelf_part[pool.shelf_of[rows.start]]].holding_cost
    waiting = np.maximum(0, needed_by - np.arange(window.start, window.stop))
    priced: Floats = (
        prices * (1 + EARLY_SHARE * waiting[None, :]) / pool.yields[rows][:, None] + hold * waiting[None, :]
    )
    return priced


def change(floor: Floor, rows: slice, window: range) -> Floats:
    """Rupiah that one more piece changes what straying from the previous plan costs."""
    costs = np.zeros((rows.stop - rows.start, len(window)))
    for (k, period), pieces in floor.pool.previous.items():
        if rows.start <= k < rows.stop and period in window:
            sign = -1.0 if floor.lots[k, period] < pieces else 1.0
            costs[k - rows.start, period - window.start] = sign * floor.pool.problem.change_cost
    return costs
