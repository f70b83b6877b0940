"""A school's walk: duty, sizes, order, answer, delivery, papers; the officer's figures against plain sums."""

import csv
import gzip
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from cast_school import HEADS, PRICE, YEAR, later, made, offered, school_build, sent
from standing import standing
from wadah.base.clock import today
from wadah.catalogue.services import licence_end
from wadah.demand.models import (
    BatikDay,
    GoodsBudget,
    Headcount,
    Institution,
    MandatePhase,
    MandateRule,
    Order,
    OrderLine,
    Request,
    RequestSize,
    SizeCount,
)
from wadah.demand.services import headcount_record, institution_put
from wadah.ledger.selectors.mandate import covered_of
from wadah.ledger.services.allocating import payment_allocate
from wadah.ledger.services.invoices import invoice_make
from wadah.ledger.services.payments import payment_record
from wadah.web.papers import procurement
from wadah.work.models import ShipmentLine

pytestmark = pytest.mark.django_db

KB = 1024
FIRST_MOST, NEXT_MOST = 40 * KB, 12 * KB
GRID = "Ukuran\tS\tM\tL\tJumlah\nGuru\t3\t9\t8\t20\nTendik\t\t2\t2\t4\n"
KEYS = iter(range(1_000_000))


@standing
def world(cast):
    return school_build(cast)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def school(world):
    return client_of(world.user)


@pytest.fixture
def officer(cast):
    return client_of(cast.officer)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(client, name, /, *arguments, **query):
    return client.get(reverse(name, args=arguments), query)


def press(client, name, /, *arguments, **form):
    return client.post(reverse(name, args=arguments), {"idempotency_key": f"sekolah-{next(KEYS)}", **form}, follow=True)


def version_in(answer):
    return re.search(r'name="version" value="([^"]*)"', answer.content.decode())[1]


def pasted(school, world, grid=GRID, **form):
    return press(school, "school_paste", world.school.code, YEAR, grid=grid, **form)


def asked(school, world):
    pasted(school, world)
    key = str(world.cloth.pk)
    form = {"kain-teachers": key, "kain-staff": key, "cooperative": str(world.cast.cooperative.pk)}
    press(school, "school_order", world.school.code, YEAR, wanted_on=later(60), **form)
    return Request.objects.get()


def ordered(school, world):
    quotation = offered(world, asked(school, world))
    press(school, "buyer_quotation_accept", quotation.number, "A", answered_by="Bu Guru", binding="on")
    return Order.objects.get()


def received(school, world):
    order = ordered(school, world)
    shipment = sent(world, order)
    press(school, "shipment_sign", shipment.number, received_by="Bu Guru")
    return order


# ---- duty


def test_a_school_sees_its_duty_and_the_scenario_apart(school, world):
    page = text(school.get(reverse("school"), follow=True))
    assert "SDN Bekasi Jaya 1" in page
    assert f"Kewajiban Anda {YEAR}: 24 potong. 24 di antaranya belum dipesan." in page
    assert "Kewajiban kami 24" in page
    assert "Skenario 400" in page


def test_whoever_speaks_for_a_school_lands_on_its_page(school):
    assert school.get("/masuk/")["Location"] == reverse("school")


def test_a_school_with_nobody_counted_is_told_what_to_do(cast, world):
    Headcount.objects.all().delete()
    page = text(at(client_of(world.user), "school_year", world.school.code, YEAR))
    assert "Jumlah orang Anda belum dihitung" in page


def test_a_year_without_rules_asks_nothing(school, world):
    MandateRule.objects.update(valid_until=date(2026, 12, 31))
    assert f"Tidak ada aturan yang meminta apa pun pada {YEAR}" in text(
        at(school, "school_year", world.school.code, YEAR)
    )


def test_pages_of_a_school_weigh_no_more_than_a_phone_can_carry(school, world):
    order = ordered(school, world)
    files = ("wadah.css", "school.css", "icons.svg", "mark.svg", "kawung.svg")
    shared = sum(len(gzip.compress(Path(finders.find(f"wadah/{name}")).read_bytes(), 9)) for name in files)
    code = world.school.code
    pages = [
        ("school_year", code, YEAR),
        ("school_sizes", code, YEAR),
        ("school_paste", code, YEAR),
        ("school_order", code, YEAR),
        ("order_where", order.number),
    ]
    for name, *arguments in pages:
        weight = len(gzip.compress(at(school, name, *arguments).content))
        assert weight <= NEXT_MOST, name
        assert weight + shared <= FIRST_MOST, name


# ---- sizes


