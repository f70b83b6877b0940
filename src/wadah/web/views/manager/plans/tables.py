"""The tables of a plan, written for people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wadah.units import date_short_text, date_text, decimal_text, rupiah_of, rupiah_text
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import (
    cause_text,
    language,
    line_sentence,
    part_name,
    quantity_text,
    reason_sentence,
    share_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.demand.models import OrderLine
    from wadah.plans.models import PlannedLine, PlannedLot, PlanRun
    from wadah.plans.rules import Horizon
    from wadah.plans.selectors import Bottleneck, Gantt, PartRow, WorkshopRow

ALMOST_NONE = 1e-6
WORK_MAX = 12  # workshops and weeks named for one order
LATE_MAX = 20  # orders named under the picture; the list of late ones has all


def money(rupiah: float) -> str:
    return rupiah_text(rupiah_of(rupiah))


def cost_label(kind: str) -> str:
    """The kinds of docs/model.md §11, in a manager's words."""
    return {
        "make": _("Making: pay, royalty and transport a piece"),
        "setup": _("Set-ups and trips"),
        "overtime": _("Overtime"),
        "engage": _("Bringing workshops in"),
        "holding": _("Stock at the hub"),
        "late": _("Being late"),
        "short": _("Not delivering"),
        "fairness": _("Members below their target hours"),
        "change": _("Changes to the plan in force"),
    }[kind]


def cost(run: PlanRun) -> Table:
    table = Table(_("What the plan costs"), [Column(_("Kind")), Column(_("Rupiah"), numeric=True)])
    for kind, rupiah in run.cost.items():
        if rupiah > ALMOST_NONE:
            table.add(cost_label(kind), money(rupiah))
    table.add(_("In all"), money(run.best_rupiah or 0.0))
    return table


def runs(rows: Iterable[PlanRun]) -> Table:
    table = Table(
        _("Plans, newest first"),
        [
            Column(_("Plan")),
            Column(_("Weeks"), numeric=True),
            Column(_("Cost"), numeric=True),
            Column(_("Gap at most"), numeric=True),
            Column(_("Status")),
        ],
    )
    for run in rows:
        table.add(
            Cell(_("from %(day)s") % {"day": date_text(run.start_on, language())}, reverse("plan", args=[run.pk])),
            str(run.weeks),
            "–" if run.best_rupiah is None else money(run.best_rupiah),
            "–" if run.gap is None else share_text(run.gap),
            str(run.get_status_display()),
        )
    return table


def is_unhappy(line: PlannedLine) -> bool:
    return line.late > ALMOST_NONE or line.short > ALMOST_NONE


def unhappy(lines: Iterable[PlannedLine], horizon: Horizon, names: dict[str, str]) -> Table:
    """Lines that are late or short, and why."""
    table = Table(
        _("Late or not made, and why"),
        [Column(_("Order")), Column(_("Due")), Column(_("What happens")), Column(_("Why"))],
    )
    for line in lines:
        number = line.line.order.number
        table.add(
            Cell(f"{number}/{line.line.line_no} {part_name(line.line.part)}", reverse("order", args=[number])),
            date_text(line.line.due_on, language()),
            Cell(
                line_sentence(line, horizon),
                reverse("plan_why", args=[line.run_id, line.pk]),
                badge="short" if line.short > ALMOST_NONE else "late",
            ),
            " ".join(reason_sentence(reason, horizon, names) for reason in line.reasons),
        )
    return table


def leading(table: Table, *, own: bool) -> Table:
    """The table as it is for the cooperative's manager; for an officer its orders lead nowhere."""
    if not own:
        table.rows = [[replace(first, url=""), *others] for first, *others in table.rows]
    return table


