"""Lot-sizing inequalities over echelon stock: the (l, S) family, for late and short orders, yields and many makers.

Source: Barany, Van Roy & Wolsey 1984 for one item and firm demand; Pochet & Wolsey 1991 for echelon stock. Here for
the whole problem of docs/model.md. Take a part p, a period l, and a set S of pairs (capability k of p, period t ≤ l)
that have a set-up column. Let each order i of p, or of a part that p goes into, have a period r_i: what it is given up
to then is counted by its quantity, what it is given later by its own columns. Then

    Σ_S yield_k x[k,t] − Σ_S D[t] y[k,t] ≤ Σ over links (q, shift, rate) of p: rate · (
        I[q,e] + Σ_{u ≤ e} scrap[q,u] + Σ over orders i of q, r_i < u ≤ e: d[i,u] ),        e = min(l + shift, T − 1)

    D[t] = min( Σ rate · quantity_i over orders with r_i ≥ a(t, shift),
                Σ rate · quantity_i over all orders with an r_i  −  Σ over links rate · stock_q ),    never below 0,

where a(t, shift) = t + shift, and 0 for t = 0.

Proof. If no pair of S is set up the left side is at most 0 and the right side at least 0. Else let t be the first
period of a pair in S that is set up. Every x of the left lies in t … l, so Σ_S yield x ≤ G, the good pieces of p of
t … l, and Σ_S D y ≥ D[t]. By the stock rows, G = I[p,l] − I[p,t−1] + what leaves stock in t … l: scrap, deliveries, and
components; these, by chains.py, are at most rate · (good pieces of the parent in its own window), to which the same
applies. Dropping every −I[q,·] ≤ 0 leaves: G ≤ the right side + the deliveries in a(t, shift) … e that are counted by
quantity, which are 0 unless a(t, shift) ≤ r_i, and no more than quantity_i: the first term of D. And G is no more than
the good pieces of 0 … l, where I[q,−1] = stock_q needn't be dropped: the second. ∎
Nothing is asked of min_lot, promises, sourcing or overtime: they only take plans away. Pairs without a y column are
left out of S.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.cuts.chains import Chains
    from wadah.planning.flat import Flat
    from wadah.planning.formulation import Formulation

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

ROUNDS = 5  # choices of S and of the r_i, each the best against the other


class Facts(NamedTuple):
    """The tables of Flat that cuts ask for: a loop over few arrays is compiled sooner than one over many."""

    stock: Floats
    able_start: Ints
    able: Ints
    asked_start: Ints
    asked: Ints
    at_start: Ints
    at: Ints
    hours: Floats
    part: Ints
    unit_hours: Floats
    setup_hours: Floats
    least: Floats
    yields: Floats
    largest: Floats
    promised: Floats
    quantity: Floats


class Places(NamedTuple):
    """Where the decisions lie: columns, −1 where there is none. As in Formulation."""

    x: Ints  # K × T
    y: Ints  # K × T
    deliver: Ints  # N × T
    level: Ints  # P × T
    scrap: Ints  # P × T
    overtime: Ints  # W × T
    scale: Floats  # N, pieces that one unit of a delivery column stands for


class Terms(NamedTuple):
    """Orders that a part's pieces may go to up to period l, one row a way: what compiled loops fill in."""

    order: Ints
    shift: Ints
    end: Ints
    rate: Floats
    until: Ints  # r_i; −1: none


class Written(NamedTuple):
    """Rows written so far: entries end to end, and where each row ends. used: rows, entries."""

    ends: Ints
    columns: Ints
    values: Floats
    upper: Floats
    used: Ints


def facts_of(flat: Flat) -> Facts:
    """The few tables out of the many."""
    return Facts(**{name: getattr(flat, name) for name in Facts._fields})


def places(form: Formulation) -> Places:
    """The columns as the loops want them."""
    return Places(form.x, form.y, form.deliver, form.level, form.scrap, form.overtime, form.scale)


@compiled
def lot_cuts(facts: Facts, chains: Chains, at: Places, point: Floats, least: float, out: Written) -> None:
    """Append, for every part and period, the most broken inequality found; broken by more than `least` of its size."""
    periods = at.x.shape[1]
    for p in range(at.level.shape[0]):
        if not fractional(facts, at, point, p):
            continue
        stock = opening(facts, chains, p)
        for last in range(periods):
            if not part_cut(facts, chains, at, point, p, last, stock, least, out):
                return


@inner
def fractional(facts: Facts, at: Places, point: Floats, p: int) -> bool:
    """Whether any set-up of the part lies strictly between 0 and 1."""
    for j in range(facts.able_start[p], facts.able_start[p + 1]):
        for t in range(at.y.shape[1]):
            column = at.y[facts.able[j], t]
            if column >= 0 and 1e-6 < point[column] < 1 - 1e-6:
                return True
    return False


