"""L6: each control account is, party by party, what the documents of its sub-ledger say; and each document's running
sums are what its own rows add up to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Manager, QuerySet, Sum

from wadah.catalogue.models import Motif
from wadah.demand.models import Buyer
from wadah.ledger.models import (
    Advance,
    Allocation,
    CreditNote,
    Invoice,
    InvoiceLine,
    Payment,
    PayoutRow,
    Recovery,
    Refund,
    Repayment,
    Reversal,
    RoyaltyPayout,
    Saving,
    SettlementRow,
    SurplusPayout,
    SurplusShare,
    WorkEntry,
)
from wadah.ledger.rules import chart
from wadah.ledger.rules.chart import BY_CODE
from wadah.ledger.verify.faults import Fault
from wadah.ledger.words import Party, Rule, SavingKind, SettlementStatus, Side
from wadah.register.models import Ikm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

By = dict[int, int]
"""Rupiah by the id of a party, or of a document."""
PARTIES: dict[str, Manager[Any]] = {Party.IKM: Ikm.objects, Party.BUYER: Buyer.objects, Party.MOTIF: Motif.objects}


def summed(rows: QuerySet[Any], key: str, amount: Any) -> By:
    """One query."""
    found = rows.order_by().values_list(key).annotate(rupiah=Sum(amount))
    return {one: rupiah or 0 for one, rupiah in found if one is not None}


def taken(plus: By, minus: By) -> By:
    return {key: plus.get(key, 0) - minus.get(key, 0) for key in {*plus, *minus}}


# -- control accounts -------------------------------------------------------------------------------------------------


def receivable(of: int) -> By:
    return summed(Invoice.objects.filter(cooperative=of), "buyer", F("total") - F("paid") - F("credited"))


def buyer_money(of: int) -> By:
    left = F("rupiah") + F("withheld") - F("allocated") - F("refunded")
    return summed(Payment.objects.filter(cooperative=of, reversed_at=None), "buyer", left)


def locked_rows(of: int) -> QuerySet[SettlementRow]:
    return SettlementRow.objects.filter(settlement__cooperative=of).exclude(settlement__status=SettlementStatus.DRAFT)


def owed_by_member(of: int) -> By:
    repaid = summed(Repayment.objects.filter(cooperative=of, reversed_at=None), "ikm", "debt")
    return taken(summed(locked_rows(of), "ikm", F("carried_out") - F("carried_in")), repaid)


def advances(of: int) -> By:
    return summed(Advance.objects.filter(cooperative=of, reversed_at=None), "ikm", F("rupiah") - F("recovered"))


def work_open(of: int) -> By:
    return summed(WorkEntry.objects.filter(cooperative=of, settled=None), "ikm", "rupiah")


def settled_unpaid(of: int) -> By:
    return summed(locked_rows(of), "ikm", F("net") - F("paid"))


def royalties_owed(of: int) -> By:
    earned = summed(WorkEntry.objects.filter(cooperative=of, motif__isnull=False), "motif", "royalty_rupiah")
    return taken(earned, summed(RoyaltyPayout.objects.filter(cooperative=of, reversed_at=None), "motif", "rupiah"))


def saved(kind: SavingKind) -> Callable[[int], By]:
    return lambda of: summed(Saving.objects.filter(cooperative=of, kind=kind), "ikm", "rupiah")


def surplus_owed(of: int) -> By:
    left = F("patronage") + F("capital") - F("paid")
    return summed(SurplusShare.objects.filter(meeting__book_year__cooperative=of), "ikm", left)


CONTROLS: dict[str, Callable[[int], By]] = {
    chart.RECEIVABLE: receivable,
    chart.OWED_BY_MEMBER: owed_by_member,
    chart.ADVANCES: advances,
    chart.WORK: work_open,
    chart.BUYER_MONEY: buyer_money,
    chart.SETTLED: settled_unpaid,
    chart.ROYALTIES_OWED: royalties_owed,
    chart.VOLUNTARY: saved(SavingKind.VOLUNTARY),
    chart.PRINCIPAL: saved(SavingKind.PRINCIPAL),
    chart.MANDATORY: saved(SavingKind.MANDATORY),
    chart.SURPLUS_OWED: surplus_owed,
}
"""What each control account has to be by the documents, on the side on which it grows (docs/ledger.md)."""


def control_faults(cooperative: int, credits: Mapping[str, By]) -> Iterator[Fault]:
    """credits: credit − debit by account code and party id, of all postings. One or two queries an account."""
    for code, documents in CONTROLS.items():
        kind = BY_CODE[code]
        sign = 1 if kind.side == Side.CREDIT else -1
        books = {party: sign * rupiah for party, rupiah in credits.get(code, {}).items()}
        due = documents(cooperative)
        wrong = sorted(party for party in {*books, *due} if books.get(party, 0) != due.get(party, 0))
        if wrong:
            first = wrong[0]
            yield Fault(
                "L6",
                "control",
                values={
                    "account": code,
                    "party": party_name(kind.party, first),
                    "stored": books.get(first, 0),
                    "due": due.get(first, 0),
                    "more": len(wrong) - 1,
                },
            )


def party_name(party: str, key: int) -> str:
    row = PARTIES[party].filter(pk=key).values_list("name", flat=True).first()
    return str(row or key)


# -- running sums -----------------------------------------------------------------------------------------------------


def refunds_held(of: int) -> QuerySet[Refund]:
    """Those that weren't taken back."""
    back = Reversal.objects.filter(posting__rule=Rule.REFUND, posting__cooperative=of).values("posting__source_id")
    return Refund.objects.filter(payment__cooperative=of).exclude(pk__in=back)


