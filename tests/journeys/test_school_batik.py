"""A school's duty until it has its cloth and its papers, and what the city's officer does about six groups' limit.

The school on a phone without scripts, the manager and the officer at desks; only the making of the cloth is out of
sight (test_delivered.py walks that).
"""

import re
from datetime import timedelta

import city_world as world_of
import pytest
from city_world import NUMBERS, PASSWORD, SCHOOL, WEEKS
from person import PHONE

from wadah.base.clock import today
from wadah.demand.models import Order, RequestSize
from wadah.plans.models import PlanRun
from wadah.programme.models import Study
from wadah.web.words import share_text
from wadah.work.models import Receipt

PLAN_SECONDS, WAIT = 3, 300
DUTY = 27
GRID = "Ukuran\tS\tM\tL\tXL\tJumlah\nGuru\t4\t8\t7\t3\t22\nTendik\t0\t2\t2\t1\t5\n"


@pytest.fixture
def world(transactional_db):
    return world_of.city_build()


@pytest.mark.long
@pytest.mark.browser
def test_a_school_gets_its_batik_and_the_city_sees_what_six_groups_can(world, people, worker):
    school = people(scripts=False, screen=PHONE)
    school_writes_its_sizes(school)
    school_asks(school)
    manager = people()
    manager_plans(manager)
    everybody_sees_the_limit(manager)
    manager_answers(manager)
    school_accepts(school)
    officer_asks_for_the_best_package(people())
    cloth_is_made_and_sent(world, manager)
    school_receives_and_prints(school)


def school_writes_its_sizes(school):
    school.sign_in(PASSWORD, NUMBERS["school"])
    school.go("Batik kami")
    said = school.at(SCHOOL)
    assert f"{DUTY} potong. {DUTY} di antaranya belum dipesan" in said
    assert "412" in said  # pupils: a scenario, apart
    school.follow("Ukuran")
    school.at("Ukuran untuk")
    school.follow("Tempel dari Excel")
    school.at("Tempel ukuran")
    school.fill(grid=GRID)
    school.press("Simpan")
    assert "Ukuran tersimpan" in school.at(SCHOOL)


def school_asks(school):
    school.follow(f"Pesan {DUTY} potong")
    school.at("Pesan batik untuk")
    for group in ("teachers", "staff"):
        school.page.select_option(f"main [name=kain-{group}]", label="Kain batik cap motif Ikan Gabus, 2 m")
    school.fill(wanted_on=(today() + timedelta(weeks=10)).isoformat())
    school.press("Minta harga dan tanggal")
    assert "RFQ-" in school.at(SCHOOL)
    assert sum(RequestSize.objects.values_list("pieces", flat=True)) == DUTY


def manager_plans(manager):
    manager.sign_in(PASSWORD, NUMBERS["manager"])
    manager.at("Hari ini")
    manager.go("Rencana")
    manager.fill(
        start_on=(today() + timedelta(weeks=1)).isoformat(), weeks=str(WEEKS), time_limit_seconds=str(PLAN_SECONDS)
    )
    manager.press("Buat rencana")
    manager.page.get_by_role("button", name="Berlakukan").wait_for(timeout=WAIT * 1000)
    manager.at("Rencana mulai")
    manager.press("Berlakukan")
    manager.at("Rencana mulai")


def everybody_sees_the_limit(manager):
    """Of what is asked, the plan of the six groups leaves a part."""
    manager.open("/wajib-batik/")
    said = manager.at("Batik untuk seluruh kota")
    made, asked, left = (figure(text) for text in re.search(LIMIT, said).groups())
    assert 0 < made < asked
    assert left == asked - made


LIMIT = r"([\d.]+) dari ([\d.]+) buah akan dibuat; sisanya ([\d.]+)\."


def figure(text):
    return int(text.replace(".", ""))


def manager_answers(manager):
    manager.go("Pesanan masuk")
    manager.follow("RFQ-")
    assert "S 4, M 8, L 7, XL 3" in manager.at("Permintaan RFQ-")
    manager.follow("Bisakah?")
    manager.at("Bisakah?")
    manager.press("Jadikan penawaran")
    manager.at("Penawaran PNW-")
    manager.follow("Kirim")
    manager.at("Kirim")
    manager.press("Kirim")
    manager.at("Penawaran PNW-")


def school_accepts(school):
    school.go("Batik kami")
    school.at(SCHOOL)
    school.follow("Baca jawabannya")
    school.at("Penawaran PNW-")
    school.follow("Terima A")
    school.at("Terima pilihan A")
    school.page.check("main [name=binding]")
    school.press("Pesan sekarang")
    assert "Terima kasih" in school.at("Pesanan PO-")


def officer_asks_for_the_best_package(officer):
    """For Rp500 million and 400 m²: what is scarce, what is proposed, and the plan made again with the package."""
    officer.sign_in(PASSWORD, NUMBERS["officer"])
    officer.go("Penghambat")
    officer.at("Satu keterampilan mana")
    officer.press("Hitung penghambat")
    propose = officer.page.get_by_role("button", name="Usulkan dukungan untuk ini").first
    propose.wait_for(timeout=WAIT * 1000)
    officer.at("Satu keterampilan mana")
    officer.press("Usulkan dukungan untuk ini")
    officer.page.wait_for_load_state()
    officer.go("Program")
    officer.at("Dukungan mana")
    officer.fill(budget_rupiah="500 jt", floor_m2="400", weeks=str(WEEKS), time_limit_seconds="30", name="Paket kota")
    officer.press("Cari paket terbaik")
    officer.page.get_by_text("Hemat, direncanakan ulang").first.wait_for(timeout=WAIT * 1000)
    said = officer.at("Paket kota")
    study = Study.objects.get()
    assert (study.budget_rupiah, study.floor_m2) == (500_000_000, 400)
    before, after = (study.shown[when] for when in ("before", "after"))
    assert before["asked"] == after["asked"] > after["on_time"] >= before["on_time"]
    for shown in (before, after):
        assert share_text(shown["on_time"] / shown["asked"]) in said


def cloth_is_made_and_sent(world, manager):
    world_of.cloth_made(world, DUTY)
    number = Order.objects.get(quotation__isnull=False).number
    manager.open(f"/pesanan/{number}/di-mana/")
    manager.at(f"Di mana {number}?")
    manager.press("Kemas pengiriman")
    manager.at("SJ-")
    with manager.page.expect_navigation():
        manager.press("Kemas semua yang siap")
    manager.follow("Berangkatkan")
    manager.at("berangkat")
    manager.fill(driver="Pak Udin", vehicle="B 1234 XYZ")
    manager.press("Berangkat sekarang")
    assert "Sudah berangkat." in manager.at("SJ-")


def school_receives_and_prints(school):
    school.go("Batik kami")
    school.at(SCHOOL)
    school.follow("Terima SJ-")
    school.at("Terima SJ-")
    school.press("Tanda terima")
    school.at("SJ-")
    school.go("Batik kami")
    said = school.at(SCHOOL)
    assert f"{DUTY} dari {DUTY} potong diterima" in said
    assert "Semua sudah dipesan dan diterima" in said
    assert school.fetch("Semua berkas (PDF)").startswith(b"%PDF")
    receipt = Receipt.objects.get()
    assert receipt.on_behalf_of == ""
    assert PlanRun.objects.filter(status="published").exists()
