"""How evenly work can be shared, and what that costs: the max-min share, proven, and the curve from cheap to fair.

In: a problem and the hours that each workshop wishes for (or a policy's target hours, fairness.py). Out: a Curve.

A workshop's share is its hours of work over its wish. Work that nobody needs must not count: hours are those on pieces
(set-ups left out, since a set-up for nothing would count too), and only plans are looked at in which no part is left
over: what is in stock at the end or scrapped is at most the opening stock and what promised lots bring in. The
objective's own fairness term is left out, so that a cost is what the work costs.

The max-min share is the largest s such that every workshop gets s times its wish: a linear program over the
relaxation of docs/model.md §12, so no plan can be fairer. Workshops that can do nothing in any plan are found by it
and left out; then the others are raised one after another (lexicographic max-min: Ogryczak and Śliwiński 2006, "On
direct methods for lexicographic min-max optimization"). Every cost is the relaxation's: a whole plan costs that or
more.

Beyond MOST_LOTS the periods are merged first (coarser.py), as few as will do. What is proven stays proven: no plan
gives everyone more, and none of that share costs less. But whether a plan comes near it is then open, and the others
aren't raised one after another: their shares are those of one fairest plan. Nor is each step solved: costs are convex
in the share, so between two that are a mixture of their solutions gives a cost, and their duals a bound; the step where
the two lie furthest apart is solved next, until they lie within NARROW of the curve's height, or the time is over.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from wadah.planning.bound import dual_bound, relaxation
from wadah.planning.coarser import coarser
from wadah.planning.fair_curve import Point, Step, step_at, unsettled
from wadah.planning.formulation import formulate
from wadah.planning.solver import lease
from wadah.planning.stop import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from wadah.planning.formulation import Formulation, Model
    from wadah.planning.problem import Problem
    from wadah.planning.solver import Answer, Session

    Floats = NDArray[np.float64]

NONE = 1e-7  # a share below it is none
EASED = 1e-7  # relative; by so much a share already reached is eased where it is asked for again
INTERIOR = 8_000  # columns beyond which the interior point method is sooner
MOST_LOTS = 16_000  # (capability, period) pairs of a program that is solved in seconds
NARROW = 0.04  # of the dearest step's cost less the cheapest's; so near to its bound a step need not be solved
LOOSE = 250.0  # times the least share that anybody could have
MOST_ROUNDS = 60  # of raising one group of workshops after another


@dataclass(frozen=True, slots=True)
class Curve:
    """max_min: the share reached for all but `left_out`; most: proven: no plan reaches more. shares: (workshop, share)
    after raising each as far as it goes, worst off first. steps: from the cheapest plan to the fairest. budget: rupiah
    that a plan might cost, or None. columns: of the program, a measure of its size. merged: how many periods went into
    one; 1: none, and then some solution of the relaxation reaches max_min at each step's cost. complete: whether the
    time was enough for every step, cost and bound close enough together."""

    max_min: float
    most: float
    left_out: tuple[str, ...]
    shares: tuple[tuple[str, float], ...]
    steps: tuple[Step, ...]
    budget: float | None
    columns: int
    merged: int
    complete: bool


def fairness_curve(
    problem: Problem,
    wish: Mapping[str, float],
    *,
    steps: int = 5,
    budget: float | None = None,
    time_limit: float = 60.0,
    should_stop: Callable[[], bool] | None = None,
) -> Curve | None:
    """The curve over workshops with a wish > 0 hours; None where there was no time, or no plan at all obeys the rules.

    steps: levels between the cheapest share and the fairest, ≥ 1. budget: the most a plan may cost, rupiah.
    """
    clock = Clock(time_limit, should_stop)
    length = merging(problem)
    program = Program(coarser(problem, length), wish, budget)
    with lease() as session:
        ask = Asker(session, clock)
        levels = program.raise_all(ask, rounds=MOST_ROUNDS if length == 1 else 1)
        if levels is None:
            return None
        points = program.points(ask, levels, steps, NARROW if length > 1 else 0.0)
    if points is None:
        return None
    found, complete = list(points[0]), points[1]
    found[1:] = [replace(step, price=step.cost - before.cost) for before, step in itertools.pairwise(found)]
    names = [problem.workshops[w].id for w in program.wishing]
    order = sorted(levels.share, key=lambda i: (levels.share[i], names[i]))
    return Curve(
        max_min=levels.max_min,
        most=levels.most,
        left_out=tuple(names[i] for i in sorted(levels.left_out)),
        shares=tuple((names[i], levels.share[i]) for i in order),
        steps=tuple(found),
        budget=budget,
        columns=len(program.model.cost),
        merged=length,
        complete=complete,
    )


def merging(problem: Problem) -> int:
    """How many periods to merge into one, so that MOST_LOTS (capability, period) pairs are left, or one period is."""
    count = max(1, MOST_LOTS // max(1, len(problem.capabilities)))
    return -(-problem.periods // min(count, problem.periods)) if problem.periods > count else 1


@dataclass(frozen=True)
class Asker:
    """Solves a linear program in what is left of the time; None where that isn't enough."""

    session: Session
    clock: Clock

    def __call__(self, model: Model) -> Answer | None:
        if self.clock.over:
            return None
        ways = (True, False) if model.shape[1] > INTERIOR else (False,)  # the interior point method may not settle
        for interior in ways:
            answer = self.session.relax(model, self.clock.left, self.clock.should_stop, interior=interior)
            if answer.status == "optimal" and answer.x is not None and answer.row_dual is not None:
                return answer
        return None


