"""What members said since a draft was made, in words: what it doesn't hold, what it counts on in vain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.units import date_text
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from wadah.work.models import Disruption
    from wadah.work.selectors.since import NotHeld, Since

ROWS_MOST = 8


@dataclass(frozen=True, slots=True)
class SinceShown:
    """blocked: the draft can't come into force; promised, lost: a sentence each, and how many more there are."""

    blocked: bool
    promised: tuple[str, ...]
    promised_more: int
    lost: tuple[str, ...]
    lost_more: int


def since_shown(since: Since) -> SinceShown | None:
    """None where nothing that matters was said."""
    if not since:
        return None
    return SinceShown(
        blocked=bool(since.not_held),
        promised=tuple(promised_sentence(row) for row in since.not_held[:ROWS_MOST]),
        promised_more=max(0, len(since.not_held) - ROWS_MOST),
        lost=tuple(lost_sentence(row) for row in since.lost[:ROWS_MOST]),
        lost_more=max(0, len(since.lost) - ROWS_MOST),
    )


def promised_sentence(row: NotHeld) -> str:
    words = {
        "workshop": row.workshop.name,
        "pieces": quantity_text(row.pieces),
        "part": part_name(row.part),
        "week": date_text(row.week, language()),
        "planned": quantity_text(row.planned),
    }
    return _("%(workshop)s promised %(pieces)s × %(part)s for the week of %(week)s; this plan has %(planned)s.") % words


def lost_sentence(row: Disruption) -> str:
    words = {
        "kind": row.get_kind_display(),
        "workshop": row.workshop.name if row.workshop else "–",
        "pieces": quantity_text(float(row.pieces or 0)),
        "part": part_name(row.part) if row.part else "–",
    }
    return _("%(kind)s: %(pieces)s × %(part)s of %(workshop)s.") % words
