"""Dated plans of a part and how a cooperative works: what can't be is refused when it is written, not at the bench."""

from datetime import timedelta
from decimal import Decimal

import pytest
from quality import bolt_make, inspect, lot_make

from cast import MONDAY, cast_build
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.work.models import InspectionPlan, WorkTerms
from wadah.work.selectors.asked import asked_of
from wadah.work.services.inspection import inspection_open
from wadah.work.services.inspection_plans import (
    CharacteristicRow,
    RuleRow,
    inspection_plan_end,
    inspection_plan_set,
    work_terms_set,
)

pytestmark = pytest.mark.django_db

ALL = RuleRow("major", "all", n=3)
DIAMETER = CharacteristicRow("Diameter", "measured", "major", "mm", Decimal("7.9"), Decimal(8), Decimal("8.1"))


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def bolt(cast):
    return bolt_make(cast)


def plan_set(cast, bolt, *rules, **more):
    told = {"valid_from": today(), "by": cast.manager, **more}
    return inspection_plan_set(cooperative=cast.cooperative, part=bolt, rules=rules or [ALL], **told)


def test_without_a_plan_the_cooperatives_terms_hold(cast, bolt):
    assert [(ask.defect_class, ask.aql) for ask in asked_of(cast.cooperative, bolt, today()).asks] == [
        ("critical", None),
        ("major", 1),
        ("minor", 4),
    ]
    work_terms_set(cooperative=cast.cooperative, level="I", aql_major=Decimal("0.65"), by=cast.manager)
    plans = inspection_open(lot=lot_make(cast, bolt, 1_000), by=cast.manager).plans
    assert [(plan["letter"], plan["letter_used"], plan["n"], plan["aql"]) for plan in plans] == [
        ("", "", 32, None),
        ("G", "F", 20, "0.65"),
        ("G", "G", 32, "4.0"),
    ]
    assert [line.act for line in history_of(WorkTerms.objects.get())] == ["work_terms_set"]


@pytest.mark.parametrize("wrong", [{"level": "IV"}, {"aql_major": Decimal(3)}, {"over_percent": 101}])
def test_terms_that_the_tables_do_not_know_are_refused(cast, wrong):
    with pytest.raises(Refused):
        work_terms_set(cooperative=cast.cooperative, by=cast.manager, **wrong)
    assert not WorkTerms.objects.exists()


def test_a_plan_holds_from_its_day_and_ends_the_one_before(cast, bolt):
    first = plan_set(cast, bolt, valid_from=MONDAY - timedelta(days=30))
    second = plan_set(cast, bolt, RuleRow("major", "aql", aql=Decimal("2.5")))
    first.refresh_from_db()
    assert first.valid_until == today() - timedelta(days=1)
    assert asked_of(cast.cooperative, bolt, today()).plan == second
    assert asked_of(cast.cooperative, bolt, first.valid_from).plan == first
    with pytest.raises(Refused):
        plan_set(cast, bolt, valid_from=today() - timedelta(days=3))


def test_the_same_day_corrects_the_plan_and_what_is_open_stays_as_it_was(cast, bolt):
    plan_set(cast, bolt, characteristics=[DIAMETER])
    inspection = inspection_open(lot=lot_make(cast, bolt, 100), by=cast.manager)
    plan_set(cast, bolt, RuleRow("minor", "all"))
    assert InspectionPlan.objects.count() == 1
    inspection.refresh_from_db()
    assert [plan["defect_class"] for plan in inspection.plans] == ["major"]
    assert [one["name"] for one in inspection.characteristics] == ["Diameter"]
    assert [one["lower"] for one in inspection.characteristics] == ["7.9"]
    assert len(history_of(InspectionPlan.objects.get())) == 2


@pytest.mark.parametrize(
    "rules",
    [
        [ALL, ALL],
        [RuleRow("major", "aql")],
        [RuleRow("major", "aql", aql=Decimal(3))],
        [RuleRow("major", "zero", ltpd=Decimal("1.5"), risk=Decimal("0.1"))],
        [RuleRow("major", "zero", ltpd=Decimal("0.05"))],
        [RuleRow("major", "user", n=20, ac=2, re=2)],
        [RuleRow("major", "user", n=20, ac=2, re=5)],
        [RuleRow("major", "user", n=5, ac=7, re=8)],
        [RuleRow("major", "user", n=20, ac=-1, re=0)],
        [RuleRow("major", "user", n=0, ac=0, re=1)],
    ],
)
def test_rules_that_cannot_be_are_refused(cast, bolt, rules):
    with pytest.raises(Refused):
        plan_set(cast, bolt, *rules)
    assert not InspectionPlan.objects.exists()


def test_no_class_at_all_is_refused(cast, bolt):
    with pytest.raises(Refused):
        inspection_plan_set(cooperative=cast.cooperative, part=bolt, valid_from=today(), rules=[], by=cast.manager)


@pytest.mark.parametrize(
    "wrong",
    [CharacteristicRow(""), CharacteristicRow("Diameter", "measured", lower=Decimal(9), upper=Decimal(8))],
)
def test_characteristics_without_a_name_or_with_crossed_limits_are_refused(cast, bolt, wrong):
    with pytest.raises(Refused):
        plan_set(cast, bolt, characteristics=[wrong])


def test_only_the_columns_of_the_method_are_kept(cast, bolt):
    rule = plan_set(cast, bolt, RuleRow("major", "aql", aql=Decimal(1), n=9, ac=1, re=2)).defect_rules.get()
    assert (rule.aql, rule.n, rule.ac, rule.re) == (1, None, None, None)


def test_a_plan_that_ended_leaves_the_terms(cast, bolt):
    plan = plan_set(cast, bolt)
    inspection_plan_end(plan=plan, last_day=today(), by=cast.manager)
    assert asked_of(cast.cooperative, bolt, today() + timedelta(days=1)).plan is None
    with pytest.raises(Refused):
        inspection_plan_end(plan=plan, last_day=today(), by=cast.manager)


@pytest.mark.parametrize(
    ("rule", "size", "n"),
    [
        (RuleRow("major", "zero", ltpd=Decimal("0.05"), risk=Decimal("0.1")), 10_000, 45),
        (RuleRow("major", "zero", ltpd=Decimal("0.05"), risk=Decimal("0.1")), 20, 18),
        (RuleRow("major", "user", n=125, ac=7, re=8), 50, 50),
        (RuleRow("major", "user", n=125, ac=7, re=8), 5, 5),
        (RuleRow("major", "user", ac=0, re=1), 40, 40),
        (RuleRow("major", "all"), 40, 40),
    ],
)
def test_each_method_says_how_many_to_check(cast, bolt, rule, size, n):
    plan_set(cast, bolt, rule)
    assert inspection_open(lot=lot_make(cast, bolt, size), by=cast.manager).plans[0]["n"] == n


def test_a_plan_of_ones_own_leaves_the_severity_alone(cast, bolt):
    plan_set(cast, bolt, RuleRow("major", "user", n=20, ac=0, re=1))
    assert inspect(cast, lot_make(cast, bolt), major=1).verdicts[0]["reasons"] == ["not_in_tables"]
