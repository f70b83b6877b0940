"""Members' shares of a surplus: the list, one member's sheet, payments in one run, and payments taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.ledger.selectors.paying import accounts_on
from wadah.ledger.selectors.surplus import (
    payouts_of_run,
    payouts_seen,
    share_number,
    shares_of_meeting,
    shares_seen,
    shares_unpaid,
    sheet_of,
)
from wadah.ledger.services.meetings import surplus_pay as pay_shares
from wadah.ledger.services.meetings import surplus_payout_reverse
from wadah.ledger.services.shares import surplus_bank_lines
from wadah.units import date_text, decimal_text, rupiah_text
from wadah.web.access import MANAGER, MEMBER, TREASURER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.forms import refuse
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.papers.books import share_pdf, steps_of
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.money.books.common import cooperative_or_404, shell, user_of
from wadah.web.views.manager.money.common import cooperatives_of, rupiah_column
from wadah.web.views.manager.money.years.forms import PayForm, WhyForm
from wadah.web.views.manager.money.years.years import home, meeting_or_404
from wadah.web.words import language

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wadah.ledger.models import Meeting, SurplusShare
    from wadah.ledger.selectors.surplus import Sheet
    from wadah.web.exports import Value

UNPAID, PAID = "belum", "sudah"
SHOWN = 200
"""Members that the page of payments offers to tick; of more, the rest are paid in a second run, or all at once."""


LISTING = Listing(
    "bagian-shu",
    gettext_lazy("Members' shares"),
    [
        ListColumn(
            "name",
            gettext_lazy("Member"),
            text=lambda row: row.ikm.name,
            sort=("ikm__name",),
            url=lambda row: reverse("share", args=[row.pk]),
        ),
        rupiah_column("patronage", gettext_lazy("By work")),
        rupiah_column("capital", gettext_lazy("By savings")),
        rupiah_column("whole", gettext_lazy("Share")),
        rupiah_column("left", gettext_lazy("Not paid yet")),
    ],
    search=lambda rows, text: rows.filter(ikm__name__icontains=text),
    filters=[
        ListFilter(
            "bayar",
            gettext_lazy("Payment"),
            choices=lambda: [(UNPAID, gettext_lazy("not paid yet")), (PAID, gettext_lazy("paid"))],
            narrow=lambda rows, value: rows.filter(left__gt=0) if value == UNPAID else rows.filter(left=0),
        )
    ],
    empty=gettext_lazy("Nothing is shared yet."),
)


def seen(request: HttpRequest) -> QuerySet[SurplusShare]:
    """Shares that the person may see: of the cooperatives whose money they keep, and their own."""
    return shares_seen(cooperatives=cooperatives_of(request), ikms=person_of(request).roles.ikm_owned)


@access(MANAGER, TREASURER)
def surplus_shares(request: HttpRequest, code: str, year: int) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    meeting = meeting_or_404(request, code, year)
    return list_page(
        request,
        LISTING,
        shares_of_meeting(meeting),
        template="money/years/shares.html",
        **shell(request, cooperative, year=year, meeting=meeting),
    )


@access(MANAGER, TREASURER, MEMBER)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's share from pieces to rupiah; the member sees their own."""
    row = own_or_404(seen(request), pk=pk)
    sheet = sheet_of(row)
    year = sheet.year
    kept = year.cooperative_id in cooperatives_of(request)
    context = {
        "row": row,
        "sheet": sheet,
        "made": made_table(sheet),
        "steps": steps_of(sheet),
        "payouts": row.payouts.order_by("pk"),
        "left": row.unpaid,
        "back": reverse("surplus_shares", args=[year.cooperative.code, year.year]) if kept else "",
    }
    return render(request, "money/years/share.html", context)


def made_table(sheet: Sheet) -> Table:
    table = Table(
        _("What was made and accepted"),
        [Column(_("Part")), Column(_("Accepted pieces"), numeric=True), Column(_("Paid"), numeric=True)],
    )
    for one in sheet.made:
        table.add(f"{one.name} ({one.part})", decimal_text(one.pieces, 3, language()), rupiah_text(one.rupiah))
    return table


