"""The spreadsheets of a cooperative that begins with Wadah, as its office has kept them so far. All of it is made up.

Forty garages make a hand pump together. Below the pump stand four levels: the shaft set, the bearing set, the bush,
and the bronze that the bush is turned from.
"""

import io
from datetime import date

import xlsxwriter

MEMBERS = 40
WARDS = ("Bekasi Jaya", "margahayu", "Duren Jaya", "AREN JAYA", "Kranji", "Kota Baru", "Perwira", "Marga Mulya")
NAMES = ("Slamet", "Wagiman", "Sutini", "Karim", "Darsono", "Yanti", "Udin", "Mulyadi", "Rohmah", "Sugeng")
SKILLS = {"fitting": "Rakit mekanik", "milling": "bubut-frais", "turning": "Bubut"}
MACHINES = {"fitting": "Ragum dan kunci momen", "milling": "Mesin frais", "turning": "Mesin bubut"}

MEMBER_HEAD = ["No", "Nama Usaha", "Nama Pemilik", "No. HP", "Kelurahan", "Jenis Usaha", "Tenaga Kerja", "Tgl Masuk"]
WORKSHOP_HEAD = ["Kode Bengkel", "Keahlian", "Jam per Minggu", "Nama Mesin", "Jumlah Unit"]
PART_HEAD = ["Kode", "Nama Barang", "English", "Subsektor", "Proses", "Satuan", "Pasokan", "Bahan", "Jumlah"]
RATE_HEAD = ["Kode Komponen", "Bengkel", "Menit", "Upah", "Disetujui"]

WRONG = {
    ("Nama Pemilik", 6): "",
    ("No. HP", 11): "0812",
    ("Kelurahan", 18): "Antah Berantah",
    ("Tenaga Kerja", 24): "tiga orang",
    ("Tgl Masuk", 30): "31/02/2021",
}
"""Five cells, each wrong in a way of its own, by heading and running number."""
MENDED = {
    "Nama Pemilik": "Ibu Yanti 6",
    "No. HP": "0812 5550 0011",
    "Kelurahan": "Duren Jaya",
    "Tenaga Kerja": 3,
    "Tgl Masuk": "28/02/2021",
}

PUMP, SHAFT_SET, BEARING_SET, BUSH, BRONZE = "POMPA-T", "POROS-R", "BANTALAN-R", "BUSING", "PERUNGGU"
PARTS = [
    [PUMP, "Pompa air tangan", "Hand water pump", "Rakit mekanik", "buah", "", SHAFT_SET, 1],
    [PUMP, "Pompa air tangan", "Hand water pump", "Rakit mekanik", "buah", "", "BADAN", 1],
    [PUMP, "Pompa air tangan", "Hand water pump", "Rakit mekanik", "buah", "", "BAUT-M8", "6"],
    [SHAFT_SET, "Rakitan poros", "Shaft set", "Rakit mekanik", "buah", "", "POROS", 1],
    [SHAFT_SET, "Rakitan poros", "Shaft set", "Rakit mekanik", "buah", "", BEARING_SET, 2],
    [BEARING_SET, "Rakitan bantalan", "Bearing set", "Rakit mekanik", "buah", "", BUSH, 1],
    [BUSH, "Busing perunggu", "Bronze bush", "Bubut", "buah", "", BRONZE, "0,25"],
    ["POROS", "Poros", "Shaft", "Bubut", "buah", "", "AS-BAJA", "0,5"],
    ["BADAN", "Badan pompa", "Pump body", "Bubut-frais", "buah", "", "BESI-COR", 1],
    [BRONZE, "Perunggu batang", "Bronze bar", "", "kg", "dibeli", "", ""],
    ["AS-BAJA", "As baja 20 mm", "Steel bar 20 mm", "", "meter", "dibeli", "", ""],
    ["BESI-COR", "Cor kasar badan", "Raw body casting", "", "buah", "dibeli", "", ""],
    ["BAUT-M8", "Baut M8", "Bolt M8", "", "buah", "dibeli", "", ""],
]
RATES = {
    PUMP: ("fitting", range(0, 4), 40, "18.000", ""),
    SHAFT_SET: ("fitting", range(4, 7), 15, "7.500", "ya"),
    BEARING_SET: ("fitting", range(7, 10), 10, "5.000", "ya"),
    "BADAN": ("milling", range(0, 10), 45, "22.500", "ya"),
    BUSH: ("turning", range(0, 8), 12, "6.000", "ya"),
    "POROS": ("turning", range(8, 16), 20, "Rp 9.500", "ya"),
}
"""Part → trade, which garages of that trade, minutes and pay a piece, whether approved. The pump is new to all."""
PRICES = {BRONZE: "145.000", "AS-BAJA": "62.000", "BESI-COR": "85.000", "BAUT-M8": "1.250"}


def code(number):
    return f"B-{number:02d}"


def name(part):
    return next(row[1] for row in PARTS if row[0] == part)


def trade(number):
    """Every fourth garage fits together, the one after it mills, the others turn."""
    return {0: "fitting", 1: "milling"}.get(number % 4, "turning")


def member_rows():
    for number in range(1, MEMBERS + 1):
        who = NAMES[(number - 1) % len(NAMES)]
        phone = f"0812 5550 {number:04d}" if number % 3 else f" 0812-5550-{number:04d}  "
        cells = [
            number,
            f"  Bengkel  {who} {number}",
            f"Bapak {who} {number}",
            phone,
            WARDS[number % len(WARDS)],
            "komponen otomotif",
            1 + number % 4,
            date(2019 + number % 5, 1 + number % 12, 1 + number % 28),
        ]
        wrong = {head: text for (head, row), text in WRONG.items() if row == number}
        cells = [wrong.get(head, cell) for head, cell in zip(MEMBER_HEAD, cells, strict=True)]
        yield [*cells, code(number)]


def workshop_rows():
    for number in range(1, MEMBERS + 1):
        kind = trade(number)
        yield [code(number), SKILLS[kind], "40" if number % 2 else "37,5", MACHINES[kind], 1]


def part_rows():
    for part, words, english, process, unit, supply, *component in PARTS:
        yield [part, words, english, "Komponen otomotif", process, unit, supply or "dibuat anggota", *component]


def rate_rows():
    for part, (kind, places, minutes, pay, approved) in RATES.items():
        numbers = [number for number in range(1, MEMBERS + 1) if trade(number) == kind]
        for place in places:
            yield [part, code(numbers[place]), minutes, pay, approved]


def book(**sheets):
    """An xlsx with one sheet a name: title lines, a gap, headings in bold, rows, as an office writes them."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day, bold = made.add_format({"num_format": "dd-mm-yy"}), made.add_format({"bold": True})
    for sheet, (title, head, rows) in sheets.items():
        page = made.add_worksheet(sheet)
        page.write(0, 0, title, bold)
        page.write_row(2, 0, head, bold)
        for line, cells in enumerate(rows, 3):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(line, place, cell, day)
                else:
                    page.write(line, place, cell)
    made.close()
    return buffer.getvalue()


def members_book():
    """Members and workshops, each on a sheet of one file."""
    return book(
        Anggota=("DAFTAR ANGGOTA 2026", [*MEMBER_HEAD, "Kode Bengkel"], member_rows()),
        Bengkel=("BENGKEL DAN MESIN", WORKSHOP_HEAD, workshop_rows()),
    )


def parts_book():
    return book(Barang=("POMPA AIR TANGAN, SUSUNAN BAHAN", PART_HEAD, part_rows()))


def rates_book():
    return book(Tarif=("SIAPA MEMBUAT APA", RATE_HEAD, rate_rows()))
