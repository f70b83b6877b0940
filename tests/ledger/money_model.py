"""What the money of a cooperative has to be, in plain Python that shares no line with Wadah: the books, and work.

Everything is a number of whole rupiah or pieces; makers, buyers, motifs, lots … are known by the place in which they
came. Each act changes the model or raises No; what it posts is added to `books` and told apart in `told` by (day,
account, party), credit above zero. money_members, money_sales and money_years are its other parts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

CASH, BANK = "1101", "1102"
TILLS = {"cash": CASH, "bank": BANK}
RESULT = ("4101", "4102", "4103", "4109", "4201", "4202", "5101", "5102", "5103", "5104", "5105", "5106", "5107",
          "5109", "5110", "6101", "6102", "6103", "6104", "6105", "6106", "6107", "6201", "7101")  # fmt: skip


class No(Exception):
    """It can't be done: Wadah has to refuse it too."""


def nearest(amount) -> int:
    """Halves away from zero."""
    amount = Fraction(amount)
    whole = int(abs(amount) + Fraction(1, 2))
    return whole if amount >= 0 else -whole


def split(whole, weights):
    """By largest remainder, ties to the earlier."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(whole * weights[i] % total), i))
    for i in order[: whole - sum(parts)]:
        parts[i] += 1
    return parts


def month_of(day):
    return day.replace(day=1)


def month_after(month):
    return (month + dt.timedelta(days=31)).replace(day=1)


@dataclass
class WorkOrder:
    maker: int
    each: int
    once: int
    due_on: dt.date
    motif: int | None
    entered: int = 0

    def pays(self, pieces):
        return pieces * self.each + (self.once if pieces > 0 else 0)


@dataclass
class Lot:
    order: int
    received_on: dt.date
    at: dict = field(default_factory=lambda: defaultdict(int))


@dataclass
class Entry:
    maker: int
    on: dt.date
    posted_on: dt.date
    member: bool
    rupiah: int
    weeks: int
    came_on: dt.date
    settled: int | None = None


class Base:
    """Days, months, the books."""

    def __init__(self, opened_on, makers, buyers, motifs):
        self.today = self.opened_on = opened_on
        self.first_open = opened_on
        self.oldest = dt.date.max
        self.books = defaultdict(int)
        self.days = defaultdict(int)  # (day, account of result) → credit, the closing of years left out
        self.told = defaultdict(int)
        self.makers, self.buyers, self.motifs = range(makers), range(buyers), range(motifs)
        self.spans = {one: [] for one in self.makers}
        self.licences = defaultdict(list)
        self.orders, self.lots, self.entries, self.waiting = [], [], [], []

    def post(self, on, *lines, closing=False):
        """lines: (account, party or None, credit)."""
        on = max(on, self.first_open)
        if any(one[2] for one in lines):
            self.oldest = min(self.oldest, on)
        assert sum(one[2] for one in lines) == 0, lines
        for account, party, credit in lines:
            if credit:
                self.books[account, party] += credit
                self.told[on, account, party] += credit
                if account in RESULT and not closing:
                    self.days[on, account] += credit
        return on

    def balance(self, account, party=None):
        return self.books[account, party]

    def need(self, held):
        if not held:
            raise No

    # -- members ----------------------------------------------------------------------------------------------------

    def member_on(self, maker, day):
        return any(since <= day and (until is None or day < until) for since, until in self.spans[maker])

    def joined(self, maker):
        """Of the place that is open, None without one."""
        return next((since for since, until in self.spans[maker] if until is None), None)

    def join(self, maker):
        """From today on; a place that ended today may be followed by another at once."""
        self.need(self.joined(maker) is None)
        self.need(all(until <= self.today for _since, until in self.spans[maker]))
        self.spans[maker].append((self.today, None))

    def leave(self, maker):
        since = self.joined(maker)
        self.need(since is not None and since <= self.today)
        self.spans[maker][-1] = (since, self.today)

    def license(self, motif, maker, royalty):
        """In place of the one before, whose last day was yesterday."""
        rows = self.licences[motif, maker]
        self.need(not rows or rows[-1][0] < self.today)
        rows.append((self.today, royalty))

    def royalty_on(self, motif, maker, day):
        return next((royalty for since, royalty in reversed(self.licences[motif, maker]) if since <= day), 0)

    # -- work -------------------------------------------------------------------------------------------------------

    def order_work(self, maker, each, once, due_on, motif, pieces):
        self.orders.append(WorkOrder(maker, each, once, due_on, motif))
        self.lots.append(Lot(len(self.orders) - 1, self.today))
        self.lots[-1].at["waiting"] = pieces

    def move(self, lot, source, target, pieces):
        row = self.lots[lot]
        self.need(0 < pieces <= row.at[source])
        row.at[source] -= pieces
        row.at[target] += pieces
        came = target == "accepted" and source in {"waiting", "rejected"}
        went = target in {"waiting", "rejected"} and source in {"accepted", "shipped"}
        if came or went:
            self.waiting.append((lot, pieces if came else -pieces, self.today))

    def sweep(self):
        """P1: what was moved comes into the books."""
        for lot, pieces, on in self.waiting:
            row = self.lots[lot]
            order = self.orders[row.order]
            before, after = order.entered, order.entered + pieces
            order.entered = after
            royalty = self.royalty_on(order.motif, order.maker, on) if order.motif is not None else 0
            member, rupiah = self.member_on(order.maker, on), order.pays(after) - order.pays(before)
            cost, owed = "5101" if member else "5102", royalty * pieces
            posted = self.post(
                on,
                (cost, None, -rupiah),
                ("2101", ("ikm", order.maker), rupiah),
                ("5107", None, -owed),
                ("2107", ("motif", order.motif), owed),
            )
            weeks = max(0, -(-(row.received_on - order.due_on).days // 7))
            self.entries.append(Entry(order.maker, on, posted, member, rupiah, weeks, row.received_on))
        self.waiting = []

    # -- by hand ----------------------------------------------------------------------------------------------------

    def journal(self, on, lines):
        self.need(self.opened_on <= on <= self.today)
        self.post(on, *((account, None, credit) for account, credit in lines))
        return lines

    def month_close(self, month):
        self.need(month >= self.first_open and month_after(month) <= self.today)
        self.first_open = month_after(month)
