"""What is asked of a plan: orders that might be taken, and things that happen; all drawn by a seed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from wadah.planning.problem import Lot, Order
from wadah.planning.repair import Arrival, Decline, Out

COMMITTED = 0.1  # share of the plan's lots that are committed
LARGE = 0.05  # the largest lots, by hours: those that are declined
LEAST, MOST = 1.5, 4.3  # powers of ten of a quantity asked
NEW = "NEW"


def committed(problem, plan, seed):
    """The problem with a share of the plan's lots committed; the plan obeys it as before."""
    dice = Random(seed)
    rows = [Lot(*row) for row in plan.make if row[3] > 0 and dice.random() < COMMITTED]
    return replace(problem, committed=(*problem.committed, *rows))


def questions(problem, count, seed) -> list[Order]:
    """Orders of any part that somebody can make, from tens of pieces to tens of thousands, by any period but the first
    two; from one workshop where the part's other orders are."""
    dice = Random(seed)
    parts = [part.id for part in problem.parts if problem.capabilities_of.get(part.id)]
    alone = {order.part for order in problem.orders if order.single_source}
    first = min(2, problem.periods - 1)
    found = []
    for _ in range(count):
        part, quantity = dice.choice(parts), float(round(10 ** dice.uniform(LEAST, MOST)))
        due = dice.randrange(first, problem.periods)
        found.append(Order(NEW, part, quantity, due, None, single_source=part in alone))
    return found


def happenings(problem, plan, count, seed) -> list:
    """In turn: a large lot declined, a workshop with one out for four weeks, an order like one of the plan's again.

    None of them makes a committed row impossible.
    """
    dice = Random(seed)
    hours = {(k.part, k.workshop): k.hours_per_unit for k in problem.capabilities}
    rows = sorted((row for row in plan.make if row[3] > 0), key=lambda row: -row[3] * hours[row[0], row[1]])
    rows = rows[: max(1, int(len(rows) * LARGE))]
    promised = {(row.workshop, row.period) for row in problem.committed if row.quantity > 0}
    lots = {(row.part, row.workshop, row.period) for row in problem.committed if row.quantity > 0}
    found: list = []
    while len(found) < count:
        part, workshop, period, _ = dice.choice(rows)
        weeks = range(max(0, int(period) - 1), min(problem.periods, int(period) + 3))
        if len(found) % 3 == 0 and (part, workshop, period) not in lots:
            found.append(Decline(part, workshop, int(period)))
        elif len(found) % 3 == 1 and not any((workshop, t) in promised for t in weeks):
            found.append(Out(workshop, weeks[0], weeks[-1]))
        elif len(found) % 3 == 2:
            order = dice.choice(problem.orders)
            due = dice.randrange(min(3, problem.periods - 1), problem.periods)
            found.append(Arrival(replace(order, id=NEW, due=due, earliest=0)))
    return found


def told(change) -> str:
    """A change in a few words."""
    if isinstance(change, Decline):
        return f"decline {change.part} {change.workshop} {change.period}"
    if isinstance(change, Out):
        return f"out {change.workshop} {change.first}-{change.last}"
    return f"order {change.order.quantity:g} {change.order.part} by {change.order.due}"
