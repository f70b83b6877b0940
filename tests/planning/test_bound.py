"""Bounds hold whatever prices they are computed from, and U never cuts a best plan off."""

import numpy as np
import pytest

from planning.optima import optimum, possible
from planning.tiny import tiny
from wadah.planning.arrays import arrays
from wadah.planning.bound import dual_bound, relaxation, search_bound, trivial_bound
from wadah.planning.formulation import formulate
from wadah.planning.solver import lease

FIRST = range(0, 36, 6)


def some(first):
    """Six problems from a seed on, but for those without a plan."""
    return {seed: tiny(seed) for seed in possible(range(first, first + 6))}


@pytest.mark.parametrize("first", FIRST)
def test_any_row_prices_prove_a_bound_under_the_optimum(first):
    for seed, problem in some(first).items():
        slim = relaxation(formulate(problem))
        dice = np.random.default_rng(seed)
        for size in (0.0, 1.0, 50.0):
            prices = dice.normal(0.0, 1.0, slim.model.shape[0]) * size
            assert dual_bound(slim.model, prices) <= optimum(seed) + 1e-9 * max(1.0, optimum(seed)), seed


@pytest.mark.parametrize("first", FIRST)
def test_without_set_up_columns_the_relaxation_is_worth_the_same(first):
    for seed, problem in some(first).items():
        form = formulate(problem)
        slim = relaxation(form)
        with lease() as session:
            small = session.relax(slim.model, 20.0, lambda: False)
            full = session.relax(form.model, 20.0, lambda: False)
        assert slim.model.shape[1] <= form.model.shape[1]
        proven = dual_bound(slim.model, small.row_dual)
        assert proven == pytest.approx(dual_bound(form.model, full.row_dual), rel=1e-6, abs=1e-5), seed


@pytest.mark.parametrize("first", FIRST)
def test_the_bound_without_a_solver_holds(first):
    for seed, problem in some(first).items():
        assert 0 <= trivial_bound(arrays(problem)) <= optimum(seed) + 1e-9, seed


def test_most_of_these_have_a_plan():
    assert sum(len(some(first)) for first in FIRST) >= 25


def test_the_searchs_bound_gives_up_a_margin_and_is_never_negative():
    assert 1e6 * (1 - 3e-7) < search_bound(1e6) < 1e6
    assert search_bound(-5.0) == search_bound(-np.inf) == 0.0
