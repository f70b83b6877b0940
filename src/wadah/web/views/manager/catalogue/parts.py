"""Parts: the list, one page a part, the form, putting away and bringing back."""

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
from wadah.base.errors import Refused
from wadah.catalogue.selectors import motifs_all, parts_all
from wadah.catalogue.services import part_archive, part_put, part_restore
from wadah.catalogue.words import Supply, Unit
from wadah.register.selectors import folded_search, subsectors_all
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import RowForm
from wadah.web.forms import RupiahField
from wadah.web.lists import ListColumn, ListFilter, Listing
from wadah.web.views.manager.catalogue import common
from wadah.web.views.manager.catalogue.forms import NumberField, ShareField
from wadah.web.views.manager.catalogue.story import page_of
from wadah.web.views.manager.register.common import archive_filter, skill_filter, skill_name, subsector_filter
from wadah.web.views.manager.register.forms import OneNamed, WholeField, skill_field
from wadah.web.words import part_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WEEKS_MAX = 520

PARTS = Listing(
    "barang",
    gettext_lazy("Parts"),
    [
        ListColumn(
            "barang",
            gettext_lazy("Part"),
            part_name,
            sort=("name",),
            url=lambda row: reverse("part", args=[row.pk]),
        ),
        ListColumn("kode", gettext_lazy("Code"), lambda row: row.code, sort=("code",)),
        ListColumn("asal", gettext_lazy("Made or bought"), lambda row: str(row.get_supply_display()), sort=("supply",)),
        ListColumn("keterampilan", gettext_lazy("Process"), lambda row: skill_name(row.skill)),
        ListColumn("subsektor", gettext_lazy("Trade"), lambda row: skill_name(row.subsector), hidden=True),
        ListColumn("satuan", gettext_lazy("Unit"), lambda row: str(row.get_unit_display()), hidden=True),
        ListColumn("isi", gettext_lazy("Units in a pack"), lambda row: common.number_text(row.pack_size), hidden=True),
        ListColumn(
            "pembuat",
            gettext_lazy("Workshops with a rate"),
            lambda row: common.number_text(row.makers) if row.supply == Supply.MADE else common.NOTHING,
            value=lambda row: row.makers,
            numeric=True,
            sort=("makers",),
        ),
    ],
    search=lambda rows, text: folded_search(rows, text, "code", "name", "name_en"),
    filters=[
        ListFilter(
            "asal",
            gettext_lazy("Made or bought"),
            lambda: list(Supply.choices),
            lambda rows, value: rows.filter(supply=value),
        ),
        skill_filter("skill"),
        subsector_filter("subsector"),
        archive_filter(),
    ],
    empty=gettext_lazy("There is no part yet. A part is anything that is made, bought, stocked or ordered."),
)


class PartForm(RowForm):
    name = forms.CharField(label=common.FIELDS["name"], max_length=120)
    name_en = forms.CharField(label=common.FIELDS["name_en"], max_length=120, required=False)
    supply = forms.ChoiceField(label=common.FIELDS["supply"], choices=Supply.choices)
    subsector = OneNamed(subsectors_all(), label=gettext_lazy("Trade"))
    skill = skill_field(label=gettext_lazy("Process"), required=False, empty_label=gettext_lazy("none, or not known"))
    unit = forms.ChoiceField(label=common.FIELDS["unit"], choices=Unit.choices)
    integer = forms.BooleanField(label=gettext_lazy("Whole pieces only"), required=False, initial=True)
    pack_size = NumberField(
        label=common.FIELDS["pack_size"], required=False, help_text=gettext_lazy("Only for what is bought.")
    )
    lead_time_weeks = WholeField(label=common.FIELDS["lead_time_weeks"], most=WEEKS_MAX, initial=0)
    holding_cost_rupiah = RupiahField(label=common.FIELDS["holding_cost_rupiah"], initial=0)
    shelf_life_weeks = WholeField(
        label=gettext_lazy("Weeks that it keeps"),
        most=WEEKS_MAX,
        required=False,
        help_text=gettext_lazy("Empty: for ever."),
    )
    max_share = ShareField(label=gettext_lazy("One workshop makes at most, in percent"), places=2, initial=100)
    min_sources = WholeField(label=common.FIELDS["min_sources"], most=999, initial=1)
    motif = forms.ModelChoiceField(motifs_all(), label=gettext_lazy("Motif"), required=False)
    source = forms.CharField(label=common.FIELDS["source"], required=False, widget=forms.Textarea(attrs={"rows": 2}))


class NewPartForm(PartForm):
    code = forms.CharField(
        label=common.FIELDS["code"], max_length=80, help_text=gettext_lazy("Short, and the same for ever: BOLT-M8")
    )
    field_order = ("code",)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if parts_all(self.roles, today()).filter(code__iexact=code).exists():
            raise forms.ValidationError(_("There is a part with this code already, perhaps an archived one."))
        return code

    def __init__(self, *args: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles


@access(MANAGER)
def parts(request: HttpRequest) -> HttpResponse:
    rows = parts_all(common.roles_of(request), today())
    imports = reverse("import_kind", args=["parts"])
    return common.catalogue_list(request, PARTS, rows, add=reverse("part_add"), imports=imports)


@access(MANAGER, methods=("GET", "POST"))
def part_add(request: HttpRequest) -> HttpResponse:
    return common.catalogue_form(
        request,
        NewPartForm(request.POST or None, roles=common.roles_of(request)),
        title=_("A new part"),
        back=reverse("parts"),
        write=lambda facts: part_put(by=person_of(request).user, **facts),
    )


@access(MANAGER)
def part(request: HttpRequest, pk: int) -> HttpResponse:
    roles = common.roles_of(request)
    row = own_or_404(parts_all(roles, today()), pk=pk)
    return render(request, "catalogue/part.html", page_of(row, roles))


@access(MANAGER, methods=("GET", "POST"))
def part_change(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(parts_all(common.roles_of(request), today()), pk=pk)
    return common.catalogue_form(
        request,
        PartForm(request.POST or None, row=row),
        title=_("Change %(name)s") % {"name": part_name(row)},
        back=reverse("part", args=[pk]),
        write=lambda facts: part_put(code=row.code, by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("POST",))
def part_put_away(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(parts_all(common.roles_of(request), today()), pk=pk)
    try:
        part_archive(part=row, by=person_of(request).user)
        messages.success(request, _("Archived. It is offered for nothing new; bring it back here at any time."))
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("part", args=[pk]))


@access(MANAGER, methods=("POST",))
def part_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(parts_all(common.roles_of(request), today()), pk=pk)
    part_restore(part=row, by=person_of(request).user)
    messages.success(request, _("Brought back."))
    return HttpResponseRedirect(reverse("part", args=[pk]))
