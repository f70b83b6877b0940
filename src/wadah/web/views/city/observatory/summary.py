"""*Ringkas*: jobs, up or down?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from wadah.demand.words import Market
from wadah.observatory.rules.hidden import PEOPLE_MIN
from wadah.observatory.rules.stated import STATED
from wadah.observatory.selectors.summary import summary as summary_of
from wadah.units import date_text, number_text, percent_text
from wadah.web.access import PUBLIC, access, person_of
from wadah.web.counted import counted
from wadah.web.pictures.halves import bars_picture
from wadah.web.views.city.observatory import sentences
from wadah.web.views.city.observatory.common import (
    file_asked,
    scope_of,
    slider,
    span_asked,
    span_text,
    ways,
)
from wadah.web.views.city.observatory.grids import HIDDEN, Grid, GridColumn, figure_text
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.observatory.selectors.summary import Summary
    from wadah.web.pictures.halves import BarsPicture
    from wadah.web.views.city.observatory.grids import Figure


@access(PUBLIC)
def summary(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    scope = scope_of(person)
    span, anew = span_asked(request, scope), person.roles.officer and "hitung" in request.GET
    found, counted_at = counted(f"{span.key} {scope}", lambda: summary_of(span, scope), anew=anew)
    grids = [trend_grid(found), trades_grid(found), sizes_grid(found), *officer_grids(found)]
    answer = file_asked(request, grids, f"ringkas-{found.span.key}")
    if answer is not None:
        return answer
    shown = {
        "ways": ways("city_summary", person),
        "slider": slider(found.spans, found.span, scope),
        "span": span_text(found.span),
        "day": found.day,
        "counted_at": counted_at,
        "own": person.roles.officer,
        "figures": found,
        "trend": trend_picture(found),
        "grids": {grid.key: grid for grid in grids},
        "query": f"masa={found.span.key}",
        "stated": stated_told(),
        "shown": amounts(found),
        "said": said(found),
        "simulated": found.labour.simulated > 0 or found.count.simulated > 0,
    }
    return render(request, "observatory/summary.html", shown)


def amounts(found: Summary) -> dict[str, str]:
    """The large figures, as they are written; hidden ones as words."""
    labour, income = found.labour, found.income
    places = f"{sentences.number(labour.places)} – {sentences.number(labour.places_most)}"
    figures: dict[str, tuple[Figure, str]] = {
        "places": (HIDDEN if found.hidden else places, "text"),
        "firms": (HIDDEN if found.hidden_firms else found.count.firms, "count"),
        "workers": (HIDDEN if found.hidden_firms else workers_known(found), "count"),
        "pay": (HIDDEN if found.hidden_income else income.rupiah, "rupiah"),
        "median": (HIDDEN if found.hidden_income else income.median, "rupiah"),
        "surplus": (HIDDEN if found.hidden_surplus else found.surplus.rupiah, "rupiah"),
        "hours_m2": (HIDDEN if found.hidden else found.floor.hours_m2, "hours_m2"),
        "fresh": (found.fresh.fresh / found.fresh.all if found.fresh.all else None, "share"),
    }
    if found.orders is not None:
        figures |= {
            "covered": (found.orders.share, "share"),
            "largest": (found.orders.book.spread.largest, "share"),
            "single": (len(found.orders.single), "count"),
            "delivered": (found.orders.delivered_rupiah, "rupiah"),
            "material": (found.material, "rupiah"),
        }
    return {key: figure_text(value, unit) for key, (value, unit) in figures.items()}


def workers_known(found: Summary) -> int | None:
    return found.count.workers.total if found.count.workers.known else None


def said(found: Summary) -> dict[str, str]:
    """The sentences; what is hidden isn't told in them either."""
    told: dict[str, str] = {"trades": sentences.trades_sentence(found), "workers": sentences.workers_sentence(found)}
    if not found.hidden:
        told |= {
            "trend": sentences.trend_sentence(found),
            "hands": sentences.hands_sentence(found.labour),
            "pace": sentences.pace_sentence(found.pace),
            "failed": sentences.failed_sentence(found.labour),
            "floor": sentences.floor_sentence(found.floor),
        }
    if not found.hidden_income:
        told["unbooked"] = sentences.unbooked_sentence(found)
        told["income"] = sentences.income_sentence(found.income)
    if found.orders is not None:
        told |= {
            "orders": sentences.orders_sentence(found.orders),
            "buyers": sentences.buyers_sentence(found.orders),
            "single": sentences.single_sentence(found.orders),
            "unpriced": sentences.unpriced_sentence(found),
        }
    return told


