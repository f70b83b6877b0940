"""The steps an order may take."""

from __future__ import annotations

STEPS: dict[str, frozenset[str]] = {
    "draft": frozenset({"confirmed", "cancelled"}),
    "confirmed": frozenset({"planned", "closed", "cancelled"}),
    "planned": frozenset({"confirmed", "closed", "cancelled"}),
    "closed": frozenset(),
    "cancelled": frozenset(),
}


def status_may_become(status: str, following: str) -> bool:
    """Whether an order that is `status` may become `following`. A plan may be withdrawn; an end is an end."""
    return following in STEPS[status]
