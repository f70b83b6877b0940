"""Changes of a problem that may mend an order, and a way out: some of them, with what it costs once planned again.

In: a Problem. Out: another Problem (`apply`). A change never edits what it is given. The price of a change is what is
paid outside the plan's own objective: for pieces bought, or for an approval; extra hours are paid inside the plan, as
overtime.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from wadah.planning.repair.changes import altered

if TYPE_CHECKING:
    from wadah.planning.problem import Capability, Problem

Kind = Literal["first", "later", "hours", "approve", "buy"]
KINDS: tuple[Kind, ...] = ("first", "later", "hours", "approve", "buy")
Code = Literal["nothing", "impossible", "not settled", "dearer", "time"]


WIDE = 0.5  # relative


class Change(Protocol):
    """One change of a problem."""

    @property
    def price(self) -> float:
        """Rupiah paid for the change itself, outside the plan's objective."""

    def apply(self, problem: Problem) -> Problem:
        """The changed problem."""


@dataclass(frozen=True, slots=True)
class Firm:
    """The order must be delivered whole and no later than `due`: being late or short is no longer allowed."""

    order: str
    due: int
    price: float = 0.0

    def apply(self, problem: Problem) -> Problem:
        orders = tuple(
            replace(row, due=self.due, late_cost=None, short_cost=None) if row.id == self.order else row
            for row in problem.orders
        )
        return altered(problem, orders=orders)


@dataclass(frozen=True, slots=True)
class MoreHours:
    """Extra hours at one workshop, one number a period, paid as overtime where they are used.

    rate: rupiah an hour, used only where the workshop has neither overtime nor a price for it; else its own holds.
    """

    workshop: str
    hours: tuple[float, ...]
    rate: float = 0.0
    price: float = 0.0

    def apply(self, problem: Problem) -> Problem:
        rows = []
        for row in problem.workshops:
            if row.id == self.workshop:
                more = tuple(have + extra for have, extra in zip(row.overtime_hours, self.hours, strict=True))
                row = replace(row, overtime_hours=more, overtime_cost=hour_rate(problem, self.workshop, self.rate))
            rows.append(row)
        return altered(problem, workshops=tuple(rows))


@dataclass(frozen=True, slots=True)
class Approve:
    """One workshop more is approved for a part; `like`: the maker whose rates it is taken to have."""

    row: Capability
    like: str
    price: float = 0.0

    def apply(self, problem: Problem) -> Problem:
        return altered(problem, capabilities=(*problem.capabilities, self.row))


@dataclass(frozen=True, slots=True)
class BuyIn:
    """Pieces of a part bought outside, at the hub before period 0; unit_price: rupiah a piece."""

    part: str
    pieces: float
    unit_price: float = 0.0

    @property
    def price(self) -> float:
        return self.pieces * self.unit_price

    def apply(self, problem: Problem) -> Problem:
        parts = tuple(
            replace(row, stock=row.stock + self.pieces) if row.id == self.part else row for row in problem.parts
        )
        return altered(problem, parts=parts)


@dataclass(frozen=True, slots=True)
class Displaced:
    """What a way out does to another order: pieces that come in time in neither, less (> 0) or more (< 0)."""

    order: str
    pieces: float


@dataclass(frozen=True, slots=True)
class Way:
    """A way out for one order, planned again.

    changes: the first is always Firm, so whatever plan obeys the changed problem mends the order. before, after: the
    objective without and with the changes, rupiah; `before` is the given plan's, or a cheaper one's where planning
    again found it. price: paid for the changes outside the objective. cost = after − before + price: what the way
    costs in all, less what the order's own lateness cost before; negative where it saves. saved: that lateness, so
    that cost + saved is the cost to everything else. least, most: the cost is proven to lie between them (equal, up
    to the planner's 1e-6, where both plans are proven best). delivered: the period of the last delivery; days: how
    many calendar days after the due date agreed so far that is, 0 where it is in time. worth: rupiah a piece bought at
    which the way would cost nothing (only where pieces are bought).
    """

    kind: Kind
    order: str
    changes: tuple[Change, ...]
    before: float
    after: float
    price: float
    saved: float
    least: float
    most: float
    delivered: int
    days: int
    displaced: tuple[Displaced, ...] = ()
    worth: float | None = None

    @property
    def cost(self) -> float:
        return self.after - self.before + self.price

    @property
    def proven(self) -> bool:
        """Whether both plans behind the cost are proven best, to 0.1 % of the cost or a millionth of the plan's."""
        return self.most - self.least <= max(1e-3 * abs(self.cost), 3e-6 * max(self.before, self.after, 1.0))

    @property
    def wide(self) -> bool:
        """Whether what is proven leaves the cost open by more than WIDE of it, or of the order's own penalty."""
        return self.most - self.least > WIDE * max(abs(self.cost), self.saved, 1.0)

    def apply(self, problem: Problem) -> Problem:
        """The problem with every change made; planning it again mends the order."""
        return applied(problem, self.changes)


@dataclass(frozen=True, slots=True)
class NoWay:
    """Why a kind of change isn't among the ways out.

    code: "nothing" of this kind could be tried; "impossible": proven, in every plan that leaves alone what was left
    alone; "not settled": the search ended at its limit with neither a plan nor a proof; "dearer" than the ways named,
    or no better than one of them; "time": the time was over before it was tried.
    """

    kind: Kind
    code: Code


def applied(problem: Problem, changes: tuple[Change, ...]) -> Problem:
    for change in changes:
        problem = change.apply(problem)
    return problem


def hour_rate(problem: Problem, workshop: str, rate: float) -> float:
    """Rupiah an extra hour at a workshop: its own price of overtime, else `rate`."""
    row = problem.workshop[workshop]
    return row.overtime_cost if row.overtime_cost > 0 or any(row.overtime_hours) else rate
