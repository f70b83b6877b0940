"""The steps that an order, a request and a quotation may take."""

from __future__ import annotations

STEPS: dict[str, frozenset[str]] = {
    "draft": frozenset({"reserved", "confirmed", "cancelled"}),
    "reserved": frozenset({"confirmed", "cancelled"}),
    "confirmed": frozenset({"planned", "closed", "cancelled"}),
    "planned": frozenset({"confirmed", "closed", "cancelled"}),
    "closed": frozenset({"confirmed"}),  # by a claim whose pieces are made again
    "cancelled": frozenset(),
}
REQUEST_STEPS: dict[str, frozenset[str]] = {
    "open": frozenset({"quoted", "declined", "withdrawn"}),
    "quoted": frozenset({"open", "accepted", "declined", "lapsed", "withdrawn"}),
    "lapsed": frozenset({"quoted", "withdrawn"}),
    "accepted": frozenset(),
    "declined": frozenset({"quoted"}),
    "withdrawn": frozenset(),
}
QUOTATION_STEPS: dict[str, frozenset[str]] = {
    "draft": frozenset({"sent", "withdrawn"}),
    "sent": frozenset({"accepted", "declined", "lapsed", "withdrawn"}),
    "accepted": frozenset(),
    "declined": frozenset(),
    "lapsed": frozenset(),
    "withdrawn": frozenset(),
}


def status_may_become(status: str, following: str) -> bool:
    """Whether an order that is `status` may become `following`. A plan may be withdrawn; a cancelled order stays so."""
    return following in STEPS[status]


def request_may_become(status: str, following: str) -> bool:
    """Whether a request may go there. What was declined or lapsed may be quoted anew; a withdrawal is the buyer's."""
    return following in REQUEST_STEPS[status]


def quotation_may_become(status: str, following: str) -> bool:
    """Whether a quotation may go there; once answered, lapsed or withdrawn it stays so."""
    return following in QUOTATION_STEPS[status]
