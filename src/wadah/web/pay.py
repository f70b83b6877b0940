"""A row of a settlement in plain words: what somebody made, what is taken off and why, what isn't paid and why.

Shown alike on the member's phone, on the manager's page and on the slip.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.units import decimal_text, rupiah_text
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.ledger.models import Recovery, SettlementRow


@dataclass(frozen=True, slots=True)
class Made:
    """Accepted pieces of one work order, all as text. once: set-up and the trip, empty where there is none; late:
    weeks, 0 in time."""

    order: str
    part: str
    pieces: str
    each: str
    once: str
    rupiah: str
    late: int


@dataclass(frozen=True, slots=True)
class Unpaid:
    order: str
    part: str
    pieces: str
    why: str


def made_lines(row: SettlementRow) -> list[Made]:
    """What was accepted, or came back (pieces below zero)."""
    return [
        Made(
            order=one["work_order"],
            part=one["part"],
            pieces=pieces_text(one["pieces"]),
            each=rupiah_text(one["each"]),
            once=rupiah_text(one["once"]) if one["once"] else "",
            rupiah=rupiah_text(one["rupiah"]),
            late=one["late_weeks"],
        )
        for one in row.why
        if one["rupiah"] or one["pieces"] != "0"
    ]


def unpaid_lines(row: SettlementRow) -> list[Unpaid]:
    """What wasn't paid when the settlement was prepared."""
    return [
        Unpaid(one["work_order"], one["part"], pieces_text(pieces), _(why))
        for one in row.why
        for pieces, why in one["rejected"]
    ]


def taken_lines(row: SettlementRow, recoveries: Sequence[Recovery] = ()) -> list[tuple[str, str]]:
    """What is taken off (or given back) and how much; recoveries: of single advances, where they are known."""
    told = [(_("Fine for work that came late"), row.penalty), (_("Owed from earlier"), row.carried_in)]
    told += (
        [(_("Advance %(number)s: %(what)s") % advance_words(one), one.rupiah) for one in recoveries]
        if recoveries
        else [(_("Advances"), row.recovered)]
    )
    told += [(_("Saved: mandatory"), row.mandatory), (_("Saved: voluntary"), row.voluntary)]
    return [(words, rupiah_text(-rupiah)) for words, rupiah in told if rupiah]


def advance_words(one: Recovery) -> dict[str, str]:
    return {"number": one.advance.number, "what": one.advance.what}


def carried_words(row: SettlementRow) -> str:
    """Where pieces came back and less than nothing is left."""
    if not row.carried_out:
        return ""
    words = _("Pieces came back after they were paid. %(rupiah)s is taken off later pay.")
    return words % {"rupiah": rupiah_text(row.carried_out)}


def pieces_text(pieces: str) -> str:
    return decimal_text(Decimal(pieces), 3, language())
