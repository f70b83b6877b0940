"""What has happened since the plan was made, and the problem as it is now.

In: a problem, the plan in force and changes: a member declines lots, a workshop is out for some periods, an order comes
in; or somebody wants a lot to stay, to move or to become so large (wishes.py). Out: the changed problem, in which what
can't be made any more has no room (max_per_period 0, hours 0), a lot that must be there is committed, the plan in force
is `previous`, and everything else is as it was. A committed row that a change makes impossible is refused, since
promises are kept: it must be released first, which takes it out of `committed`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from wadah.planning.errors import Fault, PlanningError, ProblemError
from wadah.planning.problem import Lot, Problem
from wadah.planning.repair.wishes import PIECES, Wish, lots_of, waiting, wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Capability, Order, Workshop
    from wadah.planning.repair.wishes import Key, Wanted

Cell = tuple[str, str]  # part, workshop


@dataclass(frozen=True)
class Decline:
    """A workshop won't make a part: in one period, or (None) in none of them."""

    part: str
    workshop: str
    period: int | None = None


@dataclass(frozen=True)
class Out:
    """A workshop does nothing from period `first` to `last`, both included."""

    workshop: str
    first: int
    last: int


@dataclass(frozen=True)
class Arrival:
    """A new order."""

    order: Order


Change = Decline | Out | Arrival | Wish


class PromiseError(PlanningError):
    """A change that a committed row forbids; rows: those that would be lost."""

    def __init__(self, rows: Sequence[Lot]) -> None:
        super().__init__("; ".join(f"committed {r.part} {r.workshop} {r.period}: {r.quantity:g}" for r in rows[:5]))
        self.rows = tuple(rows)


def struck(problem: Problem, changes: Iterable[Change]) -> dict[Cell, set[int]]:
    """Periods in which nothing may be made any more, by (part, workshop). Raises ProblemError, naming the value."""
    found: dict[Cell, set[int]] = defaultdict(set)
    parts_of: dict[str, list[str]] | None = None
    for change in changes:
        if isinstance(change, Decline):
            check_decline(problem, change)
            periods = range(problem.periods) if change.period is None else (change.period,)
            found[change.part, change.workshop].update(periods)
        elif isinstance(change, Out):
            check_out(problem, change)
            parts_of = parts_of or made_at(problem)
            for part in parts_of.get(change.workshop, ()):
                found[part, change.workshop].update(range(change.first, change.last + 1))
    return dict(found)


def made_at(problem: Problem) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for k in problem.capabilities:
        found[k.workshop].append(k.part)
    return found


def check_decline(problem: Problem, change: Decline) -> None:
    known("part", change.part, problem.part, "parts")
    known("workshop", change.workshop, problem.workshop, "workshops")
    if (change.part, change.workshop) not in problem.capability:
        pair = f"{change.part}, {change.workshop}"
        raise ProblemError([Fault("unknown_id", field="decline", value=pair, hint=(("list", "capabilities"),))])
    if change.period is not None:
        in_calendar("decline", change.period, problem)


def check_out(problem: Problem, change: Out) -> None:
    known("workshop", change.workshop, problem.workshop, "workshops")
    in_calendar("out", change.first, problem)
    in_calendar("out", change.last, problem)
    if change.last < change.first:
        raise ProblemError([Fault("too_small", field="out", value=change.last, hint=(("least", change.first),))])


def known(field: str, value: str, ids: Iterable[str], table: str) -> None:
    if value not in ids:
        raise ProblemError([Fault("unknown_id", field=field, value=value, hint=(("list", table),))])


def in_calendar(field: str, period: int, problem: Problem) -> None:
    if period < 0:
        raise ProblemError([Fault("too_small", field=field, value=period, hint=(("least", 0),))])
    if period >= problem.periods:
        raise ProblemError([Fault("too_large", field=field, value=period, hint=(("most", problem.periods - 1),))])


def changed(
    problem: Problem,
    plan: Plan,
    changes: Sequence[Change],
    *,
    release: bool = False,
    change_cost: float | None = None,
    asked: tuple[dict[Cell, set[int]], Wanted] | None = None,
) -> Problem:
    """The problem as it is now; release: committed rows that can't hold any more are given up; asked: what `changes`
    come to (struck, wanted), where it is at hand.

    Only what a change says is validated, not all the rest again. The plan in force is written into `previous` where the
    problem has a cost of change; with another one, which only a search has, who searches does it (rows_as_lots).

    Raises
    ------
    ProblemError: a change names what isn't there, or an order is at fault. PromiseError: see above.
    """
    closed, wish = asked or (struck(problem, changes), wanted(problem, lots_of(plan), changes))
    lost = lost_promises(problem, closed, wish)
    if lost and not release:
        raise PromiseError([row for row in problem.committed if row in lost])
    kept = tuple(row for row in problem.committed if row not in lost)
    cost = problem.change_cost if change_cost is None else change_cost
    previous = rows_as_lots(plan) if cost > 0 and change_cost is None else problem.previous
    new = [change.order for change in changes if isinstance(change, Arrival)]
    if new:
        check_orders(problem, new)
    return altered(
        problem,
        workshops=tuple(outages(problem, changes)),
        capabilities=tuple(limited(problem, closed, wish)),
        orders=(*waiting(problem.orders, plan, changes), *new),
        committed=(*kept, *missing(kept, wish)),
        previous=previous,
        change_cost=cost,
    )


