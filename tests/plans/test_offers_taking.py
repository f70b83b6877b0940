"""A promise that is given is in the plan in force at once, and every plan made afterwards keeps it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cast import MONDAY
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.models import Approval
from wadah.demand.lines import LineAsked, LineOffered
from wadah.demand.models import Order, Quotation
from wadah.demand.services import (
    quotation_draft,
    quotation_variant_put,
    quotation_withdraw,
    request_receive,
)
from wadah.planning.plan import violations
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlannedLine, PlanRun
from wadah.plans.offers import asking
from wadah.plans.offers.asking import Asked
from wadah.plans.offers.promises import promises_broken
from wadah.plans.offers.taking import quotation_offer, quotation_take
from wadah.plans.services import plan_publish, plan_run_start

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 2)
PLACES = (
    "wadah.plans.offers.books",
    "wadah.plans.offers.asking",
    "wadah.plans.offers.costs",
    "wadah.demand.services.quotations",
    "wadah.demand.services.offers",
    "wadah.demand.services.requests",
    "wadah.demand.selectors.orders",
)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for name in PLACES:
        monkeypatch.setattr(f"{name}.today", lambda: TODAY)


def answer(cooperative, lines):
    """Unhurried: what is tested mustn't hang on how busy the machine is."""
    return asking.answer(cooperative, lines, seconds=60)


@pytest.fixture
def force(cast, run):
    plan_publish(run=run, by=cast.manager)
    return run


def quoted(cast, bracket, part, quantity, promised_on, *, reserves=False, price=5_000):
    request = request_receive(
        buyer=bracket.buyer,
        cooperative=cast.cooperative,
        channel="phone",
        lines=[LineAsked(part.name, quantity, promised_on, part)],
        by=cast.manager,
    )
    quotation = quotation_draft(request=request, reserves_hours=reserves, by=cast.manager)
    offered = LineOffered(part, quantity, promised_on, price)
    quotation_variant_put(quotation=quotation, code="A", label="A", lines=[offered], by=cast.manager)
    return quotation_offer(quotation=quotation, by=cast.manager)


def accepted(cast, quotation):
    return quotation_take(
        quotation=quotation, variant=quotation.variants.get(), how="page", answered_by="Mr Tanaka", by=cast.buyer
    )


def offered_day(cast, part, quantity, day=date(2027, 1, 15)):
    return answer(cast.cooperative, [Asked(part, Decimal(quantity), day)]).ways[0].lines[0].promised_on


def test_accepting_puts_the_order_into_the_plan_in_force_at_once(cast, bracket, force):
    quotation = quoted(cast, bracket, bracket.plate, 400, offered_day(cast, bracket.plate, 400))
    order, run = accepted(cast, quotation)
    order.refresh_from_db()
    force.refresh_from_db()
    assert (order.status, force.status, run.status) == ("planned", "superseded", "published")
    assert PlanRun.objects.get(status="published") == run
    assert violations(problem_kept(run), plan_kept(run)) == ()
    line = PlannedLine.objects.get(run=run, line__order=order)
    assert (line.on_time, line.late, line.short) == (400.0, 0.0, 0.0)
    assert history_of(run).last().act == "plan_publish"
    assert promises_broken(run) == []


def test_what_was_planned_before_stays_as_it_was(cast, bracket, order, force):
    _order, run = accepted(cast, quoted(cast, bracket, bracket.plate, 400, offered_day(cast, bracket.plate, 400)))
    before = PlannedLine.objects.get(run=force, line__order=order)
    after = PlannedLine.objects.get(run=run, line__order=order)
    assert (after.on_time, after.deliveries) == (before.on_time, before.deliveries)


def test_a_promise_that_no_longer_fits_is_refused_and_nothing_is_written(cast, bracket, force):
    day = date(2026, 12, 18)
    most = answer(cast.cooperative, [Asked(bracket.plate, Decimal(60_000), day)]).way("date").lines[0].quantity
    first, second = (quoted(cast, bracket, bracket.plate, most, date(2026, 12, 20)) for _ in range(2))
    accepted(cast, first)
    runs, orders = PlanRun.objects.count(), Order.objects.count()
    with pytest.raises(Refused, match=r"(?i)kept any more|tidak bisa"):
        accepted(cast, second)
    second.refresh_from_db()
    assert (second.status, PlanRun.objects.count(), Order.objects.count()) == ("sent", runs, orders)


