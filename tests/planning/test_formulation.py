"""The formulation's limits: U[k,t] is tight where that is safe, wide where more could pay, and always finite."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planning.oracle import oracle
from planning.tiny import tiny
from wadah.planning.arrays import arrays
from wadah.planning.formulation import formulate
from wadah.planning.limits import limits
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop


def batik(**capability: object) -> Problem:
    """Two periods of ten hours, an hour a cloth; 4 cloths due in period 0 and 3 in period 1, never late."""
    facts = {"hours_per_unit": 1.0, "setup_hours": 2.0} | capability
    return Problem(
        Calendar(date(2026, 12, 7), 2),
        parts=(Part("CLOTH", holding_cost=1.0),),
        workshops=(Workshop("W-1", (10.0, 6.5), (0.0, 0.0)), Workshop("W-2", (10.0, 10.0), (0.0, 0.0))),
        capabilities=(Capability("CLOTH", "W-1", **facts),),
        orders=tuple(Order(f"PO-{t}", "CLOTH", 4.0 - t, due=t, short_cost=9.0, late_cost=None) for t in range(2)),
    )


def largest(problem: Problem) -> list[float]:
    return limits(arrays(problem)).largest[0].tolist()


def test_a_lot_is_never_larger_than_what_can_still_be_needed():
    assert largest(batik()) == [7.0, 3.0]


def test_a_lot_is_never_larger_than_the_hours_after_the_set_up():
    assert largest(batik(hours_per_unit=2.0)) == [4.0, 2.0]


def test_a_lot_is_never_larger_than_max_per_period():
    assert largest(batik(max_per_period=(2.0, 0.0))) == [2.0, 0.0]


def test_a_smallest_lot_may_be_larger_than_the_need():
    assert largest(batik(min_lot=5.0))[0] == 7.0
    assert largest(batik(min_lot=8.0))[0] == 8.0


def test_hours_that_count_towards_a_target_may_make_more_than_is_needed():
    problem = batik()
    fair = replace(problem.workshops[0], target_hours=20.0, below_target_cost=5.0)
    assert largest(replace(problem, workshops=(fair, problem.workshops[1]))) == [8.0, 4.0]


def test_a_previous_plan_above_the_need_may_be_kept():
    problem = replace(batik(), previous=(Lot("CLOTH", "W-1", 1, 4.0),), change_cost=2.0)
    assert largest(problem) == [7.0, 4.0]


def test_a_piece_that_takes_no_hours_still_has_a_limit():
    assert largest(batik(hours_per_unit=0.0)) == [7.0, 3.0]


def test_a_yield_asks_for_more_pieces():
    assert largest(batik(hours_per_unit=0.1, **{"yield_rate": 0.5})) == [14.0, 6.0]


@pytest.mark.parametrize("seed", range(120))
def test_the_best_plan_of_an_independent_formulation_fits_under_the_limits_or_is_no_cheaper(seed):
    problem = tiny(seed)
    form = formulate(problem)
    assert np.isfinite(form.model.upper).all()
    assert (form.model.upper >= 0).all()
    capped = cap(problem, form.largest)
    optimum = oracle(problem).optimum
    again = oracle(capped).optimum
    if optimum is None:
        assert again is None
    elif not problem.committed:
        assert again == pytest.approx(optimum, rel=1e-7, abs=1e-6)


def cap(problem: Problem, most: np.ndarray) -> Problem:
    """The same problem with U as max_per_period."""
    rows = tuple(replace(row, max_per_period=tuple(map(float, most[k]))) for k, row in enumerate(problem.capabilities))
    return replace(problem, capabilities=rows)
