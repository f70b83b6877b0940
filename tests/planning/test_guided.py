"""The guided search: exact costs of every change, a way back, plans that obey, and cities near their bound."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from numba import njit

from planning.rich import PROBLEM
from planning.tiny import tiny
from wadah.planning.arrays import arrays
from wadah.planning.city import generate
from wadah.planning.construct import construct
from wadah.planning.flat import flat
from wadah.planning.gradient import program_of, relax
from wadah.planning.guided.board import board_of, hand, put, scrap, undo
from wadah.planning.guided.cut import cut, deliver_rest, tidy
from wadah.planning.guided.moves import close_all, serve_all
from wadah.planning.guided.plan import Guided, state_of_board
from wadah.planning.guided.whole import within_hours
from wadah.planning.limits import limits
from wadah.planning.plan import violations
from wadah.planning.problem import Lot
from wadah.planning.solve import solve
from wadah.planning.state import State, blank_state, cost, sound, sums

COMPILE = {"nogil": True}
LOT, DELIVERY, SCRAP = range(3)


@njit(**COMPILE)
def change(shape, board, kind, which, when, pieces):
    """The inner functions have no door to Python; this is one."""
    if kind == LOT:
        return put(shape, board, which, when, pieces)
    if kind == DELIVERY:
        return hand(shape, board, which, when, pieces)
    return scrap(shape, board, which, when, pieces)


@njit(**COMPILE)
def take_back(shape, board, mark):
    undo(shape, board, mark)


def laid_out(problem):
    data = arrays(problem)
    return data, flat(data, limits(data).largest)


def plain(problem):
    """Nothing promised, nothing forbidden, no order tied to one workshop: what the guided search always can plan."""
    return replace(
        problem,
        committed=(),
        orders=tuple(
            replace(row, single_source=False, short_cost=row.short_cost or 900.0, late_cost=row.late_cost or 3.0)
            for row in problem.orders
        ),
    )


def random_lots(shape, dice):
    """Some lots of any size that fit their hours."""
    lots = np.where(dice.random(shape.largest.shape) < 0.4, shape.largest * dice.random(shape.largest.shape), 0.0)
    lots = np.where(shape.integer[shape.part][:, None], np.floor(lots), lots)
    lots = np.where(lots >= shape.least[:, None], lots, 0.0)
    within_hours(shape, lots)
    used = sums(shape, State(lots, *blank_state(shape)[1:])).used
    full = used > shape.hours + shape.overtime + 1e-9
    return np.where(full[shape.workshop], 0.0, lots)


@pytest.mark.parametrize("problem", [PROBLEM, *(tiny(seed) for seed in range(12))], ids=lambda problem: "")
def test_every_change_costs_what_the_two_states_differ_by_and_can_be_taken_back(problem):
    _, shape = laid_out(problem)
    dice = np.random.default_rng(1)
    if not len(shape.part) or not len(shape.quantity):
        pytest.skip("nothing to change: no capability or no order")
    state = State(random_lots(shape, dice), *blank_state(shape)[1:])
    board = board_of(shape, state)
    first = cost(shape, state)
    before, mark, total = first, int(board.length[0]), 0.0
    for _ in range(60):
        kind = int(dice.integers(3))
        rows = (len(shape.part), len(shape.quantity), len(shape.integer))[kind]
        table = (board.lots, board.delivered, board.scrapped)[kind]
        which, when = int(dice.integers(rows)), int(dice.integers(table.shape[1]))
        have = table[which, when]
        most = board.short[which] if kind == DELIVERY else 40.0
        pieces = float(dice.integers(0, int(most) + 1)) if dice.random() < 0.6 else -have
        told = change(shape, board, kind, which, when, pieces)
        after = cost(shape, state_of_board(board))
        assert told == pytest.approx(after - before, rel=1e-9, abs=1e-6 * max(1.0, abs(after)) * 1e-3)
        before = after
        total += told
    fresh = board_of(shape, state_of_board(board))
    for name in ("used", "level", "short", "made", "runs", "total"):
        assert np.allclose(getattr(board, name), getattr(fresh, name), atol=1e-6)
    take_back(shape, board, mark)
    assert np.allclose(board.lots, state.lots)
    assert cost(shape, state_of_board(board)) == pytest.approx(first, rel=1e-9, abs=1e-6)


def test_whatever_lots_and_deliveries_come_in_what_is_cut_obeys_every_rule():
    kept_all = 0
    for seed in range(150):
        problem = plain(tiny(seed))
        _, shape = laid_out(problem)
        dice = np.random.default_rng(seed)
        delivered = np.zeros((len(shape.quantity), shape.hours.shape[1]))
        for i in range(len(shape.quantity)):
            if shape.last[i] >= max(0, shape.first[i]):
                delivered[i, int(dice.integers(max(0, shape.first[i]), shape.last[i] + 1))] = shape.quantity[i]
        start = State(random_lots(shape, dice), delivered, *blank_state(shape)[2:])
        board = board_of(shape, start)
        rank = np.empty(len(shape.integer), dtype=np.int64)
        rank[shape.parents_first] = np.arange(len(shape.integer))
        waiting = np.empty(len(shape.integer) + 210, dtype=np.int64)
        price = np.full(board.level.shape, 100.0)
        _, kept = cut(shape, board, price, rank, waiting)
        assert kept, seed
        deliver_rest(shape, board)
        tidy(shape, board)
        assert sound(shape, state_of_board(board)), seed
        before = cost(shape, state_of_board(board))
        gained = serve_all(shape, board, price, rank, waiting, 6, 0, len(shape.quantity))
        gained += close_all(shape, board, price, rank, np.arange(len(shape.part)), waiting)
        after = state_of_board(board)
        assert sound(shape, after), seed
        assert gained <= 1e-9
        assert cost(shape, after) == pytest.approx(before + gained, rel=1e-9, abs=1e-6), seed
        kept_all += bool((after.lots > 0).any())
    assert kept_all > 50  # plans of nothing would prove nothing


@pytest.mark.parametrize("seed", [3, 4])
def test_a_city_with_every_kind_of_part_comes_near_its_bound(seed):
    problem = generate(workshops=60, parts=24, orders=40, periods=12, seed=seed)
    plan = solve(problem, time_limit=8.0, seed=1)
    assert not violations(problem, plan)
    assert plan.gap < 0.05


def guided_state(problem):
    """A plan by the guided steps alone, and whether every rule could be kept."""
    _, shape = laid_out(problem)
    program = program_of(shape)
    relaxed = relax(shape, program, iterations=1_000, tolerance=1e-5, threads=1)
    run = Guided(shape, program, relaxed, 1)
    run.gather_first()
    run.fix(200, 0.5)
    board, kept = run.board()
    return shape, state_of_board(board), kept


def test_a_plan_is_found_around_promises_for_which_the_first_plan_finds_no_components():
    for seed in (3, 6):
        city = generate(workshops=60, parts=24, orders=40, periods=12, seed=seed)
        city = replace(city, orders=tuple(replace(row, single_source=False) for row in city.orders))
        shape, state, _ = guided_state(city)
        dice = Random(seed)
        lots = [(int(k), int(t)) for k, t in np.argwhere(state.lots > 0) if dice.random() < 0.2]
        able = city.capabilities
        rows = tuple(Lot(able[k].part, able[k].workshop, t, float(state.lots[k, t])) for k, t in lots)
        problem = replace(city, committed=rows)
        assert construct(problem) is None
        shape, state, kept = guided_state(problem)
        assert kept, seed
        assert sound(shape, state), seed


@pytest.mark.parametrize("seed", [10, 11, 14])
def test_what_nobody_needs_is_taken_out_without_anything_lying_too_long(seed):
    """Fewer lots of a parent leave more of a component that perishes."""
    problem = generate(60, 40, 60, 12, seed)
    lives = (replace(part, shelf_life=2 if part.shelf_life is None else part.shelf_life) for part in problem.parts)
    _, shape = laid_out(replace(plain(problem), parts=tuple(lives)))
    program = program_of(shape)
    run = Guided(shape, program, relax(shape, program, iterations=400, tolerance=1e-4, threads=1), 1)
    run.gather_first()
    run.fix(200, 0.5)
    board, kept = run.board()
    assert kept
    assert sound(run.flat, state_of_board(board, run.first))
