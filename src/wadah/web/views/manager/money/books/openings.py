"""Saldo awal: a cooperative that begins in mid-life brings its balances; one fills them in, another locks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.ledger.selectors.openings import opening_held, opening_lines, openings_of
from wadah.ledger.services.openings import opening_discard, opening_lock, opening_prepare, opening_take_back
from wadah.ledger.words import OpeningStatus
from wadah.units import rupiah_text
from wadah.web.access import MANAGER, TREASURER, access
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer, workbook_answer
from wadah.web.history import history_table
from wadah.web.quantities import DayField, ReasonField
from wadah.web.tables import Column, Table
from wadah.web.views.manager.money.books.common import account_label, cooperative_or_404, shell, user_of
from wadah.web.views.manager.money.books.opening_tables import balances_typed, form_sheets, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Opening, OpeningLine
    from wadah.register.models import Cooperative

ACTS = {
    "opening_prepare": gettext_lazy("filled in"),
    "opening_lock": gettext_lazy("locked"),
    "opening_take_back": gettext_lazy("taken back"),
}
FIELDS = {
    "number": gettext_lazy("Number"),
    "on": gettext_lazy("Day"),
    "lines": gettext_lazy("Lines"),
    "rupiah": gettext_lazy("Rupiah a side"),
}
ROWS_SHOWN = 12


def table_field(label: Any, example: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"})
    return forms.CharField(label=label, help_text=example, required=False, strip=False, widget=area)


class BalancesForm(forms.Form):
    on = DayField(
        label=gettext_lazy("The books begin in Wadah on"),
        help_text=gettext_lazy("The first day of a month. The balances are those of the evening before."),
    )
    accounts = table_field(
        gettext_lazy("Trial balance: a row for each account"),
        gettext_lazy("Code; debit; credit. For example: 1101; 2.500.000; 0"),
    )
    members = table_field(
        gettext_lazy("Members: a row for each"),
        gettext_lazy("Name; principal; mandatory; voluntary savings; advance not paid back"),
    )
    invoices = table_field(
        gettext_lazy("Open invoices: a row for each"),
        gettext_lazy(
            "Number; buyer; day; due day; still owed. For example: 012/2025; PT Maju; 3/11/2025; 3/12/2025; 900.000"
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or the filled-in Excel file"),
        help_text=gettext_lazy("It counts in place of what is typed above. 5 MB at most."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class WhyForm(forms.Form):
    reason = ReasonField()


def held(cooperative: Cooperative) -> Opening:
    """Raises Refused where another threw them away or took them back meanwhile."""
    row = opening_held(cooperative.pk)
    if row is None:
        raise Refused(_("There are no opening balances here by now. Open the page again."))
    return row


@access(MANAGER, TREASURER)
def opening(request: HttpRequest, code: str) -> HttpResponse:
    """The balances that are being prepared, or with which the books began."""
    cooperative = cooperative_or_404(request, code)
    row = opening_held(cooperative.pk)
    lines = opening_lines(row) if row else []
    if row and request.GET.get("unduh", "") in FORMATS:
        head = [_("Kind"), _("Account"), _("Whose"), _("Old paper"), _("Debit"), _("Credit")]
        return file_answer(request.GET["unduh"], f"saldo-awal-{code}", head, map(values, lines))
    draft = bool(row and row.status == OpeningStatus.DRAFT)
    context = shell(
        request,
        cooperative,
        row=row,
        draft=draft,
        own=bool(row and row.prepared_by_id == user_of(request).pk),
        table=sums_table(lines),
        files=list(FORMATS),
        history=history_table(row, acts=ACTS, fields=FIELDS) if row else None,
        back=openings_of(cooperative.pk).filter(status=OpeningStatus.BACK)[:ROWS_SHOWN],
    )
    return render(request, "money/books/opening.html", context)


def values(line: OpeningLine) -> list[str | int]:
    whose = line.ikm.name if line.ikm else line.buyer.name if line.buyer else ""
    return [str(line.get_kind_display()), account_label(line.account), whose, line.paper, line.debit, line.credit]


def sums_table(lines: Sequence[OpeningLine]) -> Table:
    """By account, and both sides together."""
    heads = (_("Account"), _("Lines"), _("Debit"), _("Credit"))
    table = Table(_("Balances by account"), [Column(head, number > 0) for number, head in enumerate(heads)])
    by_code: dict[str, list[OpeningLine]] = {}
    for line in lines:
        by_code.setdefault(line.account.code, []).append(line)
    for _code, rows in sorted(by_code.items()):
        table.add(account_label(rows[0].account), str(len(rows)), *sides(rows))
    table.add(_("Together"), str(len(lines)), *sides(lines))
    return table


def sides(lines: Sequence[OpeningLine]) -> list[str]:
    both = sum(line.debit for line in lines), sum(line.credit for line in lines)
    return [rupiah_text(rupiah) if rupiah else "" for rupiah in both]


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def opening_fill(request: HttpRequest, code: str) -> HttpResponse:
    """Fill the balances in, or change what is being prepared."""
    cooperative = cooperative_or_404(request, code)
    here, row = reverse("opening", args=[code]), opening_held(cooperative.pk)
    if row is not None and row.status != OpeningStatus.DRAFT:
        messages.info(request, _("These balances are locked."))
        return HttpResponseRedirect(here)
    initial: dict[str, Any] = {"on": row.on if row else today().replace(day=1)}
    initial |= texts_of(opening_lines(row)) if row else {}

    def save(facts: dict[str, Any]) -> str:
        balances = balances_typed(facts)
        opening_prepare(cooperative=cooperative, on=facts["on"], balances=balances, by=user_of(request))
        messages.success(request, _("Kept, and both sides are equal. Another person looks at it and locks it."))
        return here

    return form_page(
        request,
        BalancesForm(request.POST or None, request.FILES or None, initial=initial),
        title=_("Fill the opening balances in"),
        back=here,
        save=save,
        action=_("Check and keep"),
        template="money/books/opening_fill.html",
        code=code,
    )


@access(MANAGER, TREASURER)
def opening_form(request: HttpRequest, code: str) -> HttpResponse:
    """The tables as an Excel file to be filled in."""
    return workbook_answer(f"saldo-awal-{code}", form_sheets(cooperative_or_404(request, code)))


@access(MANAGER, TREASURER, methods=("POST",))
def opening_fix(request: HttpRequest, code: str) -> HttpResponse:
    """Lock them."""
    row = opening_lock(opening=held(cooperative_or_404(request, code)), by=user_of(request))
    messages.success(request, _("Locked as %(number)s. The books begin with it.") % {"number": row.number})
    return HttpResponseRedirect(reverse("opening", args=[code]))


@access(MANAGER, TREASURER, methods=("POST",))
def opening_drop(request: HttpRequest, code: str) -> HttpResponse:
    opening_discard(opening=held(cooperative_or_404(request, code)), by=user_of(request))
    messages.success(request, _("Thrown away. Nothing was posted."))
    return HttpResponseRedirect(reverse("opening", args=[code]))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def opening_undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take locked balances back, while nothing is built on them."""
    row = held(cooperative_or_404(request, code))
    here = reverse("opening", args=[code])

    def save(facts: dict[str, Any]) -> str:
        opening_take_back(opening=row, reason=facts["reason"], by=user_of(request))
        messages.success(request, _("Taken back. Balances can be filled in anew."))
        return here

    title = _("Take %(number)s back") % {"number": row.number}
    return form_page(request, WhyForm(request.POST or None), title=title, back=here, save=save, action=title)
