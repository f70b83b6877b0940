"""What the annual meeting gets: all reports of a year, the member book, the split of the surplus, members' shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.ledger.selectors.recaps import member_book
from wadah.ledger.selectors.surplus import meeting_of, preview, shares_of_meeting, year_standing
from wadah.ledger.words import Pool
from wadah.units import decimal_text
from wadah.web.views.manager.money.books.blocks import Block, Sum
from wadah.web.views.manager.money.books.report_blocks import cash_blocks, position_blocks, result_blocks
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.ledger.models import BookYear, Meeting
    from wadah.register.models import Cooperative


@dataclass(frozen=True, slots=True)
class Pack:
    """sections: title and blocks; draft: while the year isn't closed."""

    sections: list[tuple[str, list[Block]]]
    draft: bool
    simulated: bool


def pack_of(cooperative: Cooperative, year: int) -> Pack:
    standing = year_standing(cooperative.pk, year)
    meeting = meeting_of(standing) if standing else None
    sections = [
        (_("Financial position"), position_blocks(cooperative, year)),
        (_("Result"), result_blocks(cooperative, year)),
        (_("Cash flow"), cash_blocks(cooperative, year)),
        (_("Member book"), [member_block(cooperative, year)]),
    ]
    if standing is not None:
        sections.append((_("Split of the surplus"), [split_block(standing, meeting)]))
    if meeting is not None and meeting.shared_at:
        sections.append((_("Members' shares"), [shares_block(meeting)]))
    return Pack(sections, draft=standing is None or standing.closed_at is None, simulated=cooperative.simulated)


def member_block(cooperative: Cooperative, year: int) -> Block:
    head = [_("Member"), _("Principal"), _("Mandatory"), _("Voluntary"), _("Work"), _("Paid"), _("Share")]
    block = Block(_("Member book"), head)
    names = ("principal", "mandatory", "voluntary", "work", "paid", "share")
    totals = dict.fromkeys(names, 0)
    for row in member_book(cooperative, year):
        block.add(row.ikm.name if row.ikm else "", *(Sum(getattr(row, name)) for name in names))
        for name in names:
            totals[name] += getattr(row, name)
    block.add(_("All members"), *map(Sum, totals.values()), total=True)
    return block


def split_block(year: BookYear, meeting: Meeting | None) -> Block:
    """The pools by the meeting's percentages: as they will be shared, or as they were."""
    block = Block(_("Split of the surplus of %(year)s") % {"year": year.year}, [_("Pool"), _("Rupiah")])
    block.add(_("From members' business"), Sum(year.members_part))
    block.add(_("From others' business"), Sum(year.result - year.members_part))
    for label, rupiah in pools_of(year, meeting):
        block.add(label, Sum(rupiah))
    block.add(_("Result of the year"), Sum(year.result), total=True)
    return block


def pools_of(year: BookYear, meeting: Meeting | None) -> list[tuple[str, int]]:
    """Each pool with its percentage, and its rupiah."""
    if meeting is None or year.result <= 0:
        return []
    ahead = preview(meeting) if not meeting.shared_at else None
    found = []
    for row in meeting.pools.all():
        percent = decimal_text(row.percent, 4, language())
        rupiah = int(ahead.split.pools[Pool(row.pool)]) if ahead else row.rupiah
        found.append((f"{row.get_pool_display()}, {percent}%", rupiah))
    return found


def shares_block(meeting: Meeting) -> Block:
    block = Block(
        _("Members' shares of %(year)s") % {"year": meeting.book_year.year},
        [_("Member"), _("Work"), _("Savings"), _("By work"), _("By savings"), _("Share")],
    )
    sums = [0] * 5
    for row in shares_of_meeting(meeting):
        figures = [row.patronage_base, row.capital_base, row.patronage, row.capital, row.rupiah]
        block.add(row.ikm.name, *map(Sum, figures))
        sums = [total + one for total, one in zip(sums, figures, strict=True)]
    block.add(_("All members"), *map(Sum, sums), total=True)
    return block
