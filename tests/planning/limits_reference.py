"""U[k,t] in plain numpy, part by part: what the compiled loops of limits.py must give. See there for the argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.limits import Limits

if TYPE_CHECKING:
    from wadah.planning.arrays import Arrays, Flags, Floats, Ints

WHOLE = 1e-6  # pieces; a limit this close under a whole number is that number
TRACE = 1e-3  # pieces; more than enough to make a source of a part that isn't whole
LARGEST_STEP = 1_000  # pieces; yields and recipes have a few decimals
NO_STEP = 100_000.0  # pieces; with these, stock comes out whole within the referee's 1e-5


def limits(data: Arrays) -> Limits:
    """U[k,t] for every capability and period, finite, whole where the part is."""
    by_hours = np.minimum(data.limit, hours_limit(data))
    loose, spare = loose_capabilities(data), spare_pieces(data)
    consumed = np.zeros((len(data.integer), data.periods))
    largest = np.zeros(by_hours.shape)
    ahead = earlier_and_later(data)
    for p in parents_first(data):
        consumed[p] += orders_from(data, ahead, p)
        ks = data.able[p]
        if ks.size == 0:
            continue
        need, total = need_limits(data, p, consumed[p], spare[p], loose)
        largest[ks] = np.minimum(by_hours[ks], need)
        total = np.minimum(total, reversed_sum(largest[ks]))
        for child, pieces in data.bom[p]:
            consumed[child] += pieces * shifted(total, int(data.lead[p]))
    whole = np.floor(largest + WHOLE)
    largest = np.where(data.integer[data.part][:, None], whole, largest) if data.part.size else largest
    return Limits(np.maximum(largest, 0.0), consumed)


def hours_limit(data: Arrays) -> Floats:
    """Pieces that fit into hours and overtime once the set-up is done; infinite where a piece takes none."""
    room = (data.hours + data.overtime)[data.workshop] - data.setup_hours[:, None]
    unit = data.unit_hours[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        pieces = np.where(unit > 0, room / unit, np.inf)
    return np.where(room < -WHOLE * np.maximum(1.0, data.setup_hours[:, None]), 0.0, np.maximum(pieces, 0.0))


def need_limits(data: Arrays, p: int, consumed: Floats, spare: float, loose: Flags) -> tuple[Floats, Floats]:
    """For part p: U by need for each of its capabilities × T, and the most pieces started from t on in all, T."""
    ks = data.able[p]
    rounding = 1.0 if data.integer[p] else 0.0
    scarce = float(data.yields[ks].min())
    if data.share[p] < 1:  # pieces started late, when nothing is needed any more, still make room for others' shares
        consumed = np.full(data.periods, consumed[0])
    in_all = (consumed / scarce + spare + rounding) / data.share[p] + rounding / data.share[p]
    step = whole_step(data, p)
    in_all = in_all + step
    idle = idle_pieces(data, ks)
    balanced = data.share[p] < 1 and bool(idle.any())  # others' shares of what is made for the hours alone
    if balanced:
        in_all = in_all + float(idle.sum()) / data.share[p]
    rate = np.full(len(ks), scarce) if data.share[p] < 1 else data.yields[ks]
    alone = consumed[None, :] / rate[:, None] + (rounding if data.share[p] < 1 else 0.0)
    alone = alone + step
    if data.integer[p]:
        alone = np.ceil(alone - WHOLE)
    trace = TRACE if data.sources[p] > 1 else 0.0
    floor = np.maximum(np.maximum(least_lot(data)[ks, None], trace), np.maximum(data.promised[ks], data.previous[ks]))
    need = np.where(loose[ks] | balanced, np.maximum(in_all[None, :], floor), np.maximum(alone, floor))
    return np.maximum(need, idle), in_all + reversed_rows(idle).sum(axis=0)


def idle_pieces(data: Arrays, ks: Ints) -> Floats:
    """Pieces started only for hours that count towards a target: what fits, or a lot for its set-up, len(ks) × T."""
    hours = hours_limit(data)[ks]
    lots = np.broadcast_to(least_lot(data)[ks, None], hours.shape)
    return np.where((data.below_cost[data.workshop[ks]] > 0)[:, None], np.where(np.isfinite(hours), hours, lots), 0.0)


def least_lot(data: Arrays) -> Floats:
    """The smallest quantity that may be started at all: a whole piece at least where the part is whole, K."""
    whole = data.integer[data.part]
    return np.where(whole, np.maximum(np.ceil(data.min_lot - WHOLE), 1.0), data.min_lot)


def loose_capabilities(data: Arrays) -> Flags:
    """K × T: where starting more than anything consumes might pay, so that the need is no limit."""
    shape = data.promised.shape
    loose = np.zeros(shape, dtype=bool)
    for p, ks in enumerate(data.able):
        floors = data.min_lot[ks].any() or data.promised[ks].any() or data.keyed[ks].any()
        helped = (data.share[p] < 1 or data.sources[p] > 1) and floors
        loose[ks] = bool(helped)
        loose[ks] |= works_up_stock(data, p)
    return loose | (data.below_cost[data.workshop] > 0)[:, None]


def works_up_stock(data: Arrays, p: int) -> Flags:
    """Where a piece of p too many costs less to make and hold than its components would cost to hold instead."""
    ks, t = data.able[p], np.arange(data.periods)
    saved = np.zeros(data.periods)
    for child, pieces in data.bom[p]:
        saved += pieces * data.holding[child] * (data.periods - np.maximum(0, t - data.lead[p]))
    held = data.holding[p] * (data.periods - t) if data.life[p] < 0 else np.zeros(data.periods)
    costs = data.cost[ks, None] + data.yields[ks, None] * held
    return np.asarray(costs < saved)


def whole_stock_is_hard(data: Arrays, p: int) -> bool:
    """A whole part that perishes is scrapped whole: fractions from yields or recipes are hard to get rid of."""
    if data.life[p] < 0 or not data.integer[p]:
        return False
    fractional = bool((data.yields[data.able[p]] != 1.0).any()) or data.stock[p] != round(data.stock[p])
    parents = [(q, pieces) for q, rows in enumerate(data.bom) for child, pieces in rows if child == p]
    return fractional or any(pieces != round(pieces) or not data.integer[q] for q, pieces in parents)


def whole_step(data: Arrays, p: int) -> float:
    """Pieces of p that can be left out at once, though what is made or eaten can only be scrapped whole; 0: any."""
    rates = [float(rate) for rate in data.yields[data.able[p]]] if whole_stock_is_hard(data, p) else []
    rates += [pieces for child, pieces in data.bom[p] if whole_stock_is_hard(data, child)]
    if not rates:
        return 0.0
    products = np.outer(np.arange(1, LARGEST_STEP + 1), rates)
    steps = np.flatnonzero((np.abs(products - np.rint(products)) < 1e-9).all(axis=1))
    return float(steps[0] + 1) if steps.size else NO_STEP


def spare_pieces(data: Arrays) -> Floats:
    """Pieces of each part that a sensible plan may start beyond its need: lots that can't be smaller, P."""
    least, spare = least_lot(data), np.zeros(len(data.integer))
    kept = data.promised.sum(axis=1) + data.previous.sum(axis=1)
    for p in reversed(parents_first(data)):
        ks = data.able[p]
        if ks.size:
            lots = float(least[ks].sum()) if data.share[p] < 1 else float(least[ks].max()) * float(data.sources[p])
            spare[p] = lots + float(kept[ks].sum())
        if works_up_stock(data, p).any():
            spare[p] += sum((data.stock[child] + spare[child]) / pieces for child, pieces in data.bom[p])
    return spare


