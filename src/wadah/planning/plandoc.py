"""A plan as the document wadah-plan/1, and back (docs/model.md §12).

Only the shape is judged here: keys, lists, the number of cells and whether a cell is text or a number. A row whose
values make no sense (an unknown id, a period outside the calendar, a negative quantity, a key given twice) is read as
it is, because judging it is the referee's work (plan.violations): such a plan can be read, and is invalid.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from wadah.planning.convert import to_whole
from wadah.planning.errors import MOST_FAULTS, Fault, PlanError
from wadah.planning.jsontext import number
from wadah.planning.plan import Plan, Prices
from wadah.planning.problemdoc import format_faults, key_faults, kind_of
from wadah.planning.schema import PLAN_FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence

# list: what its cells are called; the text cells come first
ROWS: dict[str, tuple[str, ...]] = {
    "make": ("part", "workshop", "period", "quantity"),
    "deliver": ("order", "period", "quantity"),
    "short": ("order", "quantity"),
    "scrap": ("part", "period", "quantity"),
    "overtime": ("workshop", "period", "hours"),
    "assign": ("order", "workshop"),
}
PRICES: dict[str, tuple[str, ...]] = {
    "hours": ("workshop", "period", "price"),
    "parts": ("part", "period", "price"),
}
TEXT_CELLS = frozenset({"part", "workshop", "order"})
NUMBERS = {"objective": True, "bound": False, "gap": True, "seconds": False}  # scalar: may be null
TEXTS = ("status", "stopped")
KEYS = ("format", *(field.name for field in fields(Plan)))


def plan_from_dict(document: object) -> Plan:
    """Read wadah-plan/1 from a parsed document; what it doesn't give is empty, but `format` and `status` are needed.

    Raises PlanError where the shape is wrong. It does not know the problem: see the head of this module.
    """
    faults: list[Fault] = []
    if not isinstance(document, dict):
        raise PlanError([Fault("not_object", value=kind_of(document))])
    format_faults(document, PLAN_FORMAT, faults)
    key_faults(document, KEYS, None, None, faults)
    if "status" not in document:
        faults.append(Fault("missing", field="status"))
    scalar_faults(document, faults)
    lists: dict[str, Any] = {
        name: read_rows(name, columns, document.get(name, []), faults) for name, columns in ROWS.items()
    }
    prices = read_prices(document.get("prices", {}), faults)
    cost = read_cost(document.get("cost", {}), faults)
    if faults:
        raise PlanError(faults[:MOST_FAULTS])
    given: dict[str, Any] = {name: document[name] for name in (*TEXTS, *NUMBERS) if name in document}
    return Plan(**given, **lists, cost=cost, prices=prices)


def scalar_faults(document: dict[str, object], faults: list[Fault]) -> None:
    for name in TEXTS:
        if not isinstance(document.get(name, ""), str):
            faults.append(Fault("not_text", field=name, value=document[name]))
    for name, nullable in NUMBERS.items():
        value = document.get(name, 0)
        if not (is_number(value) or (value is None and nullable)):
            faults.append(Fault("not_number", field=name, value=value))


def read_rows(table: str, columns: Sequence[str], rows: object, faults: list[Fault]) -> tuple[tuple[object, ...], ...]:
    if not isinstance(rows, list):
        faults.append(Fault("not_list", table, value=kind_of(rows)))
        return ()
    for index, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != len(columns):
            hint = (("columns", ", ".join(columns)),)
            faults.append(Fault("row_length", table, index, value=kind_of(row), hint=hint))
        else:
            faults.extend(cell_faults(table, columns, index, row))
    return tuple([row_read(columns, row) for row in rows if isinstance(row, list)])


def row_read(columns: Sequence[str], row: list[object]) -> tuple[object, ...]:
    """The cells as they are, but for a period 3.0, which is the period 3 (Parquet and JavaScript know no other)."""
    return tuple([to_whole(cell) if column == "period" else cell for column, cell in zip(columns, row, strict=False)])


def cell_faults(table: str, columns: Sequence[str], index: int, row: list[object]) -> list[Fault]:
    found = []
    for column, cell in zip(columns, row, strict=True):
        if column in TEXT_CELLS:
            if not isinstance(cell, str):
                found.append(Fault("not_text", table, index, column, cell))
        elif not is_number(cell):
            found.append(Fault("not_number", table, index, column, cell))
    return found


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def read_prices(prices: object, faults: list[Fault]) -> Prices:
    if not isinstance(prices, dict):
        faults.append(Fault("not_object", "prices", value=kind_of(prices)))
        return Prices()
    key_faults(prices, tuple(PRICES), "prices", None, faults)
    lists = {name: read_rows(f"prices.{name}", PRICES[name], prices.get(name, []), faults) for name in PRICES}
    return Prices(**lists)  # type: ignore[arg-type]


def read_cost(cost: object, faults: list[Fault]) -> dict[str, float]:
    """Rupiah by kind; a kind that isn't known is for the referee."""
    if not isinstance(cost, dict):
        faults.append(Fault("not_object", "cost", value=kind_of(cost)))
        return {}
    faults.extend(
        Fault("not_number", "cost", None, kind, value) for kind, value in cost.items() if not is_number(value)
    )
    return cost


def plan_to_dict(plan: Plan) -> dict[str, object]:
    """The document of a plan."""
    document: dict[str, object] = {"format": PLAN_FORMAT, "status": plan.status}
    for name in NUMBERS:
        value = getattr(plan, name)
        document[name] = None if value is None else number(value)
    document["stopped"] = plan.stopped
    document |= {name: rows_to_file(columns, getattr(plan, name)) for name, columns in ROWS.items()}
    document["cost"] = {kind: number(rupiah) for kind, rupiah in plan.cost.items()}
    document["prices"] = {name: rows_to_file(columns, getattr(plan.prices, name)) for name, columns in PRICES.items()}
    return document


def rows_to_file(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[list[object]]:
    texts = [column in TEXT_CELLS for column in columns]
    return [[cell if text else number(cell) for text, cell in zip(texts, row, strict=True)] for row in rows]  # type: ignore[arg-type]
