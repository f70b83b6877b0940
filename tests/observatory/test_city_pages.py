"""The city's pages and files: each figure against the same from rows, who sees how much, joining through the pages."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from datetime import date
from uuid import uuid4

import plain
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from cast_ledger import making_build
from wadah.base.clock import today
from wadah.catalogue.models import Part
from wadah.observatory.rules.stated import STATED
from wadah.register.models import Appointment, FirmMatch, Ikm, Membership, Subsector, Workshop
from wadah.register.services import ikm_register, membership_open

HALF = "2026-2"
END = date(2026, 12, 31)
SMALL = "kurang dari 5 orang"
UNKNOWN = ""


def client_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def rows_of(client, address, table, **asked):
    """A table of a page as a spreadsheet reads it: {first cell: {heading: text}}."""
    answer = client.get(address, {"unduh": "csv", "tabel": table, "masa": HALF, **asked})
    assert answer["Content-Type"].startswith("text/csv"), answer.content[:400]
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return head, rows


def figure(text):
    return float(text.replace(",", ".")) if text else None


def near(text, wanted):
    return figure(text) == pytest.approx(float(wanted), rel=1e-6, abs=1e-6)


@pytest.fixture
def officer(city):
    return client_of(city.cast.officer)


@pytest.fixture
def area_officer(city):
    """Pak Hadi, if he looked after Margahayu alone."""
    Appointment.objects.filter(user=city.cast.officer).update(area=city.areas[1])
    return client_of(city.cast.officer)


def by_trade(values):
    found = Counter()
    for (_area, trade, *_rest), value in values.items():
        found[trade] += value
    return found


def test_the_summary_by_trade_is_that_of_the_rows(city, officer):
    _head, rows = rows_of(officer, "/kota/", "usaha")
    hours, paid = by_trade(plain.work(HALF)), Counter()
    for (_firm, _area, trade), rupiah in plain.pay(HALF).items():
        paid[trade] += rupiah
    told = {row[0]: row[1:] for row in rows}
    for trade in Subsector.objects.all():
        firms = list(trade.ikm.all())
        cells = told[trade.name]
        assert near(cells[0], hours[trade.pk]) and near(cells[1], float(hours[trade.pk]) / (weeks_over() * 40))
        assert int(cells[2]) == paid[trade.pk]
        assert int(cells[3]) == len(firms)
        assert int(cells[4]) == sum(firm.workers or 0 for firm in firms)
        assert int(cells[5]) == len([firm for firm in firms if firm.workers is None])
    assert len(rows) == Subsector.objects.count() + Ikm.objects.filter(subsectors=None).exists()


def test_the_summary_says_whether_jobs_go_up_with_what_is_stated_apart(city, officer):
    page = officer.get("/kota/", {"masa": HALF}).content.decode()
    total = float(sum(plain.work(HALF).values()))
    assert f"{round(total):,}".replace(",", ".") in page
    for one in STATED:
        assert "31 Agustus 2014" in page and f"{one.value:,}".replace(",", ".") in page
    _head, rows = rows_of(officer, "/kota/", "masa")
    assert [near(row[1], sum(plain.work(half).values())) for row, half in zip(rows, plain.HALVES, strict=True)] == [
        True
    ] * 2


def test_the_summary_of_orders_is_that_of_the_rows(city, officer):
    day = today()
    _head, rows = rows_of(officer, "/kota/", "pembeli")
    wanted = plain.ordered_by_buyer(day)
    assert {row[0]: int(row[2]) for row in rows} == wanted
    assert near(rows[0][3], max(wanted.values()) / sum(wanted.values()))
    _head, rows = rows_of(officer, "/kota/", "sumber")
    for code_name, _trade, makers in rows:
        assert int(makers) == plain.makers_of(Part.objects.get(code=code_name.split()[0]), day)
    page = officer.get("/kota/", {"masa": HALF}).content.decode()
    lines = plain.lines_due(HALF)
    share = sum(row.handed_over for row in lines) / sum(row.quantity for row in lines)
    assert f"{float(share) * 100:.1f}%".replace(".", ",") in page
    assert f"{int(plain.received(HALF)):,}".replace(",", ".") in page
    assert (
        f"{sum(row.rupiah for row in plain.surplus('2026-1')):,}".replace(",", ".")
        in officer.get("/kota/", {"masa": "2026-1"}).content.decode()
    )


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weeks_over():
    return ((min(END, today()) - date(2026, 7, 1)).days + 1) / 7


def jobs():
    found = defaultdict(float)
    for (area, *_rest), hours in plain.work(HALF).items():
        found[area] += float(hours) / (weeks_over() * 40)
    return found


def pay():
    found = Counter()
    for (_firm, area, _trade), rupiah in plain.pay(HALF).items():
        found[area] += rupiah
    return found


def hours_m2():
    hours, floors = defaultdict(float), defaultdict(dict)
    for (area, _trade, _firm, shop), value in plain.work(HALF).items():
        m2 = Workshop.objects.get(pk=shop).floor_m2
        if m2 and value > 0:
            hours[area] += float(value)
            floors[area][shop] = m2
    return {area: value / sum(floors[area].values()) for area, value in hours.items()}


def capacity():
    found = defaultdict(float)
    for shop in Workshop.objects.filter(archived_at=None):
        patterns = sorted(shop.week_patterns.all(), key=lambda row: row.valid_from)
        if patterns:
            found[shop.area_id] += sum(getattr(patterns[-1], f"minutes_{day}") for day in DAYS) / 60
    return found


def of_firms(value):
    found = defaultdict(float)
    for firm in Ikm.objects.all():
        found[firm.area_id] += value(firm)
    return found


MEASURES = {
    "pekerjaan": jobs,
    "ikm": lambda: of_firms(lambda firm: 1),
    "pekerja": lambda: of_firms(lambda firm: firm.workers or 0),
    "upah": pay,
    "kapasitas": capacity,
    "per-m2": hours_m2,
    "data": lambda: of_firms(lambda firm: len(plain.lacks(firm)) / 12 / Ikm.objects.filter(area=firm.area).count()),
}


@pytest.mark.parametrize("measure", MEASURES)
def test_the_map_shows_each_measure_as_the_rows_have_it(city, officer, measure):
    wanted = MEASURES[measure]()
    _head, rows = rows_of(officer, "/kota/peta/", "kelurahan", ukuran=measure)
    told = {row[0]: row[2] for row in rows}
    assert told.keys() == {area.name_spaced for area in city.areas}
    for area in city.areas:
        assert near(told[area.name_spaced] or "0", wanted.get(area.pk, 0)), area
    page = officer.get("/kota/peta/", {"ukuran": measure, "masa": HALF}).content.decode()
    shapes = re.findall(r'<path class="(c[0-4]|unknown|hidden)" d="M', page)
    assert len(shapes) == len(city.areas)
    assert {area.name_spaced for area in city.areas} <= set(re.findall(r"<title>([^:<]+):", page))


def test_what_was_ordered_for_a_kelurahan_and_not_received_is_for_officers(city, officer):
    lines = plain.lines_due(HALF)
    for line in lines:
        line.area = city.areas[2]
        line.save()
    wanted = sum(line.quantity - line.handed_over for line in lines)
    _head, rows = rows_of(officer, "/kota/peta/", "kelurahan", ukuran="kurang")
    assert {row[0]: figure(row[2]) for row in rows}[city.areas[2].name_spaced] == float(wanted) > 0
    assert 'value="kurang"' not in client_of().get("/kota/peta/").content.decode()


def test_an_officer_lands_on_the_summary(city):
    client = Client()
    form = {"phone": "0812-0000-0013", "password": "bengkel kecil"}
    answer = client.post("/masuk/", form)
    assert answer.status_code == 302, answer.content[:500]
    assert answer["Location"] == "/kota/"


def test_the_map_of_one_trade(city, officer):
    trade = city.trades[1]
    _head, rows = rows_of(officer, "/kota/peta/", "kelurahan", ukuran="upah", usaha=trade.code)
    wanted = Counter()
    for (_firm, area, subsector), rupiah in plain.pay(HALF).items():
        wanted[area] += rupiah if subsector == trade.pk else 0
    assert {row[0]: int(figure(row[2])) for row in rows} == {area.name_spaced: wanted[area.pk] for area in city.areas}


def test_the_public_map_hides_what_tells_of_fewer_than_five(city):
    """Firms with work stand behind pay: of a kelurahan with fewer than five of them it isn't told, nor can it be
    worked out from the others."""
    everybody = client_of()
    firms = defaultdict(set)
    for (firm, area, _trade), _rupiah in plain.pay(HALF).items():
        firms[area].add(firm)
    _head, rows = rows_of(everybody, "/kota/peta/", "kelurahan", ukuran="upah")
    shown = {row[0]: row[2] for row in rows}
    few = [area for area in city.areas if 0 < len(firms[area.pk]) < 5]
    assert few and all(shown[area.name_spaced] == SMALL for area in few)
    hidden = [area for area in city.areas if shown[area.name_spaced] == SMALL]
    assert sum(len(firms[area.pk]) for area in hidden) >= 5
    page = everybody.get("/kota/peta/", {"ukuran": "upah", "masa": HALF}).content.decode()
    assert page.count('class="hidden"') == len(hidden) + 1  # and the legend
    for area in few:
        rupiah = sum(value for (_firm, place, _trade), value in plain.pay(HALF).items() if place == area.pk)
        assert f"{rupiah:,}".replace(",", ".") not in page
    assert "kurang" not in re.findall(r'<option value="([^"]+)"', page)


def test_the_public_gets_no_year_to_take_a_half_off(city, officer):
    asked = {"ukuran": "upah", "masa": "2026", "unduh": "csv", "tabel": "kelurahan"}
    whole = officer.get("/kota/peta/", asked).content
    public = client_of().get("/kota/peta/", asked).content
    assert public == client_of().get("/kota/peta/", {**asked, "masa": HALF}).content != whole
    assert 'masa=2026"' not in client_of().get("/kota/").content.decode()
    assert 'masa=2026"' in officer.get("/kota/").content.decode()


def test_the_public_summary_tells_nothing_of_orders_nor_of_few(city):
    everybody = client_of()
    page = everybody.get("/kota/", {"masa": HALF}).content.decode()
    assert "Pabrik Mobil" not in page and "HHI" not in page
    for table in ("pembeli", "sumber"):
        answer = everybody.get("/kota/", {"unduh": "csv", "tabel": table})
        assert answer["Content-Type"].startswith("text/html")
    Membership.objects.exclude(ikm=None).delete()
    for table, column in (("usaha", 1), ("masa", 1)):
        _head, rows = rows_of(everybody, "/kota/", table)
        firms = {key[2] for key in plain.work(HALF)}
        assert len(firms) >= 5 and all(row[column] for row in rows)


def test_few_people_in_the_whole_city_are_hidden_altogether(cast):
    making_build(cast).accepted(cast.sari, 100, minutes_per_piece=3)
    page = client_of().get("/kota/").content.decode()
    assert SMALL in page and "5 jam" not in page
    assert "15.000" not in page
    assert "jam kerja seminggu" not in page


def test_an_officer_of_one_kelurahan_sees_no_other(city, area_officer):
    here = city.areas[1]
    _head, rows = rows_of(area_officer, "/kota/peta/", "kelurahan", ukuran="ikm")
    assert [(row[0], int(figure(row[2]))) for row in rows] == [
        (here.name_spaced, Ikm.objects.filter(area=here).count())
    ]
    _head, rows = rows_of(area_officer, "/kota/", "usaha")
    wanted = {key: hours for key, hours in plain.work(HALF).items() if key[0] == here.pk}
    assert sum(figure(row[1]) for row in rows) == pytest.approx(float(sum(wanted.values())))
    page = area_officer.get("/kota/", {"masa": HALF}).content.decode()
    assert "Pabrik Mobil" not in page
    _head, rows = rows_of(area_officer, "/kota/laporan/", "pekerja")
    assert {row[1] for row in rows} == {here.name_spaced}
    firms = set(Ikm.objects.filter(area=here).values_list("name", flat=True))
    listed = area_officer.get("/kota/mutu/", {"kurang": "semua", "unduh": "csv"}).content.decode("utf-8-sig")
    assert {line.split(";")[0] for line in listed.splitlines()[1:]} == firms


def test_the_report_needs_no_typing(city, officer):
    _head, rows = rows_of(officer, "/kota/laporan/", "pekerja")
    names = {row.pk: row.name for row in Subsector.objects.all()}
    places = {area.pk: area.name_spaced for area in city.areas}
    hours, paid = defaultdict(float), Counter()
    for (area, trade, *_rest), value in plain.work(HALF).items():
        hours[names[trade], places[area]] += float(value)
    for (_firm, area, trade), rupiah in plain.pay(HALF).items():
        paid[names[trade], places[area]] += rupiah
    told = {(row[0], row[1]): row for row in rows}
    for cell, row in told.items():
        inside = Ikm.objects.filter(subsectors__name=cell[0], area__name_spaced=cell[1])
        if cell[0] in names.values():
            assert int(row[2]) == inside.count()
            assert int(row[4]) == inside.filter(workers=None).count()
            assert (row[3] or "0") == str(sum(firm.workers or 0 for firm in inside))
        assert near(row[5], hours[cell]) and int(row[8]) == paid[cell]
    assert {cell for cell, value in hours.items() if value} <= told.keys()
    _head, rows = rows_of(officer, "/kota/laporan/", "bahan")
    used, _unpriced = plain.material(HALF)
    assert sum(int(row[2]) for row in rows) == pytest.approx(float(sum(used.values())))
    _head, rows = rows_of(officer, "/kota/laporan/", "produksi")
    for name, place, sales, unknown, invested, unknown_too in rows:
        inside = Ikm.objects.filter(subsectors__name=name, area__name_spaced=place)
        if name in names.values():
            assert figure(sales or "0") == sum(firm.annual_sales_rupiah or 0 for firm in inside)
            assert figure(invested or "0") == sum(firm.investment_rupiah or 0 for firm in inside)
            assert int(unknown) == inside.filter(annual_sales_rupiah=None).count()
            assert int(unknown_too) == inside.filter(investment_rupiah=None).count()
    _head, rows = rows_of(officer, "/kota/laporan/", "kosong")
    for row in rows:
        inside = [plain.lacks(firm) for firm in Ikm.objects.filter(area__name_spaced=row[0])]
        assert [int(cell) for cell in row[1:]][:2] == [len(inside), sum("workers" in lacking for lacking in inside)]


def test_the_rest_of_the_report_is_that_of_the_rows(city, officer):
    hours = plain.work(HALF)
    _head, rows = rows_of(officer, "/kota/laporan/", "terukur")
    most = sum(value * plain.hands(key[2]) for key, value in hours.items())
    assert near(rows[0][1], sum(hours.values())) and near(rows[0][2], most)
    assert near(rows[1][1], float(sum(hours.values())) / (weeks_over() * 40))
    assert int(figure(rows[2][1])) == len({key[2] for key, value in hours.items() if value > 0})
    _head, rows = rows_of(officer, "/kota/laporan/", "dinyatakan")
    assert [int(row[1]) for row in rows] == [7, 14, 10_000, 6]
    new = ikm_register(name="Baru", owner_name="Baru", subsectors=[city.trades[0]])
    membership_open(cooperative=city.cast.cooperative, joined_on=today(), ikm=new)
    _head, rows = rows_of(officer, "/kota/laporan/", "usaha")
    told = {row[0]: row[1:] for row in rows}
    for trade in city.trades:
        firms = trade.ikm.count()
        before = firms - (trade == city.trades[0])
        assert [int(cell) for cell in told[trade.name][1:]] == [firms, before, firms - before]
    _head, rows = rows_of(officer, "/kota/laporan/", "bentuk")
    assert [int(row[1]) for row in rows] == [Ikm.objects.count()]
    _head, rows = rows_of(officer, "/kota/laporan/", "pesanan")
    lines = plain.lines_due(HALF)
    assert sum(figure(row[1]) for row in rows) == sum(line.quantity for line in lines)
    assert sum(figure(row[2]) for row in rows) == sum(line.handed_over for line in lines)
    assert sum(int(row[4]) for row in rows) == plain.received(HALF)
    for address in ("/kota/laporan/", "/kota/"):
        _head, rows = rows_of(officer, address, "ukuran")
        offices = next(row for row in rows if row[0].startswith("BPS"))
        sizes = Counter("?" if row.workers is None else row.workers > 4 for row in Ikm.objects.all())
        assert (int(offices[1]), int(offices[5])) == (sizes[False], sizes["?"])
        assert int(offices[2]) + int(offices[3]) == sizes[True]


def test_the_report_in_excel_and_on_paper(city, officer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(officer.get("/kota/laporan/excel/", {"masa": HALF}).content))
    assert len(book.sheet_names) >= 9
    _head, rows = rows_of(officer, "/kota/laporan/", "pekerja")
    sheet = next(name for name in book.sheet_names if len(book.get_sheet_by_name(name).to_python()[0]) == 9)
    assert len(book.get_sheet_by_name(sheet).to_python()) == len(rows) + 1
    paper = officer.get("/kota/laporan/kertas/", {"masa": HALF})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert len(paper.content) <= 150 * 1024


def test_the_gaps_are_listed_with_who_could_fill_them(city, officer):
    answer = officer.get("/kota/mutu/", {"kurang": "hours", "unduh": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(answer), delimiter=";"))[1:]
    wanted = [firm for firm in Ikm.objects.all() if "hours" in plain.lacks(firm)]
    assert {row[0] for row in rows} == {firm.name for firm in wanted} and wanted
    assert all("Bu Ratna" in row[3] for row in rows)
    page = officer.get("/kota/mutu/").content.decode()
    assert page.count("<title>") == len(city.areas) + 1
    alone = ikm_register(name="Sendiri", owner_name="Sendiri", area=city.areas[0])
    page = officer.get("/kota/mutu/", {"q": alone.name}).content.decode()
    assert "Sendiri" in page and "Bu Ratna" not in page.split("<tbody>")[1]


def test_a_manager_is_told_of_own_members_alone(city):
    manager = client_of(city.cast.manager)
    listed = manager.get("/kota/mutu/", {"kurang": "semua", "unduh": "csv"}).content.decode("utf-8-sig")
    assert "Usaha 100" in listed and "Rudi Logam" not in listed
    assert 'class="map"' not in manager.get("/kota/mutu/").content.decode()


@pytest.fixture
def twin(city):
    ikm = ikm_register(name="TINI PELAT", owner_name="Bu Tini", area=city.cast.kelurahan, workers=3)
    membership_open(cooperative=city.cast.cooperative, joined_on=date(2024, 1, 1), ikm=ikm)
    return ikm


def decide(client, one, other, decision, reason="Satu rumah"):
    form = {"decision": decision, "reason": reason, "idempotency_key": str(uuid4())}
    return client.post(f"/kota/mutu/kembar/{one.pk}/{other.pk}/", form)


@pytest.mark.parametrize("who", ["officer", "manager"])
def test_twins_are_joined_and_parted_through_the_pages(city, twin, who):
    tini, client = city.cast.tini.ikm, client_of(getattr(city.cast, who))
    address = f"/kota/mutu/kembar/{tini.pk}/{twin.pk}/"
    assert address in client.get("/kota/mutu/kembar/").content.decode()
    assert "TINI PELAT" in client.get(address).content.decode()
    assert decide(client, tini, twin, "first", reason="").status_code == 400
    assert decide(client, tini, twin, "first").status_code == 302
    assert Ikm.objects.get(pk=twin.pk).merged_into == tini and Ikm.objects.get(pk=tini.pk).workers == 3
    page = client.get("/kota/mutu/kembar/").content.decode()
    assert address not in page and "Satu rumah" in page
    assert client.get(address).status_code == 404
    match = FirmMatch.objects.get()
    client.post(f"/kota/mutu/kembar/{match.pk}/batal/", {"idempotency_key": str(uuid4())})
    assert Ikm.objects.get(pk=twin.pk).merged_into is None
    again = client.post(f"/kota/mutu/kembar/{match.pk}/batal/", {"idempotency_key": str(uuid4())})
    assert again.status_code == 409
    assert address in client.get("/kota/mutu/kembar/").content.decode()


def test_two_firms_are_said_to_be_two(city, twin, officer):
    assert decide(officer, city.cast.tini.ikm, twin, "two").status_code == 302
    assert Ikm.objects.get(pk=twin.pk).archived_at is None
    assert f"/{twin.pk}/" not in officer.get("/kota/mutu/kembar/").content.decode()


def test_nobody_joins_what_is_out_of_reach(city, twin, area_officer):
    rudi = city.cast.rudi.ikm
    assert decide(client_of(city.cast.manager), rudi, twin, "first").status_code == 404
    assert decide(area_officer, city.cast.tini.ikm, twin, "first").status_code == 404
    assert decide(client_of(city.cast.tini.user), city.cast.tini.ikm, twin, "first").status_code == 404


@pytest.mark.parametrize("masa", ["2026-1", "2026", "2099-1", "x", "2020-1"])
def test_any_time_may_be_asked_for(city, officer, masa):
    for address in ("/kota/", "/kota/peta/", "/kota/laporan/"):
        assert officer.get(address, {"masa": masa, "ukuran": "tidak-ada", "usaha": "x"}).status_code == 200


def test_a_city_without_anything_says_so(db):
    for address in ("/kota/", "/kota/peta/"):
        assert client_of().get(address).status_code == 200


def test_a_boundary_file_of_the_city_is_drawn(city, officer, settings, tmp_path):
    lng, lat = city.areas[0].lng, city.areas[0].lat
    ring = [[lng, lat], [lng + 0.01, lat], [lng + 0.01, lat + 0.01], [lng, lat]]
    feature = {"properties": {"code": city.areas[0].code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps({"features": [feature]}))
    drawn = officer.get("/kota/peta/").content
    settings.BOUNDARIES = str(path)
    given = officer.get("/kota/peta/").content
    assert given != drawn and given.count(b' d="M') >= 1
    settings.BOUNDARIES = str(tmp_path / "hilang.geojson")
    assert officer.get("/kota/peta/").content.count(b' d="M') == drawn.count(b' d="M')
