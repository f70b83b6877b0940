"""The best plan so far: arrays are as good as rows, and the referee has the last word."""

from __future__ import annotations

import pytest

from wadah.planning import incumbent
from wadah.planning.arrays import arrays
from wadah.planning.city import generate
from wadah.planning.construct import construct
from wadah.planning.flat import flat
from wadah.planning.incumbent import Incumbent
from wadah.planning.limits import limits
from wadah.planning.plan import violations
from wadah.planning.state import blank_state, copied, state_of
from wadah.planning.stop import Clock

CITY = generate(40, 20, 30, 8, seed=4)
DATA = arrays(CITY)
FLAT = flat(DATA, limits(DATA).largest)


@pytest.fixture
def told():
    return []


@pytest.fixture
def best(told):
    return Incumbent(CITY, Clock(60.0), told.append)


def test_a_cheaper_state_is_taken_at_once_and_becomes_rows_when_asked_for(best, told):
    plan = construct(CITY)
    assert best.offer_state(DATA, FLAT, blank_state(FLAT))
    assert best.offer_state(DATA, FLAT, state_of(DATA, plan))
    assert best.refereed is None
    assert best.objective == pytest.approx(plan.objective)
    assert [row.best for row in told] == sorted((row.best for row in told), reverse=True)
    assert set(best.plan.make) == set(plan.make)
    assert violations(CITY, best.result("time limit")) == ()


def test_a_dearer_state_obeys_but_changes_nothing(best):
    plan = construct(CITY)
    best.offer(plan)
    assert best.offer_state(DATA, FLAT, blank_state(FLAT))
    assert best.plan.objective == plan.objective
    assert (best.state(DATA).lots == state_of(DATA, plan).lots).all()


def test_a_state_that_breaks_a_rule_is_not_taken(best):
    state = blank_state(FLAT)
    state.delivered[:, 0] = FLAT.quantity  # far more than there is in stock
    assert not best.offer_state(DATA, FLAT, state)
    assert best.plan is None
    assert best.state(DATA) is None
    assert best.result("time limit").status == "none"


def test_a_state_changed_after_it_was_offered_leaves_the_best_plan_as_it_was(best):
    state = state_of(DATA, construct(CITY))
    best.offer_state(DATA, FLAT, state)
    kept = copied(state)
    state.lots[:] = 0.0
    best.state(DATA).lots[:] = 0.0
    assert (best.state(DATA).lots == kept.lots).all()
    assert (state_of(DATA, best.plan).lots == kept.lots).all()


def test_where_the_referee_disagrees_the_last_plan_it_accepted_stands(best, monkeypatch):
    plan = construct(CITY)
    best.offer_state(DATA, FLAT, blank_state(FLAT))
    before = best.plan
    monkeypatch.setattr(incumbent, "row_violations", lambda problem, plan: ("something",))
    best.offer_state(DATA, FLAT, state_of(DATA, plan))
    assert best.result("time limit").make == before.make
    assert best.objective == before.objective
