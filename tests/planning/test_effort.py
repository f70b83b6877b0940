"""Counted work in place of seconds: the same plan, to the last byte, whatever the machine is busy with."""

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from planning.rich import PROBLEM
from planning.tiny import tiny
from wadah.planning.calls import Ears, look_seconds, seconds_of
from wadah.planning.city import generate
from wadah.planning.files import plan_to_dict
from wadah.planning.formulation.build import formulate
from wadah.planning.plan import violations
from wadah.planning.solve import solve
from wadah.planning.solver import lease
from wadah.planning.stop import Clock

PROBLEMS = {
    "tiny": lambda: tiny(19),
    "infeasible": lambda: tiny(0),
    "every rule": lambda: PROBLEM,
    "nothing": lambda: replace(PROBLEM, orders=(), committed=(), previous=()),
    "city": lambda: generate(40, 15, 20, 10, 3),
}


def written(plan) -> str:
    return json.dumps(plan_to_dict(plan), sort_keys=False)


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_same_effort_gives_the_same_plan_whatever_the_threads(name):
    problem = PROBLEMS[name]()
    plans = [solve(problem, effort=1, seed=5, threads=threads) for threads in (1, 2)]
    assert written(plans[0]) == written(plans[1])
    assert plans[0].seconds == 0.0
    if plans[0].objective is not None:
        assert violations(problem, plans[0]) == ()


def test_more_effort_never_costs_more_and_ends_by_itself():
    problem = PROBLEMS["city"]()
    little, more = solve(problem, effort=1), solve(problem, effort=3)
    assert more.objective <= little.objective
    assert little.stopped in ("effort spent", "optimal")


def test_a_counted_search_ends_at_the_same_look_each_time():
    model = formulate(generate(12, 8, 10, 8, 1)).model
    with lease(Clock(np.inf, counted=True)) as session:
        answers = [session.search(model, 0.3, Ears(lambda: False)) for _ in range(2)]
    one = look_seconds(model.matrix.nnz, branched=False)
    for answer in answers:
        assert answer.status == "limit"
        assert 0.3 < answer.looks <= 0.3 + one
        assert seconds_of(model, answer) >= answer.looks
    assert (answers[0].iterations, answers[0].bound) == (answers[1].iterations, answers[1].bound)


def test_a_counting_clock_takes_no_notice_of_the_time():
    clock = Clock(1.0, counted=True)
    time.sleep(0.02)
    assert (clock.seconds, clock.left) == (0.0, 1.0)
    looks = 0
    while not clock.over:
        looks += 1
    assert looks == pytest.approx(1.0 / clock.look, abs=2)
    assert clock.reason == "effort spent"


def test_a_larger_problem_is_looked_at_less_often():
    clock = Clock(1.0, counted=True)
    before = clock.look
    clock.size(1_000_000)
    assert clock.look > before


def test_somebody_may_still_ask_to_stop():
    plan = solve(PROBLEMS["city"](), effort=50, should_stop=lambda: True)
    assert plan.stopped == "asked to stop"
    assert plan.status == "feasible"
