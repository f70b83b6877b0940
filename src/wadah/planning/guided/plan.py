"""A plan from the relaxation: gather the lots, fix the set-ups, round, cut to what can be made, and search around it.

In: Flat and the solved relaxation. Out: a board with a plan on it. docs/decisions/0004 says why these steps, and what
was tried in their place; city_search.py takes them again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.gradient import relax
from wadah.planning.guided.board import Board, board_of
from wadah.planning.guided.cut import cut, deliver_rest, tidy
from wadah.planning.guided.lots_program import fit_hours, fixed, shared_out
from wadah.planning.guided.moves import TOUCHED, close_all, serve_all
from wadah.planning.guided.press import ROOMS_MADE
from wadah.planning.guided.whole import whole_state
from wadah.planning.state import State, blank_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.flat import Flat
    from wadah.planning.gradient import Program, Relaxed
    from wadah.planning.gradient.program import Flags, Floats, Ints

TRACE = 0.02  # of a smallest lot: quantities below are the method's noise
HALF = 0.5  # of an order that may not be split: with more of it missing it never comes
MOSTLY = 0.95  # of what comes of an order
INSISTED = 2.0  # times its shortage cost: what an order that may not be split, and shall come, costs if it doesn't
ENOUGH = 0.8  # of a smallest lot: from here on a lot is opened
ROUNDS = 3  # of slope scaling
ORDERS, LOTS = 25, 500  # orders, and capabilities, searched between two looks at the clock
ROUND_ITERATIONS = 200


class Guided:
    """One run of the steps on one problem."""

    def __init__(
        self,
        flat: Flat,
        program: Program,
        relaxed: Relaxed,
        threads: int,
        left: Callable[[], float] = lambda: np.inf,
        first: State | None = None,
    ) -> None:
        """left: seconds left, asked while a linear program is solved. first: whose single-source work is kept."""
        self.first = first if first is not None else blank_state(flat)
        flat = holding_single(flat, self.first)
        self.flat, self.threads, self.left = flat, threads, left
        missing = relaxed.short / np.maximum(flat.quantity, 1e-9)
        self.prices = relaxed.prices
        self.wanted = whole_orders(flat) & (missing < HALF)
        self.hoped = relaxed.delivered  # before any order was decided
        self.guide = guide(flat, self.prices, self.wanted)
        self.rank = np.empty(len(flat.integer), dtype=np.int64)
        self.rank[flat.parents_first] = np.arange(len(flat.integer))
        self.waiting = np.empty(max(TOUCHED, len(flat.integer) + 1), dtype=np.int64)
        self.made = dense(flat, program, relaxed.made)
        self.relaxed = relaxed
        least = np.maximum(least_sizes(flat), 1.0)
        self.least = least
        self.opened = (self.made > TRACE * least) & (flat.largest >= flat.least[:, None]) | (flat.promised > 0)
        if flat.single_source.any():  # its lots must find their components where the first plan found them
            self.opened |= self.first.lots > 0
        self.size = np.where(self.opened, flat.largest, 0.0)

    def decide(self, comes: Flags, delivered: Floats) -> None:
        """Which orders that may not be split shall come, N, each in the period by which `delivered` has it, N × T."""
        self.guide = guide(self.flat, self.prices, whole_orders(self.flat) & comes, arrival(delivered))

    def gather(self, rounds: int = ROUNDS) -> None:
        """Slope scaling: few and large lots."""
        for _ in range(rounds):
            big = self.opened & (self.made > TRACE * self.least)
            self.size = np.where(big, np.maximum(self.made, self.least), self.size)
            self.gather_once()

    def gather_first(self) -> None:
        """The first slope scaling, before whose last round the orders that may not be split get their periods."""
        self.gather(ROUNDS - 1)
        delivered = self.relaxed.delivered
        self.decide(delivered.sum(axis=1) > HALF * self.flat.quantity, delivered)
        self.gather(1)

    def gather_once(self) -> None:
        """One linear program with set-ups shared out over the sizes there are."""
        self.solve(shared_out(self.flat, self.opened, self.size), ROUND_ITERATIONS)

    def fix(self, iterations: int, reserve: float) -> Flags:
        """Decide the set-ups and solve for the quantities again."""
        opened = self.opened & (self.made >= ENOUGH * self.least) | (self.flat.promised > 0)
        fit_hours(self.flat, opened, self.made)
        self.opened = opened
        self.solve(fixed(self.flat, opened, reserve), iterations)
        return opened

    def solve(self, program: Program, iterations: int) -> None:
        start = self.made.ravel()[places(self.flat, program)]
        self.relaxed = relax(
            self.guide,
            program,
            self.relaxed,
            made=start,
            iterations=iterations,
            tolerance=0.0,
            left=self.left,
            threads=self.threads,
        )
        self.made = dense(self.flat, program, self.relaxed.made)

    def board(self) -> tuple[Board, bool]:
        """Whole pieces on a board, cut to what can be made; whether every rule holds."""
        found = self.relaxed
        state = whole_state(self.flat, self.opened, self.made, found.delivered, found.short)
        alone = self.flat.single_source
        state.delivered[alone] = self.first.delivered[alone]
        board = board_of(self.flat, state)
        _, kept = cut(self.flat, board, found.prices, self.rank, self.waiting)
        deliver_rest(self.flat, board)
        tidy(self.flat, board)
        return board, kept

    def sweep(self, board: Board, order: Ints, left: Callable[[], float]) -> float:
        """One round of local search, capabilities in this order, as far as the time goes. Returns the cost, ≤ 0."""
        flat, prices, rank, waiting = self.flat, self.relaxed.prices, self.rank, self.waiting
        gained, count = 0.0, len(flat.quantity)
        for rooms in (0, ROOMS_MADE):
            for first in range(0, count, ORDERS):
                if left() <= 0:
                    return gained
                end = min(first + ORDERS, count)
                gained += serve_all(flat, board, prices, rank, waiting, rooms, first, end)
        for first in range(0, len(order), LOTS):
            if left() <= 0:
                return gained
            gained += close_all(flat, board, prices, rank, order[first : first + LOTS], waiting)
        return gained


def guide(flat: Flat, prices: Floats, comes: Flags, when: Ints | None = None) -> Flat:
    """The problem that the linear programs are given, which can't know two of its rules (docs/model.md §5, §10).

    Holding a part that perishes costs as if it lost its worth over its life, so it is made when it is wanted. An order
    that may not be split is sure to come, or never, as `comes` says, N; and, if `when` says it, N, in that period.
    """
    lost = np.maximum(prices, 0.0).mean(axis=1) / (np.maximum(flat.life, 0) + 1.0)
    never = whole_orders(flat) & ~comes
    last = flat.last if when is None else np.where(comes, when, flat.last)
    return flat._replace(
        holding=np.where(flat.life >= 0, flat.holding + lost, flat.holding),
        first=flat.first if when is None else np.where(comes, when, flat.first),
        last=np.where(never, flat.first - 1, last),
        short_cost=np.where(comes, INSISTED * flat.short_cost, flat.short_cost),
    )


def whole_orders(flat: Flat) -> Flags:
    """Orders that come whole or not at all, N."""
    return np.asarray(~flat.partial & np.isfinite(flat.short_cost))


def arrival(delivered: Floats) -> Ints:
    """The period by which nearly all of each order has come that comes, N."""
    so_far = delivered.cumsum(axis=1)
    return np.asarray((so_far >= MOSTLY * so_far[:, -1:]).argmax(axis=1))


def holding_single(flat: Flat, first: State) -> Flat:
    """The problem with the work for single-source orders as it is in a first plan: no lot of theirs may change (§7).

    Who makes such an order is a choice that the linear programs don't see.
    """
    alone = np.isin(flat.part, np.unique(flat.order_part[flat.single_source]))[:, None]
    promised = np.where(alone, np.maximum(first.lots, flat.promised), flat.promised)
    return flat._replace(promised=promised, largest=np.where(alone, promised, flat.largest))


def state_of_board(board: Board, first: State | None = None) -> State:
    """The state on the board, in arrays of its own; `first` knows who makes single-source orders."""
    nobody = np.full(len(board.short), -1, dtype=np.int64)
    assigned = nobody if first is None else first.assigned.copy()
    return State(board.lots.copy(), board.delivered.copy(), board.scrapped.copy(), assigned)


def least_sizes(flat: Flat) -> Floats:
    """The fewest pieces of each lot, K × T."""
    return np.where(flat.promised > 0, flat.promised, flat.least[:, None])


def places(flat: Flat, program: Program) -> Ints:
    """Where each column's lot lies in a K × T array laid out flat."""
    periods = flat.hours.shape[1]
    cell = np.repeat(np.arange(len(program.start) - 1), np.diff(program.start))
    return np.asarray(program.capability * periods + cell % periods)


def dense(flat: Flat, program: Program, made: Floats) -> Floats:
    """Quantities by column as K × T; the columns of one lot add up."""
    shape = flat.largest.shape
    found = np.bincount(places(flat, program), weights=made, minlength=shape[0] * shape[1])
    return np.asarray(found.reshape(shape), dtype=float)
