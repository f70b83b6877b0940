"""One demand at a time: ask for a quantity by a date, down the bill of materials; take what comes, or ask later.

`cover` is the recursion laid flat: the ordered part's family, each part after all its parents, with what is needed of
it in each period. An ask that fails leaves no trace, and says how much of it could have been covered.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmarks.baselines.floor import TINY, free, free_of, place
from benchmarks.baselines.make import make, make_at
from wadah.planning.compiled import compiled, inner_loop, loop

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
    """Working arrays: what is needed by part and period, and the rows of a family kept to go back to.

    spent: part and period for which not even a part of an ask came back: what is reserved only grows, so later orders
    needn't ask again.
    """

    need: np.ndarray
    lots: np.ndarray
    used: np.ndarray
    sent: np.ndarray
    supply: np.ndarray
    taken: np.ndarray
    spent: np.ndarray
    started: np.ndarray
    chosen: np.ndarray


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
    chosen = np.zeros(len(flat.able) + 1, dtype=np.int64)
    return Scratch(np.zeros((parts, periods)), *kept, spent, np.zeros(periods), chosen)


@inner_loop
def copy_row(source, i, target, j):
    for t in range(source.shape[1]):
        target[j, t] = source[i, t]


@inner_loop
def keep(flat, floor, kin, desk, p):
    """Copy the rows of p's family to the desk."""
    row = 0
    for i in range(kin.start[p], kin.start[p + 1]):
        q = kin.member[i]
        copy_row(floor.supply, q, desk.supply, i - kin.start[p])
        copy_row(floor.taken, q, desk.taken, i - kin.start[p])
        for j in range(flat.able_start[q], flat.able_start[q + 1]):
            k = flat.able[j]
            copy_row(floor.lots, k, desk.lots, row)
            copy_row(floor.sent, k, desk.sent, row)
            copy_row(floor.used, flat.workshop[k], desk.used, row)
            row += 1


@inner_loop
def restore(flat, floor, kin, desk, p):
    """Copy them back."""
    row = 0
    for i in range(kin.start[p], kin.start[p + 1]):
        q = kin.member[i]
        copy_row(desk.supply, i - kin.start[p], floor.supply, q)
        copy_row(desk.taken, i - kin.start[p], floor.taken, q)
        for j in range(flat.able_start[q], flat.able_start[q + 1]):
            k = flat.able[j]
            copy_row(desk.lots, row, floor.lots, k)
            copy_row(desk.sent, row, floor.sent, k)
            copy_row(desk.used, row, floor.used, flat.workshop[k])
            row += 1


@inner_loop
def cover(flat, floor, ranked, split, desk, family, begin, end, back, only):
    """Cover desk.need of the parts family[begin:end], each after its parents, and of what their lots need in turn.

    The share of the first such part's need that could be covered: 1 where all of it. only: the capability that pieces
    of the first part must come from; −1: any.
    """
    for i in range(begin, end):
        p, asked, covered = family[i], 0.0, 0.0
        for t in range(floor.lots.shape[1]):
            q = desk.need[p, t]
            if q > TINY:
                asked += q
                covered += cover_part(flat, floor, ranked, split, desk, p, q, t, back, only if i == begin else -1)
        if covered < asked - SLACK * max(1.0, asked):
            return covered / asked
    return 1.0


@inner_loop
def cover_part(flat, floor, ranked, split, desk, p, q, t, back, only):
    """Take q pieces of p in t from stock and new lots; how many there were, at most q."""
    missing = q - available(flat, floor, p, t, only)
    if missing > SLACK:
        start_before(flat, floor, desk, p, t)
        if only >= 0:
            first = max(0, t - back) if flat.life[p] < 0 else max(0, t - back, t - flat.life[p])
            missing = make_at(flat, floor, only, missing, first, t, False)
            missing = make_at(flat, floor, only, missing, first, t, True)
        else:
            make(flat, floor, ranked, split, desk.chosen, p, missing, t, back)
        pull(flat, floor, desk, p, t)
    got = min(q, available(flat, floor, p, t, only))
    floor.taken[p, t] += got
    if only >= 0:
        floor.sent[only, t] += got
    return got


@inner_loop
def start_before(flat, floor, desk, p, t):
    """Note what is started of p up to t."""
    for u in range(t + 1):
        desk.started[u] = 0.0
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            desk.started[u] += floor.lots[flat.able[j], u]


@inner_loop
def pull(flat, floor, desk, p, t):
    """Ask the components of what was started of p since then, a lead time ahead."""
    for u in range(t + 1):
        more = -desk.started[u]
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            more += floor.lots[flat.able[j], u]
        if more > TINY:
            need_components(flat, desk, p, more, u)


@inner_loop
def need_components(flat, desk, p, pieces, t):
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        desk.need[flat.child[j], max(0, t - flat.lead[p])] += flat.child_pieces[j] * pieces


@inner_loop
def available(flat, floor, p, t, only):
    pieces = free(flat, floor, p, t)
    return min(pieces, free_of(flat, floor, only, t)) if only >= 0 else pieces


