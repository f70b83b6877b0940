"""A year of the cast's cooperative that is over: work, sales, savings and costs of 2025, with all its months open.

Bu Sari made 100 bolts and Bu Tini 50; Pak Karim, who had left, made 50 and is no member. What came in and went out
otherwise is written by hand. A second person with the office is Bu Lastri, the treasurer.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from unittest.mock import patch

from cast import JOINED, Cast, person
from cast_ledger import Making, making_build
from wadah.accounts.models import User
from wadah.ledger.models import BookYear, Meeting, Saving
from wadah.ledger.services.books import book_open
from wadah.ledger.services.closing import month_close
from wadah.ledger.services.journals import Entry, journal_enter
from wadah.ledger.services.meetings import meeting_record, surplus_share
from wadah.ledger.services.posting import rows_post
from wadah.ledger.services.work import work_post
from wadah.ledger.services.years import year_close, year_propose
from wadah.ledger.words import Pool, Rule
from wadah.register.models import Membership
from wadah.register.services import membership_open

YEAR = 2025
PERCENTS = {
    Pool.RESERVE: Decimal(30),
    Pool.PATRONAGE: Decimal(40),
    Pool.CAPITAL: Decimal(15),
    Pool.BOARD: Decimal(5),
    Pool.EDUCATION: Decimal(5),
    Pool.SOCIAL: Decimal(5),
}
PAY = {"sari": 100 * 800 + 15_000, "tini": 50 * 800 + 15_000, "karim": 50 * 800 + 15_000}
"""What making_build's work orders pay, set-up and trip included."""
SAVED = {"sari": 300_000, "tini": 100_000}
SALES, RENT = 1_000_000, 205_000
RESULT = SALES - RENT - sum(PAY.values())


@contextmanager
def on_day(day: date):
    """The clock shows noon in Bekasi of this day."""
    with patch("django.utils.timezone.now", lambda: datetime(day.year, day.month, day.day, 5, tzinfo=UTC)):
        yield


@dataclass(frozen=True)
class Year:
    cast: Cast
    making: Making
    treasurer: User

    @property
    def cooperative(self):
        return self.cast.cooperative

    def closed_months(self):
        month_close(cooperative=self.cooperative, month=date(YEAR, 12, 1), by=self.treasurer)

    def proposed(self) -> BookYear:
        self.closed_months()
        return year_propose(cooperative=self.cooperative, year=YEAR, by=self.cast.manager)

    def closed(self) -> BookYear:
        return year_close(book_year=self.proposed(), by=self.treasurer)

    def met(self, percents=PERCENTS, **more) -> Meeting:
        columns = {"reference": "RAT/2026/01", "held_on": date(2026, 3, 14), "present": 3, "members": 3, **more}
        year = columns.pop("book_year", None) or self.closed()
        return meeting_record(book_year=year, percents=percents, by=self.treasurer, **columns)

    def shared(self, **more) -> Meeting:
        meeting = self.met(**more)
        surplus_share(meeting=meeting, by=self.treasurer)
        return Meeting.objects.get(pk=meeting.pk)


def year_build(cast, *, karim_left=True) -> Year:
    treasurer = person("Bu Lastri", 21)
    membership_open(cooperative=cast.cooperative, joined_on=JOINED, role="treasurer", user=treasurer)
    if karim_left:
        Membership.objects.filter(ikm=cast.karim.ikm).update(left_on=date(2024, 6, 1))
    book_open(cooperative=cast.cooperative, opened_on=date(YEAR, 1, 1), by=treasurer)
    making = making_build(cast)
    with on_day(date(YEAR, 5, 12)):
        making.accepted(cast.sari, 100)
        making.accepted(cast.tini, 50)
        making.accepted(cast.karim, 50)
        work_post(cooperative=cast.cooperative)
        sold(cast, treasurer)
        saved(cast, treasurer)
    return Year(cast, making, treasurer)


def sold(cast, by):
    for what, entries in (
        ("Penjualan lain (simulasi)", [Entry("1102", debit=SALES), Entry("4102", credit=SALES)]),
        ("Sewa kantor (simulasi)", [Entry("6106", debit=RENT), Entry("1102", credit=RENT)]),
    ):
        journal_enter(cooperative=cast.cooperative, on=date(YEAR, 5, 12), what=what, entries=entries, by=by)


def saved(cast, by):
    rows = [
        Saving.objects.create(
            number=f"SIM-{YEAR}-{number:04d}",
            cooperative=cast.cooperative,
            ikm=getattr(cast, name).ikm,
            kind="wajib",
            on=date(YEAR, 5, 12),
            rupiah=rupiah,
            till="cash",
            at=datetime(YEAR, 5, 12, 5, tzinfo=UTC),
            by=by,
        )
        for number, (name, rupiah) in enumerate(SAVED.items(), 9001)
    ]
    rows_post(cooperative=cast.cooperative, rule=Rule.SAVING, rows=rows)
