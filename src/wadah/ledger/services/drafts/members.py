"""P6 to P9, P16 and P19: advances, settlement rows, payouts, savings, royalties, what members pay back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.ledger.models import Advance, PayoutRow, Repayment, RoyaltyPayout, Saving, SettlementRow
from wadah.ledger.rules import chart
from wadah.ledger.rules.drafts import Draft, balanced, credit, debit
from wadah.ledger.rules.settlement import Share, settled_lines
from wadah.ledger.services.sources import source
from wadah.ledger.words import AdvanceKind, Rule, SavingKind, SettlementStatus, Till

if TYPE_CHECKING:
    from wadah.ledger.models import Settlement

SAVED = {
    SavingKind.PRINCIPAL: chart.PRINCIPAL,
    SavingKind.MANDATORY: chart.MANDATORY,
    SavingKind.VOLUNTARY: chart.VOLUNTARY,
}
"""The account of each kind of savings."""


@source(Rule.ADVANCE, "advance", Advance.objects.filter(opening=None))
def advance_draft(row: Advance) -> Draft:
    money = row.kind == AdvanceKind.MONEY
    gone = credit(chart.TILLS[Till(row.till)] if money else chart.MATERIAL, row.rupiah)
    return Draft(
        rule=Rule.ADVANCE,
        source_kind="advance",
        source_id=row.pk,
        source_number=row.number,
        note=row.what,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=balanced((debit(chart.ADVANCES, row.rupiah, ikm=row.ikm_id), gone)),
    )


@source(
    Rule.SETTLEMENT,
    "settlement_row",
    SettlementRow.objects.select_related("settlement").exclude(settlement__status=SettlementStatus.DRAFT),
)
def settlement_row_draft(row: SettlementRow) -> Draft:
    """Of a locked settlement; nothing follows from a row of zeros."""
    of: Settlement = row.settlement
    assert of.locked_at is not None
    return Draft(
        rule=Rule.SETTLEMENT,
        source_kind="settlement_row",
        source_id=row.pk,
        source_number=of.number,
        on=of.on,
        at=of.locked_at,
        by=of.locked_by_id,
        lines=settled_lines(ikm=row.ikm_id, share=share_of(row)),
    )


def share_of(row: SettlementRow) -> Share:
    """recoveries: in one sum, which is all that a posting tells."""
    return Share(
        work=row.work,
        penalty=row.penalty,
        carried_in=row.carried_in,
        recoveries=(row.recovered,),
        mandatory=row.mandatory,
        voluntary=row.voluntary,
        carried_out=row.carried_out,
        net=row.net,
    )


@source(Rule.PAYOUT, "payout_row", PayoutRow.objects.select_related("payout", "row"))
def payout_row_draft(row: PayoutRow) -> Draft:
    run = row.payout
    return Draft(
        rule=Rule.PAYOUT,
        source_kind="payout_row",
        source_id=row.pk,
        source_number=run.number,
        on=run.on,
        at=run.at,
        by=run.by_id,
        lines=balanced(
            (debit(chart.SETTLED, row.rupiah, ikm=row.row.ikm_id), credit(chart.TILLS[Till(run.till)], row.rupiah))
        ),
    )


@source(Rule.SAVING, "saving", Saving.objects.filter(row=None, opening=None))
def saving_draft(row: Saving) -> Draft:
    """Paid in, or out (below zero), by hand; what a settlement withheld is posted with it (P7)."""
    kept = credit(SAVED[SavingKind(row.kind)], row.rupiah, ikm=row.ikm_id)
    return Draft(
        rule=Rule.SAVING,
        source_kind="saving",
        source_id=row.pk,
        source_number=row.number,
        note=row.note,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=balanced((debit(chart.TILLS[Till(row.till)], row.rupiah), kept)),
    )


@source(Rule.ROYALTY_PAYOUT, "royalty_payout", RoyaltyPayout.objects.all())
def royalty_payout_draft(row: RoyaltyPayout) -> Draft:
    paid = credit(chart.TILLS[Till(row.till)], row.rupiah)
    return Draft(
        rule=Rule.ROYALTY_PAYOUT,
        source_kind="royalty_payout",
        source_id=row.pk,
        source_number=row.number,
        note=row.holder,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=balanced((debit(chart.ROYALTIES_OWED, row.rupiah, motif=row.motif_id), paid)),
    )


@source(Rule.REPAYMENT, "repayment", Repayment.objects.all())
def repayment_draft(row: Repayment) -> Draft:
    of = {"ikm": row.ikm_id}
    return Draft(
        rule=Rule.REPAYMENT,
        source_kind="repayment",
        source_id=row.pk,
        source_number=row.number,
        note=row.note,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=balanced(
            (
                debit(chart.TILLS[Till(row.till)], row.rupiah),
                credit(chart.OWED_BY_MEMBER, row.debt, **of),
                credit(chart.ADVANCES, row.rupiah - row.debt, **of),
            )
        ),
    )
