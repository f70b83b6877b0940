"""The books of a cooperative as rows, made up: so many postings over a year, and all the rows that they follow from.

Each maker has a work order a month, its pieces accepted in about six lots, some of them rejected afterwards, some with
a royalty; advances, savings, settlements and payouts of every maker; a shipment a month to each buyer, its invoice paid
whole. Months are closed one after another, the last one is open. All of it is marked simulated. The same numbers and
seed give the same rows. Hashes and lines are by the rules of the ledger.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from benchmarks.bulk import Table, settled, written
from wadah.accounts.models import User
from wadah.base.clock import JAKARTA
from wadah.catalogue.models import Motif, Part
from wadah.demand.models import Buyer, Order, OrderLine
from wadah.ledger.models import (
    Advance,
    Allocation,
    Book,
    Invoice,
    InvoiceLine,
    Payment,
    Payout,
    PayoutRow,
    Period,
    Posting,
    PostingLine,
    Recovery,
    Saving,
    Settlement,
    SettlementRow,
    WorkEntry,
)
from wadah.ledger.rules import chart
from wadah.ledger.rules.chain import posting_hash
from wadah.ledger.rules.drafts import Draft, balanced, credit, debit
from wadah.ledger.rules.sales import Sold, Sums, allocation_lines, invoice_lines, payment_lines
from wadah.ledger.rules.settlement import Share, settled_lines
from wadah.ledger.rules.work import accepted_lines
from wadah.ledger.services.books import accounts_by_code
from wadah.ledger.services.posting import head_values, lines_values
from wadah.register.models import Area, Cooperative, Ikm, Membership, Subsector, Workshop
from wadah.work.models import Lot, LotMove, Shipment, ShipmentLine, WorkOrder

YEAR, MONTHS, MOTIFS, BUYERS = 2025, 12, 20, 12
LOTS = (5, 5, 6, 6, 7)
POSTINGS_A_MAKER = 99  # of a whole year
PAY, SETUP, ROYALTY, PRINCIPAL, MANDATORY = 800, 15_000, 25, 100_000, 10_000
WHAT = "Uang muka bahan"
MADE_UP = {"simulated": True}


class Books:
    """One cooperative's, being filled."""

    def __init__(self, *, makers, seed, months=MONTHS, buyers=BUYERS, lots=LOTS):
        """lots: how many of them a work order comes in, drawn with each."""
        self.dice, self.months, self.lots = Random(seed), months, lots
        self.seq, self.head = 0, ""
        self.ground_put(makers, buyers)
        self.tables_put()

    def ground_put(self, makers, buyers):
        """People, makers, motifs, buyers: written at once, by the models."""
        self.preparer, self.locker = (User.objects.create(phone=f"+62819{n:08d}", name=f"Pengurus {n}") for n in (1, 2))
        area = Area.objects.create(code="32.75", name="Kota Bekasi", name_spaced="Kota Bekasi", kind="city")
        self.cooperative = Cooperative.objects.create(code="buku-besar", name="Koperasi Buku", area=area, **MADE_UP)
        subsector = Subsector.objects.create(code="komponen", name="Komponen", name_en="Parts")
        self.parts = [Part.objects.create(code=f"B-{n}", name=f"Bagian {n}", subsector=subsector) for n in range(5)]
        self.motifs = [
            Motif.objects.create(name=f"Motif {n}", aspect="fauna", holder="Kota (simulasi)", right_kind="copyright")
            for n in range(MOTIFS)
        ]
        firms = [Ikm(name=f"Usaha {n}", owner_name=f"Bu {n}", area=area, workers=2, **MADE_UP) for n in range(makers)]
        self.firms = Ikm.objects.bulk_create(firms, batch_size=2_000)
        self.shops = Workshop.objects.bulk_create(
            [Workshop(ikm=firm, code=f"S-{firm.pk}", name=firm.name, **MADE_UP) for firm in self.firms],
            batch_size=2_000,
        )
        joined = dt.date(YEAR, 1, 1)
        Membership.objects.bulk_create(
            [Membership(cooperative=self.cooperative, ikm=one, role="member", joined_on=joined) for one in self.firms],
            batch_size=2_000,
        )
        self.buyers = [
            Buyer.objects.create(name=f"Pembeli {n}", market="local", kind="factory", **MADE_UP) for n in range(BUYERS)
        ]
        self.orders = [
            Order.objects.create(
                number=f"PSN-{n}", buyer=one, cooperative=self.cooperative, ordered_on=joined, status="confirmed"
            )
            for n, one in enumerate(self.buyers)
        ]
        self.accounts = accounts_by_code(self.cooperative)
        self.book = Book.objects.create(cooperative=self.cooperative, opened_on=joined)

    def tables_put(self):
        here = ("cooperative_id", "at", "by_id")
        self.work_order = Table(
            WorkOrder, "number", "cooperative_id", "part_id", "workshop_id", "promise_week", "week_start", "due_on",
            "pieces", "reported", "handed_over", "pay_rupiah_piece", "setup_pay_rupiah", "made_at", "simulated",
        )  # fmt: skip
        self.lot = Table(
            Lot, "number", "cooperative_id", "part_id", "origin", "work_order_id", "received_on", "quantity",
            "accepted", "rejected", "shipped", "made_at", "simulated",
        )  # fmt: skip
        self.move = Table(LotMove, "lot_id", "kind", "from_bucket", "to_bucket", "pieces", "at", "by_id")
        self.entry = Table(
            WorkEntry, "cooperative_id", "move_id", "work_order_id", "ikm_id", "on", "is_member", "pieces",
            "accepted_after", "rupiah", "motif_id", "royalty_rupiah_piece", "royalty_rupiah", "settled_id",
        )  # fmt: skip
        self.advance = Table(Advance, *here, "number", "ikm_id", "kind", "on", "till", "rupiah", "recovered", "what")
        self.saving = Table(Saving, *here, "number", "ikm_id", "kind", "on", "rupiah", "till", "row_id")
        self.settlement = Table(
            Settlement, "number", "cooperative_id", "until", "on", "status", "prepared_at", "prepared_by_id",
            "locked_at", "locked_by_id", "simulated",
        )  # fmt: skip
        self.row = Table(
            SettlementRow, "settlement_id", "ikm_id", "work", "recovered", "mandatory", "voluntary", "net", "paid"
        )
        self.recovery = Table(Recovery, "row_id", "advance_id", "rupiah")
        self.payout = Table(Payout, "number", "settlement_id", "on", "till", "at", "by_id")
        self.paid = Table(PayoutRow, "payout_id", "row_id", "rupiah")
        self.invoice = Table(
            Invoice, *here, "number", "order_id", "buyer_id", "on", "due_on", "sold_as", "net", "total", "paid",
            "simulated",
        )  # fmt: skip
        self.invoice_line = Table(
            InvoiceLine, "invoice_id", "shipment_line_id", "pieces", "price_rupiah_piece", "rupiah"
        )
        self.order_line = Table(
            OrderLine, "order_id", "line_no", "part_id", "quantity", "handed_over", "due_on", "price_rupiah_piece"
        )
        self.shipment = Table(Shipment, "number", "order_id", "status", "made_at", "simulated")
        self.shipment_line = Table(ShipmentLine, "shipment_id", "line_id", "lot_id", "pieces", "received")
        self.payment = Table(Payment, *here, "number", "buyer_id", "on", "till", "rupiah", "allocated", "simulated")
        self.allocation = Table(Allocation, "payment_id", "invoice_id", "rupiah", "on", "at", "by_id")
        self.period = Table(Period, "cooperative_id", "month", "closed_seq", "closed_at", "closed_by_id")
        self.posting = Table(
            Posting, "cooperative_id", "seq", "on", "rule", "source_kind", "source_id", "source_number", "note", "at",
            "by_id", "previous_hash", "hash",
        )  # fmt: skip
        self.line = Table(
            PostingLine, "posting_id", "line_no", "account_id", "debit", "credit", "ikm_id", "buyer_id", "motif_id",
            "lot_id", "pieces",
        )  # fmt: skip
        self.tables = [
            self.work_order, self.lot, self.move, self.settlement, self.row, self.entry, self.advance, self.saving,
            self.recovery, self.payout, self.paid, self.order_line, self.shipment, self.shipment_line, self.invoice,
            self.invoice_line, self.payment, self.allocation, self.period, self.posting, self.line,
        ]  # fmt: skip

    # -- what happens ------------------------------------------------------------------------------------------------

    def fill(self, tell=lambda month: None):
        """The whole year; how many postings there are."""
        for month in range(1, self.months + 1):
            self.first = dt.date(YEAR, month, 1)
            self.at = dt.datetime(YEAR, month, 20, 9, 30, 15, 123456, tzinfo=JAKARTA)
            self.on = self.at.date()
            self.earned = {}
            for maker in range(len(self.firms)):
                self.maker_month(maker, month)
            for number in range(len(self.buyers)):
                self.sale(number, month)
            if month < self.months:
                self.settle(month)
                self.period.add(self.cooperative.pk, self.first, self.seq, self.at, self.locker.pk)
            written(self.tables)
            tell(month)
        Book.objects.filter(pk=self.book.pk).update(head_seq=self.seq, head_hash=self.head)
        settled(self.tables)
        return self.seq

    def maker_month(self, maker, month):
        firm, dice = self.firms[maker], self.dice
        if month == 1:
            self.save(firm.pk, "pokok", PRINCIPAL, chart.PRINCIPAL)
        if dice.random() < 0.2:
            self.advance_give(firm.pk)
        pieces = [dice.randint(20, 200) for _ in range(dice.choice(self.lots))]
        motif = dice.choice(self.motifs).pk if dice.random() < 0.45 else None
        total = sum(pieces)
        part, shop = self.parts[maker % len(self.parts)].pk, self.shops[maker].pk
        of_order = (self.cooperative.pk, part, shop, self.first, self.first, self.on, total, total, total)
        number = f"SPK-{YEAR}-{self.work_order.key + 1:07d}"
        order = self.work_order.add(number, *of_order, PAY, SETUP, self.at, True)
        before, pay = Decimal(0), 0
        for count in pieces:
            rejected = count // 10 if dice.random() < 0.03 else 0
            lot, name = self.lot_put(order, part, count, rejected)
            for source, target, moved in (("waiting", "accepted", count), ("accepted", "rejected", rejected)):
                if moved:
                    after = before + moved if target == "accepted" else before - moved
                    pay += self.entry_put(lot, name, order, firm.pk, source, target, moved, before, after, motif)
                    before = after
        self.earned[firm.pk] = pay

    def lot_put(self, order, part, count, rejected):
        name = f"LOT-{YEAR}-{self.lot.key + 1:07d}"
        of_lot = (name, self.cooperative.pk, part, "made", order, self.on, count, count - rejected, rejected, 0)
        lot = self.lot.add(*of_lot, self.at, True)
        self.move.add(lot, "receive", "", "waiting", count, self.at, self.preparer.pk)
        return lot, name

    def entry_put(self, lot, name, order, ikm, source, target, moved, before, after, motif):
        kind = "accept" if target == "accepted" else "ship_back"
        move = self.move.add(lot, kind, source, target, moved, self.at, self.preparer.pk)
        pieces, rupiah = after - before, pay_for(after) - pay_for(before)
        royalty = int(pieces) * ROYALTY if motif else 0
        entry = self.entry.add(
            self.cooperative.pk, move, order, ikm, self.on, True, pieces, after, rupiah, motif,
            ROYALTY if motif else 0, royalty, None,
        )  # fmt: skip
        lines = accepted_lines(
            is_member=True, ikm=ikm, lot=lot, pieces=pieces, rupiah=rupiah, motif=motif, royalty_rupiah=royalty
        )
        self.post("P1", "work_entry", entry, name, lines)
        return rupiah

    def save(self, ikm, kind, rupiah, account):
        number = f"SIM-{YEAR}-{self.saving.key + 1:07d}"
        key = self.saving.add(*self.here, number, ikm, kind, self.on, rupiah, "cash", None)
        self.post("P9", "saving", key, number, (debit(chart.CASH, rupiah), credit(account, rupiah, ikm=ikm)))

    def advance_give(self, ikm):
        number, rupiah = f"UM-{YEAR}-{self.advance.key + 1:07d}", self.dice.randint(1, 20) * 1_000
        key = self.advance.add(*self.here, number, ikm, "money", self.on, "cash", rupiah, 0, WHAT)
        lines = (debit(chart.ADVANCES, rupiah, ikm=ikm), credit(chart.CASH, rupiah))
        self.post("P6", "advance", key, number, lines, note=WHAT)

    def sale(self, number, month):
        """A shipment of a lot's first pieces, its invoice, and, but for the last month, the whole payment."""
        buyer, order, paid = self.buyers[number].pk, self.orders[number].pk, month < self.months
        place, pieces, price = number % len(self.lot.rows), Decimal(10), self.dice.randint(1, 900) * 123
        lot, rupiah = self.ship(place, pieces), int(pieces) * price
        wanted = self.order_line.add(order, month, self.parts[0].pk, pieces, pieces, self.on, price)
        shipment = self.shipment.add(f"SJ-{YEAR}-{self.shipment.key + 1:07d}", order, "received", self.at, True)
        sent = self.shipment_line.add(shipment, wanted, lot, pieces, pieces)
        self.move.add(lot, "ship", "accepted", "shipped", pieces, self.at, self.preparer.pk)
        name, due = f"INV-{YEAR}-{self.invoice.key + 1:07d}", self.on + dt.timedelta(days=30)
        money = rupiah, rupiah, rupiah if paid else 0
        key = self.invoice.add(*self.here, name, order, buyer, self.on, due, "principal", *money, True)
        self.invoice_line.add(key, sent, pieces, price, rupiah)
        lines = invoice_lines(buyer, [Sold(lot, pieces, rupiah)], Sums(rupiah, 0, 0), agent=False)
        self.post("P2", "invoice", key, name, lines)
        if paid:
            self.pay(buyer, key, name, rupiah)

    def ship(self, place, pieces):
        accepted, shipped = self.lot.names.index("accepted"), self.lot.names.index("shipped")
        row = self.lot.rows[place]
        self.lot.change(place, accepted=row[accepted] - int(pieces), shipped=row[shipped] + int(pieces))
        return row[0]

    def pay(self, buyer, invoice, invoice_number, rupiah):
        number = f"KW-{YEAR}-{self.payment.key + 1:07d}"
        key = self.payment.add(*self.here, number, buyer, self.on, "bank", rupiah, rupiah, True)
        self.post("P4", "payment", key, number, payment_lines(buyer, "bank", rupiah, 0, ""))
        part = self.allocation.add(key, invoice, rupiah, self.on, self.at, self.preparer.pk)
        self.post("P5", "allocation", part, number, allocation_lines(buyer, rupiah), note=invoice_number)

    def settle(self, month):
        """Every maker: advances of the month, mandatory and a tenth voluntary savings taken off, the rest paid out."""
        number = f"PNY-{YEAR}-{month:04d}"
        people = self.at, self.preparer.pk, self.at, self.locker.pk
        run = self.settlement.add(number, self.cooperative.pk, self.on, self.on, "paid", *people, True)
        out = self.payout.add(f"BYR-{YEAR}-{month:04d}", run, self.on, "bank", self.at, self.locker.pk)
        owed = {row[self.advance.names.index("ikm_id")]: place for place, row in enumerate(self.advance.rows)}
        rows = {ikm: self.settle_one(run, number, ikm, pay, owed.get(ikm)) for ikm, pay in self.earned.items()}
        for ikm, (row, net) in rows.items():
            key = self.paid.add(out, row, net)
            lines = (debit(chart.SETTLED, net, ikm=ikm), credit(chart.BANK, net))
            self.post("P8", "payout_row", key, f"BYR-{YEAR}-{month:04d}", lines, by=self.locker)
        whose = self.entry.names.index("ikm_id")
        for place, entry in enumerate(self.entry.rows):
            self.entry.change(place, settled_id=rows[entry[whose]][0])

    def settle_one(self, run, number, ikm, pay, place):
        recovered = self.advance.rows[place][self.advance.names.index("rupiah")] if place is not None else 0
        voluntary = (pay - recovered - MANDATORY) // 10
        net = pay - recovered - MANDATORY - voluntary
        row = self.row.add(run, ikm, pay, recovered, MANDATORY, voluntary, net, net)
        if place is not None:
            self.advance.change(place, recovered=recovered)
            self.recovery.add(row, self.advance.rows[place][0], recovered)
        for kind, rupiah in (("wajib", MANDATORY), ("sukarela", voluntary)):
            self.saving.add(*self.here, "", ikm, kind, self.on, rupiah, "", row)
        share = Share(pay, 0, 0, (recovered,), MANDATORY, voluntary, 0, net)
        lines = settled_lines(ikm=ikm, share=share)
        self.post("P7", "settlement_row", row, number, lines, by=self.locker)
        return row, net

    @property
    def here(self):
        return self.cooperative.pk, self.at, self.preparer.pk

    # -- the chain ---------------------------------------------------------------------------------------------------

    def post(self, rule, kind, source, number, lines, note="", by=None):
        by = (by or self.preparer).pk
        draft = Draft(rule, kind, source, self.on, self.at, by, balanced(lines), number, note)
        self.seq, previous = self.seq + 1, self.head
        self.head = posting_hash(previous, head_values(self.seq, self.on, draft), lines_values(draft.lines))
        of = (self.cooperative.pk, self.seq, self.on, rule, kind, source, number, note, self.at, by)
        key = self.posting.add(*of, previous, self.head)
        for place, one in enumerate(draft.lines, start=1):
            account = self.accounts[one.account].pk
            self.line.add(
                key, place, account, one.debit, one.credit, one.ikm, one.buyer, one.motif, one.lot, one.pieces
            )


def pay_for(pieces):
    return int(pieces) * PAY + (SETUP if pieces > 0 else 0)
