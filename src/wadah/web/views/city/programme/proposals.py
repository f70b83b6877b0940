"""Proposed interventions: the list, one with its history, adding, changing, dropping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.catalogue.selectors import parts_open
from wadah.programme.models import Intervention
from wadah.programme.packages.curves import curves_known
from wadah.programme.packages.giving import area_of
from wadah.programme.packages.interventions import intervention_add, intervention_change, intervention_drop
from wadah.programme.packages.seen import interventions_seen
from wadah.register.selectors import cooperatives_named, kelurahan_all, workshops_seen
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.forms import RowField, RupiahField
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.city.programme import common
from wadah.web.views.city.programme.common import acted, cooperatives_seen, may_write, money, said
from wadah.web.words import part_name

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

OPEN, DROPPED = "terbuka", "dicoret"


def narrowed(rows: QuerySet[Intervention], state: str) -> QuerySet[Intervention]:
    return rows.filter(dropped_at__isnull=state == OPEN)


LISTING = Listing(
    "usulan-program",
    gettext_lazy("Proposed support"),
    [
        ListColumn(
            "usulan",
            gettext_lazy("Proposal"),
            lambda row: common.what(row),
            sort=("kind", "name"),
            url=lambda row: reverse("proposal", args=[row.pk]),
            badge=lambda row: "simulated" if row.assumed else "",
        ),
        ListColumn("untuk", gettext_lazy("For whom"), lambda row: common.whom(row), sort=("workshop__name",)),
        ListColumn("kelurahan", "Kelurahan", lambda row: area_text(row)),
        ListColumn(
            "koperasi", gettext_lazy("Cooperative"), lambda row: row.cooperative.name, sort=("cooperative__name",)
        ),
        ListColumn(
            "biaya",
            gettext_lazy("Cost"),
            lambda row: money(row.cost_rupiah),
            value=lambda row: row.cost_rupiah,
            numeric=True,
            sort=("cost_rupiah",),
        ),
        ListColumn(
            "lantai",
            gettext_lazy("Floor, m²"),
            lambda row: str(row.floor_m2),
            value=lambda row: row.floor_m2,
            numeric=True,
            sort=("floor_m2",),
        ),
        ListColumn(
            "jam",
            gettext_lazy("Hours a week"),
            lambda row: str(row.hours_week),
            value=lambda row: row.hours_week,
            numeric=True,
            sort=("hours_week",),
        ),
        ListColumn(
            "nilai",
            gettext_lazy("An hour more is worth (by prices)"),
            lambda row: money(row.worth_rupiah_hour),
            value=lambda row: row.worth_rupiah_hour,
            numeric=True,
            sort=("worth_rupiah_hour",),
        ),
        ListColumn("asal", gettext_lazy("Where the figures come from"), lambda row: row.basis, hidden=True),
        ListColumn(
            "kurva", gettext_lazy("How it comes to fruit"), lambda row: common.curve_text(row.ramp), hidden=True
        ),
    ],
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("State"),
            lambda: [(OPEN, gettext_lazy("open")), (DROPPED, gettext_lazy("dropped"))],
            narrowed,
            initial=OPEN,
        )
    ],
    search=lambda rows, text: rows.filter(name__icontains=text),
    empty=gettext_lazy(
        "Nothing is proposed yet. Begin with the bottlenecks: they say where support opens most orders."
    ),
)


def area_text(row: Intervention) -> str:
    area = area_of(row)
    return area.name_spaced if area else common.NOTHING


@access(OFFICER, readers=(MANAGER,))
def proposals(request: HttpRequest) -> HttpResponse:
    add = reverse("proposal_add") if may_write(request) else ""
    return list_page(request, LISTING, interventions_seen(cooperatives_seen(request)), add=add)


class FiguresForm(RowForm):
    """What it costs and gives."""

    cost_rupiah = RupiahField(label=gettext_lazy("Cost"), required=False)
    floor_m2 = forms.IntegerField(label=gettext_lazy("Floor, m²"), min_value=0, required=False)
    hours_week = forms.IntegerField(
        label=gettext_lazy("Hours a week"),
        help_text=gettext_lazy("Once it has come to all of it."),
        min_value=1,
        required=False,
    )
    minutes_piece = forms.DecimalField(
        label=gettext_lazy("Minutes a piece"),
        help_text=gettext_lazy("Empty: as those who make the part now. Needed where nobody makes it yet."),
        min_value=0,
        decimal_places=3,
        required=False,
    )
    ramp: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("How it comes to fruit"),
        required=False,
        empty_label=gettext_lazy("as usual for its kind"),
    )
    basis = forms.CharField(
        label=gettext_lazy("Where the figures come from"),
        help_text=gettext_lazy("An offer, a price list, a person. Empty: the figures count as assumed."),
        max_length=240,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ramp"]
        field.queryset = curves_known()  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: f"{said(row.name)}: {common.curve_text(row)}"  # type: ignore[attr-defined]


class ProposalForm(FiguresForm):
    """Whose, what kind, for which part and whom."""

    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("Cooperative"), empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Intervention.Kind.choices)
    part = RowField(
        label=gettext_lazy("Part that would be made with it"),
        required=False,
        told=lambda row: f"{row.code} · {part_name(row)}",
    )
    workshop = RowField(
        label=gettext_lazy("Workshop"),
        required=False,
        told=lambda row: f"{row.code} · {row.name}",
        help_text=gettext_lazy("Of all but a new group."),
    )
    area = RowField(
        label="Kelurahan",
        required=False,
        search=("code", "name_spaced"),
        told=lambda row: row.name_spaced,
        help_text=gettext_lazy("Of a new group: where it would work."),
    )
    field_order = ("cooperative", "kind", "part", "workshop", "area")

    def __init__(self, *args: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "cooperative": cooperatives_named(),
            "part": parts_open(),
            "workshop": workshops_seen(roles).filter(archived_at__isnull=True),
            "area": kelurahan_all(),
        }
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


@access(OFFICER, methods=("GET", "POST"))
def proposal_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)

    def save(facts: dict[str, Any]) -> str:
        row = intervention_add(by=person.user, **facts)
        messages.success(request, _("It is proposed."))
        return reverse("proposal", args=[row.pk])

    form = ProposalForm(request.POST or None, roles=person.roles)
    return form_page(request, form, title=_("Propose support"), back=reverse("proposals"), save=save)


@access(OFFICER, readers=(MANAGER,))
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what it is, what it takes and gives, and its history."""
    row = own_or_404(interventions_seen(cooperatives_seen(request)), pk=pk)
    context = {
        "row": row,
        "title": common.what(row),
        "whom": common.whom(row),
        "area": area_text(row),
        "curve": common.curve_text(row.ramp),
        "curve_name": said(row.ramp.name),
        "source": said(row.ramp.source),
        "full_note": said(row.ramp.full_note),
        "history": common.history_of_row(row),
        "own": may_write(request),
    }
    return render(request, "programme/proposal.html", context)


