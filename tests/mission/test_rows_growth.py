"""Rows 6 and 11 of the mission, through real pages: experts of the city at work, and how many groups are missing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from batik_world import EMPLOYEES, PUPILS, batik_build
from cast import MONDAY
from growth_world import answer_kept, curve
from wadah.base.clock import today
from wadah.base.jobs import jobs_run_waiting
from wadah.base.models import Job
from wadah.catalogue.models import Part
from wadah.catalogue.services import rate_set
from wadah.programme.growth.job import JOB
from wadah.programme.models import GrowthRun, Mentoring, MentoringVisit
from wadah.register.models import Expert
from wadah.units import number_text
from wadah.work.services.handing_over import hand_over
from wadah.work.services.inspection import inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.trials import element_set, trial_open, trial_order

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(answer):
    """What a page says, without its marks."""
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def send(client, address, **form):
    answer = client.post(address, {"idempotency_key": str(uuid4()), **form})
    assert answer.status_code == 302, re.findall(r'class="errorlist.*?</ul>', answer.content.decode(), re.DOTALL)
    return answer["Location"]


# ---- row 6: experts who worked for multinational car makers


def test_row_06_an_expert_is_found_taught_by_and_counted(cast):
    manager, member, officer = map(signed_in, (cast.manager, cast.sari.user, cast.officer))
    turning = cast.skills["turning"]
    cast.sari.workshop.area = cast.kelurahan
    cast.sari.workshop.save()
    send(
        manager,
        reverse("expert_add"),
        name="Pak Mulyono",
        skills=[turning.pk],
        years_experience="22",
        multinational_years="15",
        background="bubut di pabrik mobil",
        area=cast.kelurahan.pk,
        cooperative=cast.cooperative.pk,
    )
    expert = Expert.objects.get()
    send(manager, reverse("expert_hours", args=[expert.pk]), valid_from="2026-01-05", hours_week="6")
    found = text_of(manager.get(reverse("mentoring_find"), {"bengkel": cast.sari.workshop.pk, "proses": turning.pk}))
    assert "Pak Mulyono" in found
    assert " 22 " in found
    assert " 15 " in found
    page = send(
        manager,
        reverse("mentoring_add"),
        expert=expert.pk,
        workshop=cast.sari.workshop.pk,
        skill=turning.pk,
        purpose="Baut lulus lot uji",
        starts_on=today().isoformat(),
        ends_on=(today() + timedelta(days=90)).isoformat(),
    )
    row = Mentoring.objects.get()
    send(manager, reverse("visit_add", args=[row.pk]), on=today().isoformat(), minutes="120")
    home, own = text_of(member.get(reverse("beranda"))), text_of(member.get(reverse("my_mentor")))
    assert "Pak Mulyono" in home
    assert "Baut lulus lot uji" in own
    assert "120" in own
    visit = MentoringVisit.objects.get()
    send(manager, reverse("visit_held", args=[visit.pk]), minutes="150", done="pahat diasah")
    assert "pahat diasah" in text_of(member.get(reverse("my_mentor")))
    trial = trial_passed(cast, turning)
    send(
        manager,
        reverse("trial_pass", args=[trial.number]),
        valid_from=today().isoformat(),
        valid_until="",
        expert=expert.pk,
        reason="",
    )
    send(manager, reverse("mentoring_end", args=[row.pk]), outcome="Lot uji lulus")
    shown = text_of(officer.get(page))
    assert "Lot uji lulus" in shown
    assert "0% dari 50 potong" in shown  # the trial lot, all of it good
    report = officer.get(reverse("mentoring_report"), {"unduh": "csv"}).content.decode("utf-8-sig").splitlines()
    assert report[1].split(";") == ["Pak Mulyono", "22", "15", "1", "1", "2,5", "0", "0", "50", "0", "1", "1", "0"]
    assert officer.get(reverse("mentoring_report"), {"unduh": "xlsx"}).content[:2] == b"PK"


def trial_passed(cast, skill):
    """A trial lot of bolts that was made and passed, with its elements accepted, waiting to be decided."""
    bolt = Part.objects.create(code="BAUT-M8", name="Baut M8", subsector=cast.subsector, skill=skill)
    rate_set(part=bolt, workshop=cast.sari.workshop, valid_from=MONDAY, minutes_per_piece=2, pay_rupiah_piece=800)
    trial = trial_open(cooperative=cast.cooperative, part=bolt, workshop=cast.sari.workshop, level=1, by=cast.manager)
    order = trial_order(trial=trial, pieces=Decimal(50), week_start=today(), by=cast.manager)
    inspection = inspection_open(lot=hand_over(work_order=order, pieces=Decimal(50), by=cast.manager), by=cast.manager)
    while (standing := inspection_standing(inspection)).lot_accepted is None:
        tranche_add(inspection=inspection, checked=standing.next_pieces, defects={}, by=cast.manager)
    inspection_close(inspection=inspection, steady=True, by=cast.manager)
    for number in (13, 18):
        element_set(trial=trial, number=number, status="accepted", by=cast.manager)
    return trial


def test_row_06_another_cooperative_sees_nothing_of_it(cast):
    test_row_06_an_expert_is_found_taught_by_and_counted(cast)
    assert "Pak Mulyono" not in text_of(signed_in(cast.rudi.user).get(reverse("my_mentor")))


# ---- row 11: only six groups now, and their output is small


def test_row_11_the_officer_asks_how_many_groups_more_and_planning_answers(cast):
    batik_build(cast)
    officer = signed_in(cast.officer)
    page = send(
        officer,
        reverse("growth"),
        cooperative=cast.cooperative.pk,
        start_on="2027-01-01",
        by_month="12",
        groups_a_month="2",
        target_percent="100",
        ramp=curve().pk,
        seconds_each="1",
        areas=[cast.kelurahan.pk],
    )
    assert 'http-equiv="refresh"' in officer.get(page).content.decode()
    Job.objects.exclude(name=JOB).update(status="stopped")
    jobs_run_waiting()
    run = GrowthRun.objects.get()
    assert run.status == "done", run.why
    found = run.result["scopes"]["all"]
    shown = text_of(officer.get(page))
    values = (found["fewest"], found["enough"])
    assert (f"{values[0]} sampai {values[1]}" if values[0] < values[1] else f"Tepat {values[1]}") in shown
    assert "tidak perlu kelompok tambahan" in shown  # the obligation, told apart
    for number in (EMPLOYEES, PUPILS, EMPLOYEES + PUPILS):
        assert number_text(number) in shown
    assert "Mengecap malam" in shown
    assert "Mencelup" in shown
    assert cast.kelurahan.name_spaced in shown
    for source in ("Bisnis.com, 31 Agustus 2014", "sepuluh kain seminggu saat kering", "asumsi uji"):
        assert source in shown
    assert f"{4 * values[1]} perajin" in shown or f"{4 * values[0]} sampai {4 * values[1]} perajin" in shown
    rows = officer.get(page, {"unduh": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + run.points.count()
    assert officer.get(page, {"unduh": "xlsx"}).content[:2] == b"PK"
    assert signed_in(cast.manager).get(page).status_code == 200
    assert signed_in(cast.sari.user).get(page).status_code == 404


def test_row_11_a_figure_is_changed_with_its_source_and_old_answers_keep_theirs(cast):
    run = answer_kept(cast.cooperative, start_on=date(2027, 1, 1), target=Decimal(1))
    officer, page = signed_in(cast.officer), reverse("growth_run", args=[run.pk])
    before = text_of(officer.get(page))
    assert "Rp15.000.000" in before
    send(
        officer,
        reverse("growth_figure_add"),
        kind="training",
        value="99000000",
        valid_from="2026-12-01",
        confidence="published",
        source="Surat penawaran balai batik",
    )
    assert "Surat penawaran balai batik" in text_of(officer.get(reverse("growth_figures")))
    after = text_of(officer.get(page))
    assert after.count("Rp15.000.000") == before.count("Rp15.000.000")
    assert "Surat penawaran" not in after
