"""One-period assignment: recognised only where it is exactly that, bounds that are true, optima proved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import numpy as np
import pytest

from planning.doors import door
from planning.oracle import oracle
from planning.published import assignment, location
from wadah.planning.arrays import arrays
from wadah.planning.assignment import improve, knapsack, plan_of, recognise
from wadah.planning.assignment.dual import Dual
from wadah.planning.plan import priced, row_violations
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop
from wadah.planning.published import read_diaz, read_gap, read_holmberg
from wadah.planning.solver import lease
from wadah.planning.stop import Clock

fill, trace = door(knapsack.fill), door(knapsack.trace)


def small(seed):
    """Up to seven jobs at up to four workshops, with all that an assignment may have."""
    dice = Random(seed)
    workshops = [workshop(dice, f"W{w}") for w in range(dice.randint(1, 4))]
    jobs = [job(dice, f"P{j}") for j in range(dice.randint(1, 7))]
    able = [capability(dice, part, order, shop) for part, order in jobs for shop in workshops if dice.random() < 0.8]
    return Problem(
        Calendar(date(2026, 12, 7), 1),
        tuple(part for part, _ in jobs),
        tuple(workshops),
        tuple(able),
        tuple(order for _, order in jobs),
    )


def workshop(dice, name):
    return Workshop(
        name,
        (float(dice.choice((3, 5, 7.5, 12))),),
        (dice.choice((0.0, 0.0, 2.5)),),
        overtime_cost=dice.choice((0.0, 1.5, 6.0)),
        engage_cost=dice.choice((0.0, 0.0, 9.0, 25.0)),
    )


def job(dice, name):
    """One piece, or a single-source order that is delivered whole or not at all."""
    part = Part(name, integer=dice.random() < 0.8, holding_cost=dice.choice((0.0, 0.5)))
    single = not part.integer or dice.random() < 0.4
    short = None if dice.random() < 0.5 else dice.choice((8.0, 30.0))
    quantity = float(dice.choice((2, 3, 5))) if single else 1.0
    due, late = dice.choice(((0, None), (0, 2.0), (-2, 1.0)))
    order = Order(f"O-{name}", name, quantity, due, short, late_cost=late, partial=short is None, single_source=single)
    return part, order


def capability(dice, part, order, shop):
    rate = dice.choice((1.0, 0.9, 0.5)) if order.single_source else 1.0
    return Capability(
        part.id,
        shop.id,
        hours_per_unit=dice.choice((0.2, 1.0, 1.3, 2.0)),
        setup_hours=dice.choice((0.0, 0.0, 0.75)),
        setup_cost=dice.choice((0.0, 4.0)),
        cost_per_unit=dice.choice((0.0, 1.0, 2.5, 7.0)),
        min_lot=dice.choice((0.0, 0.0, 2.0)),
        yield_rate=rate,
    )


def solved(problem, seconds=120.0, seed=0):
    """Plans and bounds as they were offered, and whether the last plan is said to be proved."""
    jobs = recognise(arrays(problem))
    assert jobs is not None
    plans, bounds = [], []
    with lease() as session:
        proved = improve(
            jobs, session, Clock(seconds), lambda choice: plans.append(plan_of(jobs, choice)), bounds.append, seed=seed
        )
    return [priced(problem, plan) for plan in plans], bounds, proved


@pytest.mark.parametrize("seed", range(60))
def test_small_problems_are_solved_to_their_optimum_and_every_bound_is_true(seed):
    problem = small(seed)
    optimum = oracle(problem).optimum
    if optimum is None:
        jobs = recognise(arrays(problem))
        assert jobs is None or solved(problem)[::2] == ([], False)
        return
    plans, bounds, proved = solved(problem)
    assert proved
    assert all(not list(row_violations(problem, plan)) for plan in plans)
    assert plans[-1].objective == pytest.approx(optimum, rel=1e-6, abs=1e-6)
    assert max(bounds) <= optimum * (1 + 1e-9) + 1e-6
    assert max(bounds) >= optimum * (1 - 1e-6) - 1e-6
    costs = [plan.objective for plan in plans]
    assert costs == sorted(costs, reverse=True)


@pytest.mark.parametrize(
    ("read", "text", "optimum"),
    [
        *(
            pytest.param(lambda text: read_gap(text)[0], *case, id=f"gap-{i}")
            for i, case in enumerate(assignment.OPTIMA)
        ),
        *(pytest.param(read_diaz, *case, id=f"diaz-{i}") for i, case in enumerate(location.DIAZ_OPTIMA)),
        *(pytest.param(read_holmberg, *case, id=f"holmberg-{i}") for i, case in enumerate(location.HOLMBERG_OPTIMA)),
    ],
)
def test_published_optima_are_proved(read, text, optimum):
    plans, bounds, proved = solved(read(text))
    assert proved
    assert plans[-1].objective == optimum
    assert max(bounds) == optimum


def one_job(**changes):
    """A problem of this kind with one thing changed."""
    rows = {
        "part": Part("P"),
        "workshop": Workshop("W", (8.0,), (0.0,)),
        "capability": Capability("P", "W", 1.0, cost_per_unit=3.0),
        "order": Order("O", "P", 1.0, 0, None, late_cost=None),
    }
    for name, change in changes.items():
        rows[name] = replace(rows[name], **change)
    return Problem(
        Calendar(date(2026, 12, 7), 1), (rows["part"],), (rows["workshop"],), (rows["capability"],), (rows["order"],)
    )


def test_one_whole_piece_is_a_job():
    assert recognise(arrays(one_job())) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"part": {"integer": False}},
        {"part": {"stock": 1.0}},
        {"part": {"max_share": 0.5}},
        {"part": {"min_sources": 2}},
        {"part": {"shelf_life": 1}, "capability": {"min_lot": 3.0}},
        {"workshop": {"target_hours": 4.0, "below_target_cost": 1.0}},
        {"capability": {"yield_rate": 0.9}},
        {"order": {"quantity": 2.0}},
        {"order": {"quantity": 2.0, "single_source": True, "short_cost": 9.0}},
        {"order": {"quantity": 0.0}},
        {"order": {"earliest": 1}},
        {"capability": {"hours_per_unit": 9.0}},
    ],
)
def test_what_is_anything_else_is_left_to_the_general_planner(changes):
    assert recognise(arrays(one_job(**changes))) is None


def test_promises_and_plans_before_are_left_to_the_general_planner():
    problem = one_job()
    lot = Lot("P", "W", 0, 1.0)
    assert recognise(arrays(replace(problem, committed=(lot,)))) is None
    assert recognise(arrays(replace(problem, previous=(lot,), change_cost=1.0))) is None
    assert recognise(arrays(replace(problem, previous=(lot,)))) is not None
    assert (
        recognise(
            arrays(
                replace(
                    problem, calendar=Calendar(date(2026, 12, 7), 2), workshops=(Workshop("W", (8.0, 8.0), (0.0, 0.0)),)
                )
            )
        )
        is None
    )
    assert recognise(arrays(Problem(Calendar(date(2026, 12, 7), 1)))) is None


def test_an_order_that_can_only_be_short_is_paid_for_in_every_plan_and_bound():
    problem = one_job()
    problem = replace(problem, orders=(*problem.orders, Order("late", "P", 1.0, -1, 7.0, late_cost=None)))
    plans, bounds, proved = solved(problem)
    assert proved
    assert (plans[-1].objective, max(bounds)) == (10.0, 10.0)


def test_jobs_that_cannot_all_be_done_end_without_a_plan():
    problem = one_job(workshop={"hours": (1.5,)})
    problem = replace(problem, orders=(*problem.orders, Order("second", "P", 1.0, 0, None, late_cost=None)))
    assert solved(problem)[::2] == ([], False)


def test_the_same_seed_takes_the_same_course():
    problem = read_gap(assignment.OPTIMA[0][0])[0]
    first, second = solved(problem, seed=3), solved(problem, seed=3)
    assert [plan.make for plan in first[0]] == [plan.make for plan in second[0]]


@pytest.mark.parametrize("seed", range(20))
def test_the_knapsack_earns_what_trying_everything_earns(seed):
    dice = np.random.default_rng(seed)
    count, room = int(dice.integers(1, 9)), int(dice.integers(0, 30))
    profit, steps = dice.uniform(0.1, 9.0, count), dice.integers(0, 12, count)
    rows, taken = np.zeros((2, room + 1)), np.zeros((count, room + 1), dtype=np.uint8)
    row = rows[fill(profit, steps, count, room, rows, taken)]
    for used in range(room + 1):
        every = [np.array(picked) for picked in product((0, 1), repeat=count) if np.dot(picked, steps) <= used]
        assert row[used] == pytest.approx(max(float(picked @ profit) for picked in every))
    chosen = np.zeros(count, dtype=np.uint8)
    trace(steps, count, room, taken, chosen)
    assert chosen @ steps <= room
    assert chosen @ profit == pytest.approx(row[room])


@pytest.mark.parametrize("seed", range(40))
def test_what_a_pair_adds_to_the_bound_is_never_more_than_forcing_it_costs(seed):
    """From any prices: no choice with that pair, or that workshop engaged or not, costs less than bound and extra."""
    problem = small(seed)
    jobs = recognise(arrays(problem))
    if jobs is None:
        return
    shape, dual = jobs.shape, Dual(jobs.shape)
    prices = np.minimum(np.random.default_rng(seed).uniform(0.0, 30.0, len(shape.skip)), dual.ceiling)
    bound = dual.evaluate(prices)
    extra, engaged = dual.extras(prices)
    opened = dual.opened.copy()
    for choice in every_choice(shape):
        cost = cost_of(shape, choice)
        done = choice[choice >= 0]
        assert cost >= bound - 1e-6
        assert (cost >= bound + extra[done] - 1e-6).all()
        used = np.isin(np.arange(len(shape.most)), shape.place[done])
        changed = (used != (opened == 1)) & np.isfinite(engaged)
        assert (cost >= bound + engaged[changed] - 1e-6).all()


def every_choice(shape):
    """Every choice that keeps the hours, J."""
    options = []
    for j in range(len(shape.skip)):
        pairs = list(range(shape.job_start[j], shape.job_start[j + 1]))
        options.append(pairs if np.isinf(shape.skip[j]) else [*pairs, -1])
    for picked in product(*options):
        choice = np.array(picked)
        done = choice[choice >= 0]
        used = np.bincount(shape.place[done], shape.hours[done], len(shape.most))
        if (used <= shape.most + 1e-9).all():
            yield choice


def cost_of(shape, choice):
    done = choice[choice >= 0]
    used = np.bincount(shape.place[done], shape.hours[done], len(shape.most))
    busy = np.isin(np.arange(len(shape.most)), shape.place[done])
    over = shape.over_cost * np.maximum(0.0, used - shape.regular)
    return shape.cost[done].sum() + shape.skip[choice < 0].sum() + (shape.engage * busy).sum() + over.sum()
