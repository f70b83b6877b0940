"""Lots followed both ways: up to every workshop, batch of material, inspection and person, down to every buyer.

Queries grow with the levels of the graph (how often pieces went into something else), never with the lots: three a
level, and a constant number for what stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from wadah.base.clock import monday
from wadah.demand.models import BuyerContact
from wadah.work.models import Inspection, Lot, LotLink, MaterialIssue, Progress, ShipmentLine, Tranche
from wadah.work.rules.material import Given
from wadah.work.rules.trace import Edge, Walk, walk
from wadah.work.words import LotOrigin, ShipmentStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from wadah.register.models import Workshop

WEEK = timedelta(days=7)
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Trace:
    """A walk with the rows it found. people: who did what on a lot, by its id: "reported", "inspected", "moved";
    shipped: shipment lines by lot."""

    walk: Walk
    lots: dict[int, Lot]
    people: dict[int, list[Person]] = field(default_factory=dict)
    inspections: dict[int, list[Inspection]] = field(default_factory=dict)
    shipped: dict[int, list[ShipmentLine]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """name: whose hand it was; on_behalf_of: for whom; did: "reported", "opened", "inspected", "closed"."""

    name: str
    did: str
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Pieces of a lot and where they are now: "coming", "hub", "workshop", "rework", "picked" or "buyer".

    who: the workshop or the buyer; phone: theirs; state: the bucket; shipment: its number, where it is in one.
    """

    lot: Lot
    place: str
    pieces: Decimal
    state: str
    who: str = ""
    phone: str = ""
    shipment: str = ""


def lots_seen(cooperatives: Collection[int]) -> QuerySet[Lot]:
    """All lots of these cooperatives, newest first, ready to be told of."""
    rows = Lot.objects.filter(cooperative__in=cooperatives)
    return rows.select_related("part", "cooperative", "owner", "work_order__workshop__ikm").order_by("-id")


def trace_up(starts: Collection[int]) -> Trace:
    """All lots that went into `starts` (ids), with who made, reported and inspected each of them."""
    found = walk(starts, edges_up, up=True)
    lots = lots_by_id(found.found)
    return Trace(found, lots, people=people_of(lots), inspections=inspections_of(lots))


def trace_down(starts: Collection[int]) -> Trace:
    """All lots that `starts` (ids) may be in, with the shipments they left in."""
    found = walk(starts, edges_down, up=False)
    lots = lots_by_id(found.found)
    return Trace(found, lots, shipped=shipped_of(lots))


def edges_up(frontier: frozenset[int]) -> Iterator[Edge]:
    """What went into these lots. Three queries."""
    yield from links(LotLink.objects.filter(child__in=frontier))
    makers = dict(Lot.objects.filter(pk__in=frontier, origin=LotOrigin.MADE).values_list("pk", "work_order_id"))
    issues = MaterialIssue.objects.filter(work_order__in=set(makers.values()))
    for issue in issues:
        kept = Given(issue.pieces, issue.returned, issue.scrapped).kept
        for lot, work_order in makers.items():
            if work_order == issue.work_order_id and kept > 0:
                yield Edge(issue.lot_id, lot, kept, "material")


def edges_down(frontier: frozenset[int]) -> Iterator[Edge]:
    """What these lots went into. Three queries."""
    yield from links(LotLink.objects.filter(parent__in=frontier))
    issues = list(MaterialIssue.objects.filter(lot__in=frontier))
    made = Lot.objects.filter(origin=LotOrigin.MADE, work_order__in={issue.work_order_id for issue in issues})
    lots = list(made.values_list("pk", "work_order_id"))
    for issue in issues:
        kept = Given(issue.pieces, issue.returned, issue.scrapped).kept
        for lot, work_order in lots:
            if work_order == issue.work_order_id and kept > 0:
                yield Edge(issue.lot_id, lot, kept, "material")


def links(rows: QuerySet[LotLink]) -> Iterator[Edge]:
    for row in rows.select_related("child"):
        yield Edge(row.parent_id, row.child_id, row.pieces, row.child.origin)


def lots_by_id(keys: Collection[int]) -> dict[int, Lot]:
    rows = Lot.objects.filter(pk__in=keys)
    return {row.pk: row for row in rows.select_related("part", "owner", "work_order__workshop__ikm", "made_by")}


def people_of(lots: dict[int, Lot]) -> dict[int, list[Person]]:
    """Who reported and who inspected, by lot; each name once for what they did."""
    found: dict[int, dict[Person, None]] = {}
    by_order: dict[int, list[int]] = {}
    for lot in lots.values():
        if lot.work_order_id is not None:
            by_order.setdefault(lot.work_order_id, []).append(lot.pk)
    reports = Progress.objects.filter(work_order__in=by_order).select_related("by")
    for report in reports:
        person = Person(report.by.name if report.by else "", "reported", report.on_behalf_of)
        for key in by_order[report.work_order_id]:
            found.setdefault(key, {})[person] = None
    for tranche in Tranche.objects.filter(inspection__lot__in=lots).select_related("by", "inspection"):
        if tranche.by is not None:
            found.setdefault(tranche.inspection.lot_id, {})[Person(tranche.by.name, "inspected")] = None
    return {key: [person for person in people if person.name] for key, people in found.items()}


