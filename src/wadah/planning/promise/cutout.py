"""A piece cut out of a planned problem, as a problem of its own in the words of docs/model.md.

In: the book of a plan and the parts whose lots may change ("free"). Out: a Cutout: a small Problem and the same plan's
rows in it, such that for every plan of the small problem, put back by `merged`, the whole plan obeys every rule where
the small one does, and the two differ from the plan before by the same rupiah. What lies outside is folded in:

- hours that other parts' lots use are taken off hours, then off overtime;
- what other parts' lots take of a free part leaves through a part "outside …" whose lots are committed;
- a component of a free part that isn't free itself comes in as its lots do, through the workshop "outside";
- a workshop with other work is engaged already; hours of other work count towards its target.

With `kept`, every lot of the plan is committed, so pieces may only be added; without, only what the problem commits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.plan import Plan
from wadah.planning.problem import Capability, Lot, Part, Problem, Workshop
from wadah.planning.tolerance import STOCK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.planning.problem import Order
    from wadah.planning.promise.book import Book, Floats

DUST = 1e-9  # pieces or hours; less is the arithmetic's


@dataclass(frozen=True)
class Cutout:
    """problem: the small one; before: the plan's own rows in it; free: parts whose lots may change; orders: ids of the
    plan's orders in it; other_hours: hours that stay with other work, by workshop id, a number a period."""

    book: Book
    problem: Problem
    before: Plan
    free: frozenset[str]
    orders: frozenset[str]
    other_hours: dict[str, Floats]


def cut(
    book: Book, free: Iterable[str], *, kept: bool, extra: Sequence[Order] = (), barred: Iterable[str] = ()
) -> Cutout:
    """Cut the free parts out.

    extra: new orders for free parts. barred: free parts that stay with the workshops that make them in the plan.
    Perishable components of free parts are made free as well, since what is left of them must be scrapped.
    """
    problem, barred = book.problem, set(barred)
    free = with_perishables(book, set(free))
    linked = {child for part in free for child, _ in problem.part[part].bom} - free
    stay = working(book, barred & free)
    able = [k for part in problem.parts if part.id in free for k in makers(problem, part.id, stay.get(part.id))]
    hours = other_hours(book, free, {k.workshop for k in able})
    side = Side(book, free)
    parts = [opened(book, problem.part[part.id], free, side) for part in problem.parts if part.id in free | linked]
    workshops = [workshop_left(book, name, free, hours[name], kept) for name in hours]
    orders = [order for part in problem.parts if part.id in free for order in book.orders_of.get(part.id, ())]
    lots = [Lot(part, *row) for part in sorted(free) for row in book.lots.get(part, ())]
    pairs = {
        (k.part, k.workshop) for k in able
    }  # what is planned before on other pairs costs the same whatever is done
    promised = [row for row in problem.committed if row.part in free]
    small = Problem(
        problem.calendar,
        (*parts, *side.parts),
        (*workshops, side.workshop),
        (*able, *side.capabilities),
        (*orders, *extra),
        committed=(*(whole_lots(book, lots) if kept else promised), *side.lots),
        previous=tuple(
            row for row in problem.previous if (row.part, row.workshop) in pairs and problem.change_cost > 0
        ),
        change_cost=problem.change_cost,
    )
    ids = frozenset(order.id for order in orders)
    return Cutout(book, small, inner_plan(book, lots, ids, free, side), frozenset(free), ids, hours)


def working(book: Book, parts: set[str]) -> dict[str, set[str]]:
    """By part, the workshops that have a lot of it, or a promise or a cost of change."""
    found = {part: {workshop for workshop, _, _ in book.lots.get(part, ())} for part in parts}
    for rows in (book.problem.committed, book.problem.previous) if parts else ():
        for row in rows:
            if row.part in found:
                found[row.part].add(row.workshop)
    return found


def makers(problem: Problem, part: str, among: set[str] | None) -> list[Capability]:
    """Who can make the part, of all workshops or among some."""
    able = problem.capabilities_of.get(part, ())
    return list(able) if among is None else [k for k in able if k.workshop in among]


def with_perishables(book: Book, free: set[str]) -> set[str]:
    open_ = list(free)
    while open_:
        for child, _ in book.problem.part[open_.pop()].bom:
            if child not in free and book.problem.part[child].shelf_life is not None:
                free.add(child)
                open_.append(child)
    return free


