"""Mentoring: hours that are never given twice, visits written down once, and what came of it counted from work."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from cast import JOINED, MONDAY
from wadah.base.clock import monday, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Part
from wadah.programme.mentoring.rules import Judged, distance_km, hours_on
from wadah.programme.mentoring.selectors import (
    cooperative_for,
    expert_reports,
    experts_for,
    mentorings_of,
    mentorings_seen,
    outcomes_of,
    visit_next,
)
from wadah.programme.mentoring.services import (
    expert_hours_set,
    mentoring_end,
    mentoring_start,
    visit_call_off,
    visit_hold,
    visit_plan,
)
from wadah.programme.models import MentoringVisit
from wadah.register.models import Area, Expert
from wadah.register.selectors import user_roles
from wadah.register.services import area_put, expert_archive, expert_correct, expert_register
from wadah.work.models import Inspection, LotMove, Trial, WorkOrder
from wadah.work.services.moves import lot_born

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def expert(cast):
    row = expert_register(
        name="Pak Mulyono",
        skills=[cast.skills["turning"]],
        years_experience=22,
        multinational_years=15,
        area=cast.kelurahan,
        cooperative=cast.cooperative,
        by=cast.manager,
    )
    expert_hours_set(expert=row, valid_from=JOINED, hours_week=4)
    return row


def begun(cast, expert, **more):
    told = {
        "workshop": cast.sari.workshop,
        "cooperative": cast.cooperative,
        "skill": cast.skills["turning"],
        "purpose": "Baut tanpa cacat",
        "starts_on": today() - 4 * WEEK,
        "ends_on": today() + 8 * WEEK,
        "by": cast.manager,
    }
    return mentoring_start(expert=expert, **(told | more))


# ---- hours and visits


def test_a_visit_takes_hours_and_the_last_ones_go_once(cast, expert):
    row = begun(cast, expert)
    day = monday(today()) + WEEK
    visit_plan(mentoring=row, on=day, minutes=120, by=cast.manager)
    with pytest.raises(Refused) as refused:
        visit_plan(mentoring=row, on=day + timedelta(days=1), minutes=121)
    assert "120" in str(refused.value)
    visit_plan(mentoring=row, on=day + timedelta(days=1), minutes=120)
    with pytest.raises(Refused):
        visit_plan(mentoring=row, on=day + timedelta(days=2), minutes=1)
    visit_plan(mentoring=row, on=day + WEEK, minutes=240)


def test_hours_count_over_all_workshops(cast, expert):
    rows = [begun(cast, expert), begun(cast, expert, workshop=cast.tini.workshop)]
    visit_plan(mentoring=rows[0], on=today() + WEEK, minutes=200)
    with pytest.raises(Refused):
        visit_plan(mentoring=rows[1], on=today() + WEEK, minutes=60)


def test_a_visit_called_off_frees_its_hours(cast, expert):
    row = begun(cast, expert)
    visit = visit_plan(mentoring=row, on=today() + WEEK, minutes=240)
    visit_call_off(visit=visit, reason="sakit", by=cast.manager)
    with pytest.raises(Conflict):
        visit_call_off(visit=visit, reason="lagi")
    visit_plan(mentoring=row, on=today() + WEEK, minutes=240)


def test_fewer_hours_than_are_planned_are_refused(cast, expert):
    visit_plan(mentoring=begun(cast, expert), on=today() + WEEK, minutes=180)
    with pytest.raises(Refused, match="3"):
        expert_hours_set(expert=expert, valid_from=today(), hours_week=2, by=cast.manager)
    expert_hours_set(expert=expert, valid_from=today(), hours_week=3, by=cast.manager)
    assert hours_on([(JOINED, 4), (today(), 3)], today()) == 3
    assert hours_on([(today(), 3)], JOINED) is None


def test_a_visit_is_held_once_it_was_and_written_down_once(cast, expert):
    row = begun(cast, expert)
    ahead = visit_plan(mentoring=row, on=today() + WEEK, minutes=60)
    with pytest.raises(Refused):
        visit_hold(visit=ahead, minutes=60, done="sudah")
    past = visit_plan(mentoring=row, on=today() - WEEK, minutes=60)
    with pytest.raises(Refused):
        visit_hold(visit=past, minutes=60, done=" ")
    held = visit_hold(visit=past, minutes=75, done="pahat diasah", by=cast.manager)
    assert (held.status, held.minutes, held.done) == ("held", 75, "pahat diasah")
    with pytest.raises(Conflict):
        visit_hold(visit=past, minutes=75, done="lagi")
    assert [line.act for line in history_of(row)][-1] == "visit_held"


def test_days_outside_and_two_a_day_are_refused(cast, expert):
    row = begun(cast, expert)
    for day in (row.starts_on - timedelta(days=1), row.ends_on + timedelta(days=1)):
        with pytest.raises(Refused):
            visit_plan(mentoring=row, on=day, minutes=30)
    visit_plan(mentoring=row, on=today(), minutes=30)
    with pytest.raises(Conflict):
        visit_plan(mentoring=row, on=today(), minutes=30)


# ---- beginning and ending


def test_what_does_not_fit_is_refused(cast, expert):
    other = expert_register(name="Bu Rahma", skills=[cast.skills["turning"]])
    mine = expert_register(name="Bu Sari", user=cast.sari.user, skills=[cast.skills["turning"]])
    expert_hours_set(expert=mine, valid_from=JOINED, hours_week=2)
    for person, more in (
        (expert, {"skill": cast.skills["rubber_compression"]}),
        (expert, {"workshop": cast.rudi.workshop}),
        (expert, {"purpose": " "}),
        (expert, {"ends_on": today() - 5 * WEEK}),
        (other, {}),
        (mine, {}),
    ):
        with pytest.raises(Refused):
            begun(cast, person, **more)
    expert_archive(expert=expert, by=cast.manager)
    with pytest.raises(Refused):
        begun(cast, Expert.objects.get(pk=expert.pk))


def test_the_same_three_are_together_once(cast, expert):
    begun(cast, expert)
    with pytest.raises(Conflict):
        begun(cast, expert)


def test_ending_says_what_came_of_it_and_drops_what_was_planned(cast, expert):
    row = begun(cast, expert)
    visit = visit_plan(mentoring=row, on=today() + WEEK, minutes=30)
    with pytest.raises(Refused):
        mentoring_end(mentoring=row, outcome="")
    ended = mentoring_end(mentoring=row, outcome="Lot uji lulus", by=cast.manager)
    assert (ended.status, ended.ended_on) == ("ended", today())
    visit.refresh_from_db()
    assert visit.status == "called_off"
    with pytest.raises(Conflict):
        mentoring_end(mentoring=row, outcome="lagi")
    with pytest.raises(Conflict):
        visit_plan(mentoring=row, on=today(), minutes=30)


# ---- who fits, who sees


def test_the_nearest_with_hours_comes_first(cast, expert, django_assert_max_num_queries):
    Area.objects.filter(pk=cast.kelurahan.pk).update(lat=-6.24, lng=107.02)
    far = area_put(code="32.75.01.1002", name="Margahayu", kind="kelurahan", parent=cast.kecamatan)
    Area.objects.filter(pk=far.pk).update(lat=-6.30, lng=106.90)
    for name, area, hours in (("Jauh", far, 5), ("Tanpa jam", cast.kelurahan, 0)):
        row = expert_register(name=name, skills=[cast.skills["turning"]], area=area, years_experience=9)
        if hours:
            expert_hours_set(expert=row, valid_from=JOINED, hours_week=hours)
    expert_register(name="Lain", skills=[cast.skills["rubber_compression"]])
    cast.sari.workshop.area = Area.objects.get(pk=cast.kelurahan.pk)
    cast.sari.workshop.save()
    visit_plan(mentoring=begun(cast, expert, workshop=cast.tini.workshop), on=monday(today()), minutes=90)
    with django_assert_max_num_queries(5):
        rows = Expert.objects.select_related("area")
        found = experts_for(cast.sari.workshop, cast.skills["turning"], rows)
    assert [fit.expert.name for fit in found] == ["Pak Mulyono", "Jauh", "Tanpa jam"]
    assert [fit.may for fit in found] == [True, True, False]
    assert found[0].km == pytest.approx(0)
    assert found[0].hours_left == pytest.approx(2.5)
    assert found[1].km == pytest.approx(distance_km((-6.24, 107.02), (-6.30, 106.90)))


def test_a_kilometre_is_a_kilometre():
    """A degree along a meridian of the sphere is 6371 π / 180 km."""
    assert distance_km((0, 0), (1, 0)) == pytest.approx(111.1949, abs=1e-3)
    assert distance_km((-6.2, 107.0), (-6.2, 107.0)) == 0


def test_managers_see_their_own_officers_all_members_theirs(cast, expert):
    row = begun(cast, expert)
    visit = visit_plan(mentoring=row, on=today() + WEEK, minutes=30)
    assert list(mentorings_seen(user_roles(cast.manager))) == [row]
    assert list(mentorings_seen(user_roles(cast.officer))) == [row]
    assert list(mentorings_seen(user_roles(cast.rudi.user))) == []
    assert mentorings_of(user_roles(cast.sari.user).workshops_owned) == [row]
    assert mentorings_of(user_roles(cast.tini.user).workshops_owned) == []
    assert visit_next({cast.sari.workshop.pk}, today()) == visit
    assert visit_next({cast.sari.workshop.pk}, today() + 2 * WEEK) is None
    assert cooperative_for(cast.sari.workshop, {cast.cooperative.pk}) == cast.cooperative
    assert cooperative_for(cast.rudi.workshop, {cast.cooperative.pk}) is None


# ---- what came of it


def judged(cast, part, days_ago, accepted, rejected, maker=None):
    """A lot at its first inspection, so many days ago, written as rows."""
    maker = maker or cast.sari
    pieces = Decimal(accepted + rejected)
    order = WorkOrder.objects.create(
        number=f"SPK-2026-{WorkOrder.objects.count() + 1:04d}",
        cooperative=cast.cooperative,
        part=part,
        workshop=maker.workshop,
        kind="pieces",
        promise_week=MONDAY,
        week_start=MONDAY,
        due_on=MONDAY,
        pieces=pieces,
        handed_over=pieces,
        made_at=now(),
    )
    lot = lot_born(
        cooperative=cast.cooperative, part=part, origin="made", quantity=pieces, work_order=order, by=cast.manager
    )
    number = Inspection.objects.count() + 1
    first, second = (
        Inspection.objects.create(
            number=f"P-{number}-{attempt}", lot=lot, attempt=attempt, pieces=pieces, status="passed", opened_at=now()
        )
        for attempt in (1, 2)
    )
    at = now() - timedelta(days=days_ago)
    for kind, bucket, count, inspection in (
        ("accept", "accepted", accepted, first),
        ("reject", "rejected", rejected, first),
        ("accept", "accepted", rejected, second),
    ):
        if count:
            LotMove.objects.create(
                lot=lot,
                kind=kind,
                from_bucket="waiting",
                to_bucket=bucket,
                pieces=count,
                at=at,
                inspection=inspection,
            )


def test_rejections_before_and_since_are_counted_from_first_inspections(cast, expert):
    bolt = Part.objects.create(code="BAUT", name="Baut", subsector=cast.subsector, skill=cast.skills["turning"])
    other = Part.objects.create(code="KARET", name="Karet", subsector=cast.subsector)
    row = begun(cast, expert)
    judged(cast, bolt, 119, 0, 50)  # more than 90 days before it began
    judged(cast, bolt, 60, 80, 20)
    judged(cast, bolt, 29, 90, 10)
    judged(cast, bolt, 10, 95, 5)
    judged(cast, bolt, 1, 100, 0)
    judged(cast, other, 1, 0, 70)
    judged(cast, bolt, 1, 0, 70, maker=cast.tini)
    found = outcomes_of([row])[row.pk]
    assert (found.before.accepted, found.before.rejected) == (170, 30)
    assert found.before.rate == pytest.approx(0.15)
    assert (found.since.pieces, found.since.rejected) == (200, 5)
    assert Judged(Decimal(0), Decimal(0)).rate is None


def test_trials_decided_since_are_counted_and_whose_word_they_rest_on(cast, expert, django_assert_max_num_queries):
    bolt = Part.objects.create(code="BAUT", name="Baut", subsector=cast.subsector, skill=cast.skills["turning"])
    row = begun(cast, expert)
    for number, (days, status, who) in enumerate(
        ((40, "approved", expert), (20, "approved", expert), (9, "approved", None), (2, "refused", expert))
    ):
        Trial.objects.create(
            number=f"UJI-{number}",
            cooperative=cast.cooperative,
            part=bolt,
            workshop=cast.sari.workshop,
            status=status,
            expert=who,
            opened_at=now(),
            decided_at=now() - timedelta(days=days),
        )
    visit = visit_plan(mentoring=row, on=today() - WEEK, minutes=90)
    visit_hold(visit=visit, minutes=100, done="pahat diasah")
    found = outcomes_of([row])[row.pk]
    assert (found.approved, found.refused, found.by_expert) == (2, 1, 1)
    with django_assert_max_num_queries(7):
        reports = expert_reports(mentorings_seen(user_roles(cast.officer)), None)
    assert [(one.expert, one.visits, one.minutes, one.approved) for one in reports] == [(expert, 1, 100, 2)]
    assert (reports[0].trials_approved, reports[0].trials_refused) == (2, 1)
    assert expert_reports(mentorings_seen(user_roles(cast.rudi.user)), {cast.other_cooperative.pk}) == []


def test_years_in_multinational_firms_are_some_of_all(cast, expert):
    with pytest.raises(Refused) as refused:
        expert_correct(expert=expert, multinational_years=23, by=cast.manager)
    assert refused.value.field == "multinational_years"
    assert expert_correct(expert=expert, years_experience=30, by=cast.manager).multinational_years == 15
    assert not MentoringVisit.objects.exists()
