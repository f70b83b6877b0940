"""Looking into a packed spreadsheet before anything reads it: bombs, entities, passwords, other kinds of files.

Every part is unpacked once under a limit, which also proves the sizes that the file states. What the cells would come
to isn't worked out here: packed.py has them read where that can do no harm.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.imports.faults import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPACKED_BYTES_MAX = 120 * 1024 * 1024
PARTS_MAX = 2_000
ROWS_MAX = 50_000
COLUMNS_MAX = 200
HEAD_ROWS = 50
"""Rows above the table and below it that may hold something else: titles, notes."""
CHUNK = 1 << 20
OVERLAP = 512
PACKED_BY = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""How spreadsheets are packed. The other ways can't be unpacked in steps: 4 KB become gigabytes at once."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORBIDDEN = [text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")]


def packed_check(content: bytes) -> str:
    """ "xlsx" or "ods" for a packed spreadsheet that is safe to read.

    Raises
    ------
    FileRefused: broken, under a password, another kind of file, or it would unpack into too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = kind_of(archive)
            budget = UNPACKED_BYTES_MAX
            for part in archive.infolist():
                budget -= part_check(archive, part, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FileRefused(broken_text()) from error
    return kind


def broken_text() -> str:
    return _("This file is broken or cut short. Open it in Excel, save it again as xlsx, and send that.")


def locked_text() -> str:
    return _("This file has a password, or it is an old .xls. Save it as xlsx without a password, and send that.")


def bomb_text() -> str:
    return _("This file unpacks into far more than a table needs. It isn't read.")


def large_text() -> str:
    return _("A file holds %(rows)s rows and %(columns)s columns at most. Send it in several files.") % {
        "rows": f"{ROWS_MAX:_}".replace("_", "."),
        "columns": COLUMNS_MAX,
    }


def kind_of(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if len(names) > PARTS_MAX:
        raise FileRefused(broken_text())
    if "EncryptedPackage" in names:
        raise FileRefused(locked_text())
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.xml" in names or any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    raise FileRefused(_("This is no table that Wadah can read. It reads xlsx, ods and csv."))


def part_check(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: int) -> int:
    """Unpack one part under the budget, look at what it holds; how many bytes it came to."""
    if part.flag_bits & 1:
        raise FileRefused(locked_text())
    if part.compress_type not in PACKED_BY:
        raise FileRefused(broken_text())
    if part.file_size > budget:
        raise FileRefused(bomb_text())
    is_text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    size = 0
    with archive.open(part) as stream:
        for text, new in pieces(stream):
            size += new
            if size > budget:
                raise FileRefused(bomb_text())
            if is_text and any(word in text for word in FORBIDDEN):
                raise FileRefused(_("This file refers to things outside itself (a DTD). It isn't read."))
    return size


def pieces(stream: object) -> Iterator[tuple[bytes, int]]:
    """Chunks that overlap, so that nothing hides on a border, with the number of bytes that are new in each."""
    tail = b""
    while chunk := stream.read(CHUNK):  # type: ignore[attr-defined]
        yield tail + chunk, len(chunk)
        tail = chunk[-OVERLAP:]
