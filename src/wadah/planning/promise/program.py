"""The mixed-integer program of a cut-out, to be asked several questions: only bounds and prices change between them.

In: a Cutout, and whether the plan's own deliveries are held. Out: for one question (a cost, and bounds by column) the
least value found, a plan of the small problem that has it and that the referee accepts, and a proven lower bound with
the row prices behind it. First the linear relaxation, then a search among the lots that it uses, then the whole search;
each stops as soon as nothing better is possible, or the clock says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from wadah.planning.arrays import least_lot
from wadah.planning.bound import dual_bound, relaxation, search_bound
from wadah.planning.extract import extract, start_values
from wadah.planning.formulation import formulate
from wadah.planning.plan import row_violations
from wadah.planning.polish import fixed_whole
from wadah.planning.promise.dive import dive
from wadah.planning.promise.rounding import whole_deliveries
from wadah.planning.promise.tidy import tidy
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wadah.planning.formulation import Model
    from wadah.planning.formulation.model import Flags, Floats, Ints
    from wadah.planning.plan import Plan
    from wadah.planning.promise.cutout import Cutout
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

AT_ONCE = 800  # columns up to which the whole search alone is the fastest way
TINY = 150  # columns up to which the search alone always finds something
DIVE_SHARE, SEARCH_SHARE = 0.3, 0.6  # of the seconds left, where a small program has no solution yet
IN_USE = 1e-7  # pieces
NEAR = 1e-6  # a value this close to its bound, relative, is the best there is
ROOM = 1e-8
ROW_SLACK = 1e-6
STAGE_GAP = 1e-3
STAGE_SHARE = 0.6  # of the seconds left that one stage may take
LEAST_SECONDS = 0.05
PARTING = 1.0  # seconds that a relaxation or a first solution may take past the limit


@dataclass(frozen=True)
class Question:
    """Minimise cost · x + offset within the bounds; `whole`: the value is a whole number; `value`: of a plan's rows,
    where they say it more exactly than x does; `rest`: what lots are where nothing is changed, else their lower bounds.

    gap: relative, at which a large program is left alone, stage_gap: one stage of it (staged); share: of the time left
    that its searches may take; most: a value that doing nothing has, so that no search is needed where nothing is less.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    whole: bool = False
    gap: float = 0.0
    stage_gap: float = STAGE_GAP
    share: float = 1.0
    most: float = np.inf
    offset: float = 0.0
    value: Callable[[Plan], float] | None = None
    rest: Floats | None = None


@dataclass
class Found:
    """What came of a question. impossible: proven that no plan is within the bounds; row_dual: of the relaxation;
    gain: by column, what one more unit of a column at its limit would save there."""

    value: float = np.inf
    bound: float = 0.0
    x: Floats | None = None
    plan: Plan | None = None
    row_dual: Floats | None = None
    gain: Floats | None = None
    impossible: bool = False

    @property
    def proven(self) -> bool:
        """Whether the value is the least there is, or that there is none."""
        return self.impossible or self.within(NEAR)

    def within(self, gap: float) -> bool:
        """Whether a value is known, and the least there is isn't further below it than this, relative."""
        return self.x is not None and self.value <= self.bound + max(gap, NEAR) * max(1.0, abs(self.value))