@inner_loop
def ask(flat, floor, ranked, split, kin, desk, p, q, t, only, whole_or_nothing):
    """Reserve up to q pieces of p by t; how many. Lots are first sought any time ahead, then nearer and nearer to the
    date, since what is made early needs its components early."""
    back = floor.lots.shape[1]
    begin, end = kin.start[p], kin.start[p + 1]
    while True:
        wanted = q
        for _ in range(SHRINKS):
            if wanted <= SLACK:
                break
            keep(flat, floor, kin, desk, p)
            for i in range(begin, end):
                for u in range(floor.lots.shape[1]):
                    desk.need[kin.member[i], u] = 0.0
            desk.need[p, t] = wanted
            share = cover(flat, floor, ranked, split, desk, kin.member, begin, end, back, only)
            if share >= 1.0:
                return wanted
            restore(flat, floor, kin, desk, p)
            if whole_or_nothing:
                break
            wanted = np.floor(wanted * share + TINY) if flat.integer[p] else wanted * share * (1 - 1e-9)
        if back == 0:
            return 0.0
        back //= 4


@inner_loop
def date(flat, early, perishes, i, n, periods):
    """The n-th period that order i asks for; −1 where there is none any more.

    From its due date (or, early, its first period) on; where anything perishes, before that as well.
    """
    first, last = max(0, flat.first[i]), min(flat.last[i], periods - 1)
    start = first if early else max(first, min(flat.due[i], periods - 1))
    if start > last:
        return -1
    ahead = start - first if perishes else 0
    if n <= ahead:
        return start - n
    t = start + n - ahead
    return t if t <= last else -1


@loop
def serve(flat, floor, ranked, split, early, kin, desk, orders):
    """Serve the orders one after the other."""
    for j in range(orders.shape[0]):
        i = orders[j]
        if flat.quantity[i] <= SLACK:
            continue
        if kin.single[flat.order_part[i]]:
            serve_single(flat, floor, ranked, early, kin, desk, i)
        else:
            deliver(flat, floor, ranked, split, early, kin, desk, i, -1)


@inner_loop
def deliver(flat, floor, ranked, split, early, kin, desk, i, only):
    """Ask date after date until all of order i is there. What is still missing."""
    left, p, n = flat.quantity[i], flat.order_part[i], 0
    while left > SLACK:
        t = date(flat, early, kin.perishes[p], i, n, floor.lots.shape[1])
        n += 1
        if t < 0:
            break
        if only >= 0 or not desk.spent[p, t]:
            left = deliver_at(flat, floor, ranked, split, kin, desk, i, left, t, only)
    return left


@inner_loop
def deliver_at(flat, floor, ranked, split, kin, desk, i, left, t, only):
    """Ask for what is left of order i in t, and ask again as long as something comes. What is still missing."""
    p = flat.order_part[i]
    for _ in range(ROUNDS):
        got = ask(flat, floor, ranked, split, kin, desk, p, left, t, only, not flat.partial[i])
        floor.delivered[i, t] += got
        left -= got
        if got <= 0 and only < 0 and flat.partial[i]:
            desk.spent[p, t] = True
        if got <= 0 or left <= SLACK:
            break
    return left


@inner_loop
def serve_single(flat, floor, ranked, early, kin, desk, i):
    """The first date and maker that can do all of it; else the first maker that can do anything."""
    p, n, periods = flat.order_part[i], 0, floor.lots.shape[1]
    t = date(flat, early, kin.perishes[p], i, n, periods)
    while t >= 0:
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            if ask(flat, floor, ranked, False, kin, desk, p, flat.quantity[i], t, ranked[j], True) > 0:
                floor.delivered[i, t] = flat.quantity[i]
                floor.assigned[i] = ranked[j]
                return
        n += 1
        t = date(flat, early, kin.perishes[p], i, n, periods)
    if flat.partial[i]:
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            left = deliver(flat, floor, ranked, False, early, kin, desk, i, ranked[j])
            if left < flat.quantity[i]:
                floor.assigned[i] = ranked[j]
                return


@loop
def keep_promises(flat, floor, ranked, split, desk):
    """Start what is committed and cover its components; whether all of it could be. desk.need is still 0."""
    for k in range(floor.lots.shape[0]):
        for t in range(floor.lots.shape[1]):
            x = flat.promised[k, t]
            if x > 0:
                x = np.ceil(x - TINY) if flat.integer[flat.part[k]] else x
                place(flat, floor, k, t, x)
                need_components(flat, desk, flat.part[k], x, t)
    parts, periods = flat.parents_first.shape[0], floor.lots.shape[1]
    return cover(flat, floor, ranked, split, desk, flat.parents_first, 0, parts, periods, -1) >= 1.0


@compiled
def scrapped(flat, floor):
    """What has to be thrown away at the end of each period, first in, first out."""
    found = np.zeros(floor.supply.shape)
    received = np.zeros(floor.supply.shape)
    for k in range(floor.lots.shape[0]):
        for t in range(floor.lots.shape[1]):
            received[flat.part[k], t] += flat.yields[k] * floor.lots[k, t]
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
