"""What the city's pages share: who sees how much, the half-year asked for, the ways between the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.observatory.rules.spans import Span, span_of, span_read
from wadah.observatory.selectors.scope import Scope
from wadah.web.access import MANAGER, OFFICER, PUBLIC
from wadah.web.exports import FORMATS
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from wadah.register.models import Subsector
    from wadah.web.access import Person
    from wadah.web.views.city.observatory.grids import Grid

WAYS: tuple[tuple[str, _StrPromise, tuple[str, ...]], ...] = (
    ("city_summary", gettext_lazy("Summary"), (PUBLIC,)),
    ("city_map", gettext_lazy("Map"), (PUBLIC,)),
    ("city_report", gettext_lazy("Report"), (OFFICER,)),
    ("city_gaps", gettext_lazy("Data quality"), (OFFICER, MANAGER)),
    ("city_pairs", gettext_lazy("Found twice"), (OFFICER, MANAGER)),
)
"""Address, words, and who has it."""


def scope_of(person: Person) -> Scope:
    """An officer sees the areas that they look after; everybody else what is for everybody."""
    return Scope(areas=person.roles.officer_areas) if person.roles.officer else Scope(public=True)


def ways(here: str, person: Person) -> list[tuple[str, _StrPromise, bool]]:
    """(address, words, whether it is this page)."""
    return [(reverse(name), words, name == here) for name, words, roles in WAYS if any(map(person.holds, roles))]


def span_asked(request: HttpRequest, scope: Scope) -> Span:
    """The half-year or year of `masa`; today's half-year where none is asked for, or one that hasn't begun.

    For the public half-years alone: a year less its other half would tell what is hidden of one.
    """
    usual = span_of(today())
    asked = span_read(request.GET.get("masa", ""), usual)
    return usual if asked.first > today() or (scope.public and not asked.half) else asked


def span_text(span: Span) -> str:
    if not span.half:
        return str(span.year)
    return _("half-year %(half)d of %(year)d") % {"half": span.half, "year": span.year}


def span_short(span: Span) -> str:
    return _("%(half)d of %(year)d") % {"half": span.half, "year": span.year} if span.half else str(span.year)


def slider(spans: Iterable[Span], here: Span, scope: Scope, **others: str) -> list[tuple[str, str, bool]]:
    """The half-years, then their years, as plain links: (query, words, whether it is shown now)."""
    halves = list(spans)
    years = [] if scope.public else [Span(year) for year in sorted({span.year for span in halves})]
    kept = {key: value for key, value in others.items() if value}
    shown = [*halves, *years] if here in {*halves, *years} else [here, *halves, *years]
    return [("?" + urlencode({"masa": span.key, **kept}), span_short(span), span == here) for span in shown]


def subsector_name(row: Subsector | None) -> str:
    if row is None:
        return _("trade not known")
    return row.name_en if language() == "en" and row.name_en else row.name


def file_asked(request: HttpRequest, grids: Sequence[Grid], name: str) -> HttpResponse | None:
    """One of the page's tables as a file, where the address asks for it: `unduh=xlsx|csv&tabel=key`."""
    kind, key = request.GET.get("unduh", ""), request.GET.get("tabel", "")
    grid = next((grid for grid in grids if grid.key == key), None)
    return grid.answer(kind, name) if grid and kind in FORMATS else None
