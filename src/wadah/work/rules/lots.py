"""Which lots may become one, and what the one is. No database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

STILL = ("waiting", "accepted", "rejected")
"""Buckets at the hub: pieces there can be split off or merged."""


@dataclass(frozen=True, slots=True)
class Label:
    """What tells one lot of a part from another. work_order, owner: ids."""

    cooperative: int
    part: int
    work_order: int | None
    owner: int | None
    supplier: str
    batch: str
    expires_on: date | None
    simulated: bool


def merge_fault(labels: Sequence[Label], bucket: str) -> str:
    """Why lots can't become one, "" where they can: "one", "part", "owner", "maker", "bucket".

    Pieces that are still to be inspected, or were rejected, keep their maker, whose pay hangs on them; accepted ones of
    several makers may lie together.
    """
    if bucket not in STILL:
        return "bucket"
    if len(labels) < 2:
        return "one"
    if len({(label.cooperative, label.part) for label in labels}) > 1:
        return "part"
    if len({label.owner for label in labels}) > 1:
        return "owner"
    if bucket != "accepted" and len({label.work_order for label in labels}) > 1:
        return "maker"
    return ""


def merged_label(labels: Sequence[Label]) -> dict[str, Any]:
    """The columns of the lot that they become: what all share, the first day on which any expires."""

    def shared(name: str, otherwise: Any) -> Any:
        values = {getattr(label, name) for label in labels}
        return values.pop() if len(values) == 1 else otherwise

    expiries = [label.expires_on for label in labels if label.expires_on is not None]
    return {
        "work_order_id": shared("work_order", None),
        "owner_id": labels[0].owner,
        "supplier": shared("supplier", ""),
        "batch": shared("batch", ""),
        "expires_on": min(expiries, default=None),
        "simulated": any(label.simulated for label in labels),
    }