def test_sizes_are_pasted_from_excel_and_saved_as_rows(school, world):
    page = text(pasted(school, world))
    assert "Ukuran tersimpan" in page
    rows = SizeCount.objects.values_list("group", "size", "pieces")
    assert set(rows) == {
        ("teachers", "S", 3), ("teachers", "M", 9), ("teachers", "L", 8), ("staff", "M", 2), ("staff", "L", 2),
    }  # fmt: skip


def test_what_cannot_be_read_is_named_with_its_row_and_nothing_is_saved(school, world):
    wrong = "Ukuran\tS\tM\tJumlah\nGuru\t3\tdua\t5\nSatpam\t1\t1\t2\n"
    answer = pasted(school, world, wrong)
    assert answer.status_code == 400
    page = text(answer)
    assert "Baris 2: “dua” bukan bilangan bulat" in page
    assert "Baris 3: “Satpam” bukan salah satu kelompok" in page
    assert not SizeCount.objects.exists()


def test_more_sizes_than_heads_are_refused_until_spare_ones_are_meant(school, world):
    grid = "Ukuran\tM\nGuru\t25\n"
    answer = pasted(school, world, grid)
    assert answer.status_code == 400
    assert "25 potong untuk 20 guru" in text(answer)
    assert "Ukuran tersimpan" in text(pasted(school, world, grid, more="on"))


def test_fewer_sizes_than_heads_are_saved_and_the_rest_is_named(school, world):
    page = text(pasted(school, world, "Ukuran\tM\nGuru\t15\n"))
    assert "5 dari guru belum punya ukuran" in page


def test_sizes_are_typed_on_the_phone_with_a_size_of_their_own(school, world):
    form = {"teachers-M": "12", "baru-teachers": "xs", "jumlah-baru-teachers": "8"}
    press(school, "school_sizes", world.school.code, YEAR, **form)
    assert dict(SizeCount.objects.values_list("size", "pieces")) == {"M": 12, "XS": 8}
    page = at(school, "school_sizes", world.school.code, YEAR).content.decode()
    assert 'value="12"' in page
    assert ">XS</label>" in page


def test_the_grid_that_is_downloaded_can_be_pasted_back(school, world):
    pasted(school, world)
    before = set(SizeCount.objects.values_list("group", "size", "pieces"))
    file = at(school, "school_sizes", world.school.code, YEAR, unduh="csv").content.decode("utf-8-sig")
    assert "Ukuran tersimpan" in text(pasted(school, world, file))
    assert set(SizeCount.objects.values_list("group", "size", "pieces")) == before


# ---- order → answer → delivery


def test_an_order_is_made_of_the_sizes_and_freezes_them(school, world):
    request = asked(school, world)
    assert [int(line.quantity) for line in request.lines.order_by("line_no")] == [20, 4]
    assert request.buyer == world.school.buyer
    assert RequestSize.objects.filter(request=request).count() == 5
    page = text(at(school, "school_order", world.school.code, YEAR))
    assert "Semua ukuran yang Anda catat sudah diminta" in page
    manager = text(at(client_of(world.cast.manager), "request", request.number))
    assert "S 3, M 9, L 8" in manager


def test_only_cloth_that_a_licensed_group_may_make_is_offered(school, world):
    pasted(school, world)
    assert "Kain Kecapi" in at(school, "school_order", world.school.code, YEAR).content.decode()
    licence_end(licence=world.licence, last_day=date(2026, 2, 1))
    page = text(at(school, "school_order", world.school.code, YEAR))
    assert "Belum ada koperasi yang mengenal Anda dan membuat batik kota" in page


def test_a_school_accepts_receives_and_has_no_duty_left(school, world):
    received(school, world)
    page = text(at(school, "school_year", world.school.code, YEAR))
    assert "Semua sudah dipesan dan diterima" in page
    assert "24 dari 24 potong diterima" in page


def test_an_order_counts_for_the_year_of_its_sizes_whenever_it_comes(school, world):
    ordered(school, world)
    OrderLine.objects.update(due_on=date(YEAR - 1, 12, 20))
    assert covered_of(world.school, YEAR).ordered == 24
    assert covered_of(world.school, YEAR - 1).ordered == 0
    RequestSize.objects.all().delete()
    assert covered_of(world.school, YEAR - 1).ordered == 24


# ---- papers


def packed(monkeypatch):
    """What the pack is asked to hold, paper by paper."""
    seen = []
    real = procurement.pack_pdf
    monkeypatch.setattr(procurement, "pack_pdf", lambda *told: (seen.append(told[2]), real(*told))[1])
    return seen