@dataclass(frozen=True)
class Levels:
    """By place among the wishing workshops."""

    share: dict[int, float]
    left_out: frozenset[int]
    max_min: float
    most: float


class Program:
    """The relaxation without waste, and each wishing workshop's hours of work in it as rows."""

    def __init__(self, problem: Problem, wish: Mapping[str, float], budget: float | None) -> None:
        shops = tuple(replace(row, target_hours=0.0, below_target_cost=0.0) for row in problem.workshops)
        form = formulate(replace(problem, workshops=shops))
        slim = relaxation(form)
        self.wishing = [w for w, row in enumerate(problem.workshops) if wish.get(row.id, 0.0) > 0]
        self.wish = np.array([wish[problem.workshops[w].id] for w in self.wishing], dtype=float)
        self.work = hours_of_work(form, slim.columns)[self.wishing]
        waste, allowed = waste_rows(form, slim.columns)
        self.model = with_rows(slim.model, waste, upper=allowed)
        if budget is not None:
            size = max(abs(budget), 1.0)
            row = sparse.csr_matrix(self.model.cost[None, :] / size)
            self.model = with_rows(self.model, row, upper=np.array([(budget - self.model.offset) / size]))
        self.have = (form.data.hours + form.data.overtime).sum(axis=1)[self.wishing]
        self.ceiling = float((self.have / self.wish).max(initial=0.0))

    def raise_all(self, ask: Asker, rounds: int) -> Levels | None:
        """Lexicographic max-min: raise all together, hold those that can't go on, raise the rest.

        rounds: after the first in which everyone who isn't left out gets something, so many in all; what the others
        have then is what they get.
        """
        left_out = {int(i) for i in np.flatnonzero(self.reach() <= 0)}
        share = dict.fromkeys(left_out, 0.0)
        max_min, most, done = 0.0, 0.0, 0
        for _ in range(MOST_ROUNDS):
            open_ = [i for i in range(len(self.wish)) if i not in share]
            if not open_ and share:
                break
            answer = ask(model := self.raising(open_, share))
            if answer is None or answer.x is None or answer.row_dual is None:
                if len(left_out) == len(share):
                    return None
                break
            if not open_:
                break
            level = max(0.0, (top := self.top(open_)) - float(answer.x[-1]))
            stuck = self.stuck(answer.row_dual, open_)
            share |= dict.fromkeys(stuck, level)
            if level <= NONE:
                left_out |= set(stuck)
            elif len(share) - len(stuck) == len(left_out):
                max_min = level
                most = max(level, min(self.most(open_), top - dual_bound(model, answer.row_dual)))
            done += level > NONE
            if done >= rounds:
                reached = np.maximum(0.0, self.work @ answer.x[:-1]) / self.wish
                share |= {i: float(reached[i]) for i in range(len(self.wish)) if i not in share}
                break
        return Levels(share, frozenset(left_out), max_min, most)

    def reach(self) -> Floats:
        """Hours that each wishing workshop could spend on pieces, everyone else aside; 0: no plan has work for it."""
        return np.asarray(self.work @ self.model.upper)

    def most(self, open_: list[int]) -> float:
        """A share that not all of these can pass: what the one of them with the least work could have to itself."""
        return float((np.minimum(self.have, self.reach()) / self.wish)[open_].min(initial=np.inf))

    def top(self, open_: list[int]) -> float:
        """The s at which u is 0: tolerances are relative to it, and the solver settles badly close to the answer."""
        return max(0.0, min(self.ceiling, LOOSE * self.most(open_)))

    def raising(self, open_: list[int], share: dict[int, float]) -> Model:
        """Minimise u = top − s, with work ≥ s · wish for the open ones, and their share for those already held."""
        base, top = self.model, self.top(open_)
        column = sparse.csc_matrix((base.shape[0], 1))
        model = replace(
            base,
            cost=np.append(np.zeros(len(base.cost)), 1.0),
            lower=np.append(base.lower, 0.0),
            upper=np.append(base.upper, top),
            integer=np.zeros(len(base.cost) + 1, dtype=bool),
            matrix=sparse.csc_matrix(sparse.hstack([base.matrix, column])),
            offset=0.0,
        )
        held = sorted(share)
        rows = sparse.vstack(
            [
                sparse.hstack([self.work[open_], sparse.csr_matrix(self.wish[open_][:, None])]),
                sparse.hstack([self.work[held], sparse.csr_matrix((len(held), 1))]),
            ]
        )
        asked = np.array([share[i] * (1 - EASED) for i in held], dtype=float) * self.wish[held]
        return with_rows(model, sparse.csr_matrix(rows), lower=np.append(self.wish[open_] * top, asked))

    def stuck(self, duals: Floats, open_: list[int]) -> list[int]:
        """Those whose row has a price: in every fairest plan they get just this much. At least one."""
        first = self.model.shape[0]
        weight = duals[first : first + len(open_)] * self.wish[open_]
        chosen = [i for i, value in zip(open_, weight, strict=True) if value > 1e-6]
        return chosen or [open_[int(np.argmax(weight))]]

    def points(self, ask: Asker, levels: Levels, steps: int, narrow: float) -> tuple[tuple[Step, ...], bool] | None:
        """The curve's steps, and whether all are as near to their bound as asked for; None without a cheapest one."""
        low = self.cheapest(ask, 0.0, levels.left_out)
        if low is None:
            return None
        kept = [i for i in range(len(self.wish)) if i not in levels.left_out]
        fairest = levels.max_min * (1 - EASED)
        start = min(float(low.reached[kept].min(initial=np.inf)), fairest)
        solved, complete = [replace(low, share=start)], False
        if fairest <= start + NONE:
            return (step_at(solved, start, kept, shown=0.0),), True
        shares = [*(start + (fairest - start) * i / steps for i in range(steps)), fairest]
        while (share := unsettled(solved, shares, narrow)) is not None:
            point = self.cheapest(ask, share, levels.left_out)
            if point is None:
                break
            solved = sorted([*solved, point], key=lambda row: row.share)
        else:
            complete = True
        shown = [share for share in shares if share <= solved[-1].share]
        return tuple(step_at(solved, share, kept, shown=share if share > start else 0.0) for share in shown), complete

    def cheapest(self, ask: Asker, share: float, left_out: frozenset[int] = frozenset()) -> Point | None:
        """The least cost with this share for everyone who isn't left out."""
        counted = np.array([i not in left_out for i in range(len(self.wish))], dtype=float)
        answer = ask(model := with_rows(self.model, self.work, lower=share * counted * self.wish))
        if answer is None or answer.x is None or answer.row_dual is None:
            return None
        bound = dual_bound(model, answer.row_dual)
        slope = float(np.maximum(0.0, answer.row_dual[self.model.shape[0] :]) @ (counted * self.wish))
        return Point(
            share=share,
            reached=np.maximum(0.0, self.work @ answer.x) / self.wish,
            cost=float(self.model.cost @ answer.x) + self.model.offset,
            bound=bound,
            slope=slope if bound > 0 else 0.0,  # a bound held at 0 proves nothing of other shares but that
        )


