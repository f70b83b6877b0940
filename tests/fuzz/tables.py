"""Good tables of any kind of import, from a seed: its own headings in either language, cells of each column's type.

Whatever columns a kind has are taken from the kind itself, so a new one is mutated from the day it is declared.
"""

import datetime as dt

from django.utils.translation import override

from wadah.base.imports.kinds import KINDS

FOUND = {
    "phone": ["0812-1111-2222", "+62 813 2222 3333", "081399990000"],
    "area": ["Bekasi Jaya", "Bekasijaya", "Kel. Bekasi Jaya", "Bekasi Jaya, Bekasi Timur"],
    "subsector": ["Komponen otomotif", "Auto parts", "komponen-otomotif"],
    "skill": ["Bubut", "Press manual", "Turning"],
    "firm": ["Sari Baut", "Karim Karet", "Tini Pelat"],
    "part": ["BAUT", "PINTU", "ENGSEL", "baut"],
    "workshop": ["W-001", "W-002", "Bengkel Bu Tini"],
}
KEYS = {
    "members": {
        "name": ["Sari Baut", "Amin Las", "Budi Cat", "Cici Jahit"],
        "workshop_code": ["W-050", "W-051", "B 7", None],
    },
    "workshops": {"code": ["W-001", "W-002", "W-003", "W-060", "w-061"], "machine": ["Mesin bubut", "Press tangan"]},
    "parts": {"code": ["BAUT", "PINTU", "ENGSEL", "MOBIL", "RODA", "BAN", "rem/1"]},
    "rates": {"part": ["BAUT", "PINTU", "ENGSEL"]},
    "orders": {"buyer": ["PT Uji", "PT Lain", "pt uji"], "number": ["77/X", "78/X", "79", "80"]},
    "institutions": {"code": ["20222", "20223", "20224", "20225"]},
}
"""By kind, columns that tell rows apart; the first is another in each row."""
FIRMS = {"W-001": "Sari Baut", "W-002": "Karim Karet"}
OWNERS = {"Sari Baut": "Bu Sari"}
WORDS = ["Bengkel Ibu", "Mawar", "contoh", "Keterangan panjang sekali", "Jl. Melati 7", "data 2026", "100% baik", "A/B"]
BY_TYPE = {
    "whole": [1, 2, 3, 12, "4", "1.250"],
    "number": [1, 2, 40, "12", "1.250", "3,0"],
    "rupiah": [1000, "1.250.000", "Rp 750.000", "1,25 jt", 0],
    "degrees": [-6.24, "-6,25", 6.5],
    "date": [dt.date(2026, 12, 4), "04/12/2026", "4 Desember 2026", "2027-01-08", 46360],
    "yes": ["ya", "tidak", True, "yes", 1],
}
DROPPED = {
    "rates": ("material_rupiah_piece", "quantity_max_week"),
    "orders": ("single_source", "earliest_on", "ordered_on"),
    "parts": ("pack_size",),
}
"""Columns that suit only some of the others; most tables do without them."""


def columns_of(kind, rng, share):
    """Some of a kind's columns, all that are required among them."""
    columns = [column for column in KINDS[kind].columns if column.required or rng.random() < share]
    if rng.random() < 0.3:
        rng.shuffle(columns)
    return columns


def heading(column, rng):
    act = rng.randrange(4)
    if act == 0 and column.synonyms:
        return rng.choice(column.synonyms)
    with override(rng.choice(["id", "en"])):
        label = str(column.label)
    return rng.choice([label, label.upper(), f" {label} *", column.key]) if act == 1 else label


def good_cell(column, rng):
    if not column.required and rng.random() < 0.3:
        return None
    if column.type in BY_TYPE:
        return rng.choice(BY_TYPE[column.type])
    if column.type == "choice":
        value, label = rng.choice(list(column.choices))
        return rng.choice([value, str(label)])
    names = FOUND.get(column.find, WORDS)
    return ", ".join(rng.sample(names, 2)) if column.type == "several" else rng.choice(names)


def rows_of(kind, columns, rng):
    keys = KEYS[kind]
    first = next(iter(keys))
    names = rng.sample(keys[first], rng.randrange(1, len(keys[first]) + 1))
    if kind in {"parts", "workshops"} and rng.random() < 0.5:
        names += names[:2]  # a part with several components, a workshop with several machines
    for name in names:
        row = {column.key: good_cell(column, rng) for column in columns}
        row |= {key: rng.choice(texts) for key, texts in keys.items() if key in row}
        row[first] = name
        if rng.random() < 0.95:
            suited(kind, row, rng)
        yield [row[column.key] for column in columns]


def suited(kind, row, rng):
    """What one row says goes together."""
    told = {
        "members": lambda: {"owner": OWNERS.get(row["name"], "Pak Amin"), "lng": row.get("lat"), "joined_on": None},
        "workshops": lambda: {
            "firm": FIRMS.get(row["code"], "Tini Pelat"),
            "machine": row.get("machine") or "Mesin bubut",
            "lng": row.get("lat"),
            "hours_week": 40,
            "overtime_hours": 4 if "hours_week" in row else None,
            "overtime_cost": 2000 if "hours_week" in row else None,
            "wish_hours": 30,
        },
        "parts": lambda: (
            rng.choice([{"component": None, "quantity": None}, {"component": "BAUT", "quantity": 2}])
            if row["code"] != "BAUT"
            else {"component": None, "quantity": None}
        ),
        "rates": lambda: {"yield_rate": rng.choice([1, "0,95", 0.9])},
        "orders": dict,
        "institutions": lambda: {"kind": "school", "level": rng.choice(["sd", "SMP"])},
    }[kind]()
    told |= {"district": "Bekasi Timur"} | dict.fromkeys(DROPPED.get(kind, ()))
    if kind == "parts" and told["component"]:
        told["supply"] = "made"
    row.update({key: value for key, value in told.items() if key in row})


def table(kind, rng):
    """[headings, row, row, …] of the kind."""
    columns = columns_of(kind, rng, rng.choice([0.1, 0.3, 0.6]))
    keys = {column.key for column in columns}
    together = [{"lat", "lng"}, {"component", "quantity"}]
    apart = {key for pair in together if KINDS[kind].column(min(pair)) and len(pair & keys) == 1 for key in pair}
    if "machine" not in keys:
        apart |= {"machine_count", "machine_skill", "machine_note"}
    columns = [column for column in columns if column.key not in apart]
    return [[heading(column, rng) for column in columns], *rows_of(kind, columns, rng)]
