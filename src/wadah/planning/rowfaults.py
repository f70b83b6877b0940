"""Rows of a plan that can't be read: a plan with any of them is invalid whatever it costs (docs/model.md §12).

One shape a list: which cells are its key, which of them is a period, what the ids name, and where the quantity is.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from wadah.planning.violation import Violation

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Shape:
    """The cells of one list: ids (what each names), then maybe a period, then maybe a quantity ≥ least."""

    ids: tuple[str, ...]
    timed: bool = True
    counted: bool = True
    least: float = 0.0
    key_cells: int | None = None

    @property
    def length(self) -> int:
        return len(self.ids) + self.timed + self.counted

    @property
    def key_length(self) -> int:
        return self.key_cells or len(self.ids) + self.timed


SHAPES = {
    "make": Shape(("part", "workshop")),
    "deliver": Shape(("order",)),
    "short": Shape(("order",), timed=False),
    "scrap": Shape(("part",)),
    "overtime": Shape(("workshop",)),
    "assign": Shape(("order", "workshop"), timed=False, counted=False, key_cells=1),
    "prices.hours": Shape(("workshop",), least=-math.inf),
    "prices.parts": Shape(("part",), least=-math.inf),
}


def row_faults(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Every row that can't be read, list by list."""
    known: dict[str, Collection[str]] = {"part": problem.part, "workshop": problem.workshop, "order": problem.order}
    for table, rows in lists_of(plan).items():
        shape = SHAPES[table]
        for fault in list_faults(shape, rows, known, problem.periods):
            yield Violation("rows", table=table, **fault)  # type: ignore[arg-type]
    yield from unable_rows(problem, plan)


def lists_of(plan: Plan) -> dict[str, Sequence[Row]]:
    plain: dict[str, Sequence[Row]] = {name: getattr(plan, name) for name in SHAPES if "." not in name}
    return plain | {"prices.hours": plan.prices.hours, "prices.parts": plan.prices.parts}


def list_faults(
    shape: Shape, rows: Sequence[Row], known: dict[str, Collection[str]], periods: int
) -> Iterator[dict[str, object]]:
    """The fields of a Violation for each fault in one list."""
    seen: set[Row] = set()
    ids = len(shape.ids)
    for index, row in enumerate(rows):
        if len(row) != shape.length:
            yield {"code": "row_length", "found": index, "limit": shape.length}
            continue
        for cell, kind in zip(row, shape.ids, strict=False):
            if not isinstance(cell, str) or cell not in known[kind]:
                yield {"code": "unknown_id", "found": cell, "limit": kind}
        if shape.timed and not is_period(row[ids], periods):
            yield {"code": "period_outside", "found": row[ids], "limit": periods - 1}
        if shape.counted and not is_quantity(row[-1], shape.least):
            yield {"code": "bad_quantity", "found": row[-1], "limit": shape.least}
        key = tuple(row[: shape.key_length])
        if key in seen:
            yield {"code": "row_twice", "found": ", ".join(map(str, key))}
        seen.add(key)


def is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_period(value: object, periods: int) -> bool:
    """A whole number in 0 … periods − 1; 3.0 is whole."""
    return is_number(value) and 0 <= value < periods and value == int(value)


def is_quantity(value: object, least: float) -> bool:
    return is_number(value) and value >= least


def unable_rows(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Rows of make with pieces on a pair of known ids that is no capability."""
    for row in plan.make:
        if len(row) != SHAPES["make"].length or not is_number(row[3]) or row[3] <= 0:
            continue
        part, workshop, t, x = row
        if part in problem.part and workshop in problem.workshop and (part, workshop) not in problem.capability:
            yield Violation("rows", "not_able", x, 0, table="make", part=part, workshop=workshop, period=t)
