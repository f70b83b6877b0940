"""The lists of a problem, column by column: names, kinds, ranges, what may be left out (docs/model.md §13).

The one table that reading (files.py, tables.py), writing and validation (validate.py) share. A column that isn't
`required` has its default in the dataclass of its rows (rows.py).
"""

from __future__ import annotations

import math
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from typing import Literal

from wadah.planning.rows import Calendar, Capability, Lot, Order, Part, Workshop

PROBLEM_FORMAT = "wadah-problem/1"
PLAN_FORMAT = "wadah-plan/1"

MOST_PERIODS = 10_000  # a series given as one number is written out in memory: a typing error must not fill it
MOST_WHOLE = 2**53  # the largest whole number that a float holds exactly

Kind = Literal["id", "word", "date", "number", "whole", "flag", "series", "bom"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` in files, `attribute` in the dataclass.

    kind: series is one number a period, bom is (component id, quantity) pairs; of: the list that its ids are in;
    least ≤ value ≤ most, or least < value where `above`; nullable: null is a value with a meaning of its own.
    """

    name: str
    kind: Kind
    required: bool = False
    nullable: bool = False
    of: str | None = None
    least: float = 0.0
    most: float = math.inf
    above: bool = False

    @property
    def attribute(self) -> str:
        return "yield_rate" if self.name == "yield" else self.name


@dataclass(frozen=True)
class Table:
    """One list: its rows' dataclass, its columns, whether a row is an object or an array in JSON, and its key."""

    name: str
    row: type
    columns: tuple[Column, ...]
    keyed: bool = True
    required: bool = True
    key: tuple[str, ...] = ()

    @cached_property
    def column(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def defaults(self) -> dict[str, object]:
        """By column name; a column that must be given is not in it."""
        found = {field.name: field.default for field in fields(self.row) if field.default is not MISSING}
        found |= {"overtime_hours": 0.0} if self.row is Workshop else {}
        return {column.name: found[column.attribute] for column in self.columns if column.attribute in found}

    @cached_property
    def file_defaults(self) -> dict[str, object]:
        """The same as a file would have them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.defaults.items()}

    @cached_property
    def must_give(self) -> tuple[Column, ...]:
        """Columns that a row can't be built without."""
        own = {field.name for field in fields(self.row) if field.default is MISSING}
        return tuple(column for column in self.columns if column.attribute in own)


def cost(name: str) -> Column:
    """Rupiah, 0 where left out."""
    return Column(name, "number")


LOT = (
    Column("part", "id", required=True, of="parts"),
    Column("workshop", "id", required=True, of="workshops"),
    Column("period", "whole", required=True),
    Column("quantity", "number", required=True),
)

CALENDAR = Table(
    "calendar",
    Calendar,
    (
        Column("start", "date", required=True),
        Column("period", "word"),
        Column("periods", "whole", required=True, least=1, most=MOST_PERIODS),
    ),
)
PARTS = Table(
    "parts",
    Part,
    (
        Column("id", "id", required=True),
        Column("integer", "flag"),
        Column("bom", "bom", of="parts", above=True),
        Column("lead_time", "whole"),
        cost("holding_cost"),
        Column("stock", "number"),
        Column("shelf_life", "whole", nullable=True),
        Column("max_share", "number", above=True, most=1.0),
        Column("min_sources", "whole", least=1),
    ),
    key=("id",),
)
WORKSHOPS = Table(
    "workshops",
    Workshop,
    (
        Column("id", "id", required=True),
        Column("hours", "series", required=True),
        Column("overtime_hours", "series"),
        cost("overtime_cost"),
        cost("engage_cost"),
        Column("target_hours", "number"),
        cost("below_target_cost"),
    ),
    key=("id",),
)
CAPABILITIES = Table(
    "capabilities",
    Capability,
    (
        Column("part", "id", required=True, of="parts"),
        Column("workshop", "id", required=True, of="workshops"),
        Column("hours_per_unit", "number", required=True),
        Column("setup_hours", "number"),
        cost("setup_cost"),
        cost("cost_per_unit"),
        Column("min_lot", "number"),
        Column("max_per_period", "series", nullable=True),
        Column("yield", "number", above=True, most=1.0),
    ),
    key=("part", "workshop"),
)
ORDERS = Table(
    "orders",
    Order,
    (
        Column("id", "id", required=True),
        Column("part", "id", required=True, of="parts"),
        Column("quantity", "number", required=True),
        Column("due", "whole", required=True, least=-math.inf),
        Column("earliest", "whole"),
        Column("late_cost", "number", nullable=True),
        Column("short_cost", "number", required=True, nullable=True),
        Column("partial", "flag"),
        Column("single_source", "flag"),
    ),
    key=("id",),
)
COMMITTED = Table("committed", Lot, LOT, keyed=False, required=False)
PREVIOUS = Table("previous", Lot, LOT, keyed=False, required=False)

LISTS = (PARTS, WORKSHOPS, CAPABILITIES, ORDERS, COMMITTED, PREVIOUS)
CHANGE_COST = cost("change_cost")
