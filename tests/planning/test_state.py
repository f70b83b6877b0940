"""Plans as arrays: priced and checked as the referee does, on valid plans and on plans broken at random."""

from __future__ import annotations

from random import Random

import pytest

from planning import rich
from planning.test_mutations import ROW_MUTANTS
from planning.tiny import tiny
from wadah.planning.arrays import Arrays, arrays
from wadah.planning.city import generate
from wadah.planning.construct import construct
from wadah.planning.costs import COST_KINDS
from wadah.planning.flat import flat
from wadah.planning.infeasible import impossible_promises
from wadah.planning.limits import limits
from wadah.planning.plan import priced, row_violations
from wadah.planning.state import State, blank_state, copied, cost, costs, plan_of, sound, state_of, sums


def laid_out(problem):
    data = arrays(problem)
    return data, flat(data, limits(data).largest)


def agrees(problem, data, flattened, state):
    """Whether the state is valid; its cost and validity must be those of its rows."""
    plan = plan_of(data, state)
    wrong = row_violations(problem, plan)
    assert sound(flattened, state) == (wrong == ()), wrong
    if not any(fault.rule == "rows" for fault in wrong):
        assert cost(flattened, state) == pytest.approx(priced(problem, plan).objective, rel=1e-9, abs=1e-6)
    return not wrong


def shaken(dice: Random, data: Arrays, state: State) -> State:
    """The state with one to three cells changed a little or much."""
    state = copied(state)
    for _ in range(dice.randint(1, 3)):
        table = dice.choice((state.lots, state.lots, state.delivered, state.scrapped))
        if table.size == 0:
            continue
        row, t = dice.randrange(table.shape[0]), dice.randrange(table.shape[1])
        table[row, t] = max(0.0, table[row, t] + dice.choice((-2.0, -1.0, -0.5, 1e-8, 0.5, 1.0, 1.0, 2.0, 30.0)))
        if dice.random() < 0.1:
            table[row, t] = 0.0
    if dice.random() < 0.15 and len(state.assigned):
        order = dice.randrange(len(state.assigned))
        state.assigned[order] = dice.choice([-1, *data.able[data.order_part[order]].tolist()])
    return state


@pytest.mark.parametrize("chunk", range(4))
def test_random_plans_of_tiny_problems_are_priced_and_judged_as_the_referee_does(chunk):
    valid = broken = 0
    for seed in range(chunk * 60, chunk * 60 + 60):
        problem, dice = tiny(seed), Random(seed)
        if impossible_promises(problem):
            continue
        data, flattened = laid_out(problem)
        plan = construct(problem)
        base = blank_state(flattened) if plan is None else state_of(data, plan)
        for state in (base, *(shaken(dice, data, base) for _ in range(8))):
            if agrees(problem, data, flattened, state):
                valid += 1
            else:
                broken += 1
    assert valid > 60
    assert broken > 60


def test_random_plans_of_a_city_are_priced_and_judged_as_the_referee_does():
    problem, dice = generate(40, 20, 30, 8, seed=2), Random(2)
    data, flattened = laid_out(problem)
    base = state_of(data, construct(problem))
    assert sound(flattened, base)
    verdicts = {agrees(problem, data, flattened, shaken(dice, data, base)) for _ in range(60)}
    assert verdicts == {True, False}


MUTANTS = {
    name: mutant
    for name, (mutant, *_) in ROW_MUTANTS.items()
    if set(fault.code for fault in row_violations(rich.PROBLEM, mutant))
    - {"overtime_differs", "order_sum", "assign_needless", "assign_unable"}
    and not any(fault.rule == "rows" for fault in row_violations(rich.PROBLEM, mutant))
}


@pytest.mark.parametrize("name", MUTANTS)
def test_every_mutant_of_the_rich_plan_that_a_state_can_hold_is_refused(name):
    data, flattened = laid_out(rich.PROBLEM)
    assert not sound(flattened, state_of(data, MUTANTS[name]))


def test_the_rich_plan_comes_back_from_its_state_with_every_kind_of_cost():
    data, flattened = laid_out(rich.PROBLEM)
    state = state_of(data, rich.ROWS)
    assert sound(flattened, state)
    again = plan_of(data, state)
    for table in ("make", "deliver", "short", "scrap", "overtime", "assign"):
        assert sorted(getattr(again, table)) == sorted(getattr(rich.ROWS, table))
    kinds = dict(zip(COST_KINDS, costs(flattened, state, sums(flattened, state)).tolist(), strict=True))
    assert kinds == pytest.approx(rich.PLAN.cost)


def test_numbers_that_are_not_finite_or_below_zero_are_refused():
    _, flattened = laid_out(rich.PROBLEM)
    for table in ("lots", "delivered", "scrapped"):
        for bad in (-1.0, float("nan"), float("inf")):
            state = blank_state(flattened)
            getattr(state, table)[0, 0] = bad
            assert not sound(flattened, state)


@pytest.mark.parametrize("sizes", [(0, 0, 0), (0, 1, 1), (2, 1, 0)])
def test_nobody_and_nothing_cost_nothing_but_what_is_short(sizes):
    problem = generate(*sizes, periods=1, seed=0)
    data, flattened = laid_out(problem)
    state = blank_state(flattened)
    assert sound(flattened, state)
    nothing = sum(order.quantity * order.short_cost for order in problem.orders)
    assert costs(flattened, state, sums(flattened, state))[COST_KINDS.index("short")] == pytest.approx(nothing)
    assert agrees(problem, data, flattened, state)
    assert state_of(data, plan_of(data, state)).lots.shape == state.lots.shape
