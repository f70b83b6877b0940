"""One inspection, on a phone at the bench: how many to check, what was found, does this lot pass?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.web.access import INSPECTOR, MANAGER, access
from wadah.web.forms import refuse
from wadah.web.papers.quality import inspection_pdf
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.quality.common import (
    act_page,
    acted,
    file_answer,
    history_of_row,
    inspection_or_404,
    kept_photo,
    user_of,
)
from wadah.web.views.manager.quality.forms import CloseForm, ReasonForm, TallyForm, stepped
from wadah.web.views.manager.quality.words import (
    class_label,
    class_sentence,
    plan_sentence,
    plan_source,
    reason_sentence,
    standing_sentence,
)
from wadah.work.rules.inspecting import set_aside_range
from wadah.work.selectors.asked import workshop_of
from wadah.work.selectors.inspections import inspection_photos, tranche_photo
from wadah.work.services.inspection import (
    inspection_cancel,
    inspection_close,
    inspection_standing,
    tranche_add,
    tranche_undo,
)
from wadah.work.words import InspectionStatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Inspection
    from wadah.work.rules.inspecting import Standing

STEP = "langkah"
"""The button's name: one more or one fewer defect of a class, without writing anything."""


def address(row: Inspection) -> str:
    return reverse("inspection", args=[row.number])


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """The inspection; a POST counts one tranche, or changes a counter on the page where a step is pressed."""
    row = inspection_or_404(request, number)
    now = inspection_standing(row)
    told: dict[str, Any] = {"standing": now, "characteristics": row.characteristics}
    if STEP in request.POST:
        names = [one.defect_class for one in now.classes]
        form = TallyForm(initial=stepped(request.POST, request.POST[STEP], names), **told)
        return shown(request, row, now, form)
    form = TallyForm(request.POST or None, request.FILES or None, **told)
    if request.method == "POST" and form.is_valid():
        try:
            count(request, row, form.cleaned_data)
            return HttpResponseRedirect(address(row))
        except Refused as refused:
            refuse(form, refused)
    return shown(request, row, now, form)


def count(request: HttpRequest, row: Inspection, facts: dict[str, Any]) -> None:
    tranche_add(
        inspection=row,
        checked=facts["checked"],
        defects=facts["defects"],
        values=facts["values"],
        note=facts["note"],
        photo=kept_photo(request, facts["photo"]),
        by=user_of(request),
    )


def shown(request: HttpRequest, row: Inspection, now: Standing, form: TallyForm) -> HttpResponse:
    is_open = row.status == InspectionStatus.OPEN
    least, most = set_aside_range(now)
    context = {
        "row": row,
        "lot": row.lot,
        "workshop": workshop_of(row.lot),
        "now": now,
        "left": now.n - now.checked,
        "is_open": is_open,
        "sentence": standing_sentence(now) if is_open else "",
        "form": form if is_open and now.checked < now.n else None,
        "decided": is_open and now.lot_accepted is not None,
        "close_form": CloseForm(initial={"set_aside": most}) if now.lot_accepted and least < most else CloseForm(),
        "asks_aside": bool(now.lot_accepted) and least < most,
        "aside": (least, most),
        "classes": classes_table(row, now),
        "tranches": tranches_table(row),
        "photos": inspection_photos(row),
        "looked_at": looked_at_table(row),
        "outcome": [
            (class_label(one["defect_class"]), reason_sentence(one)) for one in row.verdicts if reason_sentence(one)
        ],
        "history": history_of_row(row),
    }
    return render(request, "quality/inspection.html", context, status=400 if form.errors else 200)


def classes_table(row: Inspection, now: Standing) -> Table:
    table = Table(
        _("What each class of defects asks for"),
        [Column(_("Defects")), Column(_("Plan")), Column(_("Found"), numeric=True), Column(_("How it stands"))],
    )
    for kept, one in zip(row.plans, now.classes, strict=True):
        curve = "?" + f"n={one.plan.n}&ac={one.plan.ac}&re={one.plan.re}&lot={one.plan.lot_size}"
        table.add(
            class_label(one.defect_class),
            Cell(f"{plan_sentence(one.plan)} ({plan_source(kept)})", reverse("curve") + curve),
            str(one.counted),
            class_sentence(one),
        )
    return table


def tranches_table(row: Inspection) -> Table:
    table = Table(
        _("What was checked"),
        [Column(_("No.")), Column(_("Checked"), numeric=True), Column(_("Found")), Column(_("Note")), Column(_("Who"))],
    )
    for one in sorted(row.tranches.all(), key=lambda each: each.number):
        found = ", ".join(f"{class_label(name)} {number}" for name, number in sorted(one.defects.items()))
        who = one.by.name if one.by else "–"
        table.add(str(one.number), str(one.checked), found or _("none"), one.note or "–", who)
    return table


def looked_at_table(row: Inspection) -> Table:
    table = Table(_("What is looked at on each piece"), [Column(_("What")), Column(_("Limits")), Column(_("Defects"))])
    for one in row.characteristics:
        table.add(one["name"], limits_text(one), class_label(one["defect_class"]))
    return table


def limits_text(one: dict[str, Any]) -> str:
    """ "7,9 … 8,1 mm", with an open end as a dash."""
    if one["kind"] != "measured":
        return _("looked at")
    ends = [str(end).replace(".", ",") if end is not None else "–" for end in (one["lower"], one["upper"])]
    if translation.get_language() == "en":
        ends = [end.replace(",", ".") for end in ends]
    return f"{ends[0]} … {ends[1]} {one['unit']}".strip()


@access(MANAGER, INSPECTOR, methods=("POST",))
def inspection_undo(request: HttpRequest, number: str) -> HttpResponse:
    row = inspection_or_404(request, number)
    tranche_undo(inspection=row, by=user_of(request))
    return acted(request, _("The last count is taken back."), address(row))


@access(MANAGER, INSPECTOR, methods=("POST",))
def inspection_end(request: HttpRequest, number: str) -> HttpResponse:
    """The verdict: every piece moves."""
    row = inspection_or_404(request, number)
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise Refused(_("How many bad pieces are set aside can't be read. Go back and write a number."))
    facts = form.cleaned_data
    closed = inspection_close(
        inspection=row, set_aside=facts["set_aside"], steady=not facts["irregular"], by=user_of(request)
    )
    passed = closed.status == InspectionStatus.PASSED
    words = _("%(lot)s has passed.") if passed else _("%(lot)s is rejected. Decide what becomes of it.")
    return acted(request, words % {"lot": row.lot.number}, reverse("quality_lot", args=[row.lot.number]))


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def inspection_call_off(request: HttpRequest, number: str) -> HttpResponse:
    row = inspection_or_404(request, number)
    return act_page(
        request,
        ReasonForm(request.POST or None),
        title=_("Cancel %(number)s") % {"number": row.number},
        back=address(row),
        to=reverse("quality_lot", args=[row.lot.number]),
        act=lambda facts: inspection_cancel(inspection=row, by=user_of(request), **facts),
        done=_("Cancelled. The lot waits as before."),
        action=_("Cancel the inspection"),
    )


@access(MANAGER, INSPECTOR)
def inspection_photo(request: HttpRequest, number: str, tranche: int) -> HttpResponse:
    return file_answer(tranche_photo(inspection_or_404(request, number), tranche))


@access(MANAGER, INSPECTOR)
def inspection_paper(request: HttpRequest, number: str) -> HttpResponse:
    row = inspection_or_404(request, number)
    with translation.override(asked_language(request)):
        return answer(row.number, inspection_pdf(row, check_url(request, row.number, row.check_code)))
