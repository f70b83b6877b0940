"""Labour absorbed, measured from accepted work (docs/city.md O4 … O6): each selector a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Exists, F, FloatField, Max, Min, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast

from wadah.base.clock import business_date
from wadah.catalogue.models import Rate
from wadah.observatory.rules.spans import spans_between
from wadah.work.models import LotMove
from wadah.work.selectors.pay import COUNTED_IN, COUNTED_OUT
from wadah.work.words import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from wadah.observatory.rules.spans import Span
    from wadah.observatory.selectors.scope import Scope

HOUR = 60
WEEK_HOURS = 40
"""A full-time place: hours a week by the labour law (UU 13/2003, article 77)."""
MADE = "lot__work_order"
SHOP = "lot__work_order__workshop"
NOT_PASSED = Q(to_bucket=Bucket.REJECTED) & ~Q(from_bucket=Bucket.REJECTED)
PASSED_LATER = Q(from_bucket=Bucket.REJECTED, to_bucket=Bucket.ACCEPTED) | Q(from_bucket=Bucket.REWORK)


@dataclass(frozen=True, slots=True)
class Done:
    """Accepted work of one workshop in one trade within a span.

    minutes: by the workshop's clock, accepted pieces × the pace agreed; setup_minutes: set-ups of work orders of which
    the first piece was accepted within the span; failed_minutes: of pieces that didn't pass and haven't since, below 0
    where more passed later. workers: of the firm, None where the register doesn't know; floor_m2 likewise.
    """

    workshop: int
    ikm: int
    area: int | None
    subsector: int
    workers: int | None
    floor_m2: int | None
    simulated: bool
    minutes: float
    setup_minutes: float
    failed_minutes: float

    @property
    def hours(self) -> float:
        """By the workshop's clock: the least that people worked."""
        return (self.minutes + self.setup_minutes) / HOUR

    @property
    def hours_most(self) -> float:
        """If all who work in the firm were at it all the time; as `hours` where nobody knows how many there are."""
        return self.hours * max(1, self.workers or 1)


@dataclass(frozen=True, slots=True)
class Labour:
    """Accepted work of a span, summed. hours … hours_most: least and most that people worked; hours_unknown: those of
    firms whose workers the register doesn't know; places, places_most: the same as full-time places."""

    hours: float
    hours_most: float
    hours_unknown: float
    hours_failed: float
    workshops: int
    firms: int
    places: float
    places_most: float
    simulated: float


def moves_within(span: Span, scope: Scope) -> QuerySet[LotMove]:
    """Moves of what members made, within the span and the scope."""
    rows = LotMove.objects.filter(lot__work_order__isnull=False, at__gte=span.begins, at__lt=span.ends)
    return rows.filter(scope.holds(f"{SHOP}__area")).order_by()


def minutes_sum(condition: Q) -> Sum:
    """Minutes by the agreed pace of the pieces that moved so. Floats: for reading, nothing is written from them."""
    return Sum(
        Cast("pieces", FloatField()) * Cast(F(f"{MADE}__minutes_per_piece"), FloatField()),
        filter=condition,
        default=0.0,
    )


def setup_sum(condition: Q) -> Sum:
    """Set-up minutes of the work orders whose first accepted piece is among these moves."""
    return Sum(Cast(F(f"{MADE}__setup_minutes"), FloatField()), filter=condition & Q(first=True), default=0.0)


def with_first(rows: QuerySet[LotMove]) -> QuerySet[LotMove]:
    """`first`: whether nothing of the same work order was accepted before; moves are numbered as they happen."""
    earlier = LotMove.objects.filter(COUNTED_IN, lot__work_order=OuterRef(MADE), pk__lt=OuterRef("pk"))
    return rows.alias(first=~Exists(earlier))


def work_done(span: Span, scope: Scope) -> list[Done]:
    """Accepted work by workshop and trade. One query."""
    names = (SHOP, f"{SHOP}__ikm", f"{SHOP}__area", "lot__part__subsector")
    told = (f"{SHOP}__ikm__workers", f"{SHOP}__floor_m2", f"{SHOP}__simulated")
    counted = moves_within(span, scope).filter(COUNTED_IN | COUNTED_OUT | NOT_PASSED | PASSED_LATER)
    rows = with_first(counted).values_list(*names, *told)
    summed = rows.annotate(
        came=minutes_sum(COUNTED_IN),
        went=minutes_sum(COUNTED_OUT),
        setup=setup_sum(COUNTED_IN),
        failed=minutes_sum(NOT_PASSED),
        passed=minutes_sum(PASSED_LATER),
    )
    return [
        Done(shop, ikm, area, trade, workers, floor, simulated, came - went, setup, failed - passed)
        for shop, ikm, area, trade, workers, floor, simulated, came, went, setup, failed, passed in summed
    ]


