"""A program of its own that reads one packed spreadsheet under limits: run by packed.py, never imported by the pages.

The library that reads (calamine) allocates a sheet from corner to corner and repeats a text for every cell that has it.
Where the memory isn't there, it ends its process: so that process holds nothing else.

In: the file on standard input; Limits as JSON as the only argument. Out: a JSON line for each sheet, the fields of
packed.Packed; what JSON has no word for as an object with the one key "date", "stamp", "time" or "seconds". The exit
code is one of Ended. Nothing of Wadah is imported here, so that it begins in a few hundredths of a second.
"""

from __future__ import annotations

import datetime as dt
import enum
import io
import json
import resource
import sys
import traceback
from typing import Any, NamedTuple

import python_calamine


class Ended(enum.IntEnum):
    """How a reading ended; anything else is a mistake of ours, or a signal."""

    READ = 0
    BROKEN = 64
    LOCKED = 65
    BEYOND = 66
    """A sheet reaches further than rows and columns may."""
    HEAVY = 67
    """All sheets together come to too many cells or too much text, or the memory didn't do."""


class Limits(NamedTuple):
    """memory: bytes of the process; seconds: of a processor; sheets: the first so many are read; rows, columns: how far
    a sheet may reach; cells: of all sheets, corner to corner, empty ones too; text: bytes of all lines written."""

    memory: int
    seconds: int
    sheets: int
    rows: int
    columns: int
    cells: int
    text: int


class Stop(Exception):
    """The reading ends here, and how."""

    def __init__(self, ended: Ended) -> None:
        self.ended = ended


def main() -> int:
    limits = Limits(*json.loads(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    try:
        put(sys.stdin.buffer.read(), limits)
    except Stop as stop:
        return stop.ended
    except MemoryError:
        return Ended.HEAVY
    except python_calamine.PasswordError:
        return Ended.LOCKED
    except Exception:
        traceback.print_exc()
        return Ended.BROKEN
    except BaseException as panic:  # the library's own way to fail is no Exception
        return Ended.HEAVY if "capacity overflow" in str(panic) else Ended.BROKEN
    return Ended.READ


def put(content: bytes, limits: Limits) -> None:
    cells = text = 0
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for meta in book.sheets_metadata[: limits.sheets]:
            if not str(meta.typ).endswith("WorkSheet"):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            cells += corners(sheet, limits)
            if cells > limits.cells:
                raise Stop(Ended.HEAVY)
            line = json.dumps(told(meta, sheet), ensure_ascii=False, default=word_of).encode()
            text += len(line)
            if text > limits.text:
                raise Stop(Ended.HEAVY)
            sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def corners(sheet: python_calamine.CalamineSheet, limits: Limits) -> int:
    """Cells from the first of the sheet to its last."""
    if sheet.end is None:
        return 0
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    if rows > limits.rows or columns > limits.columns:
        raise Stop(Ended.BEYOND)
    return rows * columns


def told(meta: python_calamine.SheetMetadata, sheet: python_calamine.CalamineSheet) -> dict[str, Any]:
    return {
        "name": meta.name,
        "visible": str(meta.visible).endswith(".Visible"),
        "rows": spread(sheet.to_python(skip_empty_area=False), getattr(sheet, "merged_cell_ranges", None) or []),
    }


def spread(rows: list[list[Any]], merged: list[Any]) -> list[list[Any]]:
    """Cells merged downwards say the same of each row; merged sideways they are a title and stay as they are.

    Cells merged over each other are broken: no program writes them, and a small file could hold endless work.
    """
    left_over = sum(map(len, rows))
    for (top, left), (bottom, right) in merged:
        if left == right and top < len(rows) and left < len(rows[top]):
            below = rows[top + 1 : bottom + 1]
            left_over -= len(below) + 1
            if left_over < 0:
                raise Stop(Ended.BROKEN)
            for row in below:
                row[left] = rows[top][left]
    return rows


def word_of(value: Any) -> dict[str, Any]:
    if isinstance(value, dt.datetime):
        return {"stamp": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"time": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return {"seconds": value.total_seconds()}
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    sys.exit(main())
