"""Step sizes: how far one iteration moves each price and each quantity (Pock & Chambolle 2011, diagonal steps).

In: Flat, Program. Out: Steps. A step is the size that the quantity itself may have, over the sizes of all that pulls
at it; so only the order of magnitude of the guesses here matters, and any guess keeps the method convergent:

- what a piece of each part costs, from the bottom of its bill of materials upwards;
- what one period needs of each part, from the orders downwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.program import Floats, Program

SMALLEST = 1e-3  # of a typical price; no part is thought cheaper
SERVED_IN = 3.0  # periods that an order is thought to be delivered in


class Steps(NamedTuple):
    """price: rupiah a piece, P, the guess; the others are step sizes before the primal weight."""

    price: Floats
    making: Floats  # K
    serving: Floats  # N
    parts: Floats  # P
    targets: Floats  # W
    shares: Floats  # K


def steps_of(flat: Flat, program: Program) -> Steps:
    """Step sizes of the Program's columns and rows."""
    price, need = part_prices(flat, unit_costs(flat, program)), needs(flat)
    makers = np.maximum(np.diff(flat.able_start), 1)[flat.part]
    size = need[flat.part] / np.sqrt(makers)  # pieces, K
    targets, shares = target_rows(flat, size), share_rows(flat, size)
    pulled = flat.yields * price[flat.part] + taken(flat, price)[flat.part]
    pulled = pulled + flat.unit_hours * flat.below_cost[flat.workshop] + share_pull(flat, price)
    orders = flat.quantity / SERVED_IN
    return Steps(
        price=price,
        making=size / pulled,
        serving=np.where(orders > 0, orders / price[flat.order_part], 1.0),
        parts=price / np.maximum(part_rows(flat, size) + summed(flat.order_part, orders, len(price)), 1e-12),
        targets=flat.below_cost / np.maximum(targets, 1e-12),
        shares=price[flat.part] / np.maximum(shares, 1e-12),
    )


def summed(key: object, values: Floats, count: int) -> Floats:
    """Sums of values by key."""
    found = np.zeros(count)
    np.add.at(found, key, values)
    return found


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


@njit(cache=True)
def gather_up(flat: Flat, price: Floats) -> None:
    """Add to each part's price that of its components."""
    for p in flat.parents_first[::-1]:
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            price[p] += flat.child_pieces[e] * price[flat.child[e]]


@njit(cache=True)
def needs(flat: Flat) -> Floats:
    """Pieces of each part that orders and parents take in a period on average, P; never 0."""
    found = np.zeros(len(flat.integer))
    for i in range(len(flat.quantity)):
        found[flat.order_part[i]] += flat.quantity[i]
    for p in flat.parents_first:
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            found[flat.child[e]] += flat.child_pieces[e] * found[p]
    return np.maximum(found / flat.hours.shape[1], 1e-6) if flat.hours.shape[1] > 0 else found


@njit(cache=True)
def taken(flat: Flat, price: Floats) -> Floats:
    """Rupiah of components in one piece, P."""
    found = np.zeros(len(price))
    for p in range(len(price)):
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            found[p] += flat.child_pieces[e] * price[flat.child[e]]
    return found


@njit(cache=True)
def part_rows(flat: Flat, size: Floats) -> Floats:
    """Pieces that go through the stock of each part in one period: made of it, and taken by its parents, P."""
    found = np.zeros(len(flat.integer))
    started = np.zeros(len(flat.integer))
    for k in range(len(size)):
        found[flat.part[k]] += flat.yields[k] * size[k]
        started[flat.part[k]] += size[k]
    for p in range(len(found)):
        at_once = max(1, flat.lead[p])  # lots of several periods take their components in period 0
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            found[flat.child[e]] += flat.child_pieces[e] * started[p] * at_once
    return found


def target_rows(flat: Flat, size: Floats) -> Floats:
    """Hours of each workshop over all periods, W."""
    return summed(flat.workshop, flat.unit_hours * size, len(flat.hours)) * flat.hours.shape[1]


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