@access(OFFICER, methods=("GET", "POST"))
def proposal_change(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(interventions_seen(cooperatives_seen(request)), pk=pk)
    here = reverse("proposal", args=[row.pk])

    def save(facts: dict[str, Any]) -> str:
        user = person_of(request).user
        assert user is not None
        kept = {name: value for name, value in facts.items() if value is not None or name == "minutes_piece"}
        intervention_change(intervention=row, by=user, **kept)
        messages.success(request, _("The figures are changed. Answers that hold it keep the old ones."))
        return here

    form = FiguresForm(request.POST or None, row=row)
    return form_page(request, form, title=_("Change the figures"), back=here, save=save)


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def proposal_drop(request: HttpRequest, pk: int) -> HttpResponse:
    return dropped(request, pk, back=False, done=_("It is no longer proposed. You can bring it back below."))


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def proposal_back(request: HttpRequest, pk: int) -> HttpResponse:
    return dropped(request, pk, back=True, done=_("It is proposed again."))


def dropped(request: HttpRequest, pk: int, *, back: bool, done: str) -> HttpResponse:
    row = own_or_404(interventions_seen(cooperatives_seen(request)), pk=pk)
    user = person_of(request).user
    assert user is not None
    act = lambda: intervention_drop(intervention=row, by=user, back=back)  # noqa: E731
    return acted(request, act, done, reverse("proposal", args=[row.pk]))
