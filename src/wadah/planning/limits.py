"""U[k,t]: the most pieces that capability k could sensibly start in period t; the big-M of docs/model.md §3.

The smallest of three: max_per_period; the hours left after the set-up; and the need, the pieces that anything could
still consume from t on. The need is a limit only where making more can't pay in some best plan, so it is left out
where it could: hours that count towards a target, a share beside smallest lots or promises, a component whose stock is
cheaper to work up than to hold, stock that must be scrapped whole. There a looser limit, still finite, takes its place.

The argument for the need: take a best plan of fewest pieces. If a lot alone gives more good pieces than can be
consumed from its period on, the last pieces of it lie in stock until the end; starting fewer keeps every rule, and
costs no more. So no such lot is above its need, its smallest lot, its promise or its previous quantity.

The loops are compiled; tests/planning/limits_reference.py says the same in plain numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.arrays import WHOLE, least_lot
from wadah.planning.compiled import compiled, inner, inner_loop
from wadah.planning.flat import flat, parents_first

if TYPE_CHECKING:
    from wadah.planning.arrays import Arrays, Flags, Floats
    from wadah.planning.flat import Flat

__all__ = ["Limits", "hours_limit", "least_lot", "limits", "parents_first"]

TRACE = 1e-3  # pieces; more than enough to make a source of a part that isn't whole
LARGEST_STEP = 1_000  # pieces; yields and recipes have a few decimals
NO_STEP = 100_000.0  # pieces; with these, stock comes out whole within the referee's 1e-5


@dataclass(frozen=True)
class Limits:
    """largest: U[k,t], K × T, pieces; consumed: most good pieces of each part that may be used from t on, P × T."""

    largest: Floats
    consumed: Floats


def limits(data: Arrays) -> Limits:
    """U[k,t] for every capability and period, finite, whole where the part is."""
    laid_out = flat(data, data.limit)
    consumed = np.zeros((len(data.integer), data.periods))
    largest = np.zeros(data.limit.shape)
    fill(laid_out, largest, consumed)
    return Limits(largest, consumed)


@compiled
def fill(flat: Flat, largest: Floats, consumed: Floats) -> None:
    """Part by part, parents first: limits by need, then what that many pieces may consume of the components."""
    spare, hard = spare_pieces(flat), hard_stock(flat)
    for p in flat.parents_first:
        add_orders(flat, p, consumed[p])
        if flat.able_start[p] == flat.able_start[p + 1]:
            continue
        idle, step = idle_pieces(flat, p), whole_step(flat, hard, p)
        eaten = consumed[p].copy()
        if flat.share[p] < 1:  # pieces started late, when nothing is needed any more, make room for others' shares
            eaten[:] = consumed[p, 0]
        in_all = pieces_in_all(flat, p, eaten, spare[p], step, idle)
        limit_part(flat, p, eaten, in_all, step, idle, largest)
        pass_on(flat, p, in_all, idle, largest, consumed)
    for k in range(largest.shape[0]):
        for t in range(largest.shape[1]):
            pieces = np.floor(largest[k, t] + WHOLE) if flat.integer[flat.part[k]] else largest[k, t]
            largest[k, t] = max(pieces, 0.0)


@inner_loop
def hours_limit(flat: Flat, k: int, t: int) -> float:
    """Pieces that fit into hours and overtime once the set-up is done; infinite where a piece takes none."""
    w = flat.workshop[k]
    room = flat.hours[w, t] + flat.overtime[w, t] - flat.setup_hours[k]
    if room < -WHOLE * max(1.0, flat.setup_hours[k]):
        return 0.0
    return max(0.0, float(room / flat.unit_hours[k])) if flat.unit_hours[k] > 0 else np.inf


@inner
def add_orders(flat: Flat, p: int, pieces: Floats) -> None:
    """Add what orders of p may still take in t or later."""
    by_last = np.zeros(len(pieces))
    for j in range(flat.asked_start[p], flat.asked_start[p + 1]):
        i = flat.asked[j]
        if flat.last[i] >= max(flat.first[i], 0):
            by_last[flat.last[i]] += flat.quantity[i]
    pieces += from_then_on(by_last)


@inner
def from_then_on(values: Floats) -> Floats:
    """The sum of each period's value and all later ones."""
    found: Floats = np.cumsum(values[::-1])[::-1]
    return found


@inner
def pieces_in_all(flat: Flat, p: int, eaten: Floats, spare: float, step: float, idle: Floats) -> Floats:
    """The most pieces of p that are started from t on where more than the need might pay, T."""
    rounding = 1.0 if flat.integer[p] else 0.0
    found: Floats = (eaten / least_yield(flat, p) + spare + 2 * rounding) / flat.share[p] + step
    if flat.share[p] < 1:  # others' shares of what is made for the hours alone
        found = found + idle.sum() / flat.share[p]
    return found


@inner_loop
def least_yield(flat: Flat, p: int) -> float:
    found = 1.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        found = min(found, flat.yields[flat.able[j]])
    return found


@inner
def limit_part(flat: Flat, p: int, eaten: Floats, in_all: Floats, step: float, idle: Floats, largest: Floats) -> None:
    """U of every capability of p, not yet in whole pieces."""
    shared, begin = flat.share[p] < 1, flat.able_start[p]
    rounding = 1.0 if flat.integer[p] and shared else 0.0
    scarce = least_yield(flat, p)
    balanced = shared and (idle > 0).any()
    loose = balanced or floors_help(flat, p)
    for j in range(begin, flat.able_start[p + 1]):
        k = flat.able[j]
        useful = works_up_stock(flat, p, k)
        rate = scarce if shared else flat.yields[k]
        for t in range(largest.shape[1]):
            need = eaten[t] / rate + rounding + step
            if flat.integer[p]:
                need = np.ceil(need - WHOLE)
            if loose or useful[t] or flat.below_cost[flat.workshop[k]] > 0:
                need = in_all[t]
            need = max(need, least_start(flat, p, k, t), idle[j - begin, t])
            largest[k, t] = min(need, flat.limit[k, t], hours_limit(flat, k, t))


