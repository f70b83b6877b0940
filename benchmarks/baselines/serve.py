"""One demand at a time: ask for a quantity by a date, down the bill of materials; take what comes, or ask later.

`cover` is the recursion laid flat: the ordered part's family, each part after all its parents, with what is needed of
it in each period. An ask that fails leaves no trace, and says how much of it could have been covered.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from benchmarks.baselines.floor import TINY, free, free_of, place
from benchmarks.baselines.make import make, make_at

SHRINKS = 5  # times a quantity that can't be covered is reduced before the ask is given up
ROUNDS = 8  # asks that one order may make for one date
SLACK = 1e-7  # pieces


class Families(NamedTuple):
    """For each part itself and everything below it, parents first, end to end; whether anything of it perishes."""

    start: np.ndarray  # P + 1
    member: np.ndarray
    perishes: np.ndarray  # P
    single: np.ndarray  # P, whether orders of the part have a single source


class Scratch(NamedTuple):
    """Working arrays: what is needed by member of the family and period, its place, and rows kept to go back to.

    spent: part and period for which not even a part of an ask came back: what is reserved only grows, so later orders
    needn't ask again.
    """

    need: np.ndarray
    place: np.ndarray
    lots: np.ndarray
    used: np.ndarray
    sent: np.ndarray
    supply: np.ndarray
    taken: np.ndarray
    spent: np.ndarray


def families(flat):
    """The family of every part."""
    rank = np.empty(len(flat.integer), dtype=np.int64)
    rank[flat.parents_first] = np.arange(len(flat.integer))
    below = [{p} for p in range(len(flat.integer))]
    for p in flat.parents_first[::-1].tolist():
        for c in flat.child[flat.child_start[p] : flat.child_start[p + 1]].tolist():
            below[p] |= below[c]
    rows = [sorted(found, key=rank.__getitem__) for found in below]
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    start[1:] = np.cumsum([len(row) for row in rows])
    member = np.array([p for row in rows for p in row], dtype=np.int64)
    single = np.zeros(len(rows), dtype=bool)
    single[flat.order_part[flat.single_source]] = True
    perishes = np.array([bool((flat.life[row] >= 0).any()) for row in rows], dtype=bool)
    return Families(start, member, perishes, single)


def scratch(flat, kin):
    """Working arrays for the largest family."""
    parts, periods = len(flat.integer), flat.largest.shape[1]
    able = np.diff(flat.able_start)
    most = max((int(able[kin.member[kin.start[p] : kin.start[p + 1]]].sum()) for p in range(parts)), default=0)
    kept = [np.zeros((rows, periods)) for rows in (most, most, most, parts, parts)]
    spent = np.zeros((parts, periods), dtype=bool)
    return Scratch(np.zeros((parts, periods)), np.zeros(parts, dtype=np.int64), *kept, spent)


@njit(cache=True)
def keep(flat, floor, family, desk, back):
    """Copy the family's rows to the desk; or, with `back`, from the desk."""
    row = 0
    for i in range(family.shape[0]):
        p = family[i]
        if back:
            floor.supply[p], floor.taken[p] = desk.supply[i], desk.taken[i]
        else:
            desk.supply[i], desk.taken[i] = floor.supply[p], floor.taken[p]
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            w = flat.workshop[k]
            if back:
                floor.lots[k], floor.used[w], floor.sent[k] = desk.lots[row], desk.used[row], desk.sent[row]
            else:
                desk.lots[row], desk.used[row], desk.sent[row] = floor.lots[k], floor.used[w], floor.sent[k]
            row += 1


@njit(cache=True)
def pull(flat, desk, p, started, t):
    """Ask the components of so many pieces, a lead time ahead."""
    u = max(0, t - flat.lead[p])
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        desk.need[desk.place[flat.child[j]], u] += flat.child_pieces[j] * started


@njit(cache=True)
def cover(flat, floor, ranked, split, family, desk, back, only):
    """Cover what desk.need says, down the family. The share of the first part's need that could be: 1 where all of it.

    only: the capability that the first part's pieces must come from; −1: any.
    """
    periods = floor.lots.shape[1]
    for i in range(family.shape[0]):
        desk.place[family[i]] = i
    for i in range(family.shape[0]):
        p, asked, covered = family[i], 0.0, 0.0
        for t in range(periods):
            q = desk.need[i, t]
            if q <= TINY:
                continue
            asked += q
            covered += cover_part(flat, floor, ranked, split, desk, p, q, t, back, only if i == 0 else -1)
        if covered < asked - SLACK * max(1.0, asked):
            return covered / asked
    return 1.0


@njit(cache=True)
def cover_part(flat, floor, ranked, split, desk, p, q, t, back, only):
    """Take q pieces of p in t from stock and new lots; how many there were, at most q."""
    missing = q - available(flat, floor, p, t, only)
    if missing > SLACK:
        begin, end = flat.able_start[p], flat.able_start[p + 1]
        before = np.empty((end - begin, t + 1))
        for j in range(begin, end):
            before[j - begin] = floor.lots[flat.able[j], : t + 1]
        if only >= 0:
            first = max(0, t - back) if flat.life[p] < 0 else max(0, t - back, t - flat.life[p])
            for overtime in (False, True):
                missing = make_at(flat, floor, only, missing, first, t, overtime)
        else:
            make(flat, floor, ranked, split, p, missing, t, back)
        for j in range(begin, end):
            for u in range(t + 1):
                more = floor.lots[flat.able[j], u] - before[j - begin, u]
                if more > 0:
                    pull(flat, desk, p, more, u)
    got = min(q, available(flat, floor, p, t, only))
    floor.taken[p, t] += got
    if only >= 0:
        floor.sent[only, t] += got
    return got


