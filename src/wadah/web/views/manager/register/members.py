"""Members of the cooperative: the list, one page about each, correcting, leaving and coming back."""

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
from wadah.base.errors import NotYours
from wadah.register.rules import is_open_on
from wadah.register.selectors import (
    LEGAL_FORMS,
    certificates_of,
    enrolments_kept,
    firms_seen,
    folded_search,
    ikm_sizes,
    memberships_kept,
    memberships_seen,
    workshops_seen,
    workshops_whole,
)
from wadah.register.services import ikm_correct, membership_close, membership_reopen
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.forms import RupiahField
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing
from wadah.web.quantities import DayField
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import WholeField, kelurahan_field, subsectors_field
from wadah.web.views.manager.register.parts import workshop_part

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Membership

SIZES = {
    "micro": gettext_lazy("micro"),
    "small": gettext_lazy("small"),
    "medium": gettext_lazy("medium"),
    "large": gettext_lazy("large"),
}


class FirmForm(RowForm):
    """A firm's facts; the phone is empty where none is known."""

    owner_name = forms.CharField(label=gettext_lazy("Owner"), max_length=120)
    name = forms.CharField(label=gettext_lazy("Name of the firm"), max_length=160)
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    area = kelurahan_field()
    legal_form = forms.ChoiceField(label=gettext_lazy("Legal form"), choices=LEGAL_FORMS)
    subsectors = subsectors_field(label=gettext_lazy("Trades"), required=False)
    workers = WholeField(
        label=gettext_lazy("Workers"),
        required=False,
        help_text=gettext_lazy("The owner included. Leave it empty while it isn't known."),
    )
    investment_rupiah = RupiahField(
        label=gettext_lazy("Investment"), required=False, help_text=gettext_lazy("Without land and building: 25 jt")
    )
    annual_sales_rupiah = RupiahField(label=gettext_lazy("Sales a year"), required=False)
    source = forms.CharField(label=gettext_lazy("Who said so"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.fields["subsectors"].initial = list(self.row.subsectors.all())  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    left_on = DayField(label=gettext_lazy("First day outside"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_on"].initial = today()


@access(MANAGER, readers=(OFFICER,))
def members(request: HttpRequest) -> HttpResponse:
    roles = person_of(request).roles
    manager = common.keeps(request)
    return common.register_page(
        request,
        listing(manager),
        memberships_seen(roles).prefetch_related("ikm__subsectors", "ikm__workshops").order_by("ikm__name", "pk"),
        add=reverse("enrolment") if manager else "",
        imports=reverse("import_kind", args=["members"]) if manager else "",
        drafts=[row for row in enrolments_kept(roles)[:20] if row.membership_id is None and row.dropped_at is None],
    )


def list_columns(manager: bool) -> list[ListColumn]:
    return [
        ListColumn(
            "anggota",
            gettext_lazy("Member"),
            lambda row: row.ikm.name,
            sort=("ikm__name",),
            url=lambda row: reverse("member", args=[row.pk]),
            badge=lambda row: "simulated" if row.ikm.simulated else "",
        ),
        ListColumn("pemilik", gettext_lazy("Owner"), lambda row: row.ikm.owner_name, sort=("ikm__owner_name",)),
        ListColumn("telepon", gettext_lazy("Phone"), lambda row: common.phone_text(row.ikm.phone, whole=manager)),
        ListColumn(
            "kelurahan",
            gettext_lazy("Kelurahan"),
            lambda row: common.area_name(row.ikm.area),
            sort=("ikm__area__name_spaced",),
        ),
        ListColumn(
            "subsektor",
            gettext_lazy("Trades"),
            lambda row: ", ".join(common.skill_name(trade) for trade in row.ikm.subsectors.all()) or common.NOTHING,
        ),
        ListColumn(
            "bengkel",
            gettext_lazy("Workshops"),
            lambda row: str(workshop_count(row)),
            value=workshop_count,
            numeric=True,
        ),
        ListColumn(
            "sejak",
            gettext_lazy("Member since"),
            lambda row: common.day_text(row.joined_on),
            value=lambda row: row.joined_on,
            sort=("joined_on",),
        ),
        ListColumn(
            "keluar",
            gettext_lazy("Left on"),
            lambda row: common.day_text(row.left_on),
            value=lambda row: row.left_on,
            hidden=True,
        ),
        ListColumn("koperasi", gettext_lazy("Cooperative"), lambda row: row.cooperative.name, hidden=manager),
    ]


def listing(manager: bool) -> Listing:
    """manager: sees whole phones; an officer sees which cooperative instead."""
    return Listing(
        "anggota",
        gettext_lazy("Members"),
        list_columns(manager),
        search=lambda rows, text: search(rows, text, phones=manager),
        filters=[
            common.kelurahan_filter("ikm__area"),
            common.subsector_filter("ikm__subsectors"),
            common.skill_filter("ikm__workshops__mastered__skill"),
            ListFilter(
                "keadaan",
                gettext_lazy("State"),
                lambda: [("ada", _("members today")), ("keluar", _("have left"))],
                lambda rows, value: rows.filter(left_on__isnull=value == "ada"),
                initial="ada",
            ),
        ],
        empty=gettext_lazy("No workshop has joined yet. Register the first one: it takes a few minutes on a phone."),
    )


def search(rows: QuerySet[Membership], text: str, *, phones: bool) -> QuerySet[Membership]:
    """By firm, owner or kelurahan, spaces and case aside; by phone as people write it, for whoever sees phones."""
    digits = "".join(sign for sign in text if sign.isdigit())
    if phones and len(digits) >= 4 and not text.strip("+-() ").strip("0123456789-() "):
        return rows.filter(ikm__phone__contains=digits.removeprefix("62").lstrip("0"))
    return folded_search(rows, text, "ikm__name", "ikm__owner_name", "ikm__area__name_spaced")


def workshop_count(row: Membership) -> int:
    return sum(1 for shop in row.ikm.workshops.all() if shop.archived_at is None) if row.ikm else 0


@access(MANAGER, readers=(OFFICER,))
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """All about one member; of one that has left only the name and the days, and the way back."""
    roles = person_of(request).roles
    row = own_or_404(memberships_seen(roles), pk=pk)
    here = is_open_on(today(), row.joined_on, row.left_on)
    manager = row.cooperative_id in roles.cooperatives_managed
    firm = own_or_404(firms_seen(roles).prefetch_related("subsectors"), memberships=row) if here else None
    shops = workshops_whole(workshops_seen(roles)).filter(ikm=row.ikm_id) if firm else []
    return render(
        request,
        "register/member.html",
        {
            "membership": row,
            "firm": firm,
            "here": here,
            "manager": manager,
            "phone": common.phone_text(firm.phone, whole=manager) if firm else "",
            "trades": ", ".join(common.skill_name(trade) for trade in firm.subsectors.all()) if firm else "",
            "sizes": [(size.scheme, SIZES[size.size]) for size in ikm_sizes(firm, today()) if size.size]
            if firm
            else [],
            "shops": [workshop_part(shop) for shop in shops],
            "papers": certificates_of(firms_seen(roles).filter(memberships=row)).filter(archived_at__isnull=True)
            if firm
            else [],
            "ways": common.ways(request),
        },
    )


def open_member(request: HttpRequest, pk: int) -> Membership:
    """A place of today in a cooperative that the person manages. Raises NotYours."""
    row = own_or_404(memberships_kept(person_of(request).roles), pk=pk)
    if row.ikm is None or not is_open_on(today(), row.joined_on, row.left_on):
        raise NotYours
    return row


@access(MANAGER, methods=("GET", "POST"))
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = open_member(request, pk)
    firm = row.ikm
    assert firm is not None
    page = reverse("member", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        ikm_correct(ikm=firm, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    return form_page(
        request,
        FirmForm(request.POST or None, row=firm),
        title=_("Change %(name)s") % {"name": firm.name},
        back=page,
        save=save,
    )


@access(MANAGER, methods=("GET", "POST"))
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    row = open_member(request, pk)
    page = reverse("member", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        membership_close(membership=row, by=person_of(request).user, **facts)
        messages.success(request, _("The membership ends. It can be brought back on the member's page."))
        return page

    return form_page(
        request,
        LeaveForm(request.POST or None),
        title=_("%(name)s leaves the cooperative") % {"name": row.ikm},
        back=page,
        save=save,
        action=_("End the membership"),
    )


@access(MANAGER, methods=("POST",))
def member_return(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(memberships_kept(person_of(request).roles), pk=pk)
    membership_reopen(membership=row, by=person_of(request).user)
    messages.success(request, _("Brought back."))
    return HttpResponseRedirect(reverse("member", args=[pk]))


@access(MANAGER, readers=(OFFICER,))
def member_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed on the firm, and on its place in the cooperative."""
    row = own_or_404(memberships_seen(person_of(request).roles), pk=pk)
    here = is_open_on(today(), row.joined_on, row.left_on)
    rows = [row, row.ikm] if here and row.ikm else [row]
    return render(
        request,
        "register/history.html",
        {
            "title": row.ikm,
            "back": reverse("member", args=[pk]),
            "tables": [history_table(one, acts=common.ACTS, fields=common.FIELDS) for one in rows],
        },
    )
