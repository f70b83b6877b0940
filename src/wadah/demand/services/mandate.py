"""Institutions, their heads, the mandate's rules, and the orders it leads to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.saving import change_record, row_save, told
from wadah.demand.models import Headcount, Institution, MandatePhase, MandateRule, OrderLine
from wadah.demand.rules import month_last_day
from wadah.demand.selectors.mandate import mandate_cells, rule_months
from wadah.demand.services.orders import order_draft, source_check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.demand.models import Buyer, Order
    from wadah.demand.selectors.mandate import By, Cell
    from wadah.register.models import Cooperative

YEAR = range(1, 13)


@transaction.atomic
def institution_put(*, code: str, by: User | None = None, **columns: Any) -> Institution:
    """Writes an institution or corrects the one with this code. columns: those of Institution."""
    row = Institution.objects.filter(code=code).first() or Institution(code=code)
    return row_save(row, columns, by=by, act="institution_put")


@transaction.atomic
def headcount_record(
    *,
    institution: Institution,
    group: str,
    heads: int,
    as_of: date,
    source: str = "",
    by: User | None = None,
) -> Headcount:
    """Records heads ≥ 0 of a group on a day; the same day again corrects them."""
    key = {"institution": institution, "group": group, "as_of": as_of}
    row = Headcount.objects.filter(**key).first() or Headcount(**key)
    return row_save(row, {"heads": heads, "source": source}, by=by, act="headcount_record")


@transaction.atomic
def mandate_rule_put(*, code: str, by: User | None = None, **columns: Any) -> MandateRule:
    """Writes a rule of the mandate or corrects the one with this code. columns: those of MandateRule."""
    row = MandateRule.objects.filter(code=code).first() or MandateRule(code=code)
    return row_save(row, columns, by=by, act="mandate_rule_put")


@transaction.atomic
def mandate_phase_put(
    *, rule: MandateRule, valid_from: date, compliance: Decimal, assumption: str, by: User | None = None
) -> MandatePhase:
    """Sets the share (0 … 1) that buys from a day on, with the assumption behind it."""
    row = MandatePhase.objects.filter(rule=rule, valid_from=valid_from).first()
    row = row or MandatePhase(rule=rule, valid_from=valid_from)
    return row_save(row, {"compliance": compliance, "assumption": assumption}, by=by, act="mandate_phase_put")


@transaction.atomic
def mandate_order_create(
    *,
    rules: Sequence[MandateRule],
    cooperative: Cooperative,
    buyer: Buyer,
    part: Part,
    year: int,
    months: Iterable[int] = YEAR,
    split_by: By = "area",
    ordered_on: date | None = None,
    by: User | None = None,
    **columns: Any,
) -> Order:
    """Opens an order for what the rules ask in a year: a line a rule, month and area (or level), due at month's end.

    split_by: "area" (kelurahan), "district" (kecamatan) or "level". months: 1 … 12; each brings its own part of the
    year, so the twelve together are the whole year's pieces. columns: those of OrderLine that all lines share (prices,
    costs, partial); short_cost_rupiah_piece must be among them. The order is simulated where a rule is only a scenario.
    History holds one line with the sums, not one a line.

    Raises
    ------
    Refused: the part isn't counted in whole pieces, a month is none, a rule has no phase yet, or there is nothing to
    order.
    """
    columns.setdefault("late_cost_rupiah_piece_week", 0)
    chosen = sorted(set(months))
    mandate_check(rules, part, chosen)
    cells = mandate_cells(split_by)
    scenario = any(not rule.obligation for rule in rules)
    order = order_draft(buyer=buyer, cooperative=cooperative, ordered_on=ordered_on, simulated=scenario, by=by)
    lines: list[OrderLine] = []
    for rule in rules:
        for cell in rule_months(rule, year, split_by):
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
    sums = {"year": year, "lines": len(lines), "pieces": told(sum((line.quantity for line in lines), Decimal()))}
    change_record(order, by=by, act="mandate_order_create", old={}, new=sums)
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
