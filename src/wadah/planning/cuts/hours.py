"""Mixed-integer rounding of the hours of a workshop and period, with lots bounded by what is asked for.

Source: Marchand & Wolsey 2001 (rounding and its heuristics); Miller, Nemhauser & Savelsbergh 2000 (covers of set-up
times and net demand). Take the hours row of (w, t), docs/model.md §2, over the capabilities k at w:

    Σ (hours_k x_k + setup_k y_k) ≤ C + o.

For each k one of three exact substitutions. Asked: by lots.py with S = {(k, t)}, yield_k x_k = D y_k + R − σ with a
slack σ ≥ 0, where R ≥ 0 is the stock side. Most: x_k = U y_k − σ. Least: x_k = least_k y_k + τ with τ ≥ 0 (the smallest
lot; 0 where something is promised or there is no y). Dropping R and τ, which only add to the left side, leaves

    Σ a_k y_k ≤ C + s,   a_k = setup_k + hours_k · (D / yield_k, U, or least_k),   s = o + Σ hours_k / yield_k · σ.

Some y are turned into 1 − y; then for any δ > 0, with f(v) = v − ⌊v⌋, b the right side by then, z whole and ≥ 0, s ≥ 0:

    Σ ( ⌊a/δ⌋ + max(0, f(a/δ) − f(b/δ)) / (1 − f(b/δ)) ) z ≤ ⌊b/δ⌋ + s / (δ (1 − f(b/δ))).

That is mixed-integer rounding; σ is then written out in columns again. Nothing but hours, lots and stock is used, so
every plan obeys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled, inner
from wadah.planning.cuts.lots import (
    asked_from,
    cheapest_period,
    delivered,
    entry,
    gathered,
    opening,
    stock_side,
    write_stock_side,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.cuts.chains import Chains
    from wadah.planning.cuts.lots import Facts, Places, Terms, Written

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LEAST_WAY, MOST_WAY, ASKED_WAY = 0, 1, 2
WHOLE = 1e-6  # a set-up this close to 0 or 1 isn't fractional
NEAR = 1e-4  # f(b/δ) this close to 0 or 1 makes a cut that is all rounding


class Knapsack(NamedTuple):
    """The y of one hours row. way: substitution; size: a_k; last: l where asked; slack: σ in hours, at the point."""

    k: Ints
    y: Floats
    way: Ints
    size: Floats
    last: Ints
    slack: Floats
    turned: Flags


@compiled
def hour_cuts(facts: Facts, chains: Chains, at: Places, point: Floats, least: float, out: Written) -> None:
    """Append, for every workshop and period, the most broken rounding found."""
    for w in range(facts.hours.shape[0]):
        for t in range(facts.hours.shape[1]):
            bounds = bounded(facts, chains, at, point, w, t)
            if bounds.k.shape[0] and not row_cut(facts, chains, at, point, bounds, w, t, least, out):
                return


@inner
def bounded(facts: Facts, chains: Chains, at: Places, point: Floats, w: int, t: int) -> Knapsack:
    """The y of a workshop and period, each with its tightest upper bound; empty where none is fractional."""
    count, open_ = 0, False
    for j in range(facts.at_start[w], facts.at_start[w + 1]):
        y = at.y[facts.at[j], t]
        if y >= 0:
            count += 1
            open_ = open_ or WHOLE < point[y] < 1 - WHOLE
    if not open_:
        count = 0
    found = Knapsack(
        np.zeros(count, dtype=np.int64),
        np.zeros(count),
        np.zeros(count, dtype=np.int64),
        np.zeros(count),
        np.zeros(count, dtype=np.int64),
        np.zeros(count),
        np.zeros(count, dtype=np.bool_),
    )
    n = 0
    for j in range(facts.at_start[w], facts.at_start[w + 1]):
        k = facts.at[j]
        if count and at.y[k, t] >= 0:
            found.k[n], found.y[n] = k, point[at.y[k, t]]
            tightest(facts, chains, at, point, found, n, t)
            n += 1
    return found


@inner
def tightest(facts: Facts, chains: Chains, at: Places, point: Floats, found: Knapsack, n: int, t: int) -> None:
    """Most or asked, and up to which period: what leaves least slack, R counted as half a slack."""
    k = found.k[n]
    p, x, y = facts.part[k], point[at.x[k, t]], found.y[n]
    most = max(facts.largest[k, t], facts.promised[k, t])
    found.way[n], found.slack[n] = MOST_WAY, facts.unit_hours[k] * max(0.0, most * y - x)
    found.size[n] = facts.setup_hours[k] + facts.unit_hours[k] * most
    if y < WHOLE or facts.unit_hours[k] == 0:
        return
    best, rate = found.slack[n], facts.unit_hours[k] / facts.yields[k]
    stock = opening(facts, chains, p)
    for last in range(t, at.x.shape[1]):
        if 0.5 * rate * stock_side(facts, chains, at, point, p, last) >= best:
            continue
        asked, rest, _ = single(facts, chains, at, point, p, t, last, y, stock)
        if asked / facts.yields[k] >= most:
            break
        slack = rate * max(0.0, asked * y + rest - facts.yields[k] * x)
        cost = slack + 0.5 * rate * rest
        if cost < best - 1e-9:
            best = cost
            found.way[n], found.last[n], found.slack[n] = ASKED_WAY, last, slack
            found.size[n] = facts.setup_hours[k] + rate * asked


@inner
def single(
    facts: Facts, chains: Chains, at: Places, point: Floats, p: int, t: int, last: int, y: float, stock: float
) -> tuple[float, float, Terms]:
    """lots.py with S = {(k, t)}: D, R at the point, and the orders with their r_i."""
    terms = gathered(facts, chains, at, point, p, last)
    setups = np.zeros(last + 1)
    setups[t] = y
    for m in range(terms.order.shape[0]):
        terms.until[m] = cheapest_period(facts, at, point, setups, terms, m)
    asked = asked_from(facts, terms, last, stock)[t]
    return asked, stock_side(facts, chains, at, point, p, last) + delivered(at, point, terms), terms


@inner
def row_cut(
    facts: Facts,
    chains: Chains,
    at: Places,
    point: Floats,
    bounds: Knapsack,
    w: int,
    t: int,
    least: float,
    out: Written,
) -> bool:
    """The best rounding over choices of substitution, δ and turned y; False where there is no room left."""
    capacity = facts.hours[w, t]
    over = max(0.0, point[at.overtime[w, t]]) if at.overtime[w, t] >= 0 else 0.0
    best, best_delta = least, 0.0
    best_way, best_size, best_turned = bounds.way.copy(), bounds.size.copy(), bounds.turned.copy()
    for policy in range(3):
        trial = ways(facts, at, point, bounds, t, policy)
        broken, delta = best_rounding(trial, capacity, over)
        if broken > best + 1e-9:
            best, best_delta = broken, delta
            best_way[:], best_size[:], best_turned[:] = trial.way, trial.size, trial.turned
    if best_delta == 0.0:
        return True
    bounds.way[:], bounds.size[:], bounds.turned[:] = best_way, best_size, best_turned
    return write_rounding(facts, chains, at, point, bounds, w, t, capacity, best_delta, out)


@inner
def ways(facts: Facts, at: Places, point: Floats, bounds: Knapsack, t: int, policy: int) -> Knapsack:
    """Policy 0: every y that isn't 0 from above; 1: from the side that is nearer at the point; 2: all from below."""
    way, size, slack = bounds.way.copy(), bounds.size.copy(), bounds.slack.copy()
    for n in range(way.shape[0]):
        k = bounds.k[n]
        fewest = facts.least[k] if facts.promised[k, t] <= 0 else 0.0
        below = facts.unit_hours[k] * (point[at.x[k, t]] - fewest * bounds.y[n])
        if bounds.y[n] < WHOLE or policy == 2 or (policy == 1 and below < slack[n]):
            way[n], slack[n] = LEAST_WAY, 0.0
            size[n] = facts.setup_hours[k] + facts.unit_hours[k] * fewest
    return Knapsack(bounds.k, bounds.y, way, size, bounds.last, slack, bounds.turned.copy())


