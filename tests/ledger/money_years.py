"""The model's years: stock, closing, the meeting, shares of the surplus (docs/ledger.md P11, P13 to P15, S1 to S5)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from money_model import RESULT, TILLS, nearest, split

POOLS = ("reserve", "patronage", "capital", "board", "staff", "education", "social", "area")
FUNDS = {"reserve": "3105", "board": "2141", "staff": "2142", "education": "2143", "social": "2144", "area": "2145"}


class Years:
    def years_begin(self):
        self.counts, self.years, self.meetings, self.shares_owed, self.shares_paid = [], {}, {}, [], []

    def stock(self, rupiah):
        """rupiah: what was counted, which is the stock's own business."""
        self.need(self.today not in self.counts and self.today.year not in self.years)
        self.counts.append(self.today)
        more = rupiah + self.balance("1122")
        self.post(self.today, ("1122", None, -more), ("5110", None, more))

    # -- closing ----------------------------------------------------------------------------------------------------

    def year_credits(self, year):
        sums = dict.fromkeys(RESULT, 0)
        for (day, code), credit in self.days.items():
            if day.year == year:
                sums[code] += credit
        return sums

    def year_result(self, year):
        """The result, and what of it is the members'."""
        credits = self.year_credits(year)
        result, own, others = sum(credits.values()), max(-credits["5101"], 0), max(-credits["5102"], 0)
        return result, result - nearest(Fraction(result * others, own + others)) if others else result

    def propose(self, year, by):
        last = dt.date(year, 12, 31)
        self.need(year not in self.years and last < self.today and self.opened_on <= last < self.first_open)
        self.need(all(self.years.get(one, {}).get("closed") for one in range(self.oldest.year, year)))
        result, members = self.year_result(year)
        self.years[year] = {"result": result, "members": members, "by": by, "closed": False}

    def withdraw_year(self, year):
        self.need(year in self.years and not self.years[year]["closed"])
        del self.years[year]

    def year_close(self, year, by):
        row = self.years.get(year)
        self.need(row and not row["closed"] and row["by"] != by)
        self.need((row["result"], row["members"]) == self.year_result(year))
        row["closed"] = True
        credits = self.year_credits(year)
        lines = [(code, None, -credit) for code, credit in credits.items()]
        self.post(dt.date(year, 12, 31), *lines, ("3106", None, sum(credits.values())), closing=True)

    # -- the meeting ------------------------------------------------------------------------------------------------

    def meet(self, year, percents, to_reserve):
        """percents: by POOLS, together 100; none for a loss."""
        row = self.years.get(year)
        self.need(row and row["closed"] and year not in self.meetings)
        self.need((sum(percents.values()) == 100) if row["result"] > 0 else not any(percents.values()))
        self.meetings[year] = {"percents": percents, "to_reserve": to_reserve, "held": self.today, "shared": False}

    def bases(self, year):
        work, savings = {}, {}
        for row in self.entries:
            if row.member and row.posted_on.year == year:
                work[row.maker] = work.get(row.maker, 0) + row.rupiah
        for row in self.savings:
            if row.kind != "sukarela" and row.on <= dt.date(year, 12, 31):
                savings[row.maker] = savings.get(row.maker, 0) + row.rupiah
        return [{maker: base for maker, base in one.items() if base > 0} for one in (work, savings)]

    def pools(self, year):
        meeting, row = self.meetings[year], self.years[year]
        others, percents = row["result"] - row["members"], meeting["percents"]
        pools = dict.fromkeys(POOLS, 0) | self.parted(row["members"], percents)
        rest = {pool: percent for pool, percent in percents.items() if pool != "patronage" and percent}
        for pool, rupiah in self.parted(
            others, {"reserve": 100} if meeting["to_reserve"] or not rest else rest
        ).items():
            pools[pool] += rupiah
        return pools

    def parted(self, whole, percents):
        pools = [pool for pool in POOLS if percents.get(pool)]
        return dict(zip(pools, split(whole, [percents[pool] for pool in pools]), strict=True))

    def share_surplus(self, year):
        meeting, row = self.meetings.get(year), self.years.get(year)
        self.need(meeting and not meeting["shared"] and row["result"] > 0)
        pools, bases = self.pools(year), self.bases(year)
        for pool, base in zip(("patronage", "capital"), bases, strict=True):
            if not base:
                pools["reserve"] += pools[pool]
                pools[pool] = 0
        makers = sorted({*bases[0], *bases[1]})
        parts = [
            self.pool_parts(pools[pool], base, makers)
            for pool, base in zip(("patronage", "capital"), bases, strict=True)
        ]
        owed = [sum(both) for both in zip(*parts, strict=True)]
        first = len(self.shares_owed)
        self.shares_owed += [
            {"year": year, "maker": maker, "rupiah": owed[i], "paid": 0} for i, maker in enumerate(makers)
        ]
        meeting["shared"], meeting["shares"] = self.today, range(first, len(self.shares_owed))
        members = [("2140", ("ikm", maker), rupiah) for maker, rupiah in zip(makers, owed, strict=True)]
        funds = [(account, None, pools[pool]) for pool, account in FUNDS.items()]
        self.post(self.today, ("3106", None, -row["result"]), *members, *funds)

    def pool_parts(self, whole, base, makers):
        return split(whole, [base.get(maker, 0) for maker in makers]) if base else [0] * len(makers)

    def pay_shares(self, which):
        """which: places of shares of one year, in cash."""
        rows = [self.shares_owed[one] for one in which]
        self.need(rows and all(row["paid"] < row["rupiah"] for row in rows))
        for place, row in zip(which, rows, strict=True):
            left = row["rupiah"] - row["paid"]
            row["paid"] += left
            self.shares_paid.append([place, left, False])
            self.post(self.today, ("2140", ("ikm", row["maker"]), -left), (TILLS["cash"], None, left))

    def share_back(self, which):
        place, rupiah, back = self.shares_paid[which]
        self.need(not back)
        self.shares_paid[which][2] = True
        row = self.shares_owed[place]
        row["paid"] -= rupiah
        self.post(self.today, ("2140", ("ikm", row["maker"]), rupiah), (TILLS["cash"], None, -rupiah))