def test_reserved_hours_are_taken_when_the_quotation_is_sent_and_given_back_when_it_is_withdrawn(cast, bracket, force):
    day = date(2026, 12, 18)
    asked = [Asked(bracket.plate, Decimal(60_000), day)]
    most = answer(cast.cooperative, asked).way("date").lines[0].quantity
    quotation = quoted(cast, bracket, bracket.plate, most, date(2026, 12, 20), reserves=True)
    assert PlanRun.objects.get(status="published").based_on == force
    assert answer(cast.cooperative, asked).way("date") is None
    quotation_withdraw(quotation=quotation, reason="salah harga", by=cast.manager)
    assert answer(cast.cooperative, asked).way("date").lines[0].quantity == most


def test_a_reserved_order_is_confirmed_without_another_plan(cast, bracket, force):
    quotation = quoted(cast, bracket, bracket.plate, 400, offered_day(cast, bracket.plate, 400), reserves=True)
    runs = PlanRun.objects.count()
    order, run = accepted(cast, Quotation.objects.get(pk=quotation.pk))
    order.refresh_from_db()
    assert (run, PlanRun.objects.count(), order.status) == (None, runs, "planned")


def test_the_first_promise_of_all_is_the_first_plan(cast, bracket):
    quotation = quoted(cast, bracket, bracket.plate, 100, offered_day(cast, bracket.plate, 100))
    order, run = accepted(cast, quotation)
    assert (run.status, run.based_on, run.start_on) == ("published", None, MONDAY)
    assert PlannedLine.objects.get(run=run).line.order == order


def planned_again(cast, weeks=14):
    run = plan_run_start(
        cooperative=cast.cooperative, start_on=MONDAY, weeks=weeks, time_limit_seconds=5, by=cast.manager
    )
    jobs_run_waiting()
    run.refresh_from_db()
    return run


def test_a_draft_made_before_a_promise_may_not_replace_the_plan_that_keeps_it(cast, bracket, force):
    draft = planned_again(cast)
    accepted(cast, quoted(cast, bracket, bracket.plate, 400, offered_day(cast, bracket.plate, 400)))
    with pytest.raises(Refused, match=r"(?i)promise|janji"):
        plan_publish(run=draft, by=cast.manager)
    plan_publish(run=planned_again(cast), by=cast.manager)
    assert promises_broken(PlanRun.objects.get(status="published")) == []


def test_a_promise_that_cannot_be_kept_any_more_is_named(cast, bracket, force):
    order, _run = accepted(cast, quoted(cast, bracket, bracket.plate, 400, offered_day(cast, bracket.plate, 400)))
    Approval.objects.filter(part=bracket.plate).update(valid_until=TODAY - timedelta(days=9))
    draft = planned_again(cast)
    assert draft.status == "draft"
    assert [line.order for line in promises_broken(draft)] == [order]
    plan_publish(run=draft, by=cast.manager)


def test_a_promise_wins_over_a_late_order_that_would_cost_more(cast, bracket, order, force, monkeypatch):
    """Even where what was agreed for the promise is worth nothing beside another's shortness."""
    day = date(2026, 12, 18)
    most = answer(cast.cooperative, [Asked(bracket.plate, Decimal(60_000), day)]).way("date").lines[0].quantity
    promised, _run = accepted(cast, quoted(cast, bracket, bracket.plate, most, date(2026, 12, 20), price=0))
    from wadah.demand.services import order_draft, order_line_add, order_move

    rival = order_draft(buyer=bracket.buyer, cooperative=cast.cooperative, ordered_on=TODAY)
    order_line_add(
        order=rival,
        part=bracket.plate,
        quantity=10_000,
        due_on=date(2026, 12, 18),
        late_cost_rupiah_piece_week=900_000,
        short_cost_rupiah_piece=90_000_000,
    )
    order_move(order=rival, to="confirmed")
    draft = planned_again(cast)
    assert draft.status == "draft"
    assert promises_broken(draft) == []
    assert PlannedLine.objects.get(run=draft, line__order=promised).short == 0
