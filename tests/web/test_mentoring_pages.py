"""Pages of mentoring: what a form refuses, what a member reads, and what stays with whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cast import JOINED
from wadah.base.clock import today
from wadah.programme.mentoring.services import expert_hours_set, mentoring_start, visit_hold, visit_plan
from wadah.programme.models import ExpertHours, Mentoring, MentoringVisit
from wadah.register.services import expert_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert(cast):
    row = expert_register(
        name="Pak Mulyono",
        skills=[cast.skills["turning"]],
        years_experience=22,
        multinational_years=15,
        cooperative=cast.cooperative,
    )
    expert_hours_set(expert=row, valid_from=JOINED, hours_week=4)
    return row


@pytest.fixture
def mentoring(cast, expert):
    return mentoring_start(
        expert=expert,
        workshop=cast.sari.workshop,
        cooperative=cast.cooperative,
        skill=cast.skills["turning"],
        purpose="Baut tanpa cacat",
        starts_on=today() - timedelta(days=30),
        ends_on=today() + timedelta(days=60),
    )


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, name, *args, **form):
    return client.post(reverse(name, args=args), {"idempotency_key": str(uuid4()), **form})


def test_a_refusal_is_shown_on_the_form_and_nothing_is_written(cast, expert, mentoring):
    manager = signed_in(cast.manager)
    day = (today() + timedelta(days=7)).isoformat()
    too_long = send(manager, "visit_add", mentoring.pk, on=day, minutes="300")
    assert too_long.status_code == 400
    assert "Pak Mulyono memberi 4 jam" in too_long.content.decode()
    silent = send(manager, "mentoring_end", mentoring.pk, outcome=" ")
    assert silent.status_code == 400
    wrong = send(
        manager,
        "mentoring_add",
        expert=expert.pk,
        workshop=cast.tini.workshop.pk,
        skill=cast.skills["rubber_compression"].pk,
        purpose="Karet",
        starts_on=day,
        ends_on=day,
    )
    assert wrong.status_code == 400
    assert (Mentoring.objects.count(), MentoringVisit.objects.count()) == (1, 0)


def test_a_member_reads_who_comes_and_when_and_a_neighbour_does_not(cast, mentoring):
    held = visit_plan(mentoring=mentoring, on=today() - timedelta(days=7), minutes=90)
    visit_hold(visit=held, minutes=100, done="pahat diasah")
    visit_plan(mentoring=mentoring, on=today() + timedelta(days=20), minutes=60)
    page = signed_in(cast.sari.user).get(reverse("my_mentor")).content.decode()
    for words in ("Pak Mulyono", "22 tahun", "15 tahun", "pahat diasah", "60 menit"):
        assert words in page
    assert "Pak Mulyono" not in signed_in(cast.tini.user).get(reverse("my_mentor")).content.decode()
    assert "Pak Mulyono" not in signed_in(cast.sari.user).get(reverse("beranda")).content.decode()  # not soon


def test_an_officer_reads_everything_and_writes_hours_of_the_citys_experts_alone(cast, expert, mentoring):
    officer = signed_in(cast.officer)
    assert "Pak Mulyono" in officer.get(reverse("mentorings")).content.decode()
    assert officer.get(reverse("mentoring", args=[mentoring.pk])).status_code == 200
    assert officer.get(reverse("visit_add", args=[mentoring.pk])).status_code == 404
    assert officer.get(reverse("expert_hours", args=[expert.pk])).status_code == 404
    city = expert_register(name="Bu Rahma", skills=[cast.skills["turning"]])
    sent = send(officer, "expert_hours", city.pk, valid_from=today().isoformat(), hours_week="3")
    assert sent.status_code == 302
    assert ExpertHours.objects.get(expert=city).hours_week == 3


def test_the_list_is_a_file_too_and_names_what_came_of_it(cast, mentoring):
    manager = signed_in(cast.manager)
    send(manager, "mentoring_end", mentoring.pk, outcome="Lot uji lulus")
    rows = manager.get(reverse("mentorings"), {"unduh": "csv"}).content.decode("utf-8-sig").splitlines()
    assert "Lot uji lulus" in rows[1]
    assert "Koperasi Maju Bersama" in rows[1]
    page = manager.get(reverse("mentoring", args=[mentoring.pk])).content.decode()
    assert "Lot uji lulus" in page
    assert reverse("visit_add", args=[mentoring.pk]) not in page


def test_nobody_fits_says_so(cast, expert):
    page = signed_in(cast.manager).get(
        reverse("mentoring_find"),
        {"bengkel": cast.sari.workshop.pk, "proses": cast.skills["rubber_compression"].pk},
    )
    assert "Belum ada yang terdaftar" in page.content.decode()
