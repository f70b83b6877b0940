"""What anybody who holds a cloth may know of it: which motif, whose right, who made it in which step, with what leave.

B9 of docs/city.md. No person's name: the group's and its kelurahan, as the register of licences has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.catalogue.models import Licence
from wadah.catalogue.selectors.licensed import motif_register
from wadah.work.models import Lot
from wadah.work.selectors.trace import trace_up
from wadah.work.words import LotOrigin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wadah.catalogue.models import Motif, Part
    from wadah.register.models import Area


@dataclass(frozen=True, slots=True)
class ClothStep:
    """One group's work on the cloth.

    area: of its place of work, else of the group, None where neither is known; licence: that it held on the day, None
    where it held none.
    """

    part: Part
    group: str
    area: Area | None
    on: date
    licence: Licence | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class Cloth:
    """licensed: whether every known step had leave; None where nobody knows who made it."""

    lot: Lot
    motif: Motif
    steps: list[ClothStep]

    @property
    def licensed(self) -> bool | None:
        return all(step.licence is not None for step in self.steps) if self.steps else None

    @property
    def finished_known(self) -> bool:
        """Whether the last step's maker is known, not only those before it."""
        return any(step.part.pk == self.lot.part_id for step in self.steps)


def cloth_of(lot: Lot) -> Cloth | None:
    """What a lot's label tells of it as a cloth; None where its part bears no motif. Queries grow with the steps."""
    if lot.part.motif_id is None:
        return None
    trace = trace_up([lot.pk])
    keys = [key for key, row in trace.lots.items() if row.part.motif_id == lot.part.motif_id]
    rows = Lot.objects.filter(pk__in=keys, origin=LotOrigin.MADE, work_order__isnull=False)
    rows = rows.select_related("part", "work_order__workshop__ikm__area", "work_order__workshop__area").order_by("pk")
    motif = motif_register().get(pk=lot.part.motif_id)
    return Cloth(lot, motif, steps_of(rows, motif))


def steps_of(lots: Iterable[Lot], motif: Motif) -> list[ClothStep]:
    """The first step first; one row a group and step."""
    held = list(lots)
    ikms = {row.work_order.workshop.ikm_id for row in held if row.work_order}
    licences: dict[int, list[Licence]] = {}
    for licence in Licence.objects.filter(Q(motif=motif) & Q(ikm__in=ikms)).order_by("valid_from"):
        licences.setdefault(licence.ikm_id, []).append(licence)
    found: dict[tuple[int, int], ClothStep] = {}
    for row in held:
        assert row.work_order is not None
        workshop = row.work_order.workshop
        found.setdefault(
            (row.part_id, workshop.pk),
            ClothStep(
                row.part,
                workshop.ikm.name,
                workshop.area or workshop.ikm.area,
                row.received_on,
                licence_held(licences.get(workshop.ikm_id, []), row.received_on),
                row.simulated or workshop.simulated,
            ),
        )
    return list(found.values())


def licence_held(licences: Iterable[Licence], day: date) -> Licence | None:
    return next(
        (row for row in licences if row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)), None
    )
