"""P20: opening balances, one posting of one document."""

from __future__ import annotations

from wadah.ledger.models import Opening
from wadah.ledger.rules.drafts import Draft, Line, balanced
from wadah.ledger.services.sources import source
from wadah.ledger.words import OpeningStatus, Rule


@source(Rule.OPENING, "opening", Opening.objects.exclude(status=OpeningStatus.DRAFT).prefetch_related("lines__account"))
def opening_draft(row: Opening) -> Draft:
    assert row.locked_at is not None
    lines = sorted(row.lines.all(), key=lambda line: line.line_no)
    return Draft(
        rule=Rule.OPENING,
        source_kind="opening",
        source_id=row.pk,
        source_number=row.number,
        on=row.on,
        at=row.locked_at,
        by=row.locked_by_id,
        lines=balanced(
            Line(account=one.account.code, debit=one.debit, credit=one.credit, ikm=one.ikm_id, buyer=one.buyer_id)
            for one in lines
        ),
    )
