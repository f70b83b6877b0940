"""Rows 1, 2, 3 (floor), 4, 5, 12, 13 and 18 of what the article asks for, each through real pages or commands."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cast import MONDAY
from cast_ledger import making_build
from cast_orders import bracket_order
from cast_sales import selling_build
from cast_work import WorkWorld, order_open
from cast_years import on_day, year_build
from wadah.accounts.services import user_create
from wadah.base.clock import monday, today
from wadah.catalogue.models import Part
from wadah.catalogue.services import approval_record, part_put, rate_set
from wadah.cli.main import main
from wadah.demand.models import Buyer, OrderLine
from wadah.ledger.models import SurplusShare
from wadah.ledger.services.books import book_open
from wadah.ledger.services.work import work_post
from wadah.plans.capabilities import capability_rows
from wadah.plans.rules import Horizon
from wadah.register.models import Ikm, Membership, Subsector, Workshop
from wadah.register.services import (
    appointment_make,
    classification_put,
    subsector_classify,
    subsector_put,
)
from wadah.work.services.milestones import Step, milestone_accept, milestone_hand_in, milestones_lay_out

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def sent(client, address, **form):
    return client.post(address, {"idempotency_key": str(uuid4()), **form})


def table(client, address, name, **asked):
    """A table of a page, as its file has it: {first cell: the others}."""
    answer = client.get(address, {"unduh": "csv", "tabel": name, **asked})
    assert answer["Content-Type"].startswith("text/csv")
    _head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return {row[0]: row[1:] for row in rows}


def number(text):
    return float(text.replace(",", "."))


def page_of(client, address, **asked):
    return client.get(address, asked).content.decode()


@pytest.fixture
def officer(cast):
    return signed_in(cast.officer)


def test_row_01_the_register_knows_firms_workshops_people_machines_and_skills_and_who_keeps_it_fresh(cast, officer):
    listed = page_of(officer, "/kota/mutu/")
    assert "Sari Baut" in listed and "mesin" in listed and "Bu Ratna" in listed
    place = Membership.objects.get(ikm=cast.sari.ikm)
    manager = signed_in(cast.manager)
    shop = cast.sari.workshop
    assert sent(manager, reverse("machine_add", args=[shop.pk]), name="Bubut meja", count="2").status_code == 302
    facts = {"owner_name": "Bu Sari", "name": "Sari Baut", "legal_form": "individual", "workers": "3"}
    facts |= {"area": str(cast.kelurahan.pk), "subsectors": [str(cast.subsector.pk)]}
    edit = reverse("member_edit", args=[place.pk])
    version = manager.get(edit).context["form"]["version"].initial
    assert sent(manager, edit, version=version, **facts).status_code == 302
    assert sent(signed_in(cast.sari.user), reverse("ability_confirm", args=[shop.pk])).status_code == 302
    told = page_of(officer, reverse("member", args=[place.pk]))
    assert "Bubut meja" in told and "Bubut" in told
    rows = officer.get("/kota/mutu/", {"q": "Sari Baut", "kurang": "semua", "unduh": "csv"}).content.decode("utf-8-sig")
    missing, confirmed = rows.splitlines()[1].split(";")[2], rows.splitlines()[1].split(";")[-1]
    assert "mesin" not in missing and "tenaga kerja" not in missing
    assert confirmed == today().strftime("%d/%m/%Y")
    assert table(officer, "/kota/", "usaha")["Komponen otomotif"][3:5] == ["4", "3"]


def test_row_02_the_article_s_subsectors_are_an_editable_list_tied_to_dated_codes(db, capsys):
    assert main(["found", "--cooperative", "K", "--manager", "Bu R", "--phone", "0812-0000-7001", "--lang", "en"]) == 0
    names = {row.code: row for row in Subsector.objects.all()}
    assert {
        "mainan_boneka", "makanan_minuman", "perkayuan", "perbengkelan", "animasi", "teknologi_informasi",
        "komponen_otomotif", "ikan_hias", "furnitur", "handicraft", "batik",
    } <= names.keys()  # fmt: skip
    assert {names["animasi"].kind, names["teknologi_informasi"].kind, names["batik"].kind} == {"services", "goods"}
    assert names["makanan_minuman"].perishable and names["ikan_hias"].perishable and not names["perkayuan"].perishable
    user = user_create(phone="0812-0000-7003", name="Pak Hadi", password="bengkel kecil", adult=True)
    appointment_make(user=user, role="officer", valid_from=date(2024, 1, 1))
    officer = signed_in(user)
    new = subsector_put(code="parfum", name="Parfum", name_en="Perfume")
    Ikm.objects.create(name="Wangi", owner_name="Bu W").subsectors.add(new, names["mainan_boneka"])
    code = classification_put(scheme="KBLI", version="2025", code="20232", title="Parfum")
    subsector_classify(subsector=new, classification=code, valid_from=date(2026, 7, 1))
    codes = {half: table(officer, "/kota/laporan/", "usaha", masa=half) for half in ("2026-1", "2026-2")}
    assert codes["2026-2"]["Parfum"][:2] == ["KBLI 2025 20232", "1"]
    assert codes["2026-1"]["Parfum"][0] == ""  # before the day from which the code holds
    assert codes["2026-1"]["Mainan dan boneka"][0] == "KBLI 2020 32402"


def test_row_02_services_count_in_hours_and_milestones(cast, bracket, officer):
    animation = subsector_put(code="animasi", name="Animasi", name_en="Animation", kind="services")
    film = part_put(
        code="FILM",
        name="Film",
        subsector=animation,
        skill=cast.skills["turning"],
        unit="hour",
        integer=False,
        service=True,
    )
    start = today() - timedelta(days=30)
    approval_record(part=film, workshop=cast.sari.workshop, status="approved", valid_from=start)
    rate_set(part=film, workshop=cast.sari.workshop, valid_from=start, minutes_per_piece=Decimal(60))
    bracket_order(cast, bracket)
    line = OrderLine.objects.first()
    row = order_open(WorkWorld(cast, bracket), film, cast.sari, 40, kind="service", line=line)
    type(row).objects.filter(pk=row.pk).update(minutes_per_piece=60)
    first, _rest = milestones_lay_out(
        work_order=row, steps=[Step("Adegan 1", Decimal(10), today()), Step("Adegan 2", Decimal(30), today())]
    )
    milestone_hand_in(milestone=first, link="https://contoh.id/1")
    milestone_accept(milestone=first, by=cast.manager)
    assert number(table(officer, "/kota/", "usaha")["Animasi"][0]) == pytest.approx(10)


def test_row_03_work_is_counted_by_the_floor_of_homes_and_garages(cast, officer):
    Workshop.objects.filter(pk=cast.sari.workshop.pk).update(kind="garage", floor_m2=24)
    making = making_build(cast)
    making.accepted(cast.sari, 240, minutes_per_piece=12)
    making.accepted(cast.tini, 100, minutes_per_piece=6)
    cells = table(officer, "/kota/peta/", "kelurahan", ukuran="per-m2")["Bekasi Jaya"]
    assert number(cells[1]) == pytest.approx(240 * 12 / 60 / 24)
    assert cells[2] == "1"  # Bu Tini's floor isn't known
    page = page_of(officer, "/kota/")
    assert "24 m²" in page and "10 jam di lantai yang luasnya tidak diketahui" in page
    assert "garasi" in page_of(officer, reverse("workshop", args=[cast.sari.workshop.pk])).lower()
    assert "7%" in page and "31 Agustus 2014" in page


def test_row_04_labour_is_measured_from_accepted_work_apart_from_what_is_stated(cast, officer):
    dolls = subsector_put(code="mainan_boneka", name="Mainan dan boneka", name_en="Toys and dolls")
    doll = Part.objects.create(code="BONEKA", name="Boneka", subsector=dolls)
    Ikm.objects.filter(pk=cast.tini.ikm.pk).update(workers=5)
    making = making_build(cast)
    lot = making.lot(making.work_order(cast.tini, 600, part=doll, minutes_per_piece=20, setup_minutes=60), 600)
    before = page_of(officer, "/kota/")
    making.moved(lot, "accept", 480)
    making.moved(lot, "reject", 120)
    after = page_of(officer, "/kota/")
    assert number(table(officer, "/kota/", "usaha")["Mainan dan boneka"][0]) == pytest.approx(161)
    assert "161 jam menurut waktu bengkel" in after and "805 bila semua orang" in after
    assert "40 jam terpakai untuk barang yang tidak lulus" in after
    assert "161" not in before
    for page in (before, after):  # the stated figure neither grows nor is it added to
        assert "10.000" in page and "dinyatakan" in page and "10.161" not in page
    jobs = table(officer, "/kota/peta/", "kelurahan", ukuran="pekerjaan", usaha="mainan_boneka")
    assert number(jobs["Bekasi Jaya"][1]) > 0
    trend = table(officer, "/kota/", "masa")
    assert [number(row[0]) for row in trend.values()] == [pytest.approx(161)]


def test_row_05_a_garage_joins_in_four_pages_and_its_market_is_there(cast, bracket, officer):
    manager = signed_in(cast.manager)
    firms = int(table(officer, "/kota/peta/", "kelurahan", ukuran="ikm")["Bekasi Jaya"][1])
    begun = sent(manager, reverse("enrolment"), name="Bu Yani", phone="0813 2222 3333", area="bekasijaya", adult="yes")
    turning = str(cast.skills["turning"].pk)
    what = {"subsectors": [str(cast.subsector.pk)], "skills": [turning], "kind": "garage", "machine_1": "Bubut meja"}
    asked = sent(manager, begun["Location"], **what)
    papers = sent(manager, asked["Location"], hours="half")
    done = sent(manager, papers["Location"])
    assert "Bu Yani" in page_of(manager, done["Location"])
    shop = Workshop.objects.get(ikm__name="Bu Yani")
    assert (shop.kind, [row.name for row in shop.machines.all()]) == ("garage", ["Bubut meja"])
    assert int(table(officer, "/kota/peta/", "kelurahan", ukuran="ikm")["Bekasi Jaya"][1]) == firms + 1
    hours = number(table(officer, "/kota/peta/", "kelurahan", ukuran="kapasitas")["Bekasi Jaya"][1])
    assert hours == pytest.approx(4 * 44 + 6 * 4)  # four members of 44 hours, and half days from Monday to Saturday
    order = bracket_order(cast, bracket)
    assert order.number in page_of(manager, reverse("orders"))


def test_row_12_toys_food_and_fish_need_papers_that_gate_planning(cast, officer):
    manager = signed_in(cast.manager)
    toys = subsector_put(code="mainan_boneka", name="Mainan dan boneka", name_en="Toys and dolls")
    doll = part_put(code="BONEKA", name="Boneka", subsector=toys)
    for member in (cast.sari, cast.tini):
        rate_set(part=doll, workshop=member.workshop, valid_from=MONDAY - timedelta(365), minutes_per_piece=2)
        approval_record(part=doll, workshop=member.workshop, status="approved", valid_from=MONDAY - timedelta(365))
    assert sent(manager, reverse("part_papers", args=[doll.pk]), kinds=["sni"]).status_code == 302

    def planned(weeks=4):
        """Workshops that a plan may give the dolls to, with the weeks in which it may."""
        rows = capability_rows({doll.code: doll}, Workshop.objects.all(), Horizon(monday(today()), weeks))
        free = [True] * weeks
        return {row.workshop: [n > 0 for n in row.max_per_period] if row.max_per_period else free for row in rows}

    assert planned() == {}
    place = Membership.objects.get(ikm=cast.sari.ikm)
    ends = monday(today()) + timedelta(weeks=2) - timedelta(days=1)
    paper = {"kind": "sni", "number": "SNI-1", "expires_on": ends.isoformat()}
    assert sent(manager, reverse("certificate_add", args=[place.pk]), **paper).status_code == 302
    assert planned() == {cast.sari.workshop.code: [True, True, False, False]}
    assert "SNI-1" in page_of(officer, reverse("certificates"))
    assert "Bu Tini" in page_of(manager, reverse("part_makers", args=[doll.pk]))
    cast.sari.ikm.certificates.update(expires_on=today() - timedelta(days=1))
    assert planned() == {}
    assert "1 sertifikat habis" in page_of(officer, "/kota/mutu/")


def test_row_13_local_and_national_buyers_and_how_much_hangs_on_one(cast, officer):
    selling = selling_build(cast)
    local = Buyer.objects.create(name="Bengkel Kota", market="local", kind="trader")
    selling.order(pieces=900, price=1_000)
    selling.order(pieces=100, price=1_000, buyer=local)
    rows = table(officer, "/kota/", "pembeli")
    assert rows[selling.buyer.name][1:] == ["900000", "0,9"]
    assert rows["Bengkel Kota"][1:] == ["100000", "0,1"]
    assert len({row[0] for row in rows.values()}) == 2
    page = page_of(officer, "/kota/")
    assert "90%" in page and "(HHI) 0,82" in page
    assert selling.buyer.name not in page_of(Client(), "/kota/")


def test_row_18_income_its_spread_and_the_surplus_shared(cast, officer):
    year = year_build(cast)
    with on_day(date(2026, 3, 14)):
        year.shared()
    page = page_of(officer, "/kota/", masa="2025-1")
    pay = {"sari": 95_000, "tini": 55_000, "karim": 55_000}
    assert "Rp205.000" in page and "Rp55.000" in page  # all, and the one in the middle
    spread = sum(abs(one - other) for one in pay.values() for other in pay.values()) / (2 * 3 * sum(pay.values()))
    assert f"Gini {spread:.2f}".replace(".", ",") in page
    shares = [row.patronage + row.capital for row in SurplusShare.objects.all()]
    assert len(shares) >= 2
    shared = f"Rp{sum(shares):,}".replace(",", ".")
    assert shared in page_of(officer, "/kota/", masa="2026-1")
    everybody = page_of(Client(), "/kota/", masa="2026-1")
    assert shared not in everybody and "kurang dari 5 orang" in everybody


def test_row_18_pay_that_the_books_lack_is_told(cast, officer):
    book_open(cooperative=cast.cooperative, opened_on=today().replace(day=1), by=None)
    making_build(cast).accepted(cast.sari, 100)
    assert "1 hasil yang diterima belum masuk buku" in page_of(officer, "/kota/")
    work_post(cooperative=cast.cooperative)
    page = page_of(officer, "/kota/")
    assert "belum masuk buku" not in page and "Rp95.000" in page
