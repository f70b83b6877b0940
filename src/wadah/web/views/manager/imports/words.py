"""An import in words: how far it is, and what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.units import number_text
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.base.models import ImportBatch


def status_text(batch: ImportBatch) -> str:
    return {
        "open": _("not written yet"),
        "working": _("at work"),
        "done": _("written"),
        "cancelled": _("taken back"),
    }[batch.status]


def counts_text(batch: ImportBatch) -> str:
    """ "120 new, 14 changed, 3 same, 5 wrong"."""
    counts = batch.preview.get("counts")
    if not counts:
        return "–"
    words = {name: number_text(count, language()) for name, count in counts.items()}
    return _("%(new)s new, %(changed)s changed, %(same)s same, %(wrong)s wrong") % words
