"""The first-order bound: equal to the linear relaxation's, never above an optimum, the same for any threads."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planning.optima import optimum, possible
from planning.oracle import oracle
from planning.rich import PLAN, PROBLEM
from planning.tiny import tiny
from wadah.planning.arrays import arrays
from wadah.planning.bound import dual_bound, relaxation
from wadah.planning.flat import flat
from wadah.planning.formulation import formulate
from wadah.planning.gradient import certificate, polish, program_of, relax
from wadah.planning.gradient.certificate import allowed
from wadah.planning.gradient.point import values_of, work_of
from wadah.planning.gradient.value import program_value
from wadah.planning.limits import limits
from wadah.planning.problem import Calendar, Order, Part, Problem, Workshop
from wadah.planning.solver import lease


def laid_out(problem):
    data = arrays(problem)
    return flat(data, limits(data).largest)


def plain(problem):
    """Without the rules that the method leaves out or treats more loosely than the linear program does."""
    return replace(
        problem,
        parts=tuple(replace(row, min_sources=1, shelf_life=None) for row in problem.parts),
        workshops=tuple(replace(row, engage_cost=0.0, below_target_cost=0.0) for row in problem.workshops),
        orders=tuple(replace(row, single_source=False, partial=True) for row in problem.orders),
    )


def plain_possible(first):
    """Ten plain problems from a seed on, but for those without a plan."""
    problems = {seed: plain(tiny(seed)) for seed in range(first, first + 10)}
    return {seed: problem for seed, problem in problems.items() if oracle(problem).optimum is not None}


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_the_method_finds_the_linear_relaxations_value(first):
    for seed, problem in plain_possible(first).items():
        slim = relaxation(formulate(problem))
        with lease() as session:
            answer = session.relax(slim.model, 20.0, lambda: False)
        exact = dual_bound(slim.model, answer.row_dual)
        found = relax(laid_out(problem), iterations=3_000, tolerance=0.0, threads=1)
        assert found.bound == pytest.approx(exact, rel=1e-4, abs=1e-4), seed
        assert found.bound <= exact + 1e-7 * max(1.0, exact), seed


@pytest.mark.parametrize("first", range(0, 150, 15))
def test_no_prices_prove_more_than_the_optimum(first):
    for seed in possible(range(first, first + 15)):
        shape, dice = laid_out(tiny(seed)), np.random.default_rng(seed)
        found = relax(shape, iterations=200, threads=1)
        proven = [certificate(shape, found.prices, found.targets, found.shares)]
        for _ in range(5):
            parts = found.prices * dice.uniform(0, 3, found.prices.shape)
            targets, shares = dice.uniform(-5, 40, len(shape.hours)), dice.uniform(-5, 9, len(shape.part))
            proven.append(certificate(shape, parts, targets, shares))
        assert max(proven) <= optimum(seed) + 1e-9 * max(1.0, optimum(seed)), seed
        assert min(proven) >= 0.0, seed


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_whole_set_ups_prove_at_least_what_their_shares_do(first):
    for seed, problem in plain_possible(first).items():
        shape = laid_out(problem)
        program, dice = program_of(shape), np.random.default_rng(seed)
        for _ in range(3):
            prices = allowed(shape, dice.uniform(0, 60, (len(shape.integer), shape.hours.shape[1])))
            point = values_of(shape, 0, prices.parts)
            linear = program_value(shape, program, point, work_of(shape, program.start))
            assert certificate(shape, prices.parts) >= linear - 1e-7 * abs(linear), seed


@pytest.mark.parametrize("first", range(0, 30, 10))
def test_polishing_raises_the_bound_and_keeps_it_under_the_optimum(first):
    for seed in possible(range(first, first + 10)):
        shape = laid_out(tiny(seed))
        found = relax(shape, iterations=300, threads=1)
        before = certificate(shape, found.prices, found.targets, found.shares)
        after, prices = polish(shape, found.prices, found.targets, found.shares, evaluations=40, threads=1)
        assert before <= after <= optimum(seed) + 1e-9 * max(1.0, optimum(seed)), seed
        again = certificate(shape, prices, found.targets, found.shares)
        assert again == pytest.approx(after, rel=1e-9, abs=1e-9), seed


def test_polishing_finds_more_than_the_relaxation_does():
    gained = 0
    for seed in possible(range(30)):
        shape = laid_out(tiny(seed))
        found = relax(shape, iterations=300, threads=1)
        before = certificate(shape, found.prices, found.targets, found.shares)
        gained += polish(shape, found.prices, found.targets, found.shares, evaluations=40)[0] > 1.001 * before
    assert gained >= 5


def test_every_rule_together_stays_under_a_plan():
    shape = laid_out(PROBLEM)
    found = relax(shape, iterations=2_000)
    proven = certificate(shape, found.prices, found.targets, found.shares)
    assert 0 < proven <= PLAN.objective


@pytest.mark.parametrize("problem", [tiny(5), tiny(12), PROBLEM], ids=["5", "12", "rich"])
def test_one_thread_and_two_give_the_same_bits(problem):
    shape = laid_out(problem)
    one, two = (relax(shape, iterations=400, tolerance=0.0, threads=count) for count in (1, 2))
    for a, b in zip(one[:9], two[:9], strict=True):
        assert np.array_equal(a, b)
    assert certificate(shape, one.prices, threads=1) == certificate(shape, one.prices, threads=2)


def test_a_warm_start_goes_on_from_where_it_was():
    shape = laid_out(plain(tiny(8)))
    first = relax(shape, iterations=1_500, tolerance=0.0)
    program = program_of(shape)
    again = relax(shape, program._replace(cost=program.cost * 1.01), first, iterations=100, tolerance=0.0)
    cold = relax(shape, program._replace(cost=program.cost * 1.01), iterations=3_000, tolerance=0.0)
    assert again.bound == pytest.approx(cold.bound, rel=1e-3)
    assert first.bound <= again.bound * (1 + 1e-6)


def test_lots_keep_to_their_limits():
    shape = laid_out(PROBLEM)
    program = program_of(shape)
    found = relax(shape, program, iterations=300)
    assert (found.made >= program.lower).all()
    assert (found.made <= program.upper + 1e-6 * (1 + program.upper)).all()


def test_it_stops_when_the_time_is_up():
    shape = laid_out(PROBLEM)
    assert relax(shape, left=lambda: 0.0).history == ()


@pytest.mark.parametrize(
    "problem",
    [
        Problem(Calendar(date(2026, 12, 7), 1)),
        Problem(Calendar(date(2026, 12, 7), 3), parts=(Part("A"),)),
        Problem(Calendar(date(2026, 12, 7), 8), workshops=(Workshop("W", (4.0,) * 8, (0.0,) * 8),)),
    ],
)
def test_an_empty_problem_costs_nothing(problem):
    shape = laid_out(problem)
    found = relax(shape, iterations=50)
    assert certificate(shape, found.prices) == 0.0


def test_what_nobody_can_make_is_paid_for_as_short():
    problem = Problem(
        Calendar(date(2026, 12, 7), 2), parts=(Part("A"),), orders=(Order("O", "A", 3.0, due=1, short_cost=10.0),)
    )
    shape = laid_out(problem)
    found = relax(shape, iterations=500)
    assert certificate(shape, found.prices) == pytest.approx(30.0)
