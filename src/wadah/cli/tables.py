"""Tables of text that fit a terminal: names give way before numbers do."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME_MAX = 24
NAME_MIN = 6
PIPED_WIDTH = 120  # columns where the output isn't a terminal


def terminal_width() -> int:
    return shutil.get_terminal_size((PIPED_WIDTH, 24)).columns


def cut(text: str, width: int) -> str:
    """At most `width` characters; what is cut off shows as …."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def table(rows: Sequence[Sequence[str]], names: int, width: int) -> list[str]:
    """Lines of one table; rows[0] is its heading.

    The first `names` columns are names: aligned left and cut where the width asks for it. The others are numbers:
    aligned right, never cut unless the terminal is narrower than they are.
    """
    needed = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    room = width - sum(needed[names:]) - 2 * (len(needed) - 1)
    share = max(NAME_MIN, min(NAME_MAX, room // max(names, 1)))
    widths = [min(size, share) for size in needed[:names]] + needed[names:]
    return [cut("  ".join(cells(row, widths, names)).rstrip(), width) for row in rows]


def cells(row: Sequence[str], widths: Sequence[int], names: int) -> list[str]:
    left = [f"{cut(text, size):<{size}}" for text, size in zip(row[:names], widths[:names], strict=True)]
    return left + [f"{text:>{size}}" for text, size in zip(row[names:], widths[names:], strict=True)]
