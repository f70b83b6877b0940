"""Rows 3, 11 and 16 of the mission, through real pages: floor as a limit, which investment closes most of the gap, and
what came of support."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cast import MONDAY
from cast_ledger import Making
from cast_programme import scarce, three_proposals  # noqa: F401 (scarce is a fixture)
from wadah.base.clock import JAKARTA, monday, today
from wadah.base.jobs import jobs_run_waiting
from wadah.programme.models import Intervention, Study, StudyItem
from wadah.units import rupiah_text
from wadah.work.models import LotMove

pytestmark = pytest.mark.django_db
TYPES = {"machine": "mesin", "training": "pelatihan", "new_group": "kelompok baru"}


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer)
    return client


def post(client, name, /, *args, **form):
    answer = client.post(reverse(name, args=args), {"idempotency_key": uuid4().hex, **form}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def asked(client, cast, **limits):
    """The officer asks on the page of the programme; the answer's page, and the study behind it."""
    form = {"cooperative": cast.cooperative.pk, "weeks": "12", "time_limit_seconds": "20", "least_areas": "0"}
    post(client, "programme", **form, **limits)
    jobs_run_waiting()
    study = Study.objects.order_by("-pk").first()
    return client.get(reverse("study", args=[study.pk])).content.decode(), study


def chosen_of(study):
    return set(StudyItem.objects.filter(study=study, chosen=True).values_list("intervention__kind", flat=True))


def test_row_03_floor_limits_what_support_is_chosen_and_the_stated_land_stands_apart(officer, cast, bracket, scarce):  # noqa: F811
    three_proposals(cast, bracket, scarce)
    Intervention.objects.filter(kind="training").update(dropped_at=datetime.now(JAKARTA))
    shown, none = asked(officer, cast, budget_rupiah="500 jt", floor_m2="5")  # a machine takes 6 m², a group 60
    assert chosen_of(none) == set()
    shown, some = asked(officer, cast, budget_rupiah="500 jt", floor_m2="6")
    assert chosen_of(some) == {"machine"}
    assert "6 dari 6 m²" in shown
    front = officer.get(reverse("programme")).content.decode()
    assert "7%" in front.replace("7 %", "7%")
    assert "31 Agustus 2014" in front


def test_row_11_the_page_says_which_investment_closes_most_of_the_gap(officer, cast, bracket, scarce):  # noqa: F811
    skills = officer.get(reverse("bottlenecks")).content.decode()
    assert skills.index("Karet peredam") > 0
    post(officer, "bottlenecks_propose", scarce.bottlenecks.pk, part="BUSH")
    assert Intervention.objects.filter(proposed_from=scarce.run).exists()
    shown, study = asked(officer, cast, budget_rupiah="45 jt", floor_m2="10")
    before, after = study.shown["before"], study.shown["after"]
    assert after["on_time"] > before["on_time"]
    for kind in chosen_of(study):
        assert TYPES[kind] in shown
    assert rupiah_text(round(study.gain_rupiah)) in shown  # planned again
    assert rupiah_text(round(study.promised_rupiah)) in shown  # what the prices alone promised


def test_row_16_support_is_decided_begun_and_what_came_of_it_is_counted(officer, cast, bracket, scarce):  # noqa: F811
    three_proposals(cast, bracket, scarce)
    _shown, study = asked(officer, cast, budget_rupiah="10 jt", floor_m2="0")
    assert chosen_of(study) == {"training"}
    Study.objects.filter(pk=study.pk).update(start_on=MONDAY - timedelta(weeks=8))
    post(officer, "study_adopt", study.pk)
    item = StudyItem.objects.get(study=study, chosen=True)
    begun = monday(today()) - timedelta(weeks=2)
    post(officer, "study_item_begin", item.pk, on=begun.isoformat())
    lot = Making(cast, bracket.bush).accepted(cast.sari, 60, minutes_per_piece=12)  # Bu Sari moulds her first rubber
    LotMove.objects.filter(lot=lot).update(at=datetime.combine(begun + timedelta(days=8), time(9), JAKARTA))
    shown = officer.get(reverse("study_item", args=[item.pk])).content.decode()
    assert "datang 12 jam" in shown  # 60 pieces of twelve minutes
    assert item.intervention.name in officer.get(reverse("programme")).content.decode()
