"""A workshop can't work for some weeks: its member closed days, fell ill, or a machine broke; told to whoever counts on
it, in every cooperative that it works for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.plans.commitments.selectors import weeks_overdrawn
from wadah.plans.models import Commitment, PlannedLot, PlanRun
from wadah.register.models import Cooperative
from wadah.work.models import Disruption, Offer, WorkOrder
from wadah.work.rules.orders import Standing
from wadah.work.services.disruptions import disruption_close, disruption_open
from wadah.work.services.offers import not_coming, offer_lock
from wadah.work.services.orders import work_order_give_up
from wadah.work.words import DisruptionKind, DisruptionStatus, OfferStatus, WorkOrderKind, WorkOrderStatus

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.register.models import Workshop

KINDS = (DisruptionKind.AWAY, DisruptionKind.MACHINE)
WEEK = timedelta(weeks=1)
WEEKS_MAX = 52


@transaction.atomic
def disruption_report(
    *,
    workshop: Workshop,
    kind: str,
    first_day: date,
    last_day: date,
    by: User | None,
    note: str = "",
    part: Part | None = None,
    release: bool = False,
) -> list[Disruption]:
    """The workshop makes nothing (of a part, where one is named) in the weeks of these days; one row a cooperative that
    plans with it then, has its promise or has offered it work.

    kind: AWAY or MACHINE. Open offers of these weeks are withdrawn. release: the promises of these weeks are given back
    too, as far as nothing of them is done; else they stay, and only what isn't promised is made up for.

    Raises
    ------
    Refused: the days are over, out of order or too many; or nobody counts on the workshop in these weeks.
    """
    first, last = monday(first_day), monday(last_day)
    weeks_check(first, last, last_day)
    if kind not in KINDS:
        raise Refused(_("Choose what happened: away or ill, or a machine broken."), field="kind")
    counting = cooperatives_counting(workshop, first, last, part)
    if not counting:
        raise Refused(_("No plan, promise or offer counts on %(workshop)s then.") % {"workshop": workshop.name})
    for offer in offers_open(workshop, first, last, part):
        withdraw(offer, by, note)
    if release:
        promises_give_back(workshop, first, last, part, by=by, note=note or str(DisruptionKind(kind).label))
    return [told(row, workshop, kind, first, last, part, note, by) for row in counting]


@transaction.atomic
def days_closed(*, workshop: Workshop, first_day: date, last_day: date, by: User | None) -> list[Disruption]:
    """After a member closed days: of weeks whose hours don't hold what is promised any more, the manager is told."""
    weeks = weeks_overdrawn(workshop, monday(first_day), monday(last_day))
    known = Disruption.objects.filter(workshop=workshop, kind=DisruptionKind.AWAY, status=DisruptionStatus.OPEN)
    spans = list(known.values_list("first_week", "last_week"))
    found: list[Disruption] = []
    for week in weeks:
        if not any(first <= week <= last for first, last in spans):
            found += disruption_report(
                workshop=workshop,
                kind=DisruptionKind.AWAY,
                first_day=week,
                last_day=week,
                by=by,
                note=_("Days closed: the hours don't hold what is promised."),
            )
    return found


@transaction.atomic
def days_opened(*, workshop: Workshop, first_day: date, last_day: date, by: User | None) -> int:
    """After a member opened days again: what was told about single weeks that hold their promises again; how many."""
    short = set(weeks_overdrawn(workshop, monday(first_day), monday(last_day)))
    rows = Disruption.objects.filter(
        workshop=workshop,
        kind=DisruptionKind.AWAY,
        status=DisruptionStatus.OPEN,
        first_week__gte=monday(first_day),
        last_week__lte=monday(last_day),
    )
    over = [row for row in rows if row.first_week == row.last_week and row.first_week not in short]
    for row in over:
        disruption_close(disruption=row, by=by, note=_("The days are open again."))
    return len(over)


def weeks_check(first: date, last: date, last_day: date) -> None:
    if last < first:
        raise Refused(_("The last day is before the first one."), field="last_day")
    if last_day < today():
        raise Refused(_("These days are over."), field="last_day")
    if last - first >= WEEKS_MAX * WEEK:
        raise Refused(_("At most %(most)s weeks at once.") % {"most": WEEKS_MAX}, field="last_day")


def cooperatives_counting(workshop: Workshop, first: date, last: date, part: Part | None) -> list[Cooperative]:
    """Those whose plan in force, promises or open offers count on the workshop in these weeks."""
    found = set(offers_open(workshop, first, last, part).values_list("package__cooperative", flat=True))
    promised = Commitment.objects.filter(workshop=workshop, week_start__gte=first, week_start__lte=last)
    lots = PlannedLot.objects.filter(workshop=workshop, run__status=PlanRun.Status.PUBLISHED)
    if part is not None:
        promised, lots = promised.filter(part=part), lots.filter(part=part)
    found |= set(promised.values_list("cooperative", flat=True))
    for cooperative, start, period in lots.values_list("run__cooperative", "run__start_on", "period"):
        if first <= start + period * WEEK <= last:
            found.add(cooperative)
    return list(Cooperative.objects.filter(pk__in=found).order_by("pk"))


def offers_open(workshop: Workshop, first: date, last: date, part: Part | None) -> QuerySet[Offer]:
    rows = Offer.objects.filter(
        workshop=workshop,
        status=OfferStatus.OPEN,
        package__week_start__gte=first,
        package__week_start__lte=last,
    )
    return rows if part is None else rows.filter(package__part=part)


def withdraw(offer: Offer, by: User | None, note: str) -> None:
    """What it asked for is told as one with the weeks; an answer given a moment ago stays."""
    locked = offer_lock(offer)
    if locked.status == OfferStatus.OPEN:
        locked.status, locked.answered_at, locked.answered_by = OfferStatus.WITHDRAWN, now(), by
        locked.reason_note = note
        locked.save(update_fields=["status", "answered_at", "answered_by", "reason_note"])
        history_record(user=by, act="offer_withdrawn", row=locked, new={"status": locked.status}, reason=note)
        if locked.package.run_id is None:
            not_coming(locked, DisruptionKind.DECLINED, note=note)


def promises_give_back(
    workshop: Workshop, first: date, last: date, part: Part | None, *, by: User | None, note: str
) -> None:
    """What of the promises of these weeks isn't done; service work is settled by its milestones instead."""
    rows = WorkOrder.objects.filter(
        workshop=workshop,
        week_start__gte=first,
        week_start__lte=last,
        status__in=[WorkOrderStatus.OPEN, WorkOrderStatus.STARTED],
    ).exclude(kind=WorkOrderKind.SERVICE)
    for row in rows if part is None else rows.filter(part=part):
        left = Standing(row.pieces, row.over, row.reported, row.handed_over, row.given_up).may_give_up
        if left > Decimal(0):
            work_order_give_up(work_order=row, pieces=left, by=by, reason=note)


def told(
    cooperative: Cooperative,
    workshop: Workshop,
    kind: str,
    first: date,
    last: date,
    part: Part | None,
    note: str,
    by: User | None,
) -> Disruption:
    row = disruption_open(
        cooperative=cooperative,
        kind=kind,
        first_week=first,
        last_week=last,
        part=part,
        workshop=workshop,
        note=note,
    )
    history_record(
        user=by, act="disruption_report", row=row, new={"kind": kind, "first_week": first, "last_week": last}
    )
    return row
