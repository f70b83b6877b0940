"""What the engine found about one late or short line, as plain values that are kept, and its ways back as changes.

The engine is imported only where it is needed: pages import this module.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.planning.explain import Reason
    from wadah.planning.why import Change, Link, Way, WaysOut

DOABLE = ("hours", "first", "later")  # Wadah can plan these by itself; the others need somebody to do something first
PIECES = 1e-6


def told(reason: Reason | None, links: tuple[Link, ...], found: WaysOut, seconds: float) -> dict[str, Any]:
    """The answer as JSON."""
    return {
        "reason": None if reason is None else asdict(reason),
        "links": [link_told(link) for link in links],
        "ways": [way_told(way) for way in found.ways],
        "without": [[row.kind, row.code] for row in found.without],
        "whole": found.whole,
        "again": found.again,
        "tried": found.tried,
        "seconds": seconds,
    }


def link_told(link: Link) -> dict[str, Any]:
    return {
        "part": link.part,
        "needed": link.needed,
        "by": link.by,
        "room": link.room,
        "makers": [[row.workshop, row.used, row.have, list(row.periods)] for row in link.makers],
        "rivals": [[part, hours] for part, hours in link.rivals],
    }


def way_told(way: Way) -> dict[str, Any]:
    names = ("kind", "cost", "before", "after", "price", "saved", "least", "most", "delivered", "days")
    return {
        **{name: getattr(way, name) for name in names},
        "proven": way.proven,
        "displaced": [[row.order, row.pieces] for row in way.displaced if row.pieces > PIECES],
        "changes": [change_told(change) for change in way.changes],
    }


def change_told(change: Change) -> dict[str, Any]:
    from wadah.planning.why.changes import Approve, BuyIn, Firm, MoreHours

    if isinstance(change, Firm):
        return {"is": "firm", "order": change.order, "due": change.due}
    if isinstance(change, MoreHours):
        return {"is": "hours", "workshop": change.workshop, "hours": list(change.hours), "rate": change.rate}
    if isinstance(change, Approve):
        return {"is": "approve", "workshop": change.row.workshop, "part": change.row.part, "like": change.like}
    assert isinstance(change, BuyIn)
    return {"is": "buy", "part": change.part, "pieces": change.pieces, "unit_price": change.unit_price}


def changes_of(way: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes of a way that Wadah can plan by itself."""
    return tuple(change_of(row) for row in way["changes"])


def change_of(row: Mapping[str, Any]) -> Change:
    from wadah.planning.why.changes import Firm, MoreHours

    if row["is"] == "firm":
        return Firm(row["order"], row["due"])
    return MoreHours(row["workshop"], tuple(row["hours"]), row["rate"])
