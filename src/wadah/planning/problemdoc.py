"""A problem as the document wadah-problem/1, and back (docs/model.md §13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.columns import MISSING
from wadah.planning.convert import from_file, shortened, to_file
from wadah.planning.errors import MOST_FAULTS, Fault, ProblemError
from wadah.planning.jsontext import Repeated, number
from wadah.planning.problem import Problem
from wadah.planning.schema import CALENDAR, LISTS, MOST_PERIODS, PROBLEM_FORMAT, Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEYS = ("format", "calendar", *(table.name for table in LISTS), "change_cost")
REQUIRED = ("calendar", *(table.name for table in LISTS if table.required))


def problem_from_dict(document: object) -> Problem:
    """Read wadah-problem/1 from a parsed document.

    Raises ProblemError with every fault found (at most 100): unknown, repeated and missing keys, rows of the wrong
    shape, and all that validation finds.
    """
    faults: list[Fault] = []
    if not isinstance(document, dict):
        raise ProblemError([Fault("not_object", value=kind_of(document))])
    top_level_faults(document, faults)
    if faults:
        raise ProblemError(faults[:MOST_FAULTS])
    periods = horizon(document["calendar"])
    shaped = {table.name: read_list(table, document.get(table.name, []), periods, faults) for table in LISTS}
    calendar = keyed_row(CALENDAR, document["calendar"], None, periods, faults)
    if any(fault.code in ("not_object", "not_list", "row_length") for fault in faults):
        raise ProblemError(faults[:MOST_FAULTS])
    return built(calendar, shaped, document.get("change_cost", 0), faults)


def built(
    calendar: object, lists: Mapping[str, tuple[object, ...]], change_cost: object, faults: list[Fault]
) -> Problem:
    """The problem; its own faults come after those of the document."""
    try:
        problem = Problem(calendar, change_cost=from_file("number", change_cost, 0), **lists)  # type: ignore[arg-type]
    except ProblemError as error:
        raise ProblemError([*faults, *error.faults][:MOST_FAULTS]) from None
    if faults:
        raise ProblemError(faults[:MOST_FAULTS])
    return problem


def top_level_faults(document: dict[str, object], faults: list[Fault]) -> None:
    format_faults(document, PROBLEM_FORMAT, faults)
    key_faults(document, KEYS, None, None, faults)
    faults.extend(Fault("missing_list", name) for name in REQUIRED if name not in document)


def format_faults(document: dict[str, object], expected: str, faults: list[Fault]) -> None:
    if "format" not in document:
        faults.append(Fault("no_format", field="format", hint=(("format", expected),)))
    elif document["format"] != expected:
        faults.append(Fault("wrong_format", field="format", value=document["format"], hint=(("format", expected),)))


def key_faults(
    row: dict[str, object], known: Sequence[str], table: str | None, index: int | None, faults: list[Fault]
) -> None:
    """Keys that the format doesn't have, and keys given twice."""
    for name in row.keys() - set(known):
        faults.append(Fault("unknown_key", table, index, name, name, hint=(("known", ", ".join(known)),)))
    if isinstance(row, Repeated):
        faults.extend(Fault("duplicate_key", table, index, name, name) for name in row.keys_twice)


def horizon(calendar: object) -> int:
    """How many periods a series of one number fills; 0 where the calendar is at fault, which is named later."""
    periods = from_file("whole", calendar.get("periods"), 0) if isinstance(calendar, dict) else None
    return periods if type(periods) is int and 1 <= periods <= MOST_PERIODS else 0


# -- rows -------------------------------------------------------------------------------------------------------------


def read_list(table: Table, rows: object, periods: int, faults: list[Fault]) -> tuple[object, ...]:
    if not isinstance(rows, list):
        faults.append(Fault("not_list", table.name, value=kind_of(rows)))
        return ()
    read = keyed_row if table.keyed else listed_row
    return tuple([read(table, row, index, periods, faults) for index, row in enumerate(rows)])


def keyed_row(table: Table, row: object, index: int | None, periods: int, faults: list[Fault]) -> object:
    """A row that is an object: the columns it gives, defaults for the others."""
    if not isinstance(row, dict):
        faults.append(Fault("not_object", table.name, index, value=kind_of(row)))
        return None
    columns = table.column
    if not row.keys() <= columns.keys() or type(row) is Repeated:
        key_faults(row, tuple(columns), table.name, index, faults)
    given = {
        columns[name].attribute: from_file(columns[name].kind, value, periods)
        for name, value in row.items()
        if name in columns
    }
    for column in table.must_give:
        if column.attribute not in given:
            given[column.attribute] = left_out(table, column, periods)
    return table.row(**given)


def left_out(table: Table, column: Column, periods: int) -> object:
    if column.required:
        return MISSING
    return from_file(column.kind, table.defaults[column.name], periods)


def listed_row(table: Table, row: object, index: int, periods: int, faults: list[Fault]) -> object:
    """A row that is an array: all columns in their order."""
    if not isinstance(row, list) or len(row) != len(table.columns):
        names = ", ".join(column.name for column in table.columns)
        faults.append(Fault("row_length", table.name, index, value=kind_of(row), hint=(("columns", names),)))
        return None
    return table.row(*(from_file(column.kind, cell, periods) for column, cell in zip(table.columns, row, strict=True)))


def kind_of(value: object) -> str:
    """What was found instead of an object or a list, as JSON calls it."""
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    kind = next((name for kind, name in names.items() if isinstance(value, kind)), "number")
    return f"{kind} of {len(value)}" if isinstance(value, list) else kind


# -- back -------------------------------------------------------------------------------------------------------------


def problem_to_dict(problem: Problem, *, full: bool = False) -> dict[str, object]:
    """The document of a problem.

    What has its default is left out, and a series of the same number is one number; with `full` (for tables, where
    each column is there anyway) all is written out.
    """
    document: dict[str, object] = {
        "format": PROBLEM_FORMAT,
        "calendar": {c.name: to_file(c.kind, getattr(problem.calendar, c.attribute)) for c in CALENDAR.columns},
    }
    for table in LISTS:
        rows = getattr(problem, table.name)
        if rows or table.required:
            document[table.name] = [row_to_file(table, row, full) for row in rows]
    return document | {"change_cost": number(problem.change_cost)}


def row_to_file(table: Table, row: object, full: bool) -> object:
    cells = [(column, to_file(column.kind, getattr(row, column.attribute))) for column in table.columns]
    if not table.keyed:
        return [cell for _, cell in cells]
    if full:
        return {column.name: cell for column, cell in cells}
    short = {column.name: shortened(cell) if column.kind == "series" else cell for column, cell in cells}
    defaults = table.file_defaults
    return {name: cell for name, cell in short.items() if name not in defaults or cell != defaults[name]}
