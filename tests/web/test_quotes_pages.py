"""Incoming requests on pages: entered, matched, answered, quoted, sent, accepted by letter; and what each refuses."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from math import ceil

import pytest
from django.test import Client
from django.urls import reverse

from cast_orders import bracket_build
from standing import standing
from wadah.base.clock import monday, today
from wadah.catalogue.models import MaterialPrice
from wadah.catalogue.services import material_price_set
from wadah.demand.lines import LineAsked
from wadah.demand.models import Order, Quotation, Request
from wadah.demand.services import quotation_draft, request_receive
from wadah.plans.models import PlanRun
from wadah.plans.offers.asking import answer

pytestmark = pytest.mark.django_db


@standing
def bracket(cast):
    world = bracket_build(cast)
    material_price_set(
        cooperative=cast.cooperative,
        part=world.sheet,
        valid_from=date(2026, 1, 1),
        price_rupiah=400_000,
        source="nota toko (simulasi)",
    )
    world.buyer.cooperatives.add(cast.cooperative)
    return world


@pytest.fixture
def manager(cast, client):
    client.force_login(cast.manager)
    return client


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch):
    """What is tested mustn't hang on how busy the machine is."""
    monkeypatch.setattr("wadah.web.views.manager.quotes.answers.answer", partial(answer, seconds=60))


def in_english(user, address):
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def wanted(weeks=8):
    return today() + timedelta(weeks=weeks)


@pytest.fixture
def asked(cast, bracket):
    lines = [LineAsked("pelat braket", 400, wanted(), bracket.plate)]
    return request_receive(buyer=bracket.buyer, cooperative=cast.cooperative, channel="phone", lines=lines)


def posted(client, name, args, **facts):
    """Send the form of a page, with the key that its page carries."""
    page = client.get(reverse(name, args=args))
    key = page.content.decode().split('name="idempotency_key" value="')[1].split('"')[0]
    version = getattr(page.context and page.context.get("form"), "fields", {}).get("version")
    hidden = {"version": version.initial} if version is not None else {}
    return client.post(reverse(name, args=args), {**hidden, "idempotency_key": key, **facts})


def test_a_request_by_phone_is_entered_line_by_line(cast, bracket, manager):
    facts = {
        "buyer": bracket.buyer.pk,
        "cooperative": cast.cooperative.pk,
        "channel": "phone",
        "received_on": today().isoformat(),
        "text": f"Pelat braket 400 pcs, {wanted():%d/%m/%Y}\nkotak ajaib 5 buah",
        "wanted_on": wanted().isoformat(),
    }
    sent = posted(manager, "request_add", [], **facts)
    row = Request.objects.get()
    assert sent.url == reverse("request", args=[row.number])
    assert [(line.part, line.quantity) for line in row.lines.all()] == [(bracket.plate, 400), (None, 5)]
    assert "kotak ajaib" in manager.get(sent.url).content.decode()


def test_a_line_that_cannot_be_read_keeps_what_was_typed_and_writes_nothing(cast, bracket, manager):
    facts = {"buyer": bracket.buyer.pk, "cooperative": cast.cooperative.pk, "channel": "phone"}
    sent = posted(manager, "request_add", [], **facts, received_on=today().isoformat(), text="pelat braket secepatnya")
    assert sent.status_code == 400
    assert "pelat braket secepatnya" in sent.content.decode()
    assert not Request.objects.exists()


def test_the_part_of_a_line_is_chosen_from_the_likeliest_first(cast, bracket, manager):
    lines = [LineAsked("pelat bracket", 10, wanted())]
    row = request_receive(buyer=bracket.buyer, cooperative=cast.cooperative, channel="text", lines=lines)
    page = manager.get(reverse("request_match", args=[row.number, 1]))
    choices = page.context["form"].fields["part"].choices
    assert choices[1][0] == bracket.plate.pk
    posted(manager, "request_match", [row.number, 1], part=bracket.plate.pk)
    assert row.lines.get().part == bracket.plate


def test_the_answer_names_day_price_and_how_sure(asked, manager):
    page = manager.get(reverse("request_answer", args=[asked.number]))
    (way,) = page.context["ways"]
    assert way.badge == ""
    assert way.total > way.cost > 0
    assert page.context["run"] is None


