"""Candidates from a file: JSON (a list of objects) or CSV (one row each; the lists in it as JSON text).

    [{"id": "OVEN", "cost": 4000000, "space": 3, "hours": [{"workshop": "W-001", "hours": 8}]},
     {"id": "TRAIN", "cost": 900000, "capabilities": [{"part": "BOLT", "workshop": "W-002", "hours_per_unit": 0.01}]},
     {"id": "JIG", "cost": 250000, "rates": [{"part": "BOLT", "workshop": "W-001", "setup_hours": 0.5}]},
     {"id": "STALL", "cost": 9000000, "space": 12, "workshops": [{"id": "W-900", "hours": 40}], "capabilities": […]}]

`group` says whose it would be (a kelurahan), for a floor; it may be left out. `workshops` and `capabilities` hold rows
as the problem file does (docs/model.md §13). A fault raises ProblemError and names the file, the candidate's row, the
column and the value.
"""

from __future__ import annotations

import csv
import io
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.planning import storage
from wadah.planning.errors import MOST_FAULTS, Fault, InputError, ProblemError
from wadah.planning.invest.candidate import Candidate, MoreHours, Rate, with_candidates
from wadah.planning.jsontext import decoded, parse
from wadah.planning.problemdoc import keyed_row
from wadah.planning.schema import CAPABILITIES, WORKSHOPS, Column, Table
from wadah.planning.validate import table_faults

if TYPE_CHECKING:
    from wadah.planning.problem import Problem

RATE_COLUMNS = ("hours_per_unit", "setup_hours", "setup_cost", "cost_per_unit", "min_lot")
HOURS = Table(
    "hours",
    MoreHours,
    (Column("workshop", "id", required=True, of="workshops"), Column("hours", "series", required=True)),
)
RATES = Table(
    "rates",
    Rate,
    (
        Column("part", "id", required=True, of="parts"),
        Column("workshop", "id", required=True, of="workshops"),
        *(Column(name, "number", nullable=True) for name in RATE_COLUMNS),
        Column("yield", "number", nullable=True, above=True, most=1.0),
    ),
)
INNER = (HOURS, WORKSHOPS, CAPABILITIES, RATES)
CANDIDATES = Table(
    "candidates",
    Candidate,
    (
        Column("id", "id", required=True),
        Column("cost", "number", required=True),
        Column("space", "number"),
        Column("group", "id"),
    ),
)
KEYS = tuple(field.name for field in fields(Candidate))


def read_candidates(path: str | Path, problem: Problem) -> tuple[Candidate, ...]:
    """The candidates in a file, each checked against the problem. Raises ProblemError."""
    file = Path(path)
    try:
        text = decoded(storage.read_file(file), file.name)
        document = from_csv(text, file.name) if file.suffix.lower() == ".csv" else parse(text, file.name)
        return candidates_from(document, problem)
    except InputError as error:
        raise ProblemError([replace(fault, file=fault.file or file.name) for fault in error.faults]) from error


def from_csv(text: str, file: str) -> list[object]:
    """Rows as objects; an empty cell means left out, any cell but the id is JSON."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if not reader.fieldnames:
        raise storage.refuse("csv_empty", file)
    if len(reader.fieldnames) == 1 and ";" in reader.fieldnames[0]:
        raise storage.refuse("csv_semicolon", file)
    rows: list[object] = []
    try:
        for row in reader:
            cells = {name or "": cell for name, cell in row.items() if cell}
            rows.append({name: cell if name == "id" else cell_value(cell) for name, cell in cells.items()})
    except csv.Error as error:
        raise storage.refuse("csv_broken", file, line=reader.line_num, reason=str(error)) from error
    return rows


def cell_value(cell: object) -> object:
    """A cell that is no JSON stays text; what is wrong with it is said where its column is known."""
    try:
        return parse(str(cell))
    except InputError:
        return cell


def candidates_from(document: object, problem: Problem) -> tuple[Candidate, ...]:
    """The candidates of a parsed document, or all that is wrong with them."""
    if not isinstance(document, list):
        raise ProblemError([Fault("not_list", "candidates", value=type(document).__name__)])
    faults: list[Fault] = []
    found: list[Candidate] = []
    seen: set[str] = set()
    for index, row in enumerate(document):
        candidate = candidate_of(row, index, problem, faults)
        if candidate is None:
            continue
        if candidate.id in seen:
            faults.append(Fault("duplicate_id", "candidates", index, "id", candidate.id))
        seen.add(candidate.id)
        faults.extend(contradictions(problem, [*found, candidate], index))
        found.append(candidate)
    if faults:
        raise ProblemError(faults[:MOST_FAULTS])
    return tuple(found)


def candidate_of(row: object, index: int, problem: Problem, faults: list[Fault]) -> Candidate | None:
    """One candidate; None where something is wrong with it, which is added to the faults."""
    if not isinstance(row, dict):
        faults.append(Fault("not_object", "candidates", index, value=type(row).__name__))
        return None
    wrong = [
        Fault("unknown_key", "candidates", index, name, name, hint=(("known", ", ".join(KEYS)),))
        for name in row
        if name not in KEYS
    ]
    own = {name: value for name, value in row.items() if name in CANDIDATES.column}
    periods = problem.periods
    base = keyed_row(CANDIDATES, own, index, periods, wrong)
    if isinstance(base, Candidate):
        own_faults = table_faults(CANDIDATES, [base], periods)
        wrong += [replace(fault, row=index) for fault in own_faults if fault.field in row or fault.field != "group"]
    lists = {table.name: inner_rows(table, row.get(table.name, []), index, problem, wrong) for table in INNER}
    faults.extend(wrong)
    return replace(base, **lists) if isinstance(base, Candidate) and not wrong else None  # type: ignore[arg-type]


def inner_rows(table: Table, rows: object, index: int, problem: Problem, wrong: list[Fault]) -> tuple[object, ...]:
    """One of a candidate's lists; its faults name the candidate's row, and `hours.workshop` as the column."""
    if not isinstance(rows, list):
        wrong.append(Fault("not_list", "candidates", index, table.name, type(rows).__name__))
        return ()
    faults: list[Fault] = []
    built = [keyed_row(table, row, number, problem.periods, faults) for number, row in enumerate(rows)]
    whole = [row for row in built if row is not None]
    faults.extend(table_faults(table, whole, problem.periods))
    wrong.extend(inside(fault, table.name, index) for fault in faults)
    return tuple(whole)


def inside(fault: Fault, table: str, index: int) -> Fault:
    field = f"{table}.{fault.field}" if fault.field else table
    return replace(fault, table="candidates", row=index, field=field)


def contradictions(problem: Problem, chosen: list[Candidate], index: int) -> list[Fault]:
    """What is wrong with the last candidate beside the problem's rows and the candidates before it."""
    last = chosen[-1]
    names = set(problem.workshop) | {row.id for one in chosen for row in one.workshops}
    able = set(problem.capability) | {(row.part, row.workshop) for one in chosen for row in one.capabilities}
    faults = [
        Fault("unknown_id", "candidates", index, "hours.workshop", row.workshop, hint=(("list", "workshops"),))
        for row in last.hours
        if row.workshop not in names
    ]
    faults += [
        Fault(
            "unknown_id", "candidates", index, "rates", f"{row.part}, {row.workshop}", hint=(("list", "capabilities"),)
        )
        for row in last.rates
        if (row.part, row.workshop) not in able
    ]
    try:
        with_candidates(problem, chosen)
    except ProblemError as error:
        faults += [inside(fault, fault.table or "", index) for fault in error.faults]
    return faults
