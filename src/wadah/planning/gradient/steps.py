"""Step sizes: how far one iteration moves each price and each quantity (Pock & Chambolle 2011, diagonal steps).

In: Flat, the open columns, and what is known of prices and quantities. Out: Steps. With any positive sizes D₁ of the
prices and D₂ of the quantities the steps D₂ / Σ D₁ |a| of quantities and D₁ / Σ D₂ |a| of prices keep the method
convergent; it is quickest where D₁ and D₂ are what prices and quantities come to. So both begin as guesses (what a
piece of each part costs, from the bottom of its bill of materials upwards; what one period needs of each part, from
the orders downwards) and are measured again at the point each time that columns are opened or closed. Only open
columns count in the sums, which makes the steps of prices several times longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.point import Values
    from wadah.planning.gradient.program import Floats, Ints, Program

SMALLEST = 1e-3  # of a typical price; no part is thought cheaper
SERVED_IN = 2.0  # periods that an order is thought to be delivered in
FLOOR = 0.1  # of the guess: no price or quantity is thought smaller


class Sizes(NamedTuple):
    """Orders of magnitude: price, P, rupiah a piece; need, P, pieces in a period."""

    price: Floats
    need: Floats


class Steps(NamedTuple):
    """Step sizes before the primal weight."""

    making: Floats  # K
    serving: Floats  # N
    parts: Floats  # P
    targets: Floats  # W
    shares: Floats  # K


def sizes_of(flat: Flat, program: Program) -> Sizes:
    """The guesses to begin with."""
    return Sizes(part_prices(flat, unit_costs(flat, program)), needs(flat))


def steps_of(flat: Flat, start: Ints, capability: Ints, sizes: Sizes, values: Values) -> Steps:
    """Steps for the open columns, given by start and capability, at this point."""
    price = np.maximum(np.abs(values.parts).mean(axis=1), FLOOR * sizes.price)
    size = lot_sizes(flat, capability, sizes, values.made)
    orders = flat.quantity / SERVED_IN
    rows = np.zeros((len(price), flat.hours.shape[1]))
    add_rows(flat, start, capability, size, orders, rows)
    pulled = flat.yields * price[flat.part] + taken(flat, price)[flat.part]
    pulled = pulled + flat.unit_hours * flat.below_cost[flat.workshop] + share_pull(flat, price)
    return Steps(
        making=size / pulled,
        serving=np.where(orders > 0, orders / price[flat.order_part], 1.0),
        parts=price / np.maximum(rows.max(axis=1), 1e-12),
        targets=np.where(flat.below_cost > 0, flat.below_cost, 1.0) / np.maximum(target_rows(flat, size), 1e-12),
        shares=price[flat.part] / np.maximum(share_rows(flat, size), 1e-12),
    )


def lot_sizes(flat: Flat, capability: Ints, sizes: Sizes, made: Floats) -> Floats:
    """Pieces that an open column of each capability makes, K: its mean now, and some of an equal part of the need."""
    lots, count = len(flat.part), flat.hours.shape[1]
    columns = np.bincount(capability, minlength=lots)
    open_lots = np.bincount(flat.part, weights=columns, minlength=len(sizes.need)) / count
    mean = np.bincount(capability, weights=np.maximum(made, 0.0), minlength=lots) / np.maximum(columns, 1)
    equal = (sizes.need / np.maximum(open_lots, 1.0))[flat.part]
    found: Floats = mean + np.where(made.any(), FLOOR, 1.0) * equal
    return found


@compiled
def add_rows(flat: Flat, start: Ints, capability: Ints, size: Floats, orders: Floats, rows: Floats) -> None:
    """Pieces that may go through the stock of each part in each period, P × T: made, taken by parents, delivered."""
    workshops, periods = flat.hours.shape
    started = np.zeros(rows.shape)
    for w in range(workshops):
        for t in range(periods):
            for i in range(start[w * periods + t], start[w * periods + t + 1]):
                k = capability[i]
                rows[flat.part[k], t] += flat.yields[k] * size[k]
                started[flat.part[k], t] += size[k]
    for p in range(len(rows)):
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            for t in range(periods):
                rows[flat.child[e], max(0, t - flat.lead[p])] += flat.child_pieces[e] * started[p, t]
    for i in range(len(orders)):
        for t in range(max(0, flat.first[i]), flat.last[i] + 1):
            rows[flat.order_part[i], t] += orders[i]


def summed(key: Ints, values: Floats, count: int) -> Floats:
    """Sums of values by key."""
    return np.bincount(key, weights=values, minlength=count).astype(float)


def unit_costs(flat: Flat, program: Program) -> Floats:
    """Rupiah a piece with its share of set-up, hours at overtime's price, K: the mean over its columns."""
    dear = flat.overtime_cost[flat.overtime_cost > 0]
    hour = np.where(flat.overtime_cost > 0, flat.overtime_cost, float(np.median(dear)) if dear.size else 0.0)
    k = program.capability
    each = np.abs(program.cost) + hour[flat.workshop[k]] * program.hours_per_unit
    count = np.maximum(np.bincount(k, minlength=len(flat.part)), 1)
    return summed(k, each, len(flat.part)) / count