def rows_as_lots(plan: Plan, parts: Collection[str] | None = None) -> tuple[Lot, ...]:
    """The plan's lots, of all parts or of some, as a later plan finds them in `previous`."""
    return tuple(Lot(*row) for row in plan.make if row[3] > 0 and (parts is None or row[0] in parts))


def lost_promises(problem: Problem, closed: dict[Cell, set[int]], wish: Wanted) -> set[Lot]:
    """Committed rows that have no room any more."""
    promised = promised_pieces(problem.committed)
    over = {key for key, pieces in wish.most.items() if promised.get(key, 0.0) > pieces + PIECES}
    return {
        row
        for row in problem.committed
        if row.quantity > 0 and (row.period in closed.get(cell(row), ()) or (*cell(row), row.period) in over)
    }


def promised_pieces(rows: Iterable[Lot]) -> dict[Key, float]:
    found: dict[Key, float] = defaultdict(float)
    for row in rows:
        found[row.part, row.workshop, row.period] += row.quantity
    return found


def missing(kept: Iterable[Lot], wish: Wanted) -> list[Lot]:
    """Rows that, beside those committed, make up the fewest pieces wanted."""
    promised = promised_pieces(kept)
    lacking = {key: pieces - promised.get(key, 0.0) for key, pieces in wish.fewest.items()}
    return [Lot(*key, pieces) for key, pieces in sorted(lacking.items()) if pieces > 0]


def limited(problem: Problem, closed: dict[Cell, set[int]], wish: Wanted) -> list[Capability]:
    most: dict[Cell, dict[int, float]] = defaultdict(dict)
    for (part, workshop), periods in closed.items():
        most[part, workshop].update(dict.fromkeys(periods, 0.0))
    for (part, workshop, t), pieces in wish.most.items():
        most[part, workshop][t] = min(pieces, most[part, workshop].get(t, pieces))
    return [shut(problem, k, most.get((k.part, k.workshop))) for k in problem.capabilities]


def cell(row: Lot) -> Cell:
    return row.part, row.workshop


def check_orders(problem: Problem, new: list[Order]) -> None:
    """New orders beside all parts and orders, without the lists that they can't be at fault with."""
    replace(problem, workshops=(), capabilities=(), committed=(), previous=(), orders=(*problem.orders, *new))


INDEXES = {
    "parts": ("part",),
    "workshops": ("workshop",),
    "capabilities": ("capability", "capabilities_of"),
    "orders": ("order",),
}  # what a problem finds its rows by, made once from a table


def altered(problem: Problem, **rows: object) -> Problem:
    """A copy with other rows, which their maker answers for: validating a whole city again takes long."""
    copy = object.__new__(Problem)
    copy.__dict__.update({field.name: getattr(problem, field.name) for field in fields(problem)} | rows)
    same = [
        name for table, names in INDEXES.items() if getattr(copy, table) is getattr(problem, table) for name in names
    ]
    copy.__dict__.update({name: problem.__dict__[name] for name in same if name in problem.__dict__})
    return copy


def shut(problem: Problem, row: Capability, limits: dict[int, float] | None) -> Capability:
    """limits: the most pieces by period, where there are fewer than before."""
    if not limits:
        return row
    most = row.max_per_period or (float("inf"),) * problem.periods
    return replace(row, max_per_period=tuple(min(finite(x), limits.get(t, finite(x))) for t, x in enumerate(most)))


def finite(pieces: float) -> float:
    """No limit, as a number: a column of limits has one for each period or none at all."""
    return min(pieces, 1e12)


def outages(problem: Problem, changes: Sequence[Change]) -> list[Workshop]:
    away: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        if isinstance(change, Out):
            away[change.workshop].update(range(change.first, change.last + 1))
    return [emptied(row, away[row.id]) if row.id in away else row for row in problem.workshops]


def emptied(row: Workshop, periods: set[int]) -> Workshop:
    hours = tuple(0.0 if t in periods else x for t, x in enumerate(row.hours))
    overtime = tuple(0.0 if t in periods else x for t, x in enumerate(row.overtime_hours))
    return replace(row, hours=hours, overtime_hours=overtime)
