"""Simpanan: what each member has saved, paid in and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.selectors.members_money import members_saving, savings_of, savings_seen, wish_of
from wadah.ledger.services.savings import saving_pay_in, saving_pay_out, saving_take_back
from wadah.ledger.services.terms import voluntary_saving_set
from wadah.units import decimal_text, rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.editing import form_page
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.common import cooperatives_of, day_text, rupiah_column
from wadah.web.views.manager.money.members.common import act_page, firm_of, keeper, place_or_404, places, shelf
from wadah.web.views.manager.money.members.forms import SavingForm, WhyForm, WishForm, plain
from wadah.web.words import language
from wadah.work.services.acting import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Saving
    from wadah.register.models import Membership


LISTING = Listing(
    "simpanan",
    gettext_lazy("Savings"),
    [
        ListColumn(
            "member",
            gettext_lazy("Member"),
            text=lambda row: row.ikm.name,
            sort=("ikm__name",),
            url=lambda row: reverse("savings_member", args=[row.pk]),
            badge=lambda row: "simulated" if row.ikm.simulated else "",
        ),
        ListColumn("owner", gettext_lazy("Owner"), text=lambda row: row.ikm.owner_name, hidden=True),
        rupiah_column("pokok", gettext_lazy("Principal (pokok)")),
        rupiah_column("wajib", gettext_lazy("Mandatory (wajib)")),
        rupiah_column("sukarela", gettext_lazy("Voluntary (sukarela)")),
        ListColumn(
            "left", gettext_lazy("Left on"), text=lambda row: day_text(row.left_on), value=lambda row: row.left_on
        ),
    ],
    search=lambda rows, text: rows.filter(Q(ikm__name__icontains=text) | Q(ikm__owner_name__icontains=text)),
    filters=[
        ListFilter(
            "siapa",
            gettext_lazy("Show"),
            choices=lambda: [
                ("keluar", gettext_lazy("who has left")),
                ("pokok", gettext_lazy("who hasn't paid principal savings")),
            ],
            narrow=lambda rows, value: (
                rows.exclude(left_on=None) if value == "keluar" else rows.filter(pokok=0, left_on=None)
            ),
        )
    ],
    empty=gettext_lazy("There are no members yet, so nobody saves."),
)


@access(MANAGER, TREASURER)
def savings(request: HttpRequest) -> HttpResponse:
    return list_page(
        request, LISTING, members_saving(cooperatives_of(request)), add=reverse("saving_add"), **shelf(request)
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def saving_add(request: HttpRequest) -> HttpResponse:
    """Paid in, or given back, by hand. `anggota` of the address: whose."""
    asked = request.GET.get("anggota", "")
    form = SavingForm(
        request.POST or None, places=places(request), initial={"place": asked} if asked.isdecimal() else {}
    )

    def save(facts: dict[str, Any]) -> str:
        place, way = facts.pop("place"), facts.pop("way")
        service = saving_pay_in if way == "in" else saving_pay_out
        service(cooperative=place.cooperative, ikm=firm_of(place), by=keeper(request), **facts)
        return reverse("savings_member", args=[place.pk])

    title = _("Savings paid in or given back")
    return form_page(request, form, title=title, back=reverse("savings"), save=save, action=_("Write it down"))


@access(MANAGER, TREASURER)
def savings_member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's savings, row by row."""
    place = place_or_404(request, pk)
    wish = wish_of(place.cooperative_id, place.ikm_id or 0)
    context = {
        "place": place,
        "table": savings_table(place, savings_of(place.cooperative_id, place.ikm_id or 0)),
        "wish": decimal_text(wish, 3, language()) if wish is not None else "",
    }
    return render(request, "money/members/savings.html", context)


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def saving_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """How much of each pay a member without a phone wants to save."""
    place = place_or_404(request, pk)
    name = place.ikm.owner_name if place.ikm else ""
    wish = wish_of(place.cooperative_id, place.ikm_id or 0)

    def act(facts: dict[str, Any]) -> None:
        acting = Act(by=keeper(request), on_behalf_of=name, reason=facts["reason"])
        voluntary_saving_set(cooperative=place.cooperative, ikm=firm_of(place), percent=facts["percent"], act=acting)

    return act_page(
        request,
        WishForm(request.POST or None, initial={} if wish is None else {"percent": plain(wish)}),
        title=_("How much %(who)s saves") % {"who": name},
        back=reverse("savings_member", args=[pk]),
        act=act,
        done=_("Kept. It counts from the next settlement on."),
        template="money/members/behalf.html",
        behalf=name,
    )


def savings_table(place: Membership, rows: Iterable[Saving]) -> Table:
    heads = (_("Day"), _("Kind"), _("How"), _("Rupiah"), _("Wrong?"))
    table = Table(_("Savings of %(who)s") % {"who": place.ikm}, [Column(head, head == _("Rupiah")) for head in heads])
    for row in rows:
        free = not row.row_id and not row.opening_id and not row.reverses_id and not hasattr(row, "reversed_by")
        table.add(
            day_text(row.on),
            str(row.get_kind_display()),
            how(row),
            rupiah_text(row.rupiah),
            Cell(_("Take it back"), reverse("saving_undo", args=[row.pk])) if free else "",
        )
    return table


def how(row: Saving) -> str:
    """Withheld from pay, by hand, or taken back."""
    if row.row is not None:
        return _("off the pay of %(number)s") % {"number": row.row.settlement.number}
    if row.opening is not None:
        return _("opening balance %(number)s") % {"number": row.opening.number}
    if row.reverses is not None:
        return f"{row.number}: " + _("takes %(number)s back") % {"number": row.reverses.number}
    return " · ".join(filter(None, [row.number, str(row.get_till_display()), row.note]))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def saving_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What was entered by mistake."""
    row = own_or_404(savings_seen(cooperatives_of(request)), pk=pk)
    place = places(request).filter(cooperative=row.cooperative_id, ikm=row.ikm_id).first()
    back = reverse("savings_member", args=[place.pk]) if place else reverse("savings")

    def act(facts: dict[str, Any]) -> None:
        saving_take_back(saving=row, by=keeper(request), **facts)

    return act_page(
        request,
        WhyForm(request.POST or None),
        title=_("Take %(amount)s of %(who)s back") % {"amount": rupiah_text(row.rupiah), "who": row.ikm.name},
        back=back,
        act=act,
        done=_("Taken back."),
        action=_("Take it back"),
    )
