"""The department's half-yearly report on paper, A4: tables by trade and kelurahan, sources, what is missing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.units import date_text
from wadah.web.papers.sheet import compiled, qr_svg
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wadah.observatory.rules.spans import Span
    from wadah.web.papers.sheet import SheetTable

PAPER = Path(__file__).with_name("city.typ")
ROWS_MAX = 250
"""Of one table on paper: the rest is in the Excel file, which has them all."""


def city_report_pdf(
    *,
    span: Span,
    span_words: str,
    day: date,
    tables: Sequence[SheetTable],
    notes: Sequence[str],
    address: str,
    simulated: bool,
) -> bytes:
    """day: up to which it is told; address: of the page that shows the same figures as they are now."""
    unfinished = day < span.last
    data: dict[str, object] = {
        "language": language(),
        "agency": settings.AGENCY,
        "title": _("Report on small and medium makers"),
        "span": span_words,
        "date": _("Made on %(day)s") % {"day": date_text(today(), language())},
        "until": _("Told up to %(day)s; it isn't over yet.") % {"day": date_text(day, language())}
        if unfinished
        else "",
        "mark": _("simulated") if simulated else "",
        "tables": [shortened(table) for table in tables if table.rows],
        "notes_title": _("Sources, and how far each figure may be off"),
        "notes": list(notes),
        "qr": qr_svg(address),
        "check": _("The same figures as they are now: %(address)s") % {"address": address},
        "signature": _("Head of the department"),
    }
    return compiled(PAPER, data, tagged=sum(len(table.rows) for table in tables) <= ROWS_MAX)


def shortened(table: SheetTable) -> dict[str, object]:
    left = len(table.rows) - ROWS_MAX
    more = _("%(count)d rows more are in the Excel file.") % {"count": left} if left > 0 else ""
    shown = asdict(table) | {"align": list(table.align), "rows": table.rows[:ROWS_MAX]}
    return shown | {"note": " ".join(filter(None, [table.note, more])), "small": len(table.head) > 7}
