"""Months: how much was posted in each, which are closed, and closing them; the stock of a day, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.ledger.selectors.books import months_of, stock_count_rows, stock_counts_of
from wadah.ledger.selectors.stock import stock_lying
from wadah.ledger.services.books import month_name
from wadah.ledger.services.closing import month_close
from wadah.ledger.services.stock import stock_count as count_stock
from wadah.units import date_text, decimal_text, rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.quantities import DayField
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.books.common import cooperative_or_404, shell, user_of
from wadah.web.words import language, part_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import StockCount
    from wadah.ledger.selectors.books import Month
    from wadah.register.models import Cooperative
    from wadah.web.exports import Value


def months_table(cooperative: Cooperative, rows: list[Month]) -> Table:
    table = Table(
        _("Months, the newest first"),
        [Column(_("Month")), Column(_("Postings"), numeric=True), Column(_("State"))],
    )
    for row in reversed(rows):
        url = reverse("book_postings", args=[cooperative.code]) + f"?bulan={row.first:%Y-%m}"
        table.add(Cell(month_name(row.first), url), str(row.postings), state(row))
    return table


def state(row: Month) -> str:
    if row.period is not None:
        who = row.period.closed_by.name if row.period.closed_by else _("Wadah")
        return _("closed by %(who)s") % {"who": who}
    return _("open, can be closed") if row.over else _("open, not over yet")


@access(MANAGER, TREASURER)
def book_months(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    rows = months_of(cooperative.pk)
    closable = [row for row in rows if row.over and row.period is None]
    context = shell(request, cooperative, table=months_table(cooperative, rows), closable=closable)
    return render(request, "money/books/months.html", context)


class MonthForm(forms.Form):
    month = forms.ChoiceField(
        label=gettext_lazy("Close up to and with"),
        help_text=gettext_lazy(
            "What comes to light later is posted in the first open month. A month isn't opened again."
        ),
    )

    def __init__(self, *args: Any, months: list[dt.date], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["month"].choices = [(f"{one:%Y-%m}", month_name(one)) for one in months]  # type: ignore[attr-defined]


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def book_month_close(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    months = [row.first for row in months_of(cooperative.pk) if row.over and row.period is None]
    back = reverse("book_months", args=[code])
    form = MonthForm(request.POST or None, months=months)

    def save(facts: dict[str, Any]) -> str:
        month = next(one for one in months if f"{one:%Y-%m}" == facts["month"])
        month_close(cooperative=cooperative, month=month, by=user_of(request))
        messages.success(request, _("Closed up to %(month)s.") % {"month": month_name(month)})
        return back

    return form_page(request, form, title=_("Close months"), back=back, save=save, action=_("Close these months"))


# -- stock ------------------------------------------------------------------------------------------------------------


@access(MANAGER, TREASURER)
def stock_counts(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    table = Table(
        _("Counts, the newest first"),
        [
            Column(_("At the end of")),
            Column(_("Counted"), numeric=True),
            Column(_("In the books before"), numeric=True),
        ],
    )
    for row in stock_counts_of(cooperative.pk):
        url = reverse("book_stock_count", args=[code, row.pk])
        table.add(Cell(date_text(row.on, language()), url), rupiah_text(row.rupiah), rupiah_text(row.before_rupiah))
    lying = stock_lying(cooperative, today())
    context = shell(
        request,
        cooperative,
        table=table,
        lying=len(lying),
        worth=sum(row.rupiah for row in lying),
        priceless=[row.part for row in lying if row.how == "none"],
    )
    return render(request, "money/books/stock.html", context)


@access(MANAGER, TREASURER)
def stock_count(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    row = own_or_404(stock_counts_of(cooperative.pk), pk=pk)
    if request.GET.get("unduh") in FORMATS:
        return stock_file(request.GET["unduh"], row)
    table = Table(
        _("What lay there, at cost"),
        [
            Column(_("Part")),
            Column(_("Pieces"), numeric=True),
            Column(_("Rupiah each"), numeric=True),
            Column(_("Rupiah"), numeric=True),
            Column(_("Price from")),
        ],
    )
    for one in stock_count_rows(row):
        each = "Rp" + decimal_text(one.each_rupiah, 2, language())
        pieces = decimal_text(one.pieces, 3, language())
        table.add(part_name(one.part), pieces, each, rupiah_text(one.rupiah), how_text(one.how))
    return render(
        request, "money/books/stock_count.html", shell(request, cooperative, row=row, table=table, files=list(FORMATS))
    )


def how_text(how: str) -> str:
    return _("pay of its makers") if how == "pay" else _("material price")


def stock_file(kind: str, row: StockCount) -> HttpResponse:
    head = [_("Code"), _("Part"), _("Pieces"), _("Rupiah each"), _("Rupiah"), _("Price from")]
    values: Iterable[Sequence[Value]] = (
        [one.part.code, part_name(one.part), one.pieces, one.each_rupiah, one.rupiah, how_text(one.how)]
        for one in stock_count_rows(row)
    )
    return file_answer(kind, f"persediaan-{row.on}", head, values)


class CountForm(forms.Form):
    on = DayField(
        label=gettext_lazy("At the end of which day?"),
        help_text=gettext_lazy(
            "Accepted pieces at the hub and material at workshops are valued at cost, as they lay there that day."
        ),
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def stock_count_add(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)

    def save(facts: dict[str, Any]) -> str:
        row = count_stock(cooperative=cooperative, on=facts["on"], by=user_of(request))
        messages.success(request, _("The stock is counted and posted."))
        return reverse("book_stock_count", args=[code, row.pk])

    form = CountForm(request.POST or None, initial={"on": today()})
    back = reverse("book_stock", args=[code])
    return form_page(request, form, title=_("Count the stock"), back=back, save=save, action=_("Count and post"))
