"""From the hub to the buyer's signature through the pages: pack, leave, sign, complain, answer."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from cast import cast_build
from cast_shipping import accepted_lot, shipping_build
from wadah.work.models import Claim, Lot, Shipment
from wadah.work.selectors.shipping import shipping_paper_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return shipping_build(cast_build())


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def press(client, name, arguments, number=[0], **form):  # noqa: B006 (counts the keys)
    number[0] += 1
    return client.post(reverse(name, args=arguments), {"idempotency_key": f"key-{number[0]}", **form}, follow=True)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def packed(world, pieces=100):
    """The manager packs a lot through the pages; the shipment."""
    accepted_lot(world, pieces)
    manager = client_of(world.cast.manager)
    press(manager, "shipment_add", [world.order.number])
    shipment = Shipment.objects.get()
    press(manager, "shipment_pack_all", [shipment.number], box="2")
    return manager, shipment


def left(world, pieces=100):
    manager, shipment = packed(world, pieces)
    press(manager, "shipment_leave", [shipment.number], driver="Pak Udin", vehicle="B 1234 KCD")
    return manager, shipment


def test_ready_pieces_are_named_packed_and_leave(world):
    manager, shipment = packed(world)
    page = text(manager.get(reverse("shipment", args=[shipment.number])))
    assert "100" in page
    assert world.bolt.name in page
    answer = press(manager, "shipment_leave", [shipment.number], driver="Pak Udin", vehicle="B 1234 KCD")
    assert "Pak Udin" in text(answer)
    shipment.refresh_from_db()
    assert shipment.status == "sent"
    assert Lot.objects.get().shipped == 100


def test_the_list_says_what_could_leave_today(world):
    accepted_lot(world, 30)
    page = text(client_of(world.cast.manager).get(reverse("shipments")))
    assert f"{world.order.number}/1" in page


def test_one_lot_goes_into_one_box_and_comes_out_again(world):
    lot = accepted_lot(world, 50)
    manager = client_of(world.cast.manager)
    press(manager, "shipment_add", [world.order.number])
    shipment = Shipment.objects.get()
    choice = f"{world.line.pk}:{lot.pk}"
    press(manager, "shipment_pack", [shipment.number], lot=choice, pieces="12", box="3")
    row = shipment.lines.get()
    assert (row.pieces, row.box) == (12, 3)
    refused = press(manager, "shipment_pack", [shipment.number], lot=choice, pieces="1.000", box="3")
    assert refused.status_code == 400
    assert shipment.lines.get().pieces == 12
    press(manager, "shipment_take_out", [shipment.number, row.pk])
    assert not shipment.lines.exists()
    assert Lot.objects.get().accepted == 50


@pytest.mark.parametrize("typed", ["", "abc", "-5", "0"])
def test_what_is_no_number_of_pieces_is_refused_in_words(world, typed):
    lot = accepted_lot(world, 50)
    manager = client_of(world.cast.manager)
    press(manager, "shipment_add", [world.order.number])
    answer = press(
        manager, "shipment_pack", [Shipment.objects.get().number], lot=f"{world.line.pk}:{lot.pk}", pieces=typed, box=""
    )
    assert answer.status_code == 400
    assert not Shipment.objects.get().lines.exists()


def test_the_buyer_sees_nothing_before_it_has_left_and_signs_on_the_phone(world):
    _manager, shipment = packed(world)
    buyer = client_of(world.cast.buyer)
    assert buyer.get(reverse("shipment", args=[shipment.number])).status_code == 404
    press(client_of(world.cast.manager), "shipment_leave", [shipment.number])
    line = shipment.lines.get()
    answer = press(
        buyer,
        "shipment_sign",
        [shipment.number],
        received_by="Mr Tanaka",
        **{f"tolak-{line.pk}": "4", f"kurang-{line.pk}": "1"},
    )
    assert "BAST-" in text(answer)
    line.refresh_from_db()
    assert (line.received, line.refused, line.missing) == (95, 4, 1)
    assert shipment.receipt is not None
    assert Shipment.objects.get().receipt.on_behalf_of == ""


def test_more_refused_than_sent_is_shown_on_the_form_with_what_was_typed(world):
    manager, shipment = left(world)
    line = shipment.lines.get()
    answer = press(manager, "shipment_sign", [shipment.number], received_by="Mr Tanaka", **{f"tolak-{line.pk}": "101"})
    assert answer.status_code == 400
    assert 'value="101"' in answer.content.decode()
    assert Shipment.objects.get().status == "sent"


def test_a_manager_who_signs_for_the_buyer_is_told_so_and_the_receipt_says_it(world):
    manager, shipment = left(world)
    assert world.order.buyer.name in text(manager.get(reverse("shipment_sign", args=[shipment.number])))
    press(manager, "shipment_sign", [shipment.number], received_by="Pak Budi")
    assert Shipment.objects.get().receipt.on_behalf_of == world.order.buyer.name


def test_pressing_twice_signs_once(world):
    manager, shipment = left(world)
    form = {"idempotency_key": "twice", "received_by": "Pak Budi"}
    first, second = (manager.post(reverse("shipment_sign", args=[shipment.number]), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


def test_a_complaint_is_answered_and_the_pieces_find_their_lot(world):
    manager, shipment = left(world)
    press(manager, "shipment_sign", [shipment.number], received_by="Pak Budi")
    buyer, line = client_of(world.cast.buyer), shipment.lines.get()
    answer = press(buyer, "complaint_add", [shipment.number, line.pk], kind="defect", pieces="10", note="thread torn")
    claim = Claim.objects.get()
    assert claim.number in text(answer)
    press(manager, "complaint_answer", [claim.number], decision="replace", answer="Kami buat lagi.")
    assert "Kami buat lagi." in text(buyer.get(reverse("complaint", args=[claim.number])))
    press(manager, "complaint_back", [claim.number], pieces="10")
    press(manager, "complaint_end", [claim.number])
    claim.refresh_from_db()
    assert (claim.status, claim.returned) == ("settled", 10)
    assert Lot.objects.get().rejected == 10
    world.line.refresh_from_db()
    assert world.line.outstanding == 10


def test_the_buyer_sees_where_every_piece_is(world):
    _manager, shipment = left(world, 60)
    accepted_lot(world, 15)
    page = text(client_of(world.cast.buyer).get(reverse("order_where", args=[world.order.number])))
    assert shipment.number in page
    for figure in ("100", "60", "15", "40"):
        assert figure in page


@pytest.mark.parametrize("name", ["shipment_note", "shipment_labels"])
@pytest.mark.parametrize("words", ["id", "en"])
def test_papers_are_small_and_there_in_both_languages(world, name, words):
    manager, shipment = left(world)
    answer = manager.get(reverse(name, args=[shipment.number]) + f"?bahasa={words}")
    assert answer["Content-Type"] == "application/pdf"
    assert 1_000 < len(answer.content) <= 150 * 1024


def test_the_receipt_is_a_paper_that_can_be_checked(world):
    manager, shipment = left(world)
    assert manager.get(reverse("shipment_receipt", args=[shipment.number])).status_code == 404
    press(manager, "shipment_sign", [shipment.number], received_by="Pak Budi")
    assert manager.get(reverse("shipment_receipt", args=[shipment.number])).content.startswith(b"%PDF")
    receipt = Shipment.objects.get().receipt
    page = Client().get(reverse("paper_check", args=[receipt.number, receipt.check_code]))
    assert page.status_code == 200
    assert "Pak Budi" not in page.content.decode()
    assert shipping_paper_standing(receipt.number, "WRONG") is None
    assert Client().get(reverse("paper_check", args=[receipt.number, "WRONG"])).status_code == 404


def test_a_cancelled_shipment_is_no_longer_valid_and_everything_lies_at_the_hub(world):
    manager, shipment = left(world)
    press(manager, "shipment_call_off", [shipment.number], reason="truk rusak")
    assert Lot.objects.get().accepted == 100
    found = shipping_paper_standing(shipment.number, shipment.check_code)
    assert found is not None
    assert not found.valid
    assert isinstance(found.on, date)
    assert Decimal(100) == world.line.quantity


def test_rudi_sees_nothing_of_it(world):
    _manager, shipment = left(world)
    rudi = client_of(world.cast.rudi.user)
    for name, arguments in (("shipment", [shipment.number]), ("order_where", [world.order.number])):
        assert rudi.get(reverse(name, args=arguments)).status_code == 404
