"""The cast with the car maker's confirmed bracket order, and the plan of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest

from cast import MONDAY, Cast
from cast_orders import BracketWorld, bracket_order
from standing import standing
from wadah.base.clock import JAKARTA
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.services import order_move
from wadah.plans.services import plan_run_start

if TYPE_CHECKING:
    from wadah.plans.models import PlanRun

WEEKS = 12


@standing
def order(cast: Cast, bracket: BracketWorld):
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=date(2026, 11, 1), quantity=100)
    order = bracket_order(cast, bracket)
    order_move(order=order, to="confirmed")
    return order


@standing
def run(cast: Cast, order) -> PlanRun:
    """A finished draft of twelve weeks."""
    run = plan_run_start(
        cooperative=cast.cooperative, start_on=MONDAY, weeks=WEEKS, time_limit_seconds=20, by=cast.manager
    )
    jobs_run_waiting()
    run.refresh_from_db()
    return run


@pytest.fixture
def on_monday(monkeypatch):
    """It is the morning of MONDAY, whatever day the tests run on: what is late depends on it."""
    moment = datetime.combine(MONDAY, time(9), JAKARTA)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
