"""Accounts: what each holds, one with its lines and running balance, and accounts that a cooperative adds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.selectors.books import account_lines, book_of, own_accounts, running, signed_sum
from wadah.ledger.selectors.reports import trial_balance
from wadah.ledger.selectors.result import year_days
from wadah.ledger.services.journals import account_add, account_archive
from wadah.ledger.words import Group, Side
from wadah.register.selectors import cooperatives_named
from wadah.units import date_text, rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.books.common import (
    account_label,
    account_or_404,
    amount,
    cooperative_or_404,
    day_asked,
    shell,
    user_of,
    year_asked,
)
from wadah.web.views.manager.money.common import cooperatives_of
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from wadah.ledger.models import Account, PostingLine
    from wadah.ledger.selectors.books import Running
    from wadah.ledger.selectors.reports import TrialRow
    from wadah.register.models import Cooperative
    from wadah.web.exports import Value

LINES_A_PAGE = 100


@access(MANAGER, TREASURER)
def books(request: HttpRequest) -> HttpResponse:
    """Whose books? Straight to them where there is one cooperative only."""
    rows = list(cooperatives_named(cooperatives_of(request)).select_related("area"))
    if len(rows) == 1:
        return overview(request, rows[0])
    return render(request, "money/books/books.html", {"rows": rows})


@access(MANAGER, TREASURER)
def book(request: HttpRequest, code: str) -> HttpResponse:
    return overview(request, cooperative_or_404(request, code))


def overview(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    year = year_asked(request)
    rows = trial_balance(cooperative.pk, *year_days(year))
    if request.GET.get("unduh") in FORMATS:
        head = [_("Account"), _("Name"), _("Opening"), _("Debit"), _("Credit"), _("Closing")]
        values: list[list[Value]] = [
            [row.account.code, account_label(row.account)[5:], row.opening, row.debit, row.credit, row.closing]
            for row in rows
        ]
        return file_answer(request.GET["unduh"], f"neraca-saldo-{year}", head, values)
    context = shell(
        request,
        cooperative,
        book=book_of(cooperative.pk),
        year=year,
        table=trial_table(cooperative, rows, year),
        own=own_accounts(cooperative.pk),
        files=list(FORMATS),
        here=reverse("book", args=[cooperative.code]),
    )
    return render(request, "money/books/book.html", context)


def trial_table(cooperative: Cooperative, rows: list[TrialRow], year: int) -> Table:
    figures = [_("Opening"), _("Debit"), _("Credit"), _("Closing")]
    table = Table(
        _("Accounts in %(year)s") % {"year": year},
        [Column(_("Account")), *(Column(name, numeric=True) for name in figures)],
    )
    first, last = year_days(year)
    for row in rows:
        url = account_url(cooperative, row.account.code, first, last)
        table.add(
            Cell(account_label(row.account), url),
            rupiah_text(row.opening),
            Cell(amount(row.debit), url if row.debit else ""),
            Cell(amount(row.credit), url if row.credit else ""),
            Cell(rupiah_text(row.closing), url),
        )
    if rows:
        debit, credit = sum(row.debit for row in rows), sum(row.credit for row in rows)
        closing = sum(row.closing for row in rows)
        opening = sum(row.opening for row in rows)
        table.add(_("Sum"), *map(rupiah_text, (opening, debit, credit, closing)))
    return table


def account_url(
    cooperative: Cooperative,
    account: str,
    since: dt.date | None,
    until: dt.date | None,
    ikm: int | None = None,
) -> str:
    """The page of an account's lines from a day to another, of one maker or of all."""
    asked = {
        "dari": since.isoformat() if since else "",
        "sampai": until.isoformat() if until else "",
        "anggota": ikm or "",
    }
    query = urlencode({key: value for key, value in asked.items() if value})
    return reverse("book_account", args=[cooperative.code, account]) + (f"?{query}" if query else "")


