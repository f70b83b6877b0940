"""*Peta*: which kelurahan and which trade lag?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.observatory.rules.classes import classes_of
from wadah.observatory.selectors.kelurahan import MEASURES, city_map
from wadah.observatory.selectors.labour import spans_worked
from wadah.observatory.selectors.summary import TREND_SPANS
from wadah.register.selectors import subsectors_all
from wadah.web.access import PUBLIC, access, person_of
from wadah.web.pictures.kelurahan import map_picture
from wadah.web.views.city.observatory import sentences
from wadah.web.views.city.observatory.common import (
    file_asked,
    scope_of,
    slider,
    span_asked,
    span_text,
    subsector_name,
    ways,
)
from wadah.web.views.city.observatory.grids import HIDDEN, Grid, GridColumn, figure_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.observatory.rules.classes import Classes
    from wadah.observatory.selectors.kelurahan import CityMap, Measure, Place
    from wadah.observatory.selectors.scope import Scope
    from wadah.web.pictures.kelurahan import MapPicture


@access(PUBLIC)
def the_map(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    scope = scope_of(person)
    span = span_asked(request, scope)
    measures = measures_for(scope)
    measure = measures.get(request.GET.get("ukuran", ""), MEASURES["pekerjaan"])
    trades = [] if scope.public or not measure.by_trade else list(subsectors_all())
    trade = next((row for row in trades if row.code == request.GET.get("usaha")), None)
    found = city_map(measure, span, scope, trade.pk if trade else None)
    grid = map_grid(found)
    answer = file_asked(request, [grid], f"peta-{measure.code}-{span.key}")
    if answer is not None:
        return answer
    classes = classes_of(place.value or 0.0 for place in found.places if place.known)
    spans = spans_worked(today(), TREND_SPANS) if measure.by_span else [span]
    asked = {"ukuran": measure.code, "usaha": trade.code if trade else ""}
    shown = {
        "ways": ways("city_map", person),
        "slider": slider(spans, span, scope, **asked) if measure.by_span else [],
        "measures": measures.values(),
        "measure": measure,
        "trades": [(row.code, subsector_name(row), row == trade) for row in trades],
        "trade": subsector_name(trade) if trade else "",
        "span": span_text(span),
        "masa": span.key,
        "map": picture(found, classes),
        "legend": legend(classes, measure, found),
        "sentence": sentences.map_sentence(found),
        "grid": grid,
        "query": "&".join(f"{key}={value}" for key, value in {"masa": span.key, **asked}.items() if value),
        "elsewhere": elsewhere(found),
        "public": scope.public,
    }
    return render(request, "observatory/map.html", shown)


def measures_for(scope: Scope) -> dict[str, Measure]:
    """What orders lack is told for the whole city alone, and not to everybody."""
    return {code: one for code, one in MEASURES.items() if one.public or (scope.whole and not scope.public)}


def kind_of(place: Place, classes: Classes) -> str:
    if place.hidden:
        return "hidden"
    return "unknown" if place.value is None else f"c{classes.of(place.value)}"


def picture(found: CityMap, classes: Classes) -> MapPicture:
    kinds = {place.area.pk: kind_of(place, classes) for place in found.places}
    said = {place.area.pk: f"{place.area.name_spaced}: {value_text(place, found.measure)}" for place in found.places}
    return map_picture([place.area for place in found.places], kinds, said)


def value_text(place: Place, measure: Measure) -> str:
    return figure_text(HIDDEN if place.hidden else place.value, measure.unit)


def legend(classes: Classes, measure: Measure, found: CityMap) -> list[tuple[str, str]]:
    """(class, words) from nothing upwards, then what isn't known or shown, where there is any."""
    kinds = {kind_of(place, classes) for place in found.places}
    rows = [("c0", _("none"))] if "c0" in kinds else []
    for number, (low, high) in enumerate(zip(classes.lows, classes.highs, strict=True), 1):
        texts = [figure_text(low, measure.unit), figure_text(high, measure.unit)]
        rows.append((f"c{number}", texts[0] if texts[0] == texts[1] else " – ".join(texts)))
    if "unknown" in kinds:
        rows.append(("unknown", _("not known")))
    if "hidden" in kinds:
        rows.append(("hidden", figure_text(HIDDEN, "text")))
    return rows


def map_grid(found: CityMap) -> Grid:
    columns = [
        GridColumn("Kelurahan", "text"),
        GridColumn("Kecamatan", "text"),
        GridColumn(str(found.measure.name), found.measure.unit),
        GridColumn(_("Of which not known: firms or workshops"), "count"),
    ]
    grid = Grid("kelurahan", _("By kelurahan, the lowest first"), columns)
    for place in sorted(found.places, key=lambda place: (not place.known, place.value or 0.0, place.area.name_spaced)):
        district = place.area.parent.name_spaced if place.area.parent else "–"
        hidden = place.hidden
        grid.add(
            place.area.name_spaced, district, HIDDEN if hidden else place.value, HIDDEN if hidden else place.partly
        )
    return grid


def elsewhere(found: CityMap) -> str:
    """What lies in no kelurahan that the register knows."""
    if not found.elsewhere:
        return ""
    return _("Not on the map, for nobody knows their kelurahan: %(value)s.") % {
        "value": figure_text(found.elsewhere, found.measure.unit)
    }
