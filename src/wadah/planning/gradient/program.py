"""The linear program that the first-order method solves: which lots are open, at what price, within which limits.

In: Flat. Out: a Program, one column for each lot that may be started, laid out cell by cell, a cell being a workshop
and period. `program_of` lays out the whole relaxation of docs/model.md with y = x / U put in; a rounding step may lay
out others of the same shape: other prices, fewer columns, a smallest quantity, hours less the set-ups it has fixed.

What is left out (sources, single source, shelf life but for scrap, whole pieces, orders that may not be split) only
lowers the bound. Two rules become prices: engage_cost is paid by the hour, spread over all the hours there are;
change_cost splits a lot with a `previous` row into the pieces up to it and the pieces beyond, two columns of a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled, inner_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.flat import Flat

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


class Program(NamedTuple):
    """minimise Σ cost · x + what overtime, stock, orders and targets cost + offset, lower ≤ x ≤ upper.

    Columns of workshop w and period t are start[w · T + t] … start[w · T + t + 1] − 1. Rupiah, hours, pieces started.
    room: hours at no cost left for the columns, W × T, set-ups already fixed taken off; below 0 it eats into `extra`,
    the overtime, W × T. One capability may have several columns in a cell: they add up.
    """

    start: Ints  # W · T + 1
    capability: Ints  # C
    cost: Floats  # C
    hours_per_unit: Floats  # C
    lower: Floats  # C
    upper: Floats  # C
    room: Floats
    extra: Floats
    offset: float = 0.0


def program_of(flat: Flat) -> Program:
    """The whole relaxation: set-ups paid in proportion to the largest lot, U[k,t]; promises held from below."""
    room = flat.hours.copy()
    fixed = (flat.promised > 0).astype(float)
    np.subtract.at(room, flat.workshop, fixed * flat.setup_hours[:, None])
    start = cells(flat)
    count = int(start[-1])
    columns = np.zeros((4, count))
    capability = np.zeros(count, dtype=np.int64)
    offset = lay_out(flat, hourly_engagement(flat), start, capability, columns)
    offset += flat.unable_change + float((fixed.sum(axis=1) * flat.setup_cost).sum())
    offset += float(flat.engage_cost[engaged_anyway(flat)].sum())
    cost, hours, lower, upper = columns
    return Program(start, capability, cost, hours, lower, upper, room, flat.overtime, offset)


def engaged_anyway(flat: Flat) -> Flags:
    """Workshops that something is promised at, W."""
    found = np.zeros(len(flat.hours), dtype=bool)
    found[flat.workshop[(flat.promised > 0).any(axis=1)]] = True
    return found


def hourly_engagement(flat: Flat) -> Floats:
    """Rupiah an hour that pay for engagement once every hour there is has been used, W."""
    in_all = flat.hours.sum(axis=1) + flat.overtime.sum(axis=1)
    counted = (in_all > 0) & ~engaged_anyway(flat)
    return np.where(counted, flat.engage_cost / np.where(counted, in_all, 1.0), 0.0)


@inner_loop
def open_columns(flat: Flat, k: int, t: int) -> int:
    """How many columns lot (k, t) has: none where it can only be 0, two where a change from the plan before costs."""
    if flat.promised[k, t] <= 0 and (flat.largest[k, t] <= 0 or flat.least[k] > flat.largest[k, t]):
        return 0
    return 2 if flat.keyed[k, t] else 1


@compiled
def cells(flat: Flat) -> Ints:
    """Where the columns of each cell begin, W · T + 1."""
    workshops, periods = flat.hours.shape
    start = np.zeros(workshops * periods + 1, dtype=np.int64)
    for w in range(workshops):
        for t in range(periods):
            cell = w * periods + t
            start[cell + 1] = start[cell]
            for j in range(flat.at_start[w], flat.at_start[w + 1]):
                start[cell + 1] += open_columns(flat, flat.at[j], t)
    return start


@compiled
def lay_out(flat: Flat, hourly: Floats, start: Ints, capability: Ints, columns: Floats) -> float:
    """Fill cost, hours, lower and upper, 4 × C; returns what is paid for changes before any column moves."""
    paid = 0.0
    periods = flat.hours.shape[1]
    for w in range(flat.hours.shape[0]):
        for t in range(periods):
            i = start[w * periods + t]
            for j in range(flat.at_start[w], flat.at_start[w + 1]):
                k = flat.at[j]
                count = open_columns(flat, k, t)
                if flat.keyed[k, t]:
                    low = flat.promised[k, t] if count > 0 else 0.0
                    paid += flat.change_cost * (abs(low - flat.previous[k, t]) + low)
                if count > 0:
                    lay_out_lot(flat, hourly[w], k, t, i, columns)
                    capability[i : i + count] = k
                    i += count
    return paid


@inner_loop
def lay_out_lot(flat: Flat, hourly: float, k: int, t: int, i: int, columns: Floats) -> None:
    """The columns of one lot, from column i on."""
    low, most = flat.promised[k, t], max(flat.largest[k, t], flat.promised[k, t])
    share = 0.0 if low > 0 else 1.0 / most  # of a set-up; a promised lot has its set-up for certain
    hours = flat.unit_hours[k] + flat.setup_hours[k] * share
    cost = flat.cost[k] + flat.setup_cost[k] * share + hourly * hours
    columns[0, i], columns[1, i], columns[2, i], columns[3, i] = cost, hours, low, most
    if flat.keyed[k, t]:
        before = min(max(flat.previous[k, t], low), most)
        columns[0, i], columns[3, i] = cost - flat.change_cost, before
        columns[0, i + 1], columns[1, i + 1] = cost + flat.change_cost, hours
        columns[2, i + 1], columns[3, i + 1] = 0.0, most - before
