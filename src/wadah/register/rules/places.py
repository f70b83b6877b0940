"""The tree of areas, from its rows and from the codes alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class AreaNode:
    """An area with all that lies in it, sorted by code."""

    id: int
    code: str
    name: str
    kind: str
    children: tuple[AreaNode, ...] = ()


def area_codes_above(code: str) -> tuple[str, ...]:
    """The code itself, its parent's, … up to the widest: "32.75.01" gives ("32.75.01", "32.75", "32")."""
    parts = code.split(".")
    return tuple(".".join(parts[:n]) for n in range(len(parts), 0, -1))


def area_nodes(rows: Iterable[tuple[int, int | None, str, str, str]]) -> tuple[AreaNode, ...]:
    """The trees of rows (id, parent id, code, name, kind); a row whose parent isn't among them is a root."""
    listed = sorted(rows, key=lambda row: row[2])
    known = {row[0] for row in listed}
    below: dict[int | None, list[tuple[int, int | None, str, str, str]]] = {}
    for row in listed:
        below.setdefault(row[1] if row[1] in known else None, []).append(row)

    def nodes(parent: int | None) -> tuple[AreaNode, ...]:
        return tuple(
            AreaNode(id, code, name, kind, nodes(id)) for id, _parent, code, name, kind in below.get(parent, ())
        )

    return nodes(None)
