"""Hours of all workshops of a cooperative, as the planner reads them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import JOINED, MONDAY, WEEK_MINUTES
from wadah.base.errors import Refused
from wadah.register.models import Holiday, Ikm, Membership, WeekPattern, Workshop
from wadah.register.selectors import workshop_hours, workshop_overtime_costs, workshop_week
from wadah.register.services import (
    area_put,
    holiday_put,
    leave_cancel,
    leave_record,
    week_pattern_set,
    workshop_open,
)

FULL = sum(WEEK_MINUTES) / 60


def test_members_have_their_usual_week(cast):
    hours = workshop_hours(cast.cooperative, MONDAY, 2)
    assert set(hours) == {cast.sari.workshop.pk, cast.karim.workshop.pk, cast.tini.workshop.pk}
    assert hours[cast.sari.workshop.pk] == ((FULL, FULL), (440 / 60, 440 / 60))


def test_a_national_holiday_closes_all_and_leave_only_its_own_workshop(cast):
    holiday_put(date=MONDAY, name="Hari besar")
    leave_record(workshop=cast.sari.workshop, first_day=MONDAY, last_day=MONDAY + timedelta(days=6))
    hours = workshop_hours(cast.cooperative, MONDAY, 2)
    assert hours[cast.sari.workshop.pk].hours == (0, FULL)
    assert hours[cast.karim.workshop.pk].hours == (FULL - 8, FULL)


def test_a_holiday_of_an_area_closes_what_lies_in_it_and_nothing_else(cast):
    other = area_put(code="32.75.02", name="Bekasi Barat", kind="kecamatan", parent=cast.city)
    holiday_put(date=MONDAY, name="Sedekah bumi", kind="local", area=cast.kecamatan)
    holiday_put(date=MONDAY + timedelta(days=1), name="Pasar malam", kind="local", area=other)
    holiday_put(date=MONDAY + timedelta(days=2), name="Ulang tahun kota", kind="local", area=cast.city)
    Workshop.objects.filter(pk=cast.karim.workshop.pk).update(area=None)
    hours = workshop_hours(cast.cooperative, MONDAY, 1)
    assert hours[cast.sari.workshop.pk].hours == (FULL - 16,)
    assert hours[cast.karim.workshop.pk].hours == (FULL,)


def test_a_new_pattern_counts_from_its_first_monday(cast):
    week_pattern_set(workshop=cast.sari.workshop, valid_from=MONDAY + timedelta(days=1), minutes=[60] * 7)
    assert workshop_hours(cast.cooperative, MONDAY, 2)[cast.sari.workshop.pk].hours == (FULL, 7)
    costs = workshop_overtime_costs(cast.cooperative, MONDAY + timedelta(days=1))
    assert (costs[cast.sari.workshop.pk], costs[cast.karim.workshop.pk]) == (0, 15_000)


def test_the_same_day_corrects_a_pattern(cast):
    week_pattern_set(workshop=cast.sari.workshop, valid_from=JOINED, minutes=[60] * 7)
    assert cast.sari.workshop.week_patterns.count() == 1


def test_a_workshop_that_has_not_said_when_it_works_has_zeros(cast):
    silent = workshop_open(ikm=cast.sari.ikm, code="W-005", name="Gudang")
    assert workshop_hours(cast.cooperative, MONDAY, 1)[silent.pk] == ((0,), (0,))


def test_one_workshops_week_is_what_the_planner_gets(cast):
    holiday_put(date=MONDAY, name="Sedekah bumi", kind="local", area=cast.kecamatan)
    leave_record(workshop=cast.sari.workshop, first_day=MONDAY, last_day=MONDAY + timedelta(days=1))
    minutes, overtime = workshop_week(cast.sari.workshop, MONDAY)
    planned = workshop_hours(cast.cooperative, MONDAY, 1)[cast.sari.workshop.pk]
    assert planned == ((minutes / 60,), (overtime / 60,))
    assert minutes == sum(WEEK_MINUTES) - 960


def test_cancelled_leave_opens_the_days_again(cast):
    leave = leave_record(workshop=cast.sari.workshop, first_day=MONDAY, last_day=MONDAY)
    leave_cancel(leave=leave)
    leave_cancel(leave=leave)
    assert workshop_week(cast.sari.workshop, MONDAY)[0] == sum(WEEK_MINUTES)


def test_hours_start_on_a_monday(cast):
    with pytest.raises(ValueError, match="Monday"):
        workshop_hours(cast.cooperative, MONDAY + timedelta(days=1), 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": [480] * 6},
        {"minutes": [1441] + [0] * 6},
        {"minutes": [-1] + [0] * 6},
        {"overtime_minutes_week": 10081},
        {"overtime_cost_rupiah_hour": -1},
    ],
)
def test_an_impossible_week_is_refused(cast, wrong):
    with pytest.raises(Refused):
        week_pattern_set(**({"workshop": cast.sari.workshop, "valid_from": MONDAY, "minutes": [60] * 7} | wrong))
    assert not WeekPattern.objects.filter(valid_from=MONDAY).exists()


@pytest.mark.parametrize("last_day", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=366)])
def test_leave_that_ends_before_it_starts_or_lasts_over_a_year_is_refused(cast, last_day):
    with pytest.raises(Refused):
        leave_record(workshop=cast.sari.workshop, first_day=MONDAY, last_day=last_day)


def test_a_holiday_is_local_exactly_when_it_has_an_area(cast):
    with pytest.raises(Refused):
        holiday_put(date=MONDAY, name="Pasar malam", kind="local")
    with pytest.raises(Refused):
        holiday_put(date=MONDAY, name="Natal", area=cast.city)


def test_loading_a_holiday_twice_keeps_one_row_with_the_latest_kind(cast):
    holiday_put(date=MONDAY, name="Natal")
    holiday_put(date=MONDAY, name="Natal", kind="collective_leave")
    assert [row.kind for row in Holiday.objects.all()] == ["collective_leave"]


def crowd(cast, count):
    """`count` more member workshops with a pattern each, by bulk rows: only the reading is under test."""
    ikm = Ikm.objects.bulk_create(Ikm(name=f"IKM {n}", owner_name=f"Orang {n}") for n in range(count))
    shops = Workshop.objects.bulk_create(
        Workshop(ikm=row, code=f"X-{n}", name=f"Bengkel {n}", area=cast.kelurahan) for n, row in enumerate(ikm)
    )
    Membership.objects.bulk_create(Membership(cooperative=cast.cooperative, ikm=row, joined_on=JOINED) for row in ikm)
    WeekPattern.objects.bulk_create(
        WeekPattern(workshop=row, valid_from=JOINED, minutes_monday=n % 480) for n, row in enumerate(shops)
    )


def test_four_queries_serve_three_workshops_and_three_thousand(cast):
    with CaptureQueriesContext(connection) as few:
        workshop_hours(cast.cooperative, MONDAY, 26)
    crowd(cast, 3000)
    with CaptureQueriesContext(connection) as many:
        hours = workshop_hours(cast.cooperative, MONDAY, 26)
    assert len(hours) == 3003
    assert len(few) == len(many) == 4


def test_hours_before_anybody_joined_are_nobodys(cast):
    assert workshop_hours(cast.cooperative, date(2023, 12, 25), 1) == {}
