"""What can be wrong with a file: always said with sheet, row and column, and with the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.errors import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake. row: as the spreadsheet counts, from 1; column: key of the kind's column, "" for the whole row."""

    row: int
    column: str
    message: str


class FileRefused(Refused):
    """A file that can't be read at all; nothing of it is kept."""


class CellRefused(Exception):
    """A cell that can't be read; the message says why and what to do, without saying where."""

    def __init__(self, message: str | _StrPromise) -> None:
        super().__init__(str(message))


class RowRefused(Exception):
    """A row that is refused after the others were read (a loop that it closes, a word against another row's)."""

    def __init__(self, row: int, refused: Refused) -> None:
        super().__init__(str(refused))
        self.row = row
        self.refused = refused


def place_text(sheet: str, row: int, column: str) -> str:
    """ "Sheet Members, row 17, column Phone"; a text file has no sheets."""
    words = {"sheet": sheet, "row": row, "column": column}
    if sheet and column:
        return _("Sheet %(sheet)s, row %(row)s, column %(column)s") % words
    if sheet:
        return _("Sheet %(sheet)s, row %(row)s") % words
    if column:
        return _("Row %(row)s, column %(column)s") % words
    return _("Row %(row)s") % words
