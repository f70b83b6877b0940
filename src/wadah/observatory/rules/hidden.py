"""What the public doesn't see: a cell that tells of fewer than five people (docs/city.md O3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    Key = TypeVar("Key", bound=Hashable)

PEOPLE_MIN = 5


def cells_hidden(people: Mapping[Key, int]) -> frozenset[Key]:
    """Cells with 1 … 4 people; and, where all hidden ones together still have so few, the next smallest ones too.

    Otherwise whoever takes the cells that are shown off their sum would know the hidden one.
    """
    peopled = sorted((count, str(key), key) for key, count in people.items() if count > 0)
    hidden = [row for row in peopled if row[0] < PEOPLE_MIN]
    for row in peopled[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(count for count, _name, _key in hidden) >= PEOPLE_MIN):
            break
        hidden.append(row)
    return frozenset(key for _count, _name, key in hidden)
