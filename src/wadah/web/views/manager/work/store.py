"""The hub: what lies there, what is announced, what came in and went out; material received."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import now, today
from wadah.demand.selectors import buyers_seen
from wadah.register.selectors import cooperatives_named
from wadah.web.access import INSPECTOR, MANAGER, access, person_of
from wadah.web.editing import form_page
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.work.common import (
    cooperatives,
    day_cell,
    lot_url,
    maker_of,
    moment_cell,
    order_url,
    pieces_text,
)
from wadah.web.views.manager.work.forms import ReceiveForm
from wadah.web.words import part_name
from wadah.work.selectors.lots import buckets_of, lot_search
from wadah.work.selectors.material import arrivals, parts_brought_in, stock_moves, store_lots
from wadah.work.services.material import material_receive
from wadah.work.words import Bucket, LotOrigin, MoveKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Lot, LotMove

HERE = Q(waiting__gt=0) | Q(accepted__gt=0) | Q(rejected__gt=0)


def bucket_column(bucket: Bucket) -> ListColumn:
    """How many pieces of a lot are there; those that aren't at the hub stand in files only."""
    return ListColumn(
        bucket.value,
        bucket.label,
        text=lambda row: pieces_text(getattr(row, bucket.value)),
        value=lambda row: Decimal(getattr(row, bucket.value)),
        numeric=True,
        sort=(bucket.value,),
        hidden=bucket not in {Bucket.WAITING, Bucket.ACCEPTED, Bucket.REJECTED},
    )


