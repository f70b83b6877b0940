"""Orders: the list, and one order with its exploded bill of materials and what the plan makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.demand.selectors import order_explosion, orders_seen
from wadah.demand.words import OrderStatus
from wadah.plans.rules import Horizon
from wadah.plans.selectors import order_lines_planned
from wadah.units import date_text, rupiah_text
from wadah.web.access import BUYER, MANAGER, access, own_or_404, person_of
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.demand.words import ACTS, FIELDS
from wadah.web.views.manager.money.sales.words import contract_sentence
from wadah.web.words import language, line_sentence, part_name, quantity_text

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Order, OrderLine
    from wadah.demand.rules import ExplosionRow
    from wadah.demand.selectors import Explosion
    from wadah.plans.models import PlannedLine

LEVEL_INDENT = "· "
CANCELLABLE = {OrderStatus.DRAFT, OrderStatus.CONFIRMED, OrderStatus.PLANNED}


LISTING = Listing(
    "pesanan",
    gettext_lazy("Orders"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("order", args=[row.number]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("buyer", gettext_lazy("Buyer"), text=lambda row: row.buyer.name, sort=("buyer__name",)),
        ListColumn(
            "ordered_on",
            gettext_lazy("Ordered on"),
            text=lambda row: date_text(row.ordered_on, language()),
            value=lambda row: row.ordered_on,
            sort=("ordered_on",),
        ),
        ListColumn(
            "lines",
            gettext_lazy("Lines"),
            text=lambda row: quantity_text(row.line_count),
            value=lambda row: row.line_count,
            numeric=True,
        ),
        ListColumn(
            "pieces",
            gettext_lazy("Pieces"),
            text=lambda row: quantity_text(float(row.pieces or 0)),
            value=lambda row: float(row.pieces or 0),
            numeric=True,
            sort=("pieces",),
        ),
        ListColumn(
            "first_due",
            gettext_lazy("First due"),
            text=lambda row: date_text(row.first_due, language()) if row.first_due else "–",
            value=lambda row: row.first_due,
            sort=("first_due",),
        ),
        ListColumn("status", gettext_lazy("Status"), text=lambda row: row.get_status_display(), sort=("status",)),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text) | Q(buyer__name__icontains=text) | Q(note__icontains=text)
    ),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Status"),
            choices=lambda: OrderStatus.choices,
            narrow=lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy(
        "No order has come in yet. A buyer's order stands here as soon as it is recorded, with everything that goes"
        " into it."
    ),
)


def mine(request: HttpRequest) -> QuerySet[Order]:
    person = person_of(request)
    return orders_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)


@access(MANAGER, BUYER)
def orders(request: HttpRequest) -> HttpResponse:
    manages = person_of(request).holds(MANAGER)
    add = reverse("order_add") if manages else ""
    imports = reverse("import_kind", args=["orders"]) if manages else ""
    return list_page(request, LISTING, mine(request), template="orders/list.html", add=add, imports=imports)


@access(MANAGER, BUYER)
def order(request: HttpRequest, number: str) -> HttpResponse:
    found = own_or_404(mine(request), number=number)
    explosion = order_explosion(found)
    planned = order_lines_planned(found)
    run = next(iter(planned.values())).run if planned else None
    managed = found.cooperative_id in person_of(request).roles.cooperatives_managed
    return render(
        request,
        "orders/order.html",
        {
            "order": found,
            "lines": lines_table(found, planned, draft=managed and found.status == OrderStatus.DRAFT),
            "run": run if managed else None,
            "managed": managed,
            "contract": contract_sentence(found),
            "draft": managed and found.status == OrderStatus.DRAFT,
            "cancellable": managed and found.status in CANCELLABLE,
            "history": history_table(found, acts=ACTS, fields=FIELDS) if managed else None,
            "explosion": explosion_table(explosion),
            "made": sum(1 for row in explosion.requirements.values() if explosion.parts[row.code].supply == "made"),
            "bought": sum(1 for row in explosion.requirements.values() if explosion.parts[row.code].supply == "bought"),
            "levels": 1 + max((row.level for row in explosion.rows), default=0),
        },
    )


def lines_table(order: Order, planned: dict[int, PlannedLine], *, draft: bool) -> Table:
    """draft: each line leads to the form that changes it."""
    table = Table(
        _("What is ordered, and what the plan makes of it"),
        [
            Column(_("Line")),
            Column(_("Part")),
            Column(_("Pieces"), numeric=True),
            Column(_("Price a piece"), numeric=True),
            Column(_("Due")),
            Column(_("In the plan")),
        ],
    )
    for line in order.lines.select_related("part").order_by("line_no"):
        table.add(
            Cell(str(line.line_no), reverse("order_line_change", args=[order.number, line.line_no]) if draft else ""),
            part_name(line.part),
            quantity_text(float(line.quantity)),
            rupiah_text(line.price_rupiah_piece) if line.price_rupiah_piece else "–",
            due_text(line),
            planned_cell(line, planned.get(line.pk)),
        )
    return table


def due_text(line: OrderLine) -> str:
    if line.promised_on is None:
        return date_text(line.due_on, language())
    return _("promised by %(day)s") % {"day": date_text(line.promised_on, language())}


def planned_cell(line: OrderLine, planned: PlannedLine | None) -> Cell:
    if planned is None:
        return Cell(_("Not planned yet"))
    sentence = line_sentence(planned, Horizon(planned.run.start_on, planned.run.weeks))
    if line.promised_on is not None and planned.late + planned.short > 1e-6:
        return Cell(_("The promise is at risk: %(what)s") % {"what": sentence}, badge="late")
    badge = "short" if planned.short > 1e-6 else "late" if planned.late > 1e-6 else "ok"
    return Cell(sentence, badge=badge)


def explosion_table(explosion: Explosion) -> Table:
    """The tree, depth first; a part that stands in several places shows its packs once."""
    table = Table(
        _("Bill of materials, exploded"),
        [
            Column(_("Part")),
            Column(_("For one above"), numeric=True),
            Column(_("Pieces needed"), numeric=True),
            Column(_("Made or bought")),
            Column(_("Packs to buy"), numeric=True),
        ],
    )
    for row in explosion.rows:
        part = explosion.parts[row.code]
        table.add(
            LEVEL_INDENT * row.level + part_name(part),
            quantity_text(float(row.per_parent)),
            quantity_text(float(row.gross)),
            (_("made") if row.made else _("bought")) + (f": {row.reason}" if row.reason else ""),
            packs_text(row, float(part.pack_size or 0)),
        )
    return table


def packs_text(row: ExplosionRow, pack: float) -> str:
    if not row.first or row.total.packs is None:
        return "–"
    return _("%(packs)s of %(pack)s") % {"packs": quantity_text(row.total.packs), "pack": quantity_text(pack)}
