"""A package under a fairness floor: equal to trying every one; later and by and by, as hours a period."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from random import Random

import pytest

from planning.test_invest_package import HOURS, LATHE, TRAIN, shop, wishes
from planning.tiny import tiny
from wadah.planning.errors import ProblemError
from wadah.planning.invest import Candidate, Floor, FloorOutOfReach, MoreHours, best_package, package, read_candidates
from wadah.planning.invest.candidate import only_adds, with_candidates
from wadah.planning.invest.floor import Limits
from wadah.planning.invest.orders import by_bottleneck, by_price, by_turns, orders_by_price, orders_by_saved
from wadah.planning.invest.ramp import learned, more_hours, new_workshop, shares_by_period
from wadah.planning.plan import row_violations
from wadah.planning.problem import Capability, Workshop
from wadah.planning.solve import solve


def grouped(candidates, seed):
    """The same with a group each, "" for some."""
    dice = Random(seed + 1)
    return tuple(replace(one, group=dice.choice(("", "A", "B", "C"))) for one in candidates)


def all_that_stand(candidates, limits):
    """Every package within the limits that stands on the floor, by trying all subsets."""
    sets = (c for size in range(len(candidates) + 1) for c in itertools.combinations(candidates, size))
    return [chosen for chosen in sets if limits.fits(chosen) and limits.floor.met(chosen)]


@pytest.mark.parametrize(
    ("seed", "floor"),
    [
        (8, Floor(2)),
        (10, Floor(3)),
        (17, Floor(0, (("A", 4.0), ("C", 3.0)))),
        (22, Floor(2, (("B", 5.0),))),
    ],
)
def test_the_package_is_as_good_as_the_best_of_all_that_stand_on_the_floor(seed, floor):
    problem, limits = tiny(seed), Limits(16.0, 8.0, floor)
    candidates = grouped(wishes(problem, 6, seed), seed)
    standing = all_that_stand(candidates, limits)
    words = {"budget": limits.budget, "space": limits.space, "floor": floor, "time_limit": 600.0}
    if not standing:
        with pytest.raises(FloorOutOfReach):
            best_package(problem, candidates, **words)
        return
    found = best_package(problem, candidates, **words)
    plans = [solve(with_candidates(problem, chosen), time_limit=60.0).objective for chosen in standing]
    best = min(value for value in plans if value is not None)
    chosen = [one for one in candidates if one.id in found.chosen]
    assert limits.fits(chosen)
    assert floor.met(chosen)
    assert found.after == pytest.approx(best, abs=5e-6 * max(1.0, found.before))
    assert found.proven
    assert row_violations(with_candidates(problem, chosen), found.plan) == ()


@pytest.mark.parametrize("seed", range(60))
def test_the_floor_is_reached_exactly_where_some_set_reaches_it(seed):
    dice = Random(seed)
    candidates = [
        Candidate(f"C{i}", float(dice.randint(1, 9)), float(dice.randint(0, 4)), group=dice.choice(("", "A", "B", "C")))
        for i in range(7)
    ]
    named = tuple((group, float(dice.randint(1, 10))) for group in ("A", "C") if dice.random() < 0.5)
    limits = Limits(float(dice.randint(4, 20)), float(dice.randint(2, 8)), Floor(dice.randint(0, 3), named))
    held = frozenset(i for i in range(7) if dice.random() < 0.15)
    able = [
        sum(one.cost for one in chosen)
        for chosen in all_that_stand(candidates, limits)
        if held <= {candidates.index(one) for one in chosen}
    ]
    found = limits.completed(candidates, held)
    assert (found is None) == (not able)
    if found is not None:
        chosen = [candidates[i] for i in found]
        assert held <= found
        assert limits.fits(chosen)
        assert limits.floor.met(chosen)
        assert sum(one.cost for one in chosen) == min(able)


IDLE = new_workshop("N-9", 1.0, (1.0,))  # too slow to make one bolt
FAR = Candidate("FAR", 100.0, 1.0, workshops=(IDLE,), capabilities=(Capability("BOLT", "N-9", 9.0),), group="B")
NEAR = tuple(replace(one, group="A") for one in (HOURS, TRAIN, LATHE))


@pytest.mark.parametrize("large", [False, True])
def test_what_saves_nothing_is_kept_where_the_floor_needs_it(large, monkeypatch):
    if large:
        monkeypatch.setattr(package, "LARGE", 0)
    plan = solve(shop(asked=10.0), time_limit=60.0)  # nothing is missing: no candidate saves anything
    words = {"budget": 1500.0, "space": 10.0, "time_limit": 300.0, "plan": plan}
    assert best_package(shop(asked=10.0), (*NEAR, FAR), **words).chosen == ()
    found = best_package(shop(asked=10.0), (*NEAR, FAR), floor=Floor(2), **words)
    assert set(found.chosen) == {"FAR", "HOURS"}  # the cheapest of each group
    assert found.saved == pytest.approx(0.0, abs=1e-3)
    assert found.most >= found.saved


@pytest.mark.parametrize("large", [False, True])
def test_a_member_that_saves_nothing_still_shortens_the_overtime_of_the_plan_kept(large, monkeypatch):
    if large:
        monkeypatch.setattr(package, "LARGE", 0)
    problem = replace(shop(asked=14.0), workshops=(Workshop("W-1", (10.0,), (5.0,)), *shop().workshops[1:]))
    plan = solve(problem, time_limit=60.0)  # four hours of overtime, which costs nothing
    assert plan.overtime == (("W-1", 0, pytest.approx(4.0)),)
    found = best_package(problem, (NEAR[2],), budget=900.0, space=10.0, time_limit=60.0, plan=plan, floor=Floor(1))
    assert found.chosen == ("LATHE",)
    assert row_violations(with_candidates(problem, (NEAR[2],)), found.plan) == ()
    assert found.plan.overtime == ()


@pytest.mark.parametrize("large", [False, True])
def test_the_floor_costs_what_the_others_would_have_saved(large, monkeypatch):
    if large:
        monkeypatch.setattr(package, "LARGE", 0)
    plan = solve(shop(), time_limit=60.0)
    words = {"budget": 900.0, "space": 10.0, "time_limit": 300.0, "plan": plan}
    assert best_package(shop(), (*NEAR, FAR), **words).chosen == ("LATHE",)
    found = best_package(shop(), (*NEAR, FAR), floor=Floor(0, (("B", 100.0),)), **words)
    assert set(found.chosen) == {"TRAIN", "FAR"}
    assert found.saved == pytest.approx(800.0)


@pytest.mark.parametrize("large", [False, True])
def test_a_floor_out_of_reach_is_said_and_not_bent(large, monkeypatch):
    if large:
        monkeypatch.setattr(package, "LARGE", 0)
    plan = solve(shop(), time_limit=60.0)
    for floor in (Floor(3), Floor(0, (("B", 101.0),)), Floor(0, (("NOWHERE", 1.0),))):
        with pytest.raises(FloorOutOfReach):
            best_package(shop(), (*NEAR, FAR), budget=9999.0, time_limit=60.0, plan=plan, floor=floor)


def test_the_interval_holds_what_is_saved():
    found = best_package(shop(), NEAR, budget=900.0, space=10.0, time_limit=300.0)
    least, most = found.interval
    assert least - 1e-3 <= found.saved <= most + 1e-3


# ---- in a city


def test_each_rule_of_thumb_has_its_order():
    a, b, c = (replace(one, group=group) for one, group in zip(NEAR, ("A", "B", "A"), strict=True))
    price = [5.0, 3.0, 9.0]
    assert by_price(price) == [2, 0, 1]
    assert by_turns((a, b, c), price) == [2, 1, 0]  # A's best, B's best, A's second
    assert by_bottleneck((a, b, c), price) == [2, 1, 0]  # BOLT is promised 12, the hours of W-1 5
    assert orders_by_saved((a, b, c), price, {0: 1.0, 2: 4.0}) == [[2, 0]]
    tiny = [5_000.0, 3_000.0, 9.0]  # 9 rupiah are the arithmetic's
    assert orders_by_price((a, b, c), tiny) == [[0, 1]]


def test_an_exchange_finds_what_no_order_does(monkeypatch):
    monkeypatch.setattr(package, "LARGE", 0)
    for name in ("orders_by_price", "orders_by_saved"):  # HOURS first: no room for LATHE
        monkeypatch.setattr(f"wadah.planning.invest.city.{name}", lambda *_: [[0, 1]])
    plan = solve(shop(), time_limit=60.0)
    found = best_package(shop(), (NEAR[0], NEAR[2]), budget=900.0, space=10.0, time_limit=300.0, plan=plan)
    assert found.chosen == ("LATHE",)


# ---- later, and by and by


def test_shares_begin_after_the_delay_and_stay_at_the_last():
    assert shares_by_period(7, 2, (0.25, 0.5, 1.0), step=2) == (0.0, 0.0, 0.25, 0.25, 0.5, 0.5, 1.0)
    assert shares_by_period(2, 4, (1.0,)) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("delay", "shares", "step"), [(-1, (1.0,), 1), (0, (), 1), (0, (0.5, 0.2), 1), (0, (1.5,), 1), (0, (1.0,), 0)]
)
def test_shares_that_fall_or_lie_beyond_1_are_refused(delay, shares, step):
    with pytest.raises(ValueError, match="Expected shares"):
        shares_by_period(4, delay, shares, step)


def test_a_ramp_limits_what_each_week_can_hold():
    problem = weeks_of(4)
    shares = shares_by_period(4, 1, (0.5, 1.0))
    taught = Candidate("T", 1.0, capabilities=(learned(Capability("BOLT", "W-2", 0.5), 10.0, shares),))
    group = Candidate(
        "G", 1.0, workshops=(new_workshop("N", 8.0, shares),), capabilities=(Capability("BOLT", "N", 1.0),)
    )
    longer = Candidate("H", 1.0, hours=(more_hours("W-1", 10.0, shares),))
    for one, gain in ((taught, (0, 10, 20, 20)), (group, (0, 4, 8, 8)), (longer, (0, 5, 10, 10))):
        assert only_adds(problem, one)
        plan = solve(with_candidates(problem, [one]), time_limit=60.0)
        for t in range(4):
            made = sum(pieces for _, _, when, pieces in plan.make if when <= t)
            assert made <= 10 * (t + 1) + sum(gain[: t + 1])
        assert sum(row[3] for row in plan.make) == 40 + sum(gain)


def weeks_of(periods):
    """The shop over some weeks, with more asked in the last than can be made."""
    problem = shop(asked=1_000.0)
    return replace(
        problem,
        calendar=replace(problem.calendar, periods=periods),
        workshops=tuple(
            replace(row, hours=row.hours * periods, overtime_hours=(0.0,) * periods) for row in problem.workshops
        ),
        orders=(replace(problem.orders[0], due=periods - 1),),
    )


def test_more_hours_of_one_workshop_add_up():
    both = [Candidate(name, 1.0, hours=(MoreHours("W-1", (2.0,)),)) for name in "AB"]
    assert with_candidates(shop(), both).workshop["W-1"].hours == (14.0,)


def test_a_file_says_whose_a_candidate_would_be_or_leaves_it_out(tmp_path):
    file = tmp_path / "c.json"
    file.write_text(json.dumps([{"id": "A", "cost": 5, "group": "32.75.01.1001"}, {"id": "B", "cost": 5}]))
    assert [one.group for one in read_candidates(file, shop())] == ["32.75.01.1001", ""]
    for wrong, code in (("", "empty"), (7, "not_text")):
        file.write_text(json.dumps([{"id": "A", "cost": 5, "group": wrong}]))
        with pytest.raises(ProblemError) as raised:
            read_candidates(file, shop())
        assert (raised.value.faults[0].code, raised.value.faults[0].field) == (code, "group")
