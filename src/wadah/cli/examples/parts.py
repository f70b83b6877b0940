"""Parts of an example as rows: the part, its bill of materials, its routing; who may make it and at which rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from wadah.catalogue.models import Approval, BomLine, Part, Rate, RoutingStep
from wadah.catalogue.words import ApprovalStatus, Supply
from wadah.cli.examples.tables import RECORDS_SINCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wadah.catalogue.models import Motif
    from wadah.register.models import Skill, Subsector, Workshop

TRIAL_BY = "Uji coba (simulasi)"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a finished part's routing: what the piece is after it, and minutes a piece at normal speed."""

    name: str
    skill: str
    minutes: float
    setup_minutes: float


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part as the tables give it. pack_size makes it bought; routed_from: the finished part that it is a step of."""

    code: str
    name: str
    name_en: str
    skill: str | None = None
    pack_size: int | None = None
    reason: str = ""
    reason_en: str = ""
    lead_time_weeks: int = 0
    holding_cost_rupiah: int = 0
    max_share: float = 1.0
    min_sources: int = 1
    motif: str | None = None
    routed_from: str | None = None
    bom: tuple[tuple[str, int], ...] = ()
    steps: tuple[Step, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class RateSpec:
    """What a workshop takes for a part: minutes by the clock, pay a piece, a trip a week (catalogue.Rate)."""

    part: str
    workshop: str
    minutes_per_piece: float
    setup_minutes: float
    trip_rupiah: int
    pay_rupiah: int
    yield_rate: float
    lot_quantity_min: int = 0


def load_parts(
    specs: Sequence[PartSpec],
    subsector: Subsector,
    skills: Mapping[str, Skill],
    motifs: Mapping[str, Motif] | None = None,
) -> dict[str, Part]:
    """Writes parts (finished ones before their steps), bills of materials and routings; returns the parts by code."""
    found: dict[str, Part] = {}
    for own in (False, True):
        rows = [spec for spec in specs if (spec.routed_from is not None) == own]
        made = Part.objects.bulk_create([part_row(spec, subsector, skills, motifs or {}, found) for spec in rows])
        found |= {part.code: part for part in made}
    BomLine.objects.bulk_create(
        [
            BomLine(parent=found[spec.code], component=found[component], quantity=Decimal(quantity))
            for spec in specs
            for component, quantity in spec.bom
        ]
    )
    RoutingStep.objects.bulk_create([row for spec in specs for row in routing_rows(spec, found[spec.code], skills)])
    return found


def part_row(
    spec: PartSpec,
    subsector: Subsector,
    skills: Mapping[str, Skill],
    motifs: Mapping[str, Motif],
    finished: Mapping[str, Part],
) -> Part:
    return Part(
        code=spec.code,
        name=spec.name,
        name_en=spec.name_en,
        subsector=subsector,
        skill=skills[spec.skill] if spec.skill else None,
        supply=Supply.MADE if spec.pack_size is None else Supply.BOUGHT,
        supply_reason=spec.reason,
        supply_reason_en=spec.reason_en,
        pack_size=spec.pack_size,
        lead_time_weeks=spec.lead_time_weeks,
        holding_cost_rupiah=spec.holding_cost_rupiah,
        max_share=Decimal(str(spec.max_share)),
        min_sources=spec.min_sources,
        motif=motifs[spec.motif] if spec.motif else None,
        routed_from=finished[spec.routed_from] if spec.routed_from else None,
        source=spec.source,
    )


def routing_rows(spec: PartSpec, part: Part, skills: Mapping[str, Skill]) -> Iterable[RoutingStep]:
    for sequence, step in enumerate(spec.steps, 1):
        yield RoutingStep(
            part=part,
            sequence=sequence,
            skill=skills[step.skill],
            name=step.name,
            minutes_per_piece=fixed(step.minutes, 4),
            setup_minutes=fixed(step.setup_minutes, 2),
        )


def load_rates(
    specs: Iterable[RateSpec], parts: Mapping[str, Part], workshops: Mapping[str, Workshop], source: str
) -> None:
    """Writes an approval and a rate for each pair of part and workshop."""
    rows = list(specs)
    pairs = [(parts[row.part], workshops[row.workshop]) for row in rows]
    Approval.objects.bulk_create(
        [
            Approval(part=part, workshop=place, status=ApprovalStatus.APPROVED, valid_from=RECORDS_SINCE, by=TRIAL_BY)
            for part, place in pairs
        ]
    )
    Rate.objects.bulk_create(
        [rate_row(row, part, place, source) for row, (part, place) in zip(rows, pairs, strict=True)]
    )


def rate_row(spec: RateSpec, part: Part, workshop: Workshop, source: str) -> Rate:
    return Rate(
        part=part,
        workshop=workshop,
        valid_from=RECORDS_SINCE,
        minutes_per_piece=fixed(spec.minutes_per_piece, 4),
        setup_minutes=fixed(spec.setup_minutes, 2),
        transport_rupiah_trip=spec.trip_rupiah,
        pay_rupiah_piece=spec.pay_rupiah,
        lot_quantity_min=Decimal(spec.lot_quantity_min),
        yield_rate=fixed(spec.yield_rate, 5),
        source=source,
        simulated=True,
    )


def fixed(number: float, places: int) -> Decimal:
    """A number of the tables with so many decimals, half to even."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-places))