def test_what_cannot_be_made_by_the_day_shows_ways_beside_each_other_and_what_stops_it(cast, bracket, manager):
    lines = [LineAsked("pelat", 60_000, monday(today()) + timedelta(days=17), bracket.plate)]
    row = request_receive(buyer=bracket.buyer, cooperative=cast.cooperative, channel="phone", lines=lines)
    page = manager.get(reverse("request_answer", args=[row.number]))
    assert [way.badge for way in page.context["ways"]] == ["short", "late"]
    (stop,) = page.context["stops"]
    assert stop.hours
    assert stop.mend
    assert stop.page == reverse("part", args=[bracket.plate.pk])
    assert "Bengkel Bu Tini" in page.content.decode()


def test_what_has_no_price_is_led_to_before_a_quotation_is_made(bracket, asked, manager):
    MaterialPrice.objects.all().delete()
    page = manager.get(reverse("request_answer", args=[asked.number])).content.decode()
    assert f'href="{reverse("material_price_add")}?barang={bracket.sheet.pk}"' in page
    assert reverse("request_quote", args=[asked.number]) not in page


def test_nobody_who_makes_it_is_said_with_the_way_out(cast, bracket, manager):
    lines = [LineAsked("baja", 10, wanted(), bracket.bracket)]
    from wadah.catalogue.models import Approval

    Approval.objects.filter(part=bracket.bush).delete()
    row = request_receive(buyer=bracket.buyer, cooperative=cast.cooperative, channel="phone", lines=lines)
    page = manager.get(reverse("request_answer", args=[row.number]))
    assert page.context["ways"] == []
    assert "Karet peredam" in page.content.decode()


def test_from_request_to_an_order_by_letter_in_four_steps(cast, bracket, asked, manager):
    key = manager.get(reverse("request_answer", args=[asked.number])).content.decode()
    key = key.split('name="idempotency_key" value="')[1].split('"')[0]
    sent = manager.post(reverse("request_quote", args=[asked.number]), {"idempotency_key": key})
    row = Quotation.objects.get()
    assert sent.url == reverse("quotation", args=[row.number])
    assert "Semua pada hari yang diminta" in manager.get(sent.url).content.decode()
    assert posted(manager, "quotation_post", [row.number]).status_code == 302
    page = manager.get(sent.url).content.decode()
    assert "https://wa.me/?text=" in page
    assert "All of it by the day wanted" in in_english(cast.buyer, f"/pembeli/penawaran/{row.number}/")
    letter = {"variant": "A", "letter_reference": "012/PO/XII", "letter_on": today().isoformat(), "answered_by": "Tn"}
    sent = posted(manager, "quotation_letter", [row.number], **letter)
    order = Order.objects.get()
    assert sent.url == reverse("order", args=[order.number])
    assert order.status == "planned"
    assert PlanRun.objects.get().status == "published"
    line = row.variants.get().lines.get()
    assert order.lines.get().price_rupiah_piece == line.price_rupiah_piece


def test_another_margin_prices_the_same_cost_anew(cast, asked, manager):
    key = manager.get(reverse("request_answer", args=[asked.number])).content.decode()
    key = key.split('name="idempotency_key" value="')[1].split('"')[0]
    manager.post(reverse("request_quote", args=[asked.number]), {"idempotency_key": key})
    row = Quotation.objects.get()
    before = row.variants.get().lines.get()
    sent = posted(
        manager,
        "quotation_edit",
        [row.number],
        margin_percent="50",
        valid_until=row.valid_until.isoformat(),
        reserves_hours="on",
        note="",
    )
    assert sent.status_code == 302
    after = row.variants.get().lines.get()
    cost = ceil(sum(part["rupiah"] for part in before.cost) / before.quantity)
    assert after.cost == before.cost
    assert after.price_rupiah_piece == ceil(cost * Decimal("1.5"))
    assert Quotation.objects.get().reserves_hours


def test_an_empty_quotation_is_not_sent(asked, manager):
    row = quotation_draft(request=asked)
    sent = posted(manager, "quotation_post", [row.number])
    assert sent.status_code == 400
    assert Quotation.objects.get().status == "draft"


def test_a_request_is_declined_with_a_reason_and_a_quotation_withdrawn_with_one(asked, manager):
    assert posted(manager, "request_refuse", [asked.number], reason="").status_code == 400
    assert posted(manager, "request_refuse", [asked.number], reason="mesin rusak").status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.answer) == ("declined", "mesin rusak")
