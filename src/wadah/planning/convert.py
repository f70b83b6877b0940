"""Between a value in a file and the value in a row, kind by kind (schema.py).

What can't be converted is passed on as it is: validation names it with its row and column.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from wadah.planning.jsontext import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.schema import Kind

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


# -- from the file ----------------------------------------------------------------------------------------------------


def to_number(value: object) -> object:
    """Whole numbers become floats, so that an array of them never counts in whole numbers."""
    if type(value) is int:
        try:
            return float(value)
        except OverflowError:
            return value
    return value


def to_whole(value: object) -> object:
    """3.0 is the whole number 3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def to_series(value: object, periods: int) -> object:
    """One number stands for the same in each period."""
    if isinstance(value, list):
        return tuple([to_number(item) for item in value])
    converted = to_number(value)
    return repeated(converted, periods) if isinstance(converted, float) else value


@lru_cache(maxsize=4096)
def repeated(value: float, periods: int) -> tuple[float, ...]:
    """Shared by all rows with the same number: a city has ten thousand rows of the same overtime."""
    return (value,) * periods


def to_bom(value: object) -> object:
    if not isinstance(value, list):
        return value
    return tuple(tuple(map(to_number, line)) if isinstance(line, list) else line for line in value)


def to_date(value: object) -> object:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


FROM_FILE: dict[Kind, Callable[[object], object]] = {
    "number": to_number,
    "whole": to_whole,
    "bom": to_bom,
    "date": to_date,
}


def from_file(kind: Kind, value: object, periods: int) -> object:
    """The value for a row; periods: how long a series of one number becomes."""
    if kind == "series":
        return to_series(value, periods)
    convert = FROM_FILE.get(kind)
    return value if convert is None else convert(value)


# -- to the file ------------------------------------------------------------------------------------------------------


def shortened(series: object) -> object:
    """A series of the same number as that number."""
    return series[0] if isinstance(series, list) and len(set(series)) == 1 else series


TO_FILE: dict[Kind, Callable[..., object]] = {
    "number": number,
    "series": lambda series: [number(item) for item in series],
    "bom": lambda bom: [[component, number(quantity)] for component, quantity in bom],
    "date": lambda day: day.isoformat(),
}


def to_file(kind: Kind, value: object) -> object:
    """The value as JSON has it; None is null."""
    convert = TO_FILE.get(kind)
    return value if convert is None or value is None else convert(value)
