"""Whether the values of one column are of its kind and in its range (docs/model.md §13).

A whole column is judged at once, because a city has millions of values; only a column with a fault is walked through
value by value to name them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.schema import MOST_WHOLE

if TYPE_CHECKING:
    from wadah.planning.schema import Column

Wrong = tuple[str, object, tuple[tuple[str, object], ...]]  # code, value found, hints for the sentence

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # neither UTF-8 nor a database can hold these


class Missing:
    """Stands for a value that must be given and isn't."""

    def __repr__(self) -> str:
        return "(missing)"


MISSING = Missing()


# -- the whole column -------------------------------------------------------------------------------------------------


def column_fits(column: Column, values: Sequence[object], periods: int | None) -> bool:
    """Whether no value has a fault. False may also mean "look closer": value by value decides."""
    given = [value for value in values if value is not None] if column.nullable else values
    types = set(map(type, given))
    if column.kind in ("number", "whole"):
        return types <= ({int, float} if column.kind == "number" else {int}) and in_range(column, given)
    if column.kind == "series":
        lengths = types <= {tuple} and {len(series) for series in given} <= {periods}  # type: ignore[arg-type]
        return lengths and numbers_fit(column, list(chain.from_iterable(given)))  # type: ignore[arg-type]
    if column.kind == "id":
        return types <= {str} and all(map(str.strip, given)) and not UNSTORABLE.search("".join(given))  # type: ignore[arg-type]
    return column.kind == "flag" and types <= {bool}


def numbers_fit(column: Column, values: Sequence[object]) -> bool:
    return set(map(type, values)) <= {int, float} and in_range(column, values)


def in_range(column: Column, values: Sequence[object]) -> bool:
    if not values:
        return True
    try:
        array = np.array(values, dtype=float)
    except OverflowError:
        return False
    most = min(column.most, MOST_WHOLE) if column.kind == "whole" else column.most
    least = max(column.least, -MOST_WHOLE)
    low = array > least if column.above else array >= least
    return bool((np.isfinite(array) & low & (array <= most)).all())


# -- one value --------------------------------------------------------------------------------------------------------


def value_faults(column: Column, value: object, periods: int | None) -> Iterator[Wrong]:
    """Every fault of one value."""
    if value is MISSING:
        yield "missing", None, ()
    elif value is None:
        if not column.nullable:
            yield "null", None, ()
    elif column.kind == "series":
        yield from series_faults(column, value, periods)
    elif column.kind == "bom":
        yield from bom_faults(column, value)
    else:
        yield from scalar_faults(column, value)


def scalar_faults(column: Column, value: object) -> Iterator[Wrong]:
    if column.kind in ("number", "whole"):
        yield from number_faults(column, value)
    elif column.kind in ("id", "word"):
        yield from text_faults(value)
    elif column.kind == "flag" and not isinstance(value, bool):
        yield "not_flag", value, ()
    elif column.kind == "date" and (not isinstance(value, date) or isinstance(value, datetime)):
        yield "not_date", value, ()


def number_faults(column: Column, value: object) -> Iterator[Wrong]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield "not_number", value, ()
    elif not finite(value):
        yield "not_finite", value, ()
    elif column.kind == "whole" and not isinstance(value, int):
        yield "not_whole", value, ()
    elif value < column.least or (column.above and value <= column.least):
        yield "too_low" if column.above else "too_small", value, (("least", column.least),)
    elif value > column.most:
        yield "too_large", value, (("most", column.most),)
    elif column.kind == "whole" and abs(value) > MOST_WHOLE:
        yield "too_large", value, (("most", MOST_WHOLE),)


def finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond any float
        return False


def text_faults(value: object) -> Iterator[Wrong]:
    if not isinstance(value, str):
        yield "not_text", value, ()
    elif not value.strip():
        yield "empty", value, ()
    elif UNSTORABLE.search(value):
        yield "unstorable", value, ()


def series_faults(column: Column, value: object, periods: int | None) -> Iterator[Wrong]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        yield "not_series", value, (("periods", periods),)
        return
    if periods is not None and len(value) != periods:
        yield "series_length", len(value), (("periods", periods),)
    for period, number in enumerate(value):
        for code, found, hints in number_faults(column, number):
            yield code, found, (*hints, ("period", period))


def bom_faults(column: Column, value: object) -> Iterator[Wrong]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        yield "not_bom", value, ()
        return
    for pair in value:
        if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
            yield "not_bom", pair, ()
            continue
        yield from text_faults(pair[0])
        yield from number_faults(column, pair[1])
