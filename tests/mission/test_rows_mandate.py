"""Rows 7 to 10 of what the article asks for, each through real pages or commands.

7 one order, split over many; 8 the same for furniture and batik; 9 the city's motifs and who may make them; 10 offices
and schools must wear the city's batik.
"""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cast_school import YEAR, later, made, offered, school_build, sent
from standing import standing
from wadah.base.errors import Refused
from wadah.catalogue.selectors import maker_rates
from wadah.cli.main import main
from wadah.demand.models import Headcount, MandateRule, Order, Request
from wadah.register.models import Workshop

KEYS = iter(range(1_000_000))
WEEKS, SECONDS = 6, 4


@standing
def world(cast):
    return school_build(cast)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(client, name, /, *arguments, **query):
    return client.get(reverse(name, args=arguments), query)


def press(client, name, /, *arguments, **form):
    return client.post(reverse(name, args=arguments), {"idempotency_key": f"misi-{next(KEYS)}", **form}, follow=True)


def planned(folder, problem):
    """The plan that `wadah plan` makes of it, after `wadah check` has said that it breaks no rule."""
    (folder / "problem.json").write_text(json.dumps({"format": "wadah-problem/1", **problem}))
    names = str(folder / "problem.json"), str(folder / "plan.json")
    assert main(["plan", names[0], "--time-limit", str(SECONDS), "--out", names[1]]) == 0
    assert main(["check", *names]) == 0
    return json.loads((folder / "plan.json").read_text())


def calendar(periods=WEEKS):
    return {"start": "2026-12-07", "periods": periods}


def shops(*names, hours=40):
    return [{"id": name, "hours": hours} for name in names]


def able(part, workshop, hours, **more):
    return {"part": part, "workshop": workshop, "hours_per_unit": hours, "cost_per_unit": 1_000, **more}


def order(part, quantity, due, **more):
    return {
        "id": f"PO-{part}",
        "part": part,
        "quantity": quantity,
        "due": due,
        "late_cost": 500,
        "short_cost": 90_000,
    } | more


def made_by(plan, part):
    """Workshop → pieces of a part."""
    found = {}
    for row in plan["make"]:
        if row[0] == part:
            found[row[1]] = found.get(row[1], 0) + row[3]
    return found


# ---- row 7


def test_row_07_one_supplies_the_bolts_another_the_rubber_another_the_plates(tmp_path):
    """Together they deliver what none of them could: without any one of them nothing at all is delivered."""
    problem = {
        "calendar": calendar(),
        "parts": [
            {"id": "BRACKET", "bom": [["BOLT", 2], ["BUSH", 2], ["PLATE", 1]]},
            {"id": "BOLT"}, {"id": "BUSH"}, {"id": "PLATE"},
        ],
        "workshops": shops("SARI", "KARIM", "TINI"),
        "capabilities": [
            able("BOLT", "SARI", 0.05), able("BUSH", "KARIM", 0.1),
            able("PLATE", "TINI", 0.1), able("BRACKET", "TINI", 0.2),
        ],
        "orders": [order("BRACKET", 400, 5)],
    }  # fmt: skip
    together = planned(tmp_path, problem)
    assert sum(row[2] for row in together["deliver"]) == 400
    assert {row[1] for row in together["make"]} == {"SARI", "KARIM", "TINI"}
    for away in ("SARI", "KARIM", "TINI"):
        left = [row for row in problem["capabilities"] if row["workshop"] != away]
        alone = planned(tmp_path, problem | {"capabilities": left})
        assert sum(row[2] for row in alone["deliver"]) == 0, away


# ---- row 8


