"""Every plan of a minute problem, one after the other: the judge of the oracle. Only whole pieces, only a handful."""

from __future__ import annotations

import math
from datetime import date
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from wadah.planning.plan import Plan, cost, row_violations
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator

PERIODS = 2
MOST = 2.0  # pieces in a lot, for every capability, so that the list of plans is finite


def minute(seed: int) -> Problem:
    """A problem of two periods and at most two parts, workshops and orders, each rule in some of them."""
    dice = Random(seed)
    single = dice.random() < 0.25
    bom = ((("B", dice.choice((1, 2, 0.5))),) if dice.random() < 0.7 else ()) if not single else ()
    parts = (
        Part(
            "A",
            bom=bom,
            lead_time=dice.choice((0, 1)),
            holding_cost=dice.choice((0.0, 1.0)),
            stock=0.0 if single else float(dice.choice((0, 0, 1))),
            shelf_life=dice.choice((None, None, 0, 1)),
            max_share=dice.choice((1.0, 1.0, 0.5)),
            min_sources=dice.choice((1, 1, 2)),
        ),
        Part("B", stock=float(dice.choice((0, 2, 3))), holding_cost=dice.choice((0.0, 0.5))),
    )
    workshops = tuple(
        Workshop(
            name,
            hours=tuple(float(dice.choice((1, 2, 3))) for _ in range(PERIODS)),
            overtime_hours=(dice.choice((0.0, 1.0)),) * PERIODS,
            overtime_cost=4.0,
            engage_cost=dice.choice((0.0, 6.0)),
            target_hours=dice.choice((0.0, 0.0, 3.0)),
            below_target_cost=dice.choice((2.0, 20.0)),
        )
        for name in ("V", "W")
    )
    pairs = [("A", "V"), ("A", "W")] if dice.random() < 0.6 else [("A", "V"), ("B", "W")]
    capabilities = tuple(capability(dice, part, workshop) for part, workshop in pairs)
    orders = tuple(order(dice, f"O{index}", single) for index in range(dice.choice((1, 1, 2))))
    lot = Lot("A", dice.choice("VW"), dice.randrange(PERIODS), 1.0)
    before = Lot("A", "V", dice.randrange(PERIODS), 2.0)
    return Problem(
        Calendar(date(2026, 12, 7), PERIODS),
        parts,
        workshops,
        capabilities,
        orders,
        committed=(lot,) if dice.random() < 0.25 else (),
        previous=(before,) if dice.random() < 0.3 else (),
        change_cost=5.0,
    )


def capability(dice: Random, part: str, workshop: str) -> Capability:
    return Capability(
        part,
        workshop,
        hours_per_unit=dice.choice((0.0, 0.5, 1.0)),
        setup_hours=dice.choice((0.0, 0.5, 1.0)),
        setup_cost=dice.choice((0.0, 3.0)),
        cost_per_unit=dice.choice((0.0, 2.0)),
        min_lot=dice.choice((0.0, 0.0, 2.0)),
        max_per_period=tuple(dice.choice((MOST, MOST, 1.0, 0.0)) for _ in range(PERIODS)),
        yield_rate=dice.choice((1.0, 1.0, 0.5)),
    )


def order(dice: Random, name: str, single: bool) -> Order:
    return Order(
        name,
        "A",
        float(dice.choice((1, 2, 2))),
        due=dice.choice((-1, 0, 1, 2)),
        short_cost=dice.choice((None, 8.0, 30.0, 30.0)),
        earliest=dice.choice((0, 0, 1)),
        late_cost=dice.choice((None, 1.0, 4.0)),
        partial=dice.random() < 0.7,
        single_source=single,
    )


def cheapest(problem: Problem) -> float | None:
    """The least cost of all plans that the referee lets pass; None where it lets none pass."""
    costs = [sum(cost(problem, plan).values()) for plan in plans(problem) if not row_violations(problem, plan)]
    return min(costs, default=None)


def size(problem: Problem) -> int:
    """How many plans there are."""
    makes = math.prod(int(k.max_per_period[t]) + 1 for k in problem.capabilities for t in range(PERIODS))
    return makes * math.prod(len(choices) for choices in other_choices(problem))


def plans(problem: Problem) -> Iterator[Plan]:
    """Every choice of whole pieces started, delivered and scrapped, and of a workshop for single-source orders."""
    keys = [(k.part, k.workshop, t) for k in problem.capabilities for t in range(PERIODS)]
    lots = [range(int(k.max_per_period[t]) + 1) for k in problem.capabilities for t in range(PERIODS)]
    others = list(product(*other_choices(problem)))
    for pieces in product(*lots):
        make = tuple((*key, float(x)) for key, x in zip(keys, pieces, strict=True) if x)
        overtime = overtime_rows(problem, make)
        for scrap, assign, *delivered in others:
            deliver = tuple(row for rows in delivered for row in rows)
            yield Plan(
                "feasible", 0.0, 0.0, 0.0, 0.0, "", make, deliver, shorts(problem, deliver), scrap, overtime, assign
            )


def other_choices(problem: Problem) -> list[list[tuple]]:
    """Lists of rows to choose from: scrap, then assign, then each order's deliveries."""
    spoils = [part.id for part in problem.parts if part.shelf_life is not None]
    amounts = product(range(3), repeat=PERIODS * len(spoils))
    slots = [(part, t) for part in spoils for t in range(PERIODS)]
    scrap = [tuple((*slot, float(e)) for slot, e in zip(slots, pieces, strict=True) if e) for pieces in amounts]
    single = [i.id for i in problem.orders if i.single_source]
    makers = [k.workshop for k in problem.capabilities if k.part == "A"]
    assign = [tuple(zip(single, chosen, strict=True)) for chosen in product(makers, repeat=len(single))]
    return [scrap, assign, *(deliveries(i) for i in problem.orders)]


def deliveries(i: Order) -> list[tuple]:
    counts = product(range(int(i.quantity) + 1), repeat=PERIODS)
    return [
        tuple((i.id, t, float(d)) for t, d in enumerate(pieces) if d) for pieces in counts if sum(pieces) <= i.quantity
    ]


def shorts(problem: Problem, deliver: tuple) -> tuple:
    return tuple((i.id, i.quantity - sum(d for name, _, d in deliver if name == i.id)) for i in problem.orders)


def overtime_rows(problem: Problem, make: tuple) -> tuple:
    found = []
    for w in problem.workshops:
        for t in range(PERIODS):
            rows = [(problem.capability[part, w.id], x) for part, name, u, x in make if name == w.id and u == t]
            used = sum(k.setup_hours + k.hours_per_unit * x for k, x in rows)
            found.append((w.id, t, max(0.0, used - w.hours[t])))
    return tuple(found)
