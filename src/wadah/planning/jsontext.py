"""JSON text to Python and back: strict about what it reads, one row a line in what it writes."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from wadah.planning.errors import Fault, InputError
from wadah.planning.storage import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping


class Repeated(dict[str, object]):
    """An object of which some keys were given twice; `keys_twice` names them."""

    keys_twice: tuple[str, ...] = ()


def pairs_hook(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    repeated = Repeated(found)
    repeated.keys_twice = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return repeated


def decoded(data: bytes, file: str | None) -> str:
    """UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("encoding", file, line=data.count(b"\n", 0, error.start) + 1) from error


def parse(text: str, file: str | None = None) -> object:
    """The document; NaN and Infinity are read, so that the row they are in can be named."""
    try:
        return json.loads(text, object_pairs_hook=pairs_hook)
    except json.JSONDecodeError as error:
        raise refuse("json_broken", file, line=error.lineno, column=error.colno, reason=error.msg) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise refuse("json_number", file) from error
    except RecursionError as error:
        raise refuse("json_deep", file) from error


def number(value: float) -> int | float:
    """A number as it is written: 40 rather than 40.0, else the shortest digits that read back the same.

    Raises InputError for a NaN or an infinity, which JSON does not have.
    """
    value = float(value)
    if not math.isfinite(value):
        raise InputError([Fault("not_finite", value=value)])
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def written(document: Mapping[str, object]) -> str:
    """One key a line; a list one row a line, so that two versions of a file can be compared."""
    keys = (f"{json.dumps(key)}: {rows(value)}" for key, value in document.items())
    return "{\n" + ",\n".join(keys) + "\n}\n"


def rows(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join("  " + compact(row) for row in value) + "\n]"
    return compact(value)


def compact(value: object) -> str:
    return json.dumps(value, allow_nan=False)
