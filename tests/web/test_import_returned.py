"""The file that goes back to its sender: red cells with notes, the same columns, and sent again it works; each kind."""

import io
import random
import re
import zipfile

import pytest
import python_calamine
from django.test import Client

from fuzz.packing import ods_made
from fuzz.world import world_build
from tables_made import xlsx
from wadah.base.imports.reading import FILE_BYTES_MAX
from wadah.base.imports.services import import_commit, import_template, import_upload

TODAY = "01/12/2026"
CASES = {
    "members": (["Usaha", "Pemilik", "No HP"], ["Amin Las", "Pak Amin", "0812-1111-2222"], 2, "12"),
    "workshops": (["Kode bengkel", "Nama bengkel", "Usaha", "Nama mesin", "Jumlah mesin"],
                  ["W-060", "Bengkel dua", "Sari Baut", "Bor", 2], 4, "dua"),
    "parts": (["Kode", "Nama", "Subsektor", "Component", "Jumlah"],
              ["MOBIL", "Mobil", "Auto parts", "BAUT", 2], 3, "X"),
    "rates": (["Kode komponen", "Bengkel", "Menit", "Mulai"], ["PINTU", "W-002", 4, TODAY], 3, "31/02/2026"),
    "orders": (["Pembeli", "Nomor PO", "Kode barang", "Jumlah", "Jatuh tempo"],
               ["PT Uji", "80", "BAUT", 10, "04/12/2026"], 3, "=cmd|' /C calc'!A0"),
    "institutions": (["NPSN", "Nama sekolah", "Jenis", "Jenjang", "Kelurahan", "Siswa"],
                     ["20299", "SDN Uji 9", "sekolah", "sd", "Bekasi Jaya", 200], 4, "Antah Berantah"),
}  # fmt: skip
FORMS = {"xlsx": xlsx, "csv": lambda rows: csv_plain(rows), "ods": lambda rows: ods_made(rows, random.Random(1))}


def csv_plain(rows):
    return "\r\n".join(";".join(str(cell) for cell in row) for row in rows).encode("utf-8-sig")


@pytest.fixture
def client(cast):
    world_build(cast)
    client = Client()
    client.force_login(cast.manager)
    return client


def upload(cast, kind, content):
    return import_upload(
        kind=kind, cooperative_id=cast.cooperative.pk, file_name="berkas", content=content, by=cast.manager
    )


def red_cells(content):
    """{"C2"} of the cells whose style has the red of a mistake, and {"C2"} of those with a note."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles, sheet = (archive.read(f"xl/{name}.xml").decode() for name in ("styles", "worksheets/sheet1"))
        notes = archive.read("xl/comments1.xml").decode() if "xl/comments1.xml" in archive.namelist() else ""
    fills = re.findall(r"<fill>.*?</fill>", styles)
    red = {str(place) for place, fill in enumerate(fills) if "FFFFC7CE" in fill}
    formats = re.findall(r'<xf [^>]*fillId="(\d+)"', styles.split("<cellXfs")[1].split("</cellXfs>")[0])
    marked = {str(place) for place, fill in enumerate(formats) if fill in red}
    cells = re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', sheet)
    return {cell for cell, style in cells if style in marked}, set(re.findall(r'<comment ref="([A-Z]+\d+)"', notes))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", CASES)
def test_a_file_with_a_mistake_comes_back_marked_and_works_when_it_is_put_right(client, cast, kind, form):
    head, good, place, mistake = CASES[kind]
    wrong = [mistake if at == place else cell for at, cell in enumerate(good)]
    batch = upload(cast, kind, FORMS[form]([head, wrong]))
    assert batch.preview["counts"]["wrong"] == 1, batch.preview
    page = client.get(f"/impor/berkas/{batch.pk}/").content.decode()
    assert head[place].split()[0][:4].lower() in page.lower()
    content = client.get(f"/impor/berkas/{batch.pk}/bertanda/").content
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [[str(cell).removesuffix(".0") for cell in row] for row in rows] == [
        [str(cell).removesuffix(".0") for cell in row] for row in (head, wrong)
    ]
    cell = f"{chr(65 + place)}2"
    assert red_cells(content) == ({cell}, {cell})
    again = upload(cast, kind, content)
    assert again.preview["counts"]["wrong"] == 1, "a marked file is read as the first was"
    rows[1][place] = good[place]
    right = upload(cast, kind, xlsx(rows))
    assert right.preview["counts"] == {"new": 1, "changed": 0, "same": 0, "wrong": 0}, right.preview["faults"]
    done = import_commit(batch=right, fingerprint=right.preview["fingerprint"], by=cast.manager)
    assert done.status == "done", done.error
    assert upload(cast, kind, xlsx(rows)).preview["counts"] == {"new": 0, "changed": 0, "same": 1, "wrong": 0}


@pytest.mark.parametrize("kind", CASES)
def test_a_template_holds_what_is_there_now(client, cast, kind):
    content = import_template(kind=kind, cooperative_id=cast.cooperative.pk, by=cast.manager)
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    known = {"members": "Sari Baut", "workshops": "W-001", "parts": "PINTU", "rates": "BAUT", "orders": "77/X"}
    assert any(known.get(kind, "20222") in map(str, row) for row in rows[1:])
    told = upload(cast, kind, content).preview["counts"]
    assert (told["new"], told["changed"], told["wrong"]) == (0, 0, 0)
    assert told["same"] == len(rows) - 1 > 0


def test_rows_that_contradict_each_other_are_named(client, cast):
    head = ["Kode", "Nama", "Subsektor", "Component", "Jumlah"]
    rows = [head, ["MOBIL", "Mobil", "Auto parts", "BAUT", 2], ["MOBIL", "Mobil listrik", "Auto parts", "PINTU", 2]]
    batch = upload(cast, "parts", xlsx(rows))
    assert [fault[:2] for fault in batch.preview["faults"]] == [[3, "name"]]
    assert "2" in batch.preview["faults"][0][2]


def test_a_firm_that_joins_on_a_day_to_come_is_known_the_next_time(client, cast):
    rows = [["Usaha", "Pemilik", "Anggota sejak"], ["Amin Las", "Pak Amin", "04/12/2027"]]
    batch = upload(cast, "members", xlsx(rows))
    import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=cast.manager)
    assert upload(cast, "members", xlsx(rows)).preview["counts"]["same"] == 1
    machines = [["Kode bengkel", "Nama bengkel", "Usaha"], ["W-070", "Bengkel Amin", "Amin Las"]]
    assert upload(cast, "workshops", xlsx(machines)).preview["counts"]["new"] == 1


def test_an_order_line_is_refused_whole_and_the_rows_after_it_are_still_looked_at(client, cast):
    head = ["Pembeli", "Nomor PO", "Kode barang", "Jumlah", "Jatuh tempo"]
    rows = [head, ["PT Baru", "1", "BAUT", "0,5", "04/12/2026"], ["PT Baru", "1", "PINTU", 5, "04/12/2026"]]
    batch = upload(cast, "orders", xlsx(rows))
    assert [fault[:2] for fault in batch.preview["faults"]] == [[2, "quantity"]]


def test_a_file_over_the_limit_is_refused_on_the_form_in_words(client, cast):
    file = io.BytesIO(b"x" * (FILE_BYTES_MAX + 1))
    file.name = "besar.csv"
    form = {"cooperative": cast.cooperative.pk, "file": file, "idempotency_key": "big"}
    answer = client.post("/impor/members/", form)
    assert answer.status_code == 400
    assert "5 MB" in answer.content.decode()
