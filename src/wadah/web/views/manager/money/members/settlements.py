"""Penyelesaian: how much for each member and why? Prepared, looked at, locked by another person, paid."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.ledger.rules.months import first_of, last_of
from wadah.ledger.selectors.members_money import (
    payments_of,
    payouts_of,
    recap,
    recoveries_of,
    rows_seen,
    settlement_rows,
    settlements_seen,
    without_account,
)
from wadah.ledger.services.payouts import payout_make
from wadah.ledger.services.settlement import settlement_discard, settlement_lock, settlement_prepare
from wadah.ledger.words import SettlementStatus
from wadah.units import rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.pay import carried_words, made_lines, taken_lines, unpaid_lines
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.common import cooperatives_of, day_text, managed, postings_table, rupiah_column
from wadah.web.views.manager.money.members.common import acted, keeper, settlement_or_404, shelf
from wadah.web.views.manager.money.members.forms import PayForm, PrepareForm
from wadah.web.views.manager.money.members.words import ACTS, FIELDS

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import PayoutRow, Settlement, SettlementRow

DAY = timedelta(days=1)
NARROWED = {"kurang": "carried_out__gt", "belum": "left__gt", "denda": "penalty__gt"}
SLIPS_A_FILE = 200
LISTING = Listing(
    "penyelesaian",
    gettext_lazy("Settlements"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: shown_number(row),
            sort=("number",),
            url=lambda row: reverse("settlement", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn(
            "until", gettext_lazy("Work up to"), text=lambda row: day_text(row.until), value=lambda row: row.until,
            sort=("until",),
        ),
        ListColumn(
            "makers", gettext_lazy("Makers"), text=lambda row: str(row.makers), value=lambda row: row.makers,
            numeric=True,
        ),
        ListColumn(
            "net", gettext_lazy("To be paid"), text=lambda row: rupiah_text(row.net), value=lambda row: row.net,
            numeric=True,
        ),
        ListColumn(
            "left", gettext_lazy("Not paid yet"), text=lambda row: left_text(row), value=lambda row: row.left,
            numeric=True,
        ),
        ListColumn("status", gettext_lazy("Status"), text=lambda row: row.get_status_display(), sort=("status",)),
    ],
    empty=gettext_lazy("Nothing has been settled yet. When pieces are accepted, their makers are paid from here."),
)  # fmt: skip


ROWS = Listing(
    "penyelesaian-anggota",
    gettext_lazy("How much for each, and why"),
    [
        ListColumn(
            "maker",
            gettext_lazy("Maker"),
            text=lambda row: row.ikm.name,
            sort=("ikm__name",),
            url=lambda row: reverse("settlement_row", args=[row.settlement_id, row.ikm_id]),
        ),
        ListColumn("owner", gettext_lazy("Owner"), text=lambda row: row.ikm.owner_name, hidden=True),
        rupiah_column("work", gettext_lazy("Work")),
        rupiah_column("penalty", gettext_lazy("Fine")),
        rupiah_column("carried_in", gettext_lazy("Owed from earlier"), hidden=True),
        rupiah_column("recovered", gettext_lazy("Advances")),
        rupiah_column("mandatory", gettext_lazy("Mandatory savings")),
        rupiah_column("voluntary", gettext_lazy("Voluntary savings")),
        rupiah_column("carried_out", gettext_lazy("Carried on"), hidden=True),
        rupiah_column("net", gettext_lazy("Net")),
        rupiah_column("left", gettext_lazy("Not paid yet")),
    ],
    search=lambda rows, text: rows.filter(Q(ikm__name__icontains=text) | Q(ikm__owner_name__icontains=text)),
    filters=[
        ListFilter(
            "apa",
            gettext_lazy("Show"),
            choices=lambda: [
                ("kurang", gettext_lazy("who owes the cooperative")),
                ("belum", gettext_lazy("who isn't paid yet")),
                ("denda", gettext_lazy("who is fined")),
            ],
            narrow=lambda rows, value: rows.filter(**{NARROWED[value]: 0}),
        )
    ],
)


def shown_number(row: Settlement) -> str:
    return _("Preview") if row.status == SettlementStatus.DRAFT else row.number


def left_text(row: Settlement) -> str:
    return "–" if row.status == SettlementStatus.DRAFT else rupiah_text(row.left)  # type: ignore[attr-defined]


def address(row: Settlement) -> str:
    return reverse("settlement", args=[row.pk])


@access(MANAGER, TREASURER)
def settlements(request: HttpRequest) -> HttpResponse:
    rows = settlements_seen(cooperatives_of(request))
    return list_page(request, LISTING, rows, add=reverse("settlement_add"), **shelf(request))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def settlement_add(request: HttpRequest) -> HttpResponse:
    """Prepare one: the last month that is over, unless another day is asked for."""

    def save(facts: dict[str, Any]) -> str:
        return address(settlement_prepare(by=keeper(request), **facts))

    form = PrepareForm(
        request.POST or None, cooperatives=cooperatives_of(request), initial={"until": month_over(today())}
    )
    title, back = _("Prepare a settlement"), reverse("settlements")
    return form_page(request, form, title=title, back=back, save=save, action=_("Prepare the preview"))


def month_over(day: dt.date) -> dt.date:
    """The last day of the month that ended last: today, if it is one."""
    return day if day == last_of(day) else first_of(day) - DAY


@access(MANAGER, TREASURER)
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """Sums, each maker's row, and what can be done now."""
    row = settlement_or_404(request, pk)
    draft = row.status == SettlementStatus.DRAFT
    sums = recap(row)
    context: dict[str, Any] = {
        "row": row,
        "title": shown_number(row),
        "draft": draft,
        "recap": sums,
        "own": draft and row.prepared_by_id == keeper(request).pk,
        "payouts": [] if draft else payouts_of(row),
        "without_account": 0 if draft else without_account(row),
        "parts": range(1, -(-sums.makers // SLIPS_A_FILE) + 1),
        "history": history_table(row, acts=ACTS, fields=FIELDS, values={"net": rupiah_words}),
    }
    return list_page(request, ROWS, settlement_rows(row), template="money/members/settlement.html", **context)


def rupiah_words(kept: Any) -> str:
    return rupiah_text(int(kept))


@access(MANAGER, TREASURER, methods=("POST",))
def settlement_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Work the preview out anew, up to the same day."""
    row = settlement_or_404(request, pk)
    settlement_prepare(cooperative=row.cooperative, until=row.until, by=keeper(request))
    return acted(request, _("Worked out anew."), address(row))


@access(MANAGER, TREASURER, methods=("POST",))
def settlement_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock it."""
    row = settlement_lock(settlement=settlement_or_404(request, pk), by=keeper(request))
    return acted(request, _("Locked as %(number)s. It can be paid now.") % {"number": row.number}, address(row))


@access(MANAGER, TREASURER, methods=("POST",))
def settlement_drop(request: HttpRequest, pk: int) -> HttpResponse:
    settlement_discard(settlement=settlement_or_404(request, pk), by=keeper(request))
    return acted(request, _("The preview is thrown away. Nothing was posted."), reverse("settlements"))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def settlement_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay what is left: by the bank those who have an account, in cash all."""
    row = settlement_or_404(request, pk)

    def save(facts: dict[str, Any]) -> str:
        run = payout_make(settlement=row, by=keeper(request), **facts)
        return reverse("payout", args=[run.number])

    missing = without_account(row)
    return form_page(
        request,
        PayForm(request.POST or None, initial={"till": "cash" if missing == recap(row).unpaid else "bank"}),
        title=_("Pay %(number)s") % {"number": shown_number(row)},
        back=address(row),
        save=save,
        action=_("They are paid"),
        template="money/members/pay.html",
        missing=missing,
        left=row.left,  # type: ignore[attr-defined]
    )


@access(MANAGER, TREASURER)
def settlement_row(request: HttpRequest, pk: int, ikm: int) -> HttpResponse:
    """One maker: what was made, what is taken off, what isn't paid and why, what was paid, and the postings."""
    row = own_or_404(rows_seen(cooperatives=cooperatives_of(request), ikms=()), settlement=pk, ikm=ikm)
    draft = row.settlement.status == SettlementStatus.DRAFT
    paid = [] if draft else payments_of(row)
    sources = {"settlement_row": [row.pk], "payout_row": [one.pk for one in paid]}
    leads = managed(request, row.settlement.cooperative_id)
    context = {
        "row": row,
        "draft": draft,
        "number": shown_number(row.settlement),
        "made": made_table(row, leads=leads),
        "taken": taken_lines(row, [] if draft else recoveries_of(row)),
        "unpaid": unpaid_table(row),
        "carried": carried_words(row),
        "paid": paid_table(paid),
        "postings": None if draft else postings_table(sources, lots=leads),
    }
    return render(request, "money/members/row.html", context)


def made_table(row: SettlementRow, *, leads: bool) -> Table:
    """The last column only where something came late."""
    lines = made_lines(row)
    late = any(one.late for one in lines)
    heads = [_("Work order"), _("Part"), _("Pieces"), _("Each"), _("Set-up, trip"), _("Rupiah")]
    heads += [_("Weeks late")] if late else []
    table = Table(_("What was made"), [Column(name, number > 1) for number, name in enumerate(heads)])
    for one in lines:
        order = Cell(one.order, reverse("board_order", args=[one.order]) if leads else "")
        weeks = [str(one.late or "")] if late else []
        table.add(order, one.part, one.pieces, one.each, one.once, one.rupiah, *weeks)
    return table


def unpaid_table(row: SettlementRow) -> Table:
    table = Table(
        _("Not paid, and why"),
        [Column(_("Work order")), Column(_("Part")), Column(_("Pieces"), True), Column(_("Why"))],
    )
    for one in unpaid_lines(row):
        table.add(one.order, one.part, one.pieces, one.why)
    return table


def paid_table(rows: list[PayoutRow]) -> Table:
    table = Table(
        _("Paid"),
        [Column(_("Number")), Column(_("Day")), Column(_("How")), Column(_("Rupiah"), True), Column(_("Note"))],
    )
    for one in rows:
        how = f"{one.account.bank} …{one.account.last}" if one.account else str(one.payout.get_till_display())
        table.add(
            Cell(one.payout.number, reverse("payout", args=[one.payout.number])),
            day_text(one.payout.on),
            how,
            rupiah_text(one.rupiah),
            _("came back") if one.reversed_at else one.received_by,
        )
    return table
