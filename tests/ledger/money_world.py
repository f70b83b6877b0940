"""The same acts as the model's, through Wadah's services; and what they posted, in the model's terms."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from cast import JOINED, MONDAY, cast_build, person
from cast_sales import told_of
from wadah.base.clock import JAKARTA
from wadah.catalogue.models import Licence, Motif, Part
from wadah.demand.services import buyer_put, order_draft, order_line_add, order_move
from wadah.ledger.models import (
    Account,
    Advance,
    BankRow,
    BookYear,
    Invoice,
    Meeting,
    Opening,
    Payment,
    PayoutRow,
    PostingLine,
    Refund,
    Repayment,
    RoyaltyPayout,
    Saving,
    Settlement,
    SurplusPayout,
    SurplusShare,
)
from wadah.ledger.rules.opening import AccountRow, InvoiceRow, MemberRow
from wadah.ledger.services.accounts import payout_account_set
from wadah.ledger.services.advances import advance_give, advance_take_back
from wadah.ledger.services.allocating import allocation_take_back, payment_allocate
from wadah.ledger.services.books import book_open
from wadah.ledger.services.closing import month_close
from wadah.ledger.services.credit_notes import credit_note_make
from wadah.ledger.services.invoices import invoice_cancel, invoice_make, sale_terms_set
from wadah.ledger.services.journals import Entry, journal_enter, journal_reverse
from wadah.ledger.services.meetings import meeting_record, surplus_pay, surplus_payout_reverse, surplus_share
from wadah.ledger.services.opening_lines import Balances
from wadah.ledger.services.openings import opening_lock, opening_prepare, opening_take_back
from wadah.ledger.services.payments import payment_record, payment_refund, payment_reverse, refund_reverse
from wadah.ledger.services.payouts import payout_make, payout_row_bounce
from wadah.ledger.services.repaying import repayment_take, repayment_take_back
from wadah.ledger.services.royalties import royalty_pay, royalty_take_back
from wadah.ledger.services.savings import saving_pay_in, saving_pay_out, saving_take_back
from wadah.ledger.services.settlement import settlement_discard, settlement_lock, settlement_prepare
from wadah.ledger.services.statements import bank_row_match, statement_import
from wadah.ledger.services.stock import stock_count
from wadah.ledger.services.taxes import income_tax_post, tax_status_put
from wadah.ledger.services.terms import terms_set, voluntary_saving_set
from wadah.ledger.services.work import work_post
from wadah.ledger.services.years import year_close, year_propose, year_withdraw
from wadah.ledger.words import Pool
from wadah.register.models import Membership
from wadah.register.services import ikm_register, membership_close, membership_open, workshop_open
from wadah.work.models import WorkOrder
from wadah.work.services.acting import Act
from wadah.work.services.moves import lot_born, lot_move
from wadah.work.services.receipts import claim_decide, claim_make, claim_take_back, shipment_receive
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send

MAKERS, BUYERS, MOTIFS = 5, 3, 2
PRICES = (7_333, 12_750, 9_999, 24_001)
KINDS = {("waiting", "accepted"): "accept", ("waiting", "rejected"): "reject", ("accepted", "rejected"): "reject"}
WHY = "Simulasi"


class Clock:
    """Wadah's moment: `patch("django.utils.timezone.now", clock)`."""

    def __init__(self, day):
        self.at = dt.datetime.combine(day, dt.time(8), JAKARTA)

    def __call__(self):
        return self.at.astimezone(dt.UTC)

    def on(self, minutes):
        self.at += dt.timedelta(minutes=minutes)

    @property
    def day(self):
        return self.at.date()


