"""From a cooperative's first day to a buyer's signed order in the plan in force: all of it through real pages.

Begun with `wadah found`, as whoever sets Wadah up begins; nothing is written behind the pages' back. On each page: its
language, what the browser complains of, and what the server refuses or fails at.
"""

import re
from datetime import timedelta

import cooperative_files as files
import pytest
from returned_file import ReturnedFile

from wadah.base.clock import today
from wadah.catalogue.models import BomLine, Rate
from wadah.cli.main import main
from wadah.demand.models import Order
from wadah.plans.models import PlannedLot, PlanRun
from wadah.register.models import Ikm, Membership, WeekPattern, Workshop

COOPERATIVE, MANAGER, MANAGER_PHONE = "Koperasi Logam Bekasi Timur", "Bu Dewi Lestari", "0812 7000 0001"
BUYER, CONTACT, CONTACT_PHONE = "Kyoto Pump Co., Ltd.", "Ms Aoki", "+81 90 1234 5678"
PASSWORD, PIN = "logam timur jaya", "73051946"
PIECES = 900
LEVELS_BELOW = 4
PLAN_SECONDS, WAIT_SECONDS = 2, 300


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_new_cooperative_gets_a_buyers_signed_order_into_its_plan(people, worker, capsys, javascript):
    manager = people("id", scripts=javascript)
    manager_comes_in(manager, capsys)
    members_are_imported(manager)
    parts_and_rates_are_imported(manager)
    the_new_part_is_approved_and_what_is_bought_priced(manager)
    link = a_buyer_is_entered(manager)
    buyer = people("en", scripts=javascript)
    buyer_comes_in(buyer, link)
    buyer_asks(buyer)
    manager_answers_and_sends(manager)
    buyer_signs(buyer)
    manager_plans(manager)
    buyer_sees_the_promise(buyer)
    the_books_hold_it()


def manager_comes_in(manager, capsys):
    words = ["found", "--cooperative", COOPERATIVE, "--manager", MANAGER, "--phone", MANAGER_PHONE]
    assert main(words) == 0
    manager.open(re.search(r"/masuk/tautan/\S+", capsys.readouterr().out)[0])
    manager.press("Ya, masuk sebagai Bu Dewi")
    manager.at("Pilih kata sandi")
    manager.fill(password=PASSWORD, again=PASSWORD)
    manager.press("Simpan")
    assert "Mulai: tujuh centang" in manager.at("Hari ini")
    manager.account()
    manager.at("Perangkat saya")
    manager.follow("Pasang langkah kedua")  # offered, and whoever goes on without it may
    manager.at("Pasang langkah kedua")


def imported(manager, kind, name, content, rows):
    """One file up to its receipt."""
    manager.go("Impor")
    manager.follow(kind)
    manager.at(kind)
    manager.upload(name, content)
    manager.press("Lihat apa yang akan berubah")
    assert "0 salah" in manager.at(kind)
    manager.press(f"Tulis {rows} baris")
    assert "Nomor buktinya IMP-" in manager.at(kind)


def members_are_imported(manager):
    book = files.members_book()
    manager.go("Hari ini")
    manager.follow("Dari Excel")
    manager.at("Anggota")
    manager.upload("data koperasi.xlsx", book)
    manager.press("Lihat apa yang akan berubah")
    assert "35 baru, 0 berubah, 0 sama, 5 salah" in manager.at("Anggota")
    returned = ReturnedFile(manager.download("Berkas yang sama dengan sel merah"))
    red = returned.red()
    headings = {cell: returned.heading(cell, 3) for cell in red}
    assert sorted(headings.values()) == sorted(files.MENDED)
    assert set(returned.notes()) == set(red)
    for cell in red:
        returned.type_in(cell, files.MENDED[headings[cell]])
    manager.follow("Kirim berkas yang sudah dibetulkan")
    manager.at("Anggota")
    manager.upload("perbaiki-members.xlsx", returned.content())
    manager.press("Lihat apa yang akan berubah")
    assert "40 baru, 0 berubah, 0 sama, 0 salah" in manager.at("Anggota")
    manager.press("Tulis 40 baris")
    assert "Nomor buktinya IMP-" in manager.at("Anggota: IMP-")
    imported(manager, "Bengkel dan mesin", "data koperasi.xlsx", book, 40)
    manager.go("Anggota")
    assert "40 baris seluruhnya" in manager.at("Anggota")


