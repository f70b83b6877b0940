"""Workshops: the list, one page about each, adding and correcting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date
from wadah.register.selectors import (
    WORKSHOP_KINDS,
    folded_search,
    memberships_kept,
    workshop_next_code,
    workshops_kept,
    workshops_seen,
    workshops_whole,
)
from wadah.register.services import workshop_correct, workshop_open
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.lists import ListColumn, Listing
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import PlaceField, WholeField, kelurahan_field
from wadah.web.views.manager.register.members import open_member
from wadah.web.views.manager.register.parts import workshop_part

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LISTING = Listing(
    "bengkel",
    gettext_lazy("Workshops"),
    [
        ListColumn(
            "bengkel",
            gettext_lazy("Workshop"),
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("workshop", args=[row.pk]),
            badge=common.simulated,
        ),
        ListColumn("kode", gettext_lazy("Code"), lambda row: row.code, sort=("code",)),
        ListColumn("anggota", gettext_lazy("Member"), lambda row: row.ikm.name, sort=("ikm__name",)),
        ListColumn("jenis", gettext_lazy("Kind"), lambda row: str(row.get_kind_display())),
        ListColumn(
            "kelurahan", gettext_lazy("Kelurahan"), lambda row: common.area_name(row.area), sort=("area__name_spaced",)
        ),
        ListColumn(
            "keterampilan",
            gettext_lazy("Processes"),
            lambda row: ", ".join(common.skill_name(skill) for skill in row.skills.all()) or common.NOTHING,
        ),
        ListColumn(
            "dipastikan",
            gettext_lazy("Last confirmed"),
            lambda row: common.day_text(business_date(row.confirmed_at) if row.confirmed_at else None),
            value=lambda row: business_date(row.confirmed_at) if row.confirmed_at else None,
            sort=("confirmed_at",),
        ),
        ListColumn(
            "luas",
            gettext_lazy("Floor in m²"),
            lambda row: "" if row.floor_m2 is None else str(row.floor_m2),
            value=lambda row: row.floor_m2,
            hidden=True,
        ),
        ListColumn(
            "daya",
            gettext_lazy("Electricity in VA"),
            lambda row: "" if row.power_va is None else str(row.power_va),
            value=lambda row: row.power_va,
            hidden=True,
        ),
    ],
    search=lambda rows, text: folded_search(rows, text, "name", "code", "ikm__name", "area__name_spaced"),
    filters=[
        common.kelurahan_filter("area"),
        common.subsector_filter("ikm__subsectors"),
        common.skill_filter("mastered__skill"),
        common.archive_filter(),
    ],
    empty=gettext_lazy("No workshop is registered yet. Each member has at least one: register a member first."),
)


class WorkshopForm(RowForm):
    """A workshop's facts; what isn't known stays empty."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=WORKSHOP_KINDS, initial="home")
    area = kelurahan_field()
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=240)
    floor_m2 = WholeField(label=gettext_lazy("Floor in m²"), required=False)
    power_va = WholeField(label=gettext_lazy("Electricity in VA"), required=False, help_text="450, 900, 1.300, 2.200 …")
    lat = PlaceField(label=gettext_lazy("Latitude"), required=False, help_text="-6,24")
    lng = PlaceField(label=gettext_lazy("Longitude"), required=False, help_text="107,00")


class NewWorkshopForm(WorkshopForm):
    """The same with a code, of which one is proposed."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=20)
    field_order = ("code", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = workshop_next_code()


@access(MANAGER, readers=(OFFICER,))
def workshops(request: HttpRequest) -> HttpResponse:
    rows = workshops_seen(person_of(request).roles).prefetch_related("skills")
    imports = reverse("import_kind", args=["workshops"]) if common.keeps(request) else ""
    return common.register_page(request, LISTING, rows, imports=imports)


@access(MANAGER, readers=(OFFICER,))
def workshop(request: HttpRequest, pk: int) -> HttpResponse:
    roles = person_of(request).roles
    row = own_or_404(workshops_whole(workshops_seen(roles)), pk=pk)
    place = memberships_kept(roles).filter(ikm=row.ikm_id, left_on__isnull=True).first()
    return render(
        request,
        "register/workshop.html",
        {"shop": workshop_part(row), "manager": place is not None, "place": place, "ways": common.ways(request)},
    )


@access(MANAGER, methods=("GET", "POST"))
def workshop_add(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the member's place in the cooperative."""
    firm = open_member(request, pk).ikm
    assert firm is not None

    def save(facts: dict[str, Any]) -> str:
        row = workshop_open(ikm=firm, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return reverse("workshop", args=[row.pk])

    form = NewWorkshopForm(request.POST or None, initial={"name": firm.name, "area": firm.area_id})
    return form_page(
        request,
        form,
        title=_("Another workshop of %(name)s") % {"name": firm.name},
        back=reverse("member", args=[pk]),
        save=save,
    )


@access(MANAGER, methods=("GET", "POST"))
def workshop_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(workshops_kept(person_of(request).roles), pk=pk)
    page = reverse("workshop", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        workshop_correct(workshop=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = WorkshopForm(request.POST or None, row=row)
    return form_page(request, form, title=_("Change %(name)s") % {"name": row.name}, back=page, save=save)