@njit(cache=True)
def available(flat, floor, p, t, only):
    pieces = free(flat, floor, p, t)
    return min(pieces, free_of(flat, floor, only, t)) if only >= 0 else pieces


@njit(cache=True)
def ask(flat, floor, ranked, split, family, desk, q, t, only, whole_or_nothing):
    """Reserve up to q pieces of the family's first part by t; how many. Lots are first sought any time ahead, then
    nearer and nearer to the date, since what is made early needs its components early."""
    periods = floor.lots.shape[1]
    integer = flat.integer[family[0]]
    back = periods
    while True:
        wanted = q
        for _ in range(SHRINKS):
            if wanted <= SLACK:
                break
            keep(flat, floor, family, desk, False)
            desk.need[: family.shape[0]] = 0.0
            desk.need[0, t] = wanted
            share = cover(flat, floor, ranked, split, family, desk, back, only)
            if share >= 1.0:
                return wanted
            keep(flat, floor, family, desk, True)
            if whole_or_nothing:
                break
            wanted = np.floor(wanted * share + TINY) if integer else wanted * share * (1 - 1e-9)
        if back == 0:
            return 0.0
        back //= 4


@njit(cache=True)
def dates(flat, early, perishes, i, periods):
    """Periods that order i asks for, in that order; before its due date only where earlier may be easier."""
    first = max(0, flat.first[i])
    last = min(flat.last[i], periods - 1)
    found = np.empty(periods, dtype=np.int64)
    count = 0
    start = first if early else max(first, min(flat.due[i], periods - 1))
    if start > last:
        return found[:0]
    found[count] = start
    count += 1
    if perishes:
        for t in range(start - 1, first - 1, -1):
            found[count] = t
            count += 1
    for t in range(start + 1, last + 1):
        found[count] = t
        count += 1
    return found[:count]


@njit(cache=True)
def serve(flat, floor, ranked, split, early, kin, desk, orders):
    """Serve the orders one after the other."""
    for i in orders:
        p = flat.order_part[i]
        family = kin.member[kin.start[p] : kin.start[p + 1]]
        wanted = dates(flat, early, kin.perishes[p], i, floor.lots.shape[1])
        if flat.quantity[i] <= SLACK:
            continue
        if kin.single[p]:
            serve_single(flat, floor, ranked, family, desk, i, wanted)
        else:
            deliver(flat, floor, ranked, split, family, desk, i, wanted, -1)


@njit(cache=True)
def deliver(flat, floor, ranked, split, family, desk, i, wanted, only):
    """Ask date after date until all of order i is there."""
    left, p = flat.quantity[i], family[0]
    for t in wanted:
        if only < 0 and desk.spent[p, t]:
            continue
        for _ in range(ROUNDS):
            got = ask(flat, floor, ranked, split, family, desk, left, t, only, not flat.partial[i])
            floor.delivered[i, t] += got
            left -= got
            if got <= 0 and only < 0 and flat.partial[i]:
                desk.spent[p, t] = True
            if got <= 0 or left <= SLACK:
                break
        if left <= SLACK:
            return


@njit(cache=True)
def serve_single(flat, floor, ranked, family, desk, i, wanted):
    """The first date and maker that can do all of it; else the first maker that can do anything."""
    p = family[0]
    for t in wanted:
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            got = ask(flat, floor, ranked, False, family, desk, flat.quantity[i], t, ranked[j], True)
            if got > 0:
                floor.delivered[i, t] = got
                floor.assigned[i] = ranked[j]
                return
    if not flat.partial[i]:
        return
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        deliver(flat, floor, ranked, False, family, desk, i, wanted, ranked[j])
        if floor.delivered[i].sum() > 0:
            floor.assigned[i] = ranked[j]
            return


@njit(cache=True)
def keep_promises(flat, floor, ranked, split, desk):
    """Start what is committed and cover its components; whether all of it could be."""
    desk.need[:] = 0.0
    for i in range(flat.parents_first.shape[0]):
        desk.place[flat.parents_first[i]] = i
    for k in range(floor.lots.shape[0]):
        for t in range(floor.lots.shape[1]):
            x = flat.promised[k, t]
            if x > 0:
                x = np.ceil(x - TINY) if flat.integer[flat.part[k]] else x
                place(flat, floor, k, t, x)
                pull(flat, desk, flat.part[k], x, t)
    return cover(flat, floor, ranked, split, flat.parents_first, desk, floor.lots.shape[1], -1) >= 1.0


@njit(cache=True)
def scrapped(flat, floor):
    """What has to be thrown away at the end of each period, first in, first out."""
    found = np.zeros(floor.supply.shape)
    received = np.zeros(floor.supply.shape)
    for k in range(floor.lots.shape[0]):
        received[flat.part[k]] += flat.yields[k] * floor.lots[k]
    for p in range(found.shape[0]):
        if flat.life[p] < 0:
            continue
        level = flat.stock[p]
        for t in range(found.shape[1]):
            level += received[p, t] - floor.taken[p, t]
            begin = t - flat.life[p] + 1
            fresh = flat.stock[p] if begin < 0 and flat.life[p] > 0 else 0.0
            for u in range(max(begin, 0), t + 1):
                fresh += received[p, u]
            over = level - fresh
            if over > SLACK:
                found[p, t] = np.ceil(over - 1e-6) if flat.integer[p] else over
                level -= found[p, t]
    return found
