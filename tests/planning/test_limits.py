"""The most pieces that could sensibly be started: compiled loops against plain numpy, and figures by hand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from planning import limits_reference
from planning.rich import PROBLEM
from planning.tiny import tiny
from wadah.planning.arrays import arrays
from wadah.planning.city import generate
from wadah.planning.limits import limits, parents_first
from wadah.planning.problem import Capability, Lot


def same(problem):
    data = arrays(problem)
    found, wanted = limits(data), limits_reference.limits(data)
    assert np.isfinite(found.largest).all()
    np.testing.assert_allclose(found.largest, wanted.largest, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.consumed, wanted.consumed, rtol=1e-9, atol=1e-9)


def test_limits_of_tiny_problems_are_those_of_the_reference():
    for seed in range(400):
        same(tiny(seed))


def test_limits_of_a_problem_that_uses_every_rule_are_those_of_the_reference():
    same(PROBLEM)


@pytest.mark.parametrize("seed", range(6))
def test_limits_of_cities_with_promises_targets_and_a_plan_before_are_those_of_the_reference(seed):
    dice = Random(seed)
    city = generate(50, 30, 40, 1 + seed * 3, seed)
    same(city)
    able = dice.sample(city.capabilities, 12)
    lots = [Lot(row.part, row.workshop, dice.randrange(city.periods), float(dice.randint(1, 30))) for row in able]
    workshops = tuple(
        replace(row, target_hours=100.0, below_target_cost=1.0) if dice.random() < 0.3 else row
        for row in city.workshops
    )
    same(replace(city, committed=tuple(lots[:5]), previous=tuple(lots[4:]), change_cost=3.0, workshops=workshops))


@pytest.mark.parametrize("sizes", [(0, 0, 0), (0, 2, 2), (3, 2, 0)])
def test_limits_of_nobody_or_for_nothing(sizes):
    same(generate(*sizes, periods=1, seed=0))


def test_every_part_comes_after_its_parents():
    data = arrays(generate(20, 40, 10, 2, seed=3))
    place = {p: at for at, p in enumerate(parents_first(data))}
    assert len(place) == 40
    assert all(place[p] < place[child] for p, row in enumerate(data.bom) for child, _ in row)


def test_a_capability_is_limited_by_its_hours_and_by_what_is_asked():
    city = generate(5, 2, 3, 4, seed=1)
    row = city.capabilities[0]
    quick = Capability(row.part, row.workshop, 0.0)
    data = arrays(replace(city, capabilities=(quick,), orders=()))
    assert limits(data).largest.max() == 1.0  # nothing is asked, but a lot of one piece may always be started
