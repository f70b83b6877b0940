"""Other orders that give way: which work may be moved for a new order, and what moving it did to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order
    from wadah.planning.promise.book import Book
    from wadah.planning.promise.cutout import Cutout

MOVED_CELLS = 3_000  # (capability, period) pairs of neighbours that may be moved
AMPLE = 4.0  # times what is missing; so that there is a choice of whom to ask
PIECES = 1e-6


@dataclass(frozen=True)
class Displaced:
    """One order that gets less or later: pieces short more, piece-periods late more, rupiah more."""

    order: str
    short: float
    late: float
    cost: float


def movable(book: Book, part: str, due: int, prices: Mapping[tuple[str, int], float], missing: float) -> frozenset[str]:
    """Parts whose work may give way to the tree of `part`, so many that AMPLE times what is missing could be made.

    prices: pieces of the order that one more hour gives, by (workshop, period), where known (bottleneck.py); then the
    parts whose lots hold most of them come first, else those that use most of the makers' hours up to `due`. With a
    part come all that it goes into, so that what it no longer supplies can be left out there.
    """
    tree = book.below(part)
    wanted = parts_over(book, tree)
    cells, gained = size(book, wanted), 0.0
    gains = held_by(book, tree, due, prices)
    for name in sorted(gains.keys() - wanted, key=lambda name: (-gains[name], name)):
        more = book.above(name) - wanted
        if gained < AMPLE * missing and cells + size(book, more) <= MOVED_CELLS:
            wanted |= more
            cells += size(book, more)
            gained += sum(gains.get(other, 0.0) for other in more) if prices else 0.0
    return frozenset(wanted)


def held_by(book: Book, tree: set[str], due: int, prices: Mapping[tuple[str, int], float]) -> dict[str, float]:
    """By part: pieces of the order that its lots' hours would give; without prices, hours at the tree's makers."""
    makers = {workshop for workshop, _ in prices} or {
        k.workshop for name in tree for k in book.problem.capabilities_of.get(name, ())
    }
    found: dict[str, float] = {}
    for name in {other for workshop in makers for other in book.parts_at.get(workshop, ())}:
        used = [
            book.problem.capability[name, workshop].hours_per_unit
            * x
            * prices.get((workshop, t), 0.0 if prices else 1.0)
            for workshop, t, x in book.lots.get(name, ())
            if workshop in makers and t <= due
        ]
        if sum(used) > 0:
            found[name] = sum(used)
    return found


def parts_over(book: Book, tree: set[str]) -> set[str]:
    """The tree and all that its parts go into, as far as MOVED_CELLS allow."""
    found = set(tree)
    for name in sorted(tree):
        more = book.above(name) - found
        if size(book, more) <= MOVED_CELLS:
            found |= more
    return found


def size(book: Book, parts: set[str]) -> int:
    return sum(len({workshop for workshop, _, _ in book.lots.get(name, ())}) for name in parts) * book.problem.periods


def displaced(cutout: Cutout, plan: Plan) -> tuple[Displaced, ...]:
    """Orders of the cut-out that the plan serves worse than the plan before, those that cost most first."""
    found = []
    for name in cutout.orders:
        order = cutout.book.problem.order[name]
        short, late = missed(order, cutout.before)
        short_now, late_now = missed(order, plan)
        more_short, more_late = short_now - short, late_now - late
        cost = more_short * (order.short_cost or 0.0) + more_late * (order.late_cost or 0.0)
        if more_short > PIECES or more_late > PIECES:
            found.append(Displaced(name, more_short, more_late, cost))
    return tuple(sorted(found, key=lambda row: (-row.cost, row.order)))


def missed(order: Order, plan: Plan) -> tuple[float, float]:
    """Pieces short, and pieces × periods late."""
    mine = [(t, pieces) for name, t, pieces in plan.deliver if name == order.id]
    late = sum(max(0, t - order.due) * pieces for t, pieces in mine)
    return order.quantity - sum(pieces for _, pieces in mine), late