@access(MANAGER, TREASURER)
def book_account(request: HttpRequest, code: str, account: str) -> HttpResponse:
    """Buku besar: an account's lines with the balance after each."""
    cooperative = cooperative_or_404(request, code)
    row = account_or_404(cooperative, account)
    since, until = day_asked(request, "dari"), day_asked(request, "sampai")
    typed = request.GET.get("anggota", "")
    ikm = int(typed) if typed.isdecimal() else None
    lines = account_lines(cooperative.pk, row, since=since, until=until, ikm=ikm)
    carried = opening(cooperative, row, since, ikm)
    if request.GET.get("unduh") in FORMATS:
        return account_file(request.GET["unduh"], cooperative, row, lines, carried)
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    first = max(page.start_index() - 1, 0)
    before, shown = running(lines, row, first=first, last=first + LINES_A_PAGE, carried=carried)
    query = request.GET.copy()
    for name in ("page", "unduh"):
        query.pop(name, None)
    context = shell(
        request,
        cooperative,
        account=row,
        title=account_label(row),
        since=since,
        until=until,
        before=before,
        table=lines_table(cooperative, shown),
        page=page,
        query=f"{query.urlencode()}&" if query else "",
        files=list(FORMATS),
        ikm=ikm or "",
    )
    return render(request, "money/books/account.html", context)


def opening(cooperative: Cooperative, row: Account, since: dt.date | None, ikm: int | None) -> int:
    if since is None:
        return 0
    earlier = account_lines(cooperative.pk, row, since=None, until=since - dt.timedelta(days=1), ikm=ikm)
    return signed_sum(earlier, row)


def lines_table(cooperative: Cooperative, shown: list[Running]) -> Table:
    table = Table(
        _("Lines, the oldest first"),
        [
            Column(_("Posting")),
            Column(_("Day")),
            Column(_("From what")),
            Column(_("Of whom")),
            Column(_("Debit"), numeric=True),
            Column(_("Credit"), numeric=True),
            Column(_("Balance"), numeric=True),
        ],
    )
    for one in shown:
        line, posting = one.line, one.line.posting
        table.add(
            Cell(str(posting.seq), reverse("book_posting", args=[cooperative.code, posting.seq])),
            date_text(posting.on, language()),
            from_what(line),
            whom(line),
            amount(line.debit),
            amount(line.credit),
            rupiah_text(one.balance),
        )
    return table


def from_what(line: PostingLine) -> str:
    posting = line.posting
    return " · ".join(filter(None, [posting.get_rule_display(), posting.source_number, posting.note[:80]]))


def whom(line: PostingLine) -> str:
    party = line.ikm or line.buyer or line.motif
    return party.name if party else ""


def account_file(kind: str, cooperative: Cooperative, row: Account, lines: Any, carried: int) -> HttpResponse:
    head = [_("Posting"), _("Day"), _("From what"), _("Of whom"), _("Lot"), _("Debit"), _("Credit"), _("Balance")]
    _before, shown = running(lines, row, first=0, last=lines.count(), carried=carried)
    values: Iterable[Sequence[Value]] = (
        [
            one.line.posting.seq,
            one.line.posting.on,
            from_what(one.line),
            whom(one.line),
            one.line.lot.number if one.line.lot else "",
            one.line.debit,
            one.line.credit,
            one.balance,
        ]
        for one in shown
    )
    return file_answer(kind, f"buku-besar-{cooperative.code}-{row.code}", head, values)


class AccountForm(forms.Form):
    group = forms.ChoiceField(label=gettext_lazy("Where it stands in the reports"), choices=Group.choices)
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=8,
        help_text=gettext_lazy("4 to 8 digits: 1 assets, 2 liabilities, 3 equity, 4 revenue, 5-6 costs, 7 tax."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    side = forms.ChoiceField(label=gettext_lazy("Grows on the side of"), choices=Side.choices)


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def book_account_add(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    back = reverse("book", args=[code])

    def save(facts: dict[str, Any]) -> str:
        row = account_add(cooperative=cooperative, by=user_of(request), **facts)
        messages.success(request, _("%(account)s can be used.") % {"account": account_label(row)})
        return back

    return form_page(request, AccountForm(request.POST or None), title=_("A new account"), back=back, save=save)


@access(MANAGER, TREASURER, methods=("POST",))
def book_account_use(request: HttpRequest, code: str, account: str) -> HttpResponse:
    """Take an own account out of use, or back into it."""
    cooperative = cooperative_or_404(request, code)
    row = own_or_404(own_accounts(cooperative.pk), code=account)
    account_archive(account=row, archived=not row.archived, by=user_of(request))
    words = _("%(account)s isn't used any more.") if not row.archived else _("%(account)s can be used.")
    messages.success(request, words % {"account": account_label(row)})
    return HttpResponseRedirect(reverse("book", args=[code]))
