"""The model's buyers: shipments, invoices, credit notes, payments, income tax (docs/ledger.md P2 to P5, P12, P18)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from money_model import TILLS, month_after, month_of, nearest

PPN = Fraction(12 * 11, 12 * 100)
FINAL = Fraction(5, 1000)
TURNOVER = ("4101", "4102", "4103", "4109")


@dataclass
class Order:
    buyer: int
    price: int
    agent: bool = False
    fee: int = 0


@dataclass
class Sent:
    """A shipment line: received pieces; claims: [pieces that came back, credited of them]; invoice: where it stands."""

    order: int
    lot: int
    received: int
    claims: list = field(default_factory=list)
    invoice: int | None = None
    invoiced: int = 0


@dataclass
class Invoice:
    order: int
    buyer: int
    on: object
    lines: list
    net: int
    fee: int
    tax: int
    agent: bool
    taxed: bool
    credited_net: int = 0
    credited: int = 0
    paid: int = 0
    back: bool = False

    @property
    def total(self):
        return self.net + self.tax

    @property
    def open(self):
        return self.total - self.paid - self.credited


@dataclass
class Payment:
    buyer: int
    on: object
    till: str
    rupiah: int
    kept: int
    kind: str
    allocated: int = 0
    refunded: int = 0
    back: bool = False

    @property
    def left(self):
        return 0 if self.back else self.rupiah + self.kept - self.allocated - self.refunded


class Sales:
    def sales_begin(self):
        self.sales, self.sent, self.invoices, self.payments, self.refunds, self.taxes = [], [], [], [], [], []
        self.paid = {}  # (payment, invoice) → rupiah
        self.registered = self.certified = False
        self.final_since = self.today

    def ship(self, sale, lot, pieces, refused):
        self.move(lot, "accepted", "shipped", pieces)
        if refused:
            self.move(lot, "shipped", "rejected", refused)
        self.sent.append(Sent(sale, lot, pieces - refused))

    def come_back(self, which, pieces):
        row = self.sent[which]
        self.need(0 < pieces <= row.received - sum(one[0] for one in row.claims))
        self.move(row.lot, "shipped", "rejected", pieces)
        row.claims.append([pieces, 0])

    def sell_as(self, sale, agent, fee):
        self.need(not any(row.order == sale and not row.back for row in self.invoices))
        self.sales[sale].agent, self.sales[sale].fee = agent, fee if agent else 0

    def tax_status(self, registered, certified):
        made = [row for row in self.invoices if row.on == self.today and not row.back]
        self.need(all(row.taxed == registered for row in made))
        self.registered, self.certified = registered, certified

    # -- invoices ---------------------------------------------------------------------------------------------------

    def due(self, sale):
        rows = [(place, row, row.received - sum(one[0] for one in row.claims)) for place, row in enumerate(self.sent)]
        return [one for one in rows if one[1].order == sale and one[1].invoice is None and one[2] > 0]

    def invoice(self, sale):
        due, order = self.due(sale), self.sales[sale]
        self.need(due)
        net = sum(pieces * order.price for _place, _row, pieces in due)
        fee = nearest(Fraction(net * order.fee, 100)) if order.agent else 0
        tax = nearest((fee if order.agent else net) * PPN) if self.registered else 0
        self.invoices.append(
            Invoice(sale, order.buyer, self.today, [one[0] for one in due], net, fee, tax, order.agent, self.registered)
        )
        for _place, row, pieces in due:
            row.invoice, row.invoiced = len(self.invoices) - 1, pieces
        self.post(self.today, ("1110", ("buyer", order.buyer), -(net + tax)), *self.sold(net, fee, tax, order.agent))

    def sold(self, net, fee, tax, agent, goods="4101"):
        if agent:
            return ("4103", None, fee), ("5109", None, net - fee), ("2120", None, tax)
        return (goods, None, net), ("2120", None, tax)

    def invoice_back(self, which):
        row = self.invoices[which]
        self.need(row.order is not None and row.credited_net < row.net)
        self.note(which, row.net - row.credited_net)
        row.back = True
        for place in row.lines:
            self.sent[place].invoice = None
            self.sent[place].claims = [[pieces, 0] for pieces, _credited in self.sent[place].claims]

    def creditable(self, which):
        """[(shipment line, claim, pieces)]: the earliest claims are of pieces that never stood on the invoice."""
        found = []
        for place in () if self.invoices[which].back else self.invoices[which].lines:
            line = self.sent[place]
            before = line.received - line.invoiced
            for claim, (pieces, credited) in enumerate(line.claims):
                never = min(before, pieces - credited)
                before -= never
                if pieces - credited - never > 0:
                    found.append((place, claim, pieces - credited - never))
        return found

    def credit(self, which, place, claim, pieces):
        left = {(one[0], one[1]): one[2] for one in self.creditable(which)}
        self.need(0 < pieces <= left.get((place, claim), 0))
        self.note(which, pieces * self.sales[self.sent[place].order].price)
        self.sent[place].claims[claim][1] += pieces

    def note(self, which, net):
        row = self.invoices[which]
        before, after = Fraction(row.credited_net, row.net), Fraction(row.credited_net + net, row.net)
        fee, tax = (nearest(whole * after) - nearest(whole * before) for whole in (row.fee, row.tax))
        self.free(which, max(0, net + tax - row.open))
        row.credited_net += net
        row.credited += net + tax
        lines = self.sold(net, fee, tax, row.agent, goods="4109")
        mirrored = [(account, party, -credit) for account, party, credit in lines]
        self.post(self.today, ("1110", ("buyer", row.buyer), net + tax), *mirrored)

    def free(self, which, rupiah):
        """The newest payments first."""
        for payment, invoice in sorted(self.paid, reverse=True):
            if invoice == which and (part := min(rupiah, self.paid[payment, invoice])):
                self.set_against(payment, which, -part)
                rupiah -= part

    # -- payments ---------------------------------------------------------------------------------------------------

    def pay(self, buyer, rupiah, till, kept=0, kind="", on=None):
        self.need(rupiah + kept > 0)
        self.need(not kept or kind != "pph22_certified" or self.certified)
        self.payments.append(Payment(buyer, on or self.today, till, rupiah, kept, kind))
        tax = "2120" if kind == "ppn_collector" else "1131"
        received = (TILLS[till], None, -rupiah), (tax, None, -kept)
        self.post(on or self.today, *received, ("2103", ("buyer", buyer), rupiah + kept))

    def set_against(self, payment, invoice, rupiah, on=None):
        row, owed = self.payments[payment], self.invoices[invoice]
        row.allocated += rupiah
        owed.paid += rupiah
        self.paid[payment, invoice] = self.paid.get((payment, invoice), 0) + rupiah
        buyer = ("buyer", row.buyer)
        self.post(on or self.today, ("2103", buyer, -rupiah), ("1110", buyer, rupiah))

    def allocate(self, payment, invoice, rupiah):
        row, owed = self.payments[payment], self.invoices[invoice]
        self.need(not row.back and row.buyer == owed.buyer and 0 < rupiah <= min(owed.open, row.left))
        self.set_against(payment, invoice, rupiah, max(row.on, owed.on))

    def allocation_back(self, payment, invoice, rupiah):
        self.need(not self.payments[payment].back and 0 < rupiah <= self.paid.get((payment, invoice), 0))
        self.set_against(payment, invoice, -rupiah)

    def refund(self, payment, rupiah, till):
        row = self.payments[payment]
        self.need(0 < rupiah <= row.left)
        row.refunded += rupiah
        self.refunds.append([payment, rupiah, till, False])
        self.post(self.today, ("2103", ("buyer", row.buyer), -rupiah), (TILLS[till], None, rupiah))

    def refund_back(self, which):
        payment, rupiah, till, back = self.refunds[which]
        self.need(not back and not self.payments[payment].back)
        self.refunds[which][3] = True
        self.payments[payment].refunded -= rupiah
        self.post(self.today, ("2103", ("buyer", self.payments[payment].buyer), rupiah), (TILLS[till], None, -rupiah))

    def payment_back(self, which):
        row = self.payments[which]
        self.need(not row.back and not row.refunded)
        for (payment, invoice), held in sorted(self.paid.items(), reverse=True):
            if payment == which and held:
                self.set_against(payment, invoice, -held)
        row.back = True
        tax = "2120" if row.kind == "ppn_collector" else "1131"
        gone = (TILLS[row.till], None, row.rupiah), (tax, None, row.kept)
        self.post(self.today, *gone, ("2103", ("buyer", row.buyer), -(row.rupiah + row.kept)))

    # -- income tax -------------------------------------------------------------------------------------------------

    def turnover(self, first, last):
        return sum(credit for (day, code), credit in self.days.items() if code in TURNOVER and first <= day <= last)

    def income_tax(self, month):
        """taxes: [(month, turnover, tax kept back that it used)]."""
        last = month_after(month)
        self.need(last <= self.today and self.pays_final(month))
        done = {one[0] for one in self.taxes}
        self.need(not any(one >= month for one in done))
        before = max(month_of(self.opened_on), month.replace(month=1))
        while before < month:
            missing = before not in done and self.pays_final(before) and self.turnover_of(before)
            self.need(not missing)
            before = month_after(before)
        year = [one for one in self.taxes if one[0].year == month.year]
        sold = self.turnover_until(month) - sum(one[1] for one in year)
        tax = nearest(max(0, sold) * FINAL)
        kept = min(tax, max(0, self.kept_final(month) - sum(one[2] for one in self.taxes)))
        self.taxes.append((month, sold, kept))
        day = last_day(month)
        self.post(day, ("7101", None, -tax), ("1131", None, kept), ("2121", None, tax - kept))

    def pays_final(self, month):
        return self.final_since <= last_day(month)

    def turnover_of(self, month):
        return self.turnover(month, last_day(month))

    def turnover_until(self, month):
        return self.turnover(month.replace(month=1), last_day(month))

    def kept_final(self, month):
        rows = [row for row in self.payments if row.kind == "pph22_certified" and not row.back]
        return sum(row.kept for row in rows if row.on <= last_day(month))


def last_day(month):
    return month_after(month) - dt.timedelta(days=1)
