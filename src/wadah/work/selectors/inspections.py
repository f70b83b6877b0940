"""Lots that wait for a decision, inspections with all that was found, and what members and buyers see of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery, Sum

from wadah.base.clock import business_date
from wadah.demand.selectors import PaperStanding
from wadah.work.models import (
    Disposition,
    Inspection,
    InspectionPlan,
    Lot,
    Receipt,
    ShipmentLine,
    SwitchingState,
    Trial,
)
from wadah.work.words import DispositionKind, InspectionStatus, TrialStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.base.models import Attachment

NONE = Decimal(0)
DECIDED = [InspectionStatus.PASSED, InspectionStatus.FAILED]


def lots_kept(cooperatives: Collection[int]) -> QuerySet[Lot]:
    """Lots of these cooperatives, newest first, with part and maker; `open_inspection`: the number of one, or None."""
    running = Inspection.objects.filter(lot=OuterRef("pk"), status=InspectionStatus.OPEN).values("number")[:1]
    rows = Lot.objects.filter(cooperative__in=cooperatives).annotate(open_inspection=Subquery(running))
    return rows.select_related("part", "cooperative", "work_order__workshop").order_by("-pk")


def lots_to_decide(cooperatives: Collection[int]) -> QuerySet[Lot]:
    """Lots of which something waits for inspection, is rejected or in rework; those at the hub longest first."""
    found = Q(waiting__gt=0, bring_at__isnull=True) | Q(rejected__gt=0) | Q(rework__gt=0)
    return lots_kept(cooperatives).filter(found).order_by("received_on", "pk")


def lots_waiting(cooperatives: Collection[int]) -> QuerySet[Lot]:
    """Lots at the hub that nobody has inspected to the end."""
    return lots_to_decide(cooperatives).filter(waiting__gt=0, bring_at__isnull=True)


def lots_rejected(cooperatives: Collection[int]) -> QuerySet[Lot]:
    """Lots with rejected pieces that nobody has decided about."""
    return lots_to_decide(cooperatives).filter(rejected__gt=0)


def inspections_kept(cooperatives: Collection[int]) -> QuerySet[Inspection]:
    rows = Inspection.objects.filter(lot__cooperative__in=cooperatives)
    return rows.select_related(
        "lot__part", "lot__cooperative__area", "lot__work_order__workshop", "opened_by", "closed_by"
    ).prefetch_related("tranches__measurements", "tranches__by")


def inspections_of(lot: Lot) -> QuerySet[Inspection]:
    """All inspections of a lot, first to last."""
    return inspections_kept([lot.cooperative_id]).filter(lot=lot).order_by("attempt")


def dispositions_of(lot: Lot) -> QuerySet[Disposition]:
    rows = Disposition.objects.filter(lot=lot).select_related("inspection", "by", "lot")
    return rows.defer("photo").order_by("pk")


def reworks_out(cooperatives: Collection[int]) -> QuerySet[Disposition]:
    """Reworks of which pieces are still at the workshop, those due first first."""
    rows = Disposition.objects.filter(
        lot__cooperative__in=cooperatives, kind=DispositionKind.REWORK, back__lt=F("pieces")
    )
    return rows.select_related("lot__part", "lot__work_order__workshop").order_by("due_on", "pk")


def inspection_photos(inspection: Inspection) -> list[int]:
    """Numbers of the tranches that have a photo."""
    return [row.number for row in inspection.tranches.all() if row.photo_id is not None]


def tranche_photo(inspection: Inspection, number: int) -> Attachment | None:
    row = inspection.tranches.filter(number=number).select_related("photo").first()
    return row.photo if row else None


def states_kept(cooperatives: Collection[int]) -> QuerySet[SwitchingState]:
    """Switching states, those that need somebody first."""
    rows = SwitchingState.objects.filter(cooperative__in=cooperatives).select_related("part", "workshop", "cooperative")
    return rows.order_by("part__code", "workshop__code", "defect_class")


def inspection_plans_kept(cooperatives: Collection[int]) -> QuerySet[InspectionPlan]:
    rows = InspectionPlan.objects.filter(cooperative__in=cooperatives).select_related("part", "cooperative")
    return rows.prefetch_related("defect_rules", "characteristics").order_by("part__code", "-valid_from")


# -- what a member sees -----------------------------------------------------------------------------------------------


def results_of(workshops: Collection[int]) -> QuerySet[Inspection]:
    """Closed inspections of what these workshops made, newest first."""
    rows = Inspection.objects.filter(lot__work_order__workshop__in=workshops, status__in=DECIDED)
    return rows.select_related("lot__part", "lot__work_order__workshop").order_by("-closed_at", "-pk")


def reworks_of(workshops: Collection[int]) -> QuerySet[Disposition]:
    """What these workshops have to mend and bring back, due first first."""
    rows = Disposition.objects.filter(
        lot__work_order__workshop__in=workshops, kind=DispositionKind.REWORK, back__lt=F("pieces")
    )
    return rows.select_related("lot__part", "lot__work_order__workshop").order_by("due_on", "pk")


def dispositions_seen_by(workshops: Collection[int]) -> QuerySet[Disposition]:
    return Disposition.objects.filter(lot__work_order__workshop__in=workshops).select_related("lot", "photo")


def lots_made_by(workshops: Collection[int]) -> QuerySet[Lot]:
    """Lots that these workshops made, with part and order."""
    rows = Lot.objects.filter(work_order__workshop__in=workshops)
    return rows.select_related("part", "work_order__workshop", "cooperative")


# -- what a buyer sees ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivered:
    """One part delivered to a buyer: pieces sent and signed for, refused or claimed; lots, and how many of them passed
    inspection before. No maker and no pay."""

    part_code: str
    part_name: str
    part_name_en: str
    received: Decimal
    refused: Decimal
    claimed: Decimal
    lots: int
    lots_inspected: int
    first_time: int

    @property
    def sent(self) -> Decimal:
        return self.received + self.refused

    @property
    def good_share(self) -> float | None:
        """Of what was signed for, the share that wasn't refused or claimed."""
        if self.sent <= 0:
            return None
        return float(max(NONE, self.received - self.claimed) / self.sent)

    @property
    def first_time_share(self) -> float | None:
        """Of the lots inspected, the share that passed the first time."""
        return self.first_time / self.lots_inspected if self.lots_inspected else None


