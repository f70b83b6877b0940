"""What is known when the plan in force is to be mended: what won't come, who said no, what is promised."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum

from wadah.base.clock import business_date, monday, today
from wadah.plans.commitments.rules import minutes_of
from wadah.plans.models import PlannedLot
from wadah.plans.repairing.rules import LOST, REFUSED, STOCK, Asked, Basis, Hours, No, Place, Trouble
from wadah.plans.repairing.selectors import repair_lines
from wadah.plans.selectors import run_published
from wadah.register.models import Workshop
from wadah.work.models import Disruption, LotMove, Offer, WorkOrder
from wadah.work.rules.orders import Standing
from wadah.work.words import (
    Bucket,
    DeclineReason,
    DisruptionKind,
    DisruptionStatus,
    LotOrigin,
    MoveKind,
    OfferStatus,
    WorkOrderKind,
    WorkOrderStatus,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from wadah.plans.models import PlanRun
    from wadah.register.models import Cooperative
    from wadah.work.models import Lot

    Pieces = dict[tuple[str, str], float]  # by part and workshop

NONE = Decimal(0)
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
    """All of it as plain values. Eleven queries at most."""
    week, run = monday(today()), run_published(cooperative)
    basis = Basis(week) if run is None else Basis(run.start_on, run.stock_read_at)
    return Asked(
        troubles=tuple(trouble_of(row, basis) for row in disruptions_open(cooperative)),
        promised=tuple(promised(cooperative, week, basis, run)),
        offered=tuple(offered(cooperative, week)),
        noes=tuple(sorted(noes(cooperative, week), key=str)),
        late=tuple(late_hours(cooperative, week, basis)),
        lines=repair_lines(cooperative),
    )


def trouble_of(row: Disruption, basis: Basis) -> Trouble:
    """Lost pieces are lost where the plan in force counts them; in neither lots nor stock: of work given by hand since
    it was made, for weeks before it."""
    how, first, pieces = REFUSED, row.first_week, float(row.pieces or 0)
    if row.kind in LOSSES:
        how, order = LOST, row.work_order
        if order is not None and ready_then(row.lot, basis):
            how = STOCK
        elif order is not None and basis.in_stock(order.promise_week):
            how, pieces = (STOCK, pieces) if basis.knows(order.made_at) else (LOST, 0.0)
        elif order is not None:
            first = max(first, basis.week(order.promise_week))
    return Trouble(
        key=row.pk,
        how=how,
        part=row.part.code if row.part else "",
        workshop=row.workshop.code if row.workshop else "",
        first=first,
        last=max(first, row.last_week),
        pieces=pieces,
    )


def ready_then(lot: Lot | None, basis: Basis) -> bool:
    """Whether a lot was at hand when the plan was made; one that was split off or merged since, with its pieces."""
    if lot is None or basis.read_at is None:
        return False
    if lot.origin in {LotOrigin.SPLIT, LotOrigin.MERGED}:
        return lot.received_on < business_date(basis.read_at) or basis.knows(lot.made_at)
    return basis.knows(lot.made_at)


def promised(cooperative: Cooperative, week: date, basis: Basis, run: PlanRun | None) -> Iterator[Place]:
    """What members promised, in the week in which the plan in force counts it, for the weeks from a Monday on: less
    what was given up, and what it has in its stock. Three queries at most."""
    rows = WorkOrder.objects.filter(cooperative=cooperative).order_by()
    rows = rows.exclude(kind=WorkOrderKind.TRIAL).exclude(status=WorkOrderStatus.CANCELLED)
    current = Q(promise_week__gte=week)
    if basis.read_at is not None:
        current |= Q(closed_at__isnull=True) | Q(closed_at__gt=basis.read_at)
    rows = rows.filter(current)
    brought = brought_by(rows, basis)
    ahead: Pieces = defaultdict(float)  # due before the plan's first week when it was made
    within: Pieces = defaultdict(float)  # promised for that week
    columns = ("pk", "part__code", "workshop__code", "promise_week", "made_at", "pieces", "given_up")
    for key, part, workshop, of_week, made_at, pieces, given_up in rows.values_list(*columns):
        counted, left = basis.week(of_week), float(pieces - given_up - brought.get(key, NONE))
        if left <= 0:
            continue
        if counted >= max(week, basis.start):
            yield Place(part, workshop, counted, left)
        if counted == basis.start and run is not None and run.promises_read_at and made_at <= run.promises_read_at:
            within[part, workshop] += left
        if counted < basis.start and basis.knows(made_at):
            ahead[part, workshop] += left
    if run is not None and ahead and basis.start >= week:
        yield from held_over(run, ahead, within)


def held_over(run: PlanRun, ahead: Pieces, within: Pieces) -> Iterator[Place]:
    """What was due before the plan began and lacked its material, so that the plan has it as a promise in its first
    week (docs/work.md W14). One query."""
    lots = PlannedLot.objects.filter(run=run, period=0, promised__gt=0)
    for part, workshop, pieces in lots.values_list("part__code", "workshop__code", "promised"):
        held = min(ahead[part, workshop], pieces - within[part, workshop])
        if held > 0:
            yield Place(part, workshop, run.start_on, held)


def brought_by(rows: QuerySet[WorkOrder], basis: Basis) -> dict[int, Decimal]:
    """What had been brought of work orders when the plan was made, and not taken back by then, by id. One query."""
    if basis.read_at is None:
        return {}
    moves = LotMove.objects.filter(lot__origin=LotOrigin.MADE, at__lte=basis.read_at, lot__work_order__in=rows)
    back = Q(kind=MoveKind.RETURN, from_bucket=Bucket.WAITING)
    sums = (
        moves.order_by()
        .values_list("lot__work_order")
        .annotate(born=Sum("pieces", filter=Q(from_bucket="")), back=Sum("pieces", filter=back))
    )
    return {key: (born or NONE) - (gone or NONE) for key, born, gone in sums}


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


def late_hours(cooperative: Cooperative, week: date, basis: Basis) -> Iterator[Hours]:
    """Hours of these weeks that work takes which the plan counts in an earlier one, or in its stock."""
    rows = WorkOrder.objects.filter(
        Q(promise_week__lt=F("week_start")) | Q(promise_week__lt=basis.start),
        cooperative=cooperative,
        week_start__gte=week,
        status__in=[WorkOrderStatus.OPEN, WorkOrderStatus.STARTED],
    ).exclude(kind=WorkOrderKind.TRIAL)
    for row in rows.select_related("workshop"):
        if not basis.in_stock(row.promise_week) and basis.week(row.promise_week) >= row.week_start:
            continue
        left = Standing(row.pieces, row.over, row.reported, row.handed_over, row.given_up).in_work
        minutes = minutes_of(left, per_piece=row.minutes_per_piece, setup=row.setup_minutes)
        if minutes:
            yield Hours(row.workshop.code, row.week_start, minutes / 60)


def workshop_names(codes: Collection[str]) -> dict[str, str]:
    """What workshops are called, by code. One query."""
    return dict(Workshop.objects.filter(code__in=codes).values_list("code", "name"))
