"""The best package: equal to trying every one, and honest about what it couldn't prove."""

import itertools
import json
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from planning.tiny import tiny
from wadah.planning.errors import ProblemError
from wadah.planning.invest import Candidate, MoreHours, Rate, best_package, package, read_candidates
from wadah.planning.invest.candidate import only_adds, with_candidates
from wadah.planning.plan import row_violations
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.solve import solve


def wishes(problem: Problem, count: int, seed: int) -> tuple[Candidate, ...]:
    """Random candidates of every kind for a tiny problem; cost 1 … 9, space 0 … 4."""
    dice, found = Random(seed), []
    missing = [(p.id, w.id) for p in problem.parts for w in problem.workshops if (p.id, w.id) not in problem.capability]
    dice.shuffle(missing)
    for number in range(count):
        kind = dice.choice(("hours", "hours", "capability", "rate", "yield", "workshop"))
        base = Candidate(f"C{number}", float(dice.randint(1, 9)), float(dice.randint(0, 4)))
        row = dice.choice(problem.capabilities)
        if kind == "capability" and missing:
            part, workshop = missing.pop()
            made = Capability(part, workshop, dice.choice((0.5, 1.0)), cost_per_unit=dice.choice((1.0, 4.0)))
            found.append(replace(base, capabilities=(made,)))
        elif kind == "rate":
            rate = Rate(row.part, row.workshop, hours_per_unit=row.hours_per_unit / 2, setup_hours=0.0)
            found.append(replace(base, rates=(rate,)))
        elif kind == "yield":
            found.append(replace(base, rates=(Rate(row.part, row.workshop, yield_rate=1.0),)))
        elif kind == "workshop":
            name, none = f"N{number}", (0.0,) * problem.periods
            shop = Workshop(name, (4.0,) * problem.periods, none)
            made = Capability(dice.choice(problem.parts).id, name, 1.0, cost_per_unit=3.0)
            found.append(replace(base, workshops=(shop,), capabilities=(made,)))
        else:
            more = tuple(float(dice.choice((0, 2, 5))) for _ in range(problem.periods))
            found.append(replace(base, hours=(MoreHours(dice.choice(problem.workshops).id, more),)))
    return tuple(found)


def by_trying_all(problem, candidates, budget, space):
    """The least objective over every package that fits."""
    best = float("inf")
    for size in range(len(candidates) + 1):
        for chosen in itertools.combinations(candidates, size):
            if sum(one.cost for one in chosen) <= budget and sum(one.space for one in chosen) <= space:
                plan = solve(with_candidates(problem, chosen), time_limit=60.0)
                best = min(best, float("inf") if plan.objective is None else plan.objective)
    return best


def complaint(seed: int, count: int, budget: float, space: float) -> str:
    """What is wrong with the package of a random problem; "" if nothing is, or no plan is possible at all."""
    problem = tiny(seed)
    candidates = wishes(problem, count, seed)
    found = best_package(problem, candidates, budget=budget, space=space, time_limit=600.0)
    if found is None:
        return ""
    best = by_trying_all(problem, candidates, budget, space)
    chosen = [one for one in candidates if one.id in found.chosen]
    if abs(found.after - best) > 5e-6 * max(1.0, found.before) or not found.proven:
        return f"seed {seed}: {found.chosen} costs {found.after}, trying all finds {best}; most {found.most}"
    if sum(one.cost for one in chosen) > budget or sum(one.space for one in chosen) > space:
        return f"seed {seed}: {found.chosen} is too dear or too large"
    return "\n".join(map(str, row_violations(with_candidates(problem, chosen), found.plan)))


@pytest.mark.parametrize("seed", [8, 10, 17])
def test_the_package_is_as_good_as_the_best_of_all_that_fit(seed):
    assert complaint(seed, count=6, budget=13.0, space=6.0) == ""


def shop(asked=30.0) -> Problem:
    """One workshop, 10 hours, an hour a bolt; 30 asked, 100 rupiah for each that is short."""
    return Problem(
        Calendar(date(2026, 12, 7), 1),
        parts=(Part("BOLT"),),
        workshops=(Workshop("W-1", (10.0,), (0.0,)), Workshop("W-2", (40.0,), (0.0,))),
        capabilities=(Capability("BOLT", "W-1", 1.0),),
        orders=(Order("PO", "BOLT", asked, due=0, short_cost=100.0),),
    )


