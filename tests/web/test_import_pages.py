"""An import from the file to the receipt and back, as a manager does it without JavaScript."""

import io

import pytest
import python_calamine
from django.test import Client

from tables_made import xlsx
from wadah.base.imports import services
from wadah.base.imports.kinds import KINDS
from wadah.base.imports.services import BACKGROUND_ROWS
from wadah.base.jobs import jobs_run_waiting
from wadah.base.models import Change, ImportBatch
from wadah.catalogue.models import BomLine, Part, Rate
from wadah.demand.models import Headcount, Institution, OrderLine
from wadah.register.models import Ikm, Machine, Membership, Workshop, WorkshopSkill

pytestmark = pytest.mark.django_db
HEAD = ["Usaha", "Pemilik", "No HP", "Kelurahan", "Kode bengkel"]
KEYS = iter(range(10**6))


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast.manager)
    return client


def post(client, address, **form):
    form["idempotency_key"] = f"key-{next(KEYS)}"
    return client.post(address, form)


def send(client, cast, content, kind="members", name="anggota.xlsx"):
    """The batch that a file became."""
    file = io.BytesIO(content)
    file.name = name
    answer = post(client, f"/impor/{kind}/", cooperative=cast.cooperative.pk, file=file)
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.latest("id")


def write(client, batch):
    answer = post(client, f"/impor/berkas/{batch.pk}/tulis/", fingerprint=batch.preview["fingerprint"])
    batch.refresh_from_db()
    return answer


def counts(batch):
    batch.refresh_from_db()
    return tuple(batch.preview["counts"][name] for name in ("new", "changed", "same", "wrong"))


def sent_and_written(client, cast, content, kind="members"):
    batch = send(client, cast, content, kind)
    assert counts(batch)[3] == 0, batch.preview["faults"]
    write(client, batch)
    assert batch.status == "done", batch.error
    return batch


NEW = [HEAD, ["Amin Las", "Pak Amin", "0812-1111-2222", "Bekasi Jaya", "W-050"], ["Budi Cat", "Pak Budi", "", "", ""]]


def test_new_members_are_shown_first_and_written_on_the_second_press(client, cast):
    batch = send(client, cast, xlsx(NEW))
    assert counts(batch) == (2, 0, 0, 0)
    assert not Ikm.objects.filter(name="Amin Las").exists()
    page = client.get(f"/impor/berkas/{batch.pk}/").content.decode()
    assert "Amin Las" in page
    write(client, batch)
    assert batch.number == f"IMP-{batch.done_at.year}-0001"
    ikm = Ikm.objects.get(name="Amin Las")
    assert (ikm.phone, str(ikm.area)) == ("+6281211112222", "Bekasi Jaya")
    assert Workshop.objects.get(code="W-050").ikm == ikm
    assert Membership.objects.filter(ikm=ikm, cooperative=cast.cooperative).exists()
    assert Change.objects.filter(act="ikm_register", user_id=cast.manager.pk).count() == 2


def test_the_same_file_again_has_nothing_to_do_and_pressing_twice_writes_once(client, cast):
    first = sent_and_written(client, cast, xlsx(NEW))
    write(client, first)
    second = send(client, cast, xlsx(NEW))
    assert counts(second) == (0, 0, 2, 0)
    assert write(client, second).status_code == 400
    assert Ikm.objects.filter(name="Amin Las").count() == 1
    assert ImportBatch.objects.filter(number__isnull=False).count() == 1


def test_an_import_is_taken_back_with_new_rows_gone_and_changed_ones_as_they_were(client, cast):
    before = (Ikm.objects.count(), Workshop.objects.count(), Membership.objects.count())
    rows = [*NEW, ["Sari Baut", "Bu Sari", "0812-9999-8888", "", ""]]
    batch = send(client, cast, xlsx(rows))
    assert counts(batch) == (2, 1, 0, 0)
    write(client, batch)
    assert Ikm.objects.get(name="Sari Baut").phone == "+6281299998888"
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    batch.refresh_from_db()
    assert batch.status == "cancelled"
    assert (Ikm.objects.count(), Workshop.objects.count(), Membership.objects.count()) == before
    assert Ikm.objects.get(name="Sari Baut").phone == cast.sari.user.phone