@inner
def opening(facts: Facts, chains: Chains, p: int) -> float:
    """Pieces of p in all opening stock."""
    total = 0.0
    for j in range(chains.start[p], chains.start[p + 1]):
        total += chains.rate[j] * facts.stock[chains.part[j]]
    return total


@inner
def part_cut(
    facts: Facts,
    chains: Chains,
    at: Places,
    point: Floats,
    p: int,
    last: int,
    stock: float,
    least: float,
    out: Written,
) -> bool:
    """The best inequality for part p and period `last`, written if it is broken; False where there is no room left."""
    fixed = stock_side(facts, chains, at, point, p, last)
    made = good_pieces(facts, at, point, p, last)
    if fixed >= made - least * (1.0 + made):
        return True
    terms = gathered(facts, chains, at, point, p, last)
    makers = facts.able_start[p + 1] - facts.able_start[p]
    chosen = np.zeros((makers, last + 1), dtype=np.bool_)
    best, best_until, best_asked = 0.0, terms.until.copy(), np.zeros(last + 1)
    for _ in range(ROUNDS):
        asked = asked_from(facts, terms, last, stock)
        broken = choose_lots(facts, at, point, p, asked, chosen) - fixed - delivered(at, point, terms)
        if broken <= best + 1e-12:
            break
        best, best_asked = broken, asked
        best_until = terms.until.copy()
        choose_periods(facts, at, point, p, chosen, terms)
    if best <= least * (1.0 + made):
        return True
    terms.until[:] = best_until
    choose_lots(facts, at, point, p, best_asked, chosen)
    return write(facts, chains, at, p, last, chosen, best_asked, terms, out)


@inner
def stock_side(facts: Facts, chains: Chains, at: Places, point: Floats, p: int, last: int) -> float:
    """Σ over links of rate · (stock at the end + scrap up to then), at the point."""
    periods, total = at.x.shape[1], 0.0
    for j in range(chains.start[p], chains.start[p + 1]):
        q, end = chains.part[j], min(last + chains.shift[j], periods - 1)
        held = max(0.0, point[at.level[q, end]])
        for u in range(end + 1):
            if at.scrap[q, u] >= 0:
                held += max(0.0, point[at.scrap[q, u]])
        total += chains.rate[j] * held
    return total


@inner
def good_pieces(facts: Facts, at: Places, point: Floats, p: int, last: int) -> float:
    """Good pieces of p up to `last` from lots that have a set-up column."""
    total = 0.0
    for j in range(facts.able_start[p], facts.able_start[p + 1]):
        k = facts.able[j]
        for t in range(last + 1):
            if at.y[k, t] >= 0:
                total += facts.yields[k] * point[at.x[k, t]]
    return total


@inner
def gathered(facts: Facts, chains: Chains, at: Places, point: Floats, p: int, last: int) -> Terms:
    """Every order that p's pieces may go to; r_i at first is the last period in which it is given anything."""
    periods, room = at.x.shape[1], 0
    for j in range(chains.start[p], chains.start[p + 1]):
        q = chains.part[j]
        room += facts.asked_start[q + 1] - facts.asked_start[q]
    order, shift = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    end, until = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    rate, count = np.empty(room), 0
    for j in range(chains.start[p], chains.start[p + 1]):
        q, to = chains.part[j], min(last + chains.shift[j], periods - 1)
        for a in range(facts.asked_start[q], facts.asked_start[q + 1]):
            i = facts.asked[a]
            until[count] = -2
            for u in range(to + 1):
                if at.deliver[i, u] >= 0:
                    until[count] = u if point[at.deliver[i, u]] > 1e-9 else max(until[count], -1)
            if until[count] > -2:
                order[count], shift[count], end[count], rate[count] = i, chains.shift[j], to, chains.rate[j]
                count += 1
    return Terms(order[:count], shift[:count], end[:count], rate[:count], until[:count])


@inner
def asked_from(facts: Facts, terms: Terms, last: int, stock: float) -> Floats:
    """D[t] for t = 0 … last: most pieces that may go, from t on, to what is counted by quantity."""
    asked = np.zeros(last + 1)
    for m in range(terms.order.shape[0]):
        for t in range(last + 1):
            if terms.until[m] >= (t + terms.shift[m] if t > 0 else 0):
                asked[t] += terms.rate[m] * facts.quantity[terms.order[m]]
    most = max(0.0, asked[0] - stock)
    for t in range(last + 1):
        asked[t] = min(asked[t], most)
    return asked


