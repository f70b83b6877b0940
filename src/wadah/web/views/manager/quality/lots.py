"""Gudang & periksa: which lots wait, one lot with all that was found, and what becomes of its rejected pieces."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import JAKARTA, today
from wadah.base.errors import NotYours
from wadah.units import date_text, moment_text
from wadah.web.access import INSPECTOR, MANAGER, access, own_or_404
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.quality.common import (
    act_page,
    cooperatives_of,
    history_of_row,
    lot_or_404,
    user_of,
    ways,
)
from wadah.web.views.manager.quality.forms import (
    AcceptForm,
    BackForm,
    ReworkForm,
    ScrapForm,
    SortForm,
    whole,
)
from wadah.web.views.manager.quality.terms import inspected_sentence
from wadah.web.views.manager.quality.words import pieces_text
from wadah.web.words import language, part_name
from wadah.work.selectors.asked import inspected_by, workshop_of
from wadah.work.selectors.inspections import (
    dispositions_of,
    inspections_kept,
    inspections_of,
    lots_rejected,
    lots_waiting,
    reworks_out,
)
from wadah.work.services.disposition import (
    rejected_accept,
    rejected_return,
    rejected_rework,
    rejected_scrap,
    rejected_sort,
    rework_back,
)
from wadah.work.services.inspection import inspection_open
from wadah.work.words import Bucket, DispositionKind, InspectionStatus

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Disposition, Inspection, Lot

Row = TypeVar("Row", bound=Model)
SHOWN_MAX = 30
"""Lots of each kind on one page: who decides takes those that wait longest first."""
REWORK_DAYS = 7
"""What is proposed for mending: a week."""

ACTS: dict[str, tuple[type[forms.Form], Any, Any, Any]] = {
    "terima": (AcceptForm, rejected_accept, gettext_lazy("Accept as it is"), gettext_lazy("Accepted as it is.")),
    "sortir": (SortForm, rejected_sort, gettext_lazy("Sort piece by piece"), gettext_lazy("Sorted.")),
    "perbaiki": (
        ReworkForm,
        rejected_rework,
        gettext_lazy("Send back to be mended"),
        gettext_lazy("Sent back to be mended. The member sees why, and by when."),
    ),
    "buang": (ScrapForm, rejected_scrap, gettext_lazy("Scrap"), gettext_lazy("Scrapped.")),
    "kembalikan": (
        ScrapForm,
        rejected_return,
        gettext_lazy("Send back for good"),
        gettext_lazy("Sent back for good."),
    ),
}
"""By the word in the address: form, service, title, what is said when it is done."""

INSPECTIONS = Listing(
    "pemeriksaan",
    gettext_lazy("Inspections"),
    [
        ListColumn(
            "nomor",
            gettext_lazy("Number"),
            lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("inspection", args=[row.number]),
        ),
        ListColumn("bagian", gettext_lazy("Part"), lambda row: part_name(row.lot.part), sort=("lot__part__code",)),
        ListColumn("kode", gettext_lazy("Part code"), lambda row: row.lot.part.code, hidden=True),
        ListColumn("lot", gettext_lazy("Lot"), lambda row: row.lot.number, sort=("lot__number",)),
        ListColumn("bengkel", gettext_lazy("Workshop"), lambda row: str(workshop_of(row.lot) or "–")),
        ListColumn(
            "isi",
            gettext_lazy("Pieces"),
            lambda row: pieces_text(row.pieces),
            value=lambda row: row.pieces,
            numeric=True,
            sort=("pieces",),
        ),
        ListColumn("keputusan", gettext_lazy("Status"), lambda row: row.get_status_display(), sort=("status",)),
        ListColumn(
            "ditutup",
            gettext_lazy("Decided on"),
            lambda row: moment_text(row.closed_at.astimezone(JAKARTA), language()) if row.closed_at else "–",
            value=lambda row: row.closed_at.astimezone(JAKARTA).replace(tzinfo=None) if row.closed_at else None,
            sort=("closed_at",),
        ),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text)
        | Q(lot__number__icontains=text)
        | Q(lot__part__name__icontains=text)
        | Q(lot__work_order__workshop__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "status",
            gettext_lazy("Status"),
            lambda: InspectionStatus.choices,
            lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy("No lot has been inspected yet. As soon as a member hands something over, it waits here."),
)


@access(MANAGER, INSPECTOR)
def quality(request: HttpRequest) -> HttpResponse:
    """What has to be decided: lots that wait, page by page, rejected pieces, what is being mended."""
    own = cooperatives_of(request)
    waiting = Paginator(lots_waiting(own), SHOWN_MAX).get_page(request.GET.get("page"))
    rejected, rejected_more = first_of(lots_rejected(own))
    reworks, reworks_more = first_of(reworks_out(own))
    context = {
        "waiting": waiting,
        "rejected": rejected,
        "rejected_more": rejected_more,
        "reworks": reworks,
        "reworks_more": reworks_more,
        "today": today(),
        "ways": ways(request),
    }
    return render(request, "quality/quality.html", context)


def first_of(rows: QuerySet[Row]) -> tuple[list[Row], int]:
    """The first SHOWN_MAX, and how many more there are."""
    found = list(rows[:SHOWN_MAX])
    return found, rows.count() - SHOWN_MAX if len(found) == SHOWN_MAX else 0


@access(MANAGER, INSPECTOR)
def inspections(request: HttpRequest) -> HttpResponse:
    rows = inspections_kept(cooperatives_of(request)).order_by("-pk")
    return list_page(request, INSPECTIONS, rows, template="quality/list.html", ways=ways(request))


@access(MANAGER, INSPECTOR)
def quality_lot(request: HttpRequest, number: str) -> HttpResponse:
    """One lot: where its pieces are, each inspection, each decision."""
    row = lot_or_404(request, number)
    decisions = list(dispositions_of(row))
    (held,) = inspected_by(row.part, [row.cooperative_id], today())
    context = {
        "lot": row,
        "inspected": inspected_sentence(held),
        "workshop": workshop_of(row),
        "buckets": [(label, getattr(row, name)) for name, label in Bucket.choices if getattr(row, name)],
        "may_open": row.waiting > 0 and row.bring_at is None and row.open_inspection is None,  # type: ignore[attr-defined]
        "ways_out": [(kind, words) for kind, (_form, _act, words, _done) in ACTS.items() if sensible(row, kind)],
        "inspections": inspections_table(list(inspections_of(row))),
        "decisions": decisions_table(decisions),
        "reworks": [one for one in decisions if one.kind == DispositionKind.REWORK and one.back < one.pieces],
        "history": history_of_row(row),
    }
    return render(request, "quality/lot.html", context)


def sensible(lot: Lot, kind: str) -> bool:
    """Only a member can mend what a member made."""
    return lot.rejected > 0 and (kind != "perbaiki" or workshop_of(lot) is not None)


def inspections_table(rows: list[Inspection]) -> Table:
    table = Table(
        _("Inspections of this lot"),
        [Column(_("Number")), Column(_("Pieces"), numeric=True), Column(_("Status")), Column(_("Decided on"))],
    )
    for row in rows:
        table.add(
            Cell(row.number, reverse("inspection", args=[row.number])),
            pieces_text(row.pieces),
            str(InspectionStatus(row.status).label),
            moment_text(row.closed_at.astimezone(JAKARTA), language()) if row.closed_at else "–",
        )
    return table


def decisions_table(rows: list[Disposition]) -> Table:
    table = Table(
        _("What was decided about rejected pieces"),
        [Column(_("When")), Column(_("What")), Column(_("Pieces"), numeric=True), Column(_("Why")), Column(_("Who"))],
    )
    for row in rows:
        table.add(
            moment_text(row.at.astimezone(JAKARTA), language()),
            decision_text(row),
            pieces_text(row.pieces),
            row.reason,
            row.by.name if row.by else "–",
        )
    return table


def decision_text(row: Disposition) -> str:
    label = str(DispositionKind(row.kind).label)
    if row.kind == DispositionKind.SORT:
        words = {"good": pieces_text(row.accepted), "bad": pieces_text(row.rejected)}
        return label + ": " + _("%(good)s good, %(bad)s bad") % words
    if row.kind == DispositionKind.ACCEPT:
        return label + ", " + _("allowed by %(name)s") % {"name": row.allowed_by}
    if row.kind == DispositionKind.REWORK and row.due_on:
        words = {"day": date_text(row.due_on, language()), "back": pieces_text(row.back)}
        return label + ": " + _("back by %(day)s, %(back)s are back") % words
    return label


@access(MANAGER, INSPECTOR, methods=("POST",))
def inspection_begin(request: HttpRequest, number: str) -> HttpResponse:
    row = inspection_open(lot=lot_or_404(request, number), by=user_of(request))
    return HttpResponseRedirect(reverse("inspection", args=[row.number]))


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def disposition_add(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One decision about rejected pieces of a lot."""
    row = lot_or_404(request, number)
    if kind not in ACTS:
        raise NotYours
    form_class, service, title, done = ACTS[kind]
    form = form_class(request.POST or None, request.FILES or None, initial=proposed(row, kind))
    words = {"lot": row.number, "pieces": pieces_text(row.rejected)}
    return act_page(
        request,
        form,
        title=title,
        back=reverse("quality_lot", args=[row.number]),
        act=lambda facts: service(lot=row, by=user_of(request), **facts),
        done=done,
        action=title,
        template="quality/form.html",
        lead=_("%(lot)s: %(pieces)s are rejected.") % words,
    )


def proposed(row: Lot, kind: str) -> dict[str, Any]:
    if kind == "sortir":
        return {}
    return {"pieces": whole(row.rejected), "due_on": today() + timedelta(days=REWORK_DAYS)}


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def rework_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Mended pieces come back to the hub."""
    row = own_or_404(reworks_out(cooperatives_of(request)), pk=pk)
    out = row.pieces - row.back
    words = {"lot": row.lot.number, "out": pieces_text(out)}
    return act_page(
        request,
        BackForm(request.POST or None, initial={"mended": whole(out)}),
        title=_("Back from mending"),
        back=reverse("quality_lot", args=[row.lot.number]),
        act=lambda facts: rework_back(rework=row, by=user_of(request), **facts),
        done=_("They are back. What was mended waits for inspection."),
        action=_("They are back"),
        template="quality/form.html",
        lead=_("%(lot)s: %(out)s are at the workshop.") % words,
    )
