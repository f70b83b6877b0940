"""What is stuck? The board of work orders in four columns, the same as a list, and one work order with all it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import monday, today
from wadah.base.errors import Refused
from wadah.demand.selectors import lines_open
from wadah.web.access import MANAGER, access, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.work.common import day_cell, lot_url, managed_order, moment_cell, order_url, pieces_text
from wadah.web.views.manager.work.forms import NewWorkForm
from wadah.web.views.manager.work.words import ACTS, COLUMNS, FIELDS
from wadah.web.views.member.work import order_context, signed
from wadah.web.words import part_name
from wadah.work.selectors.by_hand import cooperative_of, rates_by_hand
from wadah.work.selectors.lots import buckets_of
from wadah.work.selectors.material import issues_of
from wadah.work.selectors.orders import OPEN, board, column_filter, milestones_waiting, work_orders_seen
from wadah.work.services.orders import standing, terms_of, work_order_open
from wadah.work.words import Bucket, WorkOrderKind

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import WorkOrder

LISTING = Listing(
    "perintah-kerja",
    gettext_lazy("Work orders"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=order_url,
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("part", gettext_lazy("Part"), text=lambda row: part_name(row.part), sort=("part__name",)),
        ListColumn("workshop", gettext_lazy("Workshop"), text=lambda row: row.workshop.name, sort=("workshop__name",)),
        ListColumn(
            "pieces",
            gettext_lazy("Asked"),
            text=lambda row: pieces_text(standing(row).asked),
            value=lambda row: standing(row).asked,
            numeric=True,
            sort=("pieces",),
        ),
        ListColumn(
            "reported",
            gettext_lazy("Done"),
            text=lambda row: pieces_text(row.reported),
            value=lambda row: row.reported,
            numeric=True,
            sort=("reported",),
        ),
        ListColumn(
            "handed_over",
            gettext_lazy("Handed over"),
            text=lambda row: pieces_text(row.handed_over),
            value=lambda row: row.handed_over,
            numeric=True,
            sort=("handed_over",),
        ),
        ListColumn(
            "due_on",
            gettext_lazy("Due"),
            text=lambda row: day_cell(row.due_on),
            value=lambda row: row.due_on,
            sort=("due_on",),
            badge=lambda row: "late" if row.status in OPEN and row.due_on < today() else "",
        ),
        ListColumn("status", gettext_lazy("Status"), text=lambda row: row.get_status_display(), sort=("status",)),
        ListColumn("phone", gettext_lazy("Phone"), text=lambda row: row.workshop.ikm.phone, hidden=True),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text)
        | Q(part__name__icontains=text)
        | Q(part__code__icontains=text)
        | Q(workshop__name__icontains=text)
        | Q(workshop__ikm__owner_name__icontains=text)
    ),
    filters=[
        ListFilter(
            "kolom",
            gettext_lazy("Standing"),
            choices=lambda: list(COLUMNS.items()),
            narrow=lambda rows, value: rows.filter(column_filter(value, today())),
        ),
        ListFilter(
            "jenis",
            gettext_lazy("Kind"),
            choices=lambda: WorkOrderKind.choices,
            narrow=lambda rows, value: rows.filter(kind=value),
        ),
    ],
    empty=gettext_lazy(
        "No work has been given out yet. When a member says yes to an offer, the work order stands here."
    ),
)


def rows_managed(request: HttpRequest) -> QuerySet[WorkOrder]:
    return work_orders_seen(person_of(request).roles.cooperatives_managed)


@access(MANAGER)
def work_board(request: HttpRequest) -> HttpResponse:
    """What is stuck? Late, not begun, in work, handed over; narrowed by what is typed."""
    text = " ".join(request.GET.get("q", "").split())[:80]
    rows = rows_managed(request)
    narrowed = LISTING.search(rows, text) if text and LISTING.search else rows
    columns = [
        (column, COLUMNS[column.key], [(row, standing(row)) for row in column.rows]) for column in board(narrowed)
    ]
    managed = person_of(request).roles.cooperatives_managed
    context = {
        "columns": columns,
        "text": text,
        "empty": not text and not any(column.count for column, _words, _rows in columns) and not rows.exists(),
        "milestones": milestones_waiting(cooperatives=managed, buyers=[]),
        "today": today(),
    }
    return render(request, "work/board.html", context)


@access(MANAGER)
def work_orders(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, rows_managed(request), template="work/orders.html")


@access(MANAGER, methods=("GET", "POST"))
def work_order_new(request: HttpRequest) -> HttpResponse:
    """Work given out by hand, without an offer."""
    person = person_of(request)
    managed = person.roles.cooperatives_managed
    form = NewWorkForm(
        request.POST or None,
        makers=rates_by_hand(managed),
        lines=lines_open(managed),
        initial={"week_start": monday(today())},
    )

    def save(facts: dict[str, Any]) -> str:
        rate, line = facts.pop("maker"), facts.pop("line")
        cooperative = cooperative_of(rate.workshop, managed)
        if cooperative is None:
            raise Refused(_("This workshop's firm is no member any more."), field="maker")
        kind = WorkOrderKind.SERVICE if rate.part.service else WorkOrderKind.PIECES
        row = work_order_open(
            cooperative=cooperative,
            part=rate.part,
            workshop=rate.workshop,
            terms=terms_of(rate),
            kind=kind,
            line=line,
            by=person.user,
            simulated=rate.simulated,
            **facts,
        )
        messages.success(request, _("Given out: %(number)s. Print it for a member without a phone.") % {"number": row})
        return order_url(row)

    return form_page(
        request, form, title=_("Give out work by hand"), back=reverse("board"), action=_("Give it out"), save=save
    )


@access(MANAGER)
def board_order(request: HttpRequest, number: str) -> HttpResponse:
    """One work order: how far, whose hand, which lots, which material, what happened; and what a manager can do."""
    row = managed_order(request, number)
    context = order_context(row)
    context |= {
        "behalf": row.workshop.ikm.owner_name,
        "phone": row.workshop.ikm.phone,
        "lots": lots_table(context["lots"]),
        "reports": reports_table(context["reports"]),
        "needs": needs_table(context["needs"]),
        "missing": any(need.missing > 0 for need in context["needs"]),
        "issues": issues_of(row),
        "history": history_table(row, acts=ACTS, fields=FIELDS),
    }
    return render(request, "work/order.html", context)


def lots_table(lots: list[Any]) -> Table:
    table = Table(
        _("Lots handed over"),
        [Column(_("Lot")), Column(_("Pieces"), numeric=True), Column(_("Received on")), Column(_("Where they are"))],
    )
    for lot in lots:
        where = ", ".join(f"{Bucket(name).label}: {pieces_text(pieces)}" for name, pieces in buckets_of(lot))
        day = (
            _("announced for %(day)s") % {"day": moment_cell(lot.bring_at)}
            if lot.bring_at
            else day_cell(lot.received_on)
        )
        table.add(Cell(lot.number, lot_url(lot)), pieces_text(lot.quantity), day, where)
    return table


def reports_table(reports: list[Any]) -> Table:
    table = Table(
        _("What was noted last"),
        [Column(_("When")), Column(_("Pieces"), numeric=True), Column(_("Who")), Column(_("Why"))],
    )
    for one in reports:
        name = one.by.name if one.by else "–"
        if one.on_behalf_of:
            name = _("%(name)s for %(member)s") % {"name": name, "member": one.on_behalf_of}
        photo = reverse("work_photo", args=[one.work_order.number, one.pk]) if one.photo_id else ""
        table.add(Cell(moment_cell(one.at), photo), signed(one.pieces), name, one.reason or "–")
    return table


def needs_table(needs: list[Any]) -> Table:
    table = Table(
        _("Material, by the parts list"),
        [
            Column(_("Part")),
            Column(_("Needed"), numeric=True),
            Column(_("Handed out"), numeric=True),
            Column(_("Came back"), numeric=True),
            Column(_("Spoilt"), numeric=True),
            Column(_("Used (by the list)"), numeric=True),
            Column(_("Still there"), numeric=True),
            Column(_("Missing"), numeric=True),
        ],
    )
    for need in needs:
        given = need.given
        numbers = (need.need, given.pieces, given.returned, given.scrapped, need.used, need.there)
        name = f"{part_name(need.part)} ({need.part.get_unit_display()})"
        short = Cell(pieces_text(need.missing), badge="short" if need.missing > need.at_hub else "")
        table.add(name, *map(pieces_text, numbers), short)
    return table
