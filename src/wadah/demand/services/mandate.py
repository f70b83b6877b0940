"""Institutions, their heads, the mandate's rules, and the orders it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.saving import row_save
from wadah.demand.models import Headcount, Institution, MandatePhase, MandateRule, OrderLine
from wadah.demand.rules import month_last_day
from wadah.demand.selectors.mandate import mandate_cells, rule_months
from wadah.demand.services.orders import order_draft, source_check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from wadah.catalogue.models import Part
    from wadah.demand.models import Buyer, Order
    from wadah.demand.selectors.mandate import By, Cell
    from wadah.register.models import Cooperative

YEAR = range(1, 13)


@transaction.atomic
def institution_put(*, code: str, **columns: Any) -> Institution:
    """Writes an institution or corrects the one with this code. columns: those of Institution."""
    return row_save(Institution.objects.filter(code=code).first() or Institution(code=code), columns)


@transaction.atomic
def headcount_record(*, institution: Institution, group: str, heads: int, as_of: date, source: str = "") -> Headcount:
    """Records heads ≥ 0 of a group on a day; the same day again corrects them."""
    key = {"institution": institution, "group": group, "as_of": as_of}
    return row_save(Headcount.objects.filter(**key).first() or Headcount(**key), {"heads": heads, "source": source})


@transaction.atomic
def mandate_rule_put(*, code: str, **columns: Any) -> MandateRule:
    """Writes a rule of the mandate or corrects the one with this code. columns: those of MandateRule."""
    return row_save(MandateRule.objects.filter(code=code).first() or MandateRule(code=code), columns)


@transaction.atomic
def mandate_phase_put(*, rule: MandateRule, valid_from: date, compliance: Decimal, assumption: str) -> MandatePhase:
    """Sets the share (0 … 1) that buys from a day on, with the assumption behind it."""
    row = MandatePhase.objects.filter(rule=rule, valid_from=valid_from).first()
    row = row or MandatePhase(rule=rule, valid_from=valid_from)
    return row_save(row, {"compliance": compliance, "assumption": assumption})


@transaction.atomic
def mandate_order_create(
    *,
    rules: Sequence[MandateRule],
    cooperative: Cooperative,
    buyer: Buyer,
    part: Part,
    year: int,
    months: Iterable[int] = YEAR,
    by: By = "area",
    ordered_on: date | None = None,
    **columns: Any,
) -> Order:
    """Opens an order for what the rules ask in a year: a line a rule, month and area (or level), due at month's end.

    by: "area" (kelurahan), "district" (kecamatan) or "level". months: 1 … 12; each brings its own part of the year, so
    the twelve together are the whole year's pieces. columns: those of OrderLine that all lines share (prices, costs,
    partial); short_cost_rupiah_piece must be among them. The order is simulated where a rule is only a scenario.

    Raises
    ------
    Refused: the part isn't counted in whole pieces, a month is none, a rule has no phase yet, or there is nothing to
    order.
    """
    columns.setdefault("late_cost_rupiah_piece_week", 0)
    chosen = sorted(set(months))
    mandate_check(rules, part, chosen)
    cells = mandate_cells(by)
    scenario = any(not rule.obligation for rule in rules)
    order = order_draft(buyer=buyer, cooperative=cooperative, ordered_on=ordered_on, simulated=scenario)
    lines: list[OrderLine] = []
    for rule in rules:
        for cell in rule_months(rule, year, by):
            for month in chosen:
                if cell.months[month - 1]:
                    line = mandate_line(order, rule, cells[cell.cell], part, month_last_day(year, month))
                    line.quantity, line.line_no = cell.months[month - 1], len(lines) + 1
                    lines.append(line)
    if not lines:
        raise Refused(_("The mandate asks for nothing in these months of %(year)d.") % {"year": year}, field="months")
    for line in lines:
        for name in columns:
            setattr(line, name, columns[name])
    row_save(lines[0])  # the columns are the same in all lines, so the first shows what is wrong with them
    source_check(lines[0])
    OrderLine.objects.bulk_create(lines[1:])
    return order


def mandate_check(rules: Sequence[MandateRule], part: Part, months: Sequence[int]) -> None:
    if not part.integer:
        raise Refused(_("%(part)s isn't counted in whole pieces.") % {"part": part.code}, field="part")
    if not months or not set(months) <= set(YEAR):
        raise Refused(_("Expected months from 1 to 12, got %(months)s.") % {"months": list(months)}, field="months")
    for rule in rules:
        if not rule.phases.exists():
            raise Refused(
                _("%(rule)s has no phase yet, so nobody knows who buys.") % {"rule": rule.name}, field="rules"
            )


def mandate_line(order: Order, rule: MandateRule, cell: Cell, part: Part, due_on: date) -> OrderLine:
    return OrderLine(order=order, mandate=rule, part=part, due_on=due_on, area_id=cell.area_id, level=cell.level)
