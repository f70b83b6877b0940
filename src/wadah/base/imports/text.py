"""Tables as text: which encoding, which sign between cells, and the cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from django.utils.translation import gettext as _

from wadah.base.imports.faults import FileRefused, place_text
from wadah.base.imports.guard import COLUMNS_MAX, HEAD_ROWS, ROWS_MAX, large_text

ENCODINGS = ("utf-8", "utf-16", "windows-1252")
DELIMITERS = (";", ",", "\t", "|")
SAMPLE_LINES = 40
FORMULA_SIGNS = ("=", "+", "-", "@")
NO_TEXT = str.maketrans("\x00\ufffe\uffff", "\ufffd" * 3)
CELL_CHARACTERS_MAX = 32_767  # Excel's own limit; a longer one lacks its closing quotation mark


def encoding_of(content: bytes) -> str:
    """One of ENCODINGS. A mark at the start says it; else what fits, and Windows' own where nothing else does."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    head = content[:4000]
    if head.count(0) > len(head) // 4:
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def decoded(content: bytes, encoding: str) -> str:
    """The text. Raises FileRefused where it is none in this encoding."""
    codec = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1252": "cp1252"}.get(encoding)
    if codec is None:
        raise FileRefused(_("“%(encoding)s” is no encoding that Wadah knows.") % {"encoding": encoding[:20]})
    if codec == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16-be" if content[:1] == b"\x00" else "utf-16-le"
    try:
        text = content.decode(codec, errors="replace" if codec == "cp1252" else "strict")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise FileRefused(
            _("%(place)s: this isn't text in %(encoding)s. Save the file as CSV UTF-8.")
            % {"place": place_text("", row, ""), "encoding": encoding}
        ) from error
    if "\x00" in text:
        raise FileRefused(_("This is no table that Wadah can read. It reads xlsx, ods and csv."))
    return text.translate(NO_TEXT)


def delimiter_of(text: str) -> str:
    """The sign between cells: the one that cuts most lines into the same number of cells."""
    first = text[:8].lower()
    if first.startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4]
    sample = "\n".join(islice(text.splitlines(), SAMPLE_LINES))

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
        except csv.Error:
            return 0, 0
        width, lines = max(((w, n) for w, n in widths.items() if w > 1), key=lambda pair: pair[1], default=(0, 0))
        return lines, width

    return max(DELIMITERS, key=score)


def table_of(text: str, delimiter: str) -> list[list[str]]:
    """All rows of a text table, each as long as it is written; an empty line is a row without cells.

    Raises
    ------
    FileRefused: naming the row.
    """
    if delimiter not in DELIMITERS:
        raise FileRefused(_("“%(sign)s” can't stand between cells.") % {"sign": delimiter[:5]})
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if len(rows) > ROWS_MAX + HEAD_ROWS or len(cells) > COLUMNS_MAX:
                raise FileRefused(large_text())
            if max(map(len, cells), default=0) > CELL_CHARACTERS_MAX:
                raise endless(len(rows) + 1)
            rows.append([plain(cell) for cell in cells])
    except csv.Error as error:
        raise endless(len(rows) + 1) from error
    if rows and rows[0] and rows[0][0].lower().startswith("sep="):
        rows[0] = []
    return rows


def endless(row: int) -> FileRefused:
    words = {"place": place_text("", row, "")}
    return FileRefused(_("%(place)s: a cell never ends. Look for a quotation mark without its pair.") % words)


def plain(cell: str) -> str:
    """A cell without the apostrophe by which files mark a text that looks like a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_SIGNS else cell
