"""Each report of the books as blocks: which figures, in which order, and to which postings each of them leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wadah.ledger.rules.ageing import AGES
from wadah.ledger.selectors.recaps import tax_recap
from wadah.ledger.selectors.reports import cash_flow, position, result
from wadah.ledger.selectors.result import year_days
from wadah.ledger.selectors.sales import receivables_aged
from wadah.ledger.services.books import month_name
from wadah.units import date_text
from wadah.web.views.manager.money.books.accounts import account_url
from wadah.web.views.manager.money.books.blocks import Block, Sum
from wadah.web.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from wadah.ledger.selectors.recaps import TaxMonth
    from wadah.ledger.selectors.reports import Figure, Section
    from wadah.register.models import Cooperative

    Leads = Callable[[Figure, bool], str]


def position_blocks(cooperative: Cooperative, year: int) -> list[Block]:
    """Laporan posisi keuangan at the end of a year, or so far in the one that runs."""
    found = position(cooperative.pk, year_days(year)[1])
    days = [date_text(day, language()) for day in (found.on, found.before)]

    def leads(figure: Figure, before: bool) -> str:
        return account_url(cooperative, figure.code, None, found.before if before else found.on)

    assets = Block(_("Assets"), [_("What there is"), *days])
    claims = Block(_("Liabilities and equity"), [_("Whom it belongs to"), *days])
    for one in found.assets:
        add_section(assets, one, leads)
    assets.add(_("All assets"), *map(Sum, found.totals), total=True)
    for one in (*found.liabilities, found.equity):
        add_section(claims, one, leads)
    profit = reverse("report", args=[cooperative.code, year, "hasil"])
    held = [Sum(found.open_result.now, profit), Sum(found.open_result.before, profit)]
    claims.add(_("Result that isn't closed yet"), *held)
    claims.add(_("All liabilities and equity"), *map(Sum, found.claims), total=True)
    return [assets, claims]


def add_section(block: Block, found: Section, leads: Leads, *, sign: int = 1) -> None:
    """The figures of a section and their sum; nothing where there are none."""
    for one in found.figures:
        label = f"{one.code} {one.name}" if one.code.isdigit() else one.name
        block.add(label, Sum(sign * one.now, leads(one, False)), Sum(sign * one.before, leads(one, True)))
    if found.figures:
        block.add(_("Sum of %(group)s") % {"group": found.name}, Sum(found.now), Sum(found.before), total=True)


def result_blocks(cooperative: Cooperative, year: int) -> list[Block]:
    """Laporan hasil usaha."""
    found = result(cooperative.pk, year)
    head = [str(year), str(year - 1)]

    def leads(figure: Figure, before: bool) -> str:
        return account_url(cooperative, figure.code, *year_days(year - 1 if before else year))

    revenue = Block(_("Revenue"), [_("What was earned"), *head])
    costs = Block(_("Costs"), [_("What it cost"), *head])
    for one in found.revenue:
        add_section(revenue, one, leads)
    for one in found.costs:
        add_section(costs, one, leads)
    end = Block(_("Result (SHU)"), [_("What is left"), *head])
    end.add(_("From members' business"), *map(Sum, found.members))
    end.add(_("From others' business"), *map(Sum, found.others))
    end.add(_("Result of the year"), Sum(found.now), Sum(found.before), total=True)
    return [revenue, costs, end]


def cash_blocks(cooperative: Cooperative, year: int) -> list[Block]:
    """Laporan arus kas, direct."""
    found = cash_flow(cooperative.pk, year)
    head = [str(year), str(year - 1)]

    def leads(figure: Figure, before: bool) -> str:
        query = urlencode({"arus": figure.code, "tahun": str(year - 1 if before else year)})
        return reverse("book_postings", args=[cooperative.code]) + f"?{query}"

    blocks = []
    for part in found.parts:
        block = Block(part.name, [_("Money in (below zero: out)"), *head])
        add_section(block, part, leads)
        if block.lines:
            blocks.append(block)
    end = Block(_("Cash and bank"), [_("Money held"), *head])
    end.add(_("As the year began"), *map(Sum, found.opening))
    end.add(_("Change in the year"), *map(Sum, found.change))
    for one in found.held:
        urls = [account_url(cooperative, one.code, None, year_days(of)[1]) for of in (year, year - 1)]
        end.add(f"{one.code} {one.name}", Sum(one.now, urls[0]), Sum(one.before, urls[1]))
    end.add(_("As the year ended"), *map(Sum, found.closing), total=True)
    return [*blocks, end]


def aged_blocks(cooperative: Cooperative, on: dt.date) -> list[Block]:
    """Umur piutang at the end of a day: who owed how much, and since when."""
    block = Block(
        _("Receivables by age, %(day)s") % {"day": date_text(on, language())},
        [_("Buyer"), *map(str, AGES), _("Sum")],
    )
    rows = receivables_aged([cooperative.pk], on)
    url = account_url(cooperative, "1110", None, on)
    for one in rows:
        block.add(one.name, *(Sum(rupiah) for rupiah in one.rupiah), Sum(one.total, url), url=url)
    totals = [sum(one.rupiah[index] for one in rows) for index in range(len(AGES))]
    block.add(_("All buyers"), *map(Sum, totals), Sum(sum(totals), url), total=True)
    return [block]


TAXES: tuple[tuple[str, str], ...] = (
    ("charged", "2120"),
    ("input", "1130"),
    ("withheld", "1131"),
    ("income_tax", "7101"),
)


def tax_blocks(cooperative: Cooperative, year: int) -> list[Block]:
    """Rekap pajak by month."""
    head = [
        _("Month"),
        _("Turnover"),
        _("PPN charged"),
        _("PPN paid to others"),
        _("Withheld by buyers"),
        _("Income tax"),
    ]
    block = Block(_("Taxes of %(year)s") % {"year": year}, head)
    rows = tax_recap(cooperative.pk, year)
    for row in rows:
        url = reverse("book_postings", args=[cooperative.code]) + f"?bulan={row.first:%Y-%m}"
        block.add(month_name(row.first), Sum(row.turnover, url), *taxes_of(cooperative, row), url=url)
    sums = [sum(getattr(row, name) for row in rows) for name in ("turnover", *(name for name, _code in TAXES))]
    block.add(_("The year"), *map(Sum, sums), total=True)
    return [block]


def taxes_of(cooperative: Cooperative, row: TaxMonth) -> list[Sum]:
    return [Sum(getattr(row, name), account_url(cooperative, code, row.first, row.last)) for name, code in TAXES]
