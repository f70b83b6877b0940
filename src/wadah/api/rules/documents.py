"""Bytes that somebody sends become one object of plain values, or a refusal that names where and what.

JSON and TOML are read by Python's own readers, which run nothing and follow no references. YAML isn't read: its
anchors let a small file grow without end, and every OKH file can be saved as TOML or JSON.
"""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from wadah.api.rules.fields import name_key
from wadah.base.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Document = dict[str, Any]
Kind = Literal["part", "workshop"]

BYTES_MAX = 1024 * 1024
DEPTH_MAX, VALUES_MAX, TEXT_MAX = 16, 20_000, 20_000
AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)$")
PART_NAMES = frozenset({"okhv", "okhmanifestversion", "function", "licensor", "licence", "license", "bom", "tsdc"})
WORKSHOP_NAMES = frozenset(
    {
        "facilitystatus",
        "equipment",
        "manufacturingprocesses",
        "openinghours",
        "location",
        "typicalmaterials",
        "accesstype",
        "certifications",
    }
)


def document_read(content: bytes, name: str = "") -> Document:
    """The one object that a JSON or TOML file of at most 1 MB holds; fractions as Decimal.

    Raises
    ------
    Refused: too large, no text, YAML, faulty (with line and column), nested or long beyond reason, not one object.
    """
    if len(content) > BYTES_MAX:
        raise Refused(_("The file is larger than 1 MB. Take out pictures and the like, and send it again."))
    if name.lower().endswith((".yaml", ".yml")):
        raise Refused(_("This is a YAML file. Save it as TOML or JSON, for instance with okh-tool, and send that."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = {"place": error.start + 1}
        raise Refused(_("Byte %(place)d isn't UTF-8 text. Save the file as text in UTF-8.") % words) from error
    if not text.strip():
        raise Refused(_("The file is empty."))
    found = json_read(text) if text.lstrip()[0] in "{[" and not toml_head(text) else toml_read(text)
    if isinstance(found, list):
        if len(found) != 1:
            words = {"count": len(found)}
            raise Refused(_("The file holds %(count)d records. Send one record in one file.") % words)
        found = found[0]
    if not isinstance(found, dict):
        raise Refused(_("The file must hold one object with named fields."))
    values_check(found)
    return found


def toml_head(text: str) -> bool:
    """A TOML file may begin with a table, "[rdf]", which JSON can't."""
    return re.match(r"\s*\[\[?\s*[A-Za-z0-9_\-.\"']+\s*\]\]?\s*(#|\r?\n)", text) is not None


def json_read(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=no_number, object_pairs_hook=once_each)
    except json.JSONDecodeError as error:
        raise faulty(error.lineno, error.colno, "JSON") from error
    except RecursionError as error:
        raise nested() from error
    except (ValueError, ArithmeticError) as error:  # too many digits, or an exponent beyond any
        raise Refused(_("The file holds a number that is too long.")) from error


def no_number(text: str) -> Any:
    raise Refused(_("“%(text)s” is no number.") % {"text": text})


def once_each(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(_("The field “%(name)s” stands there twice.") % {"name": twice[:80]})
    return found


def toml_read(text: str) -> Any:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        at = AT_LINE.search(str(error))
        raise faulty(int(at[1]) if at else text.count("\n") + 1, int(at[2]) if at else 1, "TOML") from error
    except RecursionError as error:
        raise nested() from error
    except (ValueError, ArithmeticError) as error:  # too many digits, or an exponent beyond any
        raise Refused(_("The file holds a number or date that can't be read.")) from error


def faulty(line: int, column: int, form: str) -> Refused:
    words = {"line": line, "column": column, "form": form}
    return Refused(_("Line %(line)d, column %(column)d: this is no %(form)s. Mend it there and send it again.") % words)


def nested() -> Refused:
    return Refused(_("The file is nested too deeply."))


def values_check(document: Document) -> None:
    """Raises Refused where a file is nested or long beyond reason, or holds signs that no text has."""
    for count, (depth, path, value) in enumerate(walked(document), 1):
        if depth > DEPTH_MAX:
            raise nested()
        if count > VALUES_MAX:
            raise Refused(_("The file holds more than %(most)d values.") % {"most": VALUES_MAX})
        if isinstance(value, str):
            text_check(value, path)


def walked(document: Document) -> Iterator[tuple[int, str, Any]]:
    """Every name and value with its depth and the field that it lies in, without recursion."""
    stack: list[tuple[int, str, Any]] = [(0, "", document)]
    while stack:
        depth, path, value = stack.pop()
        yield depth, path, value
        if isinstance(value, dict):
            for name, below in value.items():
                yield depth + 1, path, name
                stack.append((depth + 1, (f"{path}.{name}" if path else name)[:80], below))
        elif isinstance(value, list):
            stack.extend((depth + 1, path, below) for below in value)


def text_check(text: str, path: str) -> None:
    if len(text) > TEXT_MAX:
        raise Refused(_("“%(path)s” is longer than %(most)d signs.") % {"path": path, "most": TEXT_MAX})
    control = any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text)
    if control or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise Refused(_("“%(path)s” holds a sign that no text has.") % {"path": printable(path)})


def printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() and not 0xD800 <= ord(sign) <= 0xDFFF)


def document_kind(document: Document) -> Kind:
    """Whether a document is about a part (OKH) or about a workshop (OKW).

    Raises
    ------
    Refused: it is neither.
    """
    names = {name_key(name) for name in document}
    tests: list[tuple[Kind, Callable[[], int]]] = [
        ("part", lambda: len(names & PART_NAMES)),
        ("workshop", lambda: len(names & WORKSHOP_NAMES)),
    ]
    kind, score = max(((kind, test()) for kind, test in tests), key=lambda found: found[1])
    if not score:
        raise Refused(
            _(
                "This is neither a part by Open Know-How (it has no “okhv” and no “function”) nor a workshop by Open"
                " Know-Where (it has no “equipment”, “location” or “facility_status”)."
            )
        )
    return kind