def stated_told() -> list[tuple[str, str, str]]:
    """(value, what, source with its day) of what others stated."""
    return [
        (
            percent_text(one.value / 100, 0, language()) if one.percent else number_text(one.value, language()),
            str(one.what),
            f"{one.source}, {date_text(one.on, language())}",
        )
        for one in STATED
    ]


def trend_grid(found: Summary) -> Grid:
    columns = [
        GridColumn(_("Half-year"), "text"),
        GridColumn(_("Hours of accepted work"), "hours"),
        GridColumn(_("Firms with work"), "count"),
    ]
    grid = Grid("masa", _("Accepted work by half-year"), columns)
    for stage in found.trend:
        hidden = found.stage_hidden(stage)
        grid.add(span_text(stage.span), HIDDEN if hidden else stage.hours, HIDDEN if hidden else stage.firms)
    return grid


def trend_picture(found: Summary) -> BarsPicture:
    hidden = [found.stage_hidden(stage) for stage in found.trend]
    kinds = [
        "hidden" if small else "now" if stage.span.last > found.day and stage.span == found.span else "full"
        for stage, small in zip(found.trend, hidden, strict=True)
    ]
    told = [
        "<5" if small else sentences.number(stage.hours, 0) for stage, small in zip(found.trend, hidden, strict=True)
    ]
    labels = [f"{stage.span.year % 100:02d}/{stage.span.half}" for stage in found.trend]
    return bars_picture([stage.hours for stage in found.trend], labels, told, kinds)


def trades_grid(found: Summary) -> Grid:
    columns = [
        GridColumn(_("Trade"), "text"),
        GridColumn(_("Hours of accepted work"), "hours"),
        GridColumn(_("Full-time places, at least"), "places"),
        GridColumn(_("Pay for accepted work"), "rupiah"),
        GridColumn(_("Firms in the register"), "count"),
        GridColumn(_("People in them"), "count"),
        GridColumn(_("Firms whose people aren't known"), "count"),
    ]
    grid = Grid("usaha", _("By trade"), columns)
    for row in sorted(found.trades, key=lambda row: (-row.labour.hours, -row.count.firms)):
        name = sentences.trade_name(found, row.key)
        grid.add(name, *work_cells(row), *firm_cells(row))
    return grid


def work_cells(row: Any) -> tuple[Figure, ...]:
    return (HIDDEN,) * 3 if row.hidden_work else (row.labour.hours, row.labour.places, row.pay)


def firm_cells(row: Any) -> tuple[Figure, ...]:
    known = row.count.workers
    return (HIDDEN,) * 3 if row.hidden_firms else (row.count.firms, known.total if known.known else None, known.unknown)


SIZES = ("micro", "small", "medium", "large", "")


def sizes_grid(found: Summary) -> Grid:
    """Firms by size, by each scheme in force: the three disagree, so all are shown."""
    words = [_("micro"), _("small"), _("medium"), _("large"), _("not known")]
    measures = {
        "workers": _("workers"),
        "investment_rupiah": _("investment"),
        "annual_sales_rupiah": _("sales a year"),
    }
    grid = Grid(
        "ukuran",
        _("Firms by size"),
        [GridColumn(_("Scheme and measure"), "text"), *(GridColumn(word) for word in words)],
    )
    for (scheme, measure), sizes in found.sizes.items():
        cells = [sizes[size] for size in SIZES]
        small = found.scope.public and any(0 < count < PEOPLE_MIN for count in cells)
        grid.add(f"{scheme}, {measures[measure]}", *([HIDDEN] * len(SIZES) if small else cells))
    return grid


def officer_grids(found: Summary) -> list[Grid]:
    """Buyers and makers of the whole city's orders."""
    if found.orders is None:
        return []
    text, money = "text", "rupiah"
    buyers = Grid(
        "pembeli",
        _("Who ordered in twelve months"),
        [
            GridColumn(_("Buyer"), text),
            GridColumn(_("Market"), text),
            GridColumn(_("Ordered"), money),
            GridColumn(_("Share"), "share"),
        ],
    )
    for buyer in found.orders.book.buyers:
        total = found.orders.book.rupiah
        buyers.add(buyer.name, str(Market(buyer.market).label), buyer.rupiah, buyer.rupiah / total if total else None)
    makers = Grid(
        "sumber",
        _("Parts with fewest makers"),
        [GridColumn(_("Part"), text), GridColumn(_("Trade"), text), GridColumn(_("Makers with a rate"))],
    )
    for row in found.orders.sources:
        makers.add(f"{row.part.code} {row.part.name}", sentences.trade_name(found, row.part.subsector_id), row.makers)
    return [buyers, makers]
