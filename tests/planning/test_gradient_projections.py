"""The exact projections of the first-order method against scipy's general solvers, and one cell's knapsack by trial."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp, minimize

from planning.doors import door
from wadah.planning.gradient import projections, subproblem
from wadah.planning.gradient.subproblem import ON

cell_price, pool, simplex_shift = (
    door(function) for function in (projections.cell_price, projections.pool, projections.simplex_shift)
)
add_lot, cell_of, clear, solve_cell = (
    door(function) for function in (subproblem.add_lot, subproblem.cell_of, subproblem.clear, subproblem.solve_cell)
)

SEEDS = range(30)


def nearest(point, bounds, *constraints):
    """The nearest point that obeys the constraints, by a general method."""
    answer = minimize(
        lambda x: 0.5 * ((x - point) ** 2).sum(),
        np.zeros(len(point)),
        jac=lambda x: x - point,
        bounds=bounds,
        constraints=constraints,
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-14},
    )
    return answer.x


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cells_hours_have_the_price_at_which_the_nearest_quantities_fit(seed):
    dice = np.random.default_rng(seed)
    count = int(dice.integers(1, 6))
    free, size, hours = dice.uniform(-2, 10, count), dice.uniform(0, 8, count), dice.uniform(0.1, 2, count)
    dear, room, extra = dice.choice([0.0, 1.0, 4.0]), dice.uniform(0, 6), dice.choice([0.0, 3.0])
    cell = np.array([free, hours, size, hours])
    if (hours * np.clip(free, 0, size)).sum() <= room:
        room = 0.5 * (hours * np.clip(free, 0, size)).sum() + 1e-3
    if (hours * np.clip(free, 0, size)).sum() <= room:
        pytest.skip("nothing wants to be made")
    price = cell_price(dice.uniform(0, 5), dear, room, extra, cell, count)
    found = np.clip(free - price * hours, 0, size)
    fits = LinearConstraint(np.append(hours, -1.0)[None], -np.inf, room)

    def cost(x):
        return 0.5 * ((x[:-1] - free) ** 2).sum() + dear * x[-1]

    bounds = [(0, each) for each in size] + [(0, extra)]
    best = minimize(cost, np.zeros(count + 1), bounds=bounds, constraints=fits, method="SLSQP", options={"ftol": 1e-13})
    assert found == pytest.approx(best.x[:-1], abs=1e-4)


@pytest.mark.parametrize("scrap", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_prices_move_to_the_nearest_chain(seed, scrap):
    dice = np.random.default_rng(seed)
    periods, holding = int(dice.integers(1, 8)), dice.choice([0.0, 0.5, 3.0])
    row = dice.normal(0, 5, periods)
    found = row.copy()
    pool(found, holding, scrap, np.zeros(periods), np.zeros(periods, dtype=np.int64))
    rows = np.zeros((periods, periods))
    for t in range(periods - 1):
        rows[t, t], rows[t, t + 1] = 1.0, -1.0
    rows[-1, -1] = 1.0
    bounds = [(0.0 if scrap else None, None)] * periods
    assert found == pytest.approx(nearest(row, bounds, LinearConstraint(rows, -holding, np.inf)), abs=2e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_deliveries_move_to_the_nearest_that_add_up(seed):
    dice = np.random.default_rng(seed)
    values, quantity = dice.normal(0, 4, int(dice.integers(1, 7))), dice.uniform(0.1, 9)
    found = np.maximum(0, values - simplex_shift(values, len(values), quantity))
    whole = LinearConstraint(np.ones((1, len(values))), quantity, quantity)
    assert found == pytest.approx(nearest(values, [(0, None)] * len(values), whole), abs=1e-5)


@pytest.mark.parametrize("seed", range(150))
def test_a_cell_costs_what_trying_every_choice_of_lots_finds(seed):
    dice = np.random.default_rng(seed)
    count = int(dice.integers(1, 7))
    cost, hours = dice.normal(3, 8, count), dice.choice([0.0, 0.5, 1.0, 3.0], count)
    rate, grow = np.sort(dice.normal(-3, 5, (count, 2)), axis=1), dice.choice([0.0, 1.0, 4.0], (count, 2))
    forced = dice.random(count) < 0.15
    dear, room, extra = dice.choice([0.0, 2.0]), dice.uniform(0, 8), dice.choice([0.0, 2.0])
    room = max(room, hours[forced].sum())
    cell = cell_of(count)
    clear(cell)
    for j in range(count):
        add_lot(cell, j, bool(forced[j]), cost[j], hours[j], rate[j], grow[j])
    least = min(
        tried(np.array(chosen), cost, hours, rate, grow, room, extra, dear)
        for chosen in product([False, True], repeat=count)
        if (np.array(chosen) >= forced).all()
    )
    assert solve_cell(cell, room, extra, dear) == pytest.approx(least, abs=1e-7)


def tried(chosen, cost, hours, rate, grow, room, extra, dear):
    """The least cost with exactly these lots started: a linear program in their pieces and the overtime."""
    left = room - hours[chosen].sum()
    rates, sizes = rate[chosen].ravel(), grow[chosen].ravel()
    answer = linprog(
        np.append(rates, dear),
        A_ub=np.append(np.ones(len(rates)), -1.0)[None],
        b_ub=[left],
        bounds=[*((0, size) for size in sizes), (0, extra)],
    )
    return cost[chosen].sum() + answer.fun if answer.success else np.inf


@pytest.mark.parametrize("seed", range(5))
def test_a_search_cut_short_lies_between_the_relaxation_and_the_least_cost(seed):
    dice = np.random.default_rng(seed)
    count = 60
    hours = dice.uniform(1, 5, count)
    cost = -hours - 1.0  # nearly the same saved by each hour: the search can't finish
    cell = cell_of(count)
    clear(cell)
    for j in range(count):
        add_lot(cell, j, False, cost[j], hours[j], np.zeros(2), np.zeros(2))
    fits = LinearConstraint(hours[None], -np.inf, 50.0)
    linear, least = (
        milp(cost, constraints=fits, bounds=Bounds(0, 1), integrality=np.full(count, whole)).fun for whole in (0, 1)
    )
    assert linear - 1e-6 <= solve_cell(cell, 50.0, 0.0, 0.0) <= least + 1e-6
    assert cell.base_hours[: cell.size[0]][cell.best[: cell.size[0]] == ON].sum() <= 50.0 + 1e-6
