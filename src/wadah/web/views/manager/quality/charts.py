"""Measured values of a part at a workshop, lot after lot: the control chart, its signals in words, Cp and Cpk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import NotYours
from wadah.units import decimal_text
from wadah.web.access import INSPECTOR, MANAGER, access
from wadah.web.exports import FORMATS, file_answer
from wadah.web.pictures.control import control_picture
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.quality.common import cooperatives_of, ways
from wadah.web.words import language
from wadah.work.rules.control import CAPABILITY_LEAST, POINTS_FIRM
from wadah.work.selectors.charts import Drawn, Stream, drawn, streams

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.web.exports import Value
    from wadah.work.rules.control import Capability, Signal

SIGNALS = {
    "outside_3_sigma": gettext_lazy("lies outside the limits: something special happened"),
    "nine_one_side": gettext_lazy("is the ninth in a row on one side: the setting has moved"),
    "six_trending": gettext_lazy("is the sixth in a row going one way: a tool wears, or drifts"),
    "two_of_three_outside_2_sigma": gettext_lazy(
        "is the second of three far out on one side: look before it gets worse"
    ),
}
RANGE_SIGNAL = gettext_lazy("spreads much more than usual")
FINE, POOR = 1.33, 1.0
"""Cpk from which a process is called capable, and below which it isn't (AIAG, SPC)."""


@access(MANAGER, INSPECTOR)
def charts(request: HttpRequest) -> HttpResponse:
    """What has been measured: a line each part, workshop and characteristic."""
    rows = streams(cooperatives_of(request))
    kind = request.GET.get("unduh", "")
    head = [_("Part"), _("Workshop"), _("What"), _("Values")]
    if kind in FORMATS:
        told: list[list[Value]] = [[stream_part(row), row.workshop_name, row.name, row.values] for row in rows]
        return file_answer(kind, "terukur", head, told)
    table = Table(_("What has been measured"), [*(Column(word) for word in head[:3]), Column(head[3], numeric=True)])
    for row in rows:
        table.add(Cell(stream_part(row), address(row)), row.workshop_name, row.name, str(row.values))
    context = {"table": table, "ways": ways(request), "files": FORMATS}
    return render(request, "quality/charts.html", context)


def stream_part(row: Stream) -> str:
    return row.part_name_en if language() == "en" and row.part_name_en else row.part_name


def address(row: Stream) -> str:
    return reverse("chart", args=[row.part, row.workshop]) + "?" + urlencode({"ciri": row.name})


@access(MANAGER, INSPECTOR)
def chart(request: HttpRequest, part: int, workshop: int) -> HttpResponse:
    name = request.GET.get("ciri", "")[:120]
    found = [
        row
        for row in streams(cooperatives_of(request))
        if (row.part, row.workshop) == (part, workshop) and (row.name == name or not name)
    ]
    if not found:
        raise NotYours
    stream = found[0]
    made = drawn(cooperatives_of(request), part=part, workshop=workshop, name=stream.name)
    if made is None:
        raise NotYours
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, "kendali", [_("No."), _("Lot and inspection"), _("Value")], values(made))
    drawing = [end for end in (made.lower, made.upper) if end is not None]
    context = {
        "stream": stream,
        "part": stream_part(stream),
        "made": made,
        "picture": control_picture(made.chart, drawing=drawing) if made.chart else None,
        "told": sentences(made),
        "signals": signals_table(made),
        "table": values_table(made),
        "files": [(one, urlencode({"ciri": stream.name, "unduh": one})) for one in FORMATS],
    }
    return render(request, "quality/chart.html", context)


def number(value: float | None, places: int = 4) -> str:
    return "–" if value is None else decimal_text(round(value, 6), places, language())


def sentences(made: Drawn) -> list[str]:
    """What the chart says, in whole sentences."""
    if made.chart is None:
        return [_("One value is no chart yet: measure the next lot too.")]
    limits, unit = made.chart.limits, made.unit
    words = {"mean": number(limits.centre), "low": number(limits.lower), "high": number(limits.upper), "unit": unit}
    told = [_("Mean %(mean)s %(unit)s; the process by itself stays between %(low)s and %(high)s %(unit)s.") % words]
    broken = len(made.chart.signals) + len(made.chart.range_signals)
    told.append(
        _("%(count)s signals: look at what happened there.") % {"count": broken}
        if broken
        else _("No signal: nothing special happened.")
    )
    if made.outside:
        told.append(_("%(count)s values lie outside the drawing's limits.") % {"count": made.outside})
    if made.chart.provisional:
        told.append(_("Fewer than %(firm)s points: the limits are provisional.") % {"firm": POINTS_FIRM})
    if made.capability is not None:
        told.append(capability_sentence(made.capability))
    return told


def capability_sentence(one: Capability) -> str:
    if one.note == "too_few":
        few = {"least": CAPABILITY_LEAST, "n": one.n}
        return _("With %(n)s values nothing can be said of capability; it takes %(least)s.") % few
    if one.note == "no_limits":
        return _("No limits are given, so nothing can be said of capability.")
    if one.note == "no_spread" or one.cpk is None:
        return _("All values are equal: measure with a finer tool.")
    words = {
        "cp": number(one.cp, 2),
        "cpk": number(one.cpk, 2),
        "low": number(one.ppk_low, 2),
        "ppk": number(one.ppk, 2),
    }
    text = _("Cp %(cp)s, Cpk %(cpk)s; Ppk %(ppk)s, with 95%% certainty above %(low)s.") % words
    return f"{text} {fit_sentence(one)}"


def fit_sentence(one: Capability) -> str:
    """The worse of both indices counts: a process may fit within each lot and still wander from lot to lot."""
    within, overall = one.cpk or 0.0, one.ppk or 0.0
    if min(within, overall) >= FINE:
        return _("The process fits well within the limits.")
    if min(within, overall) >= POOR:
        return _("It fits, but with little room.")
    if within >= POOR:
        return _("Each lot by itself would fit, but lots differ too much from each other.")
    return _("It doesn't fit: bad pieces will come.")


def signals_table(made: Drawn) -> Table:
    table = Table(
        _("Signals"), [Column(_("Point"), numeric=True), Column(_("Lot and inspection")), Column(_("What it says"))]
    )
    if made.chart is None:
        return table
    for signal in made.chart.signals:
        table.add(str(signal.place + 1), label(made, signal, 0), str(SIGNALS[signal.code]))
    first = len(made.chart.points) - len(made.chart.ranges)
    for signal in made.chart.range_signals:
        table.add(str(signal.place + first + 1), label(made, signal, first), str(RANGE_SIGNAL))
    return table


def label(made: Drawn, signal: Signal, first: int) -> str:
    return made.labels[signal.place + first]


def values(made: Drawn) -> list[list[Value]]:
    points = made.chart.points if made.chart else made.values[0]
    return [
        [place, label, value] for place, (label, value) in enumerate(zip(made.labels, points, strict=False), start=1)
    ]


def values_table(made: Drawn) -> Table:
    column = _("Mean") if made.kind == "means" else _("Value")
    table = Table(
        _("Points of the chart"), [Column(_("No.")), Column(_("Lot and inspection")), Column(column, numeric=True)]
    )
    for place, where, value in values(made):
        table.add(str(place), str(where), number(float(str(value))))
    return table
