"""Figures that others have stated, each with who, when and of what year; never added to what Wadah measures (O2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Stated:
    """value: as a number; percent: whether it is one; subsector: its code where it is of one alone."""

    code: str
    value: int
    what: _StrPromise
    source: str
    on: date
    subsector: str = ""
    percent: bool = False


ARTICLE = "Bisnis.com"
SAID = date(2014, 8, 31)

STATED = (
    Stated("land", 7, _("of the city's land is not built on"), ARTICLE, SAID, percent=True),
    Stated("subsectors", 14, _("subsectors of small industry, about"), ARTICLE, SAID),
    Stated("dolls", 10_000, _("workers can be absorbed by dolls alone, at most"), ARTICLE, SAID, "mainan_boneka"),
    Stated("batik", 6, _("groups make the city's batik"), ARTICLE, SAID, "batik"),
)