def test_what_something_was_built_on_is_not_taken_back(client, cast):
    batch = sent_and_written(client, cast, xlsx(NEW))
    Machine.objects.create(workshop=Workshop.objects.get(code="W-050"), name="Las listrik")
    answer = post(client, f"/impor/berkas/{batch.pk}/batal/")
    assert answer.status_code == 400
    assert Workshop.objects.filter(code="W-050").exists()
    assert Ikm.objects.filter(name="Budi Cat").exists()


def test_a_row_that_changed_since_is_not_put_back(client, cast):
    batch = sent_and_written(client, cast, xlsx(NEW))
    Ikm.objects.filter(name="Budi Cat").update(workers=4)
    assert post(client, f"/impor/berkas/{batch.pk}/batal/").status_code == 400
    assert Ikm.objects.get(name="Budi Cat").workers == 4


def test_wrong_rows_hold_all_back_and_are_put_right_on_screen(client, cast):
    batch = send(client, cast, xlsx([*NEW, ["Cici Jahit", "Bu Cici", "12", "Antah", ""]]))
    assert counts(batch) == (2, 0, 0, 1)
    assert write(client, batch).status_code == 400
    page = client.get(f"/impor/berkas/{batch.pk}/").content.decode()
    assert "Antah" in page
    post(client, f"/impor/berkas/{batch.pk}/perbaiki/", **{"4.phone": "0812-3333-4444", "4.area": "Bekasi Jaya"})
    assert counts(batch) == (3, 0, 0, 0)
    write(client, batch)
    assert Ikm.objects.get(name="Cici Jahit").phone == "+6281233334444"


def test_the_same_file_comes_back_with_red_cells_and_notes(client, cast):
    batch = send(client, cast, xlsx([*NEW, ["Cici Jahit", "Bu Cici", "12", "Antah", ""]]))
    content = client.get(f"/impor/berkas/{batch.pk}/bertanda/").content
    sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet] == ["Usaha", "Amin Las", "Budi Cat", "Cici Jahit"]
    assert b"xl/comments1.xml" in content


def test_columns_that_nobody_knows_are_chosen_and_remembered(client, cast):
    rows = [["Merek dagang", "Si empunya"], ["Dedi Kayu", "Pak Dedi"]]
    batch = send(client, cast, xlsx(rows))
    assert batch.preview["asks"] == ["name", "owner"]
    assert client.get(f"/impor/berkas/{batch.pk}/cara-baca/").status_code == 200
    form = {
        "sheet": "Anggota",
        "header": 1,
        "decimal": ",",
        "at_name": "0",
        "at_owner": "1",
        "all_phone": "0812-5555-6666",
    }
    post(client, f"/impor/berkas/{batch.pk}/cara-baca/", **form)
    assert counts(batch) == (1, 0, 0, 0)
    again = send(client, cast, xlsx([rows[0], ["Eko Besi", "Pak Eko"]]))
    assert counts(again) == (1, 0, 0, 0)
    write(client, again)
    assert Ikm.objects.get(name="Eko Besi").phone == "+6281255556666"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_template_sent_back_as_it_is_changes_nothing(client, cast, kind):
    content = client.get(f"/impor/{kind}/templat/").content
    batch = send(client, cast, content, kind)
    new, changed, _same, wrong = counts(batch)
    assert (new, changed, wrong) == (0, 0, 0), batch.preview


def test_a_file_that_is_no_table_is_refused_on_the_form(client, cast):
    file = io.BytesIO(b"%PDF-1.7")
    answer = post(client, "/impor/members/", cooperative=cast.cooperative.pk, file=file)
    assert answer.status_code == 400
    assert not ImportBatch.objects.exists()


def test_another_cooperative_cannot_be_written_for(client, cast):
    file = io.BytesIO(xlsx(NEW))
    file.name = "a.xlsx"
    assert post(client, "/impor/members/", cooperative=cast.other_cooperative.pk, file=file).status_code == 400
    assert client.get(f"/impor/members/templat/?koperasi={cast.other_cooperative.pk}").status_code == 404


def test_a_large_file_is_looked_at_and_written_in_the_background(client, cast):
    rows = [HEAD[:2], *([f"Usaha {n}", f"Pemilik {n}"] for n in range(BACKGROUND_ROWS + 1))]
    batch = send(client, cast, xlsx(rows))
    assert batch.status == "working", batch.preview.get("asks")
    assert client.get(f"/impor/berkas/{batch.pk}/").status_code == 200
    jobs_run_waiting()
    assert counts(batch) == (BACKGROUND_ROWS + 1, 0, 0, 0)
    answer = write(client, batch)
    assert batch.status == "working", answer.content.decode()
    jobs_run_waiting()
    batch.refresh_from_db()
    assert batch.status == "done"
    assert Ikm.objects.filter(name__startswith="Usaha ").count() == BACKGROUND_ROWS + 1


