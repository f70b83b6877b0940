"""What is asked of the lots of a part: by its inspection plan, or by how the cooperative works."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Q

from wadah.register.selectors import cooperatives_named
from wadah.work.models import InspectionPlan, SwitchingState, WorkTerms
from wadah.work.rules.inspecting import ClassAsk
from wadah.work.selectors.terms import work_terms
from wadah.work.words import DefectClass, SamplingMethod

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.register.models import Cooperative, Workshop
    from wadah.work.models import Lot
    from wadah.work.rules.sampling_tables import Level

WHOLE = Decimal(1)
COLUMNS = ("number", "name", "kind", "defect_class", "unit", "lower", "target", "upper")


@dataclass(frozen=True, slots=True)
class Asked:
    """plan: the row it comes from, None where the cooperative's defaults hold; characteristics: plain values, as they
    are frozen on an inspection."""

    level: Level
    asks: tuple[ClassAsk, ...]
    characteristics: list[dict[str, Any]]
    plan: InspectionPlan | None = None


def inspection_plan_on(cooperative: Cooperative, part: Part, on: date) -> InspectionPlan | None:
    """The plan that holds on a day, with its rules and characteristics at hand."""
    return plans_on(on).filter(cooperative=cooperative, part=part).first()


def plans_on(on: date) -> QuerySet[InspectionPlan]:
    rows = InspectionPlan.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)
    return rows.prefetch_related("defect_rules", "characteristics")


@dataclass(frozen=True, slots=True)
class InspectedBy:
    """What lots of a part are inspected by in one cooperative: its plan, or without one how the cooperative works."""

    cooperative: Cooperative
    plan: InspectionPlan | None
    terms: WorkTerms


def inspected_by(part: Part, cooperatives: Collection[int], on: date) -> list[InspectedBy]:
    """For each of these cooperatives, by name, on a day. Four queries."""
    held = {row.cooperative_id: row for row in plans_on(on).filter(part=part, cooperative__in=cooperatives)}
    terms = {row.cooperative_id: row for row in WorkTerms.objects.filter(cooperative__in=cooperatives)}
    return [
        InspectedBy(row, held.get(row.pk), terms.get(row.pk) or WorkTerms(cooperative=row))
        for row in cooperatives_named(cooperatives)
    ]


def asked_of(cooperative: Cooperative, part: Part, on: date) -> Asked:
    """What is asked of a lot that is inspected on a day. Four queries at most."""
    plan = inspection_plan_on(cooperative, part, on)
    if plan is None:
        return asked_by_terms(work_terms(cooperative))
    return Asked(
        level=cast("Level", plan.level),
        asks=asked_by_rules(plan.defect_rules.all()),
        characteristics=[{name: plain(getattr(row, name)) for name in COLUMNS} for row in plan.characteristics.all()],
        plan=plan,
    )


def asked_by_rules(rules: Iterable[Any]) -> tuple[ClassAsk, ...]:
    """What rows of rules ask, saved ones or those of a form."""
    return tuple(
        ClassAsk(row.defect_class, row.method, row.aql, row.ltpd, row.risk, row.n, row.ac, row.re) for row in rules
    )


def asked_by_terms(terms: WorkTerms) -> Asked:
    """No critical defect in the sample, and an AQL each for major and minor defects."""
    return Asked(
        level=cast("Level", terms.level),
        asks=(
            ClassAsk(DefectClass.CRITICAL, SamplingMethod.USER, ac=0, re=1),
            ClassAsk(DefectClass.MAJOR, SamplingMethod.AQL, aql=Decimal(terms.aql_major)),
            ClassAsk(DefectClass.MINOR, SamplingMethod.AQL, aql=Decimal(terms.aql_minor)),
        ),
        characteristics=[],
    )


def plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def workshop_of(lot: Lot) -> Workshop | None:
    """Who made a lot; None for what was bought, or brought together from several."""
    return lot.work_order.workshop if lot.work_order_id and lot.work_order else None


def lot_size_of(quantity: Decimal) -> int:
    """Pieces to draw a sample from; of cloth or powder each begun metre or kilogram counts as one."""
    return int(quantity.quantize(WHOLE, ROUND_CEILING))


def states_of(lot: Lot) -> dict[str, SwitchingState]:
    """The switching states of a lot's part at its maker, by class of defects; none for what nobody here made."""
    workshop = workshop_of(lot)
    if workshop is None:
        return {}
    rows = SwitchingState.objects.filter(cooperative=lot.cooperative_id, part=lot.part_id, workshop=workshop)
    return {row.defect_class: row for row in rows}
