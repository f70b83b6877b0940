"""Can we take this order? Date, quantity and cost against the whole problem solved anew for every date."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from planning.oracle import oracle
from planning.promised import Promised
from planning.rich import PLAN, PROBLEM
from planning.tiny import TIMES, tiny
from wadah.planning.errors import ProblemError
from wadah.planning.plan import Plan, cost, violations
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.promise import Answers, Book, Offer, accepted, no_worse, program, promise
from wadah.planning.promise.program import Found

SEEDS = TIMES // 10
CHUNK = 20
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


def test_a_large_problem_is_answered_as_a_small_one_is(monkeypatch):
    compared = 0
    for seed in range(0, 40, 2):
        problem = tiny(seed)
        plan = oracle(problem).plan
        if plan is None:  # nothing to promise beside
            continue
        order = asked(problem, seed)
        small = promise(Book(problem, plan), order, time_limit=30, may_move=False).firm
        with monkeypatch.context() as patched:
            patched.setattr(program, "AT_ONCE", 0)
            large = promise(Book(problem, plan), order, time_limit=30, may_move=False).firm
        pieces = small.most and pytest.approx(small.most.quantity, abs=1e-5)
        assert (large.most and large.most.quantity) == pieces, seed
        assert (large.whole and large.whole.period) == (small.whole and small.whole.period), seed
        compared += 1
    assert compared >= 15


def test_moving_work_gives_at_least_as_much_and_says_whom_it_costs():
    helped = displacing = 0
    for seed in range(40):
        problem = tiny(seed)
        plan = oracle(problem).plan
        if plan is None:
            continue
        answer = promise(Book(problem, plan), asked(problem, seed), time_limit=30)
        if answer.moved is None or answer.moved.most is None:
            continue
        offer, firm = answer.moved.most, answer.firm.most
        assert offer.quantity >= (firm.quantity if firm else 0.0) - 1e-5
        larger, taken = accepted(answer, offer, answer.order)
        assert [fault.code for fault in violations(larger, taken)] == []
        helped += offer.quantity > (firm.quantity if firm else 0.0) + 1e-5
        displacing += bool(answer.displaced(offer))
    assert helped > 3
    assert displacing > 1


def test_moving_work_never_offers_less_nor_later_than_leaving_it():
    early = Offer(6.0, 2, 9.0, 9.0, 2.0, Plan("feasible"))
    few, late = replace(early, quantity=3.0, period=1), replace(early, period=3)
    firm = Answers(few, 3.0, early, 2, 4, Found())
    nothing = replace(firm, most=None, whole=None)
    assert (no_worse(nothing, firm).most, no_worse(nothing, firm).whole) == (few, early)
    assert no_worse(replace(firm, most=early, whole=late), firm) == replace(firm, most=early)
    assert no_worse(firm, nothing) == firm


def test_what_stops_an_order_is_named_with_the_hours_that_prove_it():
    calendar = Calendar(date(2026, 12, 7), 3)
    parts = (Part("CHAIR", bom=(("LEG", 4),)), Part("LEG"), Part("LAMP"))
    makers = (Workshop("SARI", (40.0,) * 3, (0.0,) * 3), Workshop("KARIM", (10.0,) * 3, (0.0,) * 3))
    able = (Capability("CHAIR", "SARI", 0.1), Capability("LEG", "KARIM", 0.5))
    book = Book(Problem(calendar, parts, makers, able), Plan("optimal", 0.0))
    answer = promise(book, Order("NEW", "CHAIR", 12.0, 1, None), time_limit=30)
    assert answer.firm.most.quantity == 10  # 20 hours of Pak Karim are 40 legs
    assert answer.firm.whole.period == 2
    assert (answer.stop.code, answer.stop.part, answer.stop.proof) == ("hours_full", "LEG", "hours")
    assert {(hours.workshop, hours.period) for hours in answer.stop.hours} >= {("KARIM", 0), ("KARIM", 1)}
    assert answer.stop.hours[0].price == pytest.approx(0.5)  # two legs an hour, four to a chair
    nobody = promise(book, Order("NEW", "LAMP", 1.0, 1, None), time_limit=30)
    assert (nobody.stop.code, nobody.firm.most, nobody.firm.no_earlier) == ("no_maker", None, 3)
    past = promise(book, Order("NEW", "CHAIR", 1.0, -1, None), time_limit=30)
    assert (past.stop.code, past.firm.most, past.firm.whole.period) == ("too_early", None, 0)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order("NEW", "NOTHING", 1.0, 1, None), "unknown_id"),
        (Order("CAR", "BOLT", 1.0, 1, None), "duplicate_id"),
        (Order("NEW", "BOLT", 1.5, 1, None), "quantity_not_whole"),
        (Order("NEW", "BATIK", 1.0, 1, None), "single_source_mixed"),
        (Order("NEW", "BOLT", 1.0, 1, None, single_source=True), "single_source_component"),
    ],
)
def test_an_order_at_fault_is_refused(order, code):
    with pytest.raises(ProblemError) as error:
        promise(Book(PROBLEM, PLAN), order, time_limit=30)
    assert code in {fault.code for fault in error.value.faults}
