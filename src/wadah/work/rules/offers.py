"""How long an offer stands, when its member is reminded, how much of it may be taken and what it pays. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from wadah.base.clock import JAKARTA
from wadah.units import rupiah_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

REST_BEGINS, REST_ENDS = time(20), time(6)  # nobody is asked for anything in between
MORNING = time(8)
NOON = time(12)
LEAST_TIME = timedelta(hours=2)
UNDO_TIME = timedelta(minutes=10)
HALF, LATE = 0.5, 0.85  # of the time to answer, at which a member is reminded
REMINDERS_A_DAY = 2

Stage = Literal["", "half", "late"]


def at_rest(moment: datetime) -> bool:
    """Whether it is between 20.00 and 06.00 in Bekasi."""
    clock = moment.astimezone(JAKARTA).time()
    return clock >= REST_BEGINS or clock < REST_ENDS


def answer_until(offered_at: datetime, hours: int, due_on: date) -> datetime | None:
    """Until when an offer of work due on a day can be answered, None where there is no time left to ask.

    hours: > 0. What would end at night ends at 8 the next morning, so that a last reminder is still possible; none ends
    later than noon of the day on which the work is to be brought, and none stands for less than two hours.
    """
    until = (offered_at + timedelta(hours=hours)).astimezone(JAKARTA)
    if at_rest(until):
        day = until.date() + timedelta(days=1 if until.time() >= REST_BEGINS else 0)
        until = datetime.combine(day, MORNING, JAKARTA)
    until = min(until, datetime.combine(due_on, NOON, JAKARTA))
    return until if until - offered_at >= LEAST_TIME else None


def share_of_time(offered_at: datetime, answer_by: datetime, moment: datetime) -> float:
    """How much of the time to answer is over: 0 … 1, 1 where none was given."""
    whole = (answer_by - offered_at).total_seconds()
    gone = (moment - offered_at).total_seconds()
    return min(1.0, max(0.0, gone / whole)) if whole > 0 else 1.0


def reminder_stage(offered_at: datetime, answer_by: datetime, moment: datetime) -> Stage:
    """Which reminder is due by now: none before half of the time, "late" from 85 % of it on."""
    gone = share_of_time(offered_at, answer_by, moment)
    return "late" if gone >= LATE else "half" if gone >= HALF else ""


def may_undo(answered_at: datetime | None, moment: datetime) -> bool:
    return answered_at is not None and moment - answered_at <= UNDO_TIME


@dataclass(frozen=True, slots=True)
class Pay:
    """Rupiah of one offer. work: pieces and setting up; material: what the member brings; transport: to the hub."""

    work: int
    material: int
    transport: int

    @property
    def total(self) -> int:
        return self.work + self.material + self.transport


def pay_of(pieces: Decimal, *, piece: int, setup: int, material: int, transport_piece: int, transport_trip: int) -> Pay:
    """What `pieces` pay; set-up and trip once, nothing at all for no pieces. Each amount is rounded once, half up."""
    if pieces <= 0:
        return Pay(0, 0, 0)
    return Pay(
        rupiah_of(pieces * piece) + setup,
        rupiah_of(pieces * material),
        rupiah_of(pieces * transport_piece) + transport_trip,
    )


def shrunk(open_pieces: Iterable[tuple[int, Decimal]], surplus: Decimal) -> dict[int, Decimal]:
    """What is left of open offers once `surplus` pieces of them aren't needed any more, of those that change.

    open_pieces: (key, pieces), newest last; the newest gives first. 0: withdrawn.
    """
    found: dict[int, Decimal] = {}
    for key, pieces in reversed(list(open_pieces)):
        if surplus <= 0:
            break
        given = min(pieces, surplus)
        found[key] = pieces - given
        surplus -= given
    return found