def test_row_08_furniture_waits_until_it_has_dried(tmp_path):
    """Finished chairs dry for a week before they are put together with their seats."""
    plan = planned(
        tmp_path,
        {
            "calendar": calendar(6),
            "parts": [
                {"id": "CHAIR", "bom": [["FINISHED", 1], ["SEAT", 1]], "lead_time": 1},
                {"id": "FINISHED", "bom": [["FRAME", 1]]},
                {"id": "FRAME"},
                {"id": "SEAT"},
            ],
            "workshops": shops("JOINER", "FINISHER", "UPHOLSTERER"),
            "capabilities": [
                able("FRAME", "JOINER", 1.5),
                able("FINISHED", "FINISHER", 1.0),
                able("SEAT", "UPHOLSTERER", 0.5),
                able("CHAIR", "UPHOLSTERER", 0.25),
            ],
            "orders": [order("CHAIR", 20, 4)],
        },
    )
    assert {row[1] for row in plan["make"]} == {"JOINER", "FINISHER", "UPHOLSTERER"}
    assert sum(row[2] for row in plan["deliver"]) == 20
    finished = min(row[2] for row in plan["make"] if row[0] == "FINISHED")
    assert min(row[2] for row in plan["make"] if row[0] == "CHAIR") >= finished + 1


def test_row_08_a_dye_lot_of_batik_is_not_split(tmp_path):
    """Two groups dye; each line whose colour has to match comes from one of them, whole."""
    lines = [order("BATIK", 60, 5) | {"id": name, "single_source": True} for name in ("DINAS-A", "DINAS-B")]
    plan = planned(
        tmp_path,
        {
            "calendar": calendar(),
            "parts": [{"id": "BATIK", "bom": [["WAXED", 1]]}, {"id": "WAXED"}],
            "workshops": shops("BTK-1", "BTK-2"),
            "capabilities": [
                able("WAXED", "BTK-1", 0.5), able("WAXED", "BTK-2", 0.5),
                able("BATIK", "BTK-1", 1.0), able("BATIK", "BTK-2", 1.0),
            ],
            "orders": lines,
        },
    )  # fmt: skip
    sources = dict(plan["assign"])
    assert sources.keys() == {"DINAS-A", "DINAS-B"}
    assert sum(row[2] for row in plan["deliver"]) == 120
    dyed = made_by(plan, "BATIK")
    assert all(pieces == 60 * list(sources.values()).count(group) for group, pieces in dyed.items())


# ---- row 9


@pytest.mark.django_db
def test_row_09_the_city_holds_its_motifs_and_sources_that_disagree_stand_side_by_side(world):
    officer = client_of(world.cast.officer)
    form = {"name": "Golok", "aspect": "culture", "holder": "Pemerintah Kota Bekasi", "right_kind": "copyright"}
    press(officer, "motif_add", **form)
    press(officer, "motif_source_add", world.motif.pk, title="Tribun 2017", says="Hak merek sejak 2014")
    page = text(at(Client(), "city_motif", world.motif.pk))
    for said in ("Sudah dipatenkan oleh dinas", "Hak merek sejak 2014", "Hak cipta motif sejak 2016"):
        assert said in page
    assert "Pemerintah Kota Bekasi" in page
    assert "nomor tidak diketahui" in page
    assert "Golok" in text(at(Client(), "city_motifs"))


@pytest.mark.django_db
def test_row_09_only_a_licensed_group_may_be_planned_for_a_motif(world):
    """Pak Karim's workshop has a rate and an approval for the cloth, and no licence until one is granted."""
    days = {"first_day": date(2026, 12, 7), "last_day": date(2027, 3, 1)}

    def planned_for():
        rows = maker_rates(workshops=Workshop.objects.all(), parts=[world.cloth.pk], **days)
        return {row.rate.workshop.ikm.name: row.royalty_rupiah_piece for row in rows}

    assert planned_for() == {"Sari Baut": 1_000}
    with pytest.raises(Refused):
        made(world, 5, world.cast.karim)
    officer = client_of(world.cast.officer)
    form = {
        "motif": str(world.motif.pk), "ikm": str(world.cast.karim.ikm.pk), "number": "LIS/2",
        "valid_from": "2026-01-01", "royalty_rupiah_piece": "1.500", "terms": "Hanya untuk sekolah.",
    }  # fmt: skip
    press(officer, "licence_add", **form)
    assert planned_for() == {"Sari Baut": 1_000, "Karim Karet": 1_500}


