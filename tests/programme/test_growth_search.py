"""The growth figures against an independent second formulation: a small world, each number of groups tried.

What is planned (wadah.programme.growth.world) is written down a second time here as one yearly linear program, from
docs/city.md G30 … G35 and not from the code, and solved by scipy.
"""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from wadah.planning.problem import Capability, Part
from wadah.programme.growth.measure import measured
from wadah.programme.growth.search import Interval, interval_of, least
from wadah.programme.growth.world import (
    Asked,
    Ground,
    Maker,
    Ramp,
    begins,
    month_after,
    month_weights,
    monthly,
    problem_at,
    seasons,
)

PARTS = (Part("MORI"), Part("CAP", bom=(("MORI", 1.0),)), Part("CELUP", bom=(("CAP", 1.0),)))
HOURS = (160.0,) * 12
WEATHER = (1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0)
CAP_HOURS, DYE_HOURS, SET_UP, GOOD = 0.5, 1.0, 2.0, 0.9
RAMP = Ramp(26, 26, (0.5, 1.0))
EFFORT = 1  # of one plan: counted, so that what is found is the same on any machine


def maker(name, hours=HOURS):
    return Maker(
        name,
        hours,
        (
            Capability("CAP", name, CAP_HOURS, setup_hours=SET_UP, yield_rate=GOOD),
            Capability("CELUP", name, DYE_HOURS, setup_hours=SET_UP),
        ),
    )


def ground(pupils=4000, employees=900, a_month=0, first_month=1):
    return Ground(
        parts=PARTS,
        makers=(maker("A"),),
        newcomer=maker("+"),
        skills={"CAP": "cap", "CELUP": "celup"},
        weather={"celup": WEATHER},
        bought=frozenset({"MORI"}),
        asked=(
            Asked("siswa", "CELUP", even(pupils), obligation=False),
            Asked("pegawai", "CELUP", even(employees), obligation=True),
        ),
        ramp=RAMP,
        first_month=first_month,
        groups_a_month=a_month,
    )


