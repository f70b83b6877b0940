"""Where the pieces of a part end up: in itself and in whatever is made of it, level by level, period shift by shift.

In: Arrays. Out: Chains, for the cuts of lots.py, which need to know how many pieces of a part may still be asked for
from a period on (docs/model.md §1). Echelon stock as in Clark & Scarf 1960, with lead times and yields.

A lot of a parent q that is started in u takes its components in max(0, u − lead_q). So what leaves stock in periods
a … e goes to lots of q started in a + lead_q … e + lead_q (from 0 on where a = 0), and b · (pieces started) is at most
b / (the least yield of q) · (good pieces). Summed over every way up the bills of materials that takes the same number
of periods, this gives for each part a list of links (part above, shift, pieces of it a good piece of that part holds).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.limits import parents_first

if TYPE_CHECKING:
    from wadah.planning.arrays import Arrays, Floats, Ints


class Chains(NamedTuple):
    """Links of part p are start[p] … start[p + 1]; the first of them is p itself, shift 0, rate 1.

    shift: periods, clipped to T (then only what leaves stock in period 0 may go that way); rate: pieces a good piece.
    """

    start: Ints  # P + 1
    part: Ints
    shift: Ints
    rate: Floats


def chains(data: Arrays) -> Chains:
    """The links of every part."""
    order = list(reversed(parents_first(data)))  # components before what is made of them
    takers = parents(data)
    start, links = [0], list[tuple[int, int, float]]()
    for p in range(len(data.bom)):
        links += links_of(p, order, takers, data.periods)
        start.append(len(links))
    return Chains(
        np.array(start, dtype=np.int64),
        np.array([part for part, _, _ in links], dtype=np.int64),
        np.array([shift for _, shift, _ in links], dtype=np.int64),
        np.array([rate for _, _, rate in links], dtype=float),
    )


def links_of(
    p: int, order: list[int], takers: list[list[tuple[int, int, float]]], periods: int
) -> list[tuple[int, int, float]]:
    """Every (part, shift) that pieces of p go into, each with all its ways added up."""
    rates: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    rates[p][0] = 1.0
    found = []
    for q in order:
        for shift, rate in sorted(rates.pop(q, {}).items()):
            found.append((q, shift, rate))
            for parent, lead, pieces in takers[q]:
                rates[parent][min(shift + lead, periods)] += rate * pieces
    return found


def parents(data: Arrays) -> list[list[tuple[int, int, float]]]:
    """For each part, who takes it: (parent, its lead time, pieces for one good piece of the parent, at most)."""
    found: list[list[tuple[int, int, float]]] = [[] for _ in data.bom]
    for q, rows in enumerate(data.bom):
        if data.able[q].size == 0:
            continue
        worst = float(data.yields[data.able[q]].min())
        for child, pieces in rows:
            found[child].append((q, int(data.lead[q]), pieces / worst))
    return found
