"""How lively the forum was between two days, and what graduated from it (docs/city.md F10): for its page and for the
observatory. What counts is counted from rows, never written down by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from wadah.base.clock import JAKARTA
from wadah.forum.models import (
    Booking,
    Community,
    CommunityMember,
    Experiment,
    Graduation,
    Idea,
    IdeaSupport,
    Resource,
    Support,
)
from wadah.forum.rules import Span
from wadah.forum.words import GraduationStatus, Result, SupportKind, SupportStatus
from wadah.work.words import TrialStatus

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class ForumFigures:
    """Figures between two days, both included. Those named *_now are of the last day.

    communities_active: with an idea, an experiment, a booking or an ask in these days; people_active: who did any of
    it, or joined in; experiments, by result: begun in these days; lessons: results told in these days, failed and
    worked; booked_minutes: of bookings that weren't cancelled and began in these days; supports: asked in these days,
    by what became of them; granted_rupiah: of grants decided in these days; trained: people in deliveries of these
    days; graduations, product, trial, capability: ways that reached the step in these days; simulated: rows among
    communities and experiments that are made up.
    """

    first: date
    last: date
    communities_now: int
    communities_new: int
    communities_active: int
    members_now: int
    people_active: int
    ideas: int
    idea_voices: int
    experiments: dict[str, int] = field(default_factory=dict)
    lessons: dict[str, int] = field(default_factory=dict)
    resources_now: int = 0
    bookings: int = 0
    booked_minutes: int = 0
    supports: dict[str, int] = field(default_factory=dict)
    granted_rupiah: int = 0
    trained: int = 0
    graduations: dict[str, int] = field(default_factory=dict)
    simulated: int = 0

    @property
    def experiments_begun(self) -> int:
        return sum(self.experiments.values())


def forum_figures(first: date, last: date) -> ForumFigures:
    """The figures from `first` to `last`. Twenty-one queries, however many rows there are."""
    start, end = midnight(first), midnight(last + timedelta(days=1))
    begun = Experiment.objects.filter(withdrawn_at__isnull=True, begun_on__range=(first, last))
    booked = Booking.objects.filter(cancelled_at__isnull=True, starts_at__gte=start, starts_at__lt=end)
    here = Q(joined_at__lt=end) & (Q(left_at__isnull=True) | Q(left_at__gte=end))
    standing = Community.objects.filter(created_at__lt=end)
    standing = standing.filter(Q(archived_at__isnull=True) | Q(archived_at__gte=end))
    return ForumFigures(
        first=first,
        last=last,
        communities_now=standing.count(),
        communities_new=standing.filter(created_at__gte=start).count(),
        communities_active=len(active(start, end, "community")),
        members_now=CommunityMember.objects.filter(here).values("user").distinct().count(),
        people_active=len(active(start, end, "person")),
        ideas=Idea.objects.filter(withdrawn_at__isnull=True, at__gte=start, at__lt=end).count(),
        idea_voices=IdeaSupport.objects.filter(at__gte=start, at__lt=end).count(),
        experiments=counted(begun, "result", Result.values),
        lessons=counted(
            Experiment.objects.filter(withdrawn_at__isnull=True, result_on__range=(first, last)),
            "result",
            [Result.WORKED, Result.FAILED],
        ),
        resources_now=Resource.objects.filter(created_at__lt=end)
        .filter(Q(archived_at__isnull=True) | Q(archived_at__gte=end))
        .count(),
        bookings=booked.count(),
        booked_minutes=sum(Span(*pair).minutes for pair in booked.values_list("starts_at", "ends_at")),
        supports=counted(Support.objects.filter(asked_at__gte=start, asked_at__lt=end), "status", SupportStatus.values),
        granted_rupiah=total(
            Support.objects.filter(kind=SupportKind.GRANT, decided_at__gte=start, decided_at__lt=end),
            "granted_rupiah",
        ),
        trained=total(Support.objects.filter(delivered_on__range=(first, last)), "trained"),
        graduations=reached(start, end),
        simulated=standing.filter(simulated=True).count() + begun.filter(simulated=True).count(),
    )


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAKARTA)


def counted(rows: QuerySet[Experiment] | QuerySet[Support], column: str, words: list[str]) -> dict[str, int]:
    """Word → rows, each word there."""
    found = rows.order_by().values_list(column).annotate(many=Count("pk"))
    return {str(word): 0 for word in words} | {str(word): many for word, many in found}


def total(rows: QuerySet[Support], column: str) -> int:
    return int(rows.aggregate(total=Sum(column))["total"] or 0)


def active(start: datetime, end: datetime, who: str) -> set[int]:
    """Keys of communities, or of people, that did something between two moments. Four or five queries."""
    between = {
        "at": Q(at__gte=start, at__lt=end),
        "booked_at": Q(booked_at__gte=start, booked_at__lt=end, cancelled_at__isnull=True),
        "asked_at": Q(asked_at__gte=start, asked_at__lt=end) & ~Q(status=SupportStatus.WITHDRAWN),
    }
    standing = between["at"] & Q(withdrawn_at__isnull=True)
    rows = [
        (Idea.objects.filter(standing), "by"),
        (Experiment.objects.filter(standing), "by"),
        (Booking.objects.filter(between["booked_at"]), "user"),
        (Support.objects.filter(between["asked_at"]), "asked_by"),
    ]
    found: set[int] = set()
    for acts, person in rows:
        column = "community" if who == "community" else person
        found |= set(acts.filter(**{f"{column}__isnull": False}).order_by().values_list(column, flat=True))
    if who == "person":
        joined = CommunityMember.objects.filter(joined_at__gte=start, joined_at__lt=end)
        found |= set(joined.order_by().values_list("user", flat=True))
    return found


def reached(start: datetime, end: datetime) -> dict[str, int]:
    """Step → ways that reached it between two moments: asked, product, trial, capability (approved), stopped."""
    rows = Graduation.objects.filter(experiment__withdrawn_at__isnull=True)
    moments = {
        GraduationStatus.ASKED: "asked_at",
        GraduationStatus.PRODUCT: "product_at",
        GraduationStatus.TRIAL: "trial_at",
        GraduationStatus.STOPPED: "stopped_at",
    }
    counts = {
        f"{step}_ways": Count("pk", filter=Q(**{f"{column}__gte": start, f"{column}__lt": end}))
        for step, column in moments.items()
    }
    done = Q(trial__status=TrialStatus.APPROVED, trial__decided_at__gte=start, trial__decided_at__lt=end)
    found = rows.aggregate(**counts, capability_ways=Count("pk", filter=done))
    return {name.removesuffix("_ways"): many for name, many in found.items()}
