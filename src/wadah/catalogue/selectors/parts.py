"""Parts and what they are put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.catalogue.models import BomLine, Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    Graph = dict[int, list[tuple[int, Decimal]]]


def bom_graph() -> Graph:
    """Every bill of materials: by parent id, (component id, quantity for one piece)."""
    graph: Graph = {}
    rows = BomLine.objects.order_by("parent_id", "id").values_list("parent_id", "component_id", "quantity")
    for parent, component, quantity in rows.iterator():
        graph.setdefault(parent, []).append((component, quantity))
    return graph


def parts_below(part_ids: Iterable[int], graph: Graph | None = None) -> dict[int, Part]:
    """The parts and everything that goes into them, by id. Two queries, one where the graph is given."""
    graph = bom_graph() if graph is None else graph
    found: set[int] = set()
    stack = list(part_ids)
    while stack:
        part = stack.pop()
        if part not in found:
            found.add(part)
            stack.extend(component for component, _quantity in graph.get(part, ()))
    # All rows rather than `pk__in`: a database limits how many values one query may name.
    return {part.pk: part for part in Part.objects.select_related("motif", "skill") if part.pk in found}


def part_names_by_code(language: str) -> dict[str, str]:
    """What each part is called on a page, "id" or "en"; the Indonesian name where there is no English one."""
    rows = Part.objects.values_list("code", "name", "name_en")
    return {code: (english or name) if language == "en" else name for code, name, english in rows}
