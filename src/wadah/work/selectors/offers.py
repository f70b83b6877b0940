"""Offers as pages show them: what a member may answer, who of a cooperative's members hasn't, what an offer asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q

from wadah.base.clock import monday, now, today
from wadah.catalogue.models import BomLine, Part, Rate
from wadah.plans.commitments.rules import minutes_of, pieces_within
from wadah.plans.commitments.selectors import minutes_left_of
from wadah.register.models import Membership, Workshop
from wadah.register.selectors import cooperative_members, cooperative_workshops
from wadah.work.models import Offer, Reminder, WorkOrder
from wadah.work.rules.offers import Pay, may_undo, pay_of, reminder_stage
from wadah.work.selectors.makers import able_makers
from wadah.work.words import OfferStatus, WorkOrderStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from decimal import Decimal

    from django.db.models import QuerySet

    from wadah.register.models import Cooperative
    from wadah.work.rules.offers import Stage

WEEKS_AHEAD = 53


def offers_of(workshops: Collection[int]) -> QuerySet[Offer]:
    """Offers to these workshops (ids), the first to answer first."""
    return told(Offer.objects.filter(workshop__in=workshops)).order_by("answer_by", "pk")


def offers_seen(cooperatives: Collection[int]) -> QuerySet[Offer]:
    """Offers of these cooperatives, the newest first."""
    return told(Offer.objects.filter(package__cooperative__in=cooperatives)).order_by("-pk")


def told(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    return rows.select_related(
        "package", "package__part", "package__cooperative", "workshop", "workshop__ikm", "answered_by"
    )


def waiting_for_answer(rows: QuerySet[Offer], moment: datetime | None = None) -> QuerySet[Offer]:
    """Those that can still be answered: open and in time, whether or not anybody swept."""
    return rows.filter(status=OfferStatus.OPEN, answer_by__gt=moment or now())


def status_of(offer: Offer, moment: datetime | None = None) -> str:
    """The status as it is now: an open offer whose time is over has lapsed."""
    over = offer.status == OfferStatus.OPEN and offer.answer_by <= (moment or now())
    return OfferStatus.LAPSED if over else OfferStatus(offer.status)


@dataclass(frozen=True, slots=True)
class Asking:
    """One offer as it stands. left: pieces that can still be taken; minutes: what they take; free: minutes that the
    workshop hasn't promised in that week; fit: how many of them these hold; stage: which reminder is due."""

    offer: Offer
    status: str
    left: Decimal
    pay: Pay
    minutes: int
    free: int
    fit: Decimal
    stage: Stage
    undo: bool

    @property
    def open(self) -> bool:
        return self.status == OfferStatus.OPEN

    @property
    def part_pay(self) -> int:
        """Rupiah a piece, all in all but for what comes once."""
        row = self.offer
        return row.pay_rupiah_piece + row.material_rupiah_piece + row.transport_rupiah_piece

    @property
    def once_pay(self) -> int:
        return self.offer.setup_pay_rupiah + self.offer.transport_rupiah_trip


