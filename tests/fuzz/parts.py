"""Bytes changed, and the inside of packed files: parts gone, twice, or with what no program writes."""

import io
import re
import struct
import warnings
import zipfile

PLACES = [b'r="XFD1048576"', b'r="A1048576"', b'r="ZZ2"', b'r="A0"', b'r="2A"', b'r="A99999999999"', b'r=""', b""]
SIGNS = [b"&#0;", b"&e;", b"_x0000_", b"_xD800_", b"&#xD800;", b"&#x1F;"]
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
NAMES = [
    "../../outside.xml",
    "/etc/passwd",
    "xl\\worksheets\\sheet1.xml",
    "C:evil.xml",
    "xl/worksheets/../x.xml",
    "a" * 300,
]


def bytes_changed(rng, content):
    content = bytearray(content)
    for _ in range(rng.randrange(1, 8)):
        if content:
            place = rng.randrange(len(content))
            act = rng.randrange(4)
            if act == 0:
                content[place] = rng.randrange(256)
            elif act == 1:
                del content[place : place + rng.randrange(1, 40)]
            elif act == 2:
                content[place:place] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 20)))
            else:
                content[place] ^= 1 << rng.randrange(8)
    return bytes(content[: rng.randrange(len(content) + 1)] if rng.random() < 0.1 else content)


def parts_changed(rng, content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    names = [name for name, _text in parts]
    likely = [name for name in names if "sheet" in name or "shared" in name.lower() or name == "content.xml"]
    place = names.index(rng.choice(likely if likely and rng.random() < 0.6 else names))
    act = rng.choice(ACTS)
    act(rng, parts, place)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the same name twice is what is meant
        return packed(rng, parts)


def packed(rng, parts):
    buffer = io.BytesIO()
    method = rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, inside in parts:
            archive.writestr(name, inside)
    content = buffer.getvalue()
    act = rng.randrange(12)
    if act == 0:  # a method that nobody knows, in the directory at the end
        content = content.replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00", 1
        )
    elif act == 1:  # says that it is under a password
        content = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00", 1)
    elif act == 2:  # sizes that aren't true
        at = content.rfind(b"PK\x01\x02")
        content = content[: at + 24] + struct.pack("<I", rng.choice([0, 1, 0xFFFFFFFF])) + content[at + 28 :]
    return content


def changed(change):
    def act(rng, parts, place):
        name, text = parts[place]
        parts[place] = name, change(rng, text)

    return act


def gone(rng, parts, place):
    del parts[place]


def twice(rng, parts, place):
    name, text = parts[place]
    parts.append((name, rng.choice([text, b"", bytes_changed(rng, text)])))


def renamed(rng, parts, place):
    parts[place] = rng.choice(NAMES), parts[place][1]


def added(rng, parts, place):
    more = [
        ("xl/bomb.xml", b"<a>" + b" " * rng.choice([1000, 3_000_000]) + b"</a>"),
        (rng.choice(NAMES), b"x"),
        ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
        ("EncryptedPackage", b"x"),
        ("content.xml", b"<office/>"),
    ]
    parts.append(rng.choice(more))


def strings_broken(rng, text):
    """Indices of shared strings that aren't there."""
    return re.sub(rb't="s"><v>(\d+)</v>', lambda _m: b't="s"><v>%d</v>' % rng.choice([0, 99, 2**31, 2**64]), text)


def typed_wrongly(rng, text):
    sort = rng.choice([b"e", b"b", b"d", b"n", b"inlineStr", b"str", b"zz"])
    return text.replace(b't="s"', b't="%s"' % sort) if b't="s"' in text else text.replace(b"<v>", b"<v>-")


def deep(rng, text):
    depth = rng.choice([50, 5_000, 100_000])
    return text.replace(b"<row", b"<x>" * depth + b"<row", 1)


def dimension(rng, text):
    told = rng.choice([b"A1:XFD1048576", b"A1", b"ZZZ9:A1", b"", b"A0:B-1", b"A1:A99999999999"])
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % told, text)


def merges(rng, text):
    cells = rng.choice([b"A1:A1048576", b"A1:XFD1048576", b"B9:A1", b"A1", b"", b"A2:A60000", b"A0:A2"])
    ranges = b'<mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % cells
    return text.replace(b"</sheetData>", b"</sheetData>" + ranges)


def repeated(rng, text):
    times = rng.choice([b"2", b"70000", b"4000000000", b"-1", b"x", b"99999999999999999999"])
    which = rng.choice([b"rows", b"columns"])
    tag = b"<table:table-row" if which == b"rows" else b"<table:table-cell"
    return text.replace(tag, tag + b' table:number-%s-repeated="%s"' % (which, times), 1)


ACTS = [
    gone,
    twice,
    renamed,
    added,
    changed(bytes_changed),
    changed(lambda rng, text: rng.choice([ENTITY, LAUGHS]) + text),
    changed(lambda rng, text: text.replace(b'r="A2"', rng.choice(PLACES))),
    changed(lambda rng, text: text[: rng.randrange(len(text) + 1)]),
    changed(lambda rng, text: text.replace(b"UTF-8", rng.choice([b"UTF-16", b"latin1", b"utf-7", b"x"]))),
    changed(lambda rng, text: text.replace(b"<t>", b"<t>" + rng.choice(SIGNS))),
    changed(strings_broken),
    changed(typed_wrongly),
    changed(deep),
    changed(dimension),
    changed(merges),
    changed(repeated),
]  # fmt: skip
