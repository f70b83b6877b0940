"""Material: what a work order needs, has and lacks; what lies at the hub; all that came in and went out."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.base.clock import now, today
from wadah.catalogue.models import BomLine, Part
from wadah.catalogue.selectors import stock_on
from wadah.work.models import Lot, LotMove, MaterialIssue
from wadah.work.rules.material import Given, Held, missing, needed, picking, sum_of, used
from wadah.work.services.material import owner_suits
from wadah.work.words import LotOrigin, MoveKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.work.models import WorkOrder

NONE = Decimal(0)
BROUGHT_IN = (LotOrigin.BOUGHT, LotOrigin.OWNED, LotOrigin.COUNTED)
OUT_AND_IN = (MoveKind.RECEIVE, MoveKind.ISSUE, MoveKind.ISSUE_BACK, MoveKind.SCRAP, MoveKind.RETURN)


@dataclass(frozen=True, slots=True)
class Need:
    """One component of a work order.

    need: by the parts list; given: handed out, back, scrapped; used: by the parts list and what was handed over, for
    information; missing: still to be handed out; picked: pieces by lot that would make up for it, first what expires
    first; lots: all that could go out; counted: pieces counted at the hub that are in no lot yet.
    """

    part: Part
    need: Decimal
    given: Given
    used: Decimal
    missing: Decimal
    picked: dict[int, Decimal] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    counted: Decimal = NONE

    @property
    def there(self) -> Decimal:
        """Still at the workshop, as far as the parts list tells."""
        return self.given.kept - self.used

    @property
    def at_hub(self) -> Decimal:
        return sum((lot.accepted for lot in self.lots), NONE)


def needs_of(work_order: WorkOrder) -> list[Need]:
    """What a work order's parts list asks, in its order, and whatever else was handed out for it. Five queries."""
    lines = list(BomLine.objects.filter(parent=work_order.part_id).select_related("component").order_by("id"))
    issued: dict[int, list[Given]] = {}
    parts: dict[int, Part] = {line.component_id: line.component for line in lines}
    for issue in work_order.issues.select_related("lot__part"):
        issued.setdefault(issue.lot.part_id, []).append(Given(issue.pieces, issue.returned, issue.scrapped))
        parts.setdefault(issue.lot.part_id, issue.lot.part)
    per_piece = {line.component_id: line.quantity for line in lines}
    lots = lots_to_issue(work_order, parts)
    counted = counted_without_lots(work_order.cooperative_id, parts)
    asked = work_order.pieces - work_order.given_up
    found = []
    for key, part in parts.items():
        given = sum_of(issued.get(key, []))
        need = needed(asked, per_piece.get(key, NONE), integer=part.integer)
        lack = missing(need, given)
        picked = picking([held(lot) for lot in lots.get(key, [])], lack, on=today())
        spent = used(work_order.handed_over, per_piece.get(key, NONE), given.kept)
        lying = counted.get(key, NONE)
        found.append(Need(part, need, given, spent, lack, dict(picked), lots.get(key, []), lying))
    return found


def lots_to_issue(work_order: WorkOrder, parts: Collection[int]) -> dict[int, list[Lot]]:
    """Accepted lots of these parts that may go into a work order, first what expires first. One query."""
    rows = Lot.objects.filter(cooperative=work_order.cooperative_id, part__in=parts, accepted__gt=0)
    fresh = rows.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today())).select_related("owner", "part")
    found: dict[int, list[Lot]] = {}
    for lot in fresh.order_by("part_id", "expires_on", "received_on", "id"):
        if lot.owner_id is None or owner_suits(work_order, lot):
            found.setdefault(lot.part_id, []).append(lot)
    return found


def counted_without_lots(cooperative: int, parts: Collection[int]) -> dict[int, Decimal]:
    """What was counted at the hub of those of these parts that never had a lot, by part id. Two queries."""
    known = set(Lot.objects.filter(cooperative=cooperative, part__in=parts).values_list("part", flat=True))
    rows = stock_on(cooperative=cooperative, on=today())
    return {key: pieces for key, pieces in rows.items() if key in parts and key not in known and pieces > 0}


def held(lot: Lot) -> Held:
    return Held(lot.pk, lot.received_on, lot.accepted, lot.expires_on, lot.owner_id is not None)


def issues_of(work_order: WorkOrder) -> list[MaterialIssue]:
    """What was handed out for it, the last first. One query."""
    rows = work_order.issues.select_related("lot__part", "lot__owner", "by")
    return list(rows.order_by("-id"))


def store_lots(cooperatives: Collection[int]) -> QuerySet[Lot]:
    """All lots of these cooperatives, newest first, for the list of what lies at the hub."""
    rows = Lot.objects.filter(cooperative__in=cooperatives)
    return rows.select_related("part", "owner", "work_order__workshop").order_by("-id")


def arrivals(cooperatives: Collection[int]) -> list[Lot]:
    """Lots that members have announced and that aren't at the hub yet, the next first."""
    rows = store_lots(cooperatives).filter(bring_at__isnull=False)
    return list(rows.order_by("bring_at")[:200])


def arrivals_overdue(cooperatives: Collection[int]) -> int:
    """How many announced lots should have been at the hub by now."""
    return Lot.objects.filter(cooperative__in=cooperatives, bring_at__lt=now()).count()


def stock_moves(cooperatives: Collection[int]) -> QuerySet[LotMove]:
    """What came in and went out at the hub, the last first: one row a movement."""
    rows = LotMove.objects.filter(lot__cooperative__in=cooperatives, kind__in=OUT_AND_IN)
    return rows.select_related("lot__part", "workshop", "by", "issue__work_order").order_by("-id")


def issues_seen(cooperatives: Collection[int]) -> QuerySet[MaterialIssue]:
    rows = MaterialIssue.objects.filter(work_order__cooperative__in=cooperatives)
    return rows.select_related("work_order__workshop__ikm", "work_order__part", "work_order__cooperative", "lot__part")


def parts_brought_in() -> QuerySet[Part]:
    """Parts that somebody may bring to the hub by hand: all in use, what is bought first."""
    return Part.objects.filter(archived_at__isnull=True).order_by("supply", "name")