@inner_loop
def least_start(flat: Flat, p: int, k: int, t: int) -> float:
    """What capability k must be able to start whatever is needed: a lot, a source, a promise, a previous quantity."""
    trace = TRACE if flat.sources[p] > 1 else 0.0
    return float(max(flat.least[k], trace, flat.promised[k, t], flat.previous[k, t]))


@inner
def pass_on(flat: Flat, p: int, in_all: Floats, idle: Floats, largest: Floats, consumed: Floats) -> None:
    """Add to each component what is taken from t on: by lots started in t + lead or later; in period 0, by all."""
    periods = largest.shape[1]
    started, unused = np.zeros(periods), np.zeros(periods)
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        started += largest[flat.able[j]]
        unused += idle[j - flat.able_start[p]]
    total = np.minimum(in_all + from_then_on(unused), from_then_on(started))
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        consumed[flat.child[j], 0] += flat.child_pieces[j] * total[0]
        for t in range(1, periods - flat.lead[p]):
            consumed[flat.child[j], t] += flat.child_pieces[j] * total[t + flat.lead[p]]


@inner
def idle_pieces(flat: Flat, p: int) -> Floats:
    """Pieces started only for hours that count towards a target: what fits, or a lot for its set-up; by capability."""
    begin, end = flat.able_start[p], flat.able_start[p + 1]
    found = np.zeros((end - begin, flat.hours.shape[1]))
    for j in range(begin, end):
        k = flat.able[j]
        if flat.below_cost[flat.workshop[k]] > 0:
            for t in range(found.shape[1]):
                fits = hours_limit(flat, k, t)
                found[j - begin, t] = fits if np.isfinite(fits) else flat.least[k]
    return found


@inner
def floors_help(flat: Flat, p: int) -> bool:
    """Whether smallest lots, promises or the plan before may make more than is needed pay, for a share or a source."""
    if flat.share[p] >= 1 and flat.sources[p] <= 1:
        return False
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        k = flat.able[j]
        if flat.min_lot[k] != 0 or flat.promised[k].any() or flat.keyed[k].any():
            return True
    return False


@inner
def works_up_stock(flat: Flat, p: int, k: int) -> Flags:
    """Where a piece of p too many costs less to make and hold than its components would cost to hold instead, T."""
    periods = flat.hours.shape[1]
    found = np.zeros(periods, dtype=np.bool_)
    for t in range(periods):
        saved = 0.0
        for j in range(flat.child_start[p], flat.child_start[p + 1]):
            kept = periods - max(0, t - flat.lead[p])
            saved += flat.child_pieces[j] * flat.holding[flat.child[j]] * kept
        held = flat.holding[p] * (periods - t) if flat.life[p] < 0 else 0.0
        found[t] = flat.cost[k] + flat.yields[k] * held < saved
    return found


@inner
def hard_stock(flat: Flat) -> Flags:
    """Whole parts that perish are scrapped whole: fractions from yields or recipes are hard to get rid of, P."""
    found = np.zeros(len(flat.integer), dtype=np.bool_)
    for p in range(len(found)):
        if flat.life[p] < 0 or not flat.integer[p]:
            continue
        found[p] = flat.stock[p] != np.rint(flat.stock[p])
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            found[p] |= flat.yields[flat.able[j]] != 1.0
        for j in range(flat.parent_start[p], flat.parent_start[p + 1]):
            pieces = flat.parent_pieces[j]
            found[p] |= pieces != np.rint(pieces) or not flat.integer[flat.parent[j]]
    return found


@inner
def whole_step(flat: Flat, hard: Flags, p: int) -> float:
    """Pieces of p that can be left out at once, though what is made or eaten can only be scrapped whole; 0: any."""
    rates = [0.0 for _ in range(0)]
    if hard[p]:
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            rates.append(flat.yields[flat.able[j]])
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        if hard[flat.child[j]]:
            rates.append(flat.child_pieces[j])
    if len(rates) == 0:
        return 0.0
    for step in range(1, LARGEST_STEP + 1):
        off = 0.0
        for rate in rates:
            off = max(off, abs(step * rate - np.rint(step * rate)))
        if off < 1e-9:
            return float(step)
    return NO_STEP


@inner
def spare_pieces(flat: Flat) -> Floats:
    """Pieces of each part that a sensible plan may start beyond its need: lots that can't be smaller, P."""
    spare = np.zeros(len(flat.integer))
    for p in flat.parents_first[::-1]:
        lots = most = kept = 0.0
        useful = False
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            lots += flat.least[k]
            most = max(most, flat.least[k])
            kept += flat.promised[k].sum() + flat.previous[k].sum()
            useful |= bool(works_up_stock(flat, p, k).any())
        spare[p] = (lots if flat.share[p] < 1 else most * flat.sources[p]) + kept
        if useful:
            for j in range(flat.child_start[p], flat.child_start[p + 1]):
                spare[p] += (flat.stock[flat.child[j]] + spare[flat.child[j]]) / flat.child_pieces[j]
    return spare
