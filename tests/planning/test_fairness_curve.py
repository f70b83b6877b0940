"""The max-min share equals that of a linear program written from the page alone; its price is a whole curve."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.optimize import linprog

from planning.tiny import tiny
from wadah.planning import fair_share
from wadah.planning.arrays import arrays
from wadah.planning.coarser import coarser
from wadah.planning.fair_curve import gini
from wadah.planning.fair_share import fairness_curve, merging
from wadah.planning.fairness import target_hours
from wadah.planning.limits import least_lot, limits
from wadah.planning.plan import stock_levels
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.solve import solve

CASES = 50


def plain(seed):
    """A tiny problem whose relaxation can be written down in a few lines: no sourcing rules, no single source."""
    problem = tiny(seed)
    return replace(
        problem,
        parts=tuple(replace(row, min_sources=1) for row in problem.parts),
        orders=tuple(replace(row, single_source=False) for row in problem.orders),
        workshops=tuple(replace(row, target_hours=0.0, below_target_cost=0.0) for row in problem.workshops),
        committed=(),
    )


class Share:
    """Maximise s: variables x[k,t], overtime o[w,t], level I[p,t], scrap e[p,t], delivered d[i,t], short, and s."""

    def __init__(self, problem, names):
        self.problem, self.names, self.columns, self.rows = problem, names, {}, []
        self.data = arrays(problem)
        self.most = limits(self.data).largest
        self.most = np.where(least_lot(self.data)[:, None] > self.most, 0.0, self.most)

    def at(self, *key, upper=None):
        return self.columns.setdefault(key, (len(self.columns), upper))[0]

    def row(self, terms, low, high):
        self.rows.append((terms, low, high))

    def answer(self):
        problem, times = self.problem, range(self.problem.periods)
        work = {w.id: {} for w in problem.workshops}
        for w in problem.workshops:
            for t in times:
                terms = {self.at("o", w.id, t, upper=w.overtime_hours[t]): -1.0}
                for k, row in enumerate(problem.capabilities):
                    if row.workshop == w.id:
                        x, most = self.at("x", k, t, upper=self.most[k, t]), self.most[k, t]
                        terms[x] = row.hours_per_unit + (row.setup_hours / most if most > 0 else 0.0)
                        work[w.id][x] = row.hours_per_unit
                self.row(terms, -np.inf, w.hours[t])
        for part in problem.parts:
            self.stock(part, times)
        for order in problem.orders:
            late = problem.periods - 1 if order.late_cost is not None else order.due
            terms = {self.at("d", order.id, t): 1.0 for t in times if order.earliest <= t <= late}
            forgiven = order.quantity if order.short_cost is not None else 0.0
            terms[self.at("short", order.id, upper=forgiven)] = 1.0
            self.row(terms, order.quantity, order.quantity)
        for name, wish in self.names.items():
            self.row({**work[name], self.at("s"): -wish}, 0.0, np.inf)
        return self.solved()

    def stock(self, part, times):
        problem, waste = self.problem, {}
        mine = [k for k, row in enumerate(problem.capabilities) if row.part == part.id]
        for t in times:
            terms = {self.at("I", part.id, t): -1.0}
            if t:
                terms[self.at("I", part.id, t - 1)] = 1.0
            for k in mine:
                terms[self.at("x", k, t, upper=self.most[k, t])] = problem.capabilities[k].yield_rate
            self.components(part, t, terms)
            for order in (o for o in problem.orders if o.part == part.id):
                terms[self.at("d", order.id, t)] = -1.0
            if part.shelf_life is not None:
                terms[self.at("e", part.id, t)] = -1.0
                waste[self.at("e", part.id, t)] = 1.0
                self.fresh(part, t, mine)
            self.row(terms, -part.stock if t == 0 else 0.0, -part.stock if t == 0 else 0.0)
        self.row({**waste, self.at("I", part.id, problem.periods - 1): 1.0}, -np.inf, part.stock)
        if part.max_share < 1:
            for k in mine:
                terms = {self.at("x", j, t): (j == k) - part.max_share for j in mine for t in times}
                self.row(terms, -np.inf, 0.0)

    def fresh(self, part, t, mine):
        terms = {self.at("I", part.id, t): 1.0}
        for u in range(max(0, t - part.shelf_life + 1), t + 1):
            for k in mine:
                terms[self.at("x", k, u)] = -self.problem.capabilities[k].yield_rate
        self.row(terms, -np.inf, part.stock if t - part.shelf_life + 1 <= -1 else 0.0)

    def components(self, part, t, terms):
        for k, row in enumerate(self.problem.capabilities):
            above = self.problem.part[row.part]
            pieces = sum(b for child, b in above.bom if child == part.id)
            for u in range(self.problem.periods):
                if pieces and max(0, u - above.lead_time) == t:
                    x = self.at("x", k, u, upper=self.most[k, u])
                    terms[x] = terms.get(x, 0.0) - pieces

    def solved(self):
        count = len(self.columns)
        matrix = np.zeros((len(self.rows), count))
        for number, (terms, _, _) in enumerate(self.rows):
            for column, value in terms.items():
                matrix[number, column] += value
        low = np.array([row[1] for row in self.rows])
        high = np.array([row[2] for row in self.rows])
        goal = np.zeros(count)
        goal[self.at("s")] = -1.0
        bounds = [(0, None) if upper is None else (0, upper) for _, upper in self.columns.values()]
        for order in self.problem.orders:  # a period outside an order's window takes nothing
            late = self.problem.periods - 1 if order.late_cost is not None else order.due
            for t in range(self.problem.periods):
                if ("d", order.id, t) in self.columns and not (order.earliest <= t <= late and order.quantity > 0):
                    bounds[self.at("d", order.id, t)] = (0, 0)
        above, below = np.isfinite(high), np.isfinite(low)
        found = linprog(
            goal,
            A_ub=np.vstack([matrix[above], -matrix[below]]),
            b_ub=np.concatenate([high[above], -low[below]]),
            bounds=bounds,
        )
        return -found.fun if found.status == 0 else None


def test_the_max_min_share_equals_a_linear_programs_on_fifty_small_problems():
    compared = positive = 0
    for seed in range(120):
        problem = plain(seed)
        wish = {row.id: sum(row.hours) for row in problem.workshops if sum(row.hours) > 0}
        curve = fairness_curve(problem, wish, steps=1, time_limit=60.0)
        if curve is None:
            assert Share(problem, wish).answer() is None
            continue
        kept = {name: hours for name, hours in wish.items() if name not in curve.left_out}
        for name in curve.left_out:  # proven: alone, it can do nothing either
            assert Share(problem, {name: wish[name]}).answer() == pytest.approx(0.0, abs=1e-6)
        if not kept:
            continue
        assert curve.max_min == pytest.approx(Share(problem, kept).answer(), rel=1e-6, abs=1e-7)
        assert curve.max_min <= curve.most <= curve.max_min * (1 + 1e-6) + 1e-7
        compared += 1
        positive += curve.max_min > 0.01
        if compared >= CASES:
            break
    assert compared >= CASES
    assert positive >= CASES // 2


def two(cheap=1.0, dear=3.0, asked=20.0):
    """Two workshops of 20 hours, an hour a bolt; the second one is dearer."""
    return Problem(
        Calendar(date(2026, 12, 7), 1),
        parts=(Part("BOLT"),),
        workshops=(Workshop("W-1", (20.0,), (0.0,)), Workshop("W-2", (20.0,), (0.0,))),
        capabilities=(
            Capability("BOLT", "W-1", 1.0, cost_per_unit=cheap),
            Capability("BOLT", "W-2", 1.0, cost_per_unit=dear),
        ),
        orders=(Order("PO", "BOLT", asked, due=0, short_cost=100.0),),
    )


WISH = {"W-1": 20.0, "W-2": 20.0}


def test_the_curve_goes_from_the_cheapest_plan_to_the_fairest_and_prices_each_step():
    curve = fairness_curve(two(), WISH, steps=5, time_limit=60.0)
    assert curve.max_min == pytest.approx(0.5)
    assert [step.share for step in curve.steps] == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    assert [step.cost for step in curve.steps] == pytest.approx([20.0, 24.0, 28.0, 32.0, 36.0, 40.0], rel=1e-5)
    assert [step.price for step in curve.steps[1:]] == pytest.approx([4.0] * 5, rel=1e-4)
    assert curve.steps[2].a_point == pytest.approx(20.0 * 2.0 / 100.0)
    assert [step.gini for step in curve.steps] == pytest.approx([0.5, 0.4, 0.3, 0.2, 0.1, 0.0], abs=1e-5)


def test_steps_left_unsolved_lie_between_their_bound_and_a_mixture(monkeypatch):
    problem = short_and_long(2)
    exact = fairness_curve(problem, WISH, steps=8, time_limit=60.0)
    monkeypatch.setattr(fair_share, "MOST_LOTS", 2)
    solved = []
    ask = fair_share.Program.cheapest
    monkeypatch.setattr(fair_share.Program, "cheapest", lambda *args: solved.append(args[2]) or ask(*args))
    found = fairness_curve(problem, WISH, steps=8, time_limit=60.0)
    assert (found.merged, found.complete, len(solved)) == (2, True, 2)  # the curve is straight: its ends are enough
    for step, known in zip(found.steps, exact.steps, strict=True):
        assert step.share == pytest.approx(known.share)
        assert step.cost == pytest.approx(known.cost, rel=1e-5)  # one order, due at the end: merging gives nothing up
        assert step.bound <= step.cost
        assert step.bound == pytest.approx(known.cost, rel=0.04)
        assert step.gini == pytest.approx(known.gini, abs=1e-4)
        assert step.a_point == pytest.approx(known.a_point, rel=1e-3) or step.share in (0.0, found.max_min)


def test_idle_making_counts_for_nobody():
    assert fairness_curve(two(asked=0.0), WISH, time_limit=60.0).max_min == 0.0
    assert fairness_curve(two(asked=4.0), WISH, time_limit=60.0).max_min == pytest.approx(0.1)


def test_whoever_can_do_nothing_is_left_out_and_the_others_are_shared_among():
    problem = two()
    idle = replace(problem, workshops=(*problem.workshops, Workshop("W-3", (20.0,), (0.0,))))
    curve = fairness_curve(idle, {**WISH, "W-3": 20.0}, time_limit=60.0)
    assert (curve.left_out, curve.max_min) == (("W-3",), pytest.approx(0.5))


def test_whoever_can_get_more_without_taking_it_from_the_worst_off_does():
    problem = two()
    nuts = replace(
        problem,
        parts=(*problem.parts, Part("NUT")),
        workshops=(*problem.workshops, Workshop("W-3", (20.0,), (0.0,))),
        capabilities=(*problem.capabilities, Capability("NUT", "W-3", 1.0)),
        orders=(*problem.orders, Order("PO-2", "NUT", 15.0, due=0, short_cost=1.0)),
    )
    curve = fairness_curve(nuts, {**WISH, "W-3": 20.0}, time_limit=60.0)
    assert dict(curve.shares) == pytest.approx({"W-1": 0.5, "W-2": 0.5, "W-3": 0.75}, rel=1e-5)


def leftovers(problem, plan):
    """Whether a plan ends with more of a part, or scraps more, than there was of it at first."""
    last = {p: levels[-1] for p, levels in stock_levels(problem, plan).items()}
    for p, _, pieces in plan.scrap:
        last[p] += pieces
    return any(last[row.id] > row.stock + 1e-6 for row in problem.parts)


def test_no_plan_without_leftovers_beats_what_merged_periods_prove(monkeypatch):
    monkeypatch.setattr(fair_share, "MOST_LOTS", 0)
    costs = shares = 0
    for seed in range(80):
        problem = plain(seed)
        plan = solve(problem, time_limit=60.0)
        if plan.objective is None or leftovers(problem, plan):
            continue
        wish = {row.id: sum(row.hours) for row in problem.workshops if sum(row.hours) > 0}
        curve = fairness_curve(problem, wish, steps=1, time_limit=60.0)
        assert curve is not None
        assert curve.merged == problem.periods
        assert curve.steps[0].cost <= plan.objective * (1 + 1e-6) + 1e-6
        work = dict.fromkeys(wish, 0.0)
        for part, workshop, _, pieces in plan.make:
            if workshop in work:
                work[workshop] += problem.capability[part, workshop].hours_per_unit * pieces
        assert all(work[name] == 0.0 for name in curve.left_out)
        reached = min((work[name] / wish[name] for name in wish if name not in curve.left_out), default=0.0)
        assert reached <= curve.most + 1e-7
        costs += curve.steps[0].cost > 0.5 * plan.objective > 0
        shares += reached > 0
    assert costs >= 10
    assert shares >= 5


def test_periods_are_merged_only_as_far_as_size_asks(monkeypatch):
    problem = short_and_long(6)
    assert merging(problem) == 1
    monkeypatch.setattr(fair_share, "MOST_LOTS", 2 * len(problem.capabilities))
    assert merging(problem) == 3
    small = coarser(problem, 4)
    assert (small.periods, small.workshops[0].hours, small.orders[0].due) == (2, (80.0, 40.0), 1)


def short_and_long(periods):
    """The two workshops over several periods, the order due in the last."""
    problem = two()
    return replace(
        problem,
        calendar=Calendar(date(2026, 12, 7), periods),
        workshops=tuple(
            replace(row, hours=(20.0,) * periods, overtime_hours=(0.0,) * periods) for row in problem.workshops
        ),
        orders=tuple(replace(row, due=periods - 1) for row in problem.orders),
    )


def test_a_budget_holds_the_share_down():
    assert fairness_curve(two(), WISH, budget=30.0, time_limit=60.0).max_min == pytest.approx(0.25, rel=1e-5)


def test_nobody_wishing_and_no_time():
    assert fairness_curve(two(), {}, time_limit=60.0).shares == ()
    assert fairness_curve(two(), WISH, should_stop=lambda: True) is None


def test_gini_is_the_mean_difference_over_twice_the_mean():
    shares = np.array([0.1, 0.5, 0.2, 0.9])
    pairs = np.abs(shares[:, None] - shares[None, :]).mean()
    assert gini(shares) == pytest.approx(pairs / (2 * shares.mean()))
    assert gini(np.zeros(3)) == 0.0


def test_targets_by_wish_by_need_and_with_a_floor_for_newcomers():
    problem = two(asked=16.0)
    assert target_hours(problem, key="wished", share=1.0, weights={"W-1": 30.0, "W-2": 10.0}) == {
        "W-1": 12.0,
        "W-2": 4.0,
    }
    assert target_hours(problem, key="need", share=0.5, weights={"W-2": 2.0}) == {"W-1": 0.0, "W-2": 8.0}
    floor = target_hours(problem, key="need", share=0.5, weights={"W-2": 2.0}, newcomers=("W-1",), floor=5.0)
    assert floor == {"W-1": 5.0, "W-2": 8.0}
    for wrong in ({"key": "lottery"}, {"key": "need", "weights": {"W-1": -1.0}}, {"key": "equal", "floor": -1.0}):
        with pytest.raises(ValueError, match="Expected"):
            target_hours(problem, share=1.0, **wrong)