def parts_and_rates_are_imported(manager):
    imported(manager, "Barang dan isinya", "pompa.xlsx", files.parts_book(), len(files.PARTS))
    imported(manager, "Siapa membuat apa", "tarif.xlsx", files.rates_book(), len(list(files.rate_rows())))
    manager.go("Barang")
    manager.follow("Pompa air tangan")
    assert "· · · Perunggu batang" in manager.at("Pompa air tangan")


def the_new_part_is_approved_and_what_is_bought_priced(manager):
    """The rates of the pump came without leave to make it: two garages get that, after a trial."""
    for workshop in ("Bengkel Karim 4 (B-04)", "Bengkel Mulyadi 8 (B-08)"):
        manager.go("Barang")
        manager.follow("Pompa air tangan", "Setujui bengkel")
        manager.at("Izin bengkel membuat barang")
        manager.choose(workshop=workshop)
        manager.fill(decided_by="Bu Dewi, pengelola")
        manager.press("Simpan")
        assert "Tersimpan" in manager.at("Pompa air tangan")
    for part, price in files.PRICES.items():
        manager.go("Barang")
        manager.follow("Harga bahan", "Tambah")
        manager.choose(part=f"{files.name(part)} ({part})")
        manager.fill(price_rupiah=price, source="Toko Logam Jaya, kuitansi 20/11/2026")
        manager.press("Simpan")
        assert "Tersimpan" in manager.at("Harga bahan")


def a_buyer_is_entered(manager):
    """The address of the one-time link that the manager hands over."""
    manager.go("Pesanan")
    manager.follow("Pembeli")
    assert "Belum ada pembeli" in manager.at("Pembeli")
    manager.follow("Tambah yang pertama")
    manager.choose(kind="pabrik", market="luar negeri")
    manager.fill(name=BUYER, address="12 Nishinotoin-dori, Kyoto")
    manager.press("Simpan")
    manager.at(BUYER)
    manager.follow("Tambah kontak")
    manager.fill(name=CONTACT, phone=CONTACT_PHONE)
    manager.page.check("main [name=adult]")
    manager.press("Simpan")
    manager.at(BUYER)
    manager.follow("Berikan tautan")
    manager.at(CONTACT)
    manager.press("Berikan tautan")
    manager.at(f"Tautan untuk {CONTACT}")
    text = manager.page.input_value("#text")
    assert text.startswith("Hello Ms Aoki")
    return re.search(r"http\S+/masuk/tautan/\S+", text)[0]


def buyer_comes_in(buyer, link):
    buyer.open(link)
    buyer.press("Yes, sign in as Ms Aoki")
    buyer.at("Choose your PIN")
    buyer.fill(pin=PIN, again=PIN)
    buyer.press("Save")
    buyer.at("What you can order")


def buyer_asks(buyer):
    buyer.go("What you can order")
    assert COOPERATIVE in buyer.at("What you can order")
    buyer.follow("Hand water pump")
    buyer.at("Ask for an offer")
    day = today() + timedelta(days=45)
    buyer.fill(text=f"Hand water pump {PIECES} pcs, {day.day} {day:%B %Y}", note="Painted grey, please.")
    buyer.press("Send")
    assert "Nothing yet. The cooperative answers here." in buyer.at("Request RFQ-")


