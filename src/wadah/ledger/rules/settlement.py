"""What a maker is paid in a settlement, and what is taken off first (docs/ledger.md "Settlement"). Pure.

In: what was earned, owed and agreed, as `Standing`; out: a `Share` of it for each purpose, whole rupiah, nothing lost:

    work − penalty + carried_out = carried_in + recovered + mandatory + voluntary + net
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from wadah.ledger.rules import chart
from wadah.ledger.rules.drafts import balanced, credit, debit
from wadah.ledger.rules.months import first_of, months_between
from wadah.units import Rupiah, rupiah_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from wadah.ledger.rules.drafts import Line

HUNDREDTH = Decimal("0.01")
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What members agreed on from valid_from on (models.MemberTerms): percentages 0 … 100, rupiah ≥ 0."""

    valid_from: dt.date
    mandatory_rupiah_month: int = 0
    voluntary_percent: Decimal = NONE
    recovery_percent_max: Decimal = NONE
    penalty_percent_week: Decimal = NONE
    penalty_cap_percent: Decimal = NONE


@dataclass(frozen=True, slots=True)
class Late:
    """Pieces that came late: rupiah of a work entry (below zero: they went back), weeks begun, day they came."""

    rupiah: int
    weeks: int
    came_on: dt.date


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a maker stands before a settlement, in whole rupiah.

    work, penalty: below zero where pieces came back; owed ≥ 0: what earlier settlements left; advances: what is left of
    each, > 0, the oldest first; recovery_percent, voluntary_percent: of work, 0 … 100; mandatory_due ≥ 0.
    """

    work: int
    penalty: int = 0
    owed: int = 0
    advances: tuple[int, ...] = ()
    recovery_percent: Decimal = NONE
    mandatory_due: int = 0
    voluntary_percent: Decimal = NONE


@dataclass(frozen=True, slots=True)
class Share:
    """What becomes of it: columns of models.SettlementRow. recoveries: of each advance, in the order they came."""

    work: int
    penalty: int
    carried_in: int
    recoveries: tuple[int, ...]
    mandatory: int
    voluntary: int
    carried_out: int
    net: int

    @property
    def recovered(self) -> int:
        return sum(self.recoveries)


class Told(TypedDict):
    """What a slip says of one work order. pieces: accepted in this settlement, as text; each: rupiah a piece; rupiah:
    for them; once: of it set-up and the trip; late_weeks; rejected: [pieces, why not paid], the words as message ids,
    so that they are read in either language."""

    work_order: str
    part: str
    pieces: str
    each: int
    once: int
    rupiah: int
    late_weeks: int
    rejected: list[list[str]]


def settle(standing: Standing) -> Share:
    """Share what was earned, each purpose as far as what is left reaches: debts of earlier settlements, advances (the
    oldest first, together at most the agreed part of the pay), mandatory, then voluntary savings; the rest is paid."""
    earned = standing.work - standing.penalty
    left = max(earned, 0)
    carried_in = min(standing.owed, left)
    left -= carried_in
    recoveries = recovered(standing.advances, min(left, percent_down(standing.work, standing.recovery_percent)))
    left -= sum(recoveries)
    mandatory = min(standing.mandatory_due, left)
    left -= mandatory
    voluntary = min(percent_of(max(standing.work, 0), standing.voluntary_percent), left)
    return Share(
        work=standing.work,
        penalty=standing.penalty,
        carried_in=carried_in,
        recoveries=recoveries,
        mandatory=mandatory,
        voluntary=voluntary,
        carried_out=max(-earned, 0),
        net=left - voluntary,
    )


def recovered(advances: Iterable[int], reach: int) -> tuple[int, ...]:
    """What is taken off each advance, the first first, `reach` in all at most."""
    taken = []
    for left in advances:
        taken.append(min(left, reach))
        reach -= taken[-1]
    return tuple(taken)


def percent_of(rupiah: int, percent: Decimal) -> Rupiah:
    """The nearest rupiah."""
    return rupiah_of(rupiah * percent * HUNDREDTH)


def percent_down(rupiah: int, percent: Decimal) -> int:
    """Never more than the percentage, 0 where rupiah is below zero."""
    exact = max(rupiah, 0) * percent * HUNDREDTH
    nearest = rupiah_of(exact)
    return nearest - (nearest > exact)


def penalty_of(late: Iterable[Late], terms: Sequence[Terms]) -> Rupiah:
    """What late pieces cost by the rule of the day that they came, rounded once; given back as the pieces go back.

    terms: in the order of their days. Without a rule, nothing.
    """
    whole = NONE
    for one in late:
        held = terms_on(terms, one.came_on)
        if held:
            percent = min(one.weeks * held.penalty_percent_week, held.penalty_cap_percent)
            whole += one.rupiah * percent * HUNDREDTH
    return rupiah_of(whole)


def terms_on(terms: Sequence[Terms], day: dt.date) -> Terms | None:
    """Those that hold on a day; terms in the order of their days."""
    held = [one for one in terms if one.valid_from <= day]
    return held[-1] if held else None


def mandatory_months(terms: Sequence[Terms], since: dt.date, until: dt.date) -> int:
    """Rupiah of mandatory savings from since's month to until's, each month by the terms of its first day."""
    held = (terms_on(terms, month) for month in months_between(first_of(since), until))
    return sum(one.mandatory_rupiah_month for one in held if one)


def settled_lines(*, ikm: int, share: Share) -> tuple[Line, ...]:
    """P7."""
    return balanced(
        (
            debit(chart.WORK, share.work, ikm=ikm),
            debit(chart.OWED_BY_MEMBER, share.carried_out, ikm=ikm),
            credit(chart.PENALTIES, share.penalty),
            credit(chart.OWED_BY_MEMBER, share.carried_in, ikm=ikm),
            credit(chart.ADVANCES, share.recovered, ikm=ikm),
            credit(chart.MANDATORY, share.mandatory, ikm=ikm),
            credit(chart.VOLUNTARY, share.voluntary, ikm=ikm),
            credit(chart.SETTLED, share.net, ikm=ikm),
        )
    )