def test_a_large_import_is_taken_back_in_the_background_or_says_why_not(client, cast, monkeypatch):
    monkeypatch.setattr(services, "BACKGROUND_EFFECTS", 3)
    batch = sent_and_written(client, cast, xlsx(NEW))
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    batch.refresh_from_db()
    assert batch.status == "done"
    assert 'http-equiv="refresh"' in client.get(f"/impor/berkas/{batch.pk}/").content.decode()
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    Ikm.objects.filter(name="Budi Cat").update(workers=4)
    jobs_run_waiting()
    page = client.get(f"/impor/berkas/{batch.pk}/").content.decode()
    assert "Budi Cat" in page and 'http-equiv="refresh"' not in page
    Ikm.objects.filter(name="Budi Cat").update(workers=None)
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    jobs_run_waiting()
    batch.refresh_from_db()
    assert (batch.status, batch.error, batch.cancelled_by) == ("cancelled", "", "Bu Ratna")
    assert not Ikm.objects.filter(name__in=["Amin Las", "Budi Cat"]).exists()


def test_what_came_in_between_is_shown_before_it_is_written(client, cast):
    batch = send(client, cast, xlsx([HEAD[:3], ["Sari Baut", "Bu Sari", "0812-9999-8888"]]))
    Ikm.objects.filter(name="Sari Baut").update(phone="+6281200000099")
    write(client, batch)
    assert batch.status == "open"
    assert batch.error
    write(client, batch)
    assert batch.status == "done"


def test_workshops_come_with_machines_skills_and_hours(client, cast):
    head = ["Kode bengkel", "Nama bengkel", "Usaha", "Keahlian", "Jam per minggu", "Nama mesin", "Jumlah mesin"]
    rows = [
        head,
        ["W-060", "Bengkel dua", "Sari Baut", "Bubut, Press manual", "40,5", "Mesin bubut", 2],
        ["W-060", "Bengkel dua", "Sari Baut", "", "", "Press tangan", 1],
        ["W-001", "", "", "Press manual", "", "", ""],
    ]
    batch = sent_and_written(client, cast, xlsx(rows), "workshops")
    assert counts(batch) == (1, 1, 0, 0)
    workshop = Workshop.objects.get(code="W-060")
    assert sorted(workshop.machines.values_list("name", "count")) == [("Mesin bubut", 2), ("Press tangan", 1)]
    assert WorkshopSkill.objects.filter(workshop=workshop).count() == 2
    assert sum(getattr(workshop.week_patterns.get(), f"minutes_{day}") for day in ("monday", "saturday")) == 810
    assert WorkshopSkill.objects.filter(workshop=cast.sari.workshop).count() == 2
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    assert not Workshop.objects.filter(code="W-060").exists()
    assert WorkshopSkill.objects.filter(workshop=cast.sari.workshop).count() == 1


def test_workshops_that_are_all_known_need_no_name_and_no_firm(client, cast):
    rows = [["Kode Bengkel", "Keahlian", "Jam per Minggu"], ["W-001", "Press manual", "37,5"]]
    sent_and_written(client, cast, xlsx(rows), "workshops")
    assert WorkshopSkill.objects.filter(workshop=cast.sari.workshop).count() == 2
    unknown = send(client, cast, xlsx([*rows, ["W-099", "Press manual", "40"]]), "workshops")
    assert unknown.preview["asks"] == ["name", "firm"]


PARTS = [
    ["Kode", "Nama", "Subsektor", "Component", "Jumlah"],
    ["MOBIL", "Mobil", "Komponen otomotif", "PINTU", 2],
    ["PINTU", "Pintu", "Komponen otomotif", "ENGSEL", 3],
    ["PINTU", "Pintu", "Komponen otomotif", "BAUT", "8"],
    ["ENGSEL", "Engsel", "Komponen otomotif", "BAUT", 4],
    ["BAUT", "Baut", "Komponen otomotif", "", ""],
]


