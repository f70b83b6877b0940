"""Problems and plans from and to files: wadah-problem/1 and wadah-plan/1 (docs/model.md §12, §13).

The name says the format: `.json`, `.json.gz`, `.zip` (tables), or a folder of tables; a table is `<list>.csv` or
`<list>.parquet`. What is read wrong raises ProblemError or PlanError with every fault found, each with its file, row,
column and value; nothing is half read, and nothing is half written.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from wadah.planning import storage
from wadah.planning.errors import Fault, InputError, PlanError, ProblemError
from wadah.planning.jsontext import decoded, parse, written
from wadah.planning.parquet import parquet_bytes, read_parquet
from wadah.planning.plan import Plan
from wadah.planning.plandoc import plan_from_dict, plan_to_dict
from wadah.planning.problem import Problem
from wadah.planning.problemdoc import problem_from_dict, problem_to_dict
from wadah.planning.sheets import (
    PLAN_SHEETS,
    PROBLEM_SHEETS,
    plan_document,
    plan_rows,
    problem_document,
    problem_rows,
)
from wadah.planning.tables import Rows, Sheet, choose, csv_bytes, read_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


__all__ = [
    "plan_from_dict",
    "plan_to_dict",
    "problem_from_dict",
    "problem_to_dict",
    "read_plan",
    "read_problem",
    "write_plan",
    "write_problem",
]

TableFormat = Literal["csv", "parquet"]
Document = TypeVar("Document", Problem, Plan)


def read_problem(path: str | Path) -> Problem:
    """The problem in a file, folder or zip. Raises ProblemError."""
    with raising(ProblemError):
        return read(Path(path), PROBLEM_SHEETS, problem_document, problem_from_dict)


def read_plan(path: str | Path) -> Plan:
    """The plan in a file, folder or zip. Raises PlanError where it can't be read.

    A row that can be read but makes no sense (an unknown id, a period outside the calendar, a key given twice) is
    returned as it is; the referee calls such a plan invalid (plan.violations).
    """
    with raising(PlanError):
        return read(Path(path), PLAN_SHEETS, plan_document, plan_from_dict)


def write_problem(problem: Problem, path: str | Path, tables: TableFormat = "csv") -> None:
    """Write a problem so that reading it gives the same again; `tables` is used for a folder or zip."""
    with raising(ProblemError):
        target = Path(path)
        document = problem_to_dict(problem, full=not is_json(target))
        write(target, document, PROBLEM_SHEETS, problem_rows, tables)


def write_plan(plan: Plan, path: str | Path, tables: TableFormat = "csv") -> None:
    """Write a plan so that reading it gives the same again; `tables` is used for a folder or zip."""
    with raising(PlanError):
        write(Path(path), plan_to_dict(plan), PLAN_SHEETS, plan_rows, tables)


@contextmanager
def raising(kind: type[InputError]) -> Iterator[None]:
    """Faults of a file as faults of a problem, or of a plan."""
    try:
        yield
    except InputError as error:
        raise kind(error.faults) from error


def is_json(path: Path) -> bool:
    return path.name.lower().endswith((".json", ".json.gz"))


# -- reading ----------------------------------------------------------------------------------------------------------


def read(
    path: Path,
    sheets: Sequence[Sheet],
    document: Callable[[Mapping[str, list[Any]]], object],
    build: Callable[[object], Document],
) -> Document:
    if is_json(path) and not path.is_dir():
        with locating(path.name, {}):
            return build(read_json(path))
    tables = read_tables(path, sheets)
    with locating(path.name, tables):
        return build(document({name: rows.rows for name, rows in tables.items()}))


def read_json(path: Path) -> object:
    data = storage.read_file(path)
    if path.name.lower().endswith(".gz"):
        data = storage.gunzipped(data, path.name)
    return parse(decoded(data, path.name), path.name)


def read_tables(path: Path, sheets: Sequence[Sheet]) -> dict[str, Rows]:
    if path.suffix.lower() == ".zip" and not path.is_dir():
        members = storage.zip_members(path)
    elif path.is_dir() or not path.suffix:
        members = storage.folder_members(path)
    else:
        raise storage.refuse("unknown_format" if path.exists() else "no_file", str(path))
    chosen = choose(sheets, members, path.name)
    by_name = {sheet.name: sheet for sheet in sheets}
    found: dict[str, Rows] = {}
    faults: list[Fault] = []
    for table, name in chosen.items():
        reader = read_parquet if name.lower().endswith(".parquet") else read_csv
        try:
            found[table] = reader(by_name[table], members[name], f"{path.name}/{name}")
        except InputError as error:
            faults.extend(error.faults)
    if faults:
        raise InputError(faults)
    return found


@contextmanager
def locating(origin: str, tables: Mapping[str, Rows]) -> Iterator[None]:
    """Give each fault the file and, in a CSV, the line that its row is in."""
    try:
        yield
    except InputError as error:
        raise InputError([located(fault, origin, tables) for fault in error.faults]) from error


def located(fault: Fault, origin: str, tables: Mapping[str, Rows]) -> Fault:
    single = {"change_cost": "calendar", None: "plan"}
    table = fault.table if fault.table in tables else single.get(fault.table, (fault.table or "").replace(".", "_"))
    rows = tables.get(table or "")
    if rows is None:
        return replace(fault, file=fault.file or origin)
    row = 0 if fault.row is None and len(rows.lines) == 1 else fault.row
    line = (("line", rows.lines[row]),) if row is not None and row < len(rows.lines) else ()
    return replace(fault, file=rows.file, hint=(*fault.hint, *line))


# -- writing ----------------------------------------------------------------------------------------------------------


def write(
    path: Path,
    document: dict[str, object],
    sheets: Sequence[Sheet],
    rows_of: Callable[[Mapping[str, Any]], dict[str, list[Any]]],
    tables: TableFormat,
) -> None:
    if is_json(path):
        data = written(document).encode()
        storage.write_file(path, storage.gzipped(data) if path.name.lower().endswith(".gz") else data)
        return
    if path.suffix.lower() != ".zip" and path.suffix and not path.is_dir():
        raise storage.refuse("unknown_format", str(path))
    encode = parquet_bytes if tables == "parquet" else csv_bytes
    rows = rows_of(document)
    members = {f"{sheet.name}.{tables}": encode(sheet, rows[sheet.name]) for sheet in sheets}
    if path.suffix.lower() == ".zip" and not path.is_dir():
        storage.write_file(path, storage.zipped(members))
    else:
        storage.write_folder(path, members)
