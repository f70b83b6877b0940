"""Heads, duty and orders of the mandate, by area or by level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.db.models import Sum

from wadah.demand.models import Headcount, Institution, MandateRule, OrderLine
from wadah.demand.rules import CellMonths, Counted, Mandate, Phase, mandate_months
from wadah.demand.rules.public import Standing, counted_elsewhere
from wadah.demand.words import InstitutionKind, Level, OrderStatus
from wadah.register.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable

By = Literal["area", "district", "level"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What heads and orders are added up under: an area (its id), or a level of school; name: for a page."""

    key: str
    name: str
    area_id: int | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """What one rule asks of one cell in a year, and what is ordered for it.

    duty_pieces: if everybody bought; expected_pieces: with the compliance of each month; ordered_pieces: in lines due
    that year, of orders that are neither drafts nor cancelled. cell None: ordered, but not told apart this way.
    """

    rule: MandateRule
    cell: Cell | None
    heads: int
    duty_pieces: int
    expected_pieces: int
    ordered_pieces: int


def mandate_cells(by: By) -> dict[str, Cell]:
    """Every cell, by key: an area's code or a level."""
    if by == "level":
        return {str(level.value): Cell(level.value, str(level.label), level=level.value) for level in Level}
    return {area.code: Cell(area.code, area.name_spaced, area_id=area.pk) for area in Area.objects.all()}


def rule_months(rule: MandateRule, year: int, by: By, twice: frozenset[int] | None = None) -> tuple[CellMonths, ...]:
    """The year's pieces of a rule by cell and month; heads as last counted up to the end of that year.

    twice: `left_out`, where the caller has it already.
    """
    counted = heads_counted(rule, year, by, left_out() if twice is None else twice)
    return mandate_months(mandate_of(rule), counted, year)


def mandate_of(rule: MandateRule) -> Mandate:
    return Mandate(
        kind=rule.applies_to_kind,
        group=rule.applies_to_group,
        pieces_per_head_year=rule.pieces_per_head_year,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        level=rule.applies_to_level,
        state=rule.applies_to_state,
        phases=tuple(Phase(row.valid_from, row.compliance) for row in rule.phases.all()),
    )


def heads_counted(rule: MandateRule, year: int, by: By, twice: frozenset[int]) -> list[Counted]:
    """The last count of the rule's group at each institution, in order of area and level; no head twice (B4)."""
    rows = Headcount.objects.filter(group=rule.applies_to_group, as_of__lte=date(year, 12, 31))
    rows = rows.select_related("institution__area__parent").order_by("as_of")
    last = {row.institution_id: row for row in rows if row.institution_id not in twice}
    counted = (
        Counted(cell_key(row, by), row.institution.level, row.institution.state, row.group, row.heads)
        for row in last.values()
    )
    return sorted(counted, key=lambda row: (row.cell, row.level))


def left_out() -> frozenset[int]:
    """Ids of institutions whose heads stand in another row already (B4). One query."""
    rows = Institution.objects.select_related("area__parent__parent").filter(headcounts__isnull=False).distinct()
    return counted_elsewhere(standing_of(row) for row in rows)


def standing_of(row: Institution) -> Standing:
    areas, area = [], row.area
    while area is not None:
        areas.append(area.code)
        area = area.parent  # type: ignore[assignment]
    aggregate = row.kind == InstitutionKind.AGGREGATE
    return Standing(row.pk, aggregate, row.count, row.level, row.state, tuple(areas))


def cell_key(row: Headcount, by: By) -> str:
    area = row.institution.area
    if by == "level":
        return row.institution.level
    return district_code(area) if by == "district" else area.code


def district_code(area: Area) -> str:
    """The kecamatan of a kelurahan; a kecamatan or city stands for itself."""
    return area.parent.code if area.kind == "kelurahan" and area.parent is not None else area.code


def mandate_duty(year: int, by: By = "area", rules: Iterable[MandateRule] | None = None) -> list[Duty]:
    """Heads, duty and orders of each rule (all unless given) and cell, for the pages of coverage."""
    chosen = list(MandateRule.objects.prefetch_related("phases") if rules is None else rules)
    cells = mandate_cells(by)
    ordered = pieces_ordered(chosen, year, by)
    twice, duties = left_out(), []
    for rule in chosen:
        for row in rule_months(rule, year, by, twice):
            pieces = ordered.pop((rule.pk, row.cell), 0)
            duties.append(Duty(rule, cells[row.cell], row.heads, row.duty, row.pieces, pieces))
        rest = [key for key in ordered if key[0] == rule.pk]
        other = sum(ordered.pop(key) for key in rest)
        if other:
            duties.append(Duty(rule, None, 0, 0, 0, other))
    return duties


def pieces_ordered(rules: list[MandateRule], year: int, by: By) -> dict[tuple[int, str], int]:
    """Pieces by (rule id, cell key); key "" where a line doesn't name the area or level."""
    lines = OrderLine.objects.filter(mandate__in=rules, due_on__year=year)
    lines = lines.exclude(order__status__in=[OrderStatus.DRAFT, OrderStatus.CANCELLED])
    grouped = lines.values_list("mandate_id", "area_id", "level").annotate(pieces=Sum("quantity"))
    areas = {area.pk: area for area in Area.objects.select_related("parent")}
    found: dict[tuple[int, str], int] = {}
    for rule_id, area_id, level, pieces in grouped:
        area = areas.get(area_id)
        named = "" if area is None else district_code(area) if by == "district" else area.code
        key = (rule_id, level if by == "level" else named)
        found[key] = found.get(key, 0) + int(pieces)
    return found
