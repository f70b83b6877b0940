"""The city on one page: jobs, firms, output, orders, welfare, in one span (docs/city.md O4 … O10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wadah.base.clock import today
from wadah.observatory.rules.hidden import PEOPLE_MIN, cells_hidden
from wadah.observatory.selectors.firms import Count, firms_counted, firms_on, firms_sized, trades_of
from wadah.observatory.selectors.gaps import freshness
from wadah.observatory.selectors.labour import Labour, Stage, labour_of, labour_trend, pace_of, spans_worked, work_done
from wadah.observatory.selectors.orders import demand_met, order_book, sources
from wadah.observatory.selectors.output import delivered, material_used, moves_unbooked, pay_earned
from wadah.observatory.selectors.welfare import floor_of, income_of, members_on, surplus_shared
from wadah.register.models import Subsector

if TYPE_CHECKING:
    from collections import Counter
    from datetime import date

    from wadah.observatory.rules.spans import Span
    from wadah.observatory.selectors.firms import Firm
    from wadah.observatory.selectors.gaps import Fresh
    from wadah.observatory.selectors.labour import Done, Pace
    from wadah.observatory.selectors.orders import Met, OrderBook, Source
    from wadah.observatory.selectors.output import Delivered, Material, Paid
    from wadah.observatory.selectors.scope import Scope
    from wadah.observatory.selectors.welfare import Floor, Income, Surplus

TREND_SPANS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of the city: a trade, a kelurahan, or both. hidden_…: fewer than five people, not for the public."""

    key: object
    labour: Labour
    count: Count
    pay: int
    material: int
    hidden_work: bool = False
    hidden_firms: bool = False


@dataclass(frozen=True, slots=True)
class Orders:
    """Of the whole city's cooperatives, for those who look after the whole city."""

    met: list[Met]
    book: OrderBook
    sources: list[Source]
    delivered: list[Delivered]

    @property
    def asked(self) -> float:
        return sum(row.asked for row in self.met)

    @property
    def received(self) -> float:
        return sum(row.received for row in self.met)

    @property
    def share(self) -> float | None:
        return self.received / self.asked if self.asked else None

    @property
    def delivered_rupiah(self) -> int:
        return sum(row.rupiah for row in self.delivered)

    @property
    def single(self) -> list[Source]:
        """Parts with one maker, or none at all."""
        return [row for row in self.sources if row.makers <= 1]


@dataclass(frozen=True, slots=True)
class Summary:
    """day: up to which the span is told; hidden: all figures are of fewer than five people, not for the public."""

    span: Span
    scope: Scope
    day: date
    spans: list[Span]
    labour: Labour
    pace: Pace
    trend: list[Stage]
    trades: list[Row]
    count: Count
    sizes: dict[tuple[str, str], Counter[str]]
    income: Income
    material: int
    unpriced: int
    unbooked: int
    floor: Floor
    surplus: Surplus
    fresh: Fresh
    orders: Orders | None
    subsectors: dict[int, Subsector] = field(default_factory=dict)

    @property
    def hidden(self) -> bool:
        """Whether the work of the whole span is that of too few people for the public."""
        return self.scope.public and 0 < self.labour.firms < PEOPLE_MIN

    @property
    def hidden_income(self) -> bool:
        return self.scope.public and 0 < self.income.earning < PEOPLE_MIN

    @property
    def hidden_surplus(self) -> bool:
        return self.scope.public and 0 < self.surplus.firms < PEOPLE_MIN

    @property
    def hidden_firms(self) -> bool:
        return self.scope.public and 0 < self.count.people < PEOPLE_MIN

    def stage_hidden(self, stage: Stage) -> bool:
        return self.scope.public and 0 < stage.firms < PEOPLE_MIN

    @property
    def before(self) -> Stage | None:
        """The half-year (or the year) before this one, where the trend has all of it."""
        earlier = [stage for stage in self.trend if self.span.before.first <= stage.span.first <= self.span.before.last]
        if len(earlier) < (1 if self.span.half else 2):
            return None
        return Stage(self.span.before, sum(one.hours for one in earlier), max(one.firms for one in earlier))

    @property
    def per_week(self) -> float:
        """Hours of accepted work a week that is over."""
        weeks = self.span.weeks(self.day)
        return self.labour.hours / weeks if weeks else 0.0

    @property
    def per_week_before(self) -> float | None:
        if self.before is None:
            return None
        return self.before.hours / self.before.span.weeks(self.day)


def summary(span: Span, scope: Scope) -> Summary:
    """Everything of one span; about two dozen queries, however large the city is."""
    day = today()
    weeks, end = span.weeks(day), span.until(day)
    done, paid = work_done(span, scope), pay_earned(span, scope)
    firms, material = firms_on(end, scope), material_used(span, scope)
    subsectors = {row.pk: row for row in Subsector.objects.order_by("name", "pk")}
    spans = spans_worked(day, TREND_SPANS)
    return Summary(
        span=span,
        scope=scope,
        day=end,
        spans=spans,
        labour=labour_of(done, weeks),
        pace=pace_of(span, scope),
        trend=labour_trend(spans, scope),
        trades=rows_by_trade(done, firms, paid, material, weeks, scope),
        count=firms_counted(firms, lambda _firm: [None]).get(None, Count()),
        sizes=firms_sized(firms, end),
        income=income_of(paid, members_on(end, scope)),
        material=sum(row.rupiah for row in material),
        unpriced=sum(row.unpriced for row in material),
        unbooked=moves_unbooked(span, scope),
        floor=floor_of(done),
        surplus=surplus_shared(span, scope),
        fresh=freshness(scope),
        orders=None if scope.public or not scope.whole else orders_of(span, end),
        subsectors=subsectors,
    )


def orders_of(span: Span, end: date) -> Orders:
    return Orders(demand_met(span), order_book(end), sources(end), delivered(span))


def rows_by_trade(
    done: list[Done], firms: list[Firm], paid: list[Paid], material: list[Material], weeks: float, scope: Scope
) -> list[Row]:
    """One row a trade that anybody has or works in; a firm of two trades stands in both."""
    counts = firms_counted(firms, trades_of)
    keys = {*counts, *(row.subsector for row in done), *(row.subsector for row in paid)}
    rows = [
        Row(
            key,
            labour_of((row for row in done if row.subsector == key), weeks),
            counts.get(key, Count()),
            sum(row.rupiah for row in paid if row.subsector == key),
            sum(row.rupiah for row in material if row.subsector == key),
        )
        for key in sorted(keys, key=str)
    ]
    return rows_hidden(rows, scope)


def rows_hidden(rows: list[Row], scope: Scope) -> list[Row]:
    """The rows, with those marked that the public doesn't see."""
    if not scope.public:
        return rows
    work = cells_hidden({row.key: row.labour.firms for row in rows})
    firms = cells_hidden({row.key: row.count.people for row in rows})
    return [
        Row(row.key, row.labour, row.count, row.pay, row.material, row.key in work, row.key in firms) for row in rows
    ]
