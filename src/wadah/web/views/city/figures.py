"""How far a plan covers the mandate, as two figures and a table: what must be bought, and what may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.plans.selectors import coverage_total
from wadah.web.tables import Column, Table
from wadah.web.words import quantity_text, share_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.plans.selectors import Coverage


def coverage_figures(rows: Sequence[Coverage]) -> dict[str, Any] | None:
    """None where the plan has no line of the mandate."""
    if not rows:
        return None
    return {
        "all": coverage_total(rows),
        "obligation": coverage_total([row for row in rows if row.obligation]),
        "scenario": coverage_total([row for row in rows if not row.obligation]),
        "table": coverage_table(rows),
    }


def coverage_table(rows: Sequence[Coverage]) -> Table:
    table = Table(
        _("Who would be clothed"),
        [
            Column(_("Who")),
            Column(_("Pieces asked for"), numeric=True),
            Column(_("Would be made"), numeric=True),
            Column(_("Left"), numeric=True),
            Column(_("Covered"), numeric=True),
        ],
    )
    for row in rows:
        table.add(
            row.name,
            quantity_text(row.asked),
            quantity_text(row.delivered),
            quantity_text(row.gap),
            share_text(row.share),
        )
    return table
