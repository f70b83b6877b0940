"""The model's members: terms, advances, savings, settlements, payouts, royalties (docs/ledger.md P6 to P9, P16)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from money_model import TILLS, No, month_after, month_of, nearest

SAVED = {"pokok": "3101", "wajib": "3102", "sukarela": "2110"}


@dataclass
class Advance:
    maker: int
    on: object
    till: str
    rupiah: int
    recovered: int = 0
    back: bool = False
    brought: bool = False


@dataclass
class Repayment:
    maker: int
    till: str
    debt: int
    parts: list
    back: bool = False

    @property
    def rupiah(self):
        return self.debt + sum(part for _place, part in self.parts)


@dataclass
class Saving:
    maker: int
    kind: str
    on: object
    rupiah: int
    till: str = ""
    back: bool = False


@dataclass
class Settlement:
    until: object
    preparer: int
    shares: dict
    locked: bool = False
    rows: dict = field(default_factory=dict)
    paid: dict = field(default_factory=dict)


@dataclass
class Payout:
    settlement: int
    maker: int
    till: str
    rupiah: int
    back: bool = False


def amounts(share):
    """What a preview shows: of advances only the sum."""
    return share | {"recoveries": sum(part for _place, part in share["recoveries"])}


class Members:
    def members_begin(self):
        self.terms, self.wishes = [], {}
        self.advances, self.savings, self.settlements, self.payouts, self.royalties = [], [], [], [], []
        self.repayments, self.accounts = [], set()
        self.draft = None

    def terms_on(self, day):
        return next((row for row in reversed(self.terms) if row["from"] <= day), None)

    def settled_until(self):
        return max((one.until for one in self.settlements), default=None)

    def terms_set(self, terms):
        settled = self.settled_until()
        self.need(settled is None or terms["from"] > settled)
        rows = [row for row in self.terms if row["from"] != terms["from"]]
        self.terms = sorted([*rows, terms], key=lambda row: row["from"])

    def wish(self, maker, percent):
        self.need(self.member_on(maker, self.today))
        self.wishes[maker] = [*self.wishes.get(maker, ()), (self.today, percent)]

    def wished(self, maker, until, otherwise):
        return next((percent for since, percent in reversed(self.wishes.get(maker, ())) if since <= until), otherwise)

    # -- advances ---------------------------------------------------------------------------------------------------

    def advance(self, maker, till, rupiah):
        """till: empty for material."""
        self.need(self.member_on(maker, self.today) and self.terms_on(self.today))
        self.advances.append(Advance(maker, self.today, till, rupiah))
        gone = TILLS[till] if till else "5103"
        self.post(self.today, ("1112", ("ikm", maker), -rupiah), (gone, None, rupiah))

    def advance_back(self, which):
        row = self.advances[which]
        self.need(not row.back and not row.recovered and not row.brought)
        row.back = True
        gone = TILLS[row.till] if row.till else "5103"
        self.post(self.today, ("1112", ("ikm", row.maker), row.rupiah), (gone, None, -row.rupiah))

    # -- paid back by hand ------------------------------------------------------------------------------------------

    def owed(self, maker):
        return -self.balance("1111", ("ikm", maker)) - self.balance("1112", ("ikm", maker))

    def repay(self, maker, rupiah, till):
        """To the debt first, then to the oldest advance."""
        self.need(0 < rupiah <= self.owed(maker))
        debt = min(-self.balance("1111", ("ikm", maker)), rupiah)
        row = Repayment(maker, till, debt, [])
        for place, advance in self.owing(maker, self.today):
            part = min(advance.rupiah - advance.recovered, rupiah - row.rupiah)
            row.parts.append((place, part))
        self.repayments.append(row)
        self.repaid(row, 1)

    def repay_back(self, which):
        row = self.repayments[which]
        self.need(not row.back)
        row.back = True
        self.repaid(row, -1)

    def repaid(self, row, way):
        for place, part in row.parts:
            self.advances[place].recovered += way * part
        of, advances = ("ikm", row.maker), row.rupiah - row.debt
        self.post(
            self.today,
            (TILLS[row.till], None, -way * row.rupiah),
            ("1111", of, way * row.debt),
            ("1112", of, way * advances),
        )

    # -- savings ----------------------------------------------------------------------------------------------------

    def saved(self, maker, kind):
        return sum(row.rupiah for row in self.savings if row.maker == maker and row.kind == kind)

    def saving_move(self, maker, kind, rupiah, till):
        self.savings.append(Saving(maker, kind, self.today, rupiah, till))
        self.post(self.today, (TILLS[till], None, -rupiah), (SAVED[kind], ("ikm", maker), rupiah))

    def save(self, maker, kind, rupiah, till):
        self.need(self.member_on(maker, self.today))
        if kind == "pokok":
            terms = self.terms_on(self.today)
            self.need(terms and self.saved(maker, kind) + rupiah <= terms["principal"])
        self.saving_move(maker, kind, rupiah, till)

    def withdraw(self, maker, kind, rupiah, till):
        self.need(kind == "sukarela" or not self.member_on(maker, self.today))
        self.need(rupiah <= self.saved(maker, kind))
        self.saving_move(maker, kind, -rupiah, till)

    def saving_back(self, which):
        row = self.savings[which]
        self.need(row.till and not row.back and row.rupiah <= self.saved(row.maker, row.kind))
        row.back = True
        self.saving_move(row.maker, row.kind, -row.rupiah, row.till)
        self.savings[-1].back = True

    # -- settlement -------------------------------------------------------------------------------------------------

    def share(self, maker, until):
        """What becomes of a maker's work: each purpose as far as what is left reaches."""
        entries = self.open_entries(maker, until)
        terms = self.terms_on(until) or {}
        work = sum(row.rupiah for row in entries)
        penalty = nearest(sum(map(self.fined, entries)))
        left = max(work - penalty, 0)
        carried_in = min(-self.balance("1111", ("ikm", maker)), left)
        left -= carried_in
        reach = min(left, max(work, 0) * terms.get("recovery", 0) // 100)
        recoveries = []
        for place, row in self.owing(maker, until):
            part = min(row.rupiah - row.recovered, reach)
            reach -= part
            recoveries.append((place, part))
        left -= sum(part for _place, part in recoveries)
        mandatory = min(self.mandatory_due(maker, until), left)
        left -= mandatory
        percent = self.wished(maker, until, terms.get("voluntary", 0)) if self.member_on(maker, until) else 0
        voluntary = min(nearest(Fraction(max(work, 0) * percent, 100)), left)
        return {
            "work": work,
            "penalty": penalty,
            "carried_in": carried_in,
            "recoveries": recoveries,
            "mandatory": mandatory,
            "voluntary": voluntary,
            "carried_out": max(penalty - work, 0),
            "net": left - voluntary,
        }

    def open_entries(self, maker, until):
        return [row for row in self.entries if row.maker == maker and row.settled is None and row.on <= until]

    def fined(self, row):
        terms = self.terms_on(row.came_on) if row.weeks else None
        return Fraction(row.rupiah * min(row.weeks * terms["fine"], terms["cap"]), 100) if terms else 0

    def owing(self, maker, until):
        rows = [(place, row) for place, row in enumerate(self.advances) if row.maker == maker and row.on <= until]
        return [(place, row) for place, row in rows if not row.back and row.recovered < row.rupiah]

    def mandatory_due(self, maker, until):
        if not self.member_on(maker, until):
            return 0
        joined = next(since for since, end in self.spans[maker] if since <= until and (end is None or until < end))
        start = max(self.opened_on, self.terms[0]["from"]) if self.terms else until
        due, month = 0, month_of(max(joined, start))
        while month <= until:
            terms = self.terms_on(month)
            due += terms["mandatory"] if terms else 0
            month = month_after(month)
        since = max(month_of(start), joined)
        rows = [row for row in self.savings if row.maker == maker and row.kind == "wajib"]
        return max(0, due - sum(row.rupiah for row in rows if row.on >= since))

    def shares(self, until):
        makers = {row.maker for row in self.entries if row.settled is None and row.on <= until}
        return {maker: self.share(maker, until) for maker in sorted(makers)}

    def prepare(self, until, by):
        self.need(until <= self.today)
        shares = self.shares(until)
        self.need(shares)
        self.draft = Settlement(until, by, shares)

    def discard(self):
        self.need(self.draft)
        self.draft = None

    def lock(self, by):
        row = self.draft
        self.need(row and row.preparer != by)
        fresh = self.shares(row.until)
        self.need(list(map(amounts, row.shares.values())) == list(map(amounts, fresh.values())))
        self.need(row.shares.keys() == fresh.keys())
        row.shares = fresh
        self.draft, row.locked = None, True
        self.settlements.append(row)
        for maker, share in row.shares.items():
            self.settle(row, maker, share)

    def settle(self, row, maker, share):
        for entry in self.open_entries(maker, row.until):
            entry.settled = len(self.settlements) - 1
        for place, part in share["recoveries"]:
            self.advances[place].recovered += part
        for kind, rupiah in (("wajib", share["mandatory"]), ("sukarela", share["voluntary"])):
            if rupiah:
                self.savings.append(Saving(maker, kind, row.until, rupiah))
        row.rows[maker], row.paid[maker] = share["net"], 0
        of = ("ikm", maker)
        self.post(
            row.until,
            ("2101", of, -share["work"]),
            ("1111", of, share["carried_in"] - share["carried_out"]),
            ("4202", None, share["penalty"]),
            ("1112", of, sum(part for _place, part in share["recoveries"])),
            ("3102", of, share["mandatory"]),
            ("2110", of, share["voluntary"]),
            ("2106", of, share["net"]),
        )

    def pay_out(self, which, till):
        """What is left of all its rows; by the bank, of those with an account."""
        row = self.settlements[which]
        left = [maker for maker, net in row.rows.items() if net > row.paid[maker]]
        left = [maker for maker in left if till == "cash" or maker in self.accounts]
        self.need(left)
        for maker in left:
            rupiah = row.rows[maker] - row.paid[maker]
            row.paid[maker] += rupiah
            self.payouts.append(Payout(which, maker, till, rupiah))
            self.post(self.today, ("2106", ("ikm", maker), -rupiah), (TILLS[till], None, rupiah))

    def bounce(self, which):
        row = self.payouts[which]
        self.need(not row.back)
        row.back = True
        self.settlements[row.settlement].paid[row.maker] -= row.rupiah
        self.post(self.today, ("2106", ("ikm", row.maker), row.rupiah), (TILLS[row.till], None, -row.rupiah))

    # -- royalties --------------------------------------------------------------------------------------------------

    def royalty_pay(self, motif, rupiah, till):
        self.need(0 < rupiah <= self.balance("2107", ("motif", motif)))
        self.royalties.append([motif, rupiah, till, False])
        self.post(self.today, ("2107", ("motif", motif), -rupiah), (TILLS[till], None, rupiah))

    def royalty_back(self, which):
        motif, rupiah, till, back = self.royalties[which]
        if back:
            raise No
        self.royalties[which][3] = True
        self.post(self.today, ("2107", ("motif", motif), rupiah), (TILLS[till], None, -rupiah))
