"""What is known when the plan in force is to be mended: what won't come, who said no, what is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from wadah.base.clock import monday, today
from wadah.plans.commitments.rules import minutes_of
from wadah.plans.repairing.rules import LOST, REFUSED, Asked, Hours, No, Place, Trouble
from wadah.plans.repairing.selectors import repair_lines
from wadah.register.models import Workshop
from wadah.work.models import Disruption, Offer, WorkOrder
from wadah.work.rules.orders import Standing
from wadah.work.words import (
    DeclineReason,
    DisruptionKind,
    DisruptionStatus,
    OfferStatus,
    WorkOrderKind,
    WorkOrderStatus,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from wadah.register.models import Cooperative

LOSSES = frozenset({DisruptionKind.REJECTED, DisruptionKind.SHORT})
FOR_GOOD = frozenset({DeclineReason.PAY, DeclineReason.SKILL})
"""Reasons that hold in any week."""
PLACE = ("package__part__code", "workshop__code", "package__week_start")


def disruptions_open(cooperative: Cooperative) -> QuerySet[Disruption]:
    """What is to be mended, the first weeks first."""
    return disruptions_of(cooperative).filter(status=DisruptionStatus.OPEN)


def disruptions_of(cooperative: Cooperative) -> QuerySet[Disruption]:
    """All that wasn't to come, settled or not."""
    return disruptions_kept([cooperative.pk]).order_by("first_week", "pk")


def disruptions_kept(cooperatives: Collection[int]) -> QuerySet[Disruption]:
    """Of several cooperatives, the newest first."""
    rows = Disruption.objects.filter(cooperative__in=cooperatives).order_by("-pk")
    return rows.select_related("part", "workshop", "offer", "work_order", "lot", "closed_by", "cooperative")


def disruptions_found(rows: QuerySet[Disruption], text: str) -> QuerySet[Disruption]:
    """Those whose part, workshop or note holds a text."""
    named = Q(part__name__icontains=text) | Q(workshop__name__icontains=text) | Q(note__icontains=text)
    return rows.filter(named)


def known_for_repair(cooperative: Cooperative) -> Asked:
    """All of it as plain values. Seven queries."""
    week = monday(today())
    return Asked(
        troubles=tuple(map(trouble_of, disruptions_open(cooperative))),
        promised=tuple(promised(cooperative, week)),
        offered=tuple(offered(cooperative, week)),
        noes=tuple(sorted(noes(cooperative, week), key=str)),
        late=tuple(late_hours(cooperative, week)),
        lines=repair_lines(cooperative),
    )


def trouble_of(row: Disruption) -> Trouble:
    return Trouble(
        key=row.pk,
        how=LOST if row.kind in LOSSES else REFUSED,
        part=row.part.code if row.part else "",
        workshop=row.workshop.code if row.workshop else "",
        first=row.first_week,
        last=row.last_week,
        pieces=float(row.pieces or 0),
    )


def promised(cooperative: Cooperative, week: date) -> Iterator[Place]:
    """What members promised for the weeks from a Monday on, handed over or not, less what was given up."""
    rows = WorkOrder.objects.filter(cooperative=cooperative, promise_week__gte=week)
    rows = rows.exclude(kind=WorkOrderKind.TRIAL).exclude(status=WorkOrderStatus.CANCELLED)
    columns = ("part__code", "workshop__code", "promise_week", "pieces", "given_up")
    for part, workshop, of_week, pieces, given_up in rows.values_list(*columns):
        yield Place(part, workshop, of_week, float(pieces - given_up))


def offered(cooperative: Cooperative, week: date) -> Iterator[Place]:
    """What the plan's members are asked for and haven't answered."""
    rows = plan_offers(cooperative, week).filter(status=OfferStatus.OPEN)
    for part, workshop, of_week, pieces in rows.values_list(*PLACE, "pieces"):
        yield Place(part, workshop, of_week, float(pieces))


def noes(cooperative: Cooperative, week: date) -> Iterator[No]:
    """Who said no to (the rest of) a lot, or is away; low pay and lack of skill hold in any week."""
    offers = plan_offers(cooperative, week).exclude(status=OfferStatus.OPEN)
    offers = offers.filter(package__taken__lt=F("package__pieces"))
    for part, workshop, of_week, reason in offers.values_list(*PLACE, "reason"):
        yield No(part, workshop, *((week, None) if reason in FOR_GOOD else (of_week, of_week)))
    rows = Disruption.objects.filter(cooperative=cooperative, last_week__gte=week, workshop__isnull=False, offer=None)
    rows = rows.exclude(kind__in=LOSSES).exclude(status=DisruptionStatus.DISMISSED)
    for row in rows.select_related("part", "workshop"):
        assert row.workshop is not None
        yield No(row.part.code if row.part else "", row.workshop.code, row.first_week, row.last_week)


def plan_offers(cooperative: Cooperative, week: date) -> QuerySet[Offer]:
    return Offer.objects.filter(
        package__cooperative=cooperative, package__run__isnull=False, package__week_start__gte=week
    )


def late_hours(cooperative: Cooperative, week: date) -> Iterator[Hours]:
    """Hours of these weeks that work takes which was promised for an earlier one."""
    rows = WorkOrder.objects.filter(
        cooperative=cooperative,
        week_start__gte=week,
        promise_week__lt=week,
        status__in=[WorkOrderStatus.OPEN, WorkOrderStatus.STARTED],
    ).exclude(kind=WorkOrderKind.TRIAL)
    for row in rows.select_related("workshop"):
        left = Standing(row.pieces, row.over, row.reported, row.handed_over, row.given_up).in_work
        minutes = minutes_of(left, per_piece=row.minutes_per_piece, setup=row.setup_minutes)
        if minutes:
            yield Hours(row.workshop.code, row.week_start, minutes / 60)


def workshop_names(codes: Collection[str]) -> dict[str, str]:
    """What workshops are called, by code. One query."""
    return dict(Workshop.objects.filter(code__in=codes).values_list("code", "name"))
