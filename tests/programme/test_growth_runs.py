"""The growth question from asking to answer: rows read, plans kept, stopped and refused; figures dated."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from batik_world import EMPLOYEES, PRESS, PUPILS, SINCE, batik_build
from growth_world import curve
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.base.jobs import jobs_run_waiting
from wadah.base.models import Job
from wadah.programme.growth.job import JOB
from wadah.programme.growth.reading import figures_on, months_of, read
from wadah.programme.growth.services import growth_figure_put, growth_run_start, growth_run_stop
from wadah.programme.models import GrowthFigure, GrowthRun
from wadah.register.selectors import workshop_hours

pytestmark = [pytest.mark.django_db, pytest.mark.once]
START = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cloth(cast):
    return batik_build(cast)


def ask(cast, **more):
    told = {"start_on": START, "by_month": 12, "target": Decimal(1), "ramp": curve(), "seconds_each": 1}
    return growth_run_start(cooperative=cast.cooperative, by=cast.officer, **(told | more))


def carried_out(run):
    Job.objects.exclude(name=JOB).update(status="stopped")
    jobs_run_waiting()
    run.refresh_from_db()
    return run


def test_the_rows_become_the_ground(cast, cloth):
    rows = read(ask(cast))
    ground = rows.ground
    assert [maker.id for maker in ground.makers] == [cast.sari.workshop.code, cast.tini.workshop.code]
    assert ground.pieces(obligation=True) == EMPLOYEES
    assert ground.pieces(obligation=False) == EMPLOYEES + PUPILS
    by_part = {row.part: row for row in ground.newcomer.rates}
    assert by_part["KAIN"].hours_per_unit == pytest.approx((12 + 24) / 2 / 60)
    assert by_part["KAIN"].setup_hours == pytest.approx(0.5 * 52 / 12)
    hours = workshop_hours(cast.cooperative, ground_start(), 52)
    assert sum(ground.makers[0].hours) == pytest.approx(sum(hours[cast.sari.workshop.pk].hours))
    assert ground.weather == {"celup": (1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1)}
    assert ground.bought == {"MORI"}
    told = rows.assumptions
    assert told["newcomer"]["artisans"] == 4
    assert told["weather"][0]["sources"] == [PRESS]
    assert {row["code"]: row["pieces"] for row in told["asked"]} == {"employees": EMPLOYEES, "pupils": PUPILS}
    assert told["costs"]["training"]["value"] == 15_000_000


def ground_start():
    from wadah.base.clock import monday

    return monday(today())


def test_the_year_may_begin_in_any_month(cast, cloth):
    from wadah.demand.models import MandateRule

    rule = MandateRule.objects.get(code="pupils")
    assert sum(months_of(rule, date(2027, 9, 1))) == PUPILS
    rule.valid_until = date(2027, 12, 31)
    rule.save()
    assert sum(months_of(rule, date(2027, 9, 1))) == PUPILS / 12 * 4
    assert sum(months_of(rule, date(2028, 1, 1))) == 0


@pytest.mark.long
def test_a_question_is_answered_and_its_plans_are_kept(cast, cloth):
    run = carried_out(ask(cast))
    assert (run.status, run.why) == ("done", "")
    scopes = run.result["scopes"]
    assert scopes["obligation"] == {"fewest": 0, "enough": 0, "months": None, "later": None}
    found = scopes["all"]
    by_groups = {row.groups: row for row in run.points.filter(scope="all", month=12, skill="")}
    assert by_groups[found["enough"]].made == PUPILS + EMPLOYEES
    assert by_groups[found["fewest"] - 1].most < PUPILS + EMPLOYEES
    assert found["months"]["first"] <= found["months"]["enough"] <= 12
    assert set(run.points.filter(groups=0).values_list("skill", flat=True)) == {"", "cap", "celup"}
    assert run.ended_at is not None
    assert run.assumptions["year_from"] == "2028-01-01"


@pytest.mark.long
def test_no_group_can_do_more_than_its_hours(cast, cloth):
    """Today's plan, checked by hand: each cloth takes its minutes, at least those of dyeing in a dry month; and who
    stamps and dyes as many each month comes close."""
    run = ask(cast)
    ground = read(run).ground
    steady = most = 0.0
    for maker in ground.makers:
        each = {row.part: row.hours_per_unit for row in maker.rates}
        for month, hours in enumerate(maker.hours):
            steady += hours / (each["KAIN/cap"] + each["KAIN"] / ground.weather["celup"][month])
            most += hours / (each["KAIN/cap"] + each["KAIN"] / 2)
    carried_out(run)
    today_alone = run.points.get(scope="all", groups=0, month=12, skill="")
    assert 0.9 * steady <= today_alone.made <= today_alone.most <= most + 1


def test_only_one_question_of_a_cooperative_at_a_time(cast, cloth):
    ask(cast)
    with pytest.raises(Conflict):
        ask(cast)


def test_a_question_that_waits_can_be_stopped(cast, cloth):
    run = ask(cast)
    growth_run_stop(run=run, by=cast.officer)
    run.refresh_from_db()
    assert run.status == "stopped"
    with pytest.raises(Conflict):
        growth_run_stop(run=run, by=cast.officer)
    assert [line.act for line in history_of(run)] == ["growth_run_start", "growth_run_stop"]
    assert ask(cast).pk != run.pk


def test_one_that_is_stopped_midway_tells_what_it_has(cast, cloth, monkeypatch):
    run = ask(cast)
    asked = []
    monkeypatch.setattr("wadah.plans.run.Listener.__call__", lambda self: asked.append(1) or len(asked) > 40)
    carried_out(run)
    assert run.status == "stopped"
    assert run.result["scopes"].keys() <= {"obligation", "all"}


def test_without_orders_of_the_mandate_it_fails_in_words(cast):
    run = carried_out(ask(cast))
    assert run.status == "failed"
    assert "cloth isn't known" in run.why


def test_without_makers_it_fails_in_words(cast, cloth):
    from wadah.catalogue.models import Rate

    Rate.objects.all().delete()
    run = carried_out(ask(cast))
    assert run.status == "failed"
    assert "rates" in run.why


@pytest.mark.parametrize(
    ("field", "value"),
    [("by_month", 61), ("by_month", -1), ("groups_a_month", 101), ("seconds_each", 0), ("target", Decimal(0))],
)
def test_numbers_out_of_range_are_refused(cast, cloth, field, value):
    with pytest.raises(Refused) as refused:
        ask(cast, **{field: value})
    assert refused.value.field == field
    assert not GrowthRun.objects.exists()


def test_of_a_figure_the_newest_that_has_begun_holds(cast):
    for day, value in ((SINCE, 10), (date(2027, 1, 1), 20), (date(2028, 1, 1), 30)):
        growth_figure_put(kind="tools", value=Decimal(value), valid_from=day, source="asumsi", by=cast.officer)
    growth_figure_put(kind="tools", value=Decimal(25), valid_from=date(2027, 1, 1), source="pers", by=cast.officer)
    assert [row.value for row in figures_on(date(2026, 6, 1))] == [10]
    assert [(row.value, row.source) for row in figures_on(date(2027, 6, 1))] == [(25, "pers")]
    assert GrowthFigure.objects.count() == 3


def test_a_figure_needs_a_source_a_range_and_a_month_for_weather(cast):
    dye = cast.skills["turning"]
    for more in (
        {"kind": "tools", "source": " "},
        {"kind": "tools", "value": Decimal(-1)},
        {"kind": "weather"},
        {"kind": "weather", "skill": dye, "month": 3, "value": Decimal(0)},
        {"kind": "weather", "skill": dye, "month": 3, "value": Decimal(11)},
    ):
        with pytest.raises(Refused):
            growth_figure_put(**({"value": Decimal(1), "valid_from": SINCE, "source": "asumsi"} | more))


@pytest.mark.long
def test_where_too_few_can_begin_by_then_it_says_from_when_on(cast, cloth):
    run = carried_out(ask(cast, by_month=0, groups_a_month=1))
    found = run.result["scopes"]["all"]
    assert found["enough"] is None
    later = found["later"]
    assert 0 < later["first"] <= later["enough"] <= 60
    then = run.points.filter(scope="all", month=later["enough"], skill="")
    covered, short = then.get(groups=later["groups"]), then.get(groups=later["fewest"] - 1)
    assert covered.made == covered.asked
    assert short.most < short.asked, "fewer are proven not to be enough"
