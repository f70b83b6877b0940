"""Papers of settlements as PDF: pay slips, the recap, the list signed for cash."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import translation

from wadah.base.errors import NotYours
from wadah.ledger.selectors.members_money import (
    payout_rows,
    payouts_seen,
    recap,
    recap_code,
    recoveries_in,
    rows_seen,
    settlement_rows,
    slip_number,
    slips_of,
)
from wadah.ledger.selectors.repaying import parts_of, repayments_seen
from wadah.ledger.selectors.taxes import stamp_due
from wadah.ledger.words import SettlementStatus
from wadah.web.access import MANAGER, MEMBER, TREASURER, access, own_or_404, person_of
from wadah.web.papers.members import payout_pdf, recap_pdf, repayment_pdf, slips_pdf
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.money.common import cooperatives_of
from wadah.web.views.manager.money.members.common import settlement_or_404
from wadah.web.views.manager.money.members.settlements import SLIPS_A_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Recovery, SettlementRow


@access(MANAGER, TREASURER, MEMBER)
def slip_paper(request: HttpRequest, pk: int, ikm: int) -> HttpResponse:
    """One maker's slip of a locked settlement: for the office, and for the member's own."""
    roles = person_of(request).roles
    rows = rows_seen(cooperatives=cooperatives_of(request), ikms=roles.ikm_owned)
    row = own_or_404(rows.exclude(settlement__status=SettlementStatus.DRAFT), settlement=pk, ikm=ikm)
    with translation.override(asked_language(request)):
        return answer(slip_number(row), slips_made(request, [row]))


@access(MANAGER, TREASURER)
def slips_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """All slips, SLIPS_A_FILE in one file: `bagian` of the address says which."""
    settlement = settlement_or_404(request, pk)
    part = request.GET.get("bagian", "1")
    first = (int(part) - 1) * SLIPS_A_FILE if part.isdecimal() and int(part) else 0
    rows = list(slips_of(settlement)[first : first + SLIPS_A_FILE])
    if settlement.status == SettlementStatus.DRAFT or not rows:
        raise NotYours
    with translation.override(asked_language(request)):
        return answer(f"{settlement.number}-slip-{first + 1}", slips_made(request, rows))


def slips_made(request: HttpRequest, rows: Sequence[SettlementRow]) -> bytes:
    off: dict[int, list[Recovery]] = defaultdict(list)
    for one in recoveries_in([row.pk for row in rows]):
        if one.row_id is not None:
            off[one.row_id].append(one)
    with_urls = [(row, check_url(request, slip_number(row), row.check_code)) for row in rows]
    return slips_pdf(rows[0].settlement.cooperative, with_urls, off)


@access(MANAGER, TREASURER, MEMBER)
def repayment_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The kuitansi of what was paid back: for the office, and for the member whose money it was."""
    rows = repayments_seen(cooperatives=cooperatives_of(request), ikms=person_of(request).roles.ikm_owned)
    row = own_or_404(rows, number=number)
    with translation.override(asked_language(request)):
        stamp = stamp_due(row.rupiah, row.on)
        url = check_url(request, row.number, row.check_code)
        return answer(row.number, repayment_pdf(row, parts_of(row), url, stamp=stamp))


@access(MANAGER, TREASURER)
def settlement_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The recap: a preview's is marked as a draft."""
    settlement = settlement_or_404(request, pk)
    rows = list(settlement_rows(settlement))
    with translation.override(asked_language(request)):
        url = check_url(request, settlement.number, recap_code(rows))
        return answer(settlement.number, recap_pdf(settlement, recap(settlement), rows, url))


@access(MANAGER, TREASURER)
def payout_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The list that is signed for what is handed out."""
    run = own_or_404(payouts_seen(cooperatives_of(request)), number=number)
    rows = list(payout_rows(run).filter(reversed_at=None))
    if not rows:
        raise NotYours
    with translation.override(asked_language(request)):
        url = check_url(request, run.number, recap_code([one.row for one in rows]))
        return answer(run.number, payout_pdf(run, rows, url))
