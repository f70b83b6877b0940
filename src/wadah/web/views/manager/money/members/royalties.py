"""Royalties of motifs: what is owed to each holder for accepted pieces, and what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.errors import NotYours
from wadah.ledger.selectors.members_money import royalty_payouts_seen
from wadah.ledger.selectors.paying import motifs_owed
from wadah.ledger.services.royalties import royalty_pay, royalty_take_back
from wadah.units import rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.common import cooperatives_of, day_text
from wadah.web.views.manager.money.members.common import act_page, keeper
from wadah.web.views.manager.money.members.forms import RoyaltyForm, WhyForm
from wadah.web.views.manager.money.members.words import ways

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NEWEST = 50


@access(MANAGER, TREASURER)
def royalties(request: HttpRequest) -> HttpResponse:
    context = {"ways": ways(request), "owed": owed_table(request), "paid": paid_table(request)}
    return render(request, "money/members/royalties.html", context)


def owed_table(request: HttpRequest) -> Table:
    heads = (_("Motif"), _("Holder"), _("Cooperative"), _("Owed"), _("To do"))
    table = Table(_("Owed to holders of motifs"), [Column(head, head == _("Owed")) for head in heads])
    for one in motifs_owed(cooperatives_of(request)):
        url = reverse("royalty_add", args=[one.cooperative.pk, one.motif.pk]) if one.rupiah > 0 else ""
        pay = Cell(_("Pay it out"), url) if url else ""
        table.add(one.motif.name, one.motif.holder, one.cooperative.name, rupiah_text(one.rupiah), pay)
    return table


def paid_table(request: HttpRequest) -> Table:
    heads = (_("Number"), _("Day"), _("Motif"), _("Holder"), _("Rupiah"), _("Wrong?"))
    table = Table(_("Paid"), [Column(head, head == _("Rupiah")) for head in heads])
    for row in royalty_payouts_seen(cooperatives_of(request))[:NEWEST]:
        undo = Cell(_("Take it back"), reverse("royalty_undo", args=[row.number]))
        last = _("taken back") if row.reversed_at else undo
        table.add(row.number, day_text(row.on), row.motif.name, row.holder, rupiah_text(row.rupiah), last)
    return table


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def royalty_add(request: HttpRequest, cooperative: int, motif: int) -> HttpResponse:
    """Pay a motif's holder, all that is owed unless less is asked for."""
    rows = motifs_owed(cooperatives_of(request) & {cooperative})
    one = next((row for row in rows if row.motif.pk == motif), None)
    if one is None:
        raise NotYours
    owed = one

    def act(facts: dict[str, Any]) -> None:
        royalty_pay(cooperative=owed.cooperative, motif=owed.motif, by=keeper(request), **facts)

    return act_page(
        request,
        RoyaltyForm(request.POST or None, initial={"rupiah": one.rupiah, "till": "bank"}),
        title=_("Royalty to %(holder)s for %(motif)s") % {"holder": one.motif.holder, "motif": one.motif.name},
        back=reverse("royalties"),
        act=act,
        done=_("Written down."),
        action=_("It is paid"),
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def royalty_undo(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(royalty_payouts_seen(cooperatives_of(request)), number=number)

    def act(facts: dict[str, Any]) -> None:
        royalty_take_back(payout=row, by=keeper(request), **facts)

    return act_page(
        request,
        WhyForm(request.POST or None),
        title=_("Take %(number)s back") % {"number": row.number},
        back=reverse("royalties"),
        act=act,
        done=_("Taken back."),
        action=_("Take it back"),
    )