def late_work(gantt: Gantt, lines: Sequence[PlannedLine]) -> Table:
    """In words what is red in the picture: the order, when it is due, and the work that starts too late for it.

    lines: those that miss most first; the first LATE_MAX with late work are named.
    """
    table = Table(
        _("Work that starts too late"),
        [Column(_("Order")), Column(_("Due")), Column(_("Too late")), Column(_("Why"))],
    )
    work: dict[str, list[str]] = defaultdict(list)
    for workshop, monday, orders in gantt.late:
        for order in orders:
            work[order].append(f"{workshop} {date_short_text(monday, language())}")
    for line in lines:
        number = f"{line.line.order.number}/{line.line.line_no}"
        if number in work and len(table.rows) < LATE_MAX:
            table.add(
                Cell(number, reverse("order", args=[line.line.order.number]), "late"),
                date_text(line.line.due_on, language()),
                "; ".join(work[number][:WORK_MAX]) + (" …" if len(work[number]) > WORK_MAX else ""),
                Cell(_("Why late"), reverse("plan_why", args=[line.run_id, line.pk])),
            )
    return table


def broken(lines: Iterable[OrderLine]) -> Table:
    """Promises given to buyers that this plan doesn't keep."""
    table = Table(
        _("Promises that this plan doesn't keep"),
        [Column(_("Order")), Column(_("Buyer")), Column(_("Promised"))],
    )
    for line in lines:
        number = line.order.number
        table.add(
            Cell(f"{number}/{line.line_no} {part_name(line.part)}", reverse("order", args=[number]), "late"),
            line.order.buyer.name,
            date_text(line.promised_on, language()) if line.promised_on else "–",
        )
    return table


def bottlenecks(rows: Iterable[Bottleneck], names: dict[str, str]) -> Table:
    """What holds the late and short lines, by the pieces that hang on it."""
    table = Table(
        _("What holds them"),
        [Column(_("Cause")), Column(_("Order lines"), numeric=True), Column(_("Pieces late or short"), numeric=True)],
    )
    for row in rows:
        table.add(cause_text(row.reason, names), quantity_text(row.lines), quantity_text(row.pieces))
    return table


def workshops(rows: Sequence[WorkshopRow], horizon: Horizon) -> Table:
    table = Table(
        _("Who makes what, and when"),
        [
            Column(_("Workshop")),
            Column(pgettext("column", "Work")),
            Column(_("Hours"), numeric=True),
            Column(_("Pay and costs"), numeric=True),
        ],
    )
    for row in rows:
        badge = "simulated" if row.workshop.simulated else ""
        table.add(
            Cell(f"{row.workshop.code} {row.workshop.name}", badge=badge),
            lots_text(row.lots, horizon),
            decimal_text(round(row.hours, 1), 1, language()),
            money(row.pay),
        )
    return table


def lots_text(lots: Sequence[PlannedLot], horizon: Horizon) -> str:
    """ "7 Des: 200 bolt M8, 30 plate; 14 Des: …"."""
    weeks = []
    for period, group in groupby(lots, key=lambda lot: lot.period):
        pieces = ", ".join(f"{quantity_text(lot.quantity)} × {part_name(lot.part)}" for lot in group)
        weeks.append(f"{date_short_text(horizon.monday(period), language())}: {pieces}")
    return "; ".join(weeks)


def parts(rows: Sequence[PartRow], horizon: Horizon) -> Table:
    table = Table(
        _("What is made, by how many, and when"),
        [
            Column(_("Part")),
            Column(_("Pieces"), numeric=True),
            Column(_("Workshops"), numeric=True),
            Column(_("Largest share"), numeric=True),
            Column(_("Weeks")),
        ],
    )
    for row in rows:
        busy = [t for t, pieces in enumerate(row.weeks) if pieces > ALMOST_NONE]
        first, last = (date_short_text(horizon.monday(t), language()) for t in (busy[0], busy[-1]))
        table.add(
            part_name(row.part),
            quantity_text(row.pieces),
            str(row.makers),
            share_text(row.largest_share),
            first if busy[0] == busy[-1] else f"{first} – {last}",
        )
    return table
