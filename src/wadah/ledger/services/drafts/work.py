"""P1: accepted pieces."""

from __future__ import annotations

from wadah.ledger.models import WorkEntry
from wadah.ledger.rules.drafts import Draft
from wadah.ledger.rules.work import accepted_lines
from wadah.ledger.services.sources import source
from wadah.ledger.words import Rule


@source(Rule.ACCEPTED, "work_entry", WorkEntry.objects.select_related("move__lot"))
def accepted_draft(row: WorkEntry) -> Draft:
    """Whoever moved the pieces, when they did."""
    return Draft(
        rule=Rule.ACCEPTED,
        source_kind="work_entry",
        source_id=row.pk,
        source_number=row.move.lot.number,
        on=row.on,
        at=row.move.at,
        by=row.move.by_id,
        lines=accepted_lines(
            is_member=row.is_member,
            ikm=row.ikm_id,
            lot=row.move.lot_id,
            pieces=row.pieces,
            rupiah=row.rupiah,
            motif=row.motif_id,
            royalty_rupiah=row.royalty_rupiah,
        ),
    )
