"""Program: the best package for so much money and floor; its answer, its acts, and answers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.programme.models.studies import SECONDS_MAX, WEEKS_MAX
from wadah.programme.packages import studies as services
from wadah.programme.packages.following import followed_rows
from wadah.programme.packages.seen import adopted_items, interventions_seen, items_of, studies_seen
from wadah.register.selectors import cooperatives_named, kelurahan_all
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.exports import FORMATS, Sheet, file_answer, workbook_answer
from wadah.web.forms import RupiahField, refuse
from wadah.web.views.city.programme import common, tables
from wadah.web.views.city.programme import words as told
from wadah.web.views.city.programme.common import acted, cooperatives_seen, may_write

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from wadah.programme.models import Study

FILE = "paket-program"
COMPARED_MAX = 4


class StudyForm(forms.Form):
    """Whose proposals, how much money and floor, and the fairness floor."""

    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("Cooperative"), empty_label=None
    )
    budget_rupiah = RupiahField(label=gettext_lazy("Budget"), help_text=gettext_lazy("Such as 500 jt."))
    floor_m2 = forms.IntegerField(
        label=gettext_lazy("Floor that can be used, m²"),
        help_text=gettext_lazy("Land has run out: what homes, garages and halls can still give."),
        min_value=0,
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Weeks looked ahead"),
        help_text=gettext_lazy("What comes to fruit later doesn't count."),
        min_value=1,
        max_value=WEEKS_MAX,
        initial=26,
    )
    least_areas = forms.IntegerField(
        label=gettext_lazy("Kelurahan that get something, at least"),
        help_text=gettext_lazy("0: wherever it does most."),
        min_value=0,
        max_value=services.AREAS_MAX,
        initial=0,
        required=False,
    )
    areas: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Kelurahan that must get a part"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": "6"}),
    )
    least_rupiah_area = RupiahField(label=gettext_lazy("At least in each named kelurahan"), required=False)
    time_limit_seconds = forms.IntegerField(
        label=gettext_lazy("Longest search, in seconds"), min_value=1, max_value=SECONDS_MAX, initial=120
    )
    name = forms.CharField(label=gettext_lazy("Name of the answer"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cooperative"].queryset = cooperatives_named()  # type: ignore[attr-defined]
        self.fields["areas"].queryset = kelurahan_all()  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        facts = dict(self.cleaned_data)
        return facts | {name: facts[name] or 0 for name in ("least_areas", "least_rupiah_area")}


@access(OFFICER, readers=(MANAGER,), methods=("GET", "POST"))
def programme(request: HttpRequest) -> HttpResponse:
    """Answers so far, what was adopted and came of it, the land that is left, and the form that asks."""
    seen, person = cooperatives_seen(request), person_of(request)
    form = StudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assert person.user is not None
            study = services.study_ask(by=person.user, **form.facts())
            return HttpResponseRedirect(reverse("study", args=[study.pk]))
        except Refused as refused:
            refuse(form, refused)
    rows = list(studies_seen(seen)[:100])
    follow = followed_rows(adopted_items(seen))
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, "program-diikuti", tables.follow_head(), map(tables.follow_values, follow))
    context = {
        "studies": tables.studies(rows),
        "comparable": [row for row in rows if row.gain_rupiah is not None][: COMPARED_MAX * 3],
        "followed": tables.followed(follow) if follow else None,
        "sentence": told.follow_sentence(follow),
        "proposals": interventions_seen(seen).filter(dropped_at__isnull=True).count(),
        "land": common.land_sentences(),
        "form": form if may_write(request) else None,
        "files": list(FORMATS),
    }
    return render(request, "programme/programme.html", context, status=400 if form.errors else 200)


@access(OFFICER, readers=(MANAGER,))
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer, as a page or as a file; while it is worked out, how far it is."""
    row = own_or_404(studies_seen(cooperatives_seen(request)), pk=pk)
    own = may_write(request)
    if row.gain_rupiah is None:
        shown = {"study": row, "own": own, "stage": told.stage_text(row), "why": told.why_text(row)}
        return render(request, "programme/study_waiting.html", shown)
    items = list(items_of(row))
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return as_file(kind, row, items)
    chosen = [item for item in items if item.chosen]
    context = {
        "study": row,
        "own": own,
        "undo": own and told.undoable(row),
        "answer": told.answer_sentences(row),
        "gain": common.money(row.gain_rupiah),
        "promised": common.money(row.promised_rupiah),
        "both": told.both_sentence(row),
        "proof": told.proof_sentence(row),
        "fair": told.fair_sentence(row, chosen),
        "chosen": tables.items(chosen, _("In the package")) if chosen else None,
        "others": tables.items([item for item in items if not item.chosen], _("Not in the package"), row.shown["idle"]),
        "figures": tables.figures([row]),
        "spent": told.spent_sentence(row),
        "history": common.history_of_row(row),
        "files": list(FORMATS),
    }
    return render(request, "programme/study.html", context)


def as_file(kind: str, row: Study, items: list[Any]) -> HttpResponse:
    head, lines = tables.item_head(), [tables.item_values(item) for item in items]
    if kind != "xlsx":
        return file_answer(kind, FILE, head, lines)
    sheets = [Sheet(_("Package"), head, lines), Sheet(_("Figures"), *tables.figure_lines([row]))]
    return workbook_answer(FILE, sheets)


@access(OFFICER, readers=(MANAGER,))
def studies_compare(request: HttpRequest) -> HttpResponse:
    """Answers side by side: what each costs, gives and proves, and which support each holds."""
    asked = [key for key in request.GET.getlist("paket") if key.isdecimal()][:COMPARED_MAX]
    rows = [row for row in studies_seen(cooperatives_seen(request)).filter(pk__in=asked) if row.gain_rupiah is not None]
    rows.sort(key=lambda row: asked.index(str(row.pk)))
    kind = request.GET.get("unduh", "")
    if rows and kind in FORMATS:
        return file_answer(kind, "banding-paket", *tables.figure_lines(rows))
    held = tables.held([(row, list(items_of(row))) for row in rows]) if rows else None
    context = {"rows": rows, "figures": tables.figures(rows), "held": held, "files": list(FORMATS)}
    return render(request, "programme/compare.html", context | {"query": "&".join(f"paket={row.pk}" for row in rows)})


# ---- acts


def done_with(request: HttpRequest, pk: int, service: Callable[..., object], done: str, **more: Any) -> HttpResponse:
    row = own_or_404(studies_seen(cooperatives_seen(request)), pk=pk)
    act = lambda: service(study=row, by=person_of(request).user, **more)  # noqa: E731
    return acted(request, act, done, reverse("study", args=[row.pk]))


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def study_use(request: HttpRequest, pk: int) -> HttpResponse:
    return done_with(request, pk, services.study_use_best, _("The search ends with the best package it has."))


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def study_aside(request: HttpRequest, pk: int) -> HttpResponse:
    return done_with(request, pk, services.study_discard, _("The answer is put aside. You can fetch it again here."))


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def study_fetched(request: HttpRequest, pk: int) -> HttpResponse:
    return done_with(request, pk, services.study_discard, _("The answer is here again."), back=True)


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def study_adopted(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The package is the programme now. For ten minutes this can be undone.")
    return done_with(request, pk, services.study_adopt, done)


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def study_undone(request: HttpRequest, pk: int) -> HttpResponse:
    return done_with(request, pk, services.study_adopt_undo, _("The package isn't adopted any more."))
