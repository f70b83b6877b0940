"""What is wrong with a file, as one sentence in Indonesian or English: where, what was found, and the way out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wadah.planning.causes import cause
from wadah.planning.sentences import SENTENCES
from wadah.planning.violation import written

if TYPE_CHECKING:
    from wadah.planning.errors import Fault
    from wadah.planning.violation import Language

LONGEST = 60  # characters of a value that are shown

WHERE = {
    "id": {"line": "baris file {}", "row": "daftar {} baris {}", "list": "daftar {}", "field": "kolom {}"},
    "en": {"line": "line {}", "row": "list {} row {}", "list": "list {}", "field": "column {}"},
}


def text(fault: Fault, language: Language = "id") -> str:
    """One sentence: file, line or row (counted from 1), column, what was found and what to do about it."""
    sentence = SENTENCES[fault.code][0 if language == "id" else 1]
    hints = {name: hint_text(name, value, language) for name, value in fault.hint}
    filled = sentence.format_map(defaultdict(lambda: "?", value=shown(fault.value, language), **hints))
    place = where(fault, language)
    return f"{place}: {filled}." if place else f"{filled[0].upper()}{filled[1:]}."


def hint_text(name: str, value: object, language: Language) -> str:
    return cause(str(value), language) if name == "reason" else written(value, language)


def where(fault: Fault, language: Language) -> str:
    """`orders.csv, line 5, list orders row 4, column quantity`, as far as it is known."""
    words = WHERE[language]
    line = dict(fault.hint).get("line")
    parts = [fault.file] if fault.file else []
    if line is not None:
        parts.append(words["line"].format(line))
    if fault.table and fault.row is not None:
        parts.append(words["row"].format(fault.table, fault.row + 1))
    elif fault.table and fault.table != fault.field:
        parts.append(words["list"].format(fault.table))
    if fault.field:
        parts.append(words["field"].format(fault.field))
    return ", ".join(parts)


def shown(value: object, language: Language) -> str:
    """The value found; text in quotation marks, a long one cut short."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return short(str(value) if isinstance(value, int) and abs(value) >= 10**15 else written(value, language))
    return f"“{short(str(value))}”"


def short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
