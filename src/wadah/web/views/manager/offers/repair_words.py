"""What mending the plan in force comes to, ready for a template: who gains, who loses, what slips, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.catalogue.selectors import part_names_by_code
from wadah.plans.rules import Horizon
from wadah.units import date_text, decimal_text, rupiah_of, rupiah_text
from wadah.web.tables import Column, Table
from wadah.web.words import language, quantity_text
from wadah.work.selectors.mending import workshop_names

if TYPE_CHECKING:
    from wadah.plans.models import PlanAnswer, PlanRun

ROWS_MOST = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """status: "plan" or "nothing"; cost: the sentence; work, orders, lots: tables; lots_more: rows left out; broken:
    promises to buyers that it breaks; used_up: how many troubles only a new plan makes up for; seconds: it took."""

    status: str
    cost: str
    work: Table
    orders: Table
    lots: Table
    lots_more: int
    broken: list[str]
    used_up: int
    seconds: float


def repair_shown(run: PlanRun, answer: PlanAnswer) -> Shown:
    told: dict[str, Any] = answer.result or {}
    horizon = Horizon(run.start_on, run.weeks)
    lots, work = told.get("lots", []), told.get("work", [])
    names = workshop_names({row[0] for row in work} | {row[1] for row in lots})
    parts = part_names_by_code(language())
    return Shown(
        status=told["status"],
        cost=cost_sentence(told) if told["status"] == "plan" else "",
        work=work_table(work, names),
        orders=orders_table(told.get("orders", []), horizon),
        lots=lots_table(lots[:ROWS_MOST], names, parts, horizon),
        lots_more=max(0, len(lots) - ROWS_MOST),
        broken=told.get("broken", []),
        used_up=len(told.get("used_up", [])),
        seconds=told["seconds"],
    )


def cost_sentence(told: dict[str, Any]) -> str:
    """What it costs more or less than the plan in force would, had everything come."""
    more = rupiah_of(told["after"] - told["before"])
    if more == 0:
        return _("It costs as much as the plan in force.")
    words = {"rupiah": rupiah_text(abs(more))}
    if more < 0:
        return _("It costs %(rupiah)s less than the plan in force, late and short deliveries counted.") % words
    return _("It costs %(rupiah)s more than the plan in force, late and short deliveries counted.") % words


def work_table(rows: list[list[Any]], names: dict[str, str]) -> Table:
    """Who gets less first."""
    table = Table(
        _("Who gains, who loses"),
        [Column(_("Workshop")), Column(_("Hours before"), numeric=True), Column(_("Hours after"), numeric=True)],
    )
    for code, before, after in rows[:ROWS_MOST]:
        hours = [decimal_text(round(value, 1), 1, language()) for value in (before, after)]
        table.add(names.get(code, code), *hours)
    return table


def orders_table(rows: list[list[Any]], horizon: Horizon) -> Table:
    table = Table(
        _("What slips"),
        [Column(_("Order line")), Column(_("Before")), Column(_("After")), Column(_("Slips by"), numeric=True)],
    )
    for name, late, short, last, late_now, short_now, last_now in rows[:ROWS_MOST]:
        table.add(
            name,
            fate_text(late, short, last, horizon),
            fate_text(late_now, short_now, last_now, horizon),
            slip_text(last, last_now),
        )
    return table


def fate_text(late: float, short: float, last: int | None, horizon: Horizon) -> str:
    """Its last delivery, and what of it is late or never made."""
    words = [
        _("never") if last is None else _("week of %(day)s") % {"day": date_text(horizon.monday(last), language())}
    ]
    if late > 0:
        words.append(_("%(pieces)s late") % {"pieces": quantity_text(late)})
    if short > 0:
        words.append(_("%(pieces)s missing") % {"pieces": quantity_text(short)})
    return ", ".join(words)


def slip_text(before: int | None, after: int | None) -> str:
    if before is None or after is None or after <= before:
        return "–"
    days = 7 * (after - before)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def lots_table(rows: list[list[Any]], names: dict[str, str], parts: dict[str, str], horizon: Horizon) -> Table:
    table = Table(
        _("Which lots change"),
        [
            Column(_("Part")),
            Column(_("Workshop")),
            Column(_("Week of")),
            Column(_("Before"), numeric=True),
            Column(_("After"), numeric=True),
        ],
    )
    for part, workshop, period, before, after in rows:
        table.add(
            parts.get(part, part),
            names.get(workshop, workshop),
            date_text(horizon.monday(period), language()),
            quantity_text(before),
            quantity_text(after),
        )
    return table
