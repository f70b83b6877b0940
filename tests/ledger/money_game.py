"""Plays steps to the model and to Wadah at once: both do it or both refuse, and what was posted is the same.

After each step every posting balances and what it adds to each account and party, on its day, is what the model says,
so at every moment the books are the model's. Every WHOLE steps all of it is verified as `wadah verify --again` does,
and every balance is compared. A failure names the seed; `shortened` leaves out what it doesn't need.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from unittest.mock import patch

from django.db import transaction
from django.db.models import Sum
from money_members import Members
from money_model import Base, No
from money_opening import Brought, Openings
from money_sales import Order, Sales
from money_steps import STEPS
from money_world import BUYERS, MAKERS, MOTIFS, PRICES, Clock, World
from money_years import Years

from cast import JOINED
from wadah.base.errors import Conflict, Refused
from wadah.ledger.models import PostingLine, SettlementRow
from wadah.ledger.verify.run import verify

OPENED_ON = dt.date(2025, 1, 1)
MEMBERS = 3
BROUGHT = Brought(
    accounts={"1101": -400_000, "1102": -2_100_000, "2201": 1_500_000, "3105": 830_000},
    members={0: (100_000, 240_000, 60_000, 90_000), 1: (100_000, 120_000, 0, 0), 2: (50_000, 0, 0, 35_000)},
    invoices=[
        ("7-24", 0, dt.date(2024, 11, 2), dt.date(2024, 12, 2), 300_000),
        ("9-24", 1, dt.date(2024, 12, 9), dt.date(2025, 1, 8), 75_000),
    ],
)
"""With what every game begins; once it is taken back and brought anew."""
WHOLE = 1_000


class Model(Years, Openings, Sales, Members, Base):
    def __init__(self):
        super().__init__(OPENED_ON, MAKERS, BUYERS, MOTIFS)
        self.members_begin()
        self.sales_begin()
        self.years_begin()
        self.sales = [Order(number % BUYERS, price) for number, price in enumerate(PRICES)]
        for maker in range(MEMBERS):
            self.spans[maker].append((JOINED, None))


class Wrong(AssertionError):
    """Model and Wadah part here."""


class Game:
    def __init__(self):
        """Inside a transaction; `play` runs with the game's clock."""
        self.clock = Clock(OPENED_ON)
        with patch("django.utils.timezone.now", self.clock):
            self.world = World(OPENED_ON)
            self.world.clock = self.clock
            self.model = Model()
            self.both("tax_status", False, False)
            for act, *values in (("bring", BROUGHT), ("bring_back",), ("bring", BROUGHT)):
                if self.both(act, *values) is None:
                    raise Wrong(f"begin: {act} is refused")
        self.journals, self.statements, self.done = [], 0, Counter()

    @property
    def day(self):
        return self.clock.day

    def play(self, steps, whole=WHOLE):
        """All of them; raises Wrong."""
        with patch("django.utils.timezone.now", self.clock):
            for number, (name, *draws) in enumerate(steps, start=1):
                self.now = f"step {number}: {name} {draws}"
                self.pass_time(minutes=1 + draws[3] % 40)
                STEPS[name][0](self, *draws)
                if whole and number % whole == 0:
                    self.whole()
            self.whole()

    def pass_time(self, minutes):
        self.clock.on(minutes)
        self.model.today = self.day

    # -- both at once -----------------------------------------------------------------------------------------------

    def both(self, act, *values):
        return self.pair(lambda: getattr(self.model, act)(*values), lambda: getattr(self.world, act)(*values), act)

    def pair(self, in_model, in_world, act=""):
        """What each returns, where both did it; None where both refused."""
        try:
            with transaction.atomic():
                made = (in_world(),)
        except (Refused, Conflict) as error:
            made, why = None, str(error)
        try:
            expected = (in_model(),)
        except No:
            expected = None
        if (made is None) != (expected is None):
            told = "Wadah did it, the model refuses" if made else f"the model did it, Wadah refuses: {why}"
            raise Wrong(f"{getattr(self, 'now', 'begin')} ({act}): {told}")
        self.compare(act)
        if made is None or expected is None:
            return None
        if hasattr(self, "done"):
            self.done[act] += 1
        return expected[0], made[0]

    def compare(self, act):
        told = {key: rupiah for key, rupiah in self.model.told.items() if rupiah}
        self.model.told.clear()
        posted = self.world.told()
        if posted != told:
            more = {key: rupiah for key, rupiah in posted.items() if told.get(key) != rupiah}
            less = {key: rupiah for key, rupiah in told.items() if posted.get(key) != rupiah}
            raise Wrong(f"{getattr(self, 'now', 'begin')} ({act}): Wadah posts {more}, the model {less}")

    def journal_back(self, which, lines):
        self.model.need(not self.journals[which][2])
        self.model.post(self.day, *((account, None, -credit) for account, credit in lines))

    def stock(self):
        """What lies there is counted by Wadah; the model posts by how much its books differ."""
        counted = {}

        def count():
            counted["rupiah"] = self.world.stock().rupiah

        self.pair(
            lambda: self.model.stock(counted.get("rupiah", 0)) if counted else self.model.need(False), count, "stock"
        )

    # -- all of it --------------------------------------------------------------------------------------------------

    def whole(self):
        for report in verify(again=True):
            if report.faults:
                raise Wrong(f"{self.now}: {report.faults}")
        books = defaultdict(int)
        for (account, _party), credit in self.model.books.items():
            books[account] += credit
        rows = PostingLine.objects.order_by().values_list("account__code").annotate(up=Sum("credit"), down=Sum("debit"))
        found = {code: up - down for code, up, down in rows}
        if {code: one for code, one in found.items() if one} != {code: one for code, one in books.items() if one}:
            raise Wrong(f"{self.now}: books {found}, model {dict(books)}")
        wages = sum(SettlementRow.objects.exclude(settlement__status="draft").values_list("work", flat=True))
        pay = sum(row.rupiah for row in self.model.entries if row.settled is not None)
        if wages != pay:
            raise Wrong(f"{self.now}: settled {wages}, accepted × rate {pay}")


def failure(steps, whole=WHOLE):
    """What goes wrong with these steps from the beginning, None where nothing does; leaves nothing behind."""
    with transaction.atomic():
        try:
            Game().play(steps, whole)
        except Wrong as wrong:
            return str(wrong)
        finally:
            transaction.set_rollback(True)
    return None


def shortened(steps, tries=60):
    """Fewer steps that go wrong too, by leaving out ever shorter runs of them."""
    length = len(steps) // 2
    while length and tries:
        first = 0
        while first < len(steps) and tries:
            fewer = steps[:first] + steps[first + length :]
            tries -= 1
            if failure(fewer):
                steps = fewer
            else:
                first += length
        length //= 2
    return steps
