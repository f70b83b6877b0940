"""Set-ups searched block by block: only better plans, and only ones that the referee accepts."""

from __future__ import annotations

import pytest

from planning.published import lotsizing
from planning.tiny import tiny
from wadah.planning.bound import dual_bound
from wadah.planning.cuts import tighten
from wadah.planning.cuts.setups import blocks, improve_setups
from wadah.planning.formulation import formulate
from wadah.planning.incumbent import Incumbent
from wadah.planning.plan import row_violations
from wadah.planning.polish import accept
from wadah.planning.published import read_trigeiro
from wadah.planning.solver import Ears, lease
from wadah.planning.stop import Clock

TEXT, OPTIMUM = lotsizing.OPTIMA[0]


def test_a_plan_gets_better_and_stays_a_plan():
    problem = read_trigeiro(TEXT)
    clock = Clock(20.0)
    best = Incumbent(problem, clock)
    form = formulate(problem)
    with lease() as session:
        cut = tighten(form, session, clock)
        poor = session.search(form.model, 20.0, Ears(lambda: False), gap=0.6)
        assert accept(form, session, best, clock, poor.x)
        before = best.objective
        improve_setups(form, cut.model, session, best, clock, 5.0)
    assert best.plan is not None and not row_violations(problem, best.plan)
    assert best.objective < before
    assert best.objective >= OPTIMUM * (1 - 1e-9)


def test_without_a_plan_nothing_happens():
    problem = read_trigeiro(TEXT)
    best, form = Incumbent(problem, Clock(5.0)), formulate(problem)
    with lease() as session:
        improve_setups(form, form.model, session, best, Clock(5.0), 5.0)
    assert best.plan is None


@pytest.mark.parametrize("seed", range(10))
def test_every_set_up_is_free_in_some_block(seed):
    form = formulate(tiny(seed))
    free = sum(cells.astype(int) for cells in blocks(form, 3))
    assert (free[form.y >= 0] > 0).all() if (form.y >= 0).any() else True


def test_a_relaxation_begun_from_its_own_basis_is_worth_the_same():
    form = formulate(read_trigeiro(TEXT))
    with lease() as session:
        cold = session.relax(form.model, 20.0, lambda: False)
        warm = session.relax(form.model, 20.0, lambda: False, basis=cold.basis)
    assert len(cold.basis.columns) == form.model.shape[1] and len(cold.basis.rows) == form.model.shape[0]
    assert dual_bound(form.model, warm.row_dual) == pytest.approx(dual_bound(form.model, cold.row_dual), rel=1e-9)