class Program:
    """One cut-out, formulated once."""

    def __init__(self, cutout: Cutout, session: Session, clock: Clock, *, held: bool) -> None:
        self.cutout, self.session, self.clock = cutout, session, clock
        self.form = formulate(cutout.problem)
        self.exact: Model = self.form.model
        self.model: Model = loosened(self.exact, self.form.stock_row.ravel())
        self.lower, self.upper = self.model.lower.copy(), self.model.upper.copy()
        self.rest: Floats | None = None
        self.shrinking = np.zeros(len(cutout.problem.capabilities), dtype=bool)
        if held:
            self.hold()
        self.form.finished = self.model
        self.slim = relaxation(self.form)

    @property
    def small(self) -> bool:
        return self.model.shape[1] <= AT_ONCE

    def hold(self) -> None:
        """Fix the deliveries and the workshops of the plan's own orders."""
        form, book = self.form, self.cutout.book
        index = form.data.order_index
        fixed: dict[int, float] = {}
        for name in self.cutout.orders:
            i, rows = index[name], dict(book.delivered.get(name, ()))
            for t, column in enumerate(form.deliver[i].tolist()):
                if column >= 0:
                    fixed[column] = rows.get(t, 0.0) / float(form.scale[i])
            fixed[int(form.short[i])] = form.data.quantity[i] - sum(rows.values())
        for i, k, column in form.assign:
            if self.named(i) in self.cutout.orders:
                fixed[column] = float(self.assigned(i, k))
        for i, k, t, column in form.split:
            if self.named(i) in self.cutout.orders:
                pieces = dict(book.delivered.get(self.named(i), ())).get(t, 0.0)
                fixed[column] = pieces / float(form.scale[i]) if self.assigned(i, k) else 0.0
        columns = np.array(list(fixed), dtype=int)
        values = np.clip(np.array(list(fixed.values())), self.lower[columns], self.upper[columns])
        values = np.where(self.model.integer[columns], np.rint(values), values)
        self.lower[columns] = self.upper[columns] = values

    def only_shrink(self, parts: Iterable[str]) -> None:
        """Lots of these parts may only shrink; and lots rest as they are in the plan, not at nothing."""
        form = self.form
        rest = np.nan_to_num(start_values(form, self.cutout.before))
        names = set(parts)
        self.shrinking = np.array([k.part in names for k in self.cutout.problem.capabilities], dtype=bool)
        for columns in (form.x, form.y):
            down = columns[(columns >= 0) & self.shrinking[:, None]]
            self.upper[down] = np.maximum(np.minimum(rest[down], self.upper[down]), self.lower[down])
        self.rest = np.clip(rest, self.lower, self.upper)

    def named(self, i: int) -> str:
        return self.form.data.problem.orders[i].id

    def assigned(self, i: int, k: int) -> bool:
        return self.cutout.book.assigned.get(self.named(i)) == self.form.data.problem.capabilities[k].workshop

    # ---- asking

    def ask(self, question: Question, hint: Floats | None = None) -> Found:
        """Answer one question; `hint`: values of a solution that obeys the bounds, if one is known."""
        found, clock = Found(), self.clock
        if hint is not None:
            self.take(question, found, hint)
        relaxed = None
        if self.small:
            if found.x is None and self.model.shape[1] > TINY:  # something to fall back on, should the search take long
                relaxed = self.relax(question, found)
                if relaxed is not None:
                    dive(self, question, found, relaxed, clock.left * DIVE_SHARE)
            share = 1.0 if found.x is not None else SEARCH_SHARE
            self.search(question, found, question.lower, question.upper, clock.left * share)
            if found.proven or clock.over:
                return found
        relaxed = self.relax(question, found) if relaxed is None else relaxed
        if found.bound >= question.most - NEAR:
            found.value = question.most
        elif relaxed is not None:
            self.improve(question, found, relaxed)
        return found

    def improve(self, question: Question, found: Found, relaxed: Floats) -> None:
        """Ever larger searches around the values of a relaxation, until the time is up or nothing is left to gain."""
        until = self.clock.seconds + self.clock.left * question.share
        dive(self, question, found, relaxed, until - self.clock.seconds)
        for attempt, whole in ((self.staged, False), (self.search, True)):
            for lower, upper in self.narrowed(question, relaxed, found.x, whole=whole):
                if found.impossible or found.within(question.gap) or until <= self.clock.seconds:
                    return
                if not whole:
                    self.thin_out(relaxed, lower, upper)
                attempt(question, found, lower, upper, until - self.clock.seconds)

    def relax(self, question: Question, found: Found) -> Floats | None:
        """The relaxation: a bound, prices, and its values by column."""
        kept = self.slim.columns
        cost = np.asarray(self.slim.lift.T @ question.cost)
        model = replace(self.slim.model, cost=cost, offset=question.offset)
        small = tidy(model, question.lower[kept], question.upper[kept])
        if broken(model, small.values, small.free):
            found.impossible = True
            return None
        answer = self.session.relax(small.model, max(self.clock.left, PARTING), self.clock.should_stop)
        if answer.status == "infeasible":
            found.impossible = True
        if answer.row_dual is None or answer.x is None:
            return None
        bound = dual_bound(small.model, answer.row_dual)
        found.bound = max(found.bound, float(np.ceil(bound - NEAR)) if question.whole else bound)
        row_dual = np.zeros(model.shape[0])
        row_dual[np.diff(sparse.csr_matrix(model.matrix[:, small.free]).indptr) > 0] = answer.row_dual
        found.row_dual = self.slim.full_duals(row_dual, self.model.shape[0])
        found.gain = np.zeros(self.model.shape[1])
        found.gain[kept] = np.maximum(0.0, model.matrix.T @ row_dual - cost)
        return np.asarray(self.slim.lift @ small.whole(answer.x))

    def narrowed(
        self, question: Question, relaxed: Floats, known: Floats | None, *, whole: bool
    ) -> Iterator[tuple[Floats, Floats]]:
        """Bounds of ever larger searches: lots that the relaxation changes; all that it, or what is known, has; with
        `whole`, everything."""
        rest = question.lower if question.rest is None else question.rest
        yield self.only(question, np.abs(relaxed - rest) > IN_USE)
        used = (relaxed > IN_USE) | (rest > IN_USE)
        yield self.only(question, used if known is None else used | (known > IN_USE))
        if whole:
            yield question.lower, question.upper

    def only(self, question: Question, busy: np.ndarray) -> tuple[Floats, Floats]:
        """Bounds that leave every lot as it rests but those in the busy columns."""
        form, lower, upper = self.form, question.lower.copy(), question.upper.copy()
        rest = lower if question.rest is None else question.rest
        cells = (form.x >= 0) & ~busy[np.maximum(form.x, 0)]
        for columns in (form.x, form.y):
            idle = columns[cells & (columns >= 0)]
            lower[idle] = upper[idle] = rest[idle]
        return lower, upper

    def thin_out(self, relaxed: Floats, lower: Floats, upper: Floats) -> None:
        """Decide which of the lots that may only shrink go at once: those that the relaxation leaves too small."""
        form = self.form
        cells = (form.x >= 0) & (form.y >= 0) & self.shrinking[:, None]
        x, y = form.x[cells], form.y[cells]
        least = np.broadcast_to(least_lot(form.data)[:, None], form.x.shape)[cells]
        open_ = upper[y] > lower[y]
        stays = open_ & (relaxed[x] >= np.maximum(least, IN_USE) - NEAR)
        goes = open_ & ~stays & (lower[x] <= 0)
        lower[y[stays]] = 1.0
        upper[y[goes]] = upper[x[goes]] = 0.0

    def staged(self, question: Question, found: Found, lower: Floats, upper: Floats, seconds: float) -> None:
        """A good solution soon: first the choices are made whole (set-ups, whole orders), then lots, then the rest.

        Each stage is a small search with all later decisions relaxed, and is fixed for the next (relax-and-fix).
        """
        form, integer = self.form, self.model.integer
        choices = integer & (self.model.upper <= 1.0)
        lots = choices.copy()
        lots[form.x[form.x >= 0]] = True
        until = self.clock.seconds + seconds
        lower, upper = lower.copy(), upper.copy()
        values: Floats | None = None
        for mask in (choices, lots & integer):
            left = (until - self.clock.seconds) * STAGE_SHARE
            values = self.run(question, lower, upper, mask, left, question.stage_gap)
            if values is None:
                return
            lower[mask] = upper[mask] = np.clip(np.rint(values[mask]), lower[mask], upper[mask])
        assert values is not None
        whole = self.polished(question, whole_deliveries(form, values, lower, upper))
        if whole is None or not self.take(question, found, whole):
            values = self.run(question, lower, upper, integer, until - self.clock.seconds, question.stage_gap)
            if values is not None:
                self.take(question, found, values)

    def run(
        self, question: Question, lower: Floats, upper: Floats, integer: Flags, seconds: float, gap: float
    ) -> Floats | None:
        """One search with these columns whole; its best values by column, or None."""
        program = replace(self.model, cost=question.cost, offset=question.offset, integer=integer)
        small = tidy(program, lower, upper)
        if broken(program, small.values, small.free):
            return None
        if not small.free.any():
            return small.values
        heard: list[Floats] = []
        ears = Ears(lambda: self.clock.over, heard.append)
        answer = self.session.search(small.model, max(seconds, LEAST_SECONDS), ears, gap=gap)
        x = answer.x if answer.x is not None else (heard[-1] if heard else None)
        return None if x is None else small.whole(x)

    def search(self, question: Question, found: Found, lower: Floats, upper: Floats, seconds: float) -> None:
        """Search within these bounds, and take what is better into `found`; a proof only with the question's own."""
        whole = upper is question.upper and lower is question.lower
        program = replace(self.model, cost=question.cost, offset=question.offset)
        small = tidy(program, lower, upper)
        if broken(program, small.values, small.free):
            found.impossible = found.impossible or whole
            return
        heard: list[Floats] = []

        def enough() -> bool:
            if self.clock.over or not heard:
                return self.clock.over
            value = float(small.model.cost @ heard[-1]) + small.model.offset
            return replace(found, value=value, x=heard[-1]).within(question.gap)

        fits = found.x is not None and bool(((found.x <= upper + NEAR) & (found.x >= lower - NEAR)).all())
        start = found.x[small.free] if fits and found.x is not None else None
        ears = Ears(enough, heard.append)
        seconds = max(seconds, LEAST_SECONDS)
        answer = self.session.search(small.model, seconds, ears, start=start, gap=question.gap / 2)
        if answer.status == "infeasible":
            found.impossible = found.impossible or whole
            return
        if whole and np.isfinite(answer.bound):
            bound = search_bound(answer.bound)
            found.bound = max(found.bound, float(np.ceil(bound - NEAR)) if question.whole else bound)
        x = answer.x if answer.x is not None else (heard[-1] if heard else None)
        if x is not None:
            self.take(question, found, small.whole(x))

    def take(self, question: Question, found: Found, x: Floats) -> bool:
        """Take a solution whose plan the referee accepts, polished if need be; whether it does."""
        cut = not bool(self.form.data.integer.all())  # pieces that can be cut would use the room of loosened rows
        for polish in (cut, not cut):
            values = self.polished(question, x) if polish else x
            if values is None:
                continue
            plan = extract(self.form, values)
            if row_violations(self.cutout.problem, plan):
                continue
            value = float(question.cost @ values) + question.offset if question.value is None else question.value(plan)
            if value < found.value:
                found.value, found.x, found.plan = value, values, plan
            return True
        return False

    def polished(self, question: Question, x: Floats) -> Floats | None:
        """Whole decisions fixed, the rest solved again."""
        fixed = replace(fixed_whole(self.form, x), row_lower=self.exact.row_lower, row_upper=self.exact.row_upper)
        lower, upper = np.maximum(fixed.lower, question.lower), np.minimum(fixed.upper, question.upper)
        model = replace(fixed, cost=question.cost, offset=0.0)
        small = tidy(model, np.minimum(lower, upper), upper)
        if broken(model, small.values, small.free):
            return None
        if not small.free.any():
            return small.values
        answer = self.session.relax(small.model, PARTING, lambda: False)
        return small.whole(answer.x) if answer.status == "optimal" and answer.x is not None else None

    def completed(self, plan: Plan) -> Floats | None:
        """A plan of the cut-out as values by column, where it obeys every rule and bound of the program."""
        values = start_values(self.form, plan)
        given = np.isfinite(values)
        over, under = values[given] > self.upper[given] + NEAR, values[given] < self.lower[given] - NEAR
        if over.any() or under.any():
            return None
        lower, upper = np.where(given, values, self.lower), np.where(given, values, self.upper)
        small = tidy(self.model, lower, upper)
        if broken(self.model, small.values, small.free):
            return None
        answer = self.session.relax(small.model, max(self.clock.left, LEAST_SECONDS), self.clock.should_stop)
        return small.whole(answer.x) if answer.status == "optimal" and answer.x is not None else None


def loosened(model: Model, rows: Ints) -> Model:
    """The stock rows with a little room, far below the referee's tolerance.

    A plan's lots empty the stock to the last digit; without room HiGHS's presolve (1.16, at a tolerance of 1e-9) was
    seen to call a program infeasible that has a solution.
    """
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    lower[rows] -= ROOM * np.maximum(1.0, np.abs(lower[rows]))
    upper[rows] += ROOM * np.maximum(1.0, np.abs(upper[rows]))
    return replace(model, row_lower=lower, row_upper=upper)


def broken(model: Model, values: Floats, free: np.ndarray) -> bool:
    """Whether a row without free columns doesn't hold: then no values of the free ones can help."""
    empty = np.diff(sparse.csr_matrix(model.matrix[:, free]).indptr) == 0
    given = np.asarray(model.matrix[empty] @ values)
    slack = ROW_SLACK * np.maximum(1.0, np.abs(given))
    return bool(((given < model.row_lower[empty] - slack) | (given > model.row_upper[empty] + slack)).any())
