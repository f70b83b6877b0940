"""What can be imported: each room declares its kinds in its `imports` module and registers them when it stands.

    register_kind(Kind("members", _("Members"), _("One row a firm."), COLUMNS, MembersDesk))

The columns say what a file may hold; the desk knows what is there now and writes one row through the room's services.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from wadah.base.imports.undo import Watch

    Words = str | _StrPromise
    Values = dict[str, Any]

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a kind, the same only as itself.

    type: "text", "whole", "number", "degrees", "rupiah", "date", "yes", "choice", "find", or "several" (finds, with
    commas); synonyms: other headings that mean it; required: of a new row; find: what the desk looks it up as;
    choices: (value, words) of a choice; limit: characters at most; hint: what the template's heading explains.
    """

    key: str
    label: Words
    type: str = "text"
    synonyms: tuple[str, ...] = ()
    required: bool = False
    find: str = ""
    choices: Sequence[tuple[str, Words]] = ()
    limit: int = 160
    hint: Words = ""

    def names(self) -> tuple[str, ...]:
        """Every heading that means this column, folded, the likeliest first."""
        return names_of(self)


@lru_cache(maxsize=1_000)
def names_of(column: Column) -> tuple[str, ...]:
    labels = [column.key]
    for language in LANGUAGES:
        with override(language):
            labels.append(str(column.label))
    return tuple(fold(name) for name in (*labels, *column.synonyms))


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom and by whom: the cooperative's key, the person, and the business date."""

    cooperative_id: int
    by: Any
    today: dt.date


@dataclass(slots=True)
class Row:
    """A row that could be read. number: as the spreadsheet counts; values: by column, only what the file says."""

    number: int
    values: Values


class Desk:
    """One import at work. A kind derives its own; everything is read in a constant number of queries."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def prepare(self, texts: Iterable[Mapping[str, str]]) -> None:
        """Look at the raw texts of all rows before any is read (codes that the file itself brings)."""

    def find(self, what: str, text: str) -> str:
        """The code of what `text` names. Raises Refused with the way out."""
        raise NotImplementedError

    def key(self, values: Values) -> object:
        """What makes a row this row; two rows of a file with the same key are a mistake."""
        raise NotImplementedError

    def now(self, values: Values) -> Values | None:
        """The values that stand now under the key of `values`; None where it would be new."""
        raise NotImplementedError

    def more(self, values: Values) -> bool:
        """Whether what `now` gave comes from a row before it of the same file, which brings the thing itself."""
        return False

    def settle(self, values: Values, now: Values | None) -> None:
        """Fill in and cross-check columns, before they are compared with `now`. Raises Refused (field=column)."""

    def shared(self, values: Values) -> Iterable[tuple[object, Iterable[str]]]:
        """(key, columns) of each thing that other rows of the file may tell of, too; what they say must be the same."""
        return ()

    def write(self, row: Row, now: Values | None, watch: Watch) -> None:
        """Write one row through services. Raises Refused."""
        raise NotImplementedError

    def write_many(self, rows: Sequence[tuple[Row, Values | None]], watch: Watch) -> bool:
        """Write rows, each with what stands now, to the same end as `write` one after the other, but in few queries.

        Whether it did; if not, or if it raises what `write` may, they are rolled back and written one by one, and each
        that is refused is named. So it keeps to itself what it remembers until all is written.
        """
        return False

    def finish(self, watch: Watch) -> None:
        """Write what needs all rows. Raises RowRefused."""

    def current(self) -> Iterable[Values]:
        """All that is there now, for a template that is filled in."""
        return []


@dataclass(frozen=True, slots=True)
class Kind:
    """key: its name in addresses and in the database; hint: one sentence, what a row is; desk: made for each import."""

    key: str
    label: Words
    hint: Words
    columns: tuple[Column, ...]
    desk: Callable[[Scope], Desk]

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    def label_of(self, key: str) -> str:
        column = self.column(key)
        return str(column.label) if column else ""

    def place_label(self, key: str, placed: Collection[str]) -> str:
        """The column that a fault names; of the whole row, the columns by which people know it.

        placed: the columns that the file has.
        """
        if label := self.label_of(key):
            return label
        named = [column for column in self.columns if column.required and column.key in placed]
        named = named or [column for column in self.columns if column.key in placed] or list(self.columns)
        return ", ".join(str(column.label) for column in named[:2])


KINDS: dict[str, Kind] = {}


ELSEWHERE: dict[str, Kind] = {}
"""What comes in on pages of its own and leaves the same receipts: its label is all that is known of it here."""


def kind_known(key: str) -> Kind | None:
    """The kind of a receipt, wherever it was taken in."""
    return KINDS.get(key) or ELSEWHERE.get(key)


def register_kind(kind: Kind) -> Kind:
    """Make a kind known under its key; a second of the same key is a programmer's mistake."""
    if KINDS.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"Expected one import kind {kind.key!r}, got a second")
    return kind


def fold(text: object) -> str:
    """A heading without case, spaces, signs and brackets at its end: "Nama Pemilik *" → "namapemilik"."""
    words = str(text).strip().lower()
    if words.endswith(")") and "(" in words and not words.startswith("("):
        words = words[: words.rindex("(")]
    return "".join(letter for letter in words if letter.isalnum())