def test_parts_come_to_any_depth_and_loops_are_refused_with_their_row(client, cast):
    batch = sent_and_written(client, cast, xlsx(PARTS), "parts")
    assert counts(batch) == (4, 0, 0, 0)
    assert BomLine.objects.count() == 4
    loop = send(client, cast, xlsx([PARTS[0], ["BAUT", "Baut", "Komponen otomotif", "MOBIL", 1]]), "parts")
    assert counts(loop) == (0, 0, 0, 1)
    assert loop.preview["faults"][0][:2] == [2, "component"]
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    assert (Part.objects.count(), BomLine.objects.count()) == (0, 0)


def test_rows_of_one_new_part_are_one_new_part_and_all_are_written(client, cast):
    sent_and_written(client, cast, xlsx(PARTS), "parts")
    rows = [
        PARTS[0],
        ["ATAP", "Atap", "Auto parts", "ENGSEL", 1],
        ["ATAP", "", "", "BAUT", 6],
        ["BAUT", "Mur", "", "", ""],
    ]
    batch = send(client, cast, xlsx(rows), "parts")
    assert counts(batch) == (1, 1, 0, 0)
    page = client.get(f"/impor/berkas/{batch.pk}/").content.decode()
    assert "1 baru, 1 berubah, 0 sama, 0 salah" in page
    assert "Tulis 3 baris" in page
    write(client, batch)
    lines = BomLine.objects.filter(parent__code="ATAP")
    assert sorted(lines.values_list("component__code", "quantity")) == [("BAUT", 6), ("ENGSEL", 1)]


def test_a_bill_of_materials_is_put_back_as_it_was(client, cast):
    sent_and_written(client, cast, xlsx(PARTS), "parts")
    before = sorted(BomLine.objects.values_list("parent__code", "component__code", "quantity"))
    batch = sent_and_written(client, cast, xlsx([PARTS[0], ["PINTU", "", "", "ENGSEL", 0]]), "parts")
    assert BomLine.objects.count() == 3
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    assert sorted(BomLine.objects.values_list("parent__code", "component__code", "quantity")) == before


def test_rates_begin_today_and_the_one_before_comes_back(client, cast):
    sent_and_written(client, cast, xlsx(PARTS), "parts")
    head = ["Kode komponen", "Bengkel", "Menit", "Upah", "Disetujui", "Mulai"]
    sent_and_written(client, cast, xlsx([head, ["BAUT", "W-001", 2, "1.250", "ya", "01/01/2026"]]), "rates")
    again = sent_and_written(client, cast, xlsx([head[:4], ["BAUT", "W-001", "", "1.500"]]), "rates")
    assert list(Rate.objects.order_by("valid_from").values_list("pay_rupiah_piece", flat=True)) == [1250, 1500]
    post(client, f"/impor/berkas/{again.pk}/batal/")
    assert Rate.objects.get().valid_until is None


def test_orders_gather_their_lines_by_the_buyers_number(client, cast):
    sent_and_written(client, cast, xlsx(PARTS), "parts")
    head = ["Pembeli", "Nomor PO", "Kode barang", "Jumlah", "Jatuh tempo"]
    rows = [head, ["PT Uji", "77/X", "BAUT", 100, "04/12/2026"], ["PT Uji", "77/X", "PINTU", 5, "4 Desember 2026"]]
    sent_and_written(client, cast, xlsx(rows), "orders")
    assert [(line.order.note, line.quantity) for line in OrderLine.objects.all()] == [("77/X", 100), ("77/X", 5)]
    changed = sent_and_written(client, cast, xlsx([head, ["PT Uji", "77/X", "BAUT", 120, "04/12/2026"]]), "orders")
    assert sorted(OrderLine.objects.values_list("quantity", flat=True)) == [5, 120]
    post(client, f"/impor/berkas/{changed.pk}/batal/")
    assert sorted(OrderLine.objects.values_list("quantity", flat=True)) == [5, 100]


def test_institutions_come_with_their_heads(client, cast):
    head = ["NPSN", "Nama sekolah", "Jenis", "Jenjang", "Negeri", "Kelurahan", "Siswa", "Guru"]
    rows = [head, ["20222", "SDN Uji 1", "sekolah", "sd", "ya", "Bekasijaya", 240, 12]]
    batch = sent_and_written(client, cast, xlsx(rows), "institutions")
    assert sorted(Headcount.objects.values_list("group", "heads")) == [("pupils", 240), ("teachers", 12)]
    post(client, f"/impor/berkas/{batch.pk}/batal/")
    assert Institution.objects.count() == 0
