"""The result of a year: what each account of result holds, and how it parts into members' and others' business."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from wadah.ledger.models import PostingLine
from wadah.ledger.rules import chart
from wadah.ledger.rules.surplus import members_part
from wadah.ledger.words import Rule

if TYPE_CHECKING:
    from wadah.units import Rupiah

NOT_CLOSING = ~Q(posting__rule=Rule.YEAR_CLOSE)
"""Lines that are business of a year; those that only bring the accounts of result back to zero are not."""

OPENED = Q(posting__rule=Rule.OPENING) | Q(posting__reverses__rule=Rule.OPENING)
"""Lines that bring balances into the books, or take them back."""


def year_days(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def year_credits(cooperative: int, year: int) -> dict[str, int]:
    """Credit − debit of the year by code of each account of result, closing left out (S1). One query."""
    rows = PostingLine.objects.filter(
        posting__cooperative=cooperative, posting__on__range=year_days(year), account__group__in=chart.RESULT_GROUPS
    )
    by_code = (
        rows.filter(NOT_CLOSING).order_by().values_list("account__code").annotate(up=Sum("credit"), down=Sum("debit"))
    )
    return {code: up - down for code, up, down in by_code}


def year_result(cooperative: int, year: int) -> tuple[int, Rupiah]:
    """S1 and S3: the result of a year, below zero for a loss, and what of it is the members'. One query."""
    credits = year_credits(cooperative, year)
    result = sum(credits.values())
    work = [-credits.get(code, 0) for code in (chart.MEMBERS_WORK, chart.OTHERS_WORK)]
    return result, members_part(result, *work)
