"""Papers of the books: a report, the annual meeting's pack, and a member's sheet from pieces to rupiah.

Each report carries the number and the hash of the last posting that it counts (docs/ledger.md L4), and its QR says
whether the books still hold that posting.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.ledger.selectors.books import BOOKS_CODE_LENGTH, book_of, books_number
from wadah.ledger.selectors.surplus import share_number
from wadah.ledger.words import PatronageBase, Pool
from wadah.units import decimal_text, minutes_text, rupiah_text
from wadah.web.papers.sheet import SheetTable, To, sheet_pdf
from wadah.web.views.buyer.papers import check_url
from wadah.web.views.manager.money.books.blocks import block_sheet
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from django.http import HttpRequest

    from wadah.ledger.models import MeetingPool
    from wadah.ledger.selectors.surplus import Sheet
    from wadah.register.models import Cooperative
    from wadah.web.views.manager.money.books.blocks import Block
    from wadah.web.views.manager.money.books.pack import Pack

HASH_SHOWN = 16
PAPER_ROWS_MAX = 1_000
"""A table of the pack with more rows stands there as its sum; a second of work and some 100 KB for so many."""


def report_pdf(request: HttpRequest, cooperative: Cooperative, title: str, year: str, blocks: Sequence[Block]) -> bytes:
    return books_pdf(request, cooperative, f"{title} {year}", [block_sheet(block) for block in blocks])


def pack_pdf(request: HttpRequest, cooperative: Cooperative, year: int, pack: Pack) -> bytes:
    tables = [on_paper(block) for _title, blocks in pack.sections for block in blocks]
    title = _("Pack of the annual meeting on %(year)s") % {"year": year}
    signatures = [(_("Chair"), ""), (_("Treasurer"), ""), (_("Supervisors"), "")]
    return books_pdf(request, cooperative, title, tables, draft=pack.draft, signatures=signatures)


def on_paper(block: Block) -> SheetTable:
    """The table, or its last line (the sum) and where the rows are."""
    sheet = block_sheet(block)
    if len(sheet.rows) <= PAPER_ROWS_MAX:
        return sheet
    note = _("%(count)s rows: they are in the Excel file of this pack.") % {"count": len(sheet.rows) - 1}
    return replace(sheet, rows=sheet.rows[-1:], note=note)


def books_pdf(
    request: HttpRequest,
    cooperative: Cooperative,
    title: str,
    tables: Sequence[SheetTable],
    *,
    draft: bool = False,
    signatures: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A paper that says which posting was the last when it was printed."""
    book = book_of(cooperative.pk)
    seq, hashed = (book.head_seq, book.head_hash) if book else (0, "")
    number = books_number(cooperative.pk, seq)
    return sheet_pdf(
        title=title,
        number=number,
        date=today(),
        cooperative=cooperative,
        facts=[(_("Last posting"), f"{seq} · {hashed[:HASH_SHOWN]}" if seq else "")],
        tables=tables,
        signatures=signatures,
        check_url=check_url(request, number, hashed[:BOOKS_CODE_LENGTH] or "-"),
        draft=draft,
        simulated=cooperative.simulated,
    )


def share_pdf(sheet: Sheet, url: str) -> bytes:
    """A member's share of the surplus: pieces, pay or hours, savings, pools, rupiah."""
    share, cooperative = sheet.share, sheet.year.cooperative
    return sheet_pdf(
        title=_("Share of the surplus of %(year)s") % {"year": sheet.year.year},
        number=share_number(share),
        date=sheet.meeting.held_on,
        cooperative=cooperative,
        to=To(_("For"), share.ikm.name),
        facts=[(_("Decided by"), sheet.meeting.reference), (_("Share"), rupiah_text(share.rupiah))],
        tables=[made_table(sheet), steps_table(sheet)],
        notes=[_("What is left of a rupiah goes to the largest fractions, so that the pool is shared out exactly.")],
        signatures=[(_("Received by"), share.ikm.name), (_("Treasurer"), "")],
        check_url=url,
        simulated=cooperative.simulated,
    )


def made_table(sheet: Sheet) -> SheetTable:
    rows = [
        [f"{one.name} ({one.part})", decimal_text(one.pieces, 3, language()), rupiah_text(one.rupiah)]
        for one in sheet.made
    ]
    return SheetTable(
        title=_("What you made"), head=[_("Part"), _("Accepted pieces"), _("Paid")], align="wrr", rows=rows
    )


def steps_table(sheet: Sheet) -> SheetTable:
    return SheetTable(
        title=_("How the share comes about"),
        head=[_("Step"), _("Figure")],
        align="wr",
        rows=[list(step) for step in steps_of(sheet)],
    )


def steps_of(sheet: Sheet) -> list[tuple[str, str]]:
    """From the year's result to the member's rupiah, each step with its figure; for the page and for the paper."""
    share, year = sheet.share, sheet.year
    patronage, capital = sheet.pools.get(Pool.PATRONAGE), sheet.pools.get(Pool.CAPITAL)
    steps = [
        (_("What the cooperative had left of the year"), rupiah_text(year.result)),
        (_("Of it from members' work"), rupiah_text(year.members_part)),
    ]
    if patronage:
        steps += [
            (pool_words(_("Shared by work"), patronage), rupiah_text(patronage.rupiah)),
            (_("Your work"), base_text(sheet, share.patronage_base)),
            (_("All members' work"), base_text(sheet, sheet.work_all)),
            (_("Your share by work"), exact_text(sheet.patronage_exact, share.patronage)),
        ]
    if capital:
        steps += [
            (pool_words(_("Shared by savings"), capital), rupiah_text(capital.rupiah)),
            (_("Your principal and mandatory savings"), rupiah_text(share.capital_base)),
            (_("All members' savings"), rupiah_text(sheet.savings_all)),
            (_("Your share by savings"), exact_text(sheet.capital_exact, share.capital)),
        ]
    return [*steps, (_("Your share"), rupiah_text(share.rupiah))]


def pool_words(words: str, pool: MeetingPool) -> str:
    return f"{words} ({decimal_text(pool.percent, 4, language())}%)"


def base_text(sheet: Sheet, base: int) -> str:
    if sheet.meeting.patronage_base == PatronageBase.HOURS:
        return minutes_text(base, language())
    return rupiah_text(base)


def exact_text(exact: Fraction, rupiah: int) -> str:
    """The whole rupiah, with the exact figure before it where they differ."""
    text = decimal_text(Decimal(exact.numerator) / Decimal(exact.denominator), 2, language())
    return rupiah_text(rupiah) if text == decimal_text(rupiah, 2, language()) else f"Rp{text} → {rupiah_text(rupiah)}"
