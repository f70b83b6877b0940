"""A table that a template can draw: rows on a wide screen, cards on a phone (`{% include "_table.html" %}`)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """numeric: right-aligned figures of one width; url: where its heading leads (a list sorted by it); order: how the
    rows are sorted by it, in the words of aria-sort, empty where they aren't."""

    label: str
    numeric: bool = False
    url: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """text: already written for people; url: where it leads; badge: kind of a badge beside it ("late", "simulated")."""

    text: str
    url: str = ""
    badge: str = ""


@dataclass(slots=True)
class Table:
    """caption: what the table answers, in a few words; the first column names the row."""

    caption: str
    columns: list[Column]
    rows: list[list[Cell]] = field(default_factory=list)

    def add(self, *cells: Cell | str) -> None:
        """One more row; as many cells as there are columns."""
        if len(cells) != len(self.columns):
            raise ValueError(f"Expected {len(self.columns)} cells in “{self.caption}”, got {len(cells)}")
        self.rows.append([cell if isinstance(cell, Cell) else Cell(cell) for cell in cells])

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]
