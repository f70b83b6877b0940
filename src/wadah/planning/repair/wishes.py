"""What somebody wants of a plan's lots: that one stays, goes elsewhere or grows; and that what is over stays.

In: a problem, its plan, and changes of these kinds. Out: for lots by (part, workshop, period), the fewest and the most
pieces that may be started there from now on. Moves of one lot add up, so the order of changes makes no difference.
A fewest above its most is no error here: then no plan obeys both, and the search says so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wadah.planning.errors import Fault, ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem

    Key = tuple[str, str, int]  # part, workshop, period

PIECES = 1e-6


@dataclass(frozen=True)
class Keep:
    """A lot of the plan stays: as many pieces as planned, or more."""

    part: str
    workshop: str
    period: int


@dataclass(frozen=True)
class Move:
    """Pieces of a lot of the plan go to another workshop or period; pieces: > 0, no more than the lot has.

    The lot is that much smaller at most afterwards, and the one they go to that much larger at least.
    """

    part: str
    workshop: str
    period: int
    pieces: float
    to_workshop: str
    to_period: int


@dataclass(frozen=True)
class Resize:
    """A lot of the plan becomes exactly so many pieces, > 0. Of two for one lot the last one holds."""

    part: str
    workshop: str
    period: int
    pieces: float


@dataclass(frozen=True)
class Past:
    """Periods before `first` are over: their lots stay as planned, and nothing leaves then that didn't."""

    first: int


@dataclass(frozen=True)
class AtMost:
    """No more than so many pieces, 0 or more, are started there: a member won't make the others."""

    part: str
    workshop: str
    period: int
    pieces: float


@dataclass(frozen=True)
class AtLeast:
    """No fewer than so many pieces, > 0, are started there, planned or not: they are promised."""

    part: str
    workshop: str
    period: int
    pieces: float


Wish = Keep | Move | Resize | Past | AtMost | AtLeast


@dataclass
class Wanted:
    """Pieces by lot: at least `fewest`, at most `most`; what is in neither is free."""

    fewest: dict[Key, float] = field(default_factory=dict)
    most: dict[Key, float] = field(default_factory=dict)

    def touched(self, made: Mapping[Key, float]) -> set[str]:
        """Parts of which a plan with these lots starts more or less than is wanted."""
        lost = {key[0] for key, pieces in self.most.items() if made.get(key, 0.0) > pieces + PIECES}
        return lost | {key[0] for key, pieces in self.fewest.items() if made.get(key, 0.0) < pieces - PIECES}


def lots_of(plan: Plan) -> dict[Key, float]:
    return {(part, workshop, int(t)): x for part, workshop, t, x in plan.make if x > 0}


def wanted(problem: Problem, made: dict[Key, float], changes: Sequence[object]) -> Wanted:
    """What the wishes among `changes` come to in a plan with these lots.

    Raises ProblemError where one names what isn't there, or too many.
    """
    size = dict(made)
    into: dict[Key, float] = defaultdict(float)
    out_of: dict[Key, float] = defaultdict(float)
    kept: set[Key] = set()
    found = Wanted()
    for change in changes:
        if isinstance(change, Past):
            frozen(problem, made, change, found)
        elif isinstance(change, Keep):
            kept.add(lot_key("keep", problem, made, change))
        elif isinstance(change, Resize):
            key = lot_key("resize", problem, made, change)
            size[key] = positive("resize", change.pieces)
        elif isinstance(change, Move):
            out_of[lot_key("move", problem, made, change)] += positive("move", change.pieces)
            into[target_key(problem, change)] += change.pieces
    for key, pieces in out_of.items():
        if pieces > size[key] + PIECES:
            raise ProblemError([Fault("too_large", field="move", value=pieces, hint=(("most", size[key]),))])
    settle(found, made, size, into, out_of, kept)
    for change in changes:
        if isinstance(change, AtMost | AtLeast):
            bounded(problem, change, found)
    return found


def bounded(problem: Problem, change: AtMost | AtLeast, found: Wanted) -> None:
    """Beside other wishes for the same lot the tighter one holds."""
    key = (change.part, change.workshop, change.period)
    name = "at_most" if isinstance(change, AtMost) else "at_least"
    pair_known(name, problem, change.part, change.workshop)
    in_calendar(name, problem, change.period)
    if isinstance(change, AtMost):
        found.most[key] = min(max(0.0, change.pieces), found.most.get(key, change.pieces))
    else:
        found.fewest[key] = max(positive(name, change.pieces), found.fewest.get(key, 0.0))


def settle(
    found: Wanted,
    made: dict[Key, float],
    size: dict[Key, float],
    into: dict[Key, float],
    out_of: dict[Key, float],
    kept: set[Key],
) -> None:
    """A kept lot doesn't shrink by what moves out of it: the two contradict each other."""
    resized = {key for key, pieces in size.items() if pieces != made[key]}
    for key in {*into, *out_of, *kept, *resized}:
        pieces = max(0.0, size.get(key, 0.0) + into.get(key, 0.0) - out_of.get(key, 0.0))
        if key in kept:
            found.fewest[key] = size[key] + into.get(key, 0.0)
        elif key in into or key in resized:
            found.fewest[key] = pieces
        if key in out_of or key in resized:
            found.most[key] = pieces


def frozen(problem: Problem, made: dict[Key, float], change: Past, found: Wanted) -> None:
    for k in problem.capabilities:
        for t in range(min(max(0, change.first), problem.periods)):
            key = (k.part, k.workshop, t)
            found.most[key] = made.get(key, 0.0)
            if key in made:
                found.fewest[key] = made[key]


def waiting(orders: Iterable[Order], plan: Plan, changes: Iterable[object]) -> tuple[Order, ...]:
    """The orders; those that got nothing yet leave no sooner than what is over allows."""
    first = max((change.first for change in changes if isinstance(change, Past)), default=0)
    begun = {name for name, t, pieces in plan.deliver if t < first and pieces > 0}
    return tuple(
        replace(order, earliest=first) if order.earliest < first and order.id not in begun else order
        for order in orders
    )


def lot_key(name: str, problem: Problem, made: dict[Key, float], change: Keep | Move | Resize) -> Key:
    key = (change.part, change.workshop, change.period)
    pair_known(name, problem, change.part, change.workshop)
    if key not in made:
        raise ProblemError([Fault("unknown_id", field=name, value=comma(*key), hint=(("list", "make"),))])
    return key


def target_key(problem: Problem, change: Move) -> Key:
    pair_known("move", problem, change.part, change.to_workshop)
    in_calendar("move", problem, change.to_period)
    return change.part, change.to_workshop, change.to_period


def in_calendar(name: str, problem: Problem, period: int) -> None:
    if period < 0:
        raise ProblemError([Fault("too_small", field=name, value=period, hint=(("least", 0),))])
    if period >= problem.periods:
        raise ProblemError([Fault("too_large", field=name, value=period, hint=(("most", problem.periods - 1),))])


def pair_known(name: str, problem: Problem, part: str, workshop: str) -> None:
    if (part, workshop) not in problem.capability:
        value = comma(part, workshop)
        raise ProblemError([Fault("unknown_id", field=name, value=value, hint=(("list", "capabilities"),))])


def comma(*values: object) -> str:
    return ", ".join(map(str, values))


def positive(name: str, pieces: float) -> float:
    if not pieces > 0:
        raise ProblemError([Fault("too_small", field=name, value=pieces, hint=(("least", PIECES),))])
    return pieces
