"""Measured values of a part at a workshop over its lots, ready for control charts (docs/quality.md Q20–Q23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from wadah.work.models import Inspection, Measurement
from wadah.work.rules.control import (
    Capability,
    Chart,
    capability,
    individuals_chart,
    means_chart,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

SUBGROUP_MOST = 10
VALUES_MOST = 500
"""The newest so many values; a chart of more says nothing more."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One characteristic of a part at a workshop. keys of part and workshop, and how many values there are."""

    part: int
    part_code: str
    part_name: str
    part_name_en: str
    workshop: int
    workshop_name: str
    name: str
    values: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """kind: "means" (of each tranche) or "individuals"; labels: where each point comes from, lot and inspection;
    chart None: fewer than two points; lower, target, upper: the drawing's, as the last inspection had them."""

    kind: str
    chart: Chart | None
    capability: Capability | None
    labels: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    unit: str = ""
    lower: float | None = None
    target: float | None = None
    upper: float | None = None

    @property
    def outside(self) -> int:
        """Values beyond the drawing's limits."""
        return sum(
            (self.lower is not None and value < self.lower) or (self.upper is not None and value > self.upper)
            for group in self.values
            for value in group
        )


def measured(cooperatives: Collection[int]) -> QuerySet[Measurement]:
    return Measurement.objects.filter(
        tranche__inspection__lot__cooperative__in=cooperatives,
        tranche__inspection__lot__work_order__isnull=False,
    )


def streams(cooperatives: Collection[int]) -> list[Stream]:
    """What has been measured, by part, workshop and name of the characteristic. Two queries."""
    lot = "tranche__inspection__lot__"
    keys = (
        f"{lot}part_id",
        f"{lot}part__code",
        f"{lot}part__name",
        f"{lot}part__name_en",
        f"{lot}work_order__workshop_id",
        f"{lot}work_order__workshop__name",
        "tranche__inspection_id",
        "characteristic",
    )
    rows = measured(cooperatives).order_by().values_list(*keys).annotate(count=Count("pk"))
    names = characteristic_names({row[6] for row in rows})
    found: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = (*row[:6], names[row[6]].get(row[7], str(row[7])))
        found[key] = found.get(key, 0) + row[8]
    return [Stream(*(*key, count)) for key, count in sorted(found.items(), key=lambda pair: pair[0][1:])]


def characteristic_names(inspections: Collection[int]) -> dict[int, dict[int, str]]:
    rows = Inspection.objects.filter(pk__in=inspections).values_list("pk", "characteristics")
    return {key: {one["number"]: one["name"] for one in kept} for key, kept in rows}


def drawn(cooperatives: Collection[int], *, part: int, workshop: int, name: str) -> Drawn | None:
    """The chart of one characteristic: of means where every tranche has the same number of values, 2 … 10, else of
    single values. None where nothing was measured. One query."""
    rows = measured(cooperatives).filter(
        tranche__inspection__lot__part=part, tranche__inspection__lot__work_order__workshop=workshop
    )
    rows = rows.select_related("tranche__inspection__lot").order_by("-tranche__at", "-tranche_id", "-sample")
    groups: dict[int, list[float]] = {}
    labels: dict[int, str] = {}
    last: dict[str, Any] = {}
    taken = 0
    for row in rows.iterator():
        inspection = row.tranche.inspection
        spec = next((one for one in inspection.characteristics if one["number"] == row.characteristic), None)
        if spec is None or spec["name"] != name:
            continue
        last = last or spec
        groups.setdefault(row.tranche_id, []).insert(0, float(row.value))
        labels[row.tranche_id] = f"{inspection.lot.number} · {inspection.number}"
        taken += 1
        if taken >= VALUES_MOST:
            break
    if taken >= VALUES_MOST and len(groups) > 1:
        groups.popitem()  # the oldest tranche may have been cut in two
    if not groups:
        return None
    order = list(groups)[::-1]
    return of_groups([groups[key] for key in order], [labels[key] for key in order], last)


def of_groups(groups: Sequence[list[float]], labels: Sequence[str], spec: dict[str, Any]) -> Drawn:
    lower, target, upper = (None if spec[name] is None else float(spec[name]) for name in ("lower", "target", "upper"))
    sizes = {len(group) for group in groups}
    size = sizes.pop() if len(sizes) == 1 else 0
    flat = [value for group in groups for value in group]
    if len(groups) > 1 and 2 <= size <= SUBGROUP_MOST:
        kind, chart, where = "means", means_chart(groups), tuple(labels)
    else:
        kind, chart = "individuals", individuals_chart(flat)
        where = tuple(label for label, group in zip(labels, groups, strict=True) for _value in group)
    told = capability(flat, chart.sigma, lower=lower, upper=upper) if chart and crossing(lower, upper) else None
    values = tuple(tuple(group) for group in groups)
    return Drawn(kind, chart, told, where, values, spec["unit"], lower, target, upper)


def crossing(lower: float | None, upper: float | None) -> bool:
    """Whether the drawing's limits leave room between them; a limit that equals the other says nothing of a process."""
    return lower is None or upper is None or lower < upper
