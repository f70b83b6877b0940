"""Machines of the workshops: the list, adding and correcting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.register.selectors import folded_search, machines_of, workshops_kept, workshops_seen
from wadah.register.services import machine_correct, machine_put
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.lists import ListColumn, Listing
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import WholeField, skill_field

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COUNT_MAX = 32_767

LISTING = Listing(
    "mesin",
    gettext_lazy("Machines"),
    [
        ListColumn(
            "mesin",
            gettext_lazy("Machine"),
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("workshop", args=[row.workshop_id]),
        ),
        ListColumn(
            "jumlah",
            gettext_lazy("How many"),
            lambda row: str(row.count),
            value=lambda row: row.count,
            numeric=True,
            sort=("count",),
        ),
        ListColumn("keterampilan", gettext_lazy("Process"), lambda row: common.skill_name(row.skill)),
        ListColumn(
            "bengkel",
            gettext_lazy("Workshop"),
            lambda row: row.workshop.name,
            sort=("workshop__name",),
            badge=lambda row: common.simulated(row.workshop),
        ),
        ListColumn("kelurahan", gettext_lazy("Kelurahan"), lambda row: common.area_name(row.workshop.area)),
        ListColumn("catatan", gettext_lazy("Note"), lambda row: row.note, hidden=True),
    ],
    search=lambda rows, text: folded_search(
        rows, text, "name", "workshop__name", "workshop__ikm__name", "workshop__area__name_spaced"
    ),
    filters=[
        common.skill_filter("skill"),
        common.kelurahan_filter("workshop__area"),
        common.subsector_filter("workshop__ikm__subsectors"),
        common.archive_filter(),
    ],
    empty=gettext_lazy("No machine is written down yet. Add them on the page of a workshop."),
)


class MachineForm(RowForm):
    name = forms.CharField(
        label=gettext_lazy("Machine"), max_length=120, help_text=gettext_lazy("Like: bench lathe, sewing machine")
    )
    count = WholeField(label=gettext_lazy("How many"), initial=1, most=COUNT_MAX)
    skill = skill_field(
        label=gettext_lazy("Process"), required=False, empty_label=gettext_lazy("of general use, or not known")
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=240)


@access(MANAGER, readers=(OFFICER,))
def machines(request: HttpRequest) -> HttpResponse:
    return common.register_page(request, LISTING, machines_of(workshops_seen(person_of(request).roles)))


@access(MANAGER, methods=("GET", "POST"))
def machine_add(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the workshop."""
    row = own_or_404(workshops_kept(person_of(request).roles), pk=pk)
    page = reverse("workshop", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        machine_put(workshop=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = MachineForm(request.POST or None)
    return form_page(request, form, title=_("A machine of %(name)s") % {"name": row.name}, back=page, save=save)


@access(MANAGER, methods=("GET", "POST"))
def machine_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(machines_of(workshops_kept(person_of(request).roles)), pk=pk)
    page = reverse("workshop", args=[row.workshop_id])

    def save(facts: dict[str, Any]) -> str:
        machine_correct(machine=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = MachineForm(request.POST or None, row=row)
    return form_page(request, form, title=_("Change %(name)s") % {"name": row.name}, back=page, save=save)