HOURS = Candidate("HOURS", 500.0, 0.0, hours=(MoreHours("W-1", (5.0,)),))
TRAIN = Candidate("TRAIN", 800.0, 0.0, capabilities=(Capability("BOLT", "W-2", 5.0),))
LATHE = Candidate("LATHE", 900.0, 6.0, rates=(Rate("BOLT", "W-1", hours_per_unit=0.5),))


@pytest.mark.parametrize(
    ("budget", "space", "chosen", "saved"),
    [
        (0, 10, (), 0),
        (500, 10, ("HOURS",), 500),
        (900, 10, ("LATHE",), 1000),
        (900, 5, ("TRAIN",), 800),
        (1400, 10, ("HOURS", "LATHE"), 2000),
        (9999, 10, ("HOURS", "LATHE"), 2000),  # TRAIN would save nothing beyond: left out
        (9999, 5, ("HOURS", "TRAIN"), 1300),
    ],
)
def test_budget_and_floor_decide_and_idle_members_are_left_out(budget, space, chosen, saved):
    found = best_package(shop(), (HOURS, TRAIN, LATHE), budget=budget, space=space, time_limit=300.0)
    assert (found.chosen, found.saved) == (chosen, pytest.approx(saved))
    assert found.proven
    assert found.short == pytest.approx(saved / 100.0)


@pytest.mark.parametrize(
    ("budget", "space", "chosen", "saved"), [(500, 10, ("HOURS",), 500), (900, 5, ("TRAIN",), 800)]
)
def test_in_a_city_candidates_are_planned_again_near_themselves(budget, space, chosen, saved, monkeypatch):
    monkeypatch.setattr(package, "LARGE", 0)
    plan = solve(shop(), time_limit=60.0)
    found = best_package(shop(), (HOURS, TRAIN, LATHE), budget=budget, space=space, time_limit=300.0, plan=plan)
    assert (found.chosen, found.saved) == (chosen, pytest.approx(saved))
    assert found.most >= 2000.0 - 1e-3  # with all three, were they to fit
    assert row_violations(with_candidates(shop(), [HOURS] if "HOURS" in chosen else [TRAIN]), found.plan) == ()


@pytest.mark.parametrize("seed", [8, 10, 17])
def test_in_a_city_no_package_claims_more_than_the_best_one_saves(seed, monkeypatch):
    problem = tiny(seed)
    candidates = wishes(problem, 5, seed)
    best = by_trying_all(problem, candidates, 13.0, 6.0)
    monkeypatch.setattr(package, "LARGE", 0)
    plan = solve(problem, time_limit=60.0)
    found = best_package(problem, candidates, budget=13.0, space=6.0, time_limit=300.0, plan=plan)
    margin = 5e-6 * max(1.0, plan.objective)
    assert found.after >= best - margin
    assert 0.0 <= found.saved <= plan.objective - best + margin
    assert plan.objective - best <= found.most + margin
    assert row_violations(with_candidates(problem, [c for c in candidates if c.id in found.chosen]), found.plan) == ()


def test_the_price_of_hours_stands_beside_what_planning_again_saves():
    found = best_package(shop(asked=12.0), (HOURS, LATHE), budget=9999, time_limit=300.0)
    hours, lathe = found.worth
    assert (hours.price, hours.alone) == (pytest.approx(500.0), pytest.approx(200.0))  # only two bolts are missing
    assert (lathe.price, lathe.alone) == (pytest.approx(500.0), pytest.approx(200.0))


def test_no_time_leaves_an_honest_gap():
    asked = iter([False] * 40)
    found = best_package(
        shop(), (HOURS, TRAIN, LATHE), budget=1400, time_limit=300.0, should_stop=lambda: next(asked, True)
    )
    if found is not None:
        assert found.most >= 2000.0 - 1e-3


def test_no_candidates_is_no_package():
    found = best_package(shop(), (), budget=10.0, time_limit=60.0)
    assert (found.chosen, found.saved, found.proven) == ((), 0.0, True)


