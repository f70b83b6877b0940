"""P1: accepted pieces become the maker's money (docs/ledger.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.ledger.rules import chart
from wadah.ledger.rules.drafts import balanced, credit, debit
from wadah.units import Rupiah, rupiah_of

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from wadah.ledger.rules.drafts import Line

DAYS_A_WEEK = 7


def accepted_lines(
    *, is_member: bool, ikm: int, lot: int, pieces: Decimal, rupiah: int, motif: int | None, royalty_rupiah: int
) -> tuple[Line, ...]:
    """P1. rupiah, royalty_rupiah: below zero where pieces were rejected afterwards; no lines where both are 0."""
    cost = chart.MEMBERS_WORK if is_member else chart.OTHERS_WORK
    return balanced(
        (
            debit(cost, rupiah, lot=lot, pieces=pieces),
            credit(chart.WORK, rupiah, ikm=ikm, lot=lot, pieces=pieces),
            debit(chart.ROYALTIES, royalty_rupiah, lot=lot, pieces=pieces),
            credit(chart.ROYALTIES_OWED, royalty_rupiah, motif=motif, lot=lot, pieces=pieces),
        )
    )


def royalty_between(before: Decimal, after: Decimal, rupiah_piece: int) -> Rupiah:
    """What is owed more (or less) as the accepted pieces of a work order go from `before` to `after`."""
    return Rupiah(rupiah_of(after * rupiah_piece) - rupiah_of(before * rupiah_piece))


def weeks_late(due_on: dt.date, came_on: dt.date) -> int:
    """Weeks begun after the day that it was due, 0 where it came in time."""
    return max(0, -(-(came_on - due_on).days // DAYS_A_WEEK))
