"""Money from buyers: what came in, tax that they kept back, what is paid back to them, and a payment taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.ledger.models import Payment, Posting, Refund
from wadah.ledger.rules.taxes import WITHHELD_KINDS
from wadah.ledger.selectors.taxes import tax_status_on
from wadah.ledger.services.allocating import payment_free, payment_lock
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of, said
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.services.taxes import tax_rate_on
from wadah.ledger.words import Rule, TaxKind, Till
from wadah.units import rupiah_text

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.demand.models import Buyer
    from wadah.ledger.models import BankRow, TaxRate
    from wadah.register.models import Cooperative

PREFIX = "KW"


@transaction.atomic
def payment_record(
    *,
    cooperative: Cooperative,
    buyer: Buyer,
    rupiah: int,
    by: User,
    till: str = Till.BANK,
    on: dt.date | None = None,
    withheld: int = 0,
    withheld_kind: str = "",
    withheld_slip: str = "",
    reference: str = "",
    bank_row: BankRow | None = None,
) -> Payment:
    """Money that came in from a buyer, and what the buyer kept back as tax and paid to the state for us.

    rupiah: ≥ 0, what came in; withheld: ≥ 0, by withheld_kind (one of WITHHELD_KINDS), with the number of its slip.
    A slip that comes later is a payment of its own with rupiah 0.

    Raises
    ------
    Refused: nothing came in; the tax kept back has no kind, no slip or no rate of that day; no certificate was given.
    """
    book_lock(cooperative)
    day = day_of(on)
    if min(rupiah, withheld) < 0 or rupiah + withheld == 0:
        raise Refused(_("Write an amount above zero."), field="rupiah")
    rate = withheld_rate(cooperative, withheld, withheld_kind, withheld_slip, day)
    row = Payment.objects.create(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        cooperative=cooperative,
        buyer=buyer,
        on=day,
        till=till,
        rupiah=rupiah,
        withheld=withheld,
        withheld_rate=rate,
        withheld_slip=withheld_slip.strip() if withheld else "",
        bank_row=bank_row,
        reference=reference.strip()[:120],
        at=now(),
        by=by,
        simulated=buyer.simulated,
    )
    history_record(user=by, act="payment_record", row=row, new={"rupiah": rupiah, "withheld": withheld})
    rows_post(cooperative=cooperative, rule=Rule.PAYMENT, rows=[row])
    return row


def withheld_rate(cooperative: Cooperative, withheld: int, kind: str, slip: str, on: dt.date) -> TaxRate | None:
    """The rate that tax was kept back by, None where none was. Raises Refused."""
    if not withheld:
        return None
    if kind not in WITHHELD_KINDS:
        raise Refused(_("Say which tax was kept back."), field="withheld_kind")
    if not slip.strip():
        raise Refused(_("Write the number of the slip for the tax that was kept back."), field="withheld_slip")
    status = tax_status_on(cooperative, on)
    if kind == TaxKind.PPH22_CERTIFIED and not (status and status.certificate):
        raise Refused(
            _("The cooperative has no certificate for the final income tax that day. Write it down under Taxes first."),
            field="withheld_kind",
        )
    return tax_rate_on(kind, on)


@transaction.atomic
def payment_refund(
    *, payment: Payment, rupiah: int, reason: str, by: User, till: str = Till.BANK, on: dt.date | None = None
) -> Refund:
    """Pay back to a buyer what is left of a payment, or a part of it (P18).

    Raises
    ------
    Refused: more than is left, or nobody says why.
    """
    book_lock(payment.cooperative)
    payment = payment_lock(payment)
    if not 0 < rupiah <= payment.left:
        words = {"left": rupiah_text(payment.left), "payment": payment.number}
        raise Refused(_("Only %(left)s of %(payment)s are left.") % words, field="rupiah")
    day = day_of(on)
    if day < payment.on:
        raise Refused(_("It can't be paid back before it came in."), field="on")
    row = Refund.objects.create(payment=payment, on=day, till=till, rupiah=rupiah, reason=said(reason), at=now(), by=by)
    payment.refunded += rupiah
    payment.save(update_fields=["refunded"])
    history_record(user=by, act="payment_refund", row=payment, new={"refunded": rupiah}, reason=row.reason)
    rows_post(cooperative=payment.cooperative, rule=Rule.REFUND, rows=[row])
    return row


@transaction.atomic
def refund_reverse(*, refund: Refund, reason: str, by: User) -> Refund:
    """A refund that never happened is taken back: its amount is left of the payment again (P17).

    Raises
    ------
    Refused: it was taken back already, or nobody says why.
    """
    book_lock(refund.payment.cooperative)
    payment = payment_lock(refund.payment)
    posting_reverse(posting=posting_of(Rule.REFUND, "refund", refund.pk), reason=said(reason), by=by)
    payment.refunded -= refund.rupiah
    payment.save(update_fields=["refunded"])
    told = {"refunded": -refund.rupiah}
    history_record(user=by, act="refund_reverse", row=payment, new=told, reason=said(reason))
    return refund


@transaction.atomic
def payment_reverse(*, payment: Payment, reason: str, by: User) -> Payment:
    """A payment that never came, or was somebody else's, is taken back (P17); the invoices that it paid are open again.

    Its line of the bank statement can be matched anew.

    Raises
    ------
    Refused: it was taken back already, some of it was paid back to the buyer, or nobody says why.
    """
    book_lock(payment.cooperative)
    payment = payment_lock(payment)
    why = said(reason)
    if payment.refunded:
        words = {"refunded": rupiah_text(payment.refunded), "payment": payment.number}
        raise Refused(_("%(refunded)s of %(payment)s were paid back to the buyer. Take that back first.") % words)
    payment_free(payment=payment, on=today(), by=by)
    posting_reverse(posting=posting_of(Rule.PAYMENT, "payment", payment.pk), reason=why, by=by)
    payment.reversed_at, payment.bank_row = now(), None
    payment.save(update_fields=["reversed_at", "bank_row"])
    history_record(user=by, act="payment_reverse", row=payment, reason=why)
    return payment


def posting_of(rule: str, kind: str, key: int) -> Posting:
    return Posting.objects.select_related("cooperative").get(rule=rule, source_kind=kind, source_id=key)