@inner
def best_rounding(sack: Knapsack, capacity: float, over: float) -> tuple[float, float]:
    """The δ that breaks the rounding most, and by how much (in units of δ); `turned` is set to what it takes."""
    for n in range(sack.k.shape[0]):
        sack.turned[n] = sack.y[n] > 0.5
    slack = over + sack.slack.sum()
    best, delta = 0.0, 0.0
    for n in range(sack.k.shape[0]):
        if WHOLE < sack.y[n] < 1 - WHOLE and sack.size[n] > 1e-6:
            broken = rounded(sack, capacity, slack, sack.size[n])
            if broken > best:
                best, delta = broken, sack.size[n]
    if delta == 0.0:
        return best, delta
    for part in (2.0, 4.0, 8.0):
        broken = rounded(sack, capacity, slack, delta / part)
        if broken > best + 1e-9:
            best, delta = broken, delta / part
            break
    return turned_over(sack, capacity, slack, delta, best), delta


@inner
def turned_over(sack: Knapsack, capacity: float, slack: float, delta: float, best: float) -> float:
    """Turn each fractional y over where that breaks the rounding more, the most fractional first."""
    for n in np.argsort(np.abs(sack.y - 0.5)):
        if WHOLE < sack.y[n] < 1 - WHOLE:
            sack.turned[n] = not sack.turned[n]
            broken = rounded(sack, capacity, slack, delta)
            if broken > best + 1e-9:
                best = broken
            else:
                sack.turned[n] = not sack.turned[n]
    return best


