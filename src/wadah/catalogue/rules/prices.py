"""What a price stands for: what being late or short costs, and how a price a piece is built up (docs/model.md §17).

In: a price or its components in rupiah, and the cooperative's terms. Out: whole rupiah; a price's lines add up to it
exactly. Nothing here reads the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from wadah.units import MINUTES_AN_HOUR, Rupiah, share_rupiah

if TYPE_CHECKING:
    from collections.abc import Mapping

Amount = int | Decimal | Fraction
Component = Literal["material", "pay", "transport", "setup", "royalty", "overtime"]
COMPONENTS: tuple[Component, ...] = ("material", "pay", "transport", "setup", "royalty", "overtime")

WEEKS_LATE_MOST = 52
"""Being short is never cheaper than being late by so many weeks."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a cooperative agrees with buyers unless a line says otherwise.

    margin_percent: put on top of the cost, ≥ 0; late_penalty_percent_week: share of the price for a piece late by one
    week, ≥ 0; late_penalty_cap_percent: the most that being late takes off the price, 0 … 100; quotation_valid_days:
    how long a quotation holds, ≥ 1.
    """

    margin_percent: Decimal
    late_penalty_percent_week: Decimal
    late_penalty_cap_percent: Decimal
    quotation_valid_days: int


TERMS_DEFAULT = Terms(
    margin_percent=Decimal(10),
    late_penalty_percent_week=Decimal("0.7"),
    late_penalty_cap_percent=Decimal(5),
    quotation_valid_days=14,
)
"""Where a cooperative has set none: a thousandth of the price a day late, as government contracts have it, up to a
twentieth of it; a tenth on top of the cost; two weeks. The last three are Wadah's own choice."""


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a price a piece. kind: a component, "cost" (their sum), "margin", or "price" (cost + margin)."""

    kind: Component | Literal["cost", "margin", "price"]
    rupiah_piece: Rupiah


def late_cost_rupiah(price: int, terms: Terms) -> int:
    """What a piece late by one week costs, rounded up so that a cheap piece is never late for nothing. price ≥ 0."""
    return percent_up(price, terms.late_penalty_percent_week)


def short_cost_rupiah(price: int, terms: Terms, late: int | None = None) -> int:
    """What a piece never delivered costs: its price, and on top the penalty.

    price: ≥ 0; late: what was agreed for the line for a week late, the terms' share of the price unless given. The
    penalty is the terms' cap, or WEEKS_LATE_MOST weeks of being late where that is more: the planner counts lateness
    without a cap, and a piece must never be dropped because it would be late.
    """
    week = late_cost_rupiah(price, terms) if late is None else late
    if week < 0:
        raise ValueError(f"Expected late >= 0, got {late}")
    return price + max(percent_up(price, terms.late_penalty_cap_percent), week * WEEKS_LATE_MOST)


def percent_up(amount: int, percent: Decimal) -> int:
    """So many per cent of a sum ≥ 0, rounded up to whole rupiah."""
    if amount < 0 or percent < 0:
        raise ValueError(f"Expected amount and percent >= 0, got {amount} and {percent}")
    return int((amount * percent / 100).to_integral_value(ROUND_CEILING))


def price_lines(
    components: Mapping[Component, Amount], quantity: Amount, terms: Terms, *, price: int | None = None
) -> list[PriceLine]:
    """A price a piece, line by line: every component that isn't zero, their cost, the margin, the price.

    components: rupiah ≥ 0 for the whole quantity, exact (no rounding before here); quantity: pieces delivered, > 0;
    price: one that is agreed already, so that the margin is what it leaves (below zero where it leaves nothing). The
    cost is rounded up to a whole rupiah once and shared over its components without losing one, so that
    Σ components = cost and cost + margin = price; a margin out of the terms is rounded up too.

    Raises
    ------
    ValueError: a component that isn't known or is below zero, or a quantity that isn't above zero.
    """
    unknown = components.keys() - set(COMPONENTS)
    amounts = {kind: Fraction(components.get(kind, 0)) for kind in COMPONENTS}
    if unknown or min(amounts.values()) < 0:
        raise ValueError(f"Expected rupiah >= 0 for each of {COMPONENTS}, got {dict(components)}")
    if quantity <= 0:
        raise ValueError(f"Expected a quantity > 0, got {quantity}")
    exact = sum(amounts.values()) / Fraction(quantity)
    cost = -(-exact.numerator // exact.denominator)
    used = [kind for kind in COMPONENTS if amounts[kind]]
    shares = share_rupiah(Rupiah(cost), [amounts[kind] for kind in used]) if used else []
    margin = percent_up(cost, terms.margin_percent) if price is None else price - cost
    return [
        *(PriceLine(kind, share) for kind, share in zip(used, shares, strict=True)),
        PriceLine("cost", Rupiah(cost)),
        PriceLine("margin", Rupiah(margin)),
        PriceLine("price", Rupiah(cost + margin)),
    ]


def pay_rupiah_hour(pay_rupiah_piece: int, minutes_per_piece: Decimal, yield_rate: Decimal = Decimal(1)) -> int | None:
    """What a member earns in an hour at this rate, rounded down; None where a piece takes no time.

    Pay is for each piece started, as minutes are. yield_rate: 0 < rate ≤ 1, good pieces for each started; only they
    are paid for in the end, so it counts once.
    """
    if minutes_per_piece <= 0:
        return None
    return int(Decimal(pay_rupiah_piece) * yield_rate * MINUTES_AN_HOUR / minutes_per_piece)
