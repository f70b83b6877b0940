"""Bank statements: read in, line by line whose payment it is, put aside what is none, taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wadah.base.clock import business_date
from wadah.ledger.rules.matching import parts_suggested
from wadah.ledger.selectors.sales import invoices_owed, owed_by
from wadah.ledger.selectors.statements import bank_files_seen, bank_rows_seen, buyer_suggested, file_suggested
from wadah.ledger.services.statements import (
    bank_file_cancel,
    bank_row_dismiss,
    bank_row_match,
    bank_row_restore,
    bank_rows_match_sure,
    statement_import,
)
from wadah.units import rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Column, Table
from wadah.web.views.manager.money.common import cooperatives_of, day_text
from wadah.web.views.manager.money.sales.forms import BuyerForm, MatchForm, StatementForm, WhyForm, buyer_of
from wadah.web.views.manager.money.sales.words import UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Buyer
    from wadah.ledger.models import BankFile, BankRow

FILES = Listing(
    "rekening-koran",
    gettext_lazy("Bank statements"),
    [
        ListColumn(
            "name", gettext_lazy("File"), text=lambda row: row.name, url=lambda row: reverse("statement", args=[row.pk])
        ),
        ListColumn(
            "at",
            gettext_lazy("Read on"),
            text=lambda row: day_text(business_date(row.at)),
            value=lambda row: business_date(row.at),
        ),
        ListColumn("by", gettext_lazy("Who"), text=lambda row: row.by.name),
        ListColumn(
            "rows", gettext_lazy("New lines"), text=lambda row: str(row.rows), value=lambda row: row.rows, numeric=True
        ),
        ListColumn(
            "waiting",
            gettext_lazy("Lines that wait"),
            text=lambda row: str(row.waiting),
            value=lambda row: row.waiting,
            numeric=True,
        ),
    ],
    empty=gettext_lazy(
        "No statement has been read in yet. Take the file with your account's movements from the bank's pages, and send"
        " it here."
    ),
)
WAITS, PAID, ASIDE = "menunggu", "cocok", "bukan"


def file_kept(request: HttpRequest, pk: int) -> BankFile:
    return own_or_404(bank_files_seen(cooperatives_of(request)), pk=pk)


def row_kept(request: HttpRequest, pk: int) -> BankRow:
    return own_or_404(bank_rows_seen(cooperatives_of(request)), pk=pk)


def user_of(request: HttpRequest) -> Any:
    return person_of(request).user


@access(MANAGER, TREASURER)
def statements(request: HttpRequest) -> HttpResponse:
    return list_page(request, FILES, bank_files_seen(cooperatives_of(request)), add=reverse("statement_add"))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def statement_add(request: HttpRequest) -> HttpResponse:
    form = StatementForm(request.POST or None, request.FILES or None, cooperatives=cooperatives_of(request))

    def save(facts: dict[str, Any]) -> str:
        file = facts["file"]
        made = statement_import(
            cooperative=facts["cooperative"], name=file.name or "", content=file.read(), by=user_of(request)
        )
        return reverse("statement", args=[made.pk])

    return form_page(
        request,
        form,
        title=_("Read a bank statement in"),
        back=reverse("statements"),
        action=_("Read it"),
        save=save,
        template="money/sales/statement_add.html",
    )


def rows_listing(words: Callable[[BankRow], str], sure: Callable[[BankRow], bool]) -> Listing:
    """Lines of one statement. words: whose each is, or may be; sure: whether that is sure."""
    return Listing(
        "mutasi",
        _("Money that came in"),
        [
            ListColumn(
                "on", _("Day"), text=lambda row: day_text(row.on), value=lambda row: row.on, sort=("on",),
                url=lambda row: reverse("bank_row", args=[row.pk]),
            ),
            ListColumn("text", _("What the bank says"), text=lambda row: row.text or "–"),
            ListColumn(
                "rupiah", _("Rupiah"), text=lambda row: rupiah_text(row.rupiah), value=lambda row: row.rupiah,
                numeric=True, sort=("rupiah",),
            ),
            ListColumn("whose", _("Whose it is"), text=words, badge=lambda row: "ok" if sure(row) else ""),
        ],
        search=lambda rows, text: rows.filter(text__icontains=text),
        filters=[
            ListFilter(
                "keadaan",
                _("Status"),
                choices=lambda: [(WAITS, _("waits")), (PAID, _("is a payment")), (ASIDE, _("put aside"))],
                narrow=lambda rows, value: (
                    rows.filter(payment__isnull=False)
                    if value == PAID
                    else rows.exclude(dismissed="")
                    if value == ASIDE
                    else rows.filter(payment=None, dismissed="")
                ),
            )
        ],
        empty=_("Every line of this statement was on an earlier one."),
    )  # fmt: skip


@access(MANAGER, TREASURER)
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that a statement brought, each with whose it is or may be; what wasn't read, row by row."""
    file = file_kept(request, pk)
    suggested, numbers, names = file_suggested(file)

    def words(row: BankRow) -> str:
        held = getattr(row, "payment", None)
        if held is not None:
            return f"{held.number} · {held.buyer.name}"
        if row.dismissed:
            return _("put aside: %(why)s") % {"why": row.dismissed}
        found = suggested.get(row.pk)
        if found is None or found.buyer is None:
            return _("not known")
        told = ", ".join(numbers[key] for key, _rupiah in found.parts)
        return _("perhaps %(buyer)s") % {"buyer": names[found.buyer]} + (f": {told}" if told else "")

    sure = {key for key, found in suggested.items() if found.sure}
    return list_page(
        request,
        rows_listing(words, lambda row: row.pk in sure),
        bank_rows_seen(cooperatives_of(request)).filter(file=file),
        template="money/sales/statement.html",
        file=file,
        unread=unread_table(file),
        sure=len(sure),
        told=file.told,
    )