@access(MANAGER, TREASURER, MEMBER)
def share_paper(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(seen(request), pk=pk)
    with translation.override(asked_language(request)):
        url = check_url(request, share_number(row), row.check_code)
        return answer(share_number(row), share_pdf(sheet_of(row), url))


# -- paying -----------------------------------------------------------------------------------------------------------


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def surplus_pay(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Choose whose share is paid, by bank or in cash, all in one run."""
    cooperative = cooperative_or_404(request, code)
    meeting = meeting_or_404(request, code, year)
    rows = shares_unpaid(meeting)
    form = PayForm(request.POST or None)
    chosen = {int(key) for key in request.POST.getlist("bagian") if key.isdecimal()}
    if request.method == "POST" and form.is_valid():
        keys = [row.pk for row in rows] if request.POST.get("semua") else list(chosen)
        try:
            payouts = pay_shares(meeting=meeting, shares=keys, by=user_of(request), **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("%(count)s members are paid.") % {"count": len(payouts)})
            return HttpResponseRedirect(reverse("surplus_run", args=[code, payouts[0].number]))
    context = shell(
        request,
        cooperative,
        form=form,
        year=year,
        meeting=meeting,
        rows=choices(meeting, rows, chosen),
        whole=sum(row.unpaid for row in rows),
        count=len(rows),
        more=max(0, len(rows) - SHOWN),
        back=home(code, year),
    )
    return render(request, "money/years/pay.html", context, status=400 if form.errors else 200)


def choices(meeting: Meeting, rows: list[SurplusShare], chosen: set[int]) -> list[tuple[SurplusShare, str, bool]]:
    """Each share with its bank account, masked, and whether it is ticked."""
    shown = rows[:SHOWN]
    accounts = accounts_on([row.ikm_id for row in shown], max(meeting.held_on, today()))
    return [
        (row, f"{account.bank} …{account.last}" if (account := accounts.get(row.ikm_id)) else "", row.pk in chosen)
        for row in shown
    ]


@access(MANAGER, TREASURER)
def surplus_run(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """What was paid at one stroke; `unduh` of the address: the list, or the bank's file."""
    cooperative = cooperative_or_404(request, code)
    first = own_or_404(payouts_seen([cooperative.pk]), number=number)
    rows = payouts_of_run(first)
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        head = [_("Number"), _("Member"), _("Day"), _("Rupiah"), _("How")]
        values: list[list[Value]] = [
            [row.number, row.share.ikm.name, row.on, row.rupiah, str(row.get_till_display())] for row in rows
        ]
        return file_answer(kind, f"bayar-shu-{number}", head, values)
    table = Table(
        _("Payments of this run"),
        [Column(_("Number")), Column(_("Member")), Column(_("Rupiah"), numeric=True), Column(_("Note"))],
    )
    for row in rows:
        undo = Cell(_("taken back"))
        if row.reversed_at is None:
            undo = Cell(_("Take it back"), reverse("surplus_payout_back", args=[code, row.number]))
        table.add(
            row.number, Cell(row.share.ikm.name, reverse("share", args=[row.share_id])), rupiah_text(row.rupiah), undo
        )
    context = shell(
        request,
        cooperative,
        first=first,
        year=first.share.meeting.book_year.year,
        table=table,
        whole=sum(row.rupiah for row in rows if row.reversed_at is None),
        day=date_text(first.on, language()),
        bank=first.till == "bank",
        files=list(FORMATS),
    )
    return render(request, "money/years/run.html", context)


@access(MANAGER, TREASURER, methods=("POST",), once=False)
def surplus_bank_file(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The transfers of a run for the bank's form. Whole account numbers stand in it, so who took it is written down."""
    cooperative = cooperative_or_404(request, code)
    first = own_or_404(payouts_seen([cooperative.pk]), number=number)
    lines = surplus_bank_lines(payout=first, by=user_of(request))
    head = [_("Bank"), _("Account"), _("Holder"), _("Rupiah"), _("Reference")]
    values: list[list[Value]] = [[one.bank, one.account, one.holder, one.rupiah, one.reference] for one in lines]
    return file_answer("csv", f"transfer-{number}", head, values)


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def surplus_payout_back(request: HttpRequest, code: str, number: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    row = own_or_404(payouts_seen([cooperative.pk]), number=number)
    back = reverse("surplus_run", args=[code, number])

    def save(facts: dict[str, Any]) -> str:
        surplus_payout_reverse(payout=row, reason=facts["reason"], by=user_of(request))
        messages.success(request, _("%(number)s is taken back. The share is owed again.") % {"number": number})
        return back

    title = _("Take %(number)s back") % {"number": number}
    return form_page(request, WhyForm(request.POST or None), title=title, back=back, save=save, action=title)
