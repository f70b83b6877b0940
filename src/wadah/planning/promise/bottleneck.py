"""What stops an order: the part whose making holds it, its makers, and the hours that the proof names.

In: the desk of an order and its relaxation at the date asked. The row prices of the relaxation (pieces of the order
for one more hour, or for one more piece of a part) prove how many pieces are possible at most: evaluated anew by weak
duality (bound.py), they don't rest on the solver's word. The part that holds the order is the one whose own making is
worth most: a piece of it given for free is worth more than all that it is made of. Where the prices allow all, but
whole pieces, smallest lots and sourcing rules don't, only the search has proven it, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from wadah.planning.promise.cutout import Cutout
    from wadah.planning.promise.offers import Answers, Desk
    from wadah.planning.promise.program import Found

Code = Literal["too_early", "no_maker", "hours_full", "rules"]
Proof = Literal["hours", "search", "none"]

PRICE = 1e-9  # pieces for an hour
PIECES = 1e-6


@dataclass(frozen=True)
class Hours:
    """Hours of one workshop in one period: left before the order, and pieces of the order that one more would give."""

    workshop: str
    period: int
    left: float
    price: float


@dataclass(frozen=True)
class Stop:
    """Why not all can be had by the end of `period`.

    code: too_early (the date is before the calendar, or before the order may leave), no_maker (nobody in the pool may
    make `part`), hours_full (its makers have no more hours), rules (smallest lots, whole pieces or sourcing rules).
    makers: hours left with each maker of `part` up to `period`; hours: those with a price, dearest first; proof:
    "hours": the prices prove `most` pieces; "search": a search to its end does; "none": nothing is proven.
    """

    code: Code
    part: str
    period: int
    makers: tuple[tuple[str, float], ...]
    hours: tuple[Hours, ...]
    proof: Proof
    most: float


def stop(desk: Desk, due: int, answers: Answers) -> Stop | None:
    """What stops the order from being had whole by the end of `due`; None where nothing does."""
    cutout, part = desk.program.cutout, desk.part
    if due < desk.first:
        return Stop("too_early", part, due, (), (), "hours", 0.0)
    if answers.most is not None and answers.most.quantity >= desk.quantity - PIECES:
        return None
    relaxed = answers.relaxed
    relaxed_most = max(0.0, desk.quantity - relaxed.bound)
    held, code = holding(desk, relaxed), "hours_full"
    if not cutout.book.problem.capabilities_of.get(held):
        code = "no_maker"
    elif relaxed_most > answers.most_bound + PIECES:
        code = "rules"
    by_hours = relaxed.row_dual is not None and relaxed_most <= answers.most_bound + PIECES
    proven = answers.most_bound < desk.quantity - PIECES
    proof: Proof = "hours" if by_hours else "search" if proven else "none"
    priced = named_hours(desk, relaxed)
    return Stop(code, held, due, makers_left(cutout, held, due), priced, proof, answers.most_bound)  # type: ignore[arg-type]


def holding(desk: Desk, relaxed: Found) -> str:
    """The part of the tree whose own making is worth most to the order."""
    if relaxed.row_dual is None:
        return desk.part
    data, rows = desk.program.form.data, desk.program.form.stock_row
    price = relaxed.row_dual[rows].max(axis=1)
    tree = desk.program.cutout.book.below(desk.part)
    own = {
        name: price[p] - sum(pieces * price[child] for child, pieces in data.bom[p])
        for name, p in data.part_index.items()
        if name in tree
    }
    need = pieces_each(desk)
    return max(own, key=lambda name: (own[name] * need[name], name == desk.part, name))


def pieces_each(desk: Desk) -> dict[str, float]:
    """Pieces of each part of the tree that go into one piece of the order's part."""
    problem = desk.program.cutout.book.problem
    need: dict[str, float] = {desk.part: 1.0}
    open_ = [(desk.part, 1.0)]
    while open_:
        name, pieces = open_.pop()
        for child, quantity in problem.part[name].bom:
            need[child] = need.get(child, 0.0) + pieces * quantity
            open_.append((child, pieces * quantity))
    return need


def makers_left(cutout: Cutout, part: str, due: int) -> tuple[tuple[str, float], ...]:
    """Hours and overtime that each maker of a part has left up to the end of `due`, those with most first."""
    book = cutout.book
    found = []
    for k in book.problem.capabilities_of.get(part, ()):
        row, used = book.problem.workshop[k.workshop], book.used[book.workshop_row[k.workshop]]
        left = np.array(row.hours) + np.array(row.overtime_hours) - used
        found.append((k.workshop, float(np.maximum(0.0, left[: due + 1]).sum())))
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))


def named_hours(desk: Desk, relaxed: Found) -> tuple[Hours, ...]:
    """The hours that have a price in the relaxation: those of full rows, and of lots that fill what is left."""
    if relaxed.row_dual is None or relaxed.gain is None:
        return ()
    form, book = desk.program.form, desk.program.cutout.book
    price = np.maximum(0.0, -relaxed.row_dual[form.hours_row])
    unit = form.data.unit_hours[:, None]
    room = (form.data.hours + form.data.overtime)[form.data.workshop] - form.data.setup_hours[:, None]
    filled = (form.largest + 1) * unit >= room  # the limit is by hours, not by max_per_period nor by need
    gain = np.where((form.x >= 0) & (unit > 0) & filled, relaxed.gain[np.maximum(form.x, 0)], 0.0)
    np.maximum.at(price, form.data.workshop, gain / np.where(unit > 0, unit, 1.0))
    found = []
    for w, t in np.argwhere(price > PRICE).tolist():
        name = form.data.problem.workshops[w].id
        if name in book.workshop_row:
            row = book.problem.workshop[name]
            left = row.hours[t] + row.overtime_hours[t] - float(book.used[book.workshop_row[name], t])
            found.append(Hours(name, t, max(0.0, left), float(price[w, t])))
    return tuple(sorted(found, key=lambda hours: (-hours.price, hours.workshop, hours.period)))
