"""Can we take it: ways, days, what stops us; and what a promise does to the plan in force."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cast import MONDAY
from wadah.base.errors import Refused
from wadah.catalogue.models import Approval
from wadah.demand.services import order_move
from wadah.plans.offers import asking
from wadah.plans.offers.asking import Asked
from wadah.plans.services import plan_publish
from wadah.register.services import leave_record

pytestmark = pytest.mark.django_db

SUNDAY = 6
TODAY = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    day_of(monkeypatch, TODAY)


def day_of(monkeypatch, day):
    for name in ("wadah.plans.offers.books", "wadah.plans.offers.asking", "wadah.demand.services.quotations"):
        monkeypatch.setattr(f"{name}.today", lambda: day)


def answer(cooperative, lines):
    """Unhurried: what is tested mustn't hang on how busy the machine is."""
    return asking.answer(cooperative, lines, seconds=60)


@pytest.fixture
def force(cast, run):
    plan_publish(run=run, by=cast.manager)
    return run


def asked(part, quantity, day=date(2027, 1, 15)):
    return Asked(part, Decimal(quantity), day)


def test_what_fits_by_the_day_wanted_is_one_way_that_ends_on_a_sunday(cast, bracket, force):
    told = answer(cast.cooperative, [asked(bracket.bracket, 200)])
    (way,) = told.ways
    (line,) = way.lines
    assert (way.way, way.in_time, line.quantity, line.sure) == ("date", True, 200, "proven")
    assert line.promised_on.weekday() == SUNDAY
    assert line.promised_on <= date(2027, 1, 17)


def test_more_than_fits_is_offered_in_part_by_the_day_and_whole_later(cast, bracket, force):
    told = answer(cast.cooperative, [asked(bracket.plate, 60_000, date(2026, 12, 18))])
    by_date, whole = told.way("date"), told.way("whole")
    assert 0 < by_date.lines[0].quantity < 60_000
    assert by_date.lines[0].promised_on <= date(2026, 12, 20)
    assert whole.lines[0].quantity == 60_000
    assert whole.lines[0].promised_on > date(2026, 12, 20)
    (stop,) = told.stops
    assert (stop.code, stop.part) == ("hours_full", "PLATE")
    assert {hours.workshop for hours in stop.hours} == {"W-003"}


def test_a_part_that_nobody_makes_has_no_way_and_says_so(cast, bracket, force):
    Approval.objects.filter(part=bracket.bolt_headed).delete()
    Approval.objects.filter(part=bracket.bolt).delete()
    told = answer(cast.cooperative, [asked(bracket.bolt, 5)])
    assert (told.ways, told.stops[0].code) == ((), "no_maker")


def test_two_lines_are_kept_together(cast, bracket, force):
    day = date(2026, 12, 18)
    alone = answer(cast.cooperative, [asked(bracket.plate, 60_000, day)]).way("date").lines[0].quantity
    told = answer(cast.cooperative, [asked(bracket.plate, 60_000, day), asked(bracket.plate, 60_000, day)])
    first, second = told.way("date").lines
    assert (first.quantity, second.quantity) == (alone, 0)
    assert second.promised_on is None


def test_without_a_plan_and_without_orders_the_book_is_empty(cast, bracket):
    told = answer(cast.cooperative, [asked(bracket.plate, 100)])
    assert told.run is None
    assert told.way("date").in_time


def test_without_a_plan_but_with_orders_a_plan_comes_first(cast, bracket, order):
    with pytest.raises(Refused, match=r"(?i)plan|rencana"):
        answer(cast.cooperative, [asked(bracket.plate, 100)])


def test_nothing_new_is_made_in_weeks_that_are_over(cast, bracket, force, monkeypatch):
    day_of(monkeypatch, MONDAY + timedelta(weeks=3))
    told = answer(cast.cooperative, [asked(bracket.plate, 100)])
    before = {(w, t): x for w, t, x in told.opened.book.lots["PLATE"]}
    after = told.way("date").lines[0]
    assert after.promised_on >= MONDAY + timedelta(weeks=3)
    assert all(t >= 0 for _w, t in before)


def test_leave_taken_since_the_plan_is_not_promised(cast, bracket, force):
    day = date(2026, 12, 18)
    before = answer(cast.cooperative, [asked(bracket.plate, 60_000, day)]).way("date").lines[0].quantity
    leave_record(workshop=cast.tini.workshop, first_day=date(2026, 12, 7), last_day=date(2026, 12, 20), by=cast.manager)
    after = answer(cast.cooperative, [asked(bracket.plate, 60_000, day)]).way("date").lines[0].quantity
    assert after < before


def test_an_order_confirmed_since_the_plan_comes_before_the_question(cast, bracket, force):
    from cast_orders import bracket_order

    other = bracket_order(cast, bracket, quantity=300)
    order_move(order=other, to="confirmed", by=cast.manager)
    told = answer(cast.cooperative, [asked(bracket.plate, 100)])
    assert told.opened.entered == (f"{other.number}/1",)


def test_an_order_cancelled_since_the_plan_makes_room(cast, bracket, order, force):
    day = date(2026, 12, 18)
    before = answer(cast.cooperative, [asked(bracket.plate, 60_000, day)]).opened.book.used.sum()
    order_move(order=order, to="cancelled", by=cast.manager)
    after = answer(cast.cooperative, [asked(bracket.plate, 60_000, day)]).opened.book.used.sum()
    assert before > 0
    assert after == pytest.approx(0)


def test_a_day_that_is_past_is_refused_with_the_part_named(cast, bracket, force):
    with pytest.raises(Refused, match="PLATE"):
        answer(cast.cooperative, [asked(bracket.plate, 1, TODAY - timedelta(days=1))])
