"""Rows 14 to 17 of what the city asks for: room for communities, experiments without fear, support, what came of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cast_forum import at
from wadah.base.clock import today
from wadah.catalogue.models import Approval
from wadah.forum.models import Booking, Community, Experiment, Graduation, Idea, Resource, Support
from wadah.forum.selectors.figures import forum_figures
from wadah.plans.capabilities import capability_rows
from wadah.plans.rules import Horizon
from wadah.register.models import Workshop, WorkshopSkill
from wadah.work.models import Inspection, InspectionPlan, Lot, Trial, WorkOrder
from wadah.work.services.handing_over import hand_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_pages():
    """Somebody at the pages: `sari = at_pages(user)`; sari("address", arguments…, field=value) sends a form and follows
    where it leads, sari.sees("address", …) reads."""
    return Visitor


class Visitor:
    def __init__(self, user=None):
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def __call__(self, address, /, *arguments, **form):
        sent = {"idempotency_key": str(uuid4()), **form}
        answer = self.client.post(reverse(address, args=arguments), sent)
        assert answer.status_code == 302, answer.content.decode()[-1500:]
        return self.client.get(answer["Location"]).content.decode()

    def sees(self, address, /, *arguments, query=""):
        answer = self.client.get(reverse(address, args=arguments) + query)
        assert answer.status_code == 200
        return answer.content.decode()


def community_of(visitor, name="Robot Kecil", **more):
    visitor("community_add", name=name, about="Merakit robot", interests="robot, karet", **more)
    return Community.objects.get(name=name)


def experiment_of(visitor, community, result, lesson, question="Bisakah sisa karet jadi gantungan?"):
    form = {"question": question, "method": "Sepuluh kali", "begun_on": today().isoformat(), "cost_rupiah": "75rb"}
    visitor("experiment_add", community=community.pk, **form)
    row = Experiment.objects.latest("pk")
    took = {"cost_rupiah": "75.000", "work_minutes": "4"}
    visitor("experiment_result", row.number, result=result, lesson=lesson, on=today().isoformat(), **took)
    return row


def test_row_14_there_is_room_for_every_community_to_create(cast, at_pages):
    """A register of communities, and city rooms and shared tools that can be booked, each hour once."""
    sari, rudi, anybody = at_pages(cast.sari.user), at_pages(cast.rudi.user), at_pages()
    community = community_of(sari, area=cast.kelurahan.pk)
    assert "robot" in anybody.sees("community", community.slug)
    rudi("community_join", community.slug)
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "8-20")
    at_pages(cast.officer)("resource_add", kind="room", name="Ruang kota", place="Lantai 2", capacity="20", **week)
    sari("resource_add", kind="tool", name="Bor duduk", place="Garasi", owner=community.pk, **week)
    room = Resource.objects.get(kind="room")
    assert {"Ruang kota", "Bor duduk"} <= set(anybody.sees("resources").replace("<", ">").split(">"))
    day = at(2, 0).date().isoformat()
    sari("booking_add", room.pk, day=day, start="09:00", end="11:00", purpose="Merakit", community=community.pk)
    lost = rudi.client.post(
        reverse("booking_add", args=[room.pk]),
        {"idempotency_key": "x", "day": day, "start": "10:00", "end": "12:00", "purpose": "Lain"},
    )
    assert lost.status_code == 400
    assert "sudah dipesan" in lost.content.decode()
    assert Booking.objects.count() == 1
    assert "09.00–11.00 Robot Kecil" in anybody.sees("resource", room.pk, query=f"?minggu={day}")


def test_row_15_failure_is_an_honourable_result_that_everybody_finds(cast, at_pages):
    """Ideas and experiments with method, cost, result and lesson; failed ones are searched and hung up like others, and
    whoever failed is offered and paid as before (tests/forum/test_unseen.py)."""
    sari, anybody = at_pages(cast.sari.user), at_pages()
    community = community_of(sari)
    sari("idea_add", title="Gantungan dari sisa karet", text="Sisa karet masih bagus", community=community.pk)
    at_pages(cast.rudi.user)("idea_voice", Idea.objects.get().pk, "ikut")
    lesson = "Lem panas lepas karena karet berminyak."
    failed = experiment_of(sari, community, "failed", lesson)
    page = anybody.sees("experiments", query="?q=LEMPANAS lepas")
    assert failed.question in page
    assert "Rp75.000" in anybody.sees("experiment", failed.number)
    poster = anybody.client.get(reverse("experiment_poster", args=[failed.number]))
    assert poster["Content-Type"] == "application/pdf"
    offer = {"product": "x", "cooperative": cast.cooperative.pk, "idempotency_key": "y"}
    assert sari.client.post(reverse("graduation_add", args=[failed.number]), offer).status_code == 400


def test_row_15_a_success_becomes_a_trial_product_a_trial_lot_and_a_capability(cast, at_pages):
    sari, ratna = at_pages(cast.sari.user), at_pages(cast.manager)
    worked = experiment_of(sari, community_of(sari), "worked", "Tekan lima menit.")
    sari("graduation_add", worked.number, product="Gantungan", cooperative=cast.cooperative.pk)
    way, skill = Graduation.objects.get(), cast.skills["rubber_compression"]
    ratna("graduation_take", way.number, workshop=cast.sari.workshop.pk, skill=skill.pk)
    assert WorkshopSkill.objects.get(workshop=cast.sari.workshop, skill=skill).claim == "claimed"
    ratna("graduation_trial", way.number, code="GANTUNGAN", subsector=cast.subsector.pk)
    trial = Trial.objects.get()
    lot_passes(cast, ratna, trial)
    for element in (13, 18):
        ratna("trial_element", trial.number, element, status="accepted", note="")
    until = (today() + timedelta(days=300)).isoformat()
    ratna("trial_pass", trial.number, valid_from=today().isoformat(), valid_until=until, reason="")
    assert Approval.objects.get(part=trial.part).status == "approved"
    assert WorkshopSkill.objects.get(workshop=cast.sari.workshop, skill=skill).claim == "verified"
    assert "Masuk daftar kemampuan" in at_pages().sees("experiment", worked.number)
    ratna("rate_add", part=trial.part.pk, workshop=cast.sari.workshop.pk, valid_from=today().isoformat(), **RATE)
    start = Horizon(today() - timedelta(days=today().weekday()), 4)
    rows = capability_rows({trial.part.code: trial.part}, Workshop.objects.all(), start)
    assert {row.workshop for row in rows} == {cast.sari.workshop.code}


RATE = {
    "minutes_per_piece": "3",
    "pay_rupiah_piece": "500",
    "yield_rate": "100",
    "material_by": "cooperative",
    **dict.fromkeys(("material_rupiah_piece", "transport_rupiah_piece", "transport_rupiah_trip"), "0"),
    **dict.fromkeys(("setup_minutes", "setup_pay_rupiah", "lot_quantity_min"), "0"),
}


def lot_passes(cast, ratna, trial):
    """The trial lot ordered, brought by Bu Sari, inspected by a plan of five pieces."""
    plan = InspectionPlan.objects.create(cooperative=cast.cooperative, part=trial.part, valid_from=today())
    plan.defect_rules.create(defect_class="major", method="user", n=5, ac=0, re=1)
    ratna("trial_lot", trial.number, pieces="20", week_start=today().isoformat())
    hand_over(work_order=WorkOrder.objects.get(), pieces=Decimal(20), by=cast.sari.user)
    ratna("inspection_begin", Lot.objects.get().number)
    inspection = Inspection.objects.get()
    ratna("inspection", inspection.number, checked="5", major="0")
    ratna("inspection_end", inspection.number)


def test_row_16_hobbyists_are_supported_and_what_came_of_it_is_told(cast, at_pages):
    """Training, mentoring, a tool, a small grant: asked for, decided with reasons, delivered, and what came of it."""
    sari, hadi = at_pages(cast.sari.user), at_pages(cast.officer)
    community = community_of(sari)
    for kind, more in (("training", {"people": "8"}), ("mentoring", {}), ("tool", {}), ("grant", RUPIAH)):
        sari("support_add", kind=kind, what=f"Perlu {kind}", community=community.pk, **more)
    desk = hadi.sees("support_desk")
    for row in Support.objects.all():
        assert row.number in desk
        verdict = "tidak" if row.kind == "tool" else "ya"
        assert "Alasan begini" in hadi("support_decide", row.number, granted=verdict, reason="Alasan begini")
    for row in Support.objects.filter(status="granted"):
        hadi("support_deliver", row.number, on=today().isoformat(), note="Sudah", trained="8")
        sari("support_outcome", row.number, outcome=f"Hasil {row.kind}")
        assert f"Hasil {row.kind}" in hadi.sees("support", row.number)
    assert dict(Support.objects.values_list("kind", "status")) == {
        "training": "told",
        "mentoring": "told",
        "tool": "refused",
        "grant": "told",
    }


RUPIAH = {"asked_rupiah": "1,5 jt"}


def test_row_17_the_forum_shows_in_figures_what_it_does_and_what_graduated(cast, at_pages):
    sari, anybody = at_pages(cast.sari.user), at_pages()
    community = community_of(sari)
    experiment_of(sari, community, "failed", "Karet berminyak.")
    worked = experiment_of(sari, community, "worked", "Tekan lima menit.", "Bisakah ditekan?")
    sari("graduation_add", worked.number, product="Gantungan", cooperative=cast.cooperative.pk)
    figures = forum_figures(today().replace(month=1, day=1), today())
    assert (figures.experiments_begun, figures.lessons) == (2, {"worked": 1, "failed": 1})
    assert (figures.communities_active, figures.graduations["asked"], figures.graduations["capability"]) == (1, 1, 0)
    taken = anybody.client.get(reverse("forum_figures") + "?unduh=csv").content.decode("utf-8-sig")
    lines = dict(line.split(";")[:2] for line in taken.splitlines())
    assert (lines["Percobaan dimulai"], lines["Hasil: gagal, dengan pelajaran"]) == ("2", "1")
    assert (lines["Ditawarkan ke koperasi"], lines["Masuk daftar kemampuan"]) == ("1", "0")
    assert lines["Anggota komunitas, pada akhirnya"] == "kurang dari 5"  # a small cell is hidden in public
