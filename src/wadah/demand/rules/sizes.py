"""A grid of sizes as it is pasted from a spreadsheet: groups down and sizes across, or the other way round. Pure.

    Ukuran  S   M   L   Jumlah
    Siswa   20  35  12  67

A column or row of totals is left out once it has been found to be right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wadah.units import UnitError, pieces_read

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

SIZE_LENGTH_MAX = 12
ROWS_MAX = 60
TOTALS = {"jumlah", "total", "sum", "jml"}
CELLS = re.compile(r"\t|;|\s{2,}|\s*\|\s*")

Cells = list[tuple[int, str, list[str]]]
"""Line number, the name at its head, what stands behind it."""


@dataclass(frozen=True, slots=True)
class GridFault:
    """code: "no_grid", "no_group", "no_size", "long_size", "twice", "not_a_number", "wrong_total"; line: from 1."""

    code: str
    line: int
    typed: str = ""


@dataclass(slots=True)
class Grid:
    """pieces: by group and size, 0 left out; sizes: in the order in which they stand."""

    pieces: dict[tuple[str, str], int] = field(default_factory=dict)
    sizes: list[str] = field(default_factory=list)
    faults: list[GridFault] = field(default_factory=list)


def grid_read(text: str, groups: Mapping[str, Collection[str]]) -> Grid:
    """groups: each with all that it may be called. What can't be read is named in `faults`, never guessed."""
    rows = [(number, cells_of(raw)) for number, raw in enumerate(text.splitlines()[:ROWS_MAX], 1) if raw.strip()]
    if len(rows) < 2:
        return Grid(faults=[GridFault("no_grid", 1)])
    names = {name.casefold(): group for group, called in groups.items() for name in (group, *called)}
    head = rows[0][1][1:]
    body: Cells = [(number, cells[0], cells[1:]) for number, cells in rows[1:]]
    if any(name.casefold() in names for name in head):  # groups across: turned round
        head, body = turned(head, body)
    return grid_of(head, body, names)


def cells_of(raw: str) -> list[str]:
    """The cells of a line; the first is its name, empty where the line begins with a tab. Bars around it are none."""
    if raw.strip().startswith("|"):
        raw = raw.strip().strip("|")
    return [cell.strip() for cell in CELLS.split(raw.rstrip() if raw[:1] in "\t;|" else raw.strip())]


def turned(head: Sequence[str], body: Cells) -> tuple[list[str], Cells]:
    across = [name for _number, name, _cells in body]
    down = [
        (1, name, [cells[place] if place < len(cells) else "" for _number, _name, cells in body])
        for place, name in enumerate(head)
    ]
    return across, down


def grid_of(head: Sequence[str], body: Cells, names: Mapping[str, str]) -> Grid:
    grid, seen = Grid(), set[str]()
    wide = max(len(head), *(len(cells) for _number, _name, cells in body))
    sizes = [size_of(text) for text in [*head, *[""] * (wide - len(head))]]
    grid.faults += head_faults(sizes)
    grid.sizes = [size for size in sizes if size and not is_total(size)]
    sums = [0] * len(sizes)
    for number, name, cells in body:
        values = [value_of(cell, number, grid) for cell in cells[: len(sizes)]] + [0] * (len(sizes) - len(cells))
        if is_total(name):
            check(values, sums, number, grid)
            continue
        group = names.get(name.casefold())
        if group is None or group in seen:
            grid.faults.append(GridFault("twice" if group else "no_group", number, name))
            continue
        seen.add(group)
        row_add(grid, group, sizes, values, number)
        own = sum(value for size, value in zip(sizes, values, strict=True) if size and not is_total(size))
        sums = [
            done + (own if is_total(size) else value) for done, value, size in zip(sums, values, sizes, strict=True)
        ]
    return grid


def row_add(grid: Grid, group: str, sizes: Sequence[str], values: Sequence[int], number: int) -> None:
    for size, value in zip(sizes, values, strict=True):
        if value and not size:
            grid.faults.append(GridFault("no_size", number, str(value)))
        elif value and not is_total(size):
            grid.pieces[group, size] = value
    own = sum(value for (of, _size), value in grid.pieces.items() if of == group)
    for size, value in zip(sizes, values, strict=True):
        if is_total(size) and value and value != own:
            grid.faults.append(GridFault("wrong_total", number, f"{value} ≠ {own}"))


def check(values: Sequence[int], sums: Sequence[int], number: int, grid: Grid) -> None:
    """A row of totals against what stood above it."""
    wrong = [(value, found) for value, found in zip(values, sums, strict=True) if value and value != found]
    grid.faults += [GridFault("wrong_total", number, f"{value} ≠ {found}") for value, found in wrong]


def head_faults(sizes: Sequence[str]) -> list[GridFault]:
    named = [size for size in sizes if size and not is_total(size)]
    twice = {size for size in named if named.count(size) > 1}
    long = [size for size in named if len(size) > SIZE_LENGTH_MAX]
    if not named:
        return [GridFault("no_grid", 1)]
    return [*(GridFault("twice", 1, size) for size in sorted(twice)), *(GridFault("long_size", 1, one) for one in long)]


def size_of(text: str) -> str:
    return " ".join(text.upper().split())


def is_total(text: str) -> bool:
    return text.casefold().strip(" :.") in TOTALS


def value_of(cell: str, number: int, grid: Grid) -> int:
    if cell.strip() in {"", "-", "–"}:
        return 0
    try:
        return int(pieces_read(cell))
    except UnitError:
        grid.faults.append(GridFault("not_a_number", number, cell[:20]))
        return 0