class World:
    """Rows are kept by their keys in the order of the model's; each act asks for them anew, as a page does."""

    def __init__(self, opened_on):
        self.cast = cast_build()
        self.cooperative, self.people = self.cast.cooperative, (self.cast.manager, person("Pak Budi", 21))
        membership_open(cooperative=self.cooperative, joined_on=JOINED, role="treasurer", user=self.people[1])
        more = [self.maker_new(number) for number in range(3, MAKERS)]
        self.makers = [(one.ikm, one.workshop) for one in (self.cast.sari, self.cast.karim, self.cast.tini)] + more
        self.motifs = [
            Motif.objects.create(name=f"Motif {n}", aspect="fauna", holder=f"Pemegang {n}", right_kind="copyright")
            for n in range(MOTIFS)
        ]
        self.parts = [
            Part.objects.create(code=f"B-{n}", name=f"Bagian {n}", subsector=self.cast.subsector, motif=motif)
            for n, motif in enumerate((None, *self.motifs))
        ]
        kinds = ("factory", "government", "trader")
        self.buyers = [buyer_put(name=f"Pembeli {n}", market="local", kind=kind) for n, kind in enumerate(kinds)]
        self.sales = [self.sale_new(n % BUYERS, price) for n, price in enumerate(PRICES)]
        book_open(cooperative=self.cooperative, opened_on=opened_on, by=None)
        self.orders, self.lots, self.sent, self.claims, self.seq = [], [], [], {}, 0

    def maker_new(self, number):
        firm = ikm_register(
            name=f"Usaha {number}",
            owner_name=f"Bu {number}",
            area=self.cast.kelurahan,
            phone=f"+62812999000{number:02d}",
            subsectors=[self.cast.subsector],
            simulated=True,
        )
        return firm, workshop_open(ikm=firm, code=f"W-{number + 90}", name=firm.name, simulated=True)

    def sale_new(self, buyer, price):
        order = order_draft(buyer=self.buyers[buyer], cooperative=self.cooperative, ordered_on=MONDAY, simulated=True)
        for part in self.parts:
            order_line_add(
                order=order,
                part=part,
                quantity=9_000_000,
                due_on=MONDAY + dt.timedelta(days=20),
                short_cost_rupiah_piece=9,
                price_rupiah_piece=price,
            )
        return order_move(order=order, to="confirmed")

    @property
    def of(self):
        return {"cooperative": self.cooperative, "by": self.people[0]}

    def nth(self, model, which, **of):
        """The which-th row that was made, as it is now."""
        return model.objects.filter(**of).order_by("pk")[which]

    # -- what was posted --------------------------------------------------------------------------------------------

    def told(self):
        """Credit − debit by (day, account, party) of the postings since it was last asked; each of them balances."""
        parties = {("ikm", ikm.pk): ("ikm", place) for place, (ikm, _shop) in enumerate(self.makers)}
        parties |= {("buyer", row.pk): ("buyer", place) for place, row in enumerate(self.buyers)}
        parties |= {("motif", row.pk): ("motif", place) for place, row in enumerate(self.motifs)}
        rows = PostingLine.objects.filter(posting__cooperative=self.cooperative, posting__seq__gt=self.seq).order_by()
        sums, postings = defaultdict(int), defaultdict(int)
        columns = "posting__seq", "posting__on", "account", "debit", "credit", "ikm", "buyer", "motif"
        for seq, on, account, debit, credit, ikm, buyer, motif in rows.values_list(*columns):
            named = [(kind, key) for kind, key in (("ikm", ikm), ("buyer", buyer), ("motif", motif)) if key]
            party = parties[named[0]] if named else None
            sums[on, self.codes[account], party] += credit - debit
            postings[seq] += credit - debit
        assert not any(postings.values()), postings
        self.seq = max(postings, default=self.seq)
        return {key: rupiah for key, rupiah in sums.items() if rupiah}

    @property
    def codes(self):
        if not hasattr(self, "known"):
            self.known = dict(Account.objects.values_list("pk", "code"))
        if not self.known:
            del self.known
            return dict(Account.objects.values_list("pk", "code"))
        return self.known

    # -- work -------------------------------------------------------------------------------------------------------

    def order_work(self, maker, each, once, due_on, motif, pieces):
        shop = self.makers[maker][1]
        row = WorkOrder.objects.create(
            number=f"SPK-{len(self.orders) + 1}",
            cooperative=self.cooperative,
            part=self.parts[0 if motif is None else motif + 1],
            workshop=shop,
            promise_week=MONDAY,
            week_start=MONDAY,
            due_on=due_on,
            pieces=pieces,
            reported=pieces,
            handed_over=pieces,
            pay_rupiah_piece=each - each // 3,
            material_rupiah_piece=each // 3,
            setup_pay_rupiah=once,
            made_at=self.clock(),
        )
        self.orders.append(row)
        lot = lot_born(
            cooperative=self.cooperative, part=row.part, origin="made", quantity=Decimal(pieces), work_order=row
        )
        self.lots.append(lot)

    def move(self, lot, source, target, pieces):
        kind = KINDS.get((source, target), "sort_accept")
        lot_move(lot=self.lots[lot], kind=kind, source=source, target=target, pieces=Decimal(pieces))

    def sweep(self):
        work_post(cooperative=self.cooperative)

    def ship(self, sale, lot, pieces, refused):
        order = self.sales[sale]
        shipment = shipment_open(order=order)
        line = order.lines.get(part=self.lots[lot].part)
        row = shipment_pick(shipment=shipment, line=line, lot=self.lots[lot], pieces=Decimal(pieces))
        shipment_send(shipment=shipment)
        told = {row.pk: told_of(pieces, refused)} if refused else {}
        shipment_receive(shipment=shipment, received_by="Mr Tanaka", told=told)
        self.sent.append(row)

    def come_back(self, which, pieces):
        claim = claim_make(line=self.sent[which], kind="defect", pieces=Decimal(pieces), note=WHY)
        claim_decide(claim=claim, accept=True, replace=False, answer="benar")
        claim_take_back(claim=claim, pieces=Decimal(pieces))
        self.claims.setdefault(which, []).append(claim)

    def join(self, maker):
        membership_open(cooperative=self.cooperative, joined_on=self.clock.day, ikm=self.makers[maker][0])

    def leave(self, maker):
        place = Membership.objects.get(ikm=self.makers[maker][0], role="member", left_on=None)
        membership_close(membership=place, left_on=self.clock.day)

    def license(self, motif, maker, royalty):
        of = {"motif": self.motifs[motif], "ikm": self.makers[maker][0]}
        Licence.objects.filter(**of, valid_until=None).update(valid_until=self.clock.day - dt.timedelta(days=1))
        number = f"L-{Licence.objects.count()}"
        Licence.objects.create(**of, number=number, valid_from=self.clock.day, royalty_rupiah_piece=royalty)

    # -- members ----------------------------------------------------------------------------------------------------

    def terms_set(self, terms):
        terms_set(
            **self.of,
            valid_from=terms["from"],
            decided_by="RAT",
            principal_saving_rupiah=terms["principal"],
            mandatory_saving_rupiah_month=terms["mandatory"],
            voluntary_percent=Decimal(terms["voluntary"]),
            recovery_percent_max=Decimal(terms["recovery"]),
            penalty_percent_week=Decimal(terms["fine"]),
            penalty_cap_percent=Decimal(terms["cap"]),
        )

    def wish(self, maker, percent):
        act = Act(by=self.people[0])
        ikm = self.makers[maker][0]
        voluntary_saving_set(cooperative=self.cooperative, ikm=ikm, percent=Decimal(percent), act=act)

    def account(self, maker):
        of = {"bank": "BRI", "holder": "Bu Sari", "number": "1234567890", "act": Act(by=self.people[0])}
        payout_account_set(ikm=self.makers[maker][0], **of)

    def advance(self, maker, till, rupiah):
        kind = "money" if till else "material"
        advance_give(**self.of, ikm=self.makers[maker][0], kind=kind, rupiah=rupiah, what=WHY, till=till)

    def advance_back(self, which):
        advance_take_back(advance=self.nth(Advance, which), reason=WHY, by=self.people[0])

    def repay(self, maker, rupiah, till):
        repayment_take(**self.of, ikm=self.makers[maker][0], rupiah=rupiah, till=till)

    def repay_back(self, which):
        repayment_take_back(repayment=self.nth(Repayment, which), reason=WHY, by=self.people[0])

    def save(self, maker, kind, rupiah, till):
        saving_pay_in(**self.of, ikm=self.makers[maker][0], kind=kind, rupiah=rupiah, till=till)

    def withdraw(self, maker, kind, rupiah, till):
        saving_pay_out(**self.of, ikm=self.makers[maker][0], kind=kind, rupiah=rupiah, till=till)

    def saving_back(self, which):
        saving_take_back(saving=self.nth(Saving, which), reason=WHY, by=self.people[0])

    def prepare(self, until, by):
        settlement_prepare(cooperative=self.cooperative, until=until, by=self.people[by])

    def discard(self):
        settlement_discard(settlement=Settlement.objects.get(status="draft"), by=self.people[0])

    def lock(self, by):
        settlement_lock(settlement=Settlement.objects.get(status="draft"), by=self.people[by])

    def pay_out(self, which, till):
        row = Settlement.objects.exclude(status="draft").order_by("locked_at", "pk")[which]
        payout_make(settlement=row, till=till, by=self.people[0])

    def bounce(self, which):
        payout_row_bounce(payout_row=self.nth(PayoutRow, which), reason=WHY, by=self.people[0])

    def royalty_pay(self, motif, rupiah, till):
        royalty_pay(**self.of, motif=self.motifs[motif], rupiah=rupiah, till=till)

    def royalty_back(self, which):
        royalty_take_back(payout=self.nth(RoyaltyPayout, which), reason=WHY, by=self.people[0])

    # -- opening balances -------------------------------------------------------------------------------------------

    def bring(self, brought):
        names = [ikm.name for ikm, _shop in self.makers]
        of = [(number, self.buyers[buyer].name, *rest) for number, buyer, *rest in brought.invoices]
        balances = Balances(
            [AccountRow(1, code, max(-credit, 0), max(credit, 0)) for code, credit in brought.accounts.items()],
            [MemberRow(1, names[maker], *amounts) for maker, amounts in brought.members.items()],
            [InvoiceRow(1, *one) for one in of],
        )
        row = opening_prepare(**self.of, on=self.clock.day, balances=balances)
        opening_lock(opening=row, by=self.people[1])

    def bring_back(self):
        opening_take_back(opening=Opening.objects.get(status="locked"), reason=WHY, by=self.people[1])

    # -- sales ------------------------------------------------------------------------------------------------------

    def sell_as(self, sale, agent, fee):
        of = {"sold_as": "agent", "fee_percent": Decimal(fee)} if agent else {"sold_as": "principal"}
        sale_terms_set(order=self.sales[sale], by=self.people[0], **of)

    def tax_status(self, registered, certified):
        certificate = "SK-1" if certified else ""
        tax_status_put(**self.of, valid_from=self.clock.day, registered=registered, certificate=certificate)

    def invoice(self, sale):
        invoice_make(order=self.sales[sale], by=self.people[0])

    def invoice_back(self, which):
        invoice_cancel(invoice=self.nth(Invoice, which), reason=WHY, by=self.people[0])

    def credit(self, which, place, claim, pieces):
        of = {"claim": self.claims[place][claim], "pieces": Decimal(pieces), "reason": WHY, "by": self.people[0]}
        credit_note_make(invoice=self.nth(Invoice, which), **of)

    def pay(self, buyer, rupiah, till, kept=0, kind=""):
        slip = "BP-1" if kept else ""
        of = {"withheld": kept, "withheld_kind": kind, "withheld_slip": slip}
        payment_record(**self.of, buyer=self.buyers[buyer], rupiah=rupiah, till=till, **of)

    def pay_by_statement(self, buyer, rupiah, number):
        """A bank's file with one line that is new, and its line matched."""
        told = f"Tanggal;Keterangan;Debet;Kredit\n{self.clock.day:%d/%m/%Y};TRF {number};;{rupiah}\n"
        file = statement_import(**self.of, name=f"{number}.csv", content=told.encode())
        bank_row_match(row=BankRow.objects.get(file=file), buyer=self.buyers[buyer], by=self.people[0])

    def allocate(self, payment, invoice, rupiah):
        parts = [(self.nth(Invoice, invoice), rupiah)]
        payment_allocate(payment=self.nth(Payment, payment), parts=parts, by=self.people[0])

    def allocation_back(self, payment, invoice, rupiah):
        of = {"payment": self.nth(Payment, payment), "invoice": self.nth(Invoice, invoice), "rupiah": rupiah}
        allocation_take_back(**of, reason=WHY, by=self.people[0])

    def refund(self, payment, rupiah, till):
        payment_refund(payment=self.nth(Payment, payment), rupiah=rupiah, reason=WHY, till=till, by=self.people[0])

    def refund_back(self, which):
        refund_reverse(refund=self.nth(Refund, which), reason=WHY, by=self.people[0])

    def payment_back(self, which):
        payment_reverse(payment=self.nth(Payment, which), reason=WHY, by=self.people[0])

    def income_tax(self, month):
        income_tax_post(**self.of, month=month)

    # -- books and years --------------------------------------------------------------------------------------------

    def journal(self, on, lines):
        entries = [Entry(account, debit=max(-credit, 0), credit=max(credit, 0)) for account, credit in lines]
        return journal_enter(**self.of, on=on, what=WHY, entries=entries)

    def journal_back(self, journal):
        journal_reverse(journal=journal, reason=WHY, by=self.people[0])

    def month_close(self, month):
        month_close(**self.of, month=month)

    def stock(self):
        return stock_count(**self.of, on=self.clock.day)

    def propose(self, year, by):
        year_propose(cooperative=self.cooperative, year=year, by=self.people[by])

    def withdraw_year(self, year):
        year_withdraw(book_year=BookYear.objects.get(year=year), reason=WHY, by=self.people[0])

    def year_close(self, year, by):
        year_close(book_year=BookYear.objects.get(year=year), by=self.people[by])

    def meet(self, year, percents, to_reserve):
        meeting_record(
            book_year=BookYear.objects.get(year=year),
            reference=f"RAT-{year}",
            held_on=self.clock.day,
            present=3,
            members=5,
            percents={Pool(pool): Decimal(percent) for pool, percent in percents.items()},
            others_to_reserve=to_reserve,
            by=self.people[0],
        )

    def share_surplus(self, year):
        surplus_share(meeting=Meeting.objects.get(book_year__year=year), by=self.people[0])

    def pay_shares(self, which):
        rows = list(SurplusShare.objects.order_by("pk"))
        chosen = [rows[one] for one in which]
        surplus_pay(
            meeting=chosen[0].meeting,
            shares=[row.pk for row in chosen],
            till="cash",
            on=self.clock.day,
            by=self.people[0],
        )

    def share_back(self, which):
        surplus_payout_reverse(payout=self.nth(SurplusPayout, which), reason=WHY, by=self.people[0])
