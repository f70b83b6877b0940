"""P11, P13-P15: stock counted, a year closed, its surplus shared and paid out (docs/ledger.md). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.ledger.rules import chart
from wadah.ledger.rules.drafts import balanced, credit, debit
from wadah.ledger.words import Pool, Till

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.ledger.rules.drafts import Line

FUNDS = {
    Pool.BOARD: chart.BOARD_FUND,
    Pool.STAFF: chart.STAFF_FUND,
    Pool.EDUCATION: chart.EDUCATION_FUND,
    Pool.SOCIAL: chart.SOCIAL_FUND,
    Pool.AREA: chart.AREA_FUND,
}
"""Which account holds each pool that is no member's and not the reserve."""


def stock_lines(counted: int, before: int) -> tuple[Line, ...]:
    """P11. No lines where the books hold what was counted."""
    more = counted - before
    return balanced((debit(chart.STOCK, more), credit(chart.STOCK_CHANGE, more)))


def closing_lines(credits_by_account: Mapping[str, int]) -> tuple[Line, ...]:
    """P13. credits_by_account: credit − debit of the year, by the code of each account of result."""
    lines = [debit(code, rupiah) for code, rupiah in sorted(credits_by_account.items())]
    return balanced((*lines, credit(chart.SURPLUS, sum(credits_by_account.values()))))


def surplus_lines(pools: Mapping[str, int], shares: Iterable[tuple[int, int]]) -> tuple[Line, ...]:
    """P14. pools: rupiah by words.Pool, of those that aren't members'; shares: (ikm, rupiah) of each member."""
    members = [credit(chart.SURPLUS_OWED, rupiah, ikm=ikm) for ikm, rupiah in shares]
    funds = [credit(account, pools.get(pool, 0)) for pool, account in FUNDS.items()]
    reserve = credit(chart.RESERVE, pools.get(Pool.RESERVE, 0))
    whole = sum(line.credit for line in (reserve, *members, *funds))
    return balanced((debit(chart.SURPLUS, whole), reserve, *members, *funds))


def surplus_paid_lines(ikm: int, rupiah: int, till: str) -> tuple[Line, ...]:
    """P15."""
    return balanced((debit(chart.SURPLUS_OWED, rupiah, ikm=ikm), credit(chart.TILLS[Till(till)], rupiah)))
