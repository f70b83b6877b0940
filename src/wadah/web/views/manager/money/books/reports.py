"""Reports: one page each by year, as Excel and as paper, and all of them in one pack for the annual meeting (RAT)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.ledger.selectors.books import book_of
from wadah.ledger.selectors.recaps import member_book
from wadah.ledger.selectors.result import year_days
from wadah.web.access import MANAGER, TREASURER, access
from wadah.web.exports import FORMATS, Sheet, file_answer, workbook_answer
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.papers.books import pack_pdf, report_pdf
from wadah.web.views.buyer.papers import answer
from wadah.web.views.manager.money.books.accounts import account_url
from wadah.web.views.manager.money.books.blocks import block_table, blocks_rows
from wadah.web.views.manager.money.books.common import cooperative_or_404, shell
from wadah.web.views.manager.money.books.pack import pack_of
from wadah.web.views.manager.money.books.report_blocks import (
    aged_blocks,
    cash_blocks,
    position_blocks,
    result_blocks,
    tax_blocks,
)
from wadah.web.views.manager.money.common import day_asked, rupiah_column

if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from wadah.register.models import Cooperative
    from wadah.web.views.manager.money.books.blocks import Block

KINDS: dict[str, _StrPromise] = {
    "posisi": gettext_lazy("Financial position"),
    "hasil": gettext_lazy("Result"),
    "kas": gettext_lazy("Cash flow"),
    "piutang": gettext_lazy("Receivables by age"),
    "pajak": gettext_lazy("Taxes"),
}


def blocks_of(cooperative: Cooperative, year: int, kind: str, day: dt.date) -> list[Block]:
    if kind == "piutang":
        return aged_blocks(cooperative, day)
    made = {"posisi": position_blocks, "hasil": result_blocks, "kas": cash_blocks, "pajak": tax_blocks}
    return made[kind](cooperative, year)


@access(MANAGER, TREASURER)
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """Which report of which year?"""
    cooperative = cooperative_or_404(request, code)
    book = book_of(cooperative.pk)
    years = list(range(today().year, book.opened_on.year - 1, -1)) if book else []
    context = shell(request, cooperative, years=years, kinds=KINDS.items())
    return render(request, "money/books/reports.html", context)


@access(MANAGER, TREASURER)
def report(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    """One report on a page; `unduh` of the address: xlsx, csv or pdf."""
    cooperative = cooperative_or_404(request, code)
    if kind not in KINDS:
        raise NotYours
    day = day_asked(request) if "pada" in request.GET else min(today(), year_days(year)[1])
    blocks, wanted = blocks_of(cooperative, year, kind, day), request.GET.get("unduh", "")
    name = f"{kind}-{cooperative.code}-{year}"
    if wanted in FORMATS:
        widest = max((block.head for block in blocks), key=len)
        return file_answer(wanted, name, [_("Part of the report"), *widest], blocks_rows(blocks))
    if wanted == "pdf":
        return answer(name, report_pdf(request, cooperative, str(KINDS[kind]), str(year), blocks))
    context = shell(
        request,
        cooperative,
        title=KINDS[kind],
        kind=kind,
        year=year,
        tables=[block_table(block) for block in blocks],
        others=[(key, words, key == kind) for key, words in KINDS.items()],
        files=[*FORMATS, "pdf"],
        dated=kind != "piutang",
        day=day if kind == "piutang" else None,
        day_most=today(),
        running=year == today().year,
    )
    return render(request, "money/books/report.html", context)


def figure(
    cooperative: Cooperative, key: str, label: Any, account: str, days: tuple[dt.date | None, dt.date]
) -> ListColumn:
    """A column of the member book, whose figures lead to the lines behind them."""
    return rupiah_column(
        key, label, url=lambda row: account_url(cooperative, account, *days, row.ikm_id) if getattr(row, key) else ""
    )


def member_listing(cooperative: Cooperative, year: int) -> Listing:
    first, last = year_days(year)
    savings, within = (None, last), (first, last)
    return Listing(
        f"buku-anggota-{cooperative.code}-{year}",
        gettext_lazy("Member book"),
        [
            ListColumn("name", gettext_lazy("Member"), text=lambda row: row.ikm.name, sort=("ikm__name",)),
            figure(cooperative, "principal", gettext_lazy("Principal savings"), "3101", savings),
            figure(cooperative, "mandatory", gettext_lazy("Mandatory savings"), "3102", savings),
            figure(cooperative, "voluntary", gettext_lazy("Voluntary savings"), "2110", savings),
            figure(cooperative, "work", gettext_lazy("Accepted work"), "2101", within),
            figure(cooperative, "paid", gettext_lazy("Paid"), "2106", within),
            figure(cooperative, "share", gettext_lazy("Share of the surplus"), "2140", (None, today())),
        ],
        search=lambda rows, text: rows.filter(ikm__name__icontains=text),
        empty=gettext_lazy("The cooperative had no members at the end of this year."),
    )


@access(MANAGER, TREASURER)
def report_members(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Buku anggota: each member's savings, work, what was paid, and the share."""
    cooperative = cooperative_or_404(request, code)
    return list_page(
        request,
        member_listing(cooperative, year),
        member_book(cooperative, year),
        template="money/books/list.html",
        **shell(request, cooperative),
    )


@access(MANAGER, TREASURER)
def report_pack(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    """The annual meeting's pack: position, result, cash flow, member book, proposal and every member's share."""
    cooperative = cooperative_or_404(request, code)
    if kind not in {"pdf", "xlsx"}:
        raise NotYours
    pack = pack_of(cooperative, year)
    if kind == "pdf":
        return answer(f"rat-{cooperative.code}-{year}", pack_pdf(request, cooperative, year, pack))
    sheets = [
        Sheet(title, [_("Part of the report"), *max((block.head for block in blocks), key=len)], blocks_rows(blocks))
        for title, blocks in pack.sections
    ]
    return workbook_answer(f"rat-{cooperative.code}-{year}", sheets)
