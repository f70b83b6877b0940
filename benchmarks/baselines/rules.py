"""The four rules: in which order demands are served, which maker is asked first, when, and whether work is split."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable


class Rule(NamedTuple):
    """One published rule.

    maker: for each capability a number, the lowest is asked first; early: demands ask from their earliest period on,
    not from their due date on; split: each quantity is shared equally over as many makers as can take a lot of it.
    """

    maker: Callable
    early: bool = False
    split: bool = False


def unit_cost(flat):
    """Rupiah a good piece."""
    return flat.cost / flat.yields


def slowness(flat):
    """Hours a good piece."""
    return flat.unit_hours / flat.yields


def smallness(flat):
    """The maker with the most hours comes first."""
    return -flat.hours.sum(axis=1)[flat.workshop]


RULES = {
    "due-date": Rule(unit_cost),
    "first-fit": Rule(slowness, early=True),
    "equal-split": Rule(unit_cost, split=True),
    "biggest-first": Rule(smallness),
}


def ranked_makers(flat, rule):
    """Capabilities by part, laid out as flat.able, the first to be asked first; ties by workshop."""
    if not flat.able.size:
        return flat.able
    order = np.lexsort((flat.workshop, rule.maker(flat), flat.part))
    return order.astype(np.int64)


def ranked_orders(flat):
    """Orders that mustn't fail first, then by due date, then by what shortness costs, dearest first."""
    must = np.isinf(flat.short_cost)
    return np.lexsort((-flat.short_cost, flat.due, ~must)).astype(np.int64)
