"""Buyers: the list, one buyer with contacts and history, and what may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.demand.selectors import buyer_contacts, buyers_seen
from wadah.demand.services import (
    buyer_add,
    buyer_archive,
    buyer_bring_back,
    buyer_contact_invite,
    buyer_contact_remove,
    buyer_correct,
)
from wadah.demand.words import BuyerKind, Market
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.reach import accounts_in_reach
from wadah.web.views.manager.demand.words import ACTS, FIELDS
from wadah.web.words import quantity_text

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Buyer
    from wadah.register.models import Cooperative

LISTING = Listing(
    "pembeli",
    _("Buyers"),
    [
        ListColumn(
            "name",
            _("Name"),
            text=lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("buyer_page", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("kind", _("Kind"), text=lambda row: row.get_kind_display(), sort=("kind",)),
        ListColumn("market", _("Market"), text=lambda row: row.get_market_display(), sort=("market",)),
        ListColumn(
            "orders",
            _("Orders"),
            text=lambda row: quantity_text(row.order_count),
            value=lambda row: row.order_count,
            numeric=True,
            sort=("order_count",),
        ),
        ListColumn(
            "requests",
            _("Requests"),
            text=lambda row: quantity_text(row.request_count),
            value=lambda row: row.request_count,
            numeric=True,
            sort=("request_count",),
        ),
        ListColumn("contacts", _("Contacts"), text=lambda row: quantity_text(row.contact_count), numeric=True),
        ListColumn("address", _("Address"), text=lambda row: row.address, hidden=True),
        ListColumn("source", _("Source"), text=lambda row: row.source, hidden=True),
    ],
    search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(address__icontains=text)),
    filters=[
        ListFilter(
            "jenis", _("Kind"), choices=lambda: BuyerKind.choices, narrow=lambda rows, value: rows.filter(kind=value)
        ),
        ListFilter(
            "arsip",
            _("Archive"),
            choices=lambda: [("bukan", _("in use")), ("ya", _("archived"))],
            narrow=lambda rows, value: rows.filter(archived_at__isnull=value == "bukan"),
            initial="bukan",
        ),
    ],
    empty=_("No buyer is known yet. Add the first one, then a contact who may order."),
)


def mine(request: HttpRequest) -> QuerySet[Buyer]:
    return buyers_seen(person_of(request).roles.cooperatives_managed)


class BuyerForm(RowForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=BuyerKind.choices)
    market = forms.ChoiceField(label=_("Market"), choices=Market.choices)
    address = forms.CharField(
        label=_("Address"),
        help_text=_("As it stands on quotations."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=500)


class NewBuyerForm(BuyerForm):
    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Cooperative"), empty_label=None)

    def __init__(self, *args: Any, cooperatives: QuerySet[Cooperative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["cooperative"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = cooperatives


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Like 0812-3456-7890"),
        max_length=30,
        widget=forms.TextInput({"type": "tel"}),
    )
    adult = forms.BooleanField(label=_("Says to be 18 or older"))


@access(MANAGER)
def buyers(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, mine(request), add=reverse("buyer_add"))


@access(MANAGER, methods=("GET", "POST"))
def buyer_new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = NewBuyerForm(request.POST or None, cooperatives=cooperatives_named(person.roles.cooperatives_managed))

    def save(facts: dict[str, Any]) -> str:
        return reverse("buyer_page", args=[buyer_add(by=person.user, **facts).pk])

    return form_page(request, form, title=gettext("A new buyer"), back=reverse("buyers"), save=save)


@access(MANAGER)
def buyer_page(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(mine(request), pk=pk)
    contacts = list(buyer_contacts(row))
    within = accounts_in_reach(person_of(request)).filter(pk__in=[contact.user_id for contact in contacts])
    shown = {
        "row": row,
        "contacts": contacts,
        "reached": set(within.values_list("pk", flat=True)),
        "history": history_table(row, acts=ACTS, fields=FIELDS),
    }
    return render(request, "demand/buyer.html", shown)


@access(MANAGER, methods=("GET", "POST"))
def buyer_change(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(mine(request), pk=pk)
    here = reverse("buyer_page", args=[row.pk])

    def save(facts: dict[str, Any]) -> str:
        buyer_correct(buyer=row, by=person_of(request).user, **facts)
        return here

    return form_page(request, BuyerForm(request.POST or None, row=row), title=row.name, back=here, save=save)


@access(MANAGER, methods=("POST",))
def buyer_put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive a buyer, or bring back one that is archived."""
    row = own_or_404(mine(request), pk=pk)
    act = buyer_archive if row.archived_at is None else buyer_bring_back
    act(buyer=row, by=person_of(request).user)
    return HttpResponseRedirect(reverse("buyer_page", args=[row.pk]))


@access(MANAGER, methods=("GET", "POST"))
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(mine(request), pk=pk)
    here = reverse("buyer_page", args=[row.pk])

    def save(facts: dict[str, Any]) -> str:
        buyer_contact_invite(buyer=row, by=person_of(request).user, **facts)
        return here

    title = gettext("Who may order for %(name)s") % {"name": row.name}
    return form_page(request, ContactForm(request.POST or None), title=title, back=here, save=save)


@access(MANAGER, methods=("POST",))
def contact_remove(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    row = own_or_404(mine(request), pk=pk)
    buyer_contact_remove(contact=own_or_404(buyer_contacts(row), pk=contact), by=person_of(request).user)
    return HttpResponseRedirect(reverse("buyer_page", args=[row.pk]))
