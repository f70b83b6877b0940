"""The pooled vehicle from a buyer's order to the buyer's signature, on phones and at the hub; no piece is lost.

Five members answer on their phones: two take all, one takes part, one declines, one lets it lapse. The plan is mended,
everything is made, a lot is rejected, mended and inspected again, the vehicle is delivered and signed for. After each
stage the laws of docs/work.md hold.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

import pytest
import vehicle_world as world_of
from person import PHONE, Person
from playwright.sync_api import expect
from vehicle_world import NUMBERS, PASSWORD, VEHICLES

from wadah.base.clock import now, today
from wadah.base.jobs.sweeping import sweep
from wadah.demand.models import Order
from wadah.plans.models import PlanRun
from wadah.plans.repairing.search import mended
from wadah.units import decimal_text, rupiah_text
from wadah.work.models import Disruption, Inspection, Lot, Offer, WorkOrder
from wadah.work.selectors.pay import pay_of
from work.laws import laws_broken

PLAN_SECONDS, MEND_SECONDS, WAIT = 3, 8.0, 300
TAPS_MOST, TEN = 3, 10
WRONG = "Lubangnya terlalu besar, tambal lalu bor lagi."
ANSWERS = ("takes all", "takes part", "declines", "lapses", "takes all too")


@dataclass
class Hand:
    """A member with a phone: what was offered to their workshop, and the work that came of it."""

    phone: Person
    number: str
    offer: Offer
    order: WorkOrder | None = None


@pytest.fixture
def world(transactional_db, monkeypatch):
    """Mending has two seconds by the wall clock, in which a busy machine that runs tests gets nothing done."""
    monkeypatch.setitem(mended.__kwdefaults__, "time_limit", MEND_SECONDS)
    return world_of.vehicle_build()


@pytest.mark.long
@pytest.mark.browser
def test_a_pooled_order_is_made_delivered_and_signed_for(world, people, worker):
    manager = people()
    manager.sign_in(PASSWORD, NUMBERS["manager"])
    manager.at("Hari ini")
    manager_plans_and_offers(manager)
    hands = five_phones(people)
    five_answers(hands)
    world_of.everybody_takes(world, but=[hand.offer for hand in hands.values()])
    time_is_over(hands["lapses"])
    kept("answered")
    manager_repairs(manager, world)
    kept("repaired")
    everything_is_made(world, manager, hands, inspector_comes(people))
    manager_sends(manager)
    kept("sent")
    buyer_signs(people)
    kept("signed for")
    manager_traces(manager, hands)
    member_is_paid(hands["takes all"])
    the_books_hold_it()


def kept(stage):
    assert laws_broken() == [], stage


# ---- order → plan → offers → answers


def manager_plans_and_offers(manager):
    manager.go("Rencana")
    manager.fill(
        start_on=(today() + timedelta(weeks=1)).isoformat(),
        weeks=str(world_of.WEEKS),
        time_limit_seconds=str(PLAN_SECONDS),
    )
    manager.press("Buat rencana")
    manager.page.get_by_role("button", name="Berlakukan").wait_for(timeout=WAIT * 1000)
    manager.at("Rencana mulai")
    manager.press("Berlakukan")
    said = manager.at("Rencana mulai")
    assert f"{Offer.objects.count()} tawaran dikirim kepada anggota" in said
    assert "1 dari 1 baris pesanan tepat waktu" in said
    kept("offered")


def five_phones(people):
    """The five workshops that are asked for most; who takes only a part is the one whose offer leaves most over."""
    asked = defaultdict(list)
    for offer in Offer.objects.select_related("package__part", "workshop__ikm").order_by("pk"):
        asked[offer.workshop.code].append(offer)
    shops = sorted(asked, key=lambda code: (-len(asked[code]), code))[: len(ANSWERS)]
    parting = max(shops, key=lambda code: max(map(spare, asked[code])))
    shops.insert(ANSWERS.index("takes part"), shops.pop(shops.index(parting)))
    hands = {}
    for place, (answer, code) in enumerate(zip(ANSWERS, shops, strict=True)):
        offer = max(asked[code], key=spare) if answer == "takes part" else asked[code][0]
        number = f"0899-0000-20{place:02d}"
        world_of.gets_a_phone(offer.workshop, number)
        hands[answer] = Hand(people(scripts=place % 2 == 0, screen=PHONE), number, offer)
    return hands


def spare(offer):
    """Pieces beyond the fewest that can be taken."""
    return offer.pieces - offer.lot_quantity_min


def five_answers(hands):
    for hand in hands.values():
        hand.phone.sign_in(PASSWORD, hand.number)
        assert "menunggu jawaban" in hand.phone.at("")
    takes_all_in_three_taps(hands["takes all"])
    takes_part(hands["takes part"])
    declines(hands["declines"])
    looks(hands["lapses"])
    looks(hands["takes all too"])
    hands["takes all too"].phone.press(f"Ambil semua {counted(hands['takes all too'].offer.pieces)}")
    hands["takes all too"].phone.at("Pekerjaan ini milik Anda")


def counted(pieces):
    return decimal_text(pieces, 3, "id")


def looks(hand):
    """By the short link of the message."""
    hand.phone.open(f"/t/{hand.offer.number}/")
    said = hand.phone.at(f"{counted(hand.offer.pieces)} × {hand.offer.package.part.name}")
    assert "Anda bebas" in said
    return said


def takes_all_in_three_taps(hand):
    """Signed out, but the phone is remembered: link, PIN or password, all of it."""
    phone = hand.phone
    phone.sign_out()
    phone.taps = 0
    phone.open(f"/t/{hand.offer.number}/")
    phone.sign_in(PASSWORD)
    phone.press(f"Ambil semua {counted(hand.offer.pieces)}")
    said = phone.at("Pekerjaan ini milik Anda")
    assert phone.taps <= TAPS_MOST
    assert WorkOrder.objects.get(offer=hand.offer).number in said


def takes_part(hand):
    looks(hand)
    hand.phone.unfold("Ambil sebagian")
    least = hand.offer.lot_quantity_min
    hand.phone.fill(pieces=counted(least))
    hand.phone.press("Ambil sekian")
    said = hand.phone.at("Pekerjaan ini milik Anda")
    assert f"Yang {counted(hand.offer.pieces - least)} lagi ditawarkan" in said


def declines(hand):
    looks(hand)
    hand.phone.unfold("Saya tidak bisa")
    hand.phone.tick("reason", "busy")
    hand.phone.press("Saya tidak mengambil pekerjaan ini")
    assert hand.offer.number in hand.phone.at("Dicatat")


def time_is_over(hand):
    """Nobody can wait two days in a test: the last moment to answer is set back, then the hourly sweep comes by."""
    Offer.objects.filter(pk=hand.offer.pk).update(answer_by=now() - timedelta(minutes=1))
    hand.phone.open(f"/t/{hand.offer.number}/")
    assert "Waktu menjawab sudah habis" in hand.phone.at(hand.offer.package.part.name)
    sweep()
    kinds = Disruption.objects.filter(status="open").values_list("kind", flat=True)
    assert sorted(kinds) == ["declined", "lapsed", "part_taken"]


# ---- repair


def manager_repairs(manager, world):
    manager.go("Jawaban anggota")
    manager.follow("Yang tak akan datang")
    manager.at("Yang tak akan datang")
    manager.press("Hitung")
    apply = manager.page.get_by_role("button", name="Berlakukan rencana ini persis")
    apply.wait_for(timeout=WAIT * 1000)
    said = manager.at("Yang tak akan datang")
    assert "Siapa bertambah, siapa berkurang" in said
    assert "Tak ada pesanan yang mundur." in said
    manager.press("Berlakukan rencana ini persis")
    said = manager.at("Rencana mulai")
    assert "tawaran kepada anggota mengikutinya" in said
    assert "1 dari 1 baris pesanan tepat waktu" in said
    assert set(Disruption.objects.values_list("status", flat=True)) == {"mended"}
    assert world_of.everybody_takes(world) > 0
    manager.go("Jawaban anggota")
    manager.follow("Yang tak akan datang")
    assert "Tak ada yang kurang" in manager.at("Yang tak akan datang")


# ---- made, brought, inspected


def inspector_comes(people):
    inspector = people(screen=PHONE)
    inspector.sign_in(PASSWORD, NUMBERS["inspector"])
    return inspector


def everything_is_made(world, manager, hands, inspector):
    """Level by level, what goes into something before that. On the five phones one work order each."""
    by_phone = works_on_phones(hands)
    shown = False
    for parts in world_of.levels():
        for row in world_of.in_work(parts):
            shown = shown or hands_out(manager, row)
            world_of.material_goes_out(world, row)
            hand = by_phone.get(row.pk)
            lot = brings(hand) if hand else world_of.is_made_and_brought(world, row)
            if hand is hands["takes all"]:
                is_received(manager, lot)
                is_rejected_mended_and_passes(inspector, hand, lot)
            else:
                world_of.is_received(world, lot) if hand else None
                world_of.passes(world, lot)
        kept(parts)
    assert shown
    assert not WorkOrder.objects.exclude(status="done").exists()


def works_on_phones(hands):
    """By work order: whoever said no to one offer works on another one that was taken for them by telephone."""
    for hand in hands.values():
        rows = WorkOrder.objects.filter(workshop=hand.offer.workshop).select_related("part", "workshop__ikm")
        hand.order = rows.filter(offer=hand.offer).first() or rows.order_by("pk").first()
    return {hand.order.pk: hand for hand in hands.values()}


def hands_out(manager, row):
    """Once at the counter, with parts that were counted before there were lots; whether it was."""
    lying = [need for need in world_of.needs_of(row) if need.counted]
    if not lying:
        return False
    manager.open(f"/papan-kerja/{row.number}/bahan/")
    for _ in lying:
        manager.at(f"Bahan untuk {row.number}")
        with manager.page.expect_navigation():
            manager.press("Jadikan satu lot")
    manager.at(f"Bahan untuk {row.number}")
    manager.press("Serahkan bahan")
    assert "Diserahkan dari LOT-" in manager.at(row.number)
    return True


def brings(hand):
    """Ten done, then all, then announced for tomorrow."""
    phone, row = hand.phone, hand.order
    phone.open(f"/pekerjaan/{row.number}/")
    phone.at(row.part.name)
    asked = row.pieces - row.given_up
    for done, button in presses(int(asked)):
        phone.press(button)
        told = f"{counted(done)} dari {counted(asked)}"
        expect(phone.page.locator("main .far").first).to_contain_text(told, timeout=WAIT * 1000)
    phone.follow("Antar")
    phone.at("Apa yang Anda antar?")
    phone.press("Beri tahu")
    assert "Tunjukkan kode ini di gudang" in phone.at(f"{counted(asked)} × {row.part.name}")
    return Lot.objects.select_related("part", "work_order").get(work_order=row)


def presses(asked):
    """How many are done after each press, and what stands on the button."""
    rest = asked - TEN if asked > TEN else asked
    last = (asked, f"Semua {rest}" if rest > 1 else "+1")
    return [last] if asked < TEN else [(TEN, "+10")] if asked == TEN else [(TEN, "+10"), last]


def is_received(manager, lot):
    manager.go("Gudang")
    manager.follow(lot.number)
    manager.at(f"Terima {lot.number}")
    manager.press("Terima barang")
    assert "menunggu periksa" in manager.at(lot.number)


def is_rejected_mended_and_passes(inspector, hand, lot):
    inspector.open(f"/periksa/lot/{lot.number}/")
    inspector.at(lot.number)
    inspector.press("Periksa")
    inspector.at("PRK-")
    for _ in range(min(2, int(lot.quantity))):
        again(inspector, "tambah satu: berat")
    again(inspector, "Catat")
    inspector.press("Tolak lot ini")
    assert "ditolak" in inspector.at(lot.number)
    assert Disruption.objects.get(status="open").lot == lot
    kept("rejected")
    inspector.follow("Kembalikan untuk diperbaiki")
    inspector.at("Kembalikan untuk diperbaiki")
    inspector.fill(reason=WRONG)
    inspector.press("Kembalikan untuk diperbaiki")
    inspector.at(lot.number)
    assert not Disruption.objects.filter(status="open").exists()
    kept("being mended")
    hand.phone.go("Hasil periksa")
    assert WRONG in hand.phone.at("Hasil periksa")
    inspector.follow("Kembali dari perbaikan")
    inspector.at("Kembali dari perbaikan")
    inspector.press("Sudah kembali")
    inspector.at(lot.number)
    inspector.press("Periksa")
    inspector.at("PRK-")
    passed = inspector.page.get_by_role("button", name="Loloskan")
    while not passed.is_visible():
        again(inspector, "Catat")
    inspector.press("Loloskan")
    assert "lolos" in inspector.at(lot.number)
    lot.refresh_from_db()
    assert (lot.accepted, lot.rejected, lot.rework) == (lot.quantity, 0, 0)
    assert list(Inspection.objects.filter(lot=lot).order_by("attempt").values_list("status", flat=True)) == [
        "failed",
        "passed",
    ]
    kept("mended")


def again(person, name):
    """A press after which the same page stands there, changed."""
    with person.page.expect_navigation():
        person.press(name)


# ---- delivered


def manager_sends(manager):
    manager.go("Pesanan")
    manager.follow("SIM-RV-100")
    manager.at("Pesanan SIM-RV-100")
    manager.follow("Di mana letaknya?")
    manager.at("Di mana SIM-RV-100?")
    manager.press("Kemas pengiriman")
    manager.at("SJ-")
    again(manager, "Kemas semua yang siap")
    manager.follow("Berangkatkan")
    manager.at("berangkat")
    manager.fill(driver="Pak Udin", vehicle="B 1234 XYZ")
    manager.press("Berangkat sekarang")
    assert "Sudah berangkat." in manager.at("SJ-")
    assert manager.fetch("Surat jalan").startswith(b"%PDF")


def buyer_signs(people):
    buyer = people("en", screen=PHONE)
    buyer.sign_in(PASSWORD, NUMBERS["buyer"])
    buyer.go("Shipments")
    buyer.follow("SJ-")
    buyer.at("SJ-")
    buyer.follow("Receive it")
    buyer.at("Receive SJ-")
    buyer.press("Sign for it")
    assert "signed for it on" in buyer.at("SJ-")
    assert buyer.fetch("Receipt, BAST (PDF)").startswith(b"%PDF")
    buyer.go("Orders")
    buyer.follow("SIM-RV-100")
    assert "closed" in buyer.at("Order SIM-RV-100")


def manager_traces(manager, hands):
    """From the box back to every workshop that made something of it."""
    lot = world_of.vehicles()
    manager.go("Pengiriman")
    manager.follow("SJ-")
    manager.at("SJ-")
    manager.follow(lot.number)
    said = manager.at(lot.number)
    for hand in hands.values():
        assert hand.offer.workshop.name in said


def member_is_paid(hand):
    """Accepted pieces at the rate that the offer named, the trip once."""
    row = hand.order
    hand.phone.open(f"/pekerjaan/{row.number}/")
    said = hand.phone.at(row.part.name)
    accepted = sum(row.lots.values_list("quantity", flat=True))
    rupiah = int(accepted * row.pay_rupiah_piece) + row.setup_pay_rupiah + row.transport_rupiah_trip
    assert pay_of(row).rupiah == rupiah > 0
    assert rupiah_text(rupiah) in said


def the_books_hold_it():
    order = Order.objects.get()
    assert order.status == "closed"
    assert order.lines.get().handed_over == VEHICLES
    assert PlanRun.objects.get(status="published").based_on is not None
    for row in WorkOrder.objects.prefetch_related("lots"):
        assert sum(lot.quantity for lot in row.lots.all()) == row.pieces - row.given_up
    assert not Lot.objects.exclude(waiting=0, rejected=0, rework=0, scrapped=0, returned=0).exists()
