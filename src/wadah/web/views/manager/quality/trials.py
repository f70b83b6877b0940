"""Trials: a workshop tries to be approved for a part; the checklist, the trial lot, the decision, the warrant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date, today
from wadah.base.errors import NotYours
from wadah.demand.selectors import buyers_seen
from wadah.register.selectors import experts_seen
from wadah.units import date_text
from wadah.web.access import BUYER, INSPECTOR, MANAGER, access, own_or_404, person_of
from wadah.web.forms import RowField
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.papers.quality import warrant_pdf
from wadah.web.quantities import DayField
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.catalogue.forms import CooperativeField, PartField, WorkshopField, narrowed
from wadah.web.views.manager.quality.common import (
    act_page,
    cooperatives_of,
    file_answer,
    history_of_row,
    managed,
    user_of,
    ways,
)
from wadah.web.views.manager.quality.forms import ElementForm, ReasonForm, RefuseForm, TrialLotForm
from wadah.web.words import language, part_name
from wadah.work.rules.ppap import ELEMENTS, LEVELS, NUMBERS
from wadah.work.selectors.trials import ElementStanding, element_file, elements_of, trial_inspections, trials_seen
from wadah.work.services.trials import (
    element_set,
    elements_ask,
    trial_approve,
    trial_open,
    trial_order,
    trial_refuse,
    trial_withdraw,
    valid_until_proposed,
)
from wadah.work.words import ElementStatus, InspectionStatus, TrialStatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Inspection, Trial

LEVEL_WORDS = {
    1: gettext_lazy("1: the warrant only"),
    2: gettext_lazy("2: the warrant with samples and some data"),
    3: gettext_lazy("3: the warrant with samples and all data (usual)"),
    4: gettext_lazy("4: the warrant and what the buyer ticks"),
    5: gettext_lazy("5: everything, looked at in the workshop"),
}
LEVEL_CHOICES = [(level, LEVEL_WORDS[level]) for level in LEVELS]

LISTING = Listing(
    "uji-coba",
    gettext_lazy("Trials"),
    [
        ListColumn(
            "nomor",
            gettext_lazy("Number"),
            lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("trial", args=[row.number]),
        ),
        ListColumn("bagian", gettext_lazy("Part"), lambda row: part_name(row.part), sort=("part__code",)),
        ListColumn("kode", gettext_lazy("Part code"), lambda row: row.part.code, hidden=True),
        ListColumn(
            "bengkel",
            gettext_lazy("Workshop"),
            lambda row: row.workshop.name,
            sort=("workshop__name",),
            badge=lambda row: "simulated" if row.workshop.simulated else "",
        ),
        ListColumn("pembeli", gettext_lazy("Buyer"), lambda row: row.buyer.name if row.buyer else "–"),
        ListColumn("tingkat", gettext_lazy("Level"), lambda row: str(row.level), value=lambda row: row.level),
        ListColumn("status", gettext_lazy("Status"), lambda row: row.get_status_display(), sort=("status",)),
        ListColumn(
            "dibuka",
            gettext_lazy("Opened on"),
            lambda row: date_text(business_date(row.opened_at), language()),
            value=lambda row: business_date(row.opened_at),
            sort=("opened_at",),
        ),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text)
        | Q(part__name__icontains=text)
        | Q(part__code__icontains=text)
        | Q(workshop__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "status",
            gettext_lazy("Status"),
            lambda: TrialStatus.choices,
            lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy(
        "No workshop tries to be approved yet. Open a trial: a small lot is made, inspected and decided."
    ),
)


def kept_or_404(request: HttpRequest, number: str) -> Trial:
    return own_or_404(trials_seen(cooperatives=cooperatives_of(request)), number=number)


def seen_or_404(request: HttpRequest, number: str) -> Trial:
    """Also the buyer who asked for it."""
    rows = trials_seen(cooperatives=cooperatives_of(request), buyers=person_of(request).buyers)
    return own_or_404(rows, number=number)


def address(row: Trial) -> str:
    return reverse("trial", args=[row.number])


@access(MANAGER, INSPECTOR)
def trials(request: HttpRequest) -> HttpResponse:
    add = reverse("trial_add") if managed(request) else ""
    rows = trials_seen(cooperatives=cooperatives_of(request))
    return list_page(request, LISTING, rows, template="quality/list.html", ways=ways(request), add=add)


class TrialForm(forms.Form):
    cooperative = CooperativeField()
    part = PartField()
    workshop = WorkshopField()
    buyer = RowField(
        code="name",
        search=("name",),
        label=gettext_lazy("Buyer who asks for it"),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
    )
    level = forms.TypedChoiceField(label=gettext_lazy("Level"), choices=LEVEL_CHOICES, coerce=int, initial=3)


@access(MANAGER, methods=("GET", "POST"))
def trial_add(request: HttpRequest) -> HttpResponse:
    """A new trial; ?barang= and ?bengkel= name part and workshop."""
    form = TrialForm(request.POST or None)
    asked = {"part": request.GET.get("barang", ""), "workshop": request.GET.get("bengkel", "")}
    narrowed(form, person_of(request).roles, **asked)
    form.fields["buyer"].queryset = buyers_seen(managed(request))  # type: ignore[attr-defined]
    return act_page(
        request,
        form,
        title=_("A workshop tries to be approved"),
        back=reverse("trials"),
        act=lambda facts: trial_open(by=user_of(request), **facts),
        done=_("Opened. Order the trial lot next, and collect what the level asks for."),
        action=_("Open the trial"),
    )


@access(MANAGER, INSPECTOR, BUYER)
def trial(request: HttpRequest, number: str) -> HttpResponse:
    """One trial: what lacks, the lot, the decision. Its buyer sees all of it but history and orders."""
    row = seen_or_404(request, number)
    ours = row.cooperative_id in cooperatives_of(request)
    elements, inspections = elements_of(row), trial_inspections(row)
    is_open = row.status == TrialStatus.OPEN
    lacking = [one for one in elements if one.asked and one.status != ElementStatus.ACCEPTED]
    context = {
        "row": row,
        "ours": ours,
        "manager": row.cooperative_id in managed(request),
        "is_open": is_open,
        "level": LEVEL_WORDS[row.level],
        "elements": elements_table(row, elements, write=ours and is_open),
        "lacking": len(lacking),
        "asked": sum(one.asked for one in elements),
        "passed": any(one.status == InspectionStatus.PASSED for one in inspections),
        "inspections": inspections_table(inspections, ours=ours) if inspections else None,
        "history": history_of_row(row) if ours else None,
    }
    return render(request, "quality/trial.html", context)


def element_name(number: int) -> str:
    element = ELEMENTS[number - 1]
    return element.name_en if language() == "en" else element.name


def elements_table(row: Trial, elements: list[ElementStanding], *, write: bool) -> Table:
    table = Table(
        _("The 18 elements"),
        [Column(_("Element")), Column(_("Status")), Column(_("Note")), Column(_("File"))],
    )
    for one in elements:
        number = one.element.number
        name = f"{number}. {element_name(number)}"
        has_file = one.row is not None and one.row.attachment_id is not None
        table.add(
            Cell(name, reverse("trial_element", args=[row.number, number]) if write and one.asked else ""),
            Cell(str(ElementStatus(one.status).label), badge="ok" if one.status == ElementStatus.ACCEPTED else ""),
            one.row.note if one.row and one.row.note else "–",
            Cell(_("open"), reverse("trial_file", args=[row.number, number])) if has_file else Cell("–"),
        )
    return table


def inspections_table(rows: list[Inspection], *, ours: bool) -> Table:
    table = Table(_("The trial lot"), [Column(_("Lot")), Column(_("Inspection")), Column(_("Verdict"))])
    for one in rows:
        number = Cell(one.number, reverse("inspection", args=[one.number]) if ours else "")
        table.add(one.lot.number, number, str(InspectionStatus(one.status).label))
    return table


@access(MANAGER, methods=("GET", "POST"))
def trial_lot(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(trials_seen(cooperatives=managed(request)), number=number)
    return act_page(
        request,
        TrialLotForm(request.POST or None, initial={"week_start": today()}),
        title=_("Order the trial lot"),
        back=address(row),
        act=lambda facts: trial_order(trial=row, by=user_of(request), **facts),
        done=_("Ordered. When it is handed over, it waits for inspection like any other lot."),
        action=_("Order it"),
    )


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def trial_element(request: HttpRequest, number: str, element: int) -> HttpResponse:
    """Where one element stands, with a file."""
    row = kept_or_404(request, number)
    if element not in NUMBERS:
        raise NotYours
    held = next(one for one in elements_of(row) if one.element.number == element)
    initial = {"status": held.status, "note": held.row.note if held.row else ""}

    def act(facts: dict[str, Any]) -> None:
        facts["attachment"] = facts.pop("photo")
        element_set(trial=row, number=element, by=user_of(request), **facts)

    return act_page(
        request,
        ElementForm(request.POST or None, request.FILES or None, initial=initial),
        title=f"{element}. {element_name(element)}",
        back=address(row),
        act=act,
        done=_("Saved."),
        action=_("Save"),
    )


class AskForm(forms.Form):
    level = forms.TypedChoiceField(label=gettext_lazy("Level"), choices=LEVEL_CHOICES, coerce=int)
    wanted = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What has to be accepted"),
        help_text=gettext_lazy("The warrant is always asked for. Ticks count, whatever the level."),
        choices=[],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [  # type: ignore[attr-defined]
            (number, f"{number}. {element_name(number)}") for number in NUMBERS
        ]


@access(MANAGER, INSPECTOR, BUYER, methods=("GET", "POST"))
def trial_ask(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer, or the cooperative for them, chooses the level and ticks elements."""
    row = seen_or_404(request, number)
    asked = [one.element.number for one in elements_of(row) if one.asked]
    return act_page(
        request,
        AskForm(request.POST or None, initial={"level": row.level, "wanted": asked}),
        title=_("What is asked for"),
        back=address(row),
        act=lambda facts: elements_ask(trial=row, by=user_of(request), **facts),
        done=_("Saved."),
        action=_("Save"),
    )


