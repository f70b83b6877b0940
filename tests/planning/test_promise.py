"""Can we take this order? Date, quantity and cost against the whole problem solved anew for every date."""

from dataclasses import replace
from random import Random

import pytest

from planning.oracle import oracle
from planning.promised import Promised
from planning.tiny import tiny
from wadah.planning.plan import cost, violations
from wadah.planning.problem import Order
from wadah.planning.promise import Book, accepted, promise

SEEDS = 200
CHUNK = 25
PIECES = 1e-6


def asked(problem, seed):
    """An order of a random part, of any shape that the problem allows."""
    dice = Random(seed)
    part = dice.choice(problem.parts[:2] if dice.random() < 0.7 else problem.parts)
    bought = [order for order in problem.orders if order.part == part.id]
    alone = any(order.single_source for order in bought)
    quantity = float(dice.choice((1, 2, 3, 4, 6, 9))) + (0.0 if part.integer else dice.choice((0.0, 0.5)))
    return Order(
        "NEW",
        part.id,
        quantity,
        due=dice.randint(-1, problem.periods),
        short_cost=None,
        earliest=dice.choice((0, 0, 0, 1)),
        partial=dice.random() < 0.8,
        single_source=alone,
    )


def complaints(seed):
    """What the long way finds otherwise; nothing where the problem has no plan."""
    problem = tiny(seed)
    plan = oracle(problem).plan
    if plan is None:
        return []
    order = asked(problem, seed)
    answer = promise(Book(problem, plan), order, time_limit=30, may_move=False)
    slow = Promised(problem, plan, order)
    found = []
    most, whole = answer.firm.most, answer.firm.whole
    quantity = slow.largest(answer.due)
    if abs((most.quantity if most else 0.0) - quantity) > PIECES:
        found.append(f"{most and most.quantity} by {answer.due}, but {quantity} are possible")
    if (whole.period if whole else None) != slow.earliest():
        found.append(f"all by {whole and whole.period}, but {slow.earliest()} is possible")
    if not answer.firm.proven:
        found.append("not proven")
    for offer in filter(None, (most, whole)):
        found += offer_complaints(problem, plan, answer, offer, order, slow)
    return found


def offer_complaints(problem, plan, answer, offer, order, slow):
    larger, taken = accepted(answer, offer, order)
    found = [f"{fault.code}" for fault in violations(larger, taken)]
    own = replace(larger, orders=tuple(replace(i, late_cost=0.0) if i.id == "NEW" else i for i in larger.orders))
    paid = sum(cost(own, taken).values()) - sum(cost(problem, plan).values())
    least = slow.rupiah(offer.period, offer.quantity)
    size = max(1.0, abs(sum(cost(problem, plan).values())))
    if least is None or abs(offer.cost - least) > 1e-5 * size:
        found.append(f"{offer.quantity} by {offer.period} for {offer.cost}, but {least} is possible")
    if abs(paid - offer.cost) > 1e-5 * size:
        found.append(f"said to cost {offer.cost}, costs {paid}")
    if offer.least_cost > offer.cost + 1e-6 * size:
        found.append(f"least cost {offer.least_cost} above {offer.cost}")
    return found


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_date_quantity_and_cost_are_those_of_solving_everything_anew(first):
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := complaints(seed))}
    assert wrong == {}
