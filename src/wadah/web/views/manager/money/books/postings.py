"""Postings: all of them with filters, and one with its lines, its document, its hash and what took it back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.rules.cash import FLOWS
from wadah.ledger.rules.months import last_of
from wadah.ledger.selectors.books import (
    maker_named,
    months_of,
    posting_lines,
    postings_found,
    postings_seen,
    with_account,
    with_flow,
    with_maker,
)
from wadah.ledger.selectors.reports import accounts_of
from wadah.ledger.selectors.result import year_days
from wadah.ledger.services.books import month_name
from wadah.ledger.words import Rule
from wadah.units import date_text, rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.books.accounts import account_url
from wadah.web.views.manager.money.books.common import (
    account_label,
    amount,
    cooperative_or_404,
    document_url,
    shell,
)
from wadah.web.views.manager.money.common import managed
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Account, Posting
    from wadah.register.models import Cooperative


def columns(cooperative: Cooperative) -> list[ListColumn]:
    return [
        ListColumn(
            "seq",
            gettext_lazy("Number"),
            text=lambda row: str(row.seq),
            value=lambda row: row.seq,
            sort=("seq",),
            url=lambda row: reverse("book_posting", args=[cooperative.code, row.seq]),
        ),
        ListColumn(
            "on",
            gettext_lazy("Day"),
            text=lambda row: date_text(row.on, language()),
            value=lambda row: row.on,
            sort=("on", "seq"),
        ),
        ListColumn("rule", gettext_lazy("What happened"), text=lambda row: row.get_rule_display()),
        ListColumn("paper", gettext_lazy("Document"), text=lambda row: row.source_number),
        ListColumn("note", gettext_lazy("Note"), text=lambda row: row.note),
        ListColumn(
            "rupiah",
            gettext_lazy("Rupiah"),
            text=lambda row: rupiah_text(row.rupiah),
            value=lambda row: row.rupiah,
            numeric=True,
        ),
        ListColumn("back", gettext_lazy("Reversed"), text=lambda row: _("yes") if row.back else ""),
        ListColumn("by", gettext_lazy("Who"), text=lambda row: row.by.name if row.by else ""),
        ListColumn("hash", gettext_lazy("Hash"), text=lambda row: row.hash, hidden=True),
    ]


def listing(request: HttpRequest, cooperative: Cooperative) -> Listing:
    """The list with the choices of this cooperative; flow, maker and year are offered only where a link asked so."""
    accounts = accounts_of(cooperative.pk)
    months = [(f"{one.first:%Y-%m}", month_name(one.first)) for one in reversed(months_of(cooperative.pk))]
    flows = [(flow.key, flow.name) for flow in FLOWS if flow.key == request.GET.get("arus")]
    makers = maker_named(cooperative.pk, request.GET.get("anggota", ""))
    asked = request.GET.get("tahun", "")
    years = [(asked, asked)] if asked.isdecimal() and len(asked) == 4 else []
    filters = [
        fixed("bulan", gettext_lazy("Month"), months, in_month),
        fixed("akun", gettext_lazy("Account"), [(one.code, account_label(one)) for one in accounts], by_code(accounts)),
        fixed("aturan", gettext_lazy("What happened"), Rule.choices, lambda rows, value: rows.filter(rule=value)),
    ]
    extra = [
        fixed("tahun", gettext_lazy("Year"), years, in_year),
        fixed("arus", gettext_lazy("Money for"), flows, lambda rows, value: with_flow(rows, accounts, value)),
        fixed("anggota", gettext_lazy("Maker"), makers, lambda rows, value: with_maker(rows, int(value))),
    ]
    return Listing(
        f"jurnal-{cooperative.code}",
        gettext_lazy("Postings"),
        columns(cooperative),
        search=postings_found,
        filters=[*filters, *(one for one in extra if one.choices())],
        empty=gettext_lazy("Nothing is posted yet. Accepted work, invoices, payments and entries by hand come here."),
    )


def fixed(
    key: str, label: Any, choices: Sequence[tuple[str, Any]], narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]
) -> ListFilter:
    return ListFilter(key, label, choices=lambda: choices, narrow=narrow)


def in_month(rows: QuerySet[Posting], value: str) -> QuerySet[Posting]:
    first = dt.date.fromisoformat(f"{value}-01")
    return rows.filter(on__range=(first, last_of(first)))


def in_year(rows: QuerySet[Posting], value: str) -> QuerySet[Posting]:
    return rows.filter(on__range=year_days(int(value)))


def by_code(accounts: Sequence[Account]) -> Callable[[QuerySet[Posting], str], QuerySet[Posting]]:
    keys = {one.code: one.pk for one in accounts}
    return lambda rows, value: with_account(rows, keys[value])


@access(MANAGER, TREASURER)
def book_postings(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    return list_page(
        request,
        listing(request, cooperative),
        postings_seen(cooperative.pk),
        template="money/books/list.html",
        **shell(request, cooperative),
    )


@access(MANAGER, TREASURER)
def book_posting(request: HttpRequest, code: str, seq: int) -> HttpResponse:
    """One posting: every line leads to its account and its lot, the posting to its document."""
    cooperative = cooperative_or_404(request, code)
    row = own_or_404(postings_seen(cooperative.pk), seq=seq)
    context = shell(
        request,
        cooperative,
        row=row,
        document=document_url(request, row, cooperative),
        reversal=getattr(row, "reversed_by", None),
        table=posting_table(request, cooperative, row),
    )
    return render(request, "money/books/posting.html", context)


def posting_table(request: HttpRequest, cooperative: Cooperative, row: Posting) -> Table:
    table = Table(
        _("Lines"),
        [
            Column(_("Account")),
            Column(_("Of whom")),
            Column(_("Lot")),
            Column(_("Pieces"), numeric=True),
            Column(_("Debit"), numeric=True),
            Column(_("Credit"), numeric=True),
        ],
    )
    lots = managed(request, cooperative.pk)
    for line in posting_lines(row):
        party = line.ikm or line.buyer or line.motif
        lot = Cell(line.lot.number, reverse("lot", args=[line.lot.number]) if lots else "") if line.lot else Cell("")
        table.add(
            Cell(account_label(line.account), account_url(cooperative, line.account.code, None, None, line.ikm_id)),
            party.name if party else "",
            lot,
            quantity_text(float(line.pieces)) if line.pieces is not None else "",
            amount(line.debit),
            amount(line.credit),
        )
    return table
