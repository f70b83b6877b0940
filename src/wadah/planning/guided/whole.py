"""From the linear program's quantities to whole pieces: lots that fit their hours, deliveries that add up.

In: quantities of the open lots. Out: a State that keeps hours, lots and whole pieces; its stock may fall below 0, which
cut.py mends. Lots are rounded up, as far as the hours go; deliveries so that what has come by each period is within
half a piece; an order that may not be split comes whole once nearly all of it would have come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop, loop
from wadah.planning.guided.board import TINY, least_of
from wadah.planning.state.state import State

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.program import Flags, Floats

ENOUGH = 0.5  # of a smallest lot: a lot that has less isn't started, one that has more is raised to it
NEARLY = 0.99  # of an order's deliveries


def whole_state(flat: Flat, opened: Flags, made: Floats, delivered: Floats, short: Floats) -> State:
    """Round the lots and deliveries; single-source orders are left out."""
    least = np.where(flat.promised > 0, flat.promised, flat.least[:, None])
    lots = np.where(opened & (made >= ENOUGH * least), np.maximum(made, least), 0.0)
    lots = np.where(flat.integer[flat.part][:, None], np.ceil(lots - TINY), lots)
    lots = np.minimum(lots, np.maximum(flat.largest, flat.promised))
    lots = np.where(opened & (lots >= least - TINY), lots, flat.promised)
    within_hours(flat, lots)
    handed = np.zeros_like(delivered)
    round_deliveries(flat, delivered, short, handed)
    scrapped = np.zeros((len(flat.integer), lots.shape[1]))
    return State(lots, handed, scrapped, np.full(len(flat.quantity), -1, dtype=np.int64))


@loop
def within_hours(flat: Flat, lots: Floats) -> None:
    """Take pieces off the lots of a cell that has too few hours, the most hours a piece first, least lots kept."""
    for w in range(flat.hours.shape[0]):
        for t in range(flat.hours.shape[1]):
            over = -flat.hours[w, t] - flat.overtime[w, t]
            for j in range(flat.at_start[w], flat.at_start[w + 1]):
                k = flat.at[j]
                if lots[k, t] > 0.0:
                    over += flat.setup_hours[k] + flat.unit_hours[k] * lots[k, t]
            while over > TINY:
                which, most = -1, 0.0
                for j in range(flat.at_start[w], flat.at_start[w + 1]):
                    k = flat.at[j]
                    above = lots[k, t] - least_of(flat, k, t)
                    if lots[k, t] > 0.0 and above > TINY and flat.unit_hours[k] > most:
                        which, most = k, flat.unit_hours[k]
                if which < 0:
                    break
                above = lots[which, t] - least_of(flat, which, t)
                pieces = over / most
                if flat.integer[flat.part[which]]:
                    pieces = np.ceil(pieces - TINY)
                pieces = min(pieces, above)
                lots[which, t] -= pieces
                over -= pieces * most


@loop
def round_deliveries(flat: Flat, delivered: Floats, short: Floats, handed: Floats) -> None:
    """Whole deliveries, never more than the order."""
    for i in range(flat.quantity.shape[0]):
        quantity = flat.quantity[i]
        if flat.single_source[i] or quantity <= 0.0:
            continue
        if not flat.partial[i]:
            if short[i] < 0.5 * quantity:
                hand_whole(delivered[i], handed[i], quantity)
            continue
        total = 0.0
        for t in range(delivered.shape[1]):
            total += delivered[i, t]
        scale = 1.0 if short[i] > 1e-3 * quantity or total <= 0.0 else quantity / total
        so_far, given = 0.0, 0.0
        for t in range(delivered.shape[1]):
            so_far += scale * delivered[i, t]
            until = min(quantity, np.floor(so_far + 0.5) if flat.integer[flat.order_part[i]] else so_far)
            handed[i, t] = until - given
            given = until


@inner_loop
def hand_whole(delivered: Floats, handed: Floats, quantity: float) -> None:
    """An order that may not be split comes when nearly all that comes of it is there."""
    total, so_far = delivered.sum(), 0.0
    for t in range(delivered.shape[0]):
        so_far += delivered[t]
        if so_far >= NEARLY * total > 0.0:
            handed[t] = quantity
            return
