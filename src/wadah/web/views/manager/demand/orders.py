"""Orders: the list, and one order with its exploded bill of materials and what the plan makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.demand.selectors import order_explosion, orders_seen
from wadah.plans.rules import Horizon
from wadah.plans.selectors import order_lines_planned
from wadah.units import date_text
from wadah.web.access import BUYER, MANAGER, access, own_or_404, person_of
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import language, line_sentence, part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Order, OrderLine
    from wadah.demand.rules import ExplosionRow
    from wadah.demand.selectors import Explosion
    from wadah.plans.models import PlannedLine

LEVEL_INDENT = "· "


def mine(request: HttpRequest) -> QuerySet[Order]:
    person = person_of(request)
    return orders_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)


@access(MANAGER, BUYER)
def orders(request: HttpRequest) -> HttpResponse:
    return render(request, "orders/list.html", {"table": orders_table(mine(request))})


@access(MANAGER, BUYER)
def order(request: HttpRequest, number: str) -> HttpResponse:
    found = own_or_404(mine(request), number=number)
    explosion = order_explosion(found)
    planned = order_lines_planned(found)
    run = next(iter(planned.values())).run if planned else None
    return render(
        request,
        "orders/order.html",
        {
            "order": found,
            "lines": lines_table(found, planned),
            "run": run if found.cooperative_id in person_of(request).roles.cooperatives_managed else None,
            "explosion": explosion_table(explosion),
            "made": sum(1 for row in explosion.requirements.values() if explosion.parts[row.code].supply == "made"),
            "bought": sum(1 for row in explosion.requirements.values() if explosion.parts[row.code].supply == "bought"),
            "levels": 1 + max((row.level for row in explosion.rows), default=0),
        },
    )


def orders_table(rows: Iterable[Order]) -> Table:
    table = Table(
        _("Orders, newest first"),
        [
            Column(_("Number")),
            Column(_("Buyer")),
            Column(_("Lines"), numeric=True),
            Column(_("Pieces"), numeric=True),
            Column(_("First due")),
            Column(_("Status")),
        ],
    )
    for row in rows:
        told = row.__dict__
        table.add(
            Cell(row.number, reverse("order", args=[row.number]), "simulated" if row.simulated else ""),
            row.buyer.name,
            quantity_text(told["line_count"]),
            quantity_text(float(told["pieces"] or 0)),
            date_text(told["first_due"], language()) if told["first_due"] else "–",
            str(row.get_status_display()),
        )
    return table


def lines_table(order: Order, planned: dict[int, PlannedLine]) -> Table:
    table = Table(
        _("What is ordered, and what the plan makes of it"),
        [
            Column(_("Line")),
            Column(_("Part")),
            Column(_("Pieces"), numeric=True),
            Column(_("Due")),
            Column(_("In the plan")),
        ],
    )
    for line in order.lines.select_related("part").order_by("line_no"):
        table.add(
            str(line.line_no),
            part_name(line.part),
            quantity_text(float(line.quantity)),
            date_text(line.due_on, language()),
            planned_cell(line, planned.get(line.pk)),
        )
    return table


def planned_cell(line: OrderLine, planned: PlannedLine | None) -> Cell:
    if planned is None:
        return Cell(_("Not planned yet"))
    sentence = line_sentence(planned, Horizon(planned.run.start_on, planned.run.weeks))
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
