"""Published optima, proved: assignment, location, and lot sizing on one level and on several."""

from __future__ import annotations

import pytest

from planning.published import assignment, location, lotsizing, multilevel
from wadah.planning.plan import violations
from wadah.planning.published import read_diaz, read_gap, read_holmberg, read_td1996, read_trigeiro
from wadah.planning.solve import solve

DECIMALS = 5e-5  # the optima of several levels are published to four decimals


def assert_proved(problem, optimum, within=0.0):
    plan = solve(problem, time_limit=60)
    assert plan.status == "optimal"
    assert plan.objective == pytest.approx(optimum, rel=1e-6, abs=within)
    assert plan.bound <= plan.objective + 1e-6 * optimum
    assert not list(violations(problem, plan))


@pytest.mark.parametrize(("text", "optimum"), assignment.OPTIMA)
def test_generalised_assignment(text, optimum):
    (problem,) = read_gap(text)
    assert_proved(problem, optimum)


@pytest.mark.parametrize(("text", "optimum"), location.DIAZ_OPTIMA)
def test_facility_location_of_diaz_and_fernandez(text, optimum):
    assert_proved(read_diaz(text), optimum)


@pytest.mark.parametrize(("text", "optimum"), location.HOLMBERG_OPTIMA)
def test_facility_location_of_holmberg(text, optimum):
    assert_proved(read_holmberg(text), optimum)


@pytest.mark.parametrize(("text", "optimum"), lotsizing.OPTIMA)
def test_lot_sizing_with_set_up_times(text, optimum):
    assert_proved(read_trigeiro(text), optimum)


@pytest.mark.parametrize(("structure", "times", "demand", "optimum"), multilevel.OPTIMA)
def test_multi_level_lot_sizing(structure, times, demand, optimum):
    assert_proved(read_td1996(structure, times, demand), optimum, within=DECIMALS)