@inner
def rounded(sack: Knapsack, capacity: float, slack: float, delta: float) -> float:
    """How far the rounding is broken at the point."""
    right = capacity
    for n in range(sack.k.shape[0]):
        if sack.turned[n]:
            right -= sack.size[n]
    whole = np.floor(right / delta)
    part = right / delta - whole
    if part < NEAR or part > 1 - NEAR:
        return -1.0
    total = -whole - slack / (delta * (1 - part))
    for n in range(sack.k.shape[0]):
        if sack.turned[n]:
            total += rounded_size(-sack.size[n] / delta, part) * (1 - sack.y[n])
        else:
            total += rounded_size(sack.size[n] / delta, part) * sack.y[n]
    return float(total)


@inner
def rounded_size(size: float, part: float) -> float:
    """⌊v⌋ + max(0, f(v) − part) / (1 − part)."""
    whole = np.floor(size)
    return float(whole + max(0.0, size - whole - part) / (1 - part))


@inner
def write_rounding(
    facts: Facts,
    chains: Chains,
    at: Places,
    point: Floats,
    sack: Knapsack,
    w: int,
    t: int,
    capacity: float,
    delta: float,
    out: Written,
) -> bool:
    """Append the row, times δ (1 − f); False, and nothing written, where it doesn't fit."""
    row, n = out.used[0], out.used[1]
    if row >= out.upper.shape[0] or n + 2 * sack.k.shape[0] + 1 > out.columns.shape[0]:
        return False
    right = capacity
    for m in range(sack.k.shape[0]):
        if sack.turned[m]:
            right -= sack.size[m]
    whole = np.floor(right / delta)
    part = right / delta - whole
    scale = delta * (1 - part)
    upper = whole * scale
    for m in range(sack.k.shape[0]):
        y = at.y[sack.k[m], t]
        if sack.turned[m]:
            value = rounded_size(-sack.size[m] / delta, part) * scale
            upper -= value
            n = entry(out, n, y, -value)
        else:
            n = entry(out, n, y, rounded_size(sack.size[m] / delta, part) * scale)
        n = write_slack(facts, chains, at, point, sack, m, t, out, n)
        if n < 0:
            return False
    n = entry(out, n, at.overtime[w, t], -1.0)
    out.upper[row], out.ends[row] = upper, n
    out.used[0], out.used[1] = row + 1, n
    return True


@inner
def write_slack(
    facts: Facts, chains: Chains, at: Places, point: Floats, sack: Knapsack, m: int, t: int, out: Written, n: int
) -> int:
    """− σ in hours, written out in columns: − hours / yield · (D y + R) + hours · x. −1 where there is no room."""
    k = sack.k[m]
    if sack.way[m] == LEAST_WAY:
        return n
    p = facts.part[k]
    if sack.way[m] == ASKED_WAY:
        last = sack.last[m]
        _, _, terms = single(facts, chains, at, point, p, t, last, sack.y[m], opening(facts, chains, p))
        room = (chains.start[p + 1] - chains.start[p]) * (last + at.x.shape[1] + 1)
        room += terms.order.shape[0] * at.x.shape[1] + 2
        if n + room > out.columns.shape[0]:
            return -1
        n = write_stock_side(chains, at, p, last, terms, facts.unit_hours[k] / facts.yields[k], out, n)
    if n + 2 > out.columns.shape[0]:
        return -1
    n = entry(out, n, at.y[k, t], -(sack.size[m] - facts.setup_hours[k]))
    return entry(out, n, at.x[k, t], facts.unit_hours[k])