def unread_table(file: BankFile) -> Table:
    table = Table(_("Rows that weren't read"), [Column(_("Row")), Column(_("What the bank says")), Column(_("Why"))])
    for number, text, why in file.told.get("unread", []):
        table.add(str(number), text or "–", str(UNREAD[why]))
    return table


@access(MANAGER, TREASURER, methods=("POST",))
def statement_sure(request: HttpRequest, pk: int) -> HttpResponse:
    made = bank_rows_match_sure(file=file_kept(request, pk), by=user_of(request))
    words = {"count": len(made)}
    told = ngettext("%(count)s line is a payment now.", "%(count)s lines are payments now.", len(made)) % words
    messages.success(request, told)
    return HttpResponseRedirect(reverse("statement", args=[pk]))


@access(MANAGER, TREASURER, methods=("POST",))
def statement_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    bank_file_cancel(file=file_kept(request, pk), by=user_of(request))
    messages.success(request, _("The statement is taken out. Nothing of it was in the books."))
    return HttpResponseRedirect(reverse("statements"))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def bank_row(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: whose it is and what it pays, as Wadah suggests or as the reader chooses."""
    row = row_kept(request, pk)
    back = reverse("statement", args=[row.file_id])
    if getattr(row, "payment", None) is not None or row.dismissed:
        return render(request, "money/sales/bank_row_done.html", {"row": row, "back": back})
    asked = BuyerForm(request.GET if "buyer" in request.GET else None, cooperative=row.cooperative_id)
    buyer = buyer_of(asked)
    if not asked.is_bound and (buyer := buyer_suggested(row)) is not None:
        asked = BuyerForm(cooperative=row.cooperative_id, initial={"buyer": buyer.pk})
    context = {"row": row, "back": back, "asked": asked, "buyer": buyer}
    if buyer is None:
        return render(request, "money/sales/bank_row.html", context)
    return matching(request, row, buyer, context | {"buyer_key": asked.key(buyer)})


def matching(request: HttpRequest, row: BankRow, buyer: Buyer, context: dict[str, Any]) -> HttpResponse:
    owed = owed_by(cooperative=row.cooperative, buyers=[buyer.pk])
    parts, sure = parts_suggested(row.rupiah, row.text, owed)
    invoices = invoices_owed(cooperative=row.cooperative, buyer=buyer)
    form = MatchForm(request.POST or None, invoices=invoices, suggested=dict(parts))

    def save(_facts: dict[str, Any]) -> str:
        kept_back = form.withheld_facts()
        made = bank_row_match(row=row, buyer=buyer, parts=form.parts(), by=user_of(request), **kept_back)
        messages.success(request, _("%(number)s is written down.") % {"number": made.number})
        return str(context["back"])

    return form_page(
        request,
        form,
        title=_("Whose is it?"),
        action=_("It is a payment of %(buyer)s") % {"buyer": buyer.name},
        save=save,
        template="money/sales/bank_row.html",
        **context | {"sure": sure},
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def bank_row_aside(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_kept(request, pk)

    def save(facts: dict[str, Any]) -> str:
        bank_row_dismiss(row=row, by=user_of(request), **facts)
        return reverse("statement", args=[row.file_id])

    return form_page(
        request,
        WhyForm(request.POST or None),
        title=_("%(rupiah)s of %(day)s are no payment of a buyer")
        % {"rupiah": rupiah_text(row.rupiah), "day": day_text(row.on)},
        back=reverse("bank_row", args=[row.pk]),
        action=_("Put it aside"),
        save=save,
    )


@access(MANAGER, TREASURER, methods=("POST",))
def bank_row_again(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_kept(request, pk)
    bank_row_restore(row=row, by=user_of(request))
    return HttpResponseRedirect(reverse("bank_row", args=[row.pk]))