def hours_of_work(form: Formulation, columns: NDArray[np.int64]) -> sparse.csr_matrix:
    """Hours on pieces by workshop, W × columns of the relaxation."""
    k, t = np.nonzero(form.x >= 0)
    place = np.searchsorted(columns, form.x[k, t])
    shape = (form.hours_row.shape[0], len(columns))
    return sparse.csr_matrix((form.data.unit_hours[k], (form.data.workshop[k], place)), shape=shape)


def waste_rows(form: Formulation, columns: NDArray[np.int64]) -> tuple[sparse.csr_matrix, Floats]:
    """Stock at the end and all that is scrapped, P × columns; and the most that may be: opening stock and promises."""
    data = form.data
    parts = len(data.stock)
    last = np.searchsorted(columns, form.level[:, -1])
    p, t = np.nonzero(form.scrap >= 0)
    rows = np.concatenate((np.arange(parts), p))
    place = np.concatenate((last, np.searchsorted(columns, form.scrap[p, t])))
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, place)), shape=(parts, len(columns)))
    allowed = data.stock.copy()
    np.add.at(allowed, data.part, (data.promised.sum(axis=1) * data.yields))
    return matrix, allowed


def with_rows(
    model: Model, rows: sparse.csr_matrix, *, lower: Floats | None = None, upper: Floats | None = None
) -> Model:
    """The model with more rows below its own."""
    count = rows.shape[0]
    return replace(
        model,
        matrix=sparse.csc_matrix(sparse.vstack([model.matrix, rows])),
        row_lower=np.append(model.row_lower, np.full(count, -np.inf) if lower is None else lower),
        row_upper=np.append(model.row_upper, np.full(count, np.inf) if upper is None else upper),
    )
