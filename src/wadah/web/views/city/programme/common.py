"""What the pages of the programme share: who sees what, and how figures, curves and histories are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wadah.base.errors import WadahError
from wadah.programme.rules.land import CITY_KM2, UNBUILT_PERCENT, unbuilt_hectares
from wadah.units import date_text, decimal_text, rupiah_of, rupiah_text
from wadah.web.access import person_of
from wadah.web.history import history_table
from wadah.web.words import language, part_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

    from wadah.programme.models import Intervention, RampCurve
    from wadah.web.tables import Table

NOTHING = "–"
ACTS = {
    "intervention_add": gettext_lazy("proposed"),
    "intervention_change": gettext_lazy("changed"),
    "intervention_drop": gettext_lazy("dropped"),
    "intervention_back": gettext_lazy("proposed again"),
    "curve_add": gettext_lazy("added"),
    "curve_change": gettext_lazy("changed"),
    "study_ask": gettext_lazy("asked"),
    "study_use_best": gettext_lazy("ended with what there was"),
    "study_discard": gettext_lazy("put aside"),
    "study_back": gettext_lazy("fetched again"),
    "study_adopt": gettext_lazy("adopted"),
    "study_adopt_undo": gettext_lazy("adoption undone"),
    "study_item_begin": gettext_lazy("begun"),
    "study_item_give_up": gettext_lazy("given up"),
}
FIELDS = {
    "name": gettext_lazy("Name"),
    "hours_week": gettext_lazy("Hours a week"),
    "minutes_piece": gettext_lazy("Minutes a piece"),
    "people": gettext_lazy("People"),
    "cost_rupiah": gettext_lazy("Cost"),
    "floor_m2": gettext_lazy("Floor, m²"),
    "ramp": gettext_lazy("How it comes to fruit"),
    "basis": gettext_lazy("Where the figures come from"),
    "delay_weeks": gettext_lazy("Weeks in which nothing comes"),
    "step_weeks": gettext_lazy("Weeks that each of these lasts"),
    "shares": gettext_lazy("Share of the full hours"),
    "confidence": gettext_lazy("Confidence"),
    "source": gettext_lazy("Source"),
    "source_on": gettext_lazy("Date of the source"),
    "full_note": gettext_lazy("What the full amount is"),
    "assumed": gettext_lazy("Assumed"),
    "budget_rupiah": gettext_lazy("Budget"),
    "weeks": gettext_lazy("Weeks"),
    "least_areas": gettext_lazy("Kelurahan at least"),
    "least_rupiah_area": gettext_lazy("At least in each named kelurahan"),
    "adopted_at": gettext_lazy("Adopted"),
    "state": gettext_lazy("State"),
    "begun_on": gettext_lazy("Begun on"),
    "workshop_now": gettext_lazy("Workshop"),
    "reason": gettext_lazy("Reason"),
}


def cooperatives_seen(request: HttpRequest) -> Collection[int] | None:
    """None: all, for an officer of the city."""
    roles = person_of(request).roles
    return None if roles.officer else roles.cooperatives_managed


def may_write(request: HttpRequest) -> bool:
    return person_of(request).roles.officer


def acted(request: HttpRequest, act: Callable[[], object], done: str, to: str) -> HttpResponse:
    """Do it and say so, or say why not; then go there."""
    try:
        act()
        messages.success(request, done)
    except WadahError as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(to)


# ---- words


def money(amount: float | None) -> str:
    return NOTHING if amount is None else rupiah_text(rupiah_of(amount))


def figure(value: float | None, places: int = 1) -> str:
    return NOTHING if value is None else decimal_text(value, places, language())


def said(text: str) -> str:
    """A text of the rules in the language of the page; what somebody typed as it is."""
    return _(text) if text else ""


def history_of_row(row: Model) -> Table:
    """Curves that come with Wadah are named, and sourced, by the rules."""
    return history_table(row, acts=ACTS, fields=FIELDS, values=dict.fromkeys(("ramp", "name", "source"), said))


def whom(row: Intervention) -> str:
    """Who would get it."""
    if row.workshop is not None:
        return row.workshop.name
    return row.area.name_spaced if row.area else NOTHING


def what(row: Intervention) -> str:
    """Kind and part: "training · Rubber bush"."""
    return " · ".join([row.get_kind_display(), *([part_name(row.part)] if row.part else [])])


def curve_text(curve: RampCurve) -> str:
    """ "nothing for 4 weeks, then 25 %, 50 %, 75 %, 100 %, 4 weeks each"."""
    shares = ", ".join(f"{round(100 * share)}%" for share in curve.shares)
    words = {"delay": curve.delay_weeks, "shares": shares, "step": curve.step_weeks}
    if len(curve.shares) == 1:
        return (
            ngettext(
                "nothing for %(delay)s week, then %(shares)s",
                "nothing for %(delay)s weeks, then %(shares)s",
                curve.delay_weeks,
            )
            % words
        )
    return _("nothing for %(delay)s weeks, then %(shares)s, %(step)s weeks each") % words


def land_sentences() -> list[str]:
    """The stated share of land that is left, with source and date, and what it makes of the city's area."""
    assert UNBUILT_PERCENT.on is not None
    stated = {
        "percent": decimal_text(UNBUILT_PERCENT.value, 0, language()),
        "source": said(UNBUILT_PERCENT.source),
        "day": date_text(UNBUILT_PERCENT.on, language()),
    }
    area = {
        "km2": decimal_text(CITY_KM2.value, 1, language()),
        "source": said(CITY_KM2.source),
        "hectares": decimal_text(round(unbuilt_hectares()), 0, language()),
    }
    return [
        _("Stated, not measured: %(percent)s %% of the city's land was not built on (%(source)s, %(day)s).") % stated,
        _("Of %(km2)s km² (%(source)s) that would be about %(hectares)s hectares, in other years than today.") % area,
    ]
