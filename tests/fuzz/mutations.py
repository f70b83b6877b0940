"""Files gone wrong in every way that was thought of, from a seed: the same seed gives the same files."""

import io
import random
import zipfile

from tables_made import xlsx

TEXTS = [
    "=cmd|' /C calc'!A0", "+62 812", "-", "1.000,50", "1,000.50", "1e9", "31/02/2026", "4 Desember 2026", "\u202eabc",
    "x" * 5000, "\x00", "\x07", "'", '"', ";", "\n", "١٢٣", "NaN", "inf", "-1", "9" * 400, "#REF!", "<!DOCTYPE a>",
    "🧵",
    "3,275E+15", "ya", "Bekasi Jaya", "W-001", "", " ", "Rp 1.250.000,-", "1,25 jt", "12/31/2026", "0x10", "\ufeff",
]  # fmt: skip
HEAD = ["Usaha", "Pemilik", "No HP", "Kelurahan", "Tenaga kerja", "Omzet", "Tanggal bergabung", "Lintang", "Bujur"]
ROW = ["Amin Las", "Pak Amin", "0812-1111-2222", "Bekasi Jaya", 3, "1,5 jt", "04/12/2026", -6.23, 107.0]


def cell(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice([0, -1, 1.5, 3.275e15, 1e300, 2**53, True, -0.0])
    return rng.choice(TEXTS)


def rows(rng):
    lines = [list(HEAD), *(list(ROW) for _ in range(rng.randrange(1, 5)))]
    for _ in range(rng.randrange(1, 6)):
        line = rng.choice(lines)
        line[rng.randrange(len(line))] = cell(rng)
    if rng.random() < 0.2:
        lines.insert(0, ["Daftar anggota"])
    if rng.random() < 0.2:
        rng.shuffle(lines)
    return lines


def as_csv(rng):
    sign = rng.choice([";", ",", "\t", "|"])
    text = rng.choice(["\n", "\r\n", "\r"]).join(sign.join(str(one) for one in line) for line in rows(rng))
    return text.encode(rng.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]), errors="replace")


def as_xlsx(rng):
    return xlsx([[one.replace("\x00", "") if isinstance(one, str) else one for one in line] for line in rows(rng)])


def bytes_changed(rng, content):
    content = bytearray(content)
    for _ in range(rng.randrange(1, 8)):
        if content:
            place = rng.randrange(len(content))
            act = rng.randrange(3)
            if act == 0:
                content[place] = rng.randrange(256)
            elif act == 1:
                del content[place : place + rng.randrange(1, 40)]
            else:
                content[place:place] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 20)))
    return bytes(content)


def parts_changed(rng, content):
    """Another inside of the packed file: a part gone, twice, or with other text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    text = parts[name]
    act = rng.randrange(6)
    if act == 0:
        del parts[name]
    elif act == 1:
        parts[name] = bytes_changed(rng, text)
    elif act == 2:
        parts[name] = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + text
    elif act == 3:
        parts[name] = text.replace(b'r="A2"', rng.choice([b'r="XFD1048576"', b'r="A1048576"', b'r="ZZ2"', b'r="A0"']))
    elif act == 4:
        parts[name] = text.replace(b"<c ", b'<c t="e" ').replace(b"<v>", b"<v>-")
    else:
        parts["xl/bomb.xml"] = b"<a>" + b" " * rng.choice([1000, 3_000_000]) + b"</a>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, inside in parts.items():
            archive.writestr(part, inside)
    return buffer.getvalue()


def mutated(seed):
    """The file of a seed."""
    rng = random.Random(seed)
    act = rng.randrange(10)
    if act < 5:
        content = as_csv(rng)
        return bytes_changed(rng, content) if act < 2 else content
    content = as_xlsx(rng)
    if act < 7:
        return bytes_changed(rng, content)
    return parts_changed(rng, content) if act < 9 else content
