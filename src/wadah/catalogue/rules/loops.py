"""A bill of materials must not loop: nothing goes into itself, however far down."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping

    Key = TypeVar("Key", bound=Hashable)


def find_loop(components: Mapping[Key, Collection[Key]]) -> tuple[Key, ...] | None:
    """The chain of one loop, parent before component, its first key repeated at the end; None where nothing loops.

    components: by parent, what goes into it. Depth first without recursion, so depth is bounded by memory alone.
    """
    finished: set[Key] = set()
    for root in components:
        if root not in finished:
            loop = loop_below(root, components, finished)
            if loop is not None:
                return loop
    return None


def loop_below(root: Key, components: Mapping[Key, Collection[Key]], finished: set[Key]) -> tuple[Key, ...] | None:
    """The first loop met on the way down from `root`; every key left for good goes into `finished`."""
    chain: list[Key] = [root]
    place = {root: 0}
    waiting: list[Iterator[Key]] = [iter(components.get(root, ()))]
    while chain:
        key = next(waiting[-1], None)
        if key is None:
            waiting.pop()
            left = chain.pop()
            del place[left]
            finished.add(left)
        elif key in place:
            return (*chain[place[key] :], key)
        elif key not in finished:
            place[key] = len(chain)
            chain.append(key)
            waiting.append(iter(components.get(key, ())))
    return None