def delivered_to(buyers: Collection[int]) -> list[Delivered]:
    """By part, what was delivered to these buyers and how good it was. Three queries."""
    signed = ShipmentLine.objects.filter(line__order__buyer__in=buyers, shipment__in=Receipt.objects.values("shipment"))
    sums = signed.order_by().values("line__part__code", "line__part__name", "line__part__name_en")
    sums = sums.annotate(all_received=Sum("received"), all_refused=Sum("refused"))
    claims = signed.order_by().values("line__part__code").filter(claims__status__in=["open", "accepted", "settled"])
    claimed = dict(claims.annotate(all=Sum("claims__pieces")).values_list("line__part__code", "all"))
    lots = signed.order_by().values_list("line__part__code", "lot_id").distinct()
    outcomes: dict[int, str] = {}
    decided = Inspection.objects.filter(lot__in=signed.values("lot"), status__in=DECIDED).order_by("lot_id", "attempt")
    for lot, status in decided.values_list("lot_id", "status"):
        outcomes.setdefault(lot, status)
    by_part: dict[str, list[str]] = {}
    for code, lot in lots:
        by_part.setdefault(code, []).append(outcomes.get(lot, ""))
    return [
        Delivered(
            part_code=row["line__part__code"],
            part_name=row["line__part__name"],
            part_name_en=row["line__part__name_en"],
            received=row["all_received"] or NONE,
            refused=row["all_refused"] or NONE,
            claimed=claimed.get(row["line__part__code"]) or NONE,
            lots=len(by_part.get(row["line__part__code"], [])),
            lots_inspected=sum(bool(one) for one in by_part.get(row["line__part__code"], [])),
            first_time=sum(one == InspectionStatus.PASSED for one in by_part.get(row["line__part__code"], [])),
        )
        for row in sums.order_by("line__part__code")
    ]


# -- papers -----------------------------------------------------------------------------------------------------------


def quality_paper_standing(number: str, code: str) -> PaperStanding | None:
    """How an inspection report or a warrant stands; None where no paper has this number and code."""
    inspection = Inspection.objects.filter(number=number, check_code=code).first()
    if inspection is not None:
        on = business_date(inspection.closed_at) if inspection.closed_at else None
        return PaperStanding(number, on, inspection.status in DECIDED)
    trial = Trial.objects.filter(number=number, check_code=code).first()
    if trial is None:
        return None
    on = business_date(trial.decided_at) if trial.decided_at else None
    return PaperStanding(number, on, trial.status == TrialStatus.APPROVED)
