"""A proven lower bound on what any plan costs, from any prices, with every set-up and smallest lot counted in full.

In: Flat, prices of parts by period, and, where there are such rules, of targets (W) and of shares (K). Out: rupiah.
Lagrange's bound: with stock, shares and targets paid for at these prices, each workshop and period is a problem of its
own, solved exactly (subproblem.py), each order takes its cheapest period. It passes the linear relaxation because
those small problems keep what the relaxation gives up: whole set-ups, smallest lots. Engagement is counted once a
workshop: if all it saves doesn't pay for it, the workshop stays idle. Sources, single source, shelf life (but for
scrap), whole pieces and whole deliveries are left out, which only lowers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import prange

from wadah.planning.compiled import compiled, inner, inner_loop, threaded
from wadah.planning.gradient.making import add_surcharge
from wadah.planning.gradient.point import CHUNKS
from wadah.planning.gradient.program import engaged_anyway
from wadah.planning.gradient.projections import pool
from wadah.planning.gradient.subproblem import ON, add_lot, cell_of, clear, fill, solve_cell
from wadah.planning.gradient.threads import limited
from wadah.planning.gradient.value import value_orders

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.program import Flags, Floats
    from wadah.planning.gradient.subproblem import Cell

ROUNDING = 1e-13  # relative to the sum of what was added up
UNIT = 1e-15  # relative to each product; a few units in the last place


class Prices(NamedTuple):
    """parts: P × T, rupiah a good piece; targets: W, rupiah an hour; shares: K, rupiah a piece started."""

    parts: Floats
    targets: Floats
    shares: Floats


def allowed(flat: Flat, parts: Floats, targets: Floats | None = None, shares: Floats | None = None) -> Prices:
    """The nearest prices that prove a bound: stock's worth rises by no more than holding costs, and so on."""
    parts = np.array(parts, dtype=float)
    straighten(flat, parts)
    none = np.zeros(len(flat.hours)), np.zeros(len(flat.part))
    targets = none[0] if targets is None else np.clip(targets, 0.0, flat.below_cost)
    shares = none[1] if shares is None else np.where((flat.share < 1)[flat.part], np.maximum(shares, 0.0), 0.0)
    return Prices(parts, np.asarray(targets, dtype=float), np.asarray(shares, dtype=float))


@compiled
def straighten(flat: Flat, prices: Floats) -> None:
    """Move each part's prices to the nearest allowed ones."""
    parts, periods = prices.shape
    mean, length = np.zeros(periods), np.zeros(periods, dtype=np.int64)
    for p in range(parts):
        scrap = flat.life[p] >= 0
        pool(prices[p], flat.holding[p], scrap, mean, length)
        for t in range(periods - 1, -1, -1):
            following = prices[p, t + 1] if t + 1 < periods else 0.0
            prices[p, t] = max(prices[p, t], following - flat.holding[p])
            if scrap:
                prices[p, t] = max(prices[p, t], 0.0)


def certificate(
    flat: Flat, parts: Floats, targets: Floats | None = None, shares: Floats | None = None, threads: int = 0
) -> float:
    """The bound at these prices, rupiah, ≥ 0; infinite where an order can neither be delivered nor be short."""
    return evaluate(flat, allowed(flat, parts, targets, shares), None, threads)


def evaluate(flat: Flat, prices: Prices, made: Floats | None = None, threads: int = 0) -> float:
    """The bound at allowed prices; `made`, K × T, is filled with the pieces that the cells' solutions start."""
    each, gross = np.zeros(len(flat.hours)), np.zeros(len(flat.hours))
    taken, surcharge = worth(flat, prices)
    record = made is not None
    pieces = made if made is not None else np.zeros((0, 0))
    with limited(threads):
        solve_workshops(flat, prices, taken, surcharge, engaged_anyway(flat), each, gross, pieces, record)
    orders = value_orders(flat, prices.parts)
    if not np.isfinite(orders):
        return np.inf
    short = np.where(np.isfinite(flat.short_cost), flat.short_cost, 0.0)
    sizes = float(np.abs(each).sum() + (flat.quantity * short).sum() + np.abs(prices.parts[:, :1].T @ flat.stock).sum())
    found = float(each.sum()) + orders + float((prices.targets * flat.target).sum()) + flat.unable_change
    return max(0.0, found - ROUNDING * (sizes + abs(found)) - UNIT * float(gross.sum()))


@compiled
def worth(flat: Flat, prices: Prices) -> tuple[Floats, Floats]:
    """What the components of one piece cost, P × T, and what the share rows add to it, K."""
    parts, periods = prices.parts.shape
    taken, surcharge = np.zeros((parts, periods)), np.zeros(len(flat.part))
    for p in range(parts):
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            for t in range(periods):
                taken[p, t] += flat.child_pieces[e] * prices.parts[flat.child[e], max(0, t - flat.lead[p])]
        if flat.share[p] < 1:
            add_surcharge(flat, prices.shares, surcharge, p)
    return taken, surcharge


