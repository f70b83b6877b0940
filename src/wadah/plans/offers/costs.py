"""What taking a line costs, by component: from the lots that its plan has more than the plan before.

In: the books before and after, and the rates that the capabilities come from. Out: exact rupiah for the whole line
(no rounding here; catalogue.rules.prices rounds once, a piece at a time, without losing a rupiah):

- pay, material that members bring, transport: a piece started; royalty: likewise, by the motif's licence.
- set-up and the trip to the hub (transport): once for each week in which a pair works that didn't before.
- overtime: hours beyond the regular ones that the plan has more, at the workshop's rate.
- material: what is bought for it, in whole packs, at the price of today; not for pairs whose member or buyer brings it.

Made parts that lie at the hub cost nothing anew. What only steers the planner (engaging a workshop, holding stock,
fairness) is nobody's bill and isn't in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wadah.base.clock import today
from wadah.catalogue.rules.prices import price_lines
from wadah.catalogue.selectors import maker_rates, material_prices_on
from wadah.catalogue.words import MaterialBy
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wadah.catalogue.models import Part
    from wadah.catalogue.rules.prices import Component, PriceLine, Terms
    from wadah.catalogue.selectors import MakerRate
    from wadah.planning.problem import Problem
    from wadah.planning.promise import Book
    from wadah.plans.snapshot import Snapshot
    from wadah.register.models import Cooperative

    Pair = tuple[str, str]

DUST = Fraction(1, 1_000_000)
PLACES = 6


@dataclass(frozen=True)
class PriceBook:
    """makers: the rate of each pair (part code, workshop code); bought: parts that are bought, by code; prices: rupiah
    a unit of those, where known."""

    makers: Mapping[Pair, MakerRate]
    bought: Mapping[str, Part]
    prices: Mapping[str, Fraction]


@dataclass(frozen=True)
class BuildUp:
    """components: rupiah for the whole line, exact; unpriced: codes of bought parts in it that have no price."""

    components: Mapping[Component, Fraction] = field(default_factory=dict)
    unpriced: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Whole rupiah, rounded up."""
        exact = sum(self.components.values(), Fraction(0))
        return -(-exact.numerator // exact.denominator)

    def lines(self, quantity: Decimal, terms: Terms, price: int | None = None) -> list[PriceLine]:
        """The price a piece, line by line; price: one that is set already."""
        return price_lines(self.components, quantity, terms, price=price)


def price_book(cooperative: Cooperative, snapshot: Snapshot, codes: Collection[str]) -> PriceBook:
    """The rates and prices of a snapshot's weeks; codes: the parts that are priced, with all that goes into them. As
    many queries for many rows as for few."""
    calendar = snapshot.problem.calendar
    workshops = cooperative_workshops(cooperative, calendar.start)
    last_day = calendar.start + calendar_length(snapshot.problem)
    makers: dict[Pair, MakerRate] = {}
    keys = {snapshot.parts[code].pk for code in codes}
    for maker in maker_rates(workshops=workshops, first_day=calendar.start, last_day=last_day, parts=keys):
        makers.setdefault((maker.rate.part.code, maker.rate.workshop.code), maker)
    bought = {code: part for code, part in snapshot.parts.items() if part.supply == "bought"}
    prices = material_prices_on(cooperative, today())
    return PriceBook(makers, bought, {code: prices[part.pk] for code, part in bought.items() if part.pk in prices})


def calendar_length(problem: Problem) -> timedelta:
    return timedelta(weeks=problem.periods, days=-1)


def build_up(before: Book, after: Book, prices: PriceBook, line: str) -> BuildUp:
    """What the plan after has more than the one before, in rupiah; line: id of the order put in, if it is in.

    Only lots of its part and of what goes into it count: where work moved, what others lose isn't this line's gain.
    """
    problem = after.problem
    if line not in problem.order:
        return BuildUp()
    part = problem.order[line].part
    tree = after.below(part)
    found: dict[Component, Fraction] = defaultdict(Fraction)
    pieces, weeks = started(before, after, tree)
    for pair, more in pieces.items():
        for kind, rupiah in piece_rupiah(prices.makers.get(pair), problem, pair).items():
            found[kind] += more * rupiah
    for pair, more_weeks in weeks.items():
        for kind, rupiah in week_rupiah(prices.makers.get(pair), problem, pair).items():
            found[kind] += more_weeks * rupiah
    for row in problem.workshops:
        hours = overtime_hours(after, row.id) - overtime_hours(before, row.id)
        found["overtime"] += exact(max(0.0, hours)) * exact(row.overtime_cost)
    delivered = sum((exact(x) for _t, x in after.delivered[line]), Fraction(0))
    rupiah, unpriced = material(pieces, {part: delivered}, problem, prices)
    found["material"] += rupiah
    return BuildUp({kind: rupiah for kind, rupiah in found.items() if rupiah > 0}, unpriced)


def exact(number: float) -> Fraction:
    """A float as the decimal number that it stands for."""
    return Fraction(Decimal(str(round(number, PLACES))))


def started(before: Book, after: Book, tree: set[str]) -> tuple[dict[Pair, Fraction], dict[Pair, int]]:
    """By pair: pieces started more, and weeks with work more."""
    pieces: dict[Pair, Fraction] = defaultdict(Fraction)
    weeks: dict[Pair, int] = defaultdict(int)
    for book, sign in ((after, 1), (before, -1)):
        for part in tree:
            for workshop, _t, x in book.lots.get(part, ()):
                pieces[part, workshop] += sign * exact(x)
                weeks[part, workshop] += sign
    return {pair: more for pair, more in pieces.items() if abs(more) > DUST}, dict(weeks)


def overtime_hours(book: Book, workshop: str) -> float:
    row, used = book.problem.workshop[workshop], book.used[book.workshop_row[workshop]]
    return sum(max(0.0, float(hours) - regular) for hours, regular in zip(used, row.hours, strict=True))


def piece_rupiah(maker: MakerRate | None, problem: Problem, pair: Pair) -> dict[Component, Fraction]:
    """What a piece started costs; where the rate ended meanwhile, what the plan says it costs, as pay."""
    if maker is None:
        return {"pay": exact(problem.capability[pair].cost_per_unit)}
    rate = maker.rate
    return {
        "pay": Fraction(rate.pay_rupiah_piece),
        "material": Fraction(rate.material_rupiah_piece),
        "transport": Fraction(rate.transport_rupiah_piece),
        "royalty": Fraction(maker.royalty_rupiah_piece),
    }


def week_rupiah(maker: MakerRate | None, problem: Problem, pair: Pair) -> dict[Component, Fraction]:
    """What a week with work costs once."""
    if maker is None:
        return {"setup": exact(problem.capability[pair].setup_cost)}
    return {
        "setup": Fraction(maker.rate.setup_pay_rupiah),
        "transport": Fraction(maker.rate.transport_rupiah_trip),
    }


def material(
    pieces: Mapping[Pair, Fraction], delivered: Mapping[str, Fraction], problem: Problem, prices: PriceBook
) -> tuple[Fraction, tuple[str, ...]]:
    """Rupiah for what is bought, in whole packs, and the codes of what has no price."""
    need: dict[str, Fraction] = defaultdict(Fraction)
    for (part, workshop), more in pieces.items():
        maker = prices.makers.get((part, workshop))
        if maker is not None and maker.rate.material_by != MaterialBy.COOPERATIVE:
            continue
        for child, each in problem.part[part].bom:
            need[child] += more * exact(each)
    for part, more in delivered.items():
        need[part] += more
    rupiah, unpriced = Fraction(0), []
    for code, units in sorted(need.items()):
        if code not in prices.bought or units <= 0:
            continue
        if code not in prices.prices:
            unpriced.append(code)
            continue
        rupiah += packed(units, prices.bought[code]) * prices.prices[code]
    return rupiah, tuple(unpriced)


def packed(units: Fraction, part: Part) -> Fraction:
    """Units in whole packs, or whole pieces where the part comes without packs."""
    if part.pack_size is not None:
        size = Fraction(part.pack_size)
        return -(-units // size) * size
    return Fraction(-(-units.numerator // units.denominator)) if part.integer else units
