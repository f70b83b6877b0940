"""One lot: where every piece is, its moves, where it came from and went to; split, merged, labelled, received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.errors import NotYours
from wadah.web.access import INSPECTOR, MANAGER, PUBLIC, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.history import history_table
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.city.mandate.cloth_tables import sources_table, steps_table
from wadah.web.views.manager.quality.words import ACTS, FIELDS
from wadah.web.views.manager.work.common import lot_url, maker_of, moment_cell, pieces_text, seen_lot
from wadah.web.views.manager.work.forms import (
    CountedForm,
    LabelForm,
    MergeForm,
    ScrapForm,
    SendBackForm,
    SplitForm,
    TakeBackForm,
)
from wadah.web.views.manager.work.store import move_words, states_of
from wadah.web.views.manager.work.trace import trace_head, trace_lines, traced_table, tree_down, tree_up
from wadah.work.selectors.cloth import cloth_of
from wadah.work.selectors.lots import label_standing, lots_to_merge, moves_of
from wadah.work.selectors.trace import lots_seen, trace_down, trace_up
from wadah.work.services.handing_over import hand_over_cancel, hand_over_receive
from wadah.work.services.lots import lot_relabel, lot_split, lots_merge
from wadah.work.services.material import material_scrap_at_hub, material_send_back
from wadah.work.words import InspectionStatus, LotOrigin

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Lot, LotMove


def managed_lot(request: HttpRequest, number: str) -> Lot:
    return own_or_404(lots_seen(person_of(request).roles.cooperatives_managed), number=number)


@access(MANAGER, INSPECTOR)
def lot(request: HttpRequest, number: str) -> HttpResponse:
    """Where every piece is, what happened, what is in it and what it is in."""
    row = seen_lot(request, number)
    up, down = trace_up([row.pk]), trace_down([row.pk])
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, f"jejak-{row.number}", trace_head(), trace_lines(up, down))
    inspected = row.inspections.exclude(status=InspectionStatus.CANCELLED).exists()
    made = row.origin == LotOrigin.MADE and row.milestone_id is None
    manages = row.cooperative_id in person_of(request).roles.cooperatives_managed
    context = {
        "lot": row,
        "maker": maker_of(row),
        "states": states_of(row),
        "moves": moves_table(moves_of(row), manages=manages),
        "up": tree_up(up, row.pk) if len(up.lots) > 1 else None,
        "down": tree_down(down, row.pk) if len(down.lots) > 1 or down.shipped else None,
        "traced": traced_table(up, down),
        "kinds": list(FORMATS),
        "people": up.people.get(row.pk, []),
        "manages": manages,
        "takeable": made and not inspected and row.waiting > 0 and row.bring_at is None,
        "material": row.work_order_id is None,
        "sendable": row.origin in {LotOrigin.BOUGHT, LotOrigin.OWNED},
        "history": history_table(row, acts=ACTS, fields=FIELDS),
    }
    return render(request, "work/lot.html", context)


def moves_table(moves: list[LotMove], *, manages: bool) -> Table:
    """manages: whether work orders and shipments lead on."""
    table = Table(
        _("All moves, the last first"),
        [
            Column(_("When")),
            Column(_("What")),
            Column(_("Pieces"), numeric=True),
            Column(_("From where to where")),
            Column(_("Who")),
            Column(_("Why")),
        ],
    )
    for move in moves:
        name = move.by.name if move.by else "–"
        if move.on_behalf_of:
            name = _("%(name)s for %(member)s") % {"name": name, "member": move.on_behalf_of}
        table.add(
            moment_cell(move.at),
            Cell(*what_of(move, manages=manages)),
            pieces_text(move.pieces),
            move_words(move),
            name,
            move.reason or "–",
        )
    return table


def what_of(move: LotMove, *, manages: bool) -> tuple[str, str]:
    """Words of a move and where they lead: to the other lot, the work order, the shipment."""
    words = str(move.get_kind_display())
    if move.other_lot is not None:
        return f"{words}: {move.other_lot.number}", lot_url(move.other_lot)
    if move.issue is not None:
        number = move.issue.work_order.number
        return f"{words}: {number}", reverse("board_order", args=[number]) if manages else ""
    if move.shipment_line is not None:
        number = move.shipment_line.shipment.number
        return f"{words}: {number}", reverse("shipment", args=[number]) if manages else ""
    return words, ""


def act_page(
    request: HttpRequest,
    row: Lot,
    form: forms.Form,
    *,
    title: str,
    said: str,
    act: Callable[[dict[str, Any]], Any],
    action: str = "",
) -> HttpResponse:
    """A form about a lot; `act` returns the lot to show afterwards."""

    def save(facts: dict[str, Any]) -> str:
        shown = act(facts)
        messages.success(request, said % {"lot": shown.number})
        return lot_url(shown)

    return form_page(
        request, form, title=title, back=lot_url(row), action=action, save=save, template="work/lot_form.html", lot=row
    )


@access(MANAGER, methods=("GET", "POST"))
def lot_receive(request: HttpRequest, number: str) -> HttpResponse:
    """An announced lot is here: how many were counted?"""
    row = managed_lot(request, number)
    return act_page(
        request,
        row,
        CountedForm(request.POST or None, initial={"pieces": pieces_text(row.waiting)}),
        title=_("Receive %(lot)s") % {"lot": row.number},
        action=_("Receive it"),
        said=_("%(lot)s is at the hub and waits for inspection."),
        act=lambda facts: hand_over_receive(lot=row, by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def lot_take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Before inspection, pieces go back to their maker."""
    row = managed_lot(request, number)
    return act_page(
        request,
        row,
        TakeBackForm(request.POST or None, initial={"pieces": pieces_text(row.waiting)}),
        title=_("Back to the maker: %(lot)s") % {"lot": row.number},
        said=_("%(lot)s: given back; its maker has them in work again."),
        act=lambda facts: hand_over_cancel(lot=row, by=person_of(request).user, at_hub=True, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def lot_part(request: HttpRequest, number: str) -> HttpResponse:
    """Some of it becomes a lot of its own."""
    row = managed_lot(request, number)
    return act_page(
        request,
        row,
        SplitForm(request.POST or None),
        title=_("Split %(lot)s") % {"lot": row.number},
        action=_("Split it"),
        said=_("Split off as %(lot)s. Print its label."),
        act=lambda facts: lot_split(lot=row, by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def lot_join(request: HttpRequest, number: str) -> HttpResponse:
    """It becomes one lot with others of its part."""
    row = managed_lot(request, number)

    def join(facts: dict[str, Any]) -> Lot:
        others = facts.pop("lots")
        return lots_merge(lots=[row, *others], by=person_of(request).user, **facts)

    return act_page(
        request,
        row,
        MergeForm(request.POST or None, lots=lots_to_merge(row)),
        title=_("Merge %(lot)s with others") % {"lot": row.number},
        action=_("Merge them"),
        said=_("They are one lot now: %(lot)s. Print its label."),
        act=join,
    )


@access(MANAGER, methods=("GET", "POST"))
def lot_label(request: HttpRequest, number: str) -> HttpResponse:
    """What stands on its label is corrected."""
    row = managed_lot(request, number)
    initial = {name: getattr(row, name) for name in ("supplier", "batch", "expires_on", "note")}
    return act_page(
        request,
        row,
        LabelForm(request.POST or None, initial=initial),
        title=_("Change the label of %(lot)s") % {"lot": row.number},
        said=_("Changed. Print the label of %(lot)s anew."),
        act=lambda facts: lot_relabel(lot=row, by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def lot_send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Material goes back to its supplier or owner."""
    row = managed_lot(request, number)
    return act_page(
        request,
        row,
        SendBackForm(request.POST or None),
        title=_("Send back to its owner or supplier: %(lot)s") % {"lot": row.number},
        said=_("%(lot)s: sent back."),
        act=lambda facts: material_send_back(lot=row, by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def lot_scrap(request: HttpRequest, number: str) -> HttpResponse:
    """Material at the hub is thrown away."""
    row = managed_lot(request, number)
    return act_page(
        request,
        row,
        ScrapForm(request.POST or None),
        title=_("Throw away material of %(lot)s") % {"lot": row.number},
        said=_("%(lot)s: thrown away and written down."),
        act=lambda facts: material_scrap_at_hub(lot=row, by=person_of(request).user, **facts),
    )


@access(PUBLIC)
def lot_check(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """What a lot's code tells anybody: what it is and that it is genuine; no person, no price. Of a cloth with a motif
    also whose motif it is, and which groups made it with what leave."""
    found = label_standing(number, code)
    if found is None:
        raise NotYours(_("Wadah knows no lot with this number and code. If it stands on a label, don't trust it."))
    theirs = found.lot.cooperative_id in person_of(request).roles.cooperatives_managed
    cloth = cloth_of(found.lot)
    context = {"found": found, "theirs": theirs, "cloth": cloth}
    if cloth is not None:
        context |= {"steps": steps_table(cloth), "sources": sources_table(cloth.motif.sources.all())}
    return render(request, "work/lot_check.html", context)
