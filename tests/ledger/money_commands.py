"""The writing commands of the ledger, each with the world that it needs; tests/crashing.py stops them all.

A world is a cast. `build` makes a settlement, an invoice, a year … of it and returns what the command needs; after it,
and after the command, `wadah verify --again` finds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cast import person
from cast_sales import Selling, selling_build
from cast_settling import Settling, settling_build
from cast_years import YEAR, on_day, year_build
from crashing import Command
from wadah.base.clock import today
from wadah.catalogue.models import Licence, Motif
from wadah.ledger.models import BankRow, Refund, SurplusShare
from wadah.ledger.rules.opening import AccountRow, InvoiceRow, MemberRow
from wadah.ledger.services.accounts import payout_account_set
from wadah.ledger.services.advances import advance_give, advance_take_back
from wadah.ledger.services.allocating import allocation_take_back, payment_allocate
from wadah.ledger.services.closing import month_close
from wadah.ledger.services.credit_notes import credit_note_make
from wadah.ledger.services.invoices import invoice_cancel, invoice_make, sale_terms_set
from wadah.ledger.services.journals import Entry, account_add, account_archive, journal_enter, journal_reverse
from wadah.ledger.services.meetings import meeting_withdraw, surplus_pay, surplus_payout_reverse, surplus_share
from wadah.ledger.services.opening_lines import Balances
from wadah.ledger.services.openings import opening_discard, opening_lock, opening_prepare, opening_take_back
from wadah.ledger.services.payments import payment_record, payment_refund, payment_reverse, refund_reverse
from wadah.ledger.services.payouts import payout_bank_file, payout_make, payout_row_bounce
from wadah.ledger.services.repaying import repayment_take, repayment_take_back
from wadah.ledger.services.royalties import royalty_pay, royalty_take_back
from wadah.ledger.services.savings import saving_pay_in, saving_pay_out, saving_take_back
from wadah.ledger.services.settlement import settlement_discard, settlement_lock, settlement_prepare
from wadah.ledger.services.statements import (
    bank_file_cancel,
    bank_row_dismiss,
    bank_row_match,
    bank_row_restore,
    bank_rows_match_sure,
    statement_import,
)
from wadah.ledger.services.stock import stock_count
from wadah.ledger.services.taxes import income_tax_post, tax_status_put
from wadah.ledger.services.terms import terms_set, voluntary_saving_set
from wadah.ledger.services.work import some_post
from wadah.ledger.services.year_taxes import year_tax_post, year_tax_take_back
from wadah.ledger.services.years import year_close, year_propose, year_withdraw
from wadah.ledger.verify.run import verify
from wadah.work.services.acting import Act

COMMANDS: dict[str, Command] = {}
WHY = "Salah ketik"


def broken():
    return [fault for report in verify(again=True) for fault in report.faults]


def command(build):
    def register(run):
        assert run.__name__ not in COMMANDS, f"{run.__name__} is registered twice"
        COMMANDS[run.__name__] = Command(run.__name__, build, run, broken)
        return run

    return register


@dataclass(frozen=True)
class Built:
    """A world of the ledger, and the row that the command is about."""

    world: Any
    row: Any = None

    @property
    def cooperative(self):
        return self.world.cast.cooperative

    @property
    def by(self):
        return self.world.cast.manager

    @property
    def of(self):
        return {"cooperative": self.cooperative, "by": self.by}

    @property
    def sari(self):
        return self.world.cast.sari.ikm


# -- members ----------------------------------------------------------------------------------------------------------


def members(cast) -> Built:
    """Work of two members, one of whom has an advance and an account; nothing is posted yet."""
    world: Settling = settling_build(cast)
    world.account(cast.sari)
    world.making.accepted(cast.sari, 30)
    world.making.accepted(cast.karim, 20)
    advance = advance_give(
        **world.whose, ikm=cast.sari.ikm, kind="money", rupiah=5_000, what="Uang muka", by=cast.manager, till="cash"
    )
    return Built(world, advance)


def prepared(cast) -> Built:
    built = members(cast)
    return Built(built.world, built.world.prepare())


def locked(cast) -> Built:
    built = prepared(cast)
    return Built(built.world, built.world.lock(built.row))


def paid(cast) -> Built:
    built = locked(cast)
    run = payout_make(settlement=built.row, till="bank", by=built.by)
    return Built(built.world, run)


def saved(cast) -> Built:
    built = members(cast)
    of = {"ikm": cast.sari.ikm, "kind": "sukarela", "rupiah": 9_000, "till": "cash"}
    return Built(built.world, saving_pay_in(**built.of, **of))


def repaid(cast) -> Built:
    built = members(cast)
    return Built(built.world, repayment_take(**built.of, ikm=cast.sari.ikm, rupiah=2_000, till="bank"))


def royalties(cast) -> Built:
    world: Settling = settling_build(cast)
    motif = Motif.objects.create(name="Ikan Gabus", aspect="fauna", holder="Kota (simulasi)", right_kind="copyright")
    Licence.objects.create(
        motif=motif, ikm=cast.sari.ikm, number="L-1", valid_from=date(2024, 1, 1), royalty_rupiah_piece=150
    )
    world.making.part.motif = motif
    world.making.part.save()
    world.making.accepted(cast.sari, 10)
    return Built(world, motif)


def royalties_paid(cast) -> Built:
    built = royalties(cast)
    return Built(built.world, royalty_pay(**built.of, motif=built.row, rupiah=900, till="cash"))


@command(members)
def work_comes_into_the_books(_cast, built):
    some_post(built.cooperative, whole=False)


@command(members)
def settlement_is_prepared(_cast, built):
    settlement_prepare(cooperative=built.cooperative, until=today(), by=built.by)


@command(prepared)
def settlement_is_discarded(_cast, built):
    settlement_discard(settlement=built.row, by=built.by)


@command(prepared)
def settlement_is_locked(_cast, built):
    settlement_lock(settlement=built.row, by=built.world.treasurer)


@command(locked)
def settlement_is_paid_by_bank(_cast, built):
    payout_make(settlement=built.row, till="bank", by=built.by)


@command(locked)
def settlement_is_paid_in_cash(_cast, built):
    payout_make(settlement=built.row, till="cash", by=built.by)


@command(paid)
def payment_bounces(_cast, built):
    payout_row_bounce(payout_row=built.row.rows.get(), reason=WHY, by=built.by)


@command(paid)
def bank_file_is_written(_cast, built):
    payout_bank_file(payout=built.row, by=built.by)


@command(members)
def advance_is_given(_cast, built):
    advance_give(**built.of, ikm=built.sari, kind="material", rupiah=700, what="Kain")


@command(members)
def advance_is_taken_back(_cast, built):
    advance_take_back(advance=built.row, reason=WHY, by=built.by)


@command(members)
def advance_is_paid_back(_cast, built):
    repayment_take(**built.of, ikm=built.sari, rupiah=4_000, till="cash")


@command(repaid)
def repayment_is_taken_back(_cast, built):
    repayment_take_back(repayment=built.row, reason=WHY, by=built.by)


@command(members)
def savings_are_paid_in(_cast, built):
    saving_pay_in(**built.of, ikm=built.sari, kind="wajib", rupiah=4_000, till="bank")


@command(saved)
def savings_are_paid_out(_cast, built):
    saving_pay_out(**built.of, ikm=built.sari, kind="sukarela", rupiah=4_000, till="bank")


@command(saved)
def savings_are_taken_back(_cast, built):
    saving_take_back(saving=built.row, reason=WHY, by=built.by)


@command(members)
def terms_are_set(_cast, built):
    terms_set(**built.of, valid_from=today(), decided_by="RAT 2026", voluntary_percent=Decimal(3))


@command(members)
def member_says_how_much_to_save(_cast, built):
    act = Act(by=built.by)
    voluntary_saving_set(cooperative=built.cooperative, ikm=built.sari, percent=Decimal(9), act=act)


@command(members)
def account_is_entered(_cast, built):
    karim = built.world.cast.karim.ikm
    payout_account_set(ikm=karim, bank="BRI", holder="Pak Karim", number="1234567890", act=Act(by=built.by))


@command(royalties)
def royalty_is_paid(_cast, built):
    royalty_pay(**built.of, motif=built.row, rupiah=700, till="bank")


@command(royalties_paid)
def royalty_is_taken_back(_cast, built):
    royalty_take_back(payout=built.row, reason=WHY, by=built.by)


# -- sales ------------------------------------------------------------------------------------------------------------


def shipped(cast) -> Built:
    world: Selling = selling_build(cast)
    order = world.order()
    world.shipped(order, 40)
    return Built(world, order)


def invoiced(cast) -> Built:
    built = shipped(cast)
    return Built(built.world, invoice_make(order=built.row, by=built.by))


def paid_for(cast) -> Built:
    """(invoice, payment): a part of it set against the invoice."""
    built = invoiced(cast)
    of = {"buyer": built.world.buyer, "rupiah": 30_000, "till": "bank"}
    payment = payment_record(**built.of, **of)
    payment_allocate(payment=payment, parts=[(built.row, 20_000)], by=built.by)
    return Built(built.world, (built.row, payment))


def refunded(cast) -> Built:
    built = paid_for(cast)
    refund = payment_refund(payment=built.row[1], rupiah=1_000, reason=WHY, by=built.by)
    return Built(built.world, refund)


def claimed(cast) -> Built:
    world: Selling = selling_build(cast)
    order = world.order()
    shipment = world.shipped(order, 40)
    invoice = invoice_make(order=order, by=cast.manager)
    of = {"cooperative": cast.cooperative, "buyer": world.buyer, "rupiah": invoice.total, "by": cast.manager}
    payment_allocate(payment=payment_record(**of), parts=[(invoice, invoice.total)], by=cast.manager)
    return Built(world, (invoice, world.came_back(shipment, 4)))


def statement(invoice) -> bytes:
    day = f"{today():%d/%m/%Y}"
    rows = ["Tanggal;Keterangan;Debet;Kredit", f"{day};{invoice.number};;{invoice.total}", f"{day};Bunga;;500"]
    return "\n".join(rows).encode()


def statement_read(cast) -> Built:
    built = invoiced(cast)
    file = statement_import(**built.of, name="bri.csv", content=statement(built.row))
    return Built(built.world, file)


def row_dismissed(cast) -> Built:
    built = statement_read(cast)
    row = bank_row_dismiss(row=BankRow.objects.get(file=built.row, rupiah=500), reason="Bunga bank", by=built.by)
    return Built(built.world, row)


@command(shipped)
def invoice_is_made(_cast, built):
    invoice_make(order=built.row, by=built.by)


@command(shipped)
def order_is_sold_as_agent(_cast, built):
    sale_terms_set(order=built.row, by=built.by, sold_as="agent", fee_percent=Decimal("7.5"))


@command(paid_for)
def invoice_is_taken_back(_cast, built):
    invoice_cancel(invoice=built.row[0], reason=WHY, by=built.by)


@command(claimed)
def what_came_back_is_credited(_cast, built):
    invoice, claim = built.row
    credit_note_make(invoice=invoice, claim=claim, reason=WHY, by=built.by)


@command(invoiced)
def payment_is_recorded(_cast, built):
    payment_record(**built.of, buyer=built.world.buyer, rupiah=5_000, till="cash")


@command(paid_for)
def payment_is_set_against(_cast, built):
    invoice, payment = built.row
    payment_allocate(payment=payment, parts=[(invoice, 10_000)], by=built.by)


@command(paid_for)
def what_was_set_against_is_taken_back(_cast, built):
    invoice, payment = built.row
    allocation_take_back(payment=payment, invoice=invoice, reason=WHY, by=built.by)


@command(paid_for)
def money_is_paid_back(_cast, built):
    payment_refund(payment=built.row[1], rupiah=10_000, reason=WHY, by=built.by)


@command(refunded)
def refund_is_taken_back(_cast, built):
    refund_reverse(refund=Refund.objects.get(pk=built.row.pk), reason=WHY, by=built.by)


@command(paid_for)
def payment_is_taken_back(_cast, built):
    payment_reverse(payment=built.row[1], reason=WHY, by=built.by)


@command(invoiced)
def statement_is_imported(_cast, built):
    statement_import(**built.of, name="bri.csv", content=statement(built.row))


@command(statement_read)
def statement_is_taken_out(_cast, built):
    bank_file_cancel(file=built.row, by=built.by)


@command(statement_read)
def sure_lines_become_payments(_cast, built):
    bank_rows_match_sure(file=built.row, by=built.by)


@command(statement_read)
def line_becomes_a_payment(_cast, built):
    bank_row_match(row=BankRow.objects.get(file=built.row, rupiah=500), buyer=built.world.buyer, by=built.by)


@command(statement_read)
def line_is_put_aside(_cast, built):
    bank_row_dismiss(row=BankRow.objects.get(file=built.row, rupiah=500), reason="Bunga bank", by=built.by)


@command(row_dismissed)
def line_is_brought_back(_cast, built):
    bank_row_restore(row=built.row, by=built.by)


@command(shipped)
def tax_status_is_set(_cast, built):
    tax_status_put(**built.of, valid_from=today(), registered=True)


# -- opening balances -------------------------------------------------------------------------------------------------


def unopened(cast) -> Built:
    """A second person, and a buyer that the cooperative deals with; nothing is posted."""
    world: Selling = selling_build(cast)
    world.order()
    return Built(world, person("Pak Budi", 61))


def brought(built) -> Balances:
    day, due = today() - timedelta(days=60), today() - timedelta(days=40)
    return Balances(
        [AccountRow(1, "1101", 900_000, 0), AccountRow(2, "3105", 0, 1_450_000)],
        [MemberRow(1, "Bu Sari", 100_000, 50_000, 0, 200_000)],
        [InvoiceRow(1, "7-25", built.world.buyer.name, day, due, 500_000)],
    )


def opening_drafted(cast) -> Built:
    """(second person, draft)."""
    built = unopened(cast)
    row = opening_prepare(**built.of, on=today().replace(day=1), balances=brought(built))
    return Built(built.world, (built.row, row))


def opening_locked(cast) -> Built:
    built = opening_drafted(cast)
    second, row = built.row
    return Built(built.world, opening_lock(opening=row, by=second))


@command(unopened)
def balances_are_prepared(_cast, built):
    opening_prepare(**built.of, on=today().replace(day=1), balances=brought(built))


@command(opening_drafted)
def balances_are_thrown_away(_cast, built):
    opening_discard(opening=built.row[1], by=built.by)


@command(opening_drafted)
def balances_are_locked(_cast, built):
    opening_lock(opening=built.row[1], by=built.row[0])


@command(opening_locked)
def balances_are_taken_back(_cast, built):
    opening_take_back(opening=built.row, reason=WHY, by=built.by)


# -- years ------------------------------------------------------------------------------------------------------------


def year(cast) -> Built:
    """2025 is over, with work, sales, savings and costs; what was accepted in it is posted."""
    world = year_build(cast)
    with on_day(date(YEAR, 5, 13)):
        tax_status_put(cooperative=cast.cooperative, valid_from=date(YEAR, 1, 1), by=world.treasurer)
    return Built(world)


def months_closed(cast) -> Built:
    built = year(cast)
    built.world.closed_months()
    return built


def proposed(cast) -> Built:
    built = year(cast)
    return Built(built.world, built.world.proposed())


def met(cast) -> Built:
    built = year(cast)
    return Built(built.world, built.world.met())


def shared(cast) -> Built:
    built = year(cast)
    return Built(built.world, built.world.shared())


def share_paid(cast) -> Built:
    built = shared(cast)
    shares = [SurplusShare.objects.order_by("pk").first().pk]
    (payout,) = surplus_pay(meeting=built.row, shares=shares, till="cash", on=today(), by=built.by)
    return Built(built.world, payout)


def by_hand(cast) -> Built:
    built = year(cast)
    entries = [Entry("6106", debit=700), Entry("1101", credit=700)]
    return Built(built.world, journal_enter(**built.of, on=today(), what="Listrik", entries=entries))


def own_account(cast) -> Built:
    built = year(cast)
    of = {"code": "61061", "name": "Listrik", "group": "cost", "side": "debit"}
    return Built(built.world, account_add(**built.of, **of))


@command(year)
def journal_is_entered(_cast, built):
    entries = [Entry("6106", debit=700), Entry("1101", credit=500), Entry("1102", credit=200)]
    journal_enter(**built.of, on=today(), what="Listrik", entries=entries)


@command(by_hand)
def journal_is_taken_back(_cast, built):
    journal_reverse(journal=built.row, reason=WHY, by=built.by)


@command(year)
def account_is_added(_cast, built):
    account_add(**built.of, code="61061", name="Listrik", group="cost", side="debit")


@command(own_account)
def account_is_put_away(_cast, built):
    account_archive(account=built.row, archived=True, by=built.by)


@command(year)
def months_are_closed(_cast, built):
    month_close(**built.of, month=date(YEAR, 6, 1))


@command(year)
def income_tax_is_worked_out(_cast, built):
    income_tax_post(**built.of, month=date(YEAR, 5, 1))


def year_taxed(cast) -> Built:
    built = year(cast)
    tax_status_put(**built.of, valid_from=date(YEAR, 12, 31), final_income=False)
    return Built(built.world, year_tax_post(**built.of, year=YEAR, taxable_rupiah=1_000_000))


@command(year)
def tax_of_the_year_is_worked_out(_cast, built):
    year_tax_post(**built.of, year=YEAR)


@command(year_taxed)
def tax_of_the_year_is_taken_back(_cast, built):
    year_tax_take_back(year_tax=built.row, reason=WHY, by=built.by)


@command(year)
def stock_is_counted(_cast, built):
    stock_count(**built.of, on=date(YEAR, 12, 31))


@command(months_closed)
def year_is_proposed(_cast, built):
    year_propose(cooperative=built.cooperative, year=YEAR, by=built.by)


@command(proposed)
def proposal_is_withdrawn(_cast, built):
    year_withdraw(book_year=built.row, reason=WHY, by=built.by)


@command(proposed)
def year_is_closed(_cast, built):
    year_close(book_year=built.row, by=built.world.treasurer)


@command(met)
def decision_is_withdrawn(_cast, built):
    meeting_withdraw(meeting=built.row, reason=WHY, by=built.by)


@command(met)
def surplus_is_shared(_cast, built):
    surplus_share(meeting=built.row, by=built.by)


@command(shared)
def shares_are_paid(_cast, built):
    keys = list(SurplusShare.objects.values_list("pk", flat=True))
    surplus_pay(meeting=built.row, shares=keys, till="cash", on=today(), by=built.by)


@command(share_paid)
def share_is_taken_back(_cast, built):
    surplus_payout_reverse(payout=built.row, reason=WHY, by=built.by)
