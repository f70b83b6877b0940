"""Earliest date for all of an order, most pieces by a date, and the least cost of each, asked of one program.

The order asked for is the cut-out's only order that the plan doesn't have. Dates come from a bisection: whatever can
be delivered by t can be delivered by t + 1, so the first period by which nothing is left short is found in a few
questions, first of the relaxation (which proves what is too early), then of the search.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.plan import cost
from wadah.planning.promise.program import NEAR, STAGE_GAP, Found, Program, Question

if TYPE_CHECKING:
    from wadah.planning.formulation.model import Floats
    from wadah.planning.plan import Plan
    from wadah.planning.stop import Clock

COST_GAP = 5e-4  # of the plan's own cost within the cut-out
GUESS_SHARE, SHORT_SHARE, COST_SHARE = 0.5, 0.4, 0.5  # of the time left that one question may take
BLUR = 1e-5  # relative; what the search's tolerances leave open where pieces can be cut
DEAR = 3.0  # times what a piece costs at the most, is what it may cost to be one short
PIECES = 1e-6  # less than this is nothing


@dataclass(frozen=True)
class Offer:
    """What can be had: quantity (pieces) by the end of `period`, for `cost` rupiah more than the plan costs now.

    least_cost: proven; price: rupiah a piece that covers the cost, never below 0; plan: of the cut-out's problem.
    """

    quantity: float
    period: int
    cost: float
    least_cost: float
    price: float
    plan: Plan


@dataclass(frozen=True)
class Answers:
    """most: the largest quantity by the date asked (None: nothing), most_bound: no plan has more; whole: all of it at
    the earliest (None: not within the calendar, or not found), no_earlier: proven, the number of periods for never;
    relaxed: of the relaxation at the date asked."""

    most: Offer | None
    most_bound: float
    whole: Offer | None
    no_earlier: int
    periods: int
    relaxed: Found

    @property
    def proven(self) -> bool:
        """Whether quantity and date are proven to be the best there are."""
        most = self.most.quantity if self.most else 0.0
        early = self.whole.period if self.whole else None
        margin = BLUR * max(1.0, self.most_bound)
        return most >= self.most_bound - margin and self.no_earlier >= (self.periods if early is None else early)


class Desk:
    """Questions about one order, put to one program."""

    def __init__(self, program: Program, order: str) -> None:
        self.program = program
        form = program.form
        self.id, self.i = order, form.data.order_index[order]
        self.part = form.data.problem.orders[self.i].part
        self.quantity = float(form.data.quantity[self.i])
        self.deliver, self.short = form.deliver[self.i], int(form.short[self.i])
        self.whole = bool(form.data.integer[form.data.order_part[self.i]])
        self.first = max(0, int(form.data.first[self.i]))
        self.periods = form.data.periods
        self.short_cost = np.zeros(len(program.model.cost))
        self.short_cost[self.short] = 1.0
        self.rupiah = program.model.cost.copy()
        self.rupiah[self.short] = 0.0
        self.rupiah[self.deliver[self.deliver >= 0]] = 0.0
        self.before = sum(cost(program.cutout.problem, program.cutout.before).values())
        self.by_date: dict[int, Found] = {}
        self.relaxations: dict[int, Found] = {}
        self.costs: dict[int, Found] = {}
        self.unhurried: Clock | None = None  # where nothing is left to ask once all can be had by the date
        self.known: list[tuple[int, Floats]] = []  # ways to deliver something by a period, found elsewhere

    def bounds(self, until: int, short: float) -> tuple[Floats, Floats]:
        """Nothing delivered after `until`, and at most so many pieces short."""
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        late = self.deliver[until + 1 :]
        upper[late[late >= 0]] = 0.0
        upper[self.short] = min(upper[self.short], max(0.0, short))
        return lower, upper

    def least_short(self, until: int) -> Found:
        """The fewest pieces short by the end of `until`."""
        if until not in self.by_date:
            self.by_date[until] = self.sought(until)
        return self.by_date[until]

    def sought(self, until: int) -> Found:
        question = self.short_question(until)
        if self.program.small:
            return self.program.ask(question)
        relaxed = self.relaxed(until)
        if relaxed.impossible or relaxed.bound >= self.quantity - PIECES:
            return relaxed if relaxed.impossible else replace(relaxed, value=self.quantity)
        found = replace(relaxed)
        for period, x in self.known:
            if period <= until:
                self.program.take(question, found, x)
        self.nearly(until, found)
        if self.program.rest is not None or found.value <= found.bound + PIECES or self.program.clock.over:
            return found  # where work may be moved, any other way would push it aside without regard to its cost
        return self.program.ask(question, found.x)

    def short_question(self, until: int) -> Question:
        lower, upper = self.bounds(until, self.quantity)
        rest = self.program.rest
        return Question(
            self.short_cost, lower, upper, whole=self.whole, share=SHORT_SHARE, most=self.quantity, rest=rest
        )

    def nearly(self, until: int, found: Found) -> None:
        """As much as the relaxation promises, or little less, cheaply: a piece short costs more than a piece made.

        Takes what it finds into `found`, and into `costs` where nothing less can be short.
        """
        program, hard = self.program, Found()
        question = self.cost_question(until, found.bound, GUESS_SHARE)
        values = program.relax(question, hard)
        if values is None or hard.gain is None or hard.impossible:
            return
        made = self.quantity - found.bound
        weight = max(DEAR * float(hard.gain[self.short]), DEAR * (hard.bound - self.before) / made, 1.0)
        weight = max(weight, 2 * COST_GAP * abs(hard.bound))
        cost, upper = self.rupiah.copy(), question.upper.copy()
        cost[self.short], upper[self.short] = weight, self.quantity
        gap = min(COST_GAP, weight / (abs(hard.bound) + weight * found.bound) / 2)  # less than a piece
        soft = replace(
            question,
            cost=cost,
            upper=upper,
            gap=gap,
            stage_gap=min(STAGE_GAP, 2 * gap),
            value=lambda plan: self.paid(plan) + weight * self.own_short(plan),
        )
        best = Found(bound=hard.bound + weight * found.bound)
        program.improve(soft, best, values)
        if best.plan is None or best.x is None:
            return
        short = self.own_short(best.plan)
        if short < found.value - PIECES:
            found.value, found.x, found.plan = short, best.x, best.plan
        if short <= found.bound + PIECES:
            self.costs[until] = replace(hard, value=self.paid(best.plan), x=best.x, plan=best.plan)

    def cheapest(self, until: int, short: float, share: float, hint: Floats | None = None) -> Found:
        """The least cost with at most so many pieces short."""
        return self.program.ask(self.cost_question(until, short, share), hint)

    def priced(self, until: int, short: float, hint: Floats) -> Found:
        """The same from a way that is known; where no time is left, what that way costs."""
        found = Found()
        if not self.program.clock.over:
            return self.cheapest(until, short, COST_SHARE, hint)
        self.program.take(self.cost_question(until, short, COST_SHARE), found, hint)
        return found

    def cost_question(self, until: int, short: float, share: float) -> Question:
        lower, upper = self.bounds(until, short)
        return Question(
            self.rupiah,
            lower,
            upper,
            gap=0.0 if self.program.small else COST_GAP,
            share=share,
            offset=self.program.model.offset,
            value=self.paid,
            rest=self.program.rest,
        )

    def paid(self, plan: Plan) -> float:
        """What a plan of the cut-out costs, without what the order's own shortness would."""
        return sum(cost(self.program.cutout.problem, plan).values()) - self.own_short(plan)

    def own_short(self, plan: Plan) -> float:
        return sum(pieces for order, pieces in plan.short if order == self.id)

    def relaxed(self, until: int) -> Found:
        """The same, of the relaxation alone."""
        if until not in self.relaxations:
            self.relaxations[until] = found = Found()
            self.program.relax(self.short_question(until), found)
        return self.relaxations[until]

    def answers(self, due: int) -> Answers:
        """Everything there is to say; due: 0 … periods − 1, or −1 where the date asked is before the calendar."""
        found = self.least_short(due) if due >= self.first else Found(self.quantity, self.quantity)
        if found.value <= PIECES and self.unhurried is not None:
            self.program.clock = self.unhurried
        relaxed = self.relaxed(due) if due >= self.first and found.bound > PIECES else Found()
        date, no_earlier = self.earliest(due, found)
        if date is not None and date < due and found.value > PIECES:
            found = self.by_date[date]  # what can be had by then can be had by the date asked
        whole, most, hint = None, None, found.x
        if date is not None and (known := self.by_date[date].x) is not None:
            whole, hint = self.offer(date, self.quantity, known)
        if date is not None and date == due:
            most = whole
        elif found.x is not None and self.quantity - found.value > PIECES:
            hint = hint if date is not None and date < due else found.x
            assert hint is not None
            most, _ = self.offer(due, self.quantity - found.value, hint)
        bound = self.quantity - min(self.quantity, max(0.0, found.bound))
        return Answers(most, bound, whole, no_earlier, self.periods, relaxed)

    def earliest(self, due: int, by_due: Found) -> tuple[int | None, int]:
        """The first period by which all is delivered, as far as found, and the first that isn't proven too early."""
        none, enough = self.first, None
        if by_due.value <= PIECES:
            enough = due
        elif by_due.bound > PIECES or by_due.impossible:
            none = max(self.first, due + 1)
        none = self.not_before(none, self.periods if enough is None else enough)
        low, high = none, self.periods if enough is None else enough  # the first possible one is in low … high
        middle = (low + high) // 2 if self.program.small else low  # the relaxation is mostly right
        while low < high and not self.program.clock.over:
            found = self.least_short(middle)
            if found.value <= PIECES:
                high = enough = middle
            else:
                low = middle + 1
                none = low if found.bound > PIECES or found.impossible else none
            middle = (low + high) // 2
        return enough, none

    def not_before(self, low: int, high: int) -> int:
        """The first period in low … high that the relaxation doesn't prove too early."""
        while low < high and not self.program.small and not self.program.clock.over:
            middle = (low + high) // 2
            found = self.relaxed(middle)
            if found.bound > PIECES or found.impossible:
                low = middle + 1
            else:
                high = middle
        return low

    def offer(self, until: int, quantity: float, hint: Floats) -> tuple[Offer, Floats]:
        """The cheapest way to deliver `quantity` by the end of `until`, starting from a way that is known."""
        found = self.costs.get(until) or self.priced(until, self.quantity - quantity, hint)
        assert found.plan is not None and found.x is not None  # the hint is one
        more, least = found.value - self.before, min(found.value, found.bound) - self.before
        price = max(0.0, more) / quantity if quantity > NEAR else 0.0
        return Offer(quantity, until, more, least, price, found.plan), found.x