def earlier_and_later(data: Arrays) -> Ints:
    """The last period in which each order may still be delivered; −1 where it never may, N."""
    return np.asarray(np.where(data.last >= np.maximum(data.first, 0), data.last, -1))


def orders_from(data: Arrays, last: Ints, p: int) -> Floats:
    """Pieces of p that orders may still take in t or later, T."""
    mine = data.order_part == p
    by_last = np.zeros(data.periods)
    open_orders = mine & (last >= 0)
    np.add.at(by_last, last[open_orders], data.quantity[open_orders])
    return np.asarray(reversed_rows(by_last[None, :])[0])


def shifted(total: Floats, lead: int) -> Floats:
    """What parents take from t on: lots started in t + lead or later, and in period 0 all of them."""
    moved = np.zeros(len(total))
    if lead < len(total):
        moved[: len(total) - lead] = total[lead:]
    moved[0] = total[0]
    return moved


def reversed_rows(values: Floats) -> Floats:
    return np.asarray(np.cumsum(values[:, ::-1], axis=1)[:, ::-1])


def reversed_sum(values: Floats) -> Floats:
    return np.asarray(reversed_rows(values).sum(axis=0))


def parents_first(data: Arrays) -> list[int]:
    """Every part after all its parents."""
    waiting = np.zeros(len(data.bom), dtype=int)
    for rows in data.bom:
        for child, _ in rows:
            waiting[child] += 1
    ready = [p for p in range(len(data.bom)) if waiting[p] == 0]
    for p in ready:  # grows while it is read
        for child, _ in data.bom[p]:
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    return ready