def other_hours(book: Book, free: Iterable[str], names: set[str]) -> dict[str, Floats]:
    """Hours that lots of other parts use at these workshops, by period."""
    mine = {name: np.zeros(book.problem.periods) for name in sorted(names, key=book.workshop_row.__getitem__)}
    for part in free:
        for workshop, t, x in book.lots.get(part, ()):
            if workshop in mine:
                k = book.problem.capability[part, workshop]
                mine[workshop][t] += k.setup_hours + k.hours_per_unit * x
    found = {name: book.used[book.workshop_row[name]] - hours for name, hours in mine.items()}
    return {name: np.where(hours > DUST, hours, 0.0) for name, hours in found.items()}


class Side:
    """What lies outside: parts that take pieces out, one workshop that makes them, and its committed lots."""

    def __init__(self, book: Book, free: set[str]) -> None:
        self.book, self.free = book, free
        names = book.workshop_row.keys() | book.problem.part.keys()
        self.name = "outside"
        while any(name.startswith(self.name) for name in names):
            self.name += "'"
        forever = (0.0,) * book.problem.periods
        self.workshop = Workshop(self.name, forever, forever)
        self.parts: list[Part] = []
        self.capabilities: list[Capability] = []
        self.lots: list[Lot] = []

    def takes(self, part: str, pieces: Floats) -> None:
        """Other work takes these pieces of the part, by period."""
        name = f"{self.name} {part}"
        self.parts.append(Part(name, integer=False, bom=((part, 1.0),)))
        self.makes(name, pieces)

    def makes(self, part: str, pieces: Floats) -> None:
        """Exactly these pieces come in, by period."""
        most = tuple(np.where(pieces > DUST, pieces, 0.0).tolist())
        self.capabilities.append(Capability(part, self.name, 0.0, max_per_period=most))
        self.lots += [Lot(part, self.name, t, x) for t, x in enumerate(most) if x > 0]


def opened(book: Book, part: Part, free: set[str], side: Side) -> Part:
    """The part as the small problem has it; what others take of it, and bring in, goes to `side`."""
    gone = np.zeros(book.problem.periods)
    for parent in book.parents_of.get(part.id, ()):
        if parent not in free:
            gone += book.taken_by(parent, part.id)
    linked = part.id not in free
    if linked:
        for order in book.orders_of.get(part.id, ()):
            for t, pieces in book.delivered.get(order.id, ()):
                gone[t] += pieces
        side.makes(part.id, book.received(part.id))
    if gone.any():
        side.takes(part.id, gone)
    plain = replace(part, integer=False, bom=(), lead_time=0, max_share=1.0, min_sources=1) if linked else part
    return replace(plain, stock=part.stock + shortage(book, part))


def shortage(book: Book, part: Part) -> float:
    """Pieces by which stock falls below 0 in the plan: what the referee's tolerance let through, mostly 0."""
    alone = any(order.single_source for order in book.orders_of.get(part.id, ()))
    if alone or part.shelf_life is not None:
        return 0.0
    level = part.stock + np.cumsum(book.received(part.id) - book.gone(part.id))
    missing = float(max(0.0, -level.min()))
    return missing if missing <= STOCK else 0.0


def workshop_left(book: Book, name: str, free: set[str], other: Floats, kept: bool) -> Workshop:
    """The workshop with the hours that other work leaves it."""
    row = book.problem.workshop[name]
    hours, overtime = np.array(row.hours), np.array(row.overtime_hours)
    left = np.maximum(0.0, hours - other)
    over = np.maximum(0.0, overtime - np.maximum(0.0, other - hours))
    if kept:  # a plan may use a millionth more than there is
        over = np.maximum(over, book.used[book.workshop_row[name]] - other - left)
    busy = bool(book.parts_at.get(name, set()) - free)
    return replace(
        row,
        hours=tuple(left.tolist()),
        overtime_hours=tuple(over.tolist()),
        engage_cost=0.0 if busy else row.engage_cost,
        target_hours=max(0.0, row.target_hours - float(other.sum())),
    )


def whole_lots(book: Book, lots: list[Lot]) -> list[Lot]:
    whole = {part.id for part in book.problem.parts if part.integer}
    return [replace(row, quantity=float(round(row.quantity))) if row.part in whole else row for row in lots]


def inner_plan(book: Book, lots: list[Lot], orders: frozenset[str], free: set[str], side: Side) -> Plan:
    """The plan's rows of the cut-out."""
    plan = book.plan
    make = [(row.part, row.workshop, row.period, row.quantity) for row in (*lots, *side.lots)]
    return Plan(
        "feasible",
        make=tuple(make),
        deliver=tuple((order, t, d) for order in sorted(orders) for t, d in book.delivered.get(order, ())),
        short=tuple(row for row in plan.short if row[0] in orders),
        scrap=tuple((part, t, e) for part in sorted(free) for t, e in book.scrapped.get(part, ())),
        assign=tuple((order, book.assigned[order]) for order in sorted(orders) if order in book.assigned),
    )
