"""What is known when a plan is to be mended, as plain values by codes and Mondays; and the mark that an answer has.

The rooms above hand this in, since they know who said no and what is under way. No database.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wadah.base.clock import business_date, monday

REFUSED, LOST, STOCK = "refused", "lost", "stock"


@dataclass(frozen=True)
class Basis:
    """What a plan in force began with (docs/work.md W15). start: its first Monday; read_at: when it was read what had
    been brought and what was still to come; None for one that counts every promise in its own week."""

    start: date
    read_at: datetime | None = None

    def knows(self, moment: datetime) -> bool:
        """Whether what happened then was read."""
        return self.read_at is not None and moment <= self.read_at

    def week(self, promised: date) -> date:
        """The Monday of the week in which the plan counts what was to come of a promise for that of another."""
        return promised if self.read_at is None else max(promised, monday(business_date(self.read_at)))

    def in_stock(self, promised: date) -> bool:
        """Whether that was to be there before the plan began, so that it is in the plan's stock."""
        return self.read_at is not None and self.week(promised) < self.start


@dataclass(frozen=True, order=True)
class Trouble:
    """Pieces that won't come. key: the row's own; how: "refused" (nothing but what is promised can be counted on),
    "lost" (so many pieces of what was counted on in lots are gone) or "stock" (of what was counted on in the stock that
    the plan began with); part "": whatever the workshop makes; workshop "": whose they would have been isn't known;
    first, last: Mondays; pieces: of what is lost."""

    key: int
    how: str
    part: str
    workshop: str
    first: date
    last: date
    pieces: float = 0.0


@dataclass(frozen=True, order=True)
class Place:
    """Pieces of a part at a workshop in the week of a Monday."""

    part: str
    workshop: str
    week: date
    pieces: float


@dataclass(frozen=True, order=True)
class No:
    """A workshop makes no more of a part (of any, where "") than promised, from one Monday to another (None: ever)."""

    part: str
    workshop: str
    first: date
    last: date | None


@dataclass(frozen=True, order=True)
class Hours:
    """Hours of a workshop's week that late work takes, which the plan counts in weeks that are over."""

    workshop: str
    week: date
    hours: float


@dataclass(frozen=True)
class Asked:
    """troubles: to be made up for; promised: what stays, by the week in which the plan counts it, handed over since or
    not; offered: what is openly offered; noes: what nobody is asked for again; late: hours gone; lines: ids of the open
    order lines with what they ask, so that a change of them makes an answer stale."""

    troubles: tuple[Trouble, ...]
    promised: tuple[Place, ...] = ()
    offered: tuple[Place, ...] = ()
    noes: tuple[No, ...] = ()
    late: tuple[Hours, ...] = ()
    lines: tuple[str, ...] = field(default=())


def mark(asked: Asked, now: int) -> str:
    """The same for the same knowledge in any order, as long as no further week of the plan is over."""
    rows = {name: sorted(map(repr, values)) for name, values in vars(asked).items()}
    return hashlib.sha256(json.dumps([now, rows]).encode()).hexdigest()[:32]


def as_json(asked: Asked) -> dict[str, list[Any]]:
    """Plain lists; days as text."""
    return {
        name: [row if isinstance(row, str) else [plain(value) for value in vars(row).values()] for row in rows]
        for name, rows in vars(asked).items()
    }


def from_json(table: dict[str, list[Any]]) -> Asked:
    kinds: dict[str, Any] = {"troubles": Trouble, "promised": Place, "offered": Place, "noes": No, "late": Hours}
    rows = {name: tuple(kind(*map(read, row)) for row in table[name]) for name, kind in kinds.items()}
    return Asked(**rows, lines=tuple(table["lines"]))


def plain(value: Any) -> Any:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def read(value: Any) -> Any:
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value