@pytest.mark.django_db
def test_row_09_whoever_holds_a_cloth_sees_whether_it_is_licensed_and_who_made_it(world):
    lot = made(world, 6)
    page = text(at(Client(), "lot_check", lot.number, lot.check_code))
    for said in (lot.number, "Motif Kecapi", "Berlisensi", "Sari Baut", "Bekasi Jaya", "LIS/1"):
        assert said in page
    assert at(Client(), "cloth_certificate", lot.number, lot.check_code).content.startswith(b"%PDF")
    assert at(Client(), "lot_check", lot.number, "SALAH").status_code == 404


# ---- row 10


@pytest.mark.django_db
def test_row_10_the_mandate_is_dated_rules_that_the_officer_keeps(world):
    officer = client_of(world.cast.officer)
    form = {
        "code": "pegawai-2015", "name": "Pegawai kota", "valid_from": "2015-01-01", "applies_to_kind": "office",
        "applies_to_group": "employees", "pieces_per_head_year": "1", "obligation": "on",
        "source": "Bisnis.com, 31 Agustus 2014",
    }  # fmt: skip
    press(officer, "mandate_rule_add", **form)
    for day, share in (("2015-01-01", "25"), ("2016-01-01", "100")):
        told = {"valid_from": day, "compliance": share, "assumption": "bertahap"}
        press(officer, "mandate_phase_add", "pegawai-2015", **told)
    phases = MandateRule.objects.get(code="pegawai-2015").phases.values_list("compliance", flat=True)
    assert [float(share) for share in phases] == [0.25, 1.0]
    page = text(at(officer, "mandate_rules"))
    assert "25% " in page
    assert "Pegawai kota" in page


@pytest.mark.django_db
def test_row_10_duty_becomes_sizes_an_order_goods_and_papers(world):
    school = client_of(world.user)
    code = world.school.code
    assert f"Kewajiban Anda {YEAR}: 24 potong" in text(at(school, "school_year", code, YEAR))
    press(school, "school_paste", code, YEAR, grid="Ukuran\tM\tL\nGuru\t12\t8\nTendik\t4\t0\n")
    cloth = {"kain-teachers": world.cloth.pk, "kain-staff": world.cloth.pk}
    press(school, "school_order", code, YEAR, cooperative=world.cast.cooperative.pk, wanted_on=later(60), **cloth)
    quotation = offered(world, Request.objects.get())
    press(school, "buyer_quotation_accept", quotation.number, "A", answered_by="Bu Guru", binding="on")
    found = Order.objects.get()
    shipment = sent(world, found)
    press(school, "shipment_sign", shipment.number, received_by="Bu Guru")
    assert at(school, "procurement_papers", found.number).content.startswith(b"%PDF")
    rows = figures(client_of(world.cast.officer))
    wanted = {"Wajib": "24", "Skenario": "400", "Dipesan": "24", "Diterima": "24", "Belum dipesan": "400"}
    assert {name: rows[code][name] for name in wanted} == wanted


@pytest.mark.django_db
def test_row_10_what_is_not_ordered_shows_as_a_gap_by_institution_and_kelurahan(world):
    officer = client_of(world.cast.officer)
    heads = sum(Headcount.objects.values_list("heads", flat=True))
    assert int(figures(officer)[world.school.code]["Belum dipesan"]) == heads
    answer = at(officer, "mandate", tahun=YEAR, unduh="csv")
    areas = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Kelurahan"], int(row["Belum dipesan"])) for row in areas] == [("Bekasi Jaya", heads)]


def figures(officer):
    answer = at(officer, "mandate_institutions", tahun=YEAR, unduh="csv")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return {row["Kode"]: row for row in rows}
