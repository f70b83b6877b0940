"""Edits as plain values: what they ask of the engine, and the mark by which an answer belongs to exactly them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.planning.problem import Problem
    from wadah.planning.repair import Change
    from wadah.plans.rules import Horizon

    Key = tuple[str, str, int]  # part, workshop, period

PIN, FORBID, OUT, MOVE = "pin", "forbid", "out", "move"
PIECES = 1e-6


@dataclass(frozen=True)
class Edit:
    """One edit (models.PlanEdit) by codes; periods are those of the plan, `last` included; part "": all of them (out).

    quantity, to_workshop, to_period: of a move; to where the lot is already: the lot becomes `quantity` pieces.
    """

    kind: str
    workshop: str
    part: str
    first: int
    last: int
    quantity: float | None = None
    to_workshop: str = ""
    to_period: int | None = None

    @property
    def lot(self) -> Key:
        """The lot that a pin or a move is about."""
        return self.part, self.workshop, self.first

    @property
    def target(self) -> Key:
        """The lot that a move goes to."""
        assert self.to_period is not None
        return self.part, self.to_workshop, self.to_period

    @property
    def resizes(self) -> bool:
        return self.kind == MOVE and self.target == self.lot

    def bars(self, key: Key) -> bool:
        """Whether it leaves no room for a lot there."""
        part, workshop, period = key
        if self.kind not in (FORBID, OUT) or workshop != self.workshop or not self.first <= period <= self.last:
            return False
        return self.kind == OUT or part == self.part

    def asks_for(self) -> tuple[Key, ...]:
        """Lots that must be there."""
        if self.kind == PIN or self.resizes:
            return (self.lot,)
        return (self.target,) if self.kind == MOVE else ()


@dataclass(frozen=True)
class Ground:
    """What an edit is held against. lots: pieces of the plan; now: the period of today, 0 or more; names: part code →
    shown; standing: the other edits that hold, each with the number that pages show."""

    problem: Problem
    lots: Mapping[Key, float]
    horizon: Horizon
    now: int
    names: Mapping[str, str]
    standing: tuple[tuple[int, Edit], ...] = ()


def mark(edits: Iterable[Edit], now: int) -> str:
    """The same for the same edits in any order, as long as no further week of the plan is over."""
    rows = sorted(json.dumps(astuple(edit)) for edit in edits)
    return hashlib.sha256(json.dumps([now, rows]).encode()).hexdigest()[:32]


def changes_of(edit: Edit) -> tuple[Change, ...]:
    """What an edit asks of the engine."""
    from wadah.planning.repair import Decline, Keep, Move, Out, Resize

    if edit.kind == OUT:
        return (Out(edit.workshop, edit.first, edit.last),)
    if edit.kind == FORBID:
        return tuple(Decline(edit.part, edit.workshop, t) for t in range(edit.first, edit.last + 1))
    if edit.kind == PIN:
        return (Keep(*edit.lot),)
    assert edit.quantity is not None
    if edit.resizes:
        return (Resize(*edit.lot, edit.quantity),)
    return (Move(*edit.lot, edit.quantity, edit.to_workshop, edit.target[2]),)
