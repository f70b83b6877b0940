"""Credit notes for pieces that came back by a claim; never more than was invoiced, and no rupiah lost (P3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.ledger.models import CreditNote, Invoice
from wadah.ledger.rules.sales import Sums, note_sums, pieces_rupiah
from wadah.ledger.selectors.sales import creditable
from wadah.ledger.services.allocating import invoice_free
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of, said
from wadah.ledger.services.posting import rows_post
from wadah.ledger.words import Rule
from wadah.units import decimal_text

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.ledger.models import InvoiceLine
    from wadah.work.models import Claim

PREFIX = "NK"


@transaction.atomic
def credit_note_make(
    *,
    invoice: Invoice,
    claim: Claim,
    reason: str,
    by: User,
    pieces: Decimal | None = None,
    on: dt.date | None = None,
) -> CreditNote:
    """Take off what came back by a claim. pieces > 0: all that is left of it where left out.

    What was paid already becomes the buyer's balance.

    Raises
    ------
    Refused: nothing came back, more than came back and was invoiced, it costs nothing, or nobody says why.
    """
    book_lock(invoice.cooperative)
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("cooperative", "buyer").get(pk=invoice.pk)
    found = next((one for one in creditable(invoice) if one.claim.pk == claim.pk), None)
    if found is None:
        words = {"claim": claim.number, "invoice": invoice.number}
        raise Refused(_("Nothing came back by %(claim)s that stands on %(invoice)s and isn't credited yet.") % words)
    pieces = found.pieces if pieces is None else pieces
    if not 0 < pieces <= found.pieces:
        left = decimal_text(found.pieces, 3)
        raise Refused(
            _("Credit at most %(left)s pieces: they came back and were invoiced.") % {"left": left}, field="pieces"
        )
    net = line_net(invoice, found.line, pieces)
    if not net:
        raise Refused(_("These pieces had no price, so there is nothing to credit."))
    return note_make(invoice=invoice, claim=claim, pieces=pieces, net=net, on=day_of(on), reason=said(reason), by=by)


def line_net(invoice: Invoice, line: InvoiceLine, pieces: Decimal) -> int:
    """What the next pieces of an invoice line cost, after those that earlier notes took off."""
    notes = invoice.credit_notes.filter(claim__shipment_line=line.shipment_line_id)
    before = sum(notes.values_list("pieces", flat=True), pieces * 0)
    return pieces_rupiah(line.rupiah, line.pieces, before + pieces) - pieces_rupiah(line.rupiah, line.pieces, before)


def note_make(
    *, invoice: Invoice, claim: Claim | None, pieces: Decimal, net: int, on: dt.date, reason: str, by: User
) -> CreditNote:
    """A credit note over `net` of an invoice (locked), fee and tax in proportion; what was paid too much comes free."""
    if on < invoice.on:
        raise Refused(_("A credit note can't be older than its invoice."), field="on")
    before = sum(invoice.credit_notes.values_list("net", flat=True))
    sums = note_sums(Sums(invoice.net, invoice.fee, invoice.tax), before, net)
    freed = invoice_free(invoice=invoice, rupiah=max(0, sums.total - invoice.open_rupiah), on=on, by=by)
    row = CreditNote.objects.create(
        number=number_text(PREFIX, on.year, number_next(PREFIX, on.year)),
        invoice=invoice,
        claim=claim,
        on=on,
        pieces=pieces,
        net=sums.net,
        fee=sums.fee,
        tax=sums.tax,
        total=sums.total,
        freed=freed,
        reason=reason,
        at=now(),
        by=by,
    )
    invoice.credited += sums.total
    invoice.save(update_fields=["credited"])
    history_record(
        user=by, act="credit_note_make", row=invoice, new={"note": row.number, "total": row.total}, reason=reason
    )
    rows_post(cooperative=invoice.cooperative, rule=Rule.CREDIT_NOTE, rows=[row])
    return row
