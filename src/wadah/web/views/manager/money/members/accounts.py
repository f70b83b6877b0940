"""Members' bank accounts: masked; entered for a member with a reason, read whole with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.base.secrets import masked
from wadah.ledger.selectors.members_money import accounts_of, members_accounts
from wadah.ledger.services.accounts import payout_account_reveal, payout_account_set
from wadah.web.access import MANAGER, TREASURER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.forms import refuse
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.manager.money.common import cooperatives_of
from wadah.web.views.manager.money.members.common import firm_of, shelf
from wadah.web.views.manager.money.members.forms import BehalfAccountForm, WhyForm
from wadah.web.views.manager.money.members.words import ACTS, FIELDS
from wadah.work.services.acting import Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Membership

LISTING = Listing(
    "rekening-anggota",
    gettext_lazy("Bank accounts of members"),
    [
        ListColumn(
            "member",
            gettext_lazy("Member"),
            text=lambda row: row.ikm.name,
            sort=("ikm__name",),
            url=lambda row: reverse("payout_account", args=[row.pk]),
        ),
        ListColumn("owner", gettext_lazy("Owner"), text=lambda row: row.ikm.owner_name),
        ListColumn("bank", gettext_lazy("Bank"), text=lambda row: row.bank or "–"),
        ListColumn("number", gettext_lazy("Number"), text=lambda row: masked(row.last) if row.last else "–"),
    ],
    search=lambda rows, text: rows.filter(Q(ikm__name__icontains=text) | Q(ikm__owner_name__icontains=text)),
    filters=[
        ListFilter(
            "apa",
            gettext_lazy("Show"),
            choices=lambda: [("tanpa", gettext_lazy("without an account"))],
            narrow=lambda rows, _value: rows.filter(account=None),
        )
    ],
    empty=gettext_lazy("There are no members yet. Their bank accounts stand here, so that pay can be transferred."),
)


def place_of(request: HttpRequest, pk: int) -> Membership:
    return own_or_404(members_accounts(cooperatives_of(request)), pk=pk)


@access(MANAGER, TREASURER)
def payout_accounts(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, members_accounts(cooperatives_of(request)), **shelf(request))


@access(MANAGER, TREASURER)
def payout_account(request: HttpRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    return render(request, "money/members/account.html", account_context(place))


def account_context(place: Membership) -> dict[str, Any]:
    rows = accounts_of(place.ikm_id or 0)
    current = next((row for row in rows if row.pk == place.account), None)  # type: ignore[attr-defined]
    return {
        "place": place,
        "current": current,
        "masked": masked(current.last) if current else "",
        "older": [(row, masked(row.last)) for row in rows if row is not current],
        "history": history_table(current, acts=ACTS, fields=FIELDS) if current else None,
    }


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def payout_account_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Entered for a member without a phone, from what they wrote or showed."""
    place = place_of(request, pk)
    name = place.ikm.owner_name if place.ikm else ""

    def save(facts: dict[str, Any]) -> str:
        act = Act(by=person_of(request).user, on_behalf_of=name, reason=facts.pop("reason"))
        payout_account_set(ikm=firm_of(place), act=act, **facts)
        messages.success(request, _("Kept. From now on pay goes there."))
        return reverse("payout_account", args=[pk])

    return form_page(
        request,
        BehalfAccountForm(request.POST or None, initial={"holder": name}),
        title=_("Bank account of %(who)s") % {"who": place.ikm},
        back=reverse("payout_account", args=[pk]),
        save=save,
        template="money/members/behalf.html",
        behalf=name,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"), once=False)
def payout_account_whole(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole number, once, on this page only; the reason is written down before it is shown."""
    place = place_of(request, pk)
    context = account_context(place)
    form = WhyForm(request.POST or None)
    number = ""
    if request.method == "POST" and context["current"] and form.is_valid():
        act = Act(by=person_of(request).user, reason=form.cleaned_data["reason"])
        try:
            number = payout_account_reveal(account=context["current"], act=act)
        except Refused as refused:
            refuse(form, refused)
    shown = context | {"form": form, "number": number, "action": _("Show the whole number")}
    return render(request, "money/members/account_whole.html", shown, status=400 if form.errors else 200)