def even(pieces):
    return tuple(pieces // 12 + (1 if month < pieces % 12 else 0) for month in range(12))


def made_by_enumeration(here, groups, month, *, obligation):
    """The most cloths of the year in a second formulation, whole pieces by maker and month: what is found, what none
    exceeds, and what is asked for."""
    asked = sum(sum(row.pieces) for row in here.asked if row.obligation or not obligation)
    shares = [1.0] * 12
    makers = [(shares, here.makers[0])]
    for place in range(groups):
        start = place // here.groups_a_month if here.groups_a_month else 0
        ages = [month - start + t for t in range(12)]
        makers.append(([share_at(age) for age in ages], here.newcomer))
    rows, upper, cost, n = [], [], [], 4 * 12 * len(makers)  # cap, dye, set up cap, set up dye

    def column(index, kind, t):
        return 48 * index + 12 * kind + t

    def row(entries, most):
        line = np.zeros(n + 1)
        for place, value in entries:
            line[place] = value
        rows.append(line)
        upper.append(most)

    stock = []  # what is dyed up to t was stamped up to t, less what failed
    for t in range(12):
        calendar_month = (here.first_month - 1 + month + t) % 12
        for index, (share, one) in enumerate(makers):
            hours = one.hours[calendar_month] * share[t]
            entries = [
                (column(index, 0, t), CAP_HOURS),
                (column(index, 1, t), DYE_HOURS / WEATHER[calendar_month]),
                (column(index, 2, t), SET_UP),
                (column(index, 3, t), SET_UP),
            ]
            row(entries, hours)
            most = max(0.0, hours - SET_UP)
            row([(column(index, 0, t), CAP_HOURS), (column(index, 2, t), -most)], 0.0)
            row([(column(index, 1, t), DYE_HOURS / WEATHER[calendar_month]), (column(index, 3, t), -most)], 0.0)
            stock += [(column(index, 0, t), -GOOD), (column(index, 1, t), 1.0)]
        row(stock, 0.0)
    dyed = [(column(index, 1, t), -1.0) for index in range(len(makers)) for t in range(12)]
    row([(n, 1.0), *dyed], 0.0)
    cost = np.zeros(n + 1)
    cost[n] = -1.0
    top = np.full(n + 1, 1e5)
    for index in range(len(makers)):
        top[48 * index + 24 : 48 * index + 48] = 1.0
    top[n] = asked
    found = milp(
        cost,
        constraints=LinearConstraint(np.array(rows), -np.inf, np.array(upper)),
        bounds=Bounds(np.zeros(n + 1), top),
        integrality=np.ones(n + 1),
        options={"mip_rel_gap": 1e-3, "time_limit": 20},
    )
    assert found.x is not None
    return -found.fun, -found.mip_dual_bound, asked


def share_at(age):
    """Nothing for half a year, a half for half a year, then all; as in the middle of the month."""
    week = (age + 0.5) * 52 / 12
    return 0.0 if age < 0 or week < 26 else 0.5 if week < 52 else 1.0


def least_by_trying(here, target, places):
    """How many of these (groups, month), one after another, are too few."""
    for number, (groups, month) in enumerate(places):
        best, most, asked = made_by_enumeration(here, groups, month, obligation=False)
        if best >= target * asked - 1e-6:
            return number
        assert most < target * asked, "the second formulation must know"
    raise AssertionError("none of them is enough")


def plan(here, groups, month, *, obligation=False, target=1.0, whole=False):
    return measured(
        problem_at(here, groups, month, obligation=obligation),
        here.skills,
        target=target,
        seconds=60.0,
        effort=EFFORT,
        whole=whole,
    )


@pytest.mark.parametrize(("groups", "month", "a_month"), [(0, 0, 0), (1, 0, 0), (2, 6, 1), (2, 12, 0), (3, 9, 2)])
def test_plan_and_bound_hold_the_best_of_the_second_formulation(groups, month, a_month):
    here = ground(pupils=9000, a_month=a_month)
    best, most, asked = made_by_enumeration(here, groups, month, obligation=False)
    found = plan(here, groups, month, whole=True)
    assert found.asked == asked
    assert found.made <= most + 1e-3
    assert best <= found.most + 1e-3
    assert found.most - found.made <= 0.02 * asked


@pytest.mark.parametrize(("month", "target"), [(12, 1.0), (24, 0.9)])
def test_the_interval_holds_the_least_number_found_by_trying_each(month, target):
    here = ground()
    tried = least_by_trying(here, target, ((groups, month) for groups in range(20)))
    found = least(lambda groups: plan(here, groups, month, target=target).verdict(target), 40, 3)
    assert found.fewest <= tried <= found.enough
    assert found.enough - found.fewest <= 1


def test_the_months_lie_where_the_second_formulation_has_them():
    here = ground()
    found = least(lambda month: plan(here, 3, month).verdict(1.0), 24, 12)
    assert 0 < found.fewest <= found.enough <= found.fewest + 1
    assert made_by_enumeration(here, 3, found.fewest - 1, obligation=False)[1] < 4900
    assert made_by_enumeration(here, 3, found.enough, obligation=False)[0] >= 4900 - 1e-6


def test_the_obligation_alone_is_less():
    here = ground()
    assert plan(here, 0, 12, obligation=True).asked == 900
    assert plan(here, 0, 12).asked == 4900
    assert plan(here, 0, 12, obligation=True).verdict(1.0) == "enough"
    assert plan(here, 0, 12).verdict(1.0) == "not"


def test_more_groups_or_more_months_never_make_less():
    here = ground(pupils=9000)
    by_groups = [plan(here, groups, 9) for groups in range(3)]
    by_month = [plan(here, 2, month) for month in (0, 6, 18)]
    for rows in (by_groups, by_month):
        for fewer, more in pairwise(rows):
            assert more.most >= fewer.made - 1e-6


def test_a_faster_step_that_holds_it_up_brings_more_and_hours_add_up():
    here = ground(pupils=9000)
    slow = plan(here, 0, 12, whole=True)
    faster = measured(
        problem_at(here, 0, 12, obligation=False, faster="cap"),
        here.skills,
        target=1.0,
        seconds=60.0,
        effort=EFFORT,
        whole=True,
    )
    assert faster.made > slow.made
    assert sum(slow.hours.values()) == pytest.approx(sum(HOURS), abs=0.3)
    assert slow.hours["cap"] > 0
    assert slow.hours["celup"] > 0


# ---- months, seasons, ramp


def test_weeks_become_calendar_months():
    weights = month_weights(date(2026, 11, 30), 52)
    hours = monthly([7.0] * 52, weights)
    assert sum(hours) == pytest.approx(364)
    assert hours[1] == pytest.approx(28)
    assert hours[11] == pytest.approx(31)
    assert hours[10] == pytest.approx(1 + 28)  # it begins on 30 November and ends on the 28th of the next


def test_seasons_part_the_year_by_weather():
    assert seasons({"celup": WEATHER}, list(range(12))) == [frozenset({0, 1, 2, 11}), frozenset(range(3, 11))]
    assert seasons({}, list(range(12))) == [frozenset(range(12))]


def test_groups_begin_as_many_a_month_as_can():
    assert [begins(place, 2) for place in range(5)] == [0, 0, 1, 1, 2]
    assert begins(40, 0) == 0


def test_the_ramp_is_nothing_then_its_shares_then_the_last():
    ramp = Ramp(13, 13, (0.1, 0.4, 1.0))
    assert [ramp.share(week) for week in (-1, 0, 12, 13, 25, 26, 39, 400)] == [0, 0, 0, 0.1, 0.1, 0.4, 1.0, 1.0]
    assert ramp.weeks == 39
    assert Ramp(0, 4, ()).share(10) == 0


def test_months_after_a_day():
    assert month_after(date(2026, 11, 17), 0) == date(2026, 11, 1)
    assert month_after(date(2026, 11, 1), 2) == date(2027, 1, 1)


# ---- the search


@pytest.mark.parametrize("answer", [0, 1, 7, 30, 99, 100])
@pytest.mark.parametrize("guess", [1, 8, 90])
def test_the_search_finds_the_edge(answer, guess):
    seen = []

    def ask(number):
        seen.append(number)
        return "enough" if number >= answer else "not"

    assert least(ask, 100, guess) == Interval(answer, answer)
    assert len(seen) == len(set(seen)) <= 22


def test_the_search_tells_both_edges_of_what_nobody_knows():
    verdicts = ["not"] * 31 + ["open"] * 3 + ["enough"] * 67
    assert least(verdicts.__getitem__, 100, 20) == Interval(31, 34)


def test_where_nothing_is_enough_the_search_says_so():
    assert least(lambda number: "not", 50, 3) == Interval(51, None)
    assert least(lambda number: "not" if number < 10 else "open", 50, 3) == Interval(10, None)


def test_a_search_that_is_stopped_tells_what_it_has():
    asked = iter(["not", "enough", None])
    assert least(lambda number: next(asked), 100, 40) == Interval(1, 40)
    assert interval_of({}) == Interval(0, None)