@inner
def choose_lots(facts: Facts, at: Places, point: Floats, p: int, asked: Floats, chosen: Flags) -> float:
    """S: every pair whose good pieces exceed D · y at the point. Returns the sum of the excesses."""
    total, first = 0.0, facts.able_start[p]
    for j in range(chosen.shape[0]):
        k = facts.able[first + j]
        for t in range(chosen.shape[1]):
            chosen[j, t] = False
            if at.y[k, t] >= 0:
                excess = facts.yields[k] * point[at.x[k, t]] - asked[t] * point[at.y[k, t]]
                if excess > 1e-9:
                    chosen[j, t] = True
                    total += excess
    return total


@inner
def delivered(at: Places, point: Floats, terms: Terms) -> float:
    """Deliveries counted by their own columns, at the point, in pieces of the part."""
    total = 0.0
    for m in range(terms.order.shape[0]):
        i = terms.order[m]
        for u in range(terms.until[m] + 1, terms.end[m] + 1):
            if at.deliver[i, u] >= 0:
                total += terms.rate[m] * at.scale[i] * max(0.0, point[at.deliver[i, u]])
    return total


@inner
def choose_periods(facts: Facts, at: Places, point: Floats, p: int, chosen: Flags, terms: Terms) -> None:
    """For each order the r_i that costs least with this S: quantity · set-ups up to it + deliveries after it."""
    setups, first = np.zeros(chosen.shape[1]), facts.able_start[p]
    for j in range(chosen.shape[0]):
        for t in range(chosen.shape[1]):
            if chosen[j, t]:
                setups[t] += point[at.y[facts.able[first + j], t]]
    for m in range(terms.order.shape[0]):
        terms.until[m] = cheapest_period(facts, at, point, setups, terms, m)


@inner
def cheapest_period(facts: Facts, at: Places, point: Floats, setups: Floats, terms: Terms, m: int) -> int:
    i, shift = terms.order[m], terms.shift[m]
    after = 0.0
    for u in range(terms.end[m] + 1):
        if at.deliver[i, u] >= 0:
            after += at.scale[i] * max(0.0, point[at.deliver[i, u]])
    best, least, counted, t = -1, after, 0.0, 0
    for u in range(terms.end[m] + 1):
        while t < setups.shape[0] and (t + shift if t > 0 else 0) <= u:
            counted += facts.quantity[i] * setups[t]
            t += 1
        if at.deliver[i, u] >= 0:
            after -= at.scale[i] * max(0.0, point[at.deliver[i, u]])
            if counted + after < least - 1e-9:
                best, least = u, counted + after
    return best


@inner
def write(
    facts: Facts,
    chains: Chains,
    at: Places,
    p: int,
    last: int,
    chosen: Flags,
    asked: Floats,
    terms: Terms,
    out: Written,
) -> bool:
    """Append the row; False, and nothing written, where it doesn't fit."""
    row, n = out.used[0], out.used[1]
    periods = at.x.shape[1]
    need = 2 * chosen.size + terms.order.shape[0] * periods
    need += (chains.start[p + 1] - chains.start[p]) * (periods + 1)
    if row >= out.upper.shape[0] or n + need > out.columns.shape[0]:
        return False
    n = write_lots(facts, at, p, chosen, asked, out, n)
    n = write_stock_side(chains, at, p, last, terms, 1.0, out, n)
    out.upper[row] = 0.0
    out.ends[row] = n
    out.used[0], out.used[1] = row + 1, n
    return True


@inner
def write_stock_side(
    chains: Chains, at: Places, p: int, last: int, terms: Terms, factor: float, out: Written, n: int
) -> int:
    """− factor · the right side of the inequality; returns the next place."""
    periods = at.x.shape[1]
    for j in range(chains.start[p], chains.start[p + 1]):
        q, end = chains.part[j], min(last + chains.shift[j], periods - 1)
        n = entry(out, n, at.level[q, end], -factor * chains.rate[j])
        for u in range(end + 1):
            n = entry(out, n, at.scrap[q, u], -factor * chains.rate[j])
    for m in range(terms.order.shape[0]):
        i = terms.order[m]
        for u in range(terms.until[m] + 1, terms.end[m] + 1):
            n = entry(out, n, at.deliver[i, u], -factor * terms.rate[m] * at.scale[i])
    return n


@inner
def write_lots(facts: Facts, at: Places, p: int, chosen: Flags, asked: Floats, out: Written, n: int) -> int:
    for j in range(chosen.shape[0]):
        k = facts.able[facts.able_start[p] + j]
        for t in range(chosen.shape[1]):
            if chosen[j, t]:
                n = entry(out, n, at.x[k, t], facts.yields[k])
                n = entry(out, n, at.y[k, t], -asked[t])
    return n


@inner
def entry(out: Written, n: int, column: int, value: float) -> int:
    """One entry, where there is such a column; returns the next place."""
    if column < 0 or value == 0.0:
        return n
    out.columns[n], out.values[n] = column, value
    return n + 1
