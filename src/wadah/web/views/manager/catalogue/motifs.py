"""Motifs and the licences to make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.catalogue.selectors import licences_kept, motifs_all, on_day
from wadah.catalogue.services import licence_end, licence_grant, motif_put, motif_source_put
from wadah.catalogue.words import Aspect, RightKind
from wadah.register.selectors import firms_seen, folded_search
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm
from wadah.web.forms import RowField, RupiahField
from wadah.web.lists import ListColumn, ListFilter, Listing
from wadah.web.quantities import DayField
from wadah.web.views.manager.catalogue import common
from wadah.web.views.manager.catalogue.forms import from_day
from wadah.web.views.manager.catalogue.makers import LastDayForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


MOTIFS = Listing(
    "motif",
    gettext_lazy("Motifs"),
    [
        ListColumn(
            "motif",
            gettext_lazy("Motif"),
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("motif", args=[row.pk]),
        ),
        ListColumn("segi", gettext_lazy("Aspect"), lambda row: str(row.get_aspect_display()), sort=("aspect",)),
        ListColumn("pemegang", gettext_lazy("Holder"), lambda row: row.holder, sort=("holder",)),
        ListColumn("hak", gettext_lazy("Right"), lambda row: str(row.get_right_kind_display())),
        ListColumn("nomor", gettext_lazy("Number"), lambda row: row.right_number or common.NOTHING),
        ListColumn("tanggal", gettext_lazy("Date"), lambda row: common.day_text(row.right_date), hidden=True),
    ],
    search=lambda rows, text: folded_search(rows, text, "name", "holder"),
    filters=[
        ListFilter(
            "segi",
            gettext_lazy("Aspect"),
            lambda: list(Aspect.choices),
            lambda rows, value: rows.filter(aspect=value),
        )
    ],
    empty=gettext_lazy("No motif is written down yet."),
)

LICENCES = Listing(
    "lisensi",
    gettext_lazy("Licences"),
    [
        ListColumn("motif", gettext_lazy("Motif"), lambda row: row.motif.name, sort=("motif__name",)),
        ListColumn(
            "anggota",
            gettext_lazy("Member"),
            lambda row: row.ikm.name,
            sort=("ikm__name",),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn(
            "nomor", gettext_lazy("Number"), lambda row: row.number, url=lambda row: reverse("licence", args=[row.pk])
        ),
        common.day_column("dari", gettext_lazy("From"), "valid_from"),
        ListColumn("sampai", gettext_lazy("Last day"), common.until_text, value=lambda row: row.valid_until),
        common.amount_column("royalti", "royalty_rupiah_piece"),
        ListColumn("syarat", common.FIELDS["terms"], lambda row: row.terms, hidden=True),
    ],
    search=lambda rows, text: folded_search(rows, text, "motif__name", "ikm__name", "number"),
    filters=[common.time_filter(on_day)],
    empty=gettext_lazy("No member has a licence yet. Only who has one may make a motif."),
)


class MotifForm(RowForm):
    aspect = forms.ChoiceField(label=gettext_lazy("Aspect"), choices=Aspect.choices)
    holder = forms.CharField(label=gettext_lazy("Holder"), max_length=120)
    right_kind = forms.ChoiceField(label=gettext_lazy("Right"), choices=RightKind.choices)
    right_number = forms.CharField(label=gettext_lazy("Number"), max_length=40, required=False)
    right_date = DayField(label=gettext_lazy("Date"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class NewMotifForm(MotifForm):
    name = forms.CharField(label=gettext_lazy("Motif"), max_length=80)
    field_order = ("name",)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if motifs_all().filter(name=name).exists():
            raise forms.ValidationError(_("There is a motif of this name already. Change it in the list."))
        return name


class LicenceForm(forms.Form):
    motif = forms.ModelChoiceField(motifs_all(), label=gettext_lazy("Motif"))
    ikm = RowField(code="name", search=("name", "owner_name"), label=gettext_lazy("Member"))
    number = forms.CharField(label=gettext_lazy("Number"), max_length=40)
    valid_from = from_day()
    valid_until = DayField(label=gettext_lazy("Last day"), required=False)
    royalty_rupiah_piece = RupiahField(label=common.FIELDS["royalty_rupiah_piece"], initial=0)
    terms = forms.CharField(
        label=common.FIELDS["terms"],
        help_text=gettext_lazy("What else was agreed: colours, marks, how many, for whom."),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SourceForm(forms.Form):
    title = forms.CharField(label=common.FIELDS["title"], max_length=200)
    published_on = DayField(label=common.FIELDS["published_on"], required=False)
    says = forms.CharField(
        label=common.FIELDS["says"],
        help_text=gettext_lazy("As it stands there, even where others say something else."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@access(MANAGER, OFFICER)
def motifs(request: HttpRequest) -> HttpResponse:
    return common.catalogue_list(request, MOTIFS, motifs_all(), add=reverse("motif_add"))


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def motif_add(request: HttpRequest) -> HttpResponse:
    return common.catalogue_form(
        request,
        NewMotifForm(request.POST or None),
        title=_("A motif and its holder"),
        back=reverse("motifs"),
        write=lambda facts: motif_put(by=person_of(request).user, **facts),
    )


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def motif(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(motifs_all(), pk=pk)
    return common.catalogue_form(
        request,
        MotifForm(request.POST or None, row=row),
        title=row.name,
        back=reverse("motifs"),
        write=lambda facts: motif_put(name=row.name, by=person_of(request).user, **facts),
        row=row,
        facts=[(source.title, source.says) for source in row.sources.all()],
        template="catalogue/motif.html",
        motif=row,
    )


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def motif_source_add(request: HttpRequest, pk: int) -> HttpResponse:
    """What one more source says, beside the others; the same title again corrects it."""
    row = own_or_404(motifs_all(), pk=pk)
    return common.catalogue_form(
        request,
        SourceForm(request.POST or None),
        title=_("What a source says of %(motif)s") % {"motif": row.name},
        back=reverse("motif", args=[row.pk]),
        write=lambda facts: motif_source_put(motif=row, by=person_of(request).user, **facts),
    )


@access(MANAGER, OFFICER)
def licences(request: HttpRequest) -> HttpResponse:
    rows = licences_kept(common.roles_of(request))
    return common.catalogue_list(request, LICENCES, rows, add=reverse("licence_add"))


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def licence_add(request: HttpRequest) -> HttpResponse:
    form = LicenceForm(request.POST or None)
    form.fields["ikm"].queryset = firms_seen(common.roles_of(request)).order_by("name")  # type: ignore[attr-defined]
    return common.catalogue_form(
        request,
        form,
        title=_("Leave to make a motif"),
        back=reverse("licences"),
        write=lambda facts: licence_grant(by=person_of(request).user, **facts),
    )


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def licence(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(licences_kept(common.roles_of(request)), pk=pk)
    return common.catalogue_form(
        request,
        LastDayForm(request.POST or None),
        title=f"{row.motif.name}, {row.ikm.name}",
        back=reverse("licences"),
        write=lambda facts: licence_end(licence=row, by=person_of(request).user, **facts),
        action=_("End this licence"),
        row=row,
        over=row.valid_until is not None,
        facts=[
            (_("Number"), row.number),
            (_("From"), common.day_text(row.valid_from)),
            (_("Last day"), common.until_text(row)),
            (_("Royalty a piece"), common.money_text(row.royalty_rupiah_piece)),
            (common.FIELDS["terms"], row.terms or common.NOTHING),
        ],
    )