def test_all_papers_of_an_order_are_one_file_with_a_list(school, world, monkeypatch):
    seen = packed(monkeypatch)
    order = received(school, world)
    before = at(school, "procurement_papers", order.number)
    assert before.content.startswith(b"%PDF")
    assert standing_of(seen[-1]) == ["dalam berkas ini"] * 3 + ["menyusul"] * 2 + ["dalam berkas ini"]
    keeper = world.cast.manager
    invoice = invoice_make(order=order, by=keeper)
    payment = payment_record(
        cooperative=order.cooperative, buyer=order.buyer, rupiah=invoice.total, on=today(), till="bank", by=keeper
    )
    payment_allocate(payment=payment, by=keeper)
    after = at(school, "procurement_papers", order.number)
    assert len(after.content) <= 150 * KB
    titles = [paper["title"] for paper in seen[-1]]
    assert titles == [
        "Berkas pengadaan", "Surat pesanan", "Ukuran", "Berita acara serah terima (BAST)", "Faktur", "Kuitansi",
        "Surat pernyataan asal barang",
    ]  # fmt: skip
    assert "menyusul" not in standing_of(seen[-1])
    kuitansi = dict(seen[-1][5]["facts"])
    assert kuitansi["Terbilang"] == "Tiga juta enam ratus ribu rupiah"


def standing_of(papers):
    return [row[-1] for row in papers[0]["tables"][0]["rows"]]


@pytest.mark.parametrize(
    ("price", "title"),
    [(PRICE, "Surat pesanan"), (5_000_000, "Surat perintah kerja (SPK)"), (20_000_000, "Surat perjanjian")],
)
def test_the_form_of_contract_follows_from_the_value(school, world, monkeypatch, price, title):
    """24 pieces: 3.6, 120 and 480 million; Perpres 16/2018 Art. 28 sets the limits at 50 and 200 million."""
    seen = packed(monkeypatch)
    quotation = offered(world, asked(school, world), price)
    press(school, "buyer_quotation_accept", quotation.number, "A", answered_by="Bu Guru", binding="on")
    at(school, "procurement_papers", Order.objects.get().number)
    assert seen[-1][1]["title"] == title


# ---- the officer


def test_the_figures_of_the_officer_are_those_of_plain_sums(school, world, officer):
    other = institution_put(
        code="20229999", name="SMP Swasta", kind="school", level="smp", state=False, area=world.cast.kelurahan
    )
    headcount_record(institution=other, group="pupils", heads=55, as_of=date(2026, 7, 1))
    received(school, world)
    page = text(at(officer, "mandate", tahun=YEAR))
    duty = sum(HEADS[rule.applies_to_group] for rule in MandateRule.objects.filter(obligation=True))
    pupils = sum(Headcount.objects.filter(group="pupils").values_list("heads", flat=True))
    lines = OrderLine.objects.filter(due_on__year=YEAR, order__status__in=["confirmed", "planned", "closed"])
    ordered_pieces = sum(int(line.quantity) for line in lines)
    got = sum(int(row.received) for row in ShipmentLine.objects.filter(shipment__status="received"))
    assert f"Wajib (kantor, warga sekolah negeri) {duty}" in page
    assert f"Skenario (dibayar orang tua atau sekolah) {pupils}" in page
    assert f"Dipesan lembaga {ordered_pieces}" in page
    assert f"Diterima {got}" in page
    assert (duty, pupils, ordered_pieces, got) == (24, 455, 24, 24)
    rows = csv_rows(at(officer, "mandate_institutions", tahun=YEAR, unduh="csv"))
    by_code = {row["Kode"]: row for row in rows}
    assert by_code[world.school.code]["Belum dipesan"] == "400"
    assert by_code[other.code]["Skenario"] == "55"
    areas = csv_rows(at(officer, "mandate", tahun=YEAR, unduh="csv"))
    assert [(row["Kelurahan"], row["Wajib"], row["Skenario"], row["Diterima"]) for row in areas] == [
        ("Bekasi Jaya", "24", "455", "24")
    ]


def csv_rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_officer_finds_who_has_ordered_nothing(school, world, officer):
    assert "SDN Bekasi Jaya 1" in text(at(officer, "mandate_institutions", tahun=YEAR, keadaan="belum"))
    ordered(school, world)
    assert "SDN Bekasi Jaya 1" not in text(at(officer, "mandate_institutions", tahun=YEAR, keadaan="belum"))
    assert "SDN Bekasi Jaya 1" in text(at(officer, "mandate_institutions", tahun=YEAR, keadaan="sebagian", q="jaya"))