def inspections_of(lots: dict[int, Lot]) -> dict[int, list[Inspection]]:
    found: dict[int, list[Inspection]] = {}
    for row in Inspection.objects.filter(lot__in=lots).select_related("opened_by", "closed_by"):
        found.setdefault(row.lot_id, []).append(row)
    return found


def shipped_of(lots: Collection[int]) -> dict[int, list[ShipmentLine]]:
    """The shipment lines of lots, but for shipments that never left."""
    rows = ShipmentLine.objects.filter(lot__in=lots).exclude(shipment__status=ShipmentStatus.CANCELLED)
    found: dict[int, list[ShipmentLine]] = {}
    for row in rows.select_related("shipment__order__buyer", "line__part").prefetch_related("claims"):
        found.setdefault(row.lot_id, []).append(row)
    return found


def recall_of(starts: Collection[int]) -> list[Whereabouts]:
    """Where everything is now that may hold something of `starts` (lot ids): the list to telephone by.

    What was scrapped, sent back or went into another lot isn't in it; the other lot is.
    """
    trace = trace_down(starts)
    issues: dict[int, list[MaterialIssue]] = {}
    rows = MaterialIssue.objects.filter(lot__in=trace.lots)
    for issue in rows.select_related("work_order__workshop__ikm"):
        issues.setdefault(issue.lot_id, []).append(issue)
    phones = buyers_phones(trace.shipped.values())
    found: list[Whereabouts] = []
    for key in trace.walk.found:
        lot = trace.lots[key]
        found += at_the_hub(lot)
        found += at_workshops(lot, issues.get(key, ()))
        found += at_buyers(lot, trace.shipped.get(key, ()), phones)
    return found


def buyers_phones(lines: Iterable[list[ShipmentLine]]) -> dict[int, str]:
    """Names and phones of the people who speak for the buyers, by buyer."""
    buyers = {line.shipment.order.buyer_id for group in lines for line in group}
    found: dict[int, list[str]] = {}
    for contact in BuyerContact.objects.filter(buyer__in=buyers).select_related("user").order_by("id"):
        found.setdefault(contact.buyer_id, []).append(f"{contact.user.name} {contact.user.phone}")
    return {buyer: ", ".join(people) for buyer, people in found.items()}


def at_the_hub(lot: Lot) -> Iterator[Whereabouts]:
    place = "coming" if lot.bring_at is not None else "hub"
    for bucket in ("waiting", "accepted", "rejected"):
        pieces: Decimal = getattr(lot, bucket)
        if pieces > 0:
            yield Whereabouts(lot, place, pieces, bucket)


def at_workshops(lot: Lot, issues: Iterable[MaterialIssue]) -> Iterator[Whereabouts]:
    """Handed out as material and perhaps used up by now, or back at its maker's for rework."""
    for issue in issues:
        kept = Given(issue.pieces, issue.returned, issue.scrapped).kept
        if kept > 0:
            shop = issue.work_order.workshop
            yield Whereabouts(lot, "workshop", kept, "issued", shop.name, phone_of(shop))
    if lot.rework > 0:
        maker = lot.work_order.workshop if lot.work_order else None
        yield Whereabouts(lot, "rework", lot.rework, "rework", maker.name if maker else "", phone_of(maker))


def at_buyers(lot: Lot, lines: Iterable[ShipmentLine], phones: dict[int, str]) -> Iterator[Whereabouts]:
    for line in lines:
        buyer = line.shipment.order.buyer
        back = sum((claim.returned for claim in line.claims.all()), NONE)
        left = line.pieces - line.refused - line.missing - back
        if left > 0:
            place = "picked" if line.shipment.status == ShipmentStatus.DRAFT else "buyer"
            yield Whereabouts(lot, place, left, "shipped", buyer.name, phones.get(buyer.pk, ""), line.shipment.number)


def phone_of(workshop: Workshop | None) -> str:
    return workshop.ikm.phone if workshop is not None else ""


def lots_of_batch(cooperatives: Collection[int], *, batch: str, supplier: str = "") -> list[int]:
    """Ids of the lots that came in with a batch number."""
    rows = Lot.objects.filter(cooperative__in=cooperatives, batch__iexact=batch.strip())
    if supplier.strip():
        rows = rows.filter(supplier__iexact=supplier.strip())
    return list(rows.values_list("pk", flat=True))


def lots_of_week(cooperatives: Collection[int], *, workshop: int, day: date) -> list[int]:
    """Ids of the lots that a workshop handed over in the week of `day`."""
    first = monday(day)
    rows = Lot.objects.filter(cooperative__in=cooperatives, work_order__workshop=workshop, origin=LotOrigin.MADE)
    return list(rows.filter(received_on__gte=first, received_on__lt=first + WEEK).values_list("pk", flat=True))
