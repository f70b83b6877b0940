"""A document as text: JSON, or TOML, which Python reads but doesn't write."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wadah.api.rules.documents import Document

BARE = re.compile(r"[A-Za-z0-9_-]+")
FORMS = {"toml": "application/toml; charset=utf-8", "json": "application/json; charset=utf-8"}
"""How a document may be written, with its media type."""


def document_write(document: Document, form: str) -> str:
    """The document as text. form: a key of FORMS; fields that are None, "" or empty lists are left out."""
    kept = filled(document)
    if form == "toml":
        return "\n".join(table(kept, "")).strip("\n") + "\n"
    return json.dumps(kept, ensure_ascii=False, indent=2, default=plain) + "\n"


def filled(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = ((name, filled(below)) for name, below in value.items())
        return {name: below for name, below in pairs if below is not None and below not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [filled(below) for below in value]
    return value


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def table(values: Document, path: str) -> list[str]:
    """Lines of one table: its plain fields first, then the tables and lists of tables in it."""
    lines, below = [], []
    for name, value in values.items():
        key = name if BARE.fullmatch(name) else text(name)
        inner = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            below += ["", f"[{inner}]", *table(value, inner)]
        elif isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            for row in value:
                below += ["", f"[[{inner}]]", *table(row, inner)]
        else:
            lines.append(f"{key} = {scalar(value)}")
    return lines + below


def scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(scalar(below) for below in value) + "]"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value != int(value) else str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    return text(value.isoformat() if isinstance(value, dt.date) else str(value))


def text(value: str) -> str:
    """A basic string of TOML: JSON's escapes are TOML's too, but for the delete sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