def asking(rows: Iterable[Offer]) -> list[Asking]:
    """These offers with their hours. Six queries, however many they are."""
    offers = list(rows)
    first = min((offer.package.week_start for offer in offers), default=monday(today()))
    last = max((offer.package.week_start for offer in offers), default=first)
    shops = Workshop.objects.filter(pk__in={offer.workshop_id for offer in offers})
    weeks = min(WEEKS_AHEAD, (last - first).days // 7 + 1)
    free = minutes_left_of(shops, first, weeks) if offers else {}
    moment = now()
    return [one(offer, free.get((offer.workshop_id, offer.package.week_start), 0), moment) for offer in offers]


def one(offer: Offer, free: int, moment: datetime) -> Asking:
    package, status = offer.package, status_of(offer, moment)
    taken = status in {OfferStatus.TAKEN, OfferStatus.PART}
    left = offer.taken if taken else min(offer.pieces, package.pieces - package.taken)
    pace = {"per_piece": offer.minutes_per_piece, "setup": offer.setup_minutes}
    return Asking(
        offer=offer,
        status=status,
        left=left,
        pay=pay_of(
            left,
            piece=offer.pay_rupiah_piece,
            setup=offer.setup_pay_rupiah,
            material=offer.material_rupiah_piece,
            transport_piece=offer.transport_rupiah_piece,
            transport_trip=offer.transport_rupiah_trip,
        ),
        minutes=minutes_of(left, **pace),
        free=free,
        fit=pieces_within(free, integer=package.part.integer, most=left, **pace),
        stage=reminder_stage(offer.offered_at, offer.answer_by, moment) if status == OfferStatus.OPEN else "",
        undo=offer.status != OfferStatus.OPEN and bool(offer.answered_by_id) and may_undo(offer.answered_at, moment),
    )


def materials_of(offer: Offer) -> list[tuple[Part, Decimal]]:
    """What goes into the pieces of an offer: (part, quantity). One query."""
    lines = BomLine.objects.filter(parent=offer.package.part_id).select_related("component")
    return [(line.component, line.quantity * offer.pieces) for line in lines]


def order_of(offer: Offer) -> WorkOrder | None:
    """The work order of a taken offer; None where it was taken back or never taken."""
    return offer.work_orders.exclude(status=WorkOrderStatus.CANCELLED).order_by("-pk").first()


def reminders_of(offer: Offer) -> list[Reminder]:
    return list(offer.reminders.select_related("by").order_by("at"))


def member_of(offer: Offer) -> Membership | None:
    """Who speaks for the workshop in the cooperative that offers: name, phone, whether they sign in themselves."""
    members = cooperative_members(offer.package.cooperative).filter(ikm=offer.workshop.ikm_id)
    return members.first()


@dataclass(frozen=True, slots=True)
class Counts:
    """How a cooperative's members stand to the offers of the weeks to come. first: when the next one
    must be answered."""

    waiting: int
    taken: int
    declined: int
    lapsed: int
    first: datetime | None


def offer_counts(cooperatives: Collection[int]) -> Counts:
    """One query."""
    moment = now()
    rows = Offer.objects.filter(package__cooperative__in=cooperatives, package__week_start__gte=monday(today()))
    waiting = Q(status=OfferStatus.OPEN, answer_by__gt=moment)
    found = rows.aggregate(
        waiting=Count("pk", filter=waiting),
        taken=Count("pk", filter=Q(status__in=[OfferStatus.TAKEN, OfferStatus.PART])),
        declined=Count("pk", filter=Q(status=OfferStatus.DECLINED)),
        lapsed=Count("pk", filter=Q(status=OfferStatus.LAPSED) | Q(status=OfferStatus.OPEN, answer_by__lte=moment)),
        first=Min("answer_by", filter=waiting),
    )
    return Counts(**found)


@dataclass(frozen=True, slots=True)
class Able:
    """A workshop that may make a part in a week; free: minutes not promised; fit: pieces that these hold."""

    workshop: Workshop
    rate: Rate
    free: int
    fit: Decimal


def able_to(cooperative: Cooperative, part: Part, week: date, pieces: Decimal) -> list[Able]:
    """Who may make a part in a week, those with most room first. A constant number of queries."""
    rates = able_makers(cooperative, week, week, parts=[part.pk])
    free = minutes_left_of(cooperative_workshops(cooperative), week, 1)
    found = []
    for (_part, workshop, _week), rate in rates.items():
        minutes = free.get((workshop, week), 0)
        pace = {"per_piece": rate.minutes_per_piece, "setup": rate.setup_minutes}
        fit = pieces_within(minutes, integer=part.integer, most=pieces, **pace)
        found.append(Able(rate.workshop, rate, minutes, fit))
    return sorted(found, key=lambda row: (-row.fit, -row.free, row.workshop.name))


def offers_late(cooperatives: Collection[int]) -> bool:
    """Whether an open offer of these cooperatives must be answered soon: 85 % of its time is over."""
    moment = now()
    rows = waiting_for_answer(Offer.objects.filter(package__cooperative__in=cooperatives), moment)
    times = rows.values_list("offered_at", "answer_by")
    return any(reminder_stage(offered, until, moment) == "late" for offered, until in times)


def offers_found(rows: QuerySet[Offer], text: str) -> QuerySet[Offer]:
    """Those whose number, member, workshop or part holds a text."""
    named = Q(workshop__name__icontains=text) | Q(workshop__ikm__name__icontains=text)
    named |= Q(package__part__name__icontains=text) | Q(package__part__code__icontains=text)
    return rows.filter(named | Q(number__icontains=text) | Q(workshop__ikm__owner_name__icontains=text))


def filter_status(rows: QuerySet[Offer], status: str) -> QuerySet[Offer]:
    """Rows of a status as it is now; the open ones with least time first."""
    over = Q(status=OfferStatus.OPEN, answer_by__lte=now())
    if status == OfferStatus.OPEN:
        return rows.filter(status=OfferStatus.OPEN).exclude(over).order_by("answer_by", "pk")
    return rows.filter(Q(status=status) | over) if status == OfferStatus.LAPSED else rows.filter(status=status)


def filter_week(rows: QuerySet[Offer], week: str) -> QuerySet[Offer]:
    return rows.filter(package__week_start=week)


def offer_weeks(cooperatives: Collection[int]) -> list[date]:
    """Mondays for which anything was offered, the latest first; at most a year of them."""
    rows = Offer.objects.filter(package__cooperative__in=cooperatives).order_by("-package__week_start")
    return list(rows.values_list("package__week_start", flat=True).distinct()[:WEEKS_AHEAD])


def offers_beside(offer: Offer) -> QuerySet[Offer]:
    """The other offers of the same package."""
    return told(Offer.objects.filter(package=offer.package_id).exclude(pk=offer.pk)).order_by("pk")


def parts_offerable(cooperatives: Collection[int]) -> QuerySet[Part]:
    """Parts that members of these cooperatives have a rate for, by name."""
    rates = Rate.objects.filter(workshop__ikm__memberships__cooperative__in=cooperatives)
    return Part.objects.filter(pk__in=rates.values("part"), archived_at=None).order_by("name")
