"""The model's opening balances (docs/ledger.md P20): what a cooperative brings before anything else is posted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from money_members import SAVED, Advance, Saving
from money_sales import Invoice

KINDS = ("pokok", "wajib", "sukarela")


@dataclass(frozen=True)
class Brought:
    """accounts: {code: credit}, below zero for debit; members: {maker: (pokok, wajib, sukarela, advance)}; invoices:
    [(number, buyer, made on, due on, rupiah)]."""

    accounts: dict = field(default_factory=dict)
    members: dict = field(default_factory=dict)
    invoices: list = field(default_factory=list)


class Openings:
    def bring(self, brought):
        """Both sides have to be equal; each is posted once, on the first day of the books."""
        lines = [(account, None, credit) for account, credit in brought.accounts.items()]
        for maker, (*saved, advance) in brought.members.items():
            lines += [(SAVED[kind], ("ikm", maker), rupiah) for kind, rupiah in zip(KINDS, saved, strict=True)]
            lines.append(("1112", ("ikm", maker), -advance))
        lines += [("1110", ("buyer", buyer), -rupiah) for _number, buyer, _made, _due, rupiah in brought.invoices]
        self.need(sum(one[2] for one in lines) == 0 and not self.books)
        self.brought_rows(brought)
        self.post(self.opened_on, *lines)

    def brought_rows(self, brought):
        before = self.opened_on - dt.timedelta(days=1)
        for maker, (*saved, advance) in brought.members.items():
            self.savings += [
                Saving(maker, kind, before, rupiah) for kind, rupiah in zip(KINDS, saved, strict=True) if rupiah
            ]
            if advance:
                self.advances.append(Advance(maker, before, "", advance, brought=True))
        for _number, buyer, made, _due, rupiah in brought.invoices:
            self.invoices.append(Invoice(None, buyer, made, [], rupiah, 0, 0, False, False))

    def bring_back(self):
        """At once after it was brought, and nothing is left of it."""
        self.post(self.today, *((account, party, -credit) for (account, party), credit in list(self.books.items())))
        self.books.clear()
        for rows in (self.savings, self.advances, self.invoices):
            rows.clear()
