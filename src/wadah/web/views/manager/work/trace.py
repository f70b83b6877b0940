"""From whom, to whom? A lot's tree both ways, the search for lots, and the recall list in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.register.selectors import workshops_seen
from wadah.web.access import INSPECTOR, MANAGER, access, person_of
from wadah.web.exports import FORMATS, file_answer
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.work.common import cooperatives, lot_url, maker_of, pieces_text
from wadah.web.views.manager.work.forms import RecallForm
from wadah.web.views.manager.work.words import DID, EDGES, PLACES
from wadah.web.words import part_name
from wadah.work.selectors.lots import lot_search, lots_numbered
from wadah.work.selectors.trace import (
    Trace,
    Whereabouts,
    lots_of_batch,
    lots_of_week,
    lots_seen,
    recall_of,
)
from wadah.work.words import Bucket

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest, HttpResponse

    from wadah.web.exports import Value
    from wadah.work.models import Lot
    from wadah.work.rules.trace import Edge

FOUND_MOST = 50
BRANCHES_MOST = 300


@dataclass(slots=True)
class Branch:
    """A lot in the tree. how: by which way, with how many pieces; told: who made, inspected or received it."""

    lot: Lot
    how: str = ""
    told: list[str] = field(default_factory=list)
    below: list[Branch] = field(default_factory=list)
    again: bool = False

    @property
    def url(self) -> str:
        return lot_url(self.lot)

    @property
    def name(self) -> str:
        return part_name(self.lot.part)

    @property
    def maker(self) -> str:
        return maker_of(self.lot)


def tree_up(trace: Trace, root: int) -> Branch:
    """What went into a lot; a lot that stands there twice is drawn once and named again."""
    edges: dict[int, list[Edge]] = {}
    for edge in trace.walk.edges:
        edges.setdefault(edge.below, []).append(edge)
    return tree(trace, root, edges, up=True, drawn=set())


def tree_down(trace: Trace, root: int) -> Branch:
    """What a lot went into, down to shipments."""
    edges: dict[int, list[Edge]] = {}
    for edge in trace.walk.edges:
        edges.setdefault(edge.above, []).append(edge)
    return tree(trace, root, edges, up=False, drawn=set())


def tree(trace: Trace, key: int, edges: dict[int, list[Edge]], *, up: bool, drawn: set[int]) -> Branch:
    branch = Branch(trace.lots[key], told=told_of(trace, key))
    if key in drawn or len(drawn) >= BRANCHES_MOST:
        branch.again = key in edges
        return branch
    drawn.add(key)
    for edge in edges.get(key, ()):
        below = tree(trace, edge.above if up else edge.below, edges, up=up, drawn=drawn)
        below.how = f"{EDGES[edge.kind]}: {pieces_text(edge.pieces)}"
        branch.below.append(below)
    return branch


def told_of(trace: Trace, key: int) -> list[str]:
    people = [
        f"{person.name}{f' ({person.on_behalf_of})' if person.on_behalf_of else ''}: {DID[person.did]}"
        for person in trace.people.get(key, ())
    ]
    inspections = [f"{row.number}: {row.get_status_display()}" for row in trace.inspections.get(key, ())]
    shipped = [
        _("%(number)s, box %(box)s: %(pieces)s to %(buyer)s")
        % {
            "number": line.shipment.number,
            "box": line.box,
            "pieces": pieces_text(line.pieces),
            "buyer": line.shipment.order.buyer.name,
        }
        for line in trace.shipped.get(key, ())
    ]
    return [*people, *inspections, *shipped]


def trace_head() -> list[str]:
    return [_("Direction"), _("Step"), _("Lot"), _("Part"), _("From"), _("Batch"), _("Pieces"), _("What is known")]


def trace_lines(up: Trace, down: Trace) -> list[list[Value]]:
    """Both ways as lines of a file: what is in it, the nearest first, then what it is in."""
    ways = ((_("in it"), up), (_("it is in"), down))
    return [
        [
            words,
            step,
            lot.number,
            part_name(lot.part),
            maker_of(lot),
            lot.batch,
            lot.quantity,
            "; ".join(told_of(found, key)),
        ]
        for words, found in ways
        for step, level in enumerate(found.walk.levels)
        for key in level
        for lot in (found.lots[key],)
        if step or found is up
    ]


def traced_table(up: Trace, down: Trace) -> Table:
    head = trace_head()
    table = Table(_("Trace both ways"), [Column(words, numeric=number in {1, 6}) for number, words in enumerate(head)])
    by_number = {lot.number: lot for lot in (*up.lots.values(), *down.lots.values())}
    for line in trace_lines(up, down)[:BRANCHES_MOST]:
        words, step, number, part, maker, batch, pieces, told = line
        cells = (str(part), str(maker), str(batch) or "–", pieces_text(float(str(pieces))), str(told) or "–")
        table.add(str(words), str(step), Cell(str(number), lot_url(by_number[str(number)])), *cells)
    return table


@access(MANAGER, INSPECTOR)
def trace(request: HttpRequest) -> HttpResponse:
    """Find a lot by whatever is known of it, or recall what may be in others' hands."""
    text = " ".join(request.GET.get("q", "").split())[:80]
    rows = lots_seen(cooperatives(request))
    found = list(lot_search(rows, text)[: FOUND_MOST + 1]) if text else []
    context = {
        "text": text,
        "found": found_table(found[:FOUND_MOST]),
        "more": len(found) > FOUND_MOST,
        "recall": RecallForm(workshops=workshops_seen(person_of(request).roles)),
    }
    return render(request, "work/trace.html", context)


