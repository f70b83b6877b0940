"""Piutang anggota: who owes what, and what is brought back by hand instead of being taken off the pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import NotYours
from wadah.ledger.selectors.repaying import debtors as debtors_seen
from wadah.ledger.selectors.repaying import maker_named, owings, parts_of, repayments_seen
from wadah.ledger.services.repaying import repayment_take, repayment_take_back
from wadah.units import rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.common import cooperatives_of, day_text, managed, postings_table, rupiah_column
from wadah.web.views.manager.money.members.common import act_page, keeper, shelf
from wadah.web.views.manager.money.members.forms import RepaymentForm, WhyForm
from wadah.web.views.manager.money.members.words import ACTS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Recovery, Repayment
    from wadah.ledger.selectors.repaying import Owing


LISTING = Listing(
    "piutang-anggota",
    gettext_lazy("Owed by members"),
    [
        ListColumn(
            "member",
            gettext_lazy("Maker"),
            text=lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("debtor", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("owner", gettext_lazy("Owner"), text=lambda row: row.owner_name),
        rupiah_column("debt", gettext_lazy("For pieces that came back")),
        rupiah_column("ahead", gettext_lazy("Advances")),
        rupiah_column("owed", gettext_lazy("Together")),
        ListColumn(
            "since",
            gettext_lazy("Oldest advance"),
            text=lambda row: day_text(row.since),
            value=lambda row: row.since,
            sort=("since",),
        ),
    ],
    search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(owner_name__icontains=text)),
    empty=gettext_lazy("Nobody owes anything: no advance is open, and no paid pieces came back."),
)


@access(MANAGER, TREASURER)
def debtors(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, debtors_seen(cooperatives_of(request)), **shelf(request))


@access(MANAGER, TREASURER)
def debtor(request: HttpRequest, ikm: int) -> HttpResponse:
    """What one maker owes, document by document, and what it paid back."""
    mine = cooperatives_of(request)
    found, repaid = owings(mine, ikm), list(repayments_seen(cooperatives=mine).filter(ikm=ikm))
    row = maker_named(ikm)
    if row is None or not (found or repaid):
        raise NotYours
    context = {"row": row, "owings": [(one, owed_table(one)) for one in found], "repaid": repaid_table(repaid)}
    return render(request, "money/members/debtor.html", context)


def owed_table(one: Owing) -> Table:
    heads = (_("For what"), _("Day"), _("Left"))
    table = Table(
        _("Owed to %(whom)s") % {"whom": one.cooperative}, [Column(head, head == _("Left")) for head in heads]
    )
    if one.debt:
        table.add(_("Pieces that came back after they were paid"), "", rupiah_text(one.debt))
    for row, left in zip(one.advances, one.lefts, strict=True):
        words = Cell(f"{row.number}: {row.what}", reverse("advance", args=[row.number]))
        table.add(words, day_text(row.on), rupiah_text(left))
    return table


def repaid_table(rows: Iterable[Repayment]) -> Table:
    heads = (_("Number"), _("Day"), _("Cash or bank"), _("Rupiah"), _("Note"))
    table = Table(_("Paid back by hand"), [Column(head, head == _("Rupiah")) for head in heads])
    for row in rows:
        number = Cell(row.number, reverse("repayment", args=[row.number]))
        note = _("taken back") if row.reversed_at else row.note
        table.add(number, day_text(row.on), str(row.get_till_display()), rupiah_text(row.rupiah), note)
    return table


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def repayment_add(request: HttpRequest, ikm: int, cooperative: int) -> HttpResponse:
    """All that is owed, unless less is brought."""
    one = next(iter(owings(cooperatives_of(request) & {cooperative}, ikm)), None)
    row = maker_named(ikm)
    if one is None or row is None:
        raise NotYours
    maker, owing = row, one

    def save(facts: dict[str, Any]) -> str:
        made = repayment_take(cooperative=owing.cooperative, ikm=maker, by=keeper(request), **facts)
        return reverse("repayment", args=[made.number])

    return form_page(
        request,
        RepaymentForm(request.POST or None, initial={"rupiah": one.rupiah, "till": "cash"}),
        title=_("%(who)s pays back") % {"who": row.name},
        back=reverse("debtor", args=[ikm]),
        save=save,
        action=_("It is paid"),
        template="money/members/repay.html",
        owed=one.rupiah,
    )


@access(MANAGER, TREASURER)
def repayment(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(repayments_seen(cooperatives=cooperatives_of(request)), number=number)
    context = {
        "row": row,
        "parts": parts_table(row, parts_of(row)),
        "history": history_table(row, acts=ACTS, fields=FIELDS),
        "postings": postings_table({"repayment": [row.pk]}, lots=managed(request, row.cooperative_id)),
    }
    return render(request, "money/members/repayment.html", context)


def parts_table(row: Repayment, parts: Sequence[Recovery]) -> Table:
    table = Table(_("What it went to"), [Column(_("For what")), Column(_("Rupiah"), numeric=True)])
    if row.debt:
        table.add(_("Pieces that came back after they were paid"), rupiah_text(row.debt))
    for one in parts:
        words = Cell(f"{one.advance.number}: {one.advance.what}", reverse("advance", args=[one.advance.number]))
        table.add(words, rupiah_text(one.rupiah))
    return table


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def repayment_undo(request: HttpRequest, number: str) -> HttpResponse:
    """What was entered by mistake."""
    row = own_or_404(repayments_seen(cooperatives=cooperatives_of(request)), number=number)

    def act(facts: dict[str, Any]) -> None:
        repayment_take_back(repayment=row, by=keeper(request), **facts)

    return act_page(
        request,
        WhyForm(request.POST or None),
        title=_("Take %(number)s back") % {"number": row.number},
        back=reverse("repayment", args=[number]),
        act=act,
        done=_("Taken back. It is owed again."),
        action=_("Take it back"),
    )