class DecideForm(forms.Form):
    valid_from = DayField(label=gettext_lazy("Approved from"), initial=today)
    valid_until = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("After it no plan gives this work until somebody approves it again."),
        required=False,
        initial=lambda: proposed_end(),
    )
    expert: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Expert whose word it is"),
        required=False,
        empty_label=gettext_lazy("my own"),
    )
    reason = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)


def proposed_end() -> date:
    return valid_until_proposed(today()) - timedelta(days=1)


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def trial_pass(request: HttpRequest, number: str) -> HttpResponse:
    row = kept_or_404(request, number)
    form = DecideForm(request.POST or None)
    form.fields["expert"].queryset = experts_seen(person_of(request).roles).filter(  # type: ignore[attr-defined]
        archived_at__isnull=True
    )
    return act_page(
        request,
        form,
        title=_("Approve %(workshop)s for %(part)s") % {"workshop": row.workshop.name, "part": part_name(row.part)},
        back=address(row),
        act=lambda facts: trial_approve(trial=row, by=user_of(request), **facts),
        done=_("Approved. Plans may count on this workshop from that day on."),
        action=_("Approve"),
    )


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def trial_fail(request: HttpRequest, number: str) -> HttpResponse:
    row = kept_or_404(request, number)
    return act_page(
        request,
        RefuseForm(request.POST or None),
        title=_("Refuse the approval"),
        back=address(row),
        act=lambda facts: trial_refuse(trial=row, by=user_of(request), **facts),
        done=_("Refused. The workshop may try again."),
        action=_("Refuse"),
    )


@access(MANAGER, methods=("GET", "POST"))
def trial_stop(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(trials_seen(cooperatives=managed(request)), number=number)
    return act_page(
        request,
        ReasonForm(request.POST or None),
        title=_("Stop the trial"),
        back=address(row),
        act=lambda facts: trial_withdraw(trial=row, by=user_of(request), **facts),
        done=_("The trial is stopped."),
        action=_("Stop it"),
    )


@access(MANAGER, INSPECTOR, BUYER)
def trial_file(request: HttpRequest, number: str, element: int) -> HttpResponse:
    return file_answer(element_file(seen_or_404(request, number), element))


@access(MANAGER, INSPECTOR, BUYER)
def trial_paper(request: HttpRequest, number: str) -> HttpResponse:
    row = seen_or_404(request, number)
    with translation.override(asked_language(request)):
        url = check_url(request, row.number, row.check_code)
        return answer(row.number, warrant_pdf(row, elements_of(row), trial_inspections(row), url))