LOTS = Listing(
    "lot",
    gettext_lazy("Lots"),
    [
        ListColumn(
            "number",
            gettext_lazy("Lot"),
            text=lambda row: row.number,
            sort=("number",),
            url=lot_url,
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("part", gettext_lazy("Part"), text=lambda row: part_name(row.part), sort=("part__name",)),
        ListColumn("origin", gettext_lazy("Origin"), text=lambda row: row.get_origin_display(), sort=("origin",)),
        ListColumn("maker", gettext_lazy("From"), text=maker_of),
        ListColumn("batch", gettext_lazy("Batch"), text=lambda row: row.batch or "–", sort=("batch",)),
        *map(bucket_column, Bucket),
        ListColumn(
            "received_on",
            gettext_lazy("Received on"),
            text=lambda row: day_cell(row.received_on),
            value=lambda row: row.received_on,
            sort=("received_on",),
        ),
        ListColumn(
            "expires_on",
            gettext_lazy("Use by"),
            text=lambda row: day_cell(row.expires_on),
            value=lambda row: row.expires_on,
            sort=("expires_on",),
            badge=lambda row: "late" if row.expires_on and row.expires_on < today() else "",
        ),
    ],
    search=lot_search,
    filters=[
        ListFilter(
            "di",
            gettext_lazy("Where"),
            choices=lambda: [("sini", _("at the hub")), *Bucket.choices],
            narrow=lambda rows, value: rows.filter(HERE if value == "sini" else Q(**{f"{value}__gt": 0})),
            initial="sini",
        ),
        ListFilter(
            "asal",
            gettext_lazy("Origin"),
            choices=lambda: LotOrigin.choices,
            narrow=lambda rows, value: rows.filter(origin=value),
        ),
    ],
    empty=gettext_lazy(
        "Nothing lies at the hub yet. What is bought, lent by a buyer or brought by a member stands here as a lot."
    ),
)
MOVES = Listing(
    "keluar-masuk",
    gettext_lazy("In and out"),
    [
        ListColumn(
            "at", gettext_lazy("When"), text=lambda row: moment_cell(row.at), value=lambda row: row.at, sort=("at",)
        ),
        ListColumn("kind", gettext_lazy("What"), text=lambda row: row.get_kind_display(), sort=("kind",)),
        ListColumn("lot", gettext_lazy("Lot"), text=lambda row: row.lot.number, url=lambda row: lot_url(row.lot)),
        ListColumn("part", gettext_lazy("Part"), text=lambda row: part_name(row.lot.part), sort=("lot__part__name",)),
        ListColumn(
            "pieces",
            gettext_lazy("Quantity"),
            text=lambda row: pieces_text(row.pieces),
            value=lambda row: row.pieces,
            numeric=True,
            sort=("pieces",),
        ),
        ListColumn(
            "order",
            gettext_lazy("Work order"),
            text=lambda row: row.issue.work_order.number if row.issue else "–",
            url=lambda row: order_url(row.issue.work_order) if row.issue else "",
        ),
        ListColumn("workshop", gettext_lazy("Workshop"), text=lambda row: row.workshop.name if row.workshop else "–"),
        ListColumn("by", gettext_lazy("Who"), text=lambda row: row.by.name if row.by else "–"),
        ListColumn("reason", gettext_lazy("Why"), text=lambda row: row.reason or "–"),
    ],
    search=lambda rows, text: rows.filter(
        Q(lot__number__icontains=text)
        | Q(lot__part__name__icontains=text)
        | Q(lot__batch__icontains=text)
        | Q(issue__work_order__number__icontains=text)
        | Q(workshop__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "apa",
            gettext_lazy("What"),
            choices=lambda: MoveKind.choices,
            narrow=lambda rows, value: rows.filter(kind=value),
        )
    ],
    empty=gettext_lazy("Nothing has come in or gone out yet."),
)


@access(MANAGER, INSPECTOR)
def store(request: HttpRequest) -> HttpResponse:
    """What lies at the hub, with what members have announced above it."""
    seen, managed = cooperatives(request), person_of(request).roles.cooperatives_managed
    return list_page(
        request,
        LOTS,
        store_lots(seen),
        template="work/store.html",
        add=reverse("material_add") if managed else "",
        arrivals=arrivals_table(arrivals(seen), managed),
    )


def arrivals_table(lots: list[Lot], managed: Collection[int]) -> Table:
    """Each leads to where it is taken in, for who manages the hub; else to the lot itself."""
    table = Table(
        _("Announced by members, not here yet"),
        [Column(_("Lot")), Column(_("Part")), Column(_("Pieces"), numeric=True), Column(_("From")), Column(_("When"))],
    )
    for lot in lots:
        overdue = lot.bring_at is not None and lot.bring_at < now()
        when = Cell(moment_cell(lot.bring_at), badge="late" if overdue else "")
        url = reverse("lot_receive", args=[lot.number]) if lot.cooperative_id in managed else lot_url(lot)
        table.add(Cell(lot.number, url), part_name(lot.part), pieces_text(lot.quantity), maker_of(lot), when)
    return table


@access(MANAGER, INSPECTOR)
def store_moves(request: HttpRequest) -> HttpResponse:
    """What came in and went out; work orders lead on for who manages them."""
    managed = person_of(request).roles.cooperatives_managed
    columns = [replace(one, url=led(one.url, managed)) if one.key == "order" else one for one in MOVES.columns]
    return list_page(request, replace(MOVES, columns=columns), stock_moves(cooperatives(request)))


def led(url: Callable[[LotMove], str] | None, managed: Collection[int]) -> Callable[[LotMove], str]:
    return lambda move: url(move) if url and move.lot.cooperative_id in managed else ""


@access(MANAGER, methods=("GET", "POST"))
def material_add(request: HttpRequest) -> HttpResponse:
    """A batch that was bought, or that a buyer lends."""
    person = person_of(request)
    managed = person.roles.cooperatives_managed
    form = ReceiveForm(
        request.POST or None,
        parts=parts_brought_in(),
        buyers=buyers_seen(managed).filter(archived_at__isnull=True),
        cooperatives=cooperatives_named(managed),
        initial={"received_on": today()},
    )

    def save(facts: dict[str, Any]) -> str:
        lot = material_receive(by=person.user, **facts)
        messages.success(request, _("Received as %(lot)s. Print its label.") % {"lot": lot.number})
        return lot_url(lot)

    return form_page(
        request, form, title=_("Receive material"), back=reverse("store"), action=_("Receive it"), save=save
    )


def states_of(lot: Lot) -> list[tuple[str, Any]]:
    """(words, pieces) of each state that has any."""
    return [(str(Bucket(name).label), pieces) for name, pieces in buckets_of(lot)]


def move_words(move: LotMove) -> str:
    """From where to where, in words."""
    if not move.from_bucket:
        return str(Bucket(move.to_bucket).label)
    return f"{Bucket(move.from_bucket).label} → {Bucket(move.to_bucket).label}"
