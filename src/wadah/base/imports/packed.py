"""A packed spreadsheet read in a process of its own, so that no file ends, hangs or fills the one that serves pages.

What a file would become can't be told from its bytes without reading them as the library does: a cell far away, a long
text that thousands of cells share, fifty sheets that are one and the same part, a part under another name. So the
library itself is the judge, where its end harms nobody: reader.py, with a limit on memory and on processor time.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.imports.faults import FileRefused
from wadah.base.imports.guard import COLUMNS_MAX, HEAD_ROWS, ROWS_MAX, broken_text, large_text, locked_text
from wadah.base.imports.reader import Ended, Limits

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("wadah.imports")

LIMITS = Limits(
    memory=640 << 20,
    seconds=12,
    sheets=50,
    rows=ROWS_MAX + HEAD_ROWS,
    columns=COLUMNS_MAX,
    cells=2_000_000,
    text=80 * 1024 * 1024,
)
WALL_SECONDS = 120
"""A reader that waits for something must end too. One that works ends by its processor time, on a busy machine too."""
READER = Path(__file__).with_name("reader.py")
ONE_AT_A_TIME = threading.Lock()
"""Many files sent at once need no more memory than one."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One sheet. visible: not hidden; rows: from row 1 and column A, all of one length."""

    name: str
    visible: bool
    rows: list[list[Any]]


def heavy_text() -> str:
    return _(
        "This file is too large to read: cells far away from the others, or very much text. Delete what stands far to"
        " the right or far below, or send it in several files."
    )


def packed_read(content: bytes) -> list[Packed]:
    """The sheets of a file that the guard let through, in the file's order.

    Raises
    ------
    FileRefused: broken, locked, or more than LIMITS.
    """
    with ONE_AT_A_TIME:
        lines = lines_of(content)
    return [Packed(**json.loads(line, object_hook=value_of)) for line in lines]


def lines_of(content: bytes) -> list[bytes]:
    try:
        ran = subprocess.run(
            [sys.executable, "-P", str(READER), json.dumps(LIMITS)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise FileRefused(heavy_text()) from late
    if ran.returncode != Ended.READ:
        refuse(ran.returncode, ran.stderr)
    return ran.stdout.split(b"\n")[:-1]


def refuse(code: int, said: bytes) -> None:
    """Say why nothing was read. Memory that isn't there ends the reader by a signal, as does its time."""
    words = {
        Ended.BROKEN: broken_text,
        Ended.LOCKED: locked_text,
        Ended.BEYOND: large_text,
        Ended.HEAVY: heavy_text,
        -signal.SIGABRT: heavy_text,
        -signal.SIGXCPU: heavy_text,
        -signal.SIGKILL: heavy_text,
        -signal.SIGSEGV: broken_text,
    }
    if code not in words:
        raise RuntimeError(f"the reader of spreadsheets ended with {code}: {said[-2000:].decode(errors='replace')}")
    log.info("a spreadsheet was refused, %s: %s", code, said[-300:].decode(errors="replace"))
    raise FileRefused(words[code]())


KINDS: dict[str, Callable[[str], dt.date | dt.time]] = {
    "stamp": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
}


def value_of(words: dict[str, Any]) -> Any:
    """What reader.word_of put into words; a sheet is a dictionary itself and stays one."""
    if len(words) != 1:
        return words
    ((key, told),) = words.items()
    if key == "seconds":
        return dt.timedelta(seconds=told)
    return KINDS[key](told)
