"""The stock of a day, counted and taken out of cost, or put back into it (P11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.ledger.models import BookYear, StockCount, StockCountRow
from wadah.ledger.selectors.stock import stock_in_books, stock_lying
from wadah.ledger.services.books import book_lock, month_name, open_from
from wadah.ledger.services.journals import day_check
from wadah.ledger.services.posting import rows_post
from wadah.ledger.services.work import work_post
from wadah.ledger.words import Rule

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative

AT_ONCE = 500


@transaction.atomic
def stock_count(*, cooperative: Cooperative, on: dt.date, by: User) -> StockCount:
    """Value what lay in stock at the end of a day, and post by how much the books differ.

    Raises
    ------
    Refused: a day to come, before the books, or in a month that is closed; earlier than the last count; something lies
    there without a price. Conflict: counted that day already.
    """
    book = book_lock(cooperative)
    day_check(book, on)
    if on < open_from(book):
        words = {"month": month_name(on)}
        raise Refused(_("%(month)s is closed. Count the stock on a day that is still open.") % words, field="on")
    order_check(cooperative, on)
    work_post(cooperative=cooperative)
    lying = stock_lying(cooperative, on)
    priceless = [row.part.code for row in lying if row.how == "none"]
    if priceless:
        words = {"parts": ", ".join(priceless[:5]), "day": on.strftime("%d/%m/%Y")}
        raise Refused(_("No price on %(day)s for: %(parts)s. Enter their material prices first.") % words)
    row = StockCount.objects.create(
        cooperative=cooperative,
        on=on,
        rupiah=sum(one.rupiah for one in lying),
        before_rupiah=stock_in_books(cooperative, on),
        at=now(),
        by=by,
    )
    rows = [
        StockCountRow(count=row, part=one.part, pieces=one.pieces, each_rupiah=one.each, rupiah=one.rupiah, how=one.how)
        for one in lying
    ]
    StockCountRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    rows_post(cooperative=cooperative, rule=Rule.STOCK, rows=[row])
    history_record(user=by, act="stock_count", row=row, new={"on": str(on), "rupiah": row.rupiah})
    return row


def order_check(cooperative: Cooperative, on: dt.date) -> None:
    """Counts follow one another, one a day, and none in a year that is proposed or closed."""
    last = StockCount.objects.filter(cooperative=cooperative).order_by("-on").first()
    if last and last.on == on:
        raise Conflict(_("The stock of this day is counted already."))
    if last and last.on > on:
        words = {"day": last.on.strftime("%d/%m/%Y")}
        raise Refused(_("The stock was counted on %(day)s. Count a later day.") % words, field="on")
    if BookYear.objects.filter(cooperative=cooperative, year=on.year).exists():
        raise Refused(_("%(year)s is proposed or closed already.") % {"year": on.year}, field="on")
