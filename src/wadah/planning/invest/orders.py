"""Orders in which candidates may be taken: the rules of thumb, and what each was found to save alone.

In: candidates, what the prices promise for each, and what each saves alone (those that were tried). Out: lists of
numbers. The rules of thumb are also what the benchmark holds a package against (docs/city.md G9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.planning.invest.candidate import Candidate


LEAST_PRICE = 1_000.0  # rupiah that the prices promise; less is the arithmetic's


def orders_by_price(candidates: Sequence[Candidate], price: Sequence[float]) -> list[list[int]]:
    """The rules of thumb, and price for cost, of those that the prices promise something for."""
    cost = [max(one.cost, 1.0) for one in candidates]
    for_cost = sorted(range(len(price)), key=lambda i: (-price[i] / cost[i], i))
    orders = (by_price(price), by_turns(candidates, price), by_bottleneck(candidates, price), for_cost)
    return different([i for i in order if price[i] > LEAST_PRICE] for order in orders)


def orders_by_saved(
    candidates: Sequence[Candidate], price: Sequence[float], saved: dict[int, float]
) -> list[list[int]]:
    """By what each saves alone, for its cost or in all; then, by price, what saves nothing alone but is promised to."""
    cost = [max(one.cost, 1.0) for one in candidates]
    known = [i for i, amount in saved.items() if amount > 0 or price[i] > LEAST_PRICE]
    for_cost = sorted(known, key=lambda i: (-saved[i] / cost[i], -price[i] / cost[i], i))
    most = sorted(known, key=lambda i: (-saved[i], -price[i], i))
    return different((for_cost, most))


def different(orders: Iterable[list[int]]) -> list[list[int]]:
    found: list[list[int]] = []
    for order in orders:
        if order not in found:
            found.append(order)
    return found


def by_price(price: Sequence[float]) -> list[int]:
    """Biggest shadow price first: what the plan's prices promise in all."""
    return sorted(range(len(price)), key=lambda i: (-price[i], i))


def by_turns(candidates: Sequence[Candidate], price: Sequence[float]) -> list[int]:
    """Equal split over groups: each group's best by price in turn, then each one's second, and so on."""
    rank: dict[str, int] = {}
    turn = {}
    for i in by_price(price):
        turn[i] = rank[candidates[i].group] = rank.get(candidates[i].group, -1) + 1
    return sorted(turn, key=lambda i: (turn[i], candidates[i].group, i))


def by_bottleneck(candidates: Sequence[Candidate], price: Sequence[float]) -> list[int]:
    """Most expensive bottleneck first: the bottleneck (what is helped: a workshop's hours, or a part) whose candidates
    the prices promise most for in all; of each, all its candidates before the next one's."""
    total: dict[str, float] = {}
    for i, one in enumerate(candidates):
        total[bottleneck(one)] = total.get(bottleneck(one), 0.0) + price[i]
    return sorted(range(len(price)), key=lambda i: (-total[bottleneck(candidates[i])], -price[i], i))


def bottleneck(candidate: Candidate) -> str:
    """What it helps: the first part that it makes more of, or the workshop with more hours."""
    parts = [row.part for row in candidate.capabilities] + [row.part for row in candidate.rates]
    return min(parts) if parts else min((row.workshop for row in candidate.hours), default="")
