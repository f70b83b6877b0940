"""Invoices, payments, statements and taxes: the manager's and the treasurer's; a buyer sees its own papers."""

from datetime import date, timedelta
from decimal import Decimal

from addresses import (
    BUYER,
    MANAGER,
    OTHER_BUYER,
    OTHER_MANAGER,
    OTHER_TREASURER,
    TREASURER,
    Rule,
)
from cast import MONDAY
from wadah.base.clock import today
from wadah.catalogue.services import part_put
from wadah.demand.models import Buyer
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.ledger.models import BankRow
from wadah.ledger.services.allocating import payment_allocate
from wadah.ledger.services.credit_notes import credit_note_make
from wadah.ledger.services.invoices import invoice_make
from wadah.ledger.services.payments import payment_record, payment_refund
from wadah.ledger.services.statements import bank_row_dismiss, statement_import
from wadah.ledger.services.taxes import tax_status_put
from wadah.ledger.services.year_taxes import year_tax_post
from wadah.work.services.moves import lot_born
from wadah.work.services.receipts import claim_decide, claim_make, claim_take_back, shipment_receive
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send

KEEPERS = {MANAGER, TREASURER}
EVERY_KEEPER = KEEPERS | {OTHER_MANAGER, OTHER_TREASURER}
INVOICE, PAYMENT = {"number": "invoice"}, {"number": "buyer payment"}
STATEMENT, LINE = {"pk": "statement"}, {"pk": "bank row"}
RULES = {
    "invoices": Rule(EVERY_KEEPER | {BUYER, OTHER_BUYER}),
    "invoice": Rule(KEEPERS | {BUYER}, arguments=INVOICE),
    "invoice_paper": Rule(KEEPERS | {BUYER}, arguments=INVOICE),
    "invoice_call_off": Rule(KEEPERS, arguments=INVOICE),
    "credit_note_add": Rule(KEEPERS, arguments=INVOICE | {"pk": "claim to credit"}),
    "credit_note_paper": Rule(KEEPERS | {BUYER}, arguments={"number": "credit note"}),
    "invoice_add": Rule(KEEPERS, arguments={"number": "order to invoice"}),
    "sale_terms_change": Rule(KEEPERS, arguments={"number": "order to invoice"}),
    "payments": Rule(EVERY_KEEPER | {BUYER, OTHER_BUYER}),
    "payment_add": Rule(EVERY_KEEPER),
    "payment": Rule(KEEPERS | {BUYER}, arguments=PAYMENT),
    "payment_paper": Rule(KEEPERS | {BUYER}, arguments=PAYMENT),
    "payment_set": Rule(KEEPERS, arguments=PAYMENT),
    "payment_unset": Rule(KEEPERS, arguments=PAYMENT | {"pk": "paid invoice"}),
    "payment_give_back": Rule(KEEPERS, arguments=PAYMENT),
    "refund_undo": Rule(KEEPERS, arguments=PAYMENT | {"pk": "refund"}),
    "payment_undo": Rule(KEEPERS, arguments=PAYMENT),
    "statements": Rule(EVERY_KEEPER),
    "statement_add": Rule(EVERY_KEEPER),
    "statement": Rule(KEEPERS, arguments=STATEMENT),
    "statement_sure": Rule(KEEPERS, arguments=STATEMENT, method="post"),
    "statement_cancel": Rule(KEEPERS, arguments=STATEMENT, method="post"),
    "bank_row": Rule(KEEPERS, arguments=LINE),
    "bank_row_aside": Rule(KEEPERS, arguments=LINE),
    "bank_row_again": Rule(KEEPERS, arguments={"pk": "bank row aside"}, method="post"),
    "taxes": Rule(EVERY_KEEPER),
    "tax_status_add": Rule(EVERY_KEEPER),
    "income_tax_add": Rule(EVERY_KEEPER),
    "year_tax_add": Rule(EVERY_KEEPER),
    "year_tax_undo": Rule({MANAGER, TREASURER}, arguments={"pk": "year tax"}),
}


def build(cast, users):
    buyer, by = Buyer.objects.get(name="Car maker"), cast.manager
    part = part_put(code="KAIT", name="Kait", subsector=cast.subsector)
    first, first_line = delivered(cast, buyer, part)
    invoice = invoice_make(order=first, by=by)
    note = credit_note_make(invoice=invoice, claim=came_back(first_line), reason="berkarat", by=by)
    payment = payment_record(cooperative=cast.cooperative, buyer=buyer, rupiah=5_000, by=by)
    payment_allocate(payment=payment, parts=[(invoice, 2_000)], by=by)
    payment.refresh_from_db()
    refund = payment_refund(payment=payment, rupiah=500, reason="kelebihan", by=by)
    waiting, _line = delivered(cast, buyer, part)
    day = f"{today():%d/%m/%Y}"
    text = f"Tanggal;Keterangan;Kredit\n{day};SETOR;700\n{day};BUNGA;800\n"
    file = statement_import(cooperative=cast.cooperative, name="mutasi.csv", content=text.encode(), by=by)
    row, aside = BankRow.objects.order_by("pk")
    bank_row_dismiss(row=aside, reason="bunga", by=by)
    tax_status_put(cooperative=cast.cooperative, valid_from=date(2024, 1, 1), by=by)
    year_tax = year_tax_post(cooperative=cast.cooperative, year=2024, by=by)
    return {
        "year tax": year_tax.pk,
        "invoice": invoice.number,
        "paid invoice": invoice.pk,
        "claim to credit": came_back(first_line).pk,
        "credit note": note.number,
        "buyer payment": payment.number,
        "refund": refund.pk,
        "order to invoice": waiting.number,
        "statement": file.pk,
        "bank row": row.pk,
        "bank row aside": aside.pk,
    }


def delivered(cast, buyer, part):
    """An order of 20 pieces that were signed for, and their shipment line."""
    # Of another year: PO-2026-0001 is made by hand in addresses.demand.
    order = order_draft(buyer=buyer, cooperative=cast.cooperative, ordered_on=date(2025, 12, 2))
    line = order_line_add(
        order=order,
        part=part,
        quantity=20,
        due_on=MONDAY + timedelta(days=9),
        short_cost_rupiah_piece=1,
        price_rupiah_piece=400,
    )
    order_move(order=order, to="confirmed")
    lot = lot_born(cooperative=cast.cooperative, part=part, origin="counted", quantity=Decimal(20), bucket="accepted")
    shipment = shipment_open(order=order)
    row = shipment_pick(shipment=shipment, line=line, lot=lot, pieces=Decimal(20))
    shipment_send(shipment=shipment)
    shipment_receive(shipment=shipment, received_by="Mr Tanaka", told={})
    return order, row


def came_back(line, pieces=2):
    claim = claim_make(line=line, kind="defect", pieces=Decimal(pieces), note="berkarat")
    claim_decide(claim=claim, accept=True, answer="benar")
    return claim_take_back(claim=claim, pieces=Decimal(pieces))