def labour_of(rows: Iterable[Done], weeks: float) -> Labour:
    """The sum of `work_done`; weeks: of the span that are over."""
    listed = list(rows)
    hours, most = sum(row.hours for row in listed), sum(row.hours_most for row in listed)
    full_time = weeks * WEEK_HOURS
    worked = [row for row in listed if row.hours > 0]
    return Labour(
        hours=hours,
        hours_most=most,
        hours_unknown=sum(row.hours for row in listed if row.workers is None),
        hours_failed=sum(row.failed_minutes for row in listed) / HOUR,
        workshops=len({row.workshop for row in worked}),
        firms=len({row.ikm for row in worked}),
        places=hours / full_time if full_time else 0.0,
        places_most=most / full_time if full_time else 0.0,
        simulated=sum(row.hours for row in listed if row.simulated),
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """What the hours would be if all went at the quickest, or the slowest, pace agreed with anybody for the same part.

    low, high: hours of pieces that several make; compared: those hours as they are; alone: of parts with one pace only,
    of which nothing can be said.
    """

    low: float
    high: float
    compared: float
    alone: float

    @property
    def minus(self) -> float | None:
        """How far below, as a share."""
        return 1 - self.low / self.compared if self.compared > 0 else None

    @property
    def plus(self) -> float | None:
        return self.high / self.compared - 1 if self.compared > 0 else None


def pace_of(span: Span, scope: Scope) -> Pace:
    """How far the paces of different makers of the same part lie apart (O6). Two queries."""
    made = moves_within(span, scope).filter(COUNTED_IN | COUNTED_OUT).values_list("lot__part")
    pieces = made.annotate(
        came=Sum("pieces", filter=COUNTED_IN, default=0),
        went=Sum("pieces", filter=COUNTED_OUT, default=0),
        minutes_came=minutes_sum(COUNTED_IN),
        minutes_went=minutes_sum(COUNTED_OUT),
    )
    held = Rate.objects.filter(valid_from__lte=span.last).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=span.first)
    )
    paces = (
        held.order_by()
        .values_list("part")
        .annotate(
            quick=Min("minutes_per_piece"), slow=Max("minutes_per_piece"), makers=Count("workshop", distinct=True)
        )
    )
    known = {part: (float(quick), float(slow)) for part, quick, slow, makers in paces if makers > 1}
    low = high = compared = alone = 0.0
    for part, came, went, minutes_came, minutes_went in pieces:
        many, minutes = float(came - went), minutes_came - minutes_went
        if part not in known:
            alone += minutes
            continue
        # The pace of the work order is one of those agreed, though its rate may have ended since.
        own = minutes / many if many else 0.0
        low += many * min(known[part][0], own)
        high += many * max(known[part][1], own)
        compared += minutes
    return Pace(low / HOUR, high / HOUR, compared / HOUR, alone / HOUR)


@dataclass(frozen=True, slots=True)
class Stage:
    """One half-year of the trend. firms: with accepted work in it."""

    span: Span
    hours: float
    firms: int


def labour_trend(spans: Sequence[Span], scope: Scope) -> list[Stage]:
    """Measured hours by half-year. One query, however many there are."""
    if not spans:
        return []
    rows = LotMove.objects.filter(lot__work_order__isnull=False, at__gte=spans[0].begins, at__lt=spans[-1].ends)
    rows = with_first(rows.filter(COUNTED_IN | COUNTED_OUT).filter(scope.holds(f"{SHOP}__area")).order_by())
    which = Case(*(When(at__lt=span.ends, then=Value(place)) for place, span in enumerate(spans)))
    summed = (
        rows.annotate(place=which)
        .values_list("place")
        .annotate(
            came=minutes_sum(COUNTED_IN),
            went=minutes_sum(COUNTED_OUT),
            setup=setup_sum(COUNTED_IN),
            firms=Count(f"{SHOP}__ikm", filter=COUNTED_IN, distinct=True),
        )
    )
    found = {place: ((came - went + setup) / HOUR, firms) for place, came, went, setup, firms in summed}
    return [Stage(span, *found.get(place, (0.0, 0))) for place, span in enumerate(spans)]


def spans_worked(day: date, most: int) -> list[Span]:
    """Half-years from the first accepted piece to today's, the last `most` of them. One query."""
    first = LotMove.objects.filter(COUNTED_IN, lot__work_order__isnull=False).aggregate(at=Min("at"))["at"]
    begun = min(business_date(first), day) if first else day
    return list(spans_between(begun, day))[-most:]
