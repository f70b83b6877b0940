"""The tables of the half-yearly report, from the same figures on the page, in Excel and on paper (docs/city.md O12).

Their order is that of the blocks of the statistics office's questionnaire of small industry (VIMK): place, general,
workers and pay, production and income, costs; then what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.observatory.rules.stated import STATED
from wadah.observatory.selectors.gaps import GAPS
from wadah.register.selectors import LEGAL_FORMS
from wadah.units import date_text
from wadah.web.views.city.observatory import sentences
from wadah.web.views.city.observatory.common import subsector_name
from wadah.web.views.city.observatory.grids import Grid, GridColumn
from wadah.web.views.city.observatory.summary import sizes_grid
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.observatory.selectors.report import Report
    from wadah.observatory.selectors.summary import Row
    from wadah.web.views.city.observatory.grids import Figure


def report_grids(found: Report) -> list[Grid]:
    return [
        *measured_and_stated(found),
        trades(found),
        forms(found),
        sizes_grid(found.summary),
        workers(found),
        output(found),
        costs(found),
        *orders(found),
        missing(found),
    ]


def trade(found: Report, key: object) -> str:
    return subsector_name(found.summary.subsectors.get(key) if isinstance(key, int) else None)


def place(found: Report, key: object) -> str:
    area = found.areas.get(key) if isinstance(key, int) else None
    return area.name_spaced if area else _("kelurahan not known")


def by_cell(key: str, caption: str, columns: list[GridColumn], note: str = "") -> Grid:
    return Grid(key, caption, [GridColumn(_("Trade"), "text"), GridColumn("Kelurahan", "text"), *columns], note=note)


def cells(found: Report) -> list[tuple[str, str, Row]]:
    """(trade, kelurahan, figures), by name."""
    listed = []
    for row in found.cells:
        assert isinstance(row.key, tuple)
        listed.append((trade(found, row.key[0]), place(found, row.key[1]), row))
    return sorted(listed, key=lambda one: one[:2])


def measured_and_stated(found: Report) -> list[Grid]:
    """Side by side in one part of the report, in two tables, never in one column."""
    labour = found.summary.labour
    grid = Grid(
        "terukur",
        _("Labour absorbed, measured from accepted work"),
        [GridColumn(_("What"), "text"), GridColumn(_("Least"), "hours"), GridColumn(_("Most"), "hours")],
        note=" ".join([sentences.hands_sentence(labour), sentences.pace_sentence(found.summary.pace)]),
    )
    grid.add(_("Hours"), labour.hours, labour.hours_most)
    grid.add(_("Full-time places of 40 hours a week"), labour.places, labour.places_most)
    grid.add(_("Firms with accepted work"), labour.firms, labour.firms)
    said = Grid(
        "dinyatakan",
        _("Stated by others, not measured"),
        [
            GridColumn(_("Figure"), "text"),
            GridColumn(_("Value")),
            GridColumn(_("Source"), "text"),
            GridColumn(_("Day"), "text"),
        ],
    )
    for one in STATED:
        what = f"{one.what} (%)" if one.percent else str(one.what)
        said.add(what, one.value, one.source, date_text(one.on, language()))
    return [grid, said]


def trades(found: Report) -> Grid:
    """Firms by trade and code, and how many more than a year before."""
    grid = Grid(
        "usaha",
        _("Firms by trade and classification"),
        [
            GridColumn(_("Trade"), "text"),
            GridColumn(_("Classification"), "text"),
            GridColumn(_("Firms")),
            GridColumn(_("A year before")),
            GridColumn(_("More or fewer")),
        ],
        note=_("A firm of two trades stands in both rows, so firms don't add up to all firms."),
    )
    for row in sorted(found.summary.trades, key=lambda row: trade(found, row.key)):
        before = found.before.get(row.key)
        count = before.firms if before else 0
        codes = found.codes.get(row.key, []) if isinstance(row.key, int) else []
        grid.add(
            trade(found, row.key),
            ", ".join(code for code, _title in codes) or None,
            row.count.firms,
            count,
            row.count.firms - count,
        )
    return grid


def forms(found: Report) -> Grid:
    grid = Grid("bentuk", _("Firms by legal form"), [GridColumn(_("Legal form"), "text"), GridColumn(_("Firms"))])
    for value, words in LEGAL_FORMS:
        if value in found.legal:
            grid.add(str(words), found.legal[value].firms)
    return grid


def workers(found: Report) -> Grid:
    """Workers and pay."""
    grid = by_cell(
        "pekerja",
        _("Workers and pay"),
        [
            GridColumn(_("Firms")),
            GridColumn(_("People")),
            GridColumn(_("Firms: people not known")),
            GridColumn(_("Hours of accepted work"), "hours"),
            GridColumn(_("Places, least"), "places"),
            GridColumn(_("Places, most"), "places"),
            GridColumn(_("Pay"), "rupiah"),
        ],
    )
    for name, where, row in cells(found):
        known, labour = row.count.workers, row.labour
        people = known.total if known.known else None if row.count.firms else 0
        told = (row.count.firms, people, known.unknown)
        grid.add(name, where, *told, labour.hours, labour.places, labour.places_most, row.pay)
    return grid


def money(total: int, known: int) -> Figure:
    return total if known else None


def output(found: Report) -> Grid:
    """Production and investment, as firms told them."""
    grid = by_cell(
        "produksi",
        _("Production and investment, by the register"),
        [
            GridColumn(_("Sales a year"), "rupiah"),
            GridColumn(_("Firms: not known")),
            GridColumn(_("Investment"), "rupiah"),
            GridColumn(_("Firms: not known")),
        ],
        note=_("As firms told it, without land and building; of the whole firm, not only of work through Wadah."),
    )
    for name, where, row in cells(found):
        if row.count.firms:
            sales, invested = row.count.sales, row.count.investment
            told = (money(sales.total, sales.known), sales.unknown, money(invested.total, invested.known))
            grid.add(name, where, *told, invested.unknown)
    return grid


def costs(found: Report) -> Grid:
    grid = by_cell("bahan", _("Raw material used"), [GridColumn(_("Value"), "rupiah")])
    grid.note = _("Bought material that the hub handed out, and what members brought, without a buyer's own.")
    if found.summary.unpriced:
        grid.note += " " + sentences.unpriced_sentence(found.summary)
    for name, where, row in cells(found):
        if row.material:
            grid.add(name, where, row.material)
    return grid


def orders(found: Report) -> list[Grid]:
    """Demand met and value delivered, by trade; of the whole city alone."""
    if found.summary.orders is None:
        return []
    orders = found.summary.orders
    delivered = {row.subsector: row.rupiah for row in orders.delivered}
    met = {row.subsector: row for row in orders.met}
    grid = Grid(
        "pesanan",
        _("Orders due and received"),
        [
            GridColumn(_("Trade"), "text"),
            GridColumn(_("Pieces due"), "pieces"),
            GridColumn(_("Received of them"), "pieces"),
            GridColumn(_("Share"), "share"),
            GridColumn(_("Value received"), "rupiah"),
        ],
        note=" ".join([sentences.buyers_sentence(orders), sentences.single_sentence(orders)]),
    )
    for key in sorted({*delivered, *met}, key=lambda key: trade(found, key)):
        row = met.get(key)
        told = (row.asked, row.received, row.share) if row else (0, 0, None)
        grid.add(trade(found, key), *told, delivered.get(key, 0))
    return [grid]


def missing(found: Report) -> Grid:
    """What the register lacks: firms that lack it, by kelurahan."""
    grid = Grid(
        "kosong",
        _("What the register lacks: firms without it"),
        [GridColumn("Kelurahan", "text"), GridColumn(_("Firms")), *(GridColumn(str(words)) for words in GAPS.values())],
    )
    for row in sorted(found.gaps, key=lambda row: place(found, row.area)):
        grid.add(place(found, row.area), row.firms, *(row.gaps[key] for key in GAPS))
    return grid
