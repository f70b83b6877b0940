"""Offers on a phone, the members' answers, and mending the plan: what the pages say and do."""

from __future__ import annotations

import gzip
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cast_offers import next_week, offer_to, pieces, plan_rows
from cast_orders import may_make
from wadah.base.clock import JAKARTA, now, today
from wadah.base.idempotency import key_new
from wadah.plans.models import Commitment, PlanAnswer, PlanRun
from wadah.web.papers import sheet
from wadah.work.models import Disruption, Offer, Reminder, WorkOrder
from wadah.work.services.offering import offers_sync, package_offer
from wadah.work.services.offers import offer_decline, offer_take

pytestmark = pytest.mark.django_db

KB = 1024


@pytest.fixture
def tini(cast):
    client = Client()
    client.force_login(cast.tini.user)
    return client


@pytest.fixture
def manager(cast):
    client = Client()
    client.force_login(cast.manager)
    return client


@pytest.fixture
def offer(cast, bracket):
    return offer_to(cast, bracket.plate, cast.tini, 100)


def post(client, name, *args, key=None, **form):
    return client.post(reverse(name, args=args), {"idempotency_key": key or key_new(), **form})


def text(answer):
    return answer.content.decode()


def clock(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


# ---- a member's first page


def test_the_first_page_names_what_waits(cast, tini, offer):
    page = text(tini.get(reverse("beranda")))
    assert reverse("offer", args=[offer.number]) in page
    offer_take(offer=offer, pieces=pieces(100), by=cast.tini.user)
    page = text(tini.get(reverse("beranda")))
    assert reverse("work_order", args=[WorkOrder.objects.get().number]) in page
    assert len(re.findall("<article", page)) <= 3


def test_a_member_lands_on_it(cast, tini):
    assert tini.get("/").url == reverse("beranda")


# ---- one offer


def test_the_offer_says_what_it_pays_takes_and_needs(cast, tini, bracket, offer):
    page = text(tini.get(reverse("offer", args=[offer.number])))
    assert "Rp35.000" in page  # 100 × Rp350
    assert "Rp350" in page
    assert "18" in page  # kg of sheet: 100 × 0.18
    offer.refresh_from_db()
    assert offer.seen_at is not None
    assert "data-outbox" in page


def test_from_the_link_to_the_receipt_in_three_taps(cast, tini, offer):
    opened = tini.get(f"/t/{offer.number}/")  # tap 1: the link in the message
    page = text(tini.get(opened.url))
    button = re.search(r'<button name="pieces" value="(\d+)"', page)
    taken = post(tini, "offer_take", offer.number, pieces=button[1])  # tap 2: take all
    assert taken.url == reverse("offer_receipt", args=[offer.number])
    receipt = text(tini.get(taken.url))
    assert WorkOrder.objects.get().number in receipt
    assert Commitment.objects.get().pieces == 100


def test_pressing_twice_takes_once_and_shows_the_same_receipt(cast, tini, offer):
    key = key_new()
    answers = [post(tini, "offer_take", offer.number, key=key, pieces="100") for _ in range(5)]
    assert {answer.url for answer in answers} == {reverse("offer_receipt", args=[offer.number])}
    assert WorkOrder.objects.count() == 1
    assert Commitment.objects.get().pieces == 100


def test_too_many_is_said_on_the_page_and_nothing_changes(cast, tini, offer):
    answer = post(tini, "offer_take", offer.number, pieces="101")
    assert answer.status_code == 400
    assert 'role="alert"' in text(answer)
    assert "100" in text(answer)
    assert not Commitment.objects.exists()
    assert post(tini, "offer_take", offer.number, pieces="banyak").status_code == 400
    assert post(tini, "offer_take", offer.number, pieces="0").status_code == 400


def test_part_of_it(cast, tini, offer):
    post(tini, "offer_take", offer.number, pieces="60")
    page = text(tini.get(reverse("offer_receipt", args=[offer.number])))
    assert "60" in page
    assert "40" in page


def test_a_no_needs_a_reason_and_has_a_receipt(cast, tini, offer):
    assert post(tini, "offer_decline", offer.number).status_code == 400
    assert post(tini, "offer_decline", offer.number, reason="other").status_code == 400
    answer = post(tini, "offer_decline", offer.number, reason="ill", note="demam")
    assert "demam" in text(tini.get(answer.url))
    assert Offer.objects.get(pk=offer.pk).reason == "ill"


def test_an_answer_can_be_taken_back_from_its_receipt(cast, tini, offer):
    post(tini, "offer_take", offer.number, pieces="100")
    assert reverse("offer_undo", args=[offer.number]) in text(tini.get(reverse("offer_receipt", args=[offer.number])))
    answer = post(tini, "offer_undo", offer.number)
    assert answer.url == reverse("offer", args=[offer.number])
    assert not Commitment.objects.exists()
    assert "Rp35.000" in text(tini.get(answer.url))


def test_the_loser_reads_that_it_is_taken(cast, tini, bracket):
    may_make(bracket.plate, cast.sari)
    package = package_offer(
        cooperative=cast.cooperative,
        part=bracket.plate,
        week_start=next_week(),
        pieces=pieces(10),
        workshops=[cast.sari.workshop, cast.tini.workshop],
        by=cast.manager,
    )
    mine = package.offers.get(workshop=cast.tini.workshop)
    offer_take(offer=package.offers.get(workshop=cast.sari.workshop), pieces=pieces(10), by=cast.sari.user)
    answer = post(tini, "offer_take", mine.number, pieces="10")
    assert answer.status_code == 409
    assert "udah diambil" in text(answer)
    assert "udah diambil" in text(tini.get(reverse("offer", args=[mine.number])))


def test_hours_that_dont_hold_it_offer_what_fits(cast, tini, bracket):
    offer = offer_to(cast, bracket.plate, cast.tini, 100_000)
    page = text(tini.get(reverse("offer", args=[offer.number])))
    button = re.search(r'<button name="pieces" value="(\d+)"', page)
    assert 0 < int(button[1]) < 100_000
    assert post(tini, "offer_take", offer.number, pieces=button[1]).status_code == 302


def test_half_of_the_time_is_said(cast, tini, offer, monkeypatch):
    middle = offer.offered_at + (offer.answer_by - offer.offered_at) * 0.6
    clock(monkeypatch, middle)
    assert "Setengah" in text(tini.get(reverse("offer", args=[offer.number])))


def test_what_is_over_is_listed_with_what_became_of_it(cast, tini, offer):
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    page = text(tini.get(reverse("offers")))
    assert offer.number in page
    assert "Ambil" not in page
    Offer.objects.filter(pk=offer.pk).update(status="open", answer_by=now() - timedelta(hours=1), reason="")
    assert "hubungi pengelola" in text(tini.get(reverse("offer", args=[offer.number])))


def test_members_pages_are_light(cast, bracket):
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(cast.tini.user)
    offer = offer_to(cast, bracket.plate, cast.tini, 100)
    for address in ("beranda", "offers"):
        assert len(client.get(reverse(address)).content) < 12 * KB
    content = client.get(reverse("offer", args=[offer.number])).content
    assert len(content) < 12 * KB
    assert len(gzip.decompress(content)) < 40 * KB


# ---- the link


def test_the_short_link_carries_no_authority(cast, tini, manager, offer):
    link = f"/t/{offer.number}/"
    assert Client().get(link).url.startswith("/masuk/?next=%2Ft%2F")
    assert tini.get(link).url == reverse("offer", args=[offer.number])
    assert manager.get(link).url == reverse("answer", args=[offer.number])
    other = Client()
    other.force_login(cast.rudi.user)
    assert other.get(link).status_code == 404
    assert tini.get("/t/TW-1999-0001/").status_code == 404


# ---- the manager


def test_who_hasnt_answered_comes_first_and_files_hold_all(cast, manager, bracket, offer):
    plan_rows(cast, [(bracket.plate, cast.tini, 1, 100), (bracket.bush, cast.karim, 1, 50)])
    offers_sync(cooperative=cast.cooperative)
    other = Offer.objects.get(workshop=cast.karim.workshop)
    offer_decline(offer=other, reason="busy", by=cast.karim.user)
    page = text(manager.get(reverse("answers")))
    assert offer.number in page
    assert other.number not in page
    assert other.number in text(manager.get(reverse("answers") + "?jawaban=declined"))
    week = manager.get(reverse("answers") + f"?jawaban=semua&minggu={next_week().isoformat()}")
    assert offer.number in text(week)
    file = manager.get(reverse("answers") + "?jawaban=semua&unduh=csv")
    assert offer.number in file.content.decode("utf-8-sig")
    assert manager.get(reverse("answers") + "?unduh=xlsx").status_code == 200
    assert offer.number in text(manager.get(reverse("answers") + "?q=tini"))


def test_answering_for_a_member_leaves_a_slip(cast, manager, offer):
    wrong = post(manager, "answer_act", offer.number, "ambil", **{"ambil-pieces": "100"})
    assert wrong.status_code == 400
    answer = post(
        manager, "answer_act", offer.number, "ambil", **{"ambil-pieces": "100", "ambil-reason": "lewat telepon"}
    )
    slip = text(manager.get(answer.url))
    assert WorkOrder.objects.get().number in slip
    assert "Bu Ratna" in slip
    page = text(manager.get(reverse("answer", args=[offer.number])))
    assert "Bu Ratna" in page
    undone = post(manager, "answer_act", offer.number, "urungkan", **{"urungkan-reason": "salah tekan"})
    assert undone.status_code == 302
    no = post(manager, "answer_act", offer.number, "tolak", **{"tolak-reason": "ill", "tolak-note": "kata tetangga"})
    assert no.status_code == 302
    row = Offer.objects.get(pk=offer.pk)
    assert (row.status, row.on_behalf_of, row.answered_by) == ("declined", "Bu Tini", cast.manager)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_slip_is_a_paper_that_says_who_answered_for_whom(cast, manager, offer, language, monkeypatch):
    reason = "tanpa ponsel"
    offer_take(offer=offer, pieces=pieces(60), by=cast.manager, on_behalf_of="Bu Tini", reason=reason)
    page = text(manager.get(reverse("answer_receipt", args=[offer.number])))
    assert reverse("answer_slip", args=[offer.number]) in page
    set_in_type, told = sheet.compiled, []
    monkeypatch.setattr(
        sheet, "compiled", lambda template, data, **_more: told.append(data) or set_in_type(template, data)
    )
    paper = manager.get(reverse("answer_slip", args=[offer.number]) + f"?bahasa={language}")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert len(paper.content) <= 150 * KB
    (data,), order = told, WorkOrder.objects.get()
    assert (data["language"], data["number"], data["to"]["name"]) == (language, order.number, cast.tini.workshop.name)
    facts = [text for _label, text in data["facts"]]
    assert {offer.number, reason, "Rp21.000"} <= set(facts)
    assert [fact.split()[0] for fact in facts[1:3]] == ["60", "100"]
    assert "Bu Ratna" in data["intro"]
    assert "Bu Tini" in data["intro"]
    assert [one["name"] for one in data["signatures"]] == ["Bu Ratna", cast.tini.ikm.owner_name]
    check = reverse("paper_check", args=[order.number, order.check_code])
    assert data["check"].endswith(check)
    assert Client().get(check).status_code == 200


def test_only_a_yes_has_a_slip(cast, manager, offer):
    assert manager.get(reverse("answer_slip", args=[offer.number])).status_code == 404
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    page = text(manager.get(reverse("answer_receipt", args=[offer.number])))
    assert reverse("answer_slip", args=[offer.number]) not in page
    assert reverse("answer", args=[offer.number]) in page
    assert manager.get(reverse("answer_slip", args=[offer.number])).status_code == 404


def test_taking_an_offer_back_needs_a_reason(cast, manager, offer):
    assert post(manager, "answer_act", offer.number, "tarik").status_code == 400
    assert post(manager, "answer_act", offer.number, "tarik", **{"tarik-note": "salah"}).status_code == 302
    assert Offer.objects.get(pk=offer.pk).status == "withdrawn"


def test_a_reminder_is_one_tap_noted_and_filled_in(cast, manager, offer, monkeypatch):
    at = datetime.combine(today() + timedelta(days=1), datetime.min.time(), JAKARTA).replace(hour=9)
    Offer.objects.filter(pk=offer.pk).update(answer_by=at + timedelta(days=2))
    clock(monkeypatch, at)
    answer = post(manager, "answer_remind", offer.number, "wa")
    page = text(manager.get(answer.url))
    address = re.search(r'href="(https://wa\.me/62812[^"]+)"', page)[1]
    assert 'http-equiv="refresh"' not in page  # Back leads to this page and to the list, not out again
    assert reverse("answers") in page
    assert f"/t/{offer.number}/" in re.search(r'<p class="card">([^<]+)</p>', page)[1]
    message = address.split("text=")[1]
    assert offer.number in message
    assert Reminder.objects.get().channel == "wa"
    post(manager, "answer_remind", offer.number, "telepon")
    assert post(manager, "answer_remind", offer.number, "wa").status_code == 400
    assert Reminder.objects.count() == 2
    assert post(manager, "answer_remind", offer.number, "fax").status_code == 404


def test_the_message_stays_within_300_characters(cast, offer, rf):
    from wadah.web.views.manager.offers.words import reminder_text
    from wadah.work.selectors.offers import asking, member_of

    cast.cooperative.name = ("Koperasi " + "Serba Usaha " * 20)[:160]
    cast.cooperative.save()
    offer.package.part.name = "Braket " * 30
    offer.package.part.name = offer.package.part.name[:120]
    offer.package.part.save()
    row = Offer.objects.select_related("package__part", "package__cooperative", "workshop__ikm").get(pk=offer.pk)
    (asked,) = asking([row])
    message = reminder_text(rf.get("/"), asked, member_of(row))
    assert len(message) <= 300
    assert f"/t/{offer.number}/" in message


def test_work_is_offered_by_hand_in_two_steps(cast, manager, bracket):
    may_make(bracket.bush, cast.sari)
    address = reverse("package_new")
    assert manager.get(address).status_code == 200
    what = f"?koperasi={cast.cooperative.pk}&barang={bracket.bush.pk}&minggu={next_week().isoformat()}&jumlah=50"
    page = text(manager.get(address + what))
    assert "Bengkel Bu Sari" in page
    assert "Bengkel Bu Tini" not in page
    nobody = manager.post(address + what, {"idempotency_key": key_new()})
    assert nobody.status_code == 400
    shops = [cast.sari.workshop.pk, cast.karim.workshop.pk]
    made = manager.post(address + what, {"idempotency_key": key_new(), "workshops": shops})
    assert made.status_code == 302
    assert Offer.objects.filter(status="open", package__pieces=50).count() == 2
    assert manager.get(address + "?barang=0&jumlah=x").status_code == 400


def test_offering_to_others_settles_what_it_makes_up_for(cast, manager, bracket, offer):
    may_make(bracket.plate, cast.sari)
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    row = Disruption.objects.get()
    page = text(manager.get(reverse("mending", args=[cast.cooperative.pk])))
    address = re.search(r'href="([^"]+gangguan=\d+)"', page)[1].replace("&amp;", "&")
    manager.post(address, {"idempotency_key": key_new(), "workshops": [cast.sari.workshop.pk]})
    row.refresh_from_db()
    assert row.status == "dismissed"


# ---- what won't come


def test_nothing_missing_is_said(cast, manager):
    answer = manager.get(reverse("mending_start"))
    assert answer.url == reverse("mending", args=[cast.cooperative.pk])
    assert manager.get(answer.url).status_code == 200
    assert manager.get(reverse("disruptions")).status_code == 200


def test_asking_queues_and_the_page_waits(cast, manager, offer):
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    pk = cast.cooperative.pk
    post(manager, "mending_act", pk, "hitung")
    assert PlanAnswer.objects.get().is_working
    assert 'http-equiv="refresh"' in text(manager.get(reverse("mending", args=[pk])))
    assert post(manager, "mending_act", pk, "sembarang").status_code == 404


def test_what_it_comes_to_is_shown_before_it_is_applied(cast, manager, offer):
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    pk = cast.cooperative.pk
    post(manager, "mending_act", pk, "hitung")
    told = {
        "status": "plan",
        "seconds": 1.2,
        "before": 1_000_000.0,
        "after": 1_250_000.0,
        "orders": [["PO-2026-0001/1", 0, 0, 3, 10, 5, 4]],
        "lots": [["PLATE", "W-003", 1, 100.0, 0.0], ["PLATE", "W-001", 2, 0.0, 100.0]],
        "work": [["W-003", 10.0, 9.0], ["W-001", 3.0, 4.0]],
        "broken": ["PO-2026-0001/1"],
        "used_up": [1],
    }
    PlanAnswer.objects.update(result=told)
    page = text(manager.get(reverse("mending", args=[pk])))
    assert "Rp250.000" in page
    assert "PO-2026-0001/1" in page
    assert "Bengkel Bu Sari" in page
    assert "7 hari" in page
    assert reverse("mending_act", args=[pk, "terapkan"]) in page
    stale = post(manager, "mending_act", pk, "terapkan", tentang="x")
    assert stale.status_code == 409
    assert PlanRun.objects.filter(status="published").count() == 1
    PlanAnswer.objects.update(result={"status": "nothing", "seconds": 2.0, "used_up": []})
    assert reverse("mending_act", args=[pk, "terapkan"]) not in text(manager.get(reverse("mending", args=[pk])))


def test_leaving_as_it_is_needs_a_tick_and_a_reason(cast, manager, offer):
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    pk, row = cast.cooperative.pk, Disruption.objects.get()
    assert post(manager, "mending_act", pk, "biarkan", note="stok ada").status_code == 400
    assert post(manager, "mending_act", pk, "biarkan", gangguan=row.pk).status_code == 400
    assert post(manager, "mending_act", pk, "biarkan", gangguan=row.pk, note="stok ada").status_code == 302
    row.refresh_from_db()
    assert row.status == "dismissed"
    assert "Pelat" in text(manager.get(reverse("disruptions") + "?unduh=csv"))


def test_reporting_that_somebody_is_away(cast, manager, offer):
    pk = cast.cooperative.pk
    address = reverse("mending_report", args=[pk])
    assert manager.get(address).status_code == 200
    days = {"first_day": next_week().isoformat(), "last_day": next_week().isoformat()}
    facts = {"workshop": cast.tini.workshop.pk, "kind": "away", "note": "sakit", **days}
    assert manager.post(address, {"idempotency_key": key_new(), **facts}).status_code == 302
    assert Disruption.objects.get().kind == "away"
    nobody = {**facts, "workshop": cast.sari.workshop.pk}
    assert manager.post(address, {"idempotency_key": key_new(), **nobody}).status_code == 400


def test_closing_days_on_the_own_page_tells_the_manager(cast, tini, bracket):
    from wadah.plans.commitments.selectors import minutes_left

    hours = minutes_left(cast.tini.workshop, next_week())
    offer = offer_to(cast, bracket.plate, cast.tini, 2 * hours)
    offer_take(offer=offer, pieces=pieces(2 * hours), by=cast.tini.user)
    day = next_week().isoformat()
    post(tini, "ability_days", cast.tini.workshop.pk, hari=f"tutup:{day}:{day}")
    assert Disruption.objects.get().kind == "away"
    post(tini, "ability_days", cast.tini.workshop.pk, hari=f"buka:{day}:{day}")
    assert Disruption.objects.get().status == "dismissed"


def test_today_names_both(cast, manager, bracket, offer):
    assert reverse("answers") in text(manager.get(reverse("today")))
    offer_decline(offer=offer, reason="busy", by=cast.tini.user)
    assert reverse("mending_start") in text(manager.get(reverse("today")))


def test_publishing_on_the_page_offers_the_work(cast, manager, bracket):
    run = plan_rows(cast, [(bracket.plate, cast.tini, 1, 100)], status="draft")
    post(manager, "plan_act", run.pk, "terbitkan")
    assert Offer.objects.get().package.run == run
