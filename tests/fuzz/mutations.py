"""Tables gone wrong in every way that was thought of, from a seed: the same seed gives the same file."""

import datetime as dt
import random

from fuzz.packing import csv_made, ods_made, xlsx_made
from fuzz.parts import bytes_changed, parts_changed
from fuzz.tables import table
from wadah.base.imports.kinds import KINDS

TEXTS = [
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "@SUM(1)", "+62 812", "-", "–", "1.000,50", "1,000.50", "1e9",
    "31/02/2026", "4 Desember 2026", "12/31/2026", "Jumat, 4 Desember 2026", "0000-00-00", "99/99/9999", "\u202eabc",
    "x" * 500, "x" * 40_000, "\x00", "\x07", "\x0b", "'", '"', ";", "\n", "\r\n", "١٢٣", "NaN", "inf", "-1", "9" * 400,
    "#REF!", "#N/A", "########", "<!DOCTYPE a>", "🧵", "3.275E+15", "3,275E+15", "ya", "Bekasi Jaya", "W-001", "", " ",
    "Rp 1.250.000,-", "1,25 jt", "0x10", "\ufeff", "\ufffe", "_x0000_", "_x000D_", "a, b; c/d", ",,,", "%s %(x)s {0}",
    "<script>alert(1)</script>", "../../etc/passwd", "NULL", "None", "null", "BAUT", "MOBIL", "W-999999999999999999",
    "ﬀ", "İ", "e\u0301", "²", "Ⅷ", "½", "1 000", "1'000", "−5", "1_000", "１２", "W-00１",
]  # fmt: skip
NUMBERS = [0, -1, 1.5, 3.275e15, 1e300, 2**53, -0.0, 1e-9, 0.1 + 0.2, 1e15, 2**31, 99999999999999, 1e16, -1e308]
OTHERS = [True, False, None, dt.date(1900, 1, 1), dt.date(2026, 12, 4), dt.date(9999, 12, 31)]
TITLES = [["Daftar anggota"], ["", "Koperasi", "", 2026], [], ["No", "Nama"]]


def hostile(rng):
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice(NUMBERS)
    return rng.choice(OTHERS) if kind == 1 else rng.choice(TEXTS)


def retyped(cell, rng):
    """The same as another type: text as a number, a number as text, a date as text."""
    if isinstance(cell, dt.date):
        return rng.choice([cell.strftime("%d/%m/%Y"), cell.isoformat(), cell.strftime("%m/%d/%y"), 46_000])
    if isinstance(cell, bool | int | float):
        return rng.choice([str(cell), f"{cell},00", f"{cell}.00", f" {cell} "])
    text = str(cell or "")
    return rng.choice([len(text), float(text) if text.replace(".", "", 1).isdecimal() else 3.275e15, text.upper()])


def cells_changed(lines, rng):
    for _ in range(rng.choice([1, 1, 2, 4])):
        line = rng.choice(lines[1:] or lines)
        if line:
            place = rng.randrange(len(line))
            line[place] = retyped(line[place], rng) if rng.random() < 0.3 else hostile(rng)
    return lines


def shape_changed(lines, rng):
    """Columns and rows dropped, doubled, moved, put in between."""
    act = rng.randrange(10)
    width = max(map(len, lines))
    place = rng.randrange(width) if width else 0
    if act == 0:
        return [line[:place] + line[place + 1 :] for line in lines]
    if act == 1:
        return [line + line[place : place + 1] for line in lines]
    if act == 2:
        order = rng.sample(range(width), width)
        return [[line[i] if i < len(line) else None for i in order] for line in lines]
    if act == 3:
        del lines[rng.randrange(len(lines))]
    elif act == 4:
        lines.append(list(rng.choice(lines)))
    elif act == 5:
        rng.shuffle(lines)
    elif act == 6:
        lines[0:0] = [list(rng.choice(TITLES)) for _ in range(rng.randrange(1, 4))]
    elif act == 7:
        lines.insert(rng.randrange(len(lines) + 1), [])
    elif act == 8:
        lines[0] = [hostile(rng) if rng.random() < 0.3 else cell for cell in lines[0]]
    else:
        return [[*([None] * rng.randrange(1, 4)), *line, *([hostile(rng)] * rng.randrange(3))] for line in lines]
    return lines or [[]]


def mutated(seed):
    """(kind, file name, bytes) of a seed."""
    rng = random.Random(seed)
    kind = rng.choice(sorted(KINDS))
    lines = table(kind, rng)
    if rng.random() < 0.45:
        lines = cells_changed(lines, rng)
    if rng.random() < 0.25:
        lines = shape_changed(lines, rng)
    form = rng.choices(["xlsx", "csv", "ods"], [5, 4, 1])[0]
    make = {"xlsx": xlsx_made, "csv": csv_made, "ods": ods_made}[form]
    content = make(lines, rng)
    act = rng.random()
    if act < 0.15:
        content = bytes_changed(rng, content)
    elif act < 0.35 and form != "csv":
        content = parts_changed(rng, content)
    return kind, f"{seed}.{form}", content