def test_the_share_for_small_firms_is_unknown_until_a_budget_is_stated(world, officer):
    before = text(at(officer, "institution", world.school.code))
    assert "Anggarannya tidak diketahui, jadi bagiannya juga tidak." in before
    form = {"year": YEAR, "rupiah": "60 jt", "stated_on": "2026-11-20", "source": "RKAS 2027"}
    press(officer, "budget_add", world.school.code, **form)
    assert GoodsBudget.objects.get().rupiah == 60_000_000
    after = text(at(officer, "institution", world.school.code))
    assert "Paling banyak Rp24.000.000 lagi menuju 40%." in after
    press(
        officer,
        "budget_add",
        world.school.code,
        **form | {"small_elsewhere_rupiah": "30 jt", "stated_on": "2026-11-21"},
    )
    assert "Bagian 40% yang diminta sudah tercapai." in text(at(officer, "institution", world.school.code))


def test_the_officer_writes_rules_and_phases_and_a_manager_reads_them(officer, world):
    form = {
        "code": "pegawai", "name": "Pegawai kota", "valid_from": "2026-01-01", "applies_to_kind": "office",
        "applies_to_group": "employees", "pieces_per_head_year": "1,5", "obligation": "on", "source": "Perwal",
    }  # fmt: skip
    press(officer, "mandate_rule_add", **form)
    press(
        officer, "mandate_phase_add", "pegawai", valid_from="2027-01-01", compliance="62,5", assumption="setengah lebih"
    )
    rule = MandateRule.objects.get(code="pegawai")
    assert rule.pieces_per_head_year == Decimal("1.5")
    assert MandatePhase.objects.get(rule=rule).compliance == Decimal("0.625")
    manager = client_of(world.cast.manager)
    assert "62,5%" in text(at(manager, "mandate_rule", "pegawai"))
    assert press(manager, "mandate_rule", "pegawai", **form).status_code == 403
    wrong = form | {"code": "salah", "applies_to_group": "pupils"}
    assert "Kantor punya pegawai kota" in text(press(officer, "mandate_rule_add", **wrong))


def test_the_officer_dates_batik_days_with_their_regulation(officer, world):
    held = {"applies_to_kind": "school", "regulation": "Edaran", "valid_from": "2026-01-01", "source": "surat"}
    press(officer, "batik_day_add", weekday="3", **held)
    assert BatikDay.objects.get().weekday == 3
    assert "Setiap Kamis, sejak 1 Januari 2026 (Edaran)" in text(
        at(client_of(world.user), "school_year", world.school.code, YEAR)
    )
    both = press(officer, "batik_day_add", weekday="3", day="2", month="10", **held)
    assert "Jangan keduanya" in text(both)
    day = BatikDay.objects.get().pk
    held |= {"weekday": "3", "valid_until": "2026-06-30", "version": version_in(at(officer, "batik_day", day))}
    press(officer, "batik_day", day, **held)
    assert "Setiap Kamis" not in text(at(client_of(world.user), "school_year", world.school.code, YEAR))


def test_an_officer_opens_an_account_for_a_school(officer, world):
    other = institution_put(code="20228888", name="SDN 9", kind="school", level="sd", area=world.cast.kelurahan)
    form = {"name": "Pak Guru", "phone": "0812-0000-0888", "cooperative": str(world.cast.cooperative.pk), "adult": "on"}
    press(officer, "institution_account", other.code, **form)
    other = Institution.objects.get(pk=other.pk)
    assert other.buyer is not None
    assert [contact.user.name for contact in other.buyer.contacts.all()] == ["Pak Guru"]
    assert "Pak Guru" in text(at(officer, "institution", other.code))


# ---- cloth


def test_the_page_behind_the_code_of_a_cloth_says_who_made_it_with_what_leave(world):
    lot = made(world, 5)
    page = text(at(Client(), "lot_check", lot.number, lot.check_code))
    assert "Berlisensi: setiap kelompok" in page
    assert "Sari Baut" in page
    assert "Bekasi Jaya" in page
    assert "LIS/1" in page
    assert page.index("Sudah dipatenkan oleh dinas") < page.index("Hak cipta motif sejak 2016")
    assert "Bu Sari" not in page
    paper = at(Client(), "cloth_certificate", lot.number, lot.check_code)
    assert paper.content.startswith(b"%PDF")
    assert len(paper.content) <= 150 * KB


def test_a_cloth_made_after_its_licence_ended_is_said_to_be_unlicensed(world):
    lot = made(world, 5)
    licence_end(licence=world.licence, last_day=date(2026, 3, 1))
    page = text(at(Client(), "lot_check", lot.number, lot.check_code))
    assert "Tidak berlisensi" in page
    assert at(Client(), "cloth_certificate", lot.number, lot.check_code).status_code == 404


def test_the_register_shows_terms_to_whom_they_concern(officer, world):
    page = text(at(officer, "licence", world.licence.pk))
    assert "Pakem tetap; warna hijau atau ungu." in page
    assert "Rp1.000" in page
    public = text(at(Client(), "city_motif", world.motif.pk))
    assert "Sari Baut" in public
    assert "Pakem tetap" not in public
