"""P11, P13, P14 and P15: stock counted, a year closed, its surplus shared and paid out."""

from __future__ import annotations

import datetime as dt

from wadah.base.clock import business_date
from wadah.ledger.models import BookYear, Meeting, StockCount, SurplusPayout
from wadah.ledger.rules.drafts import Draft
from wadah.ledger.rules.years import closing_lines, stock_lines, surplus_lines, surplus_paid_lines
from wadah.ledger.selectors.result import year_credits
from wadah.ledger.services.sources import source
from wadah.ledger.words import Pool, Rule

MEMBERS_POOLS = (Pool.PATRONAGE, Pool.CAPITAL)


@source(Rule.STOCK, "stock_count", StockCount.objects.all())
def stock_draft(row: StockCount) -> Draft:
    return Draft(
        rule=Rule.STOCK,
        source_kind="stock_count",
        source_id=row.pk,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=stock_lines(row.rupiah, row.before_rupiah),
    )


@source(Rule.YEAR_CLOSE, "book_year", BookYear.objects.exclude(closed_at=None))
def year_draft(row: BookYear) -> Draft:
    """Of the lines of the year: all its months are closed, so they never change."""
    assert row.closed_at is not None
    return Draft(
        rule=Rule.YEAR_CLOSE,
        source_kind="book_year",
        source_id=row.pk,
        source_number=str(row.year),
        on=dt.date(row.year, 12, 31),
        at=row.closed_at,
        by=row.closed_by_id,
        lines=closing_lines(year_credits(row.cooperative_id, row.year)),
    )


@source(Rule.SURPLUS, "meeting", Meeting.objects.exclude(shared_at=None).prefetch_related("pools", "shares"))
def surplus_draft(row: Meeting) -> Draft:
    assert row.shared_at is not None
    shares = sorted(row.shares.all(), key=lambda share: share.pk)
    return Draft(
        rule=Rule.SURPLUS,
        source_kind="meeting",
        source_id=row.pk,
        source_number=row.reference[:24],
        on=business_date(row.shared_at),
        at=row.shared_at,
        by=row.shared_by_id,
        lines=surplus_lines(
            {pool.pool: pool.rupiah for pool in row.pools.all() if pool.pool not in MEMBERS_POOLS},
            [(share.ikm_id, share.rupiah) for share in shares],
        ),
    )


@source(Rule.SURPLUS_PAYOUT, "surplus_payout", SurplusPayout.objects.select_related("share"))
def surplus_payout_draft(row: SurplusPayout) -> Draft:
    return Draft(
        rule=Rule.SURPLUS_PAYOUT,
        source_kind="surplus_payout",
        source_id=row.pk,
        source_number=row.number,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=surplus_paid_lines(row.share.ikm_id, row.rupiah, row.till),
    )
