"""Targets by wish and by need, and what an extra hour costs where a workshop has agreed on no price of its own."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast import MONDAY
from cast_orders import may_make
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.catalogue.services import terms_set
from wadah.plans.snapshot import problem_of
from wadah.register.models import WeekPattern, Workshop
from wadah.register.services import cooperative_policy_set
from wadah.register.services.sharing import workshop_need_set, workshop_wish_set

pytestmark = pytest.mark.django_db

TERMS = {
    "margin_percent": Decimal(10),
    "late_penalty_percent_week": Decimal("0.7"),
    "late_penalty_cap_percent": Decimal(5),
    "quotation_valid_days": 14,
}


def targets(cast, key, weeks=12, percent=100):
    cooperative_policy_set(
        cooperative=cast.cooperative,
        fairness_key=key,
        target_percent=percent,
        below_target_cost_rupiah_hour=1_000,
        by=cast.manager,
    )
    cast.cooperative.refresh_from_db()
    problem = problem_of(cast.cooperative, MONDAY, weeks).problem
    return {row.id: row.target_hours for row in problem.workshops}


@pytest.fixture
def two_for_plates(cast, order, bracket):
    """Bu Tini and Pak Karim may both press plates: what is shared is shared between these two."""
    may_make(bracket.plate, cast.karim)


def test_work_is_shared_by_the_hours_wished_for(cast, two_for_plates):
    workshop_wish_set(workshop=cast.tini.workshop, minutes_week=30 * 60)
    workshop_wish_set(workshop=cast.karim.workshop, minutes_week=10 * 60)
    equal, wished = targets(cast, "equal"), targets(cast, "wished")
    plates = 500 * 0.5 / 60
    assert equal["W-003"] - wished["W-003"] == pytest.approx(plates / 2 - plates * 3 / 4)
    assert equal["W-002"] - wished["W-002"] == pytest.approx(plates / 2 - plates / 4)


def test_who_has_not_said_wishes_for_the_regular_hours(cast, two_for_plates):
    assert targets(cast, "wished") == pytest.approx(targets(cast, "free_hours"))


def test_no_target_passes_the_wish(cast, order):
    workshop_wish_set(workshop=cast.sari.workshop, minutes_week=15)
    found = targets(cast, "wished")
    assert found["W-001"] == pytest.approx(0.25 * 12)
    assert targets(cast, "wished", percent=10)["W-001"] < 0.25 * 12


def test_work_is_shared_by_need_as_it_is_weighed(cast, two_for_plates):
    equal = targets(cast, "equal")
    assert targets(cast, "need") == pytest.approx(equal), "1 for everybody is the same for everybody"
    workshop_need_set(workshop=cast.karim.workshop, weight=Decimal(3), reason="Sole earner", by=cast.manager)
    plates = 500 * 0.5 / 60
    assert targets(cast, "need")["W-002"] - equal["W-002"] == pytest.approx(plates * 3 / 4 - plates / 2)


def test_a_weight_needs_a_reason_and_both_stand_in_the_history(cast):
    shop = cast.sari.workshop
    for weight in (Decimal(2), Decimal(-1), Decimal(11)):
        with pytest.raises(Refused):
            workshop_need_set(workshop=shop, weight=weight, by=cast.manager)
    workshop_need_set(workshop=shop, weight=Decimal(2), reason="Two at school", by=cast.manager)
    workshop_need_set(workshop=shop, weight=Decimal(2), reason="Two at school", by=cast.manager)
    (line,) = history_of(shop).filter(act="workshop_need_set")
    assert line.fields["need_reason"] == ["", "Two at school"]
    with pytest.raises(Refused):
        workshop_wish_set(workshop=shop, minutes_week=7 * 24 * 60 + 1)


def overtime_costs(cast, start=MONDAY):
    return {row.id: row.overtime_cost for row in problem_of(cast.cooperative, start, 4).problem.workshops}


def test_an_extra_hour_costs_what_was_agreed_else_what_the_terms_say_else_nothing(cast, order):
    WeekPattern.objects.filter(workshop=cast.karim.workshop).update(overtime_cost_rupiah_hour=0)
    assert overtime_costs(cast) == {"W-001": 15_000, "W-002": 0, "W-003": 15_000}
    terms_set(cooperative=cast.cooperative, valid_from=MONDAY, overtime_rupiah_hour=12_500, by=cast.manager, **TERMS)
    assert overtime_costs(cast) == {"W-001": 15_000, "W-002": 12_500, "W-003": 15_000}
    later = MONDAY + timedelta(weeks=2)
    terms_set(cooperative=cast.cooperative, valid_from=later, overtime_rupiah_hour=None, by=cast.manager, **TERMS)
    assert overtime_costs(cast)["W-002"] == 12_500, "the terms of the plan's first day"
    assert overtime_costs(cast, later)["W-002"] == 0


def test_terms_without_a_price_of_an_extra_hour_change_nothing_and_zero_is_none(cast, order):
    terms_set(cooperative=cast.cooperative, valid_from=MONDAY, by=cast.manager, **TERMS)
    assert overtime_costs(cast)["W-002"] == 15_000
    with pytest.raises(Refused):
        terms_set(cooperative=cast.cooperative, valid_from=today(), overtime_rupiah_hour=-1, **TERMS)


def test_the_snapshot_still_takes_a_constant_number_of_queries(cast, order, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        problem_of(cast.cooperative, MONDAY, 4)
    Workshop.objects.update(wish_minutes_week=600)
    cooperative_policy_set(
        cooperative=cast.cooperative, fairness_key="wished", target_percent=50, below_target_cost_rupiah_hour=1
    )
    cast.cooperative.refresh_from_db()
    with django_assert_max_num_queries(len(few)):
        problem_of(cast.cooperative, MONDAY, 4)