def found_table(lots: list[Lot]) -> Table:
    table = Table(_("Lots found"), [Column(_("Lot")), Column(_("Part")), Column(_("From")), Column(_("Batch"))])
    for lot in lots:
        table.add(Cell(lot.number, lot_url(lot)), part_name(lot.part), maker_of(lot), lot.batch or "–")
    return table


@access(MANAGER, INSPECTOR)
def recall(request: HttpRequest) -> HttpResponse:
    """Where everything is that may hold something of the lots asked: `lot` (numbers), a batch, or a workshop's week."""
    form = RecallForm(request.GET or None, workshops=workshops_seen(person_of(request).roles))
    starts = starts_asked(request, form)
    rows = recall_of(starts) if starts else []
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, "penarikan", recall_head(), map(line_of, rows))
    query = request.GET.copy()
    query.pop("unduh", None)
    context = {
        "form": form,
        "asked": bool(request.GET),
        "starts": len(starts),
        "table": recall_table(rows),
        "files": [(kind, f"{query.urlencode()}&unduh={kind}") for kind in FORMATS],
    }
    return render(request, "work/recall.html", context)


def starts_asked(request: HttpRequest, form: RecallForm) -> Collection[int]:
    """Ids of the lots that the address asks about; none where it asks nothing that can be read."""
    seen = cooperatives(request)
    numbers = request.GET.getlist("lot")
    found = {lot.pk for lot in lots_numbered(lots_seen(seen), numbers)} if numbers else set()
    if not form.is_valid():
        return found
    facts = form.cleaned_data
    if facts["batch"]:
        found |= set(lots_of_batch(seen, batch=facts["batch"], supplier=facts["supplier"]))
    if facts["workshop"] and facts["day"]:
        found |= set(lots_of_week(seen, workshop=facts["workshop"].pk, day=facts["day"]))
    return found


def recall_head() -> list[str]:
    return [_("Lot"), _("Part"), _("Where"), _("State"), _("Pieces"), _("Who"), _("Phone"), _("Shipment")]


def line_of(row: Whereabouts) -> list[Value]:
    state = str(Bucket(row.state).label)
    place = str(PLACES[row.place])
    return [row.lot.number, part_name(row.lot.part), place, state, row.pieces, row.who, row.phone, row.shipment]


def recall_table(rows: list[Whereabouts]) -> Table:
    head = recall_head()
    table = Table(_("Where it is now"), [Column(words, numeric=number == 4) for number, words in enumerate(head)])
    for row in rows:
        number, part, place, state, _pieces, who, phone, shipment = line_of(row)
        table.add(
            Cell(str(number), lot_url(row.lot)),
            str(part),
            str(place),
            str(state),
            pieces_text(row.pieces),
            str(who) or "–",
            str(phone) or "–",
            Cell(str(shipment) or "–", reverse("shipment", args=[row.shipment]) if row.shipment else ""),
        )
    return table
