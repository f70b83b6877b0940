"""P10 and P17: entries by hand, and reversals."""

from __future__ import annotations

from wadah.base.clock import business_date
from wadah.ledger.models import Journal, Reversal
from wadah.ledger.rules.drafts import Draft, Line, credit, debit
from wadah.ledger.services.sources import source
from wadah.ledger.words import Rule


@source(Rule.JOURNAL, "journal", Journal.objects.prefetch_related("lines__account"))
def journal_draft(row: Journal) -> Draft:
    lines = sorted(row.lines.all(), key=lambda line: line.pk)
    return Draft(
        rule=Rule.JOURNAL,
        source_kind="journal",
        source_id=row.pk,
        source_number=row.number,
        note=row.what,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=tuple(
            debit(one.account.code, one.debit) if one.debit else credit(one.account.code, one.credit) for one in lines
        ),
    )


@source(
    Rule.REVERSAL, "reversal", Reversal.objects.select_related("posting").prefetch_related("posting__lines__account")
)
def reversal_draft(row: Reversal) -> Draft:
    """The mirror of the posting, on the day that it was taken back."""
    old = row.posting
    lines = sorted(old.lines.all(), key=lambda line: line.line_no)
    return Draft(
        rule=Rule.REVERSAL,
        source_kind="reversal",
        source_id=row.pk,
        source_number=old.source_number,
        note=row.reason,
        on=business_date(row.at),
        at=row.at,
        by=row.by_id,
        reverses=old.pk,
        lines=tuple(
            Line(
                account=one.account.code,
                debit=one.debit,
                credit=one.credit,
                ikm=one.ikm_id,
                buyer=one.buyer_id,
                motif=one.motif_id,
                lot=one.lot_id,
                pieces=one.pieces,
            ).mirrored
            for one in lines
        ),
    )
