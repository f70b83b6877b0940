"""A report as blocks of lines, drawn three ways: a table whose figures lead to postings, a sheet of Excel, a paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wadah.units import rupiah_text
from wadah.web.papers.sheet import SheetTable
from wadah.web.tables import Cell, Column, Table

if TYPE_CHECKING:
    from wadah.web.exports import Value


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure in rupiah, and where it leads; None: nothing stands there."""

    rupiah: int | None
    url: str = ""

    @property
    def text(self) -> str:
        return "" if self.rupiah is None else rupiah_text(self.rupiah)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """label: what the figures are; total: whether it sums up those above it."""

    label: str
    figures: list[Sum]
    url: str = ""
    total: bool = False


@dataclass(slots=True)
class Block:
    """head: the words above the label and each figure."""

    title: str
    head: list[str]
    lines: list[ReportLine] = field(default_factory=list)

    def add(self, label: str, *figures: Sum, url: str = "", total: bool = False) -> None:
        if len(figures) != len(self.head) - 1:
            raise ValueError(f"Expected {len(self.head) - 1} figures in “{self.title}”, got {len(figures)}")
        self.lines.append(ReportLine(label, list(figures), url, total))


def block_table(block: Block) -> Table:
    first, *others = block.head
    table = Table(block.title, [Column(first), *(Column(words, numeric=True) for words in others)])
    for line in block.lines:
        table.add(Cell(line.label, line.url), *(Cell(one.text, one.url if one.rupiah else "") for one in line.figures))
    return table


def block_sheet(block: Block) -> SheetTable:
    return SheetTable(
        title=block.title,
        head=block.head,
        align="w" + "r" * (len(block.head) - 1),
        rows=[[line.label, *(one.text for one in line.figures)] for line in block.lines],
    )


def blocks_rows(blocks: list[Block]) -> list[list[Value]]:
    """All blocks below one another: the title of the block, the label, the figures as numbers."""
    return [
        [block.title, line.label, *(one.rupiah for one in line.figures)] for block in blocks for line in block.lines
    ]