def manager_answers_and_sends(manager):
    manager.go("Pesanan masuk")
    manager.follow("RFQ-")
    assert BUYER in manager.at("Permintaan RFQ-")
    manager.follow("Bisakah?")
    said = manager.at("Bisakah?")
    assert "Tidak pada hari yang diminta, tetapi semua siap" in said
    assert "biayanya bagi kita" in said
    assert "Jam pembuat Pompa air tangan tidak cukup sampai hari itu." in said
    manager.press("Jadikan penawaran")
    assert "konsep" in manager.at("Penawaran PNW-")
    assert manager.page.locator("section.card").count() == 2
    assert manager.fetch("Suratnya (PDF)").startswith(b"%PDF")
    manager.follow("Ubah")
    manager.page.check("main [name=reserves_hours]")
    manager.press("Simpan")
    manager.at("Penawaran PNW-")
    manager.follow("Kirim")
    manager.page.select_option("main [name=reserve]", "B")
    manager.press("Kirim")
    assert "Jam disimpan untuk ini." in manager.at("Penawaran PNW-")


def buyer_signs(buyer):
    buyer.go("What you can order")
    buyer.follow("What you asked for", "PNW-")
    said = buyer.at("Quotation PNW-")
    assert "B · All of it, as early as we can" in said
    assert buyer.fetch("The letter (PDF)").startswith(b"%PDF")
    buyer.follow("Accept B")
    buyer.at("Accept variant B")
    buyer.page.check("main [name=binding]")
    buyer.press("Order now")
    said = buyer.at("Order PO-")
    assert "promised by" in said
    assert "On time." in said
    assert buyer.fetch("The letter (PDF)").startswith(b"%PDF")


def manager_plans(manager):
    manager.go("Rencana")
    assert "diterbitkan" in manager.at("Rencana")  # what the buyer accepted is in force already
    manager.fill(start_on=today().isoformat(), weeks="16", time_limit_seconds=str(PLAN_SECONDS))
    manager.press("Buat rencana")
    manager.page.get_by_role("button", name="Berlakukan").wait_for(timeout=WAIT_SECONDS * 1000)
    manager.at("Rencana mulai")
    manager.press("Berlakukan")
    said = manager.at("Rencana mulai")
    assert "diterbitkan" in said
    assert "1 dari 1 baris pesanan tepat waktu" in said
    assert manager.page.locator("svg.gantt rect").count() >= len(files.RATES)
    manager.follow("Sebagai tabel")
    assert "Busing perunggu" in manager.at("Siapa membuat apa, dan kapan")
    manager.go("Pesanan")
    manager.follow("PO-")
    said = manager.at("Pesanan PO-")
    assert "Tepat waktu." in said
    assert f"dalam {LEVELS_BELOW + 1} tingkat" in said


def buyer_sees_the_promise(buyer):
    buyer.go("Orders")
    buyer.follow("PO-")
    said = buyer.at("Order PO-")
    assert "promised by" in said
    assert "On time." in said


def the_books_hold_it():
    assert Membership.objects.filter(role="member").count() == files.MEMBERS
    assert Ikm.objects.get(name="Bengkel Slamet 11").phone == "+6281255500011"
    assert Workshop.objects.count() == WeekPattern.objects.count() == files.MEMBERS
    assert BomLine.objects.count() == sum(1 for row in files.PARTS if row[-1])
    assert Rate.objects.count() == len(list(files.rate_rows()))
    order = Order.objects.get()
    assert (order.status, order.buyer.name) == ("planned", BUYER)
    assert order.quotation.status == "accepted"
    run = PlanRun.objects.get(status="published")
    assert run.time_limit_seconds == PLAN_SECONDS
    line = run.lines.get()
    assert (line.line.order, line.late, line.short) == (order, 0, 0)
    pumps = PlannedLot.objects.filter(run=run, part__code=files.PUMP)
    assert sum(lot.quantity for lot in pumps) == PIECES
    assert {lot.workshop.code for lot in pumps} <= {"B-04", "B-08"}