def test_what_only_adds_is_told_from_what_may_do_harm():
    assert all(only_adds(shop(), one) for one in (HOURS, TRAIN, LATHE))
    assert not only_adds(shop(), Candidate("Y", 1.0, rates=(Rate("BOLT", "W-1", yield_rate=1.0),)))
    owed = replace(shop(), workshops=(Workshop("W-1", (10.0,), (0.0,), target_hours=9, below_target_cost=3),))
    assert not only_adds(owed, LATHE)


def test_several_rates_for_one_capability_count_once_each_at_their_best():
    rates = [Candidate(name, 1.0, rates=(Rate("BOLT", "W-1", hours_per_unit=h),)) for name, h in (("A", 0.5), ("B", 2))]
    for order in (rates, rates[::-1]):
        assert with_candidates(shop(), order).capabilities[0].hours_per_unit == 0.5


ROWS = [
    {"id": "A", "cost": 5, "space": 2, "hours": [{"workshop": "W-1", "hours": 8}]},
    {"id": "B", "cost": 7, "workshops": [{"id": "W-9", "hours": 5}], "capabilities": [
        {"part": "BOLT", "workshop": "W-9", "hours_per_unit": 2}]},
    {"id": "C", "cost": 1, "rates": [{"part": "BOLT", "workshop": "W-1", "yield": 0.9, "setup_hours": 0}]},
]  # fmt: skip


def test_json_and_csv_read_the_same(tmp_path):
    (tmp_path / "c.json").write_text(json.dumps(ROWS))
    names = ("id", "cost", "space", "hours", "workshops", "capabilities", "rates")
    lines = [",".join(names)]
    for row in ROWS:
        cells = [row.get(name, "") for name in names]
        texts = [cell if isinstance(cell, str) else json.dumps(cell) for cell in cells]
        lines.append(",".join('"' + text.replace('"', '""') + '"' for text in texts))
    (tmp_path / "c.csv").write_text("\n".join(lines))
    from_json = read_candidates(tmp_path / "c.json", shop())
    assert from_json == read_candidates(tmp_path / "c.csv", shop())
    assert from_json[0].hours == (MoreHours("W-1", (8.0,)),)
    assert from_json[1].workshops[0].hours == (5.0,)
    assert from_json[2].rates[0].yield_rate == 0.9


@pytest.mark.parametrize(
    ("rows", "code", "field"),
    [
        ({}, "not_list", None),
        ([5], "not_object", None),
        ([{"cost": 5}], "missing", "id"),
        ([{"id": "A", "cost": -5}], "too_small", "cost"),
        ([{"id": "A", "cost": 5, "colour": "red"}], "unknown_key", "colour"),
        ([{"id": "A", "cost": 5}, {"id": "A", "cost": 5}], "duplicate_id", "id"),
        ([{"id": "A", "cost": 5, "hours": 8}], "not_list", "hours"),
        ([{"id": "A", "cost": 5, "hours": [{"workshop": "W-7", "hours": 8}]}], "unknown_id", "hours.workshop"),
        ([{"id": "A", "cost": 5, "hours": [{"workshop": "W-1", "hours": [1, 2]}]}], "series_length", "hours.hours"),
        ([{"id": "A", "cost": 5, "rates": [{"part": "BOLT", "workshop": "W-2"}]}], "unknown_id", "rates"),
        (
            [{"id": "A", "cost": 5, "rates": [{"part": "BOLT", "workshop": "W-1", "yield": 2}]}],
            "too_large",
            "rates.yield",
        ),
        (
            [{"id": "A", "cost": 5, "capabilities": [{"part": "BOLT", "workshop": "W-1", "hours_per_unit": 1}]}],
            "duplicate_pair",
            "capabilities.workshop",
        ),
    ],
)
def test_a_fault_names_file_row_and_column(tmp_path, rows, code, field):
    (tmp_path / "c.json").write_text(json.dumps(rows))
    with pytest.raises(ProblemError) as raised:
        read_candidates(tmp_path / "c.json", shop())
    fault = raised.value.faults[0]
    assert (fault.code, fault.field, fault.file) == (code, field, "c.json")