def part_prices(flat: Flat, cost: Floats) -> Floats:
    """Rupiah a good piece, P: what its makers ask on average, its components included."""
    makers = np.maximum(np.diff(flat.able_start), 1)
    price = summed(flat.part, cost / flat.yields, len(flat.integer)) / makers
    gather_up(flat, price)
    known = price[price > 0]
    typical = float(np.median(known)) if known.size else penalties(flat)
    return np.maximum(price, SMALLEST * typical)


def penalties(flat: Flat) -> float:
    """A typical penalty of an order, rupiah a piece; 1 where there is none. Only where making costs nothing at all."""
    asked = np.concatenate((flat.short_cost, flat.late_cost, flat.holding))
    asked = asked[np.isfinite(asked) & (asked > 0)]
    return float(np.median(asked)) if asked.size else 1.0


@compiled
def gather_up(flat: Flat, price: Floats) -> None:
    """Add to each part's price that of its components."""
    for p in flat.parents_first[::-1]:
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            price[p] += flat.child_pieces[e] * price[flat.child[e]]


@compiled
def needs(flat: Flat) -> Floats:
    """Pieces of each part that orders and parents take in a period on average, P; never 0."""
    found = np.zeros(len(flat.integer))
    for i in range(len(flat.quantity)):
        found[flat.order_part[i]] += flat.quantity[i]
    for p in flat.parents_first:
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            found[flat.child[e]] += flat.child_pieces[e] * found[p]
    return np.maximum(found / flat.hours.shape[1], 1e-6) if flat.hours.shape[1] > 0 else found


@compiled
def taken(flat: Flat, price: Floats) -> Floats:
    """Rupiah of components in one piece, P."""
    found = np.zeros(len(price))
    for p in range(len(price)):
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            found[p] += flat.child_pieces[e] * price[flat.child[e]]
    return found


def target_rows(flat: Flat, size: Floats) -> Floats:
    """Hours of each workshop over all periods, W."""
    found: Floats = summed(flat.workshop, flat.unit_hours * size, len(flat.hours)) * flat.hours.shape[1]
    return found


def share_rows(flat: Flat, size: Floats) -> Floats:
    """Pieces in the share row of each capability over all periods, K."""
    everyone = summed(flat.part, size, len(flat.integer))[flat.part]
    share = flat.share[flat.part]
    found: Floats = ((1.0 - 2.0 * share) * size + share * everyone) * flat.hours.shape[1]
    return found


def share_pull(flat: Flat, price: Floats) -> Floats:
    """Rupiah that the share rows pull at one piece, K; 0 where no share binds."""
    share, makers = flat.share[flat.part], np.diff(flat.able_start)[flat.part]
    found: Floats = np.where(share < 1, price[flat.part] * (1.0 - share + share * (makers - 1)), 0.0)
    return found