@threaded
def solve_workshops(
    flat: Flat,
    prices: Prices,
    taken: Floats,
    surcharge: Floats,
    engaged: Flags,
    each: Floats,
    gross: Floats,
    made: Floats,
    record: bool,
) -> None:
    """The least that each workshop costs, W, and the sum of what was added up for it."""
    for c in prange(CHUNKS):
        solve_chunk(flat, prices, taken, surcharge, engaged, each, gross, made, record, int(np.int64(c)))


@inner
def solve_chunk(
    flat: Flat,
    prices: Prices,
    taken: Floats,
    surcharge: Floats,
    engaged: Flags,
    each: Floats,
    gross: Floats,
    made: Floats,
    record: bool,
    c: int,
) -> None:
    """One chunk of workshops."""
    workshops = len(each)
    most = 1
    for w in range(workshops):
        most = max(most, flat.at_start[w + 1] - flat.at_start[w])
    cell = cell_of(most)
    for w in range(workshops * c // CHUNKS, workshops * (c + 1) // CHUNKS):
        idle = saved = 0.0
        for t in range(flat.hours.shape[1]):
            idle += load(flat, prices, taken, surcharge, cell, gross, w, t)
            saved += solve_cell(cell, flat.hours[w, t], flat.overtime[w, t], flat.overtime_cost[w])
            if record:
                write_down(flat, cell, made, w, t)
        each[w] = idle + (flat.engage_cost[w] + saved if engaged[w] else min(0.0, flat.engage_cost[w] + saved))
        if record and not engaged[w] and flat.engage_cost[w] + saved > 0:
            for j in range(flat.at_start[w], flat.at_start[w + 1]):
                made[flat.at[j]] = 0.0


@inner
def load(
    flat: Flat, prices: Prices, taken: Floats, surcharge: Floats, cell: Cell, gross: Floats, w: int, t: int
) -> float:
    """Put the lots of one cell into `cell`; returns what idleness costs: changes from the plan before, rupiah."""
    clear(cell)
    idle = 0.0
    rate, grow = np.zeros(2), np.zeros(2)
    for j in range(flat.at_start[w], flat.at_start[w + 1]):
        k = flat.at[j]
        p, promised, hours = flat.part[k], flat.promised[k, t], flat.unit_hours[k]
        change = flat.change_cost if flat.keyed[k, t] else 0.0
        before = flat.previous[k, t] if change > 0 else 0.0
        idle += change * before
        low = promised if promised > 0 else flat.least[k]
        most = max(flat.largest[k, t], promised)
        if most <= 0 or low > most:
            continue
        cost = flat.cost[k] - flat.yields[k] * prices.parts[p, t] + taken[p, t]
        cost += surcharge[k] - prices.targets[w] * hours
        size = flat.cost[k] + abs(prices.parts[p, t]) + abs(taken[p, t]) + abs(surcharge[k]) + change
        gross[w] += size * most + flat.setup_cost[k] + change * before
        base = flat.setup_cost[k] - prices.targets[w] * flat.setup_hours[k] + cost * low
        base += change * (abs(low - before) - before)
        middle = min(max(before, low), most)
        first, second = (cost - change) * (middle - low), (cost + change) * (most - middle)
        rate[0] = rate[1] = grow[0] = grow[1] = 0.0
        if hours > 0:
            rate[0], grow[0] = (cost - change) / hours, hours * (middle - low)
            rate[1], grow[1] = (cost + change) / hours, hours * (most - middle)
        else:
            base += min(first, 0.0) + min(second, 0.0)
        add_lot(cell, k, promised > 0, base, flat.setup_hours[k] + hours * low, rate, grow)
    return idle


@inner_loop
def write_down(flat: Flat, cell: Cell, made: Floats, w: int, t: int) -> None:
    """Pieces started in the best solution of the cell."""
    for j in range(flat.at_start[w], flat.at_start[w + 1]):
        made[flat.at[j], t] = 0.0
    for j in range(cell.size[0]):
        cell.decided[j] = cell.best[j]
    fill(cell, flat.hours[w, t], flat.overtime[w, t], flat.overtime_cost[w])
    for j in range(cell.size[0]):
        if cell.best[j] == ON:
            k = cell.lot[j]
            made[k, t] = flat.promised[k, t] if flat.promised[k, t] > 0 else flat.least[k]
    for e in range(cell.size[1]):
        k = cell.lot[cell.owner[e]]
        if cell.taken[e] > 0.0 and flat.unit_hours[k] > 0:
            made[k, t] += cell.taken[e] / flat.unit_hours[k]
