"""Which tables a problem and a plan are in a folder or zip, and how their rows become the document and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wadah.planning.plandoc import NUMBERS, PRICES, ROWS, TEXT_CELLS, TEXTS
from wadah.planning.schema import CALENDAR, CHANGE_COST, LISTS, PLAN_FORMAT, PROBLEM_FORMAT, Column
from wadah.planning.tables import Sheet

PROBLEM_SHEETS = (
    Sheet("calendar", (*CALENDAR.columns, CHANGE_COST), required=True, single=True),
    *(Sheet(table.name, table.columns, table.keyed, table.required) for table in LISTS),
)


def cell_columns(names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(name, cell_kind(name), required=True) for name in names)


def cell_kind(name: str) -> Any:
    """A period is a number like any other here: one that isn't whole is for the referee to judge."""
    return "id" if name in TEXT_CELLS else "number"


PLAN_SHEETS = (
    Sheet(
        "plan",
        (
            Column("status", "word", required=True),
            *(Column(name, "number", nullable=True) for name in NUMBERS),
            Column("stopped", "word"),
        ),
        required=True,
        single=True,
    ),
    *(Sheet(name, cell_columns(columns), keyed=False) for name, columns in ROWS.items()),
    Sheet("cost", (Column("kind", "id", required=True), Column("rupiah", "number", required=True)), keyed=False),
    *(Sheet(f"prices_{name}", cell_columns(columns), keyed=False) for name, columns in PRICES.items()),
)

Rows = Mapping[str, list[Any]]


def problem_document(rows: Rows) -> dict[str, object]:
    """wadah-problem/1 from its tables."""
    calendar = dict(rows["calendar"][0])
    change_cost = {"change_cost": calendar.pop("change_cost")} if "change_cost" in calendar else {}
    lists = {name: rows[name] for name in rows if name != "calendar"}
    return {"format": PROBLEM_FORMAT, "calendar": calendar, **lists, **change_cost}


def problem_rows(document: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The tables of a full document (problem_to_dict(full=True)); a list that isn't there has no rows."""
    rows = {sheet.name: document.get(sheet.name, []) for sheet in PROBLEM_SHEETS}
    return rows | {"calendar": [{**document["calendar"], "change_cost": document["change_cost"]}]}


def plan_document(rows: Rows) -> dict[str, object]:
    """wadah-plan/1 from its tables."""
    prices = {name: rows.get(f"prices_{name}", []) for name in PRICES}
    lists = {name: rows[name] for name in ROWS if name in rows}
    return {"format": PLAN_FORMAT, **rows["plan"][0], **lists, "cost": dict(rows.get("cost", [])), "prices": prices}


def plan_rows(document: Mapping[str, Any]) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {name: document[name] for name in ROWS}
    rows["plan"] = [{name: document[name] for name in (*TEXTS, *NUMBERS)}]
    rows["cost"] = [list(line) for line in document["cost"].items()]
    return rows | {f"prices_{name}": document["prices"][name] for name in PRICES}