def invoices(of: int) -> QuerySet[Invoice]:
    return Invoice.objects.filter(cooperative=of)


def invoices_made(of: int) -> QuerySet[Invoice]:
    """Those of Wadah's own orders: what came with opening balances has no lines."""
    return invoices(of).filter(opening=None)


def payments(of: int) -> QuerySet[Payment]:
    return Payment.objects.filter(cooperative=of)


def advances_all(of: int) -> QuerySet[Advance]:
    return Advance.objects.filter(cooperative=of)


def recoveries(of: int) -> QuerySet[Recovery]:
    return Recovery.objects.filter(advance__cooperative=of)


def repayments(of: int) -> QuerySet[Repayment]:
    return Repayment.objects.filter(cooperative=of).annotate(advances=F("rupiah") - F("debt"))


def shares(of: int) -> QuerySet[SurplusShare]:
    return SurplusShare.objects.filter(meeting__book_year__cooperative=of)


def payouts_held(of: int) -> QuerySet[PayoutRow]:
    return PayoutRow.objects.filter(payout__settlement__cooperative=of, reversed_at=None)


def shares_paid(of: int) -> QuerySet[SurplusPayout]:
    return SurplusPayout.objects.filter(share__meeting__book_year__cooperative=of, reversed_at=None)


def withheld(of: int, kind: SavingKind) -> QuerySet[Saving]:
    return Saving.objects.filter(cooperative=of, kind=kind)


@dataclass(frozen=True, slots=True)
class Kept:
    """A sum that a document keeps in `column`, and the rows that it is of, with their key to the document."""

    what: str
    documents: Callable[[int], QuerySet[Any]]
    column: str
    rows: Callable[[int], QuerySet[Any]]
    key: str
    amount: str = "rupiah"


KEPT = (
    Kept(
        "invoice_lines", invoices_made, "net", lambda of: InvoiceLine.objects.filter(invoice__cooperative=of), "invoice"
    ),
    Kept("invoice_paid", invoices, "paid", lambda of: Allocation.objects.filter(invoice__cooperative=of), "invoice"),
    Kept(
        "invoice_credited",
        invoices,
        "credited",
        lambda of: CreditNote.objects.filter(invoice__cooperative=of),
        "invoice",
        "total",
    ),
    Kept(
        "payment_allocated",
        payments,
        "allocated",
        lambda of: Allocation.objects.filter(payment__cooperative=of),
        "payment",
    ),
    Kept("payment_refunded", payments, "refunded", refunds_held, "payment"),
    Kept(
        "advance_recovered",
        advances_all,
        "recovered",
        lambda of: recoveries(of).exclude(repayment__reversed_at__isnull=False),
        "advance",
    ),
    Kept("repayment_parts", repayments, "advances", recoveries, "repayment"),
    Kept("row_work", locked_rows, "work", lambda of: WorkEntry.objects.filter(cooperative=of), "settled"),
    Kept("row_recovered", locked_rows, "recovered", recoveries, "row"),
    Kept("row_mandatory", locked_rows, "mandatory", lambda of: withheld(of, SavingKind.MANDATORY), "row"),
    Kept("row_voluntary", locked_rows, "voluntary", lambda of: withheld(of, SavingKind.VOLUNTARY), "row"),
    Kept("row_paid", locked_rows, "paid", payouts_held, "row"),
    Kept("share_paid", shares, "paid", shares_paid, "share"),
)
"""Settlement = accepted × rate is the first of the rows' sums: their work is that of the entries settled with them."""


def running_faults(cooperative: int) -> Iterator[Fault]:
    """The first document of each kind whose sum is wrong. Two queries a kind."""
    for kept in KEPT:
        due = summed(kept.rows(cooperative), kept.key, kept.amount)
        documents = kept.documents(cooperative).order_by("pk")
        for key, stored in documents.values_list("pk", kept.column):
            if stored != due.get(key, 0):
                values = {"what": kept.what, "document": str(documents.get(pk=key))}
                yield Fault("L6", "running", values={**values, "stored": stored, "due": due.get(key, 0)})
                break
