"""The half-yearly report: the department's indicators by trade and kelurahan, in the blocks of the statistics office's
questionnaire of small industry (docs/city.md O12)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from wadah.base.clock import today
from wadah.observatory.selectors.firms import Count, codes_of, firms_counted, firms_on, trades_of
from wadah.observatory.selectors.gaps import Missing, gaps_by_area
from wadah.observatory.selectors.labour import labour_of, work_done
from wadah.observatory.selectors.orders import YEAR_DAYS
from wadah.observatory.selectors.output import material_used, pay_earned
from wadah.observatory.selectors.summary import Row, Summary, summary
from wadah.register.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.observatory.rules.spans import Span
    from wadah.observatory.selectors.firms import Firm
    from wadah.observatory.selectors.scope import Scope

Cell = tuple[int | None, int | None]
"""Trade and kelurahan; None where the register doesn't know."""


@dataclass(frozen=True, slots=True)
class Report:
    """cells: by trade and kelurahan; before: firms a year earlier, by trade; legal: firms by legal form; codes: of each
    trade, as (scheme and code, title); gaps: what is missing, by kelurahan."""

    summary: Summary
    cells: list[Row]
    before: dict[object, Count]
    legal: dict[object, Count]
    codes: dict[int, list[tuple[str, str]]]
    gaps: list[Missing]
    areas: dict[int, Area]


def report(span: Span, scope: Scope) -> Report:
    """About three dozen queries, however large the city is."""
    found = summary(span, scope)
    end = span.until(today())
    firms, year_before = firms_on(end, scope), firms_on(end - timedelta(days=YEAR_DAYS), scope)
    return Report(
        summary=found,
        cells=cells_of(span, scope, firms),
        before=firms_counted(year_before, trades_of),
        legal=firms_counted(firms, lambda firm: [firm.legal_form]),
        codes=codes_of(end),
        gaps=gaps_by_area(scope),
        areas={area.pk: area for area in Area.objects.select_related("parent").order_by("code")},
    )


def cells_of(span: Span, scope: Scope, firms: list[Firm]) -> list[Row]:
    """By trade and kelurahan, those in which there is anything; a firm of two trades stands in both."""
    weeks = span.weeks(today())
    counts: dict[Any, Count] = dict(
        firms_counted(firms, lambda firm: [(trade, firm.area) for trade in trades_of(firm)])
    )
    done = grouped(work_done(span, scope))
    paid, material = grouped(pay_earned(span, scope)), grouped(material_used(span, scope))
    keys: set[Cell] = {*counts, *done, *paid, *material}
    return [
        Row(
            key,
            labour_of(done.get(key, ()), weeks),
            counts.get(key, Count()),
            sum(row.rupiah for row in paid.get(key, ())),
            sum(row.rupiah for row in material.get(key, ())),
        )
        for key in sorted(keys, key=str)
    ]


def grouped(rows: Iterable[Any]) -> dict[Cell, list[Any]]:
    """Rows that tell their trade and kelurahan, by both."""
    found: dict[Cell, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.subsector, row.area].append(row)
    return found
