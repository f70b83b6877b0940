"""Loops in the bills of materials: a part that, through its components, would need itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def bom_loops(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Loops as chains that end where they begin; a graph without any yields none, one with loops at least one each.

    graph: component ids by part id. Depth first without recursion, since a chain of parts may be thousands long; each
    line that leads back to a part still open closes a loop.
    """
    done: set[str] = set()
    for start in graph:
        if start not in done:
            yield from loops_from(start, graph, done)


def loops_from(start: str, graph: Mapping[str, Sequence[str]], done: set[str]) -> Iterator[list[str]]:
    path, depth = [start], {start: 0}
    left = [iter(graph[start])]
    while path:
        component = next(left[-1], None)
        if component is None:
            done.add(path[-1])
            del depth[path.pop()]
            left.pop()
        elif component in depth:
            yield [*path[depth[component] :], component]
        elif component in graph and component not in done:
            depth[component] = len(path)
            path.append(component)
            left.append(iter(graph[component]))
