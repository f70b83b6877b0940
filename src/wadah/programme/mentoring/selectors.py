"""Reading mentoring: who goes where, which expert fits a workshop, and what came of it; each in few queries.

What came of it is computed from work: pieces accepted and rejected at first inspection, of the parts of the process
that was taught, before it began and since; and trials of those parts that were decided since it began.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, Sum

from wadah.base.clock import business_date, monday, today
from wadah.programme.mentoring.rules import BEFORE_DAYS, MINUTES_AN_HOUR, Judged, distance_km, hours_on
from wadah.programme.models import ExpertHours, Mentoring, MentoringVisit
from wadah.register.models import Expert, Membership
from wadah.register.selectors.cooperatives import open_on
from wadah.work.models import LotMove, Trial
from wadah.work.words import MoveKind, TrialStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import QuerySet

    from wadah.register.models import Cooperative, Skill, Workshop
    from wadah.register.rules import Roles

HELD, PLANNED = MentoringVisit.Status.HELD, MentoringVisit.Status.PLANNED
NOTHING = Judged(Decimal(0), Decimal(0))


def mentorings_seen(roles: Roles) -> QuerySet[Mentoring]:
    """Of the cooperatives that the person manages; an officer sees them all. With visits counted."""
    rows = Mentoring.objects.select_related("expert", "workshop__ikm", "workshop__area", "cooperative", "skill")
    rows = rows.annotate(
        visits_held=Count("visits", filter=Q(visits__status=HELD)),
        minutes_held=Sum("visits__minutes", filter=Q(visits__status=HELD)),
        next_on=Min("visits__on", filter=Q(visits__status=PLANNED)),
    ).order_by("-starts_on", "-pk")
    return rows if roles.officer else rows.filter(cooperative__in=roles.cooperatives_managed)


def mentorings_kept(roles: Roles) -> QuerySet[Mentoring]:
    """Those that the person may change."""
    return mentorings_seen(roles).filter(cooperative__in=roles.cooperatives_managed)


def mentorings_of(workshops: Collection[int]) -> list[Mentoring]:
    """What a member sees of it: open ones first, with visits at hand. Two queries."""
    rows = Mentoring.objects.filter(workshop__in=workshops).select_related("expert", "workshop", "skill")
    rows = rows.prefetch_related("visits", "expert__skills")
    return sorted(rows, key=lambda row: (row.status != Mentoring.Status.OPEN, -row.starts_on.toordinal(), row.pk))


def visit_next(workshops: Collection[int], day: date) -> MentoringVisit | None:
    """The next planned visit to one of these workshops, today or later."""
    rows = MentoringVisit.objects.filter(mentoring__workshop__in=workshops, status=PLANNED, on__gte=day)
    return rows.select_related("mentoring__expert", "mentoring__workshop").order_by("on", "pk").first()


def cooperative_for(workshop: Workshop, managed: Collection[int]) -> Cooperative | None:
    """Of the cooperatives that a person manages, the one that the workshop's firm is a member of today."""
    places = Membership.objects.filter(
        open_on(today()), ikm=workshop.ikm_id, cooperative__in=managed, role=Membership.Role.MEMBER
    )
    place = places.select_related("cooperative").order_by("pk").first()
    return place.cooperative if place else None


def visits_kept(roles: Roles) -> QuerySet[MentoringVisit]:
    """Visits that the person may write down."""
    rows = MentoringVisit.objects.filter(mentoring__cooperative__in=roles.cooperatives_managed)
    return rows.select_related("mentoring__expert", "mentoring__workshop")


def expert_hours_kept(roles: Roles) -> QuerySet[Expert]:
    """Experts whose hours the person writes down: their cooperatives' own, and as an officer those of the city."""
    mine = Q(cooperative__in=roles.cooperatives_managed)
    return Expert.objects.filter(mine | Q(cooperative__isnull=True) if roles.officer else mine)


# ---- hours


def hours_of(experts: Iterable[int]) -> dict[int, list[tuple[date, int]]]:
    """(from, hours a week) rows by expert."""
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    rows = ExpertHours.objects.filter(expert__in=list(experts))
    for expert, valid_from, hours in rows.values_list("expert_id", "valid_from", "hours_week"):
        found[expert].append((valid_from, hours))
    return found


def minutes_booked(experts: Iterable[int], day: date) -> dict[int, int]:
    """Minutes planned and held in the week of a day, by expert, whichever cooperative asked."""
    week = monday(day)
    rows = MentoringVisit.objects.filter(
        mentoring__expert__in=list(experts), status__in=[HELD, PLANNED], on__gte=week, on__lt=week + timedelta(weeks=1)
    )
    return dict(rows.order_by().values_list("mentoring__expert").annotate(Sum("minutes")))


# ---- who fits


@dataclass(frozen=True, slots=True)
class Fit:
    """An expert for a workshop. km: None where one of the two has no place; hours_week: None while not told;
    hours_left: of this week; may: whether a mentoring can begin."""

    expert: Expert
    km: float | None
    hours_week: int | None
    hours_left: float

    @property
    def may(self) -> bool:
        return bool(self.hours_week)


def experts_for(workshop: Workshop, skill: Skill, seen: QuerySet[Expert], day: date | None = None) -> list[Fit]:
    """Experts in a process, those with hours first, then the nearest, then the most experienced. Three queries.

    seen: whom the person may ask. Nobody of the workshop's own firm.
    """
    day = day or today()
    rows = seen.filter(mastered__skill=skill, archived_at__isnull=True).distinct()
    own = workshop.ikm.memberships.filter(user__isnull=False).values_list("user", flat=True)
    experts = [row for row in rows if row.user_id is None or row.user_id not in set(own)]
    hours, booked = hours_of(row.pk for row in experts), minutes_booked((row.pk for row in experts), day)
    fits = [fit(row, workshop, hours_on(hours[row.pk], day), booked.get(row.pk, 0)) for row in experts]
    return sorted(fits, key=rank)


def fit(expert: Expert, workshop: Workshop, hours: int | None, booked: int) -> Fit:
    left = max(0.0, (hours or 0) - booked / MINUTES_AN_HOUR)
    return Fit(expert, km_between(expert, workshop), hours, left)


def km_between(expert: Expert, workshop: Workshop) -> float | None:
    """From kelurahan to kelurahan, or to the workshop's own place where it is known."""
    home, area = expert.area, workshop.area
    there = (workshop.lat, workshop.lng) if workshop.lat is not None else (area.lat, area.lng) if area else (None, None)
    if home is None or home.lat is None or home.lng is None or there[0] is None or there[1] is None:
        return None
    return distance_km((home.lat, home.lng), (there[0], there[1]))


def rank(row: Fit) -> tuple[bool, float, int, str]:
    return not row.may, float("inf") if row.km is None else row.km, -(row.expert.years_experience or 0), row.expert.name


# ---- what came of it


@dataclass(frozen=True, slots=True)
class Outcome:
    """before, since: pieces judged at first inspection; approved, refused: trials decided since it began; by_expert: of
    the approved ones, those that rest on this expert's word."""

    before: Judged
    since: Judged
    approved: int
    refused: int
    by_expert: int


def outcomes_of(mentorings: Sequence[Mentoring]) -> dict[int, Outcome]:
    """What came of each, by its id. Two queries."""
    shops = {row.workshop_id for row in mentorings}
    if not shops:
        return {}
    first = min(row.starts_on for row in mentorings) - timedelta(days=BEFORE_DAYS + 1)
    judged = pieces_judged(shops, first)
    decided = trials_decided(shops)
    return {row.pk: outcome_of(row, judged, decided) for row in mentorings}


Judgement = tuple[date, str, Decimal]
Decision = tuple[date, str, int | None]
Key = tuple[int, int | None]


def pieces_judged(workshops: Collection[int], since: date) -> dict[Key, list[Judgement]]:
    """(day, kind, pieces) of first inspections by (workshop, skill)."""
    moves = LotMove.objects.filter(
        lot__work_order__workshop__in=workshops,
        kind__in=[MoveKind.ACCEPT, MoveKind.REJECT],
        inspection__attempt=1,
        at__date__gte=since,
    )
    found: dict[Key, list[Judgement]] = defaultdict(list)
    for workshop, skill, kind, at, pieces in moves.values_list(
        "lot__work_order__workshop", "lot__part__skill", "kind", "at", "pieces"
    ):
        found[workshop, skill].append((business_date(at), kind, pieces))
    return found


def trials_decided(workshops: Collection[int]) -> dict[Key, list[Decision]]:
    """(day, status, expert) of decided trials by (workshop, skill)."""
    rows = Trial.objects.filter(
        workshop__in=workshops, status__in=[TrialStatus.APPROVED, TrialStatus.REFUSED], decided_at__isnull=False
    )
    found: dict[Key, list[Decision]] = defaultdict(list)
    for workshop, skill, at, status, expert in rows.values_list(
        "workshop", "part__skill", "decided_at", "status", "expert"
    ):
        assert at is not None  # so the rows were asked for
        found[workshop, skill].append((business_date(at), status, expert))
    return found


def outcome_of(row: Mentoring, judged: dict[Key, list[Judgement]], decided: dict[Key, list[Decision]]) -> Outcome:
    key = (row.workshop_id, row.skill_id)
    began, over = row.starts_on, (row.ended_on or row.ends_on) + timedelta(days=BEFORE_DAYS)
    trials = [one for one in decided.get(key, []) if began <= one[0] <= over]
    approved = [one for one in trials if one[1] == TrialStatus.APPROVED]
    rows = judged.get(key, [])
    return Outcome(
        before=counted(rows, began - timedelta(days=BEFORE_DAYS), began - timedelta(days=1)),
        since=counted(rows, began, over),
        approved=len(approved),
        refused=len(trials) - len(approved),
        by_expert=sum(one[2] == row.expert_id for one in approved),
    )


def counted(rows: Iterable[Judgement], first: date, last: date) -> Judged:
    """Pieces judged from a day to a day."""
    sums = {MoveKind.ACCEPT: Decimal(0), MoveKind.REJECT: Decimal(0)}
    for day, kind, pieces in rows:
        if first <= day <= last:
            sums[MoveKind(kind)] += pieces
    return Judged(sums[MoveKind.ACCEPT], sums[MoveKind.REJECT])


@dataclass(frozen=True, slots=True)
class ExpertReport:
    """One expert's mentoring, and trial lots that rest on their word (of the person's cooperatives, or of all)."""

    expert: Expert
    mentorings: int
    workshops: int
    visits: int
    minutes: int
    before: Judged
    since: Judged
    approved: int
    trials_approved: int
    trials_refused: int


def expert_reports(rows: QuerySet[Mentoring], cooperatives: Collection[int] | None) -> list[ExpertReport]:
    """By expert, those with most hours first. rows: the mentorings seen; cooperatives: whose trials, None for all."""
    mentorings = list(rows)
    outcomes = outcomes_of(mentorings)
    trials = Trial.objects.filter(expert__isnull=False)
    trials = trials if cooperatives is None else trials.filter(cooperative__in=cooperatives)
    words: dict[int, dict[str, int]] = defaultdict(dict)
    for expert, status, count in trials.order_by().values_list("expert", "status").annotate(Count("pk")):
        words[expert][status] = count
    by_expert: dict[int, list[Mentoring]] = defaultdict(list)
    for row in mentorings:
        by_expert[row.expert_id].append(row)
    people = Expert.objects.filter(pk__in=[*by_expert, *words]).select_related("area", "cooperative")
    reports = [report_of(person, by_expert[person.pk], outcomes, words[person.pk]) for person in people]
    return sorted(reports, key=lambda report: (-report.minutes, report.expert.name))


def report_of(
    expert: Expert, rows: Sequence[Mentoring], outcomes: dict[int, Outcome], trials: dict[str, int]
) -> ExpertReport:
    found = [outcomes[row.pk] for row in rows]
    return ExpertReport(
        expert=expert,
        mentorings=len(rows),
        workshops=len({row.workshop_id for row in rows}),
        visits=sum(row.__dict__["visits_held"] for row in rows),
        minutes=sum(row.__dict__["minutes_held"] or 0 for row in rows),
        before=sum((one.before for one in found), NOTHING),
        since=sum((one.since for one in found), NOTHING),
        approved=sum(one.approved for one in found),
        trials_approved=trials.get(TrialStatus.APPROVED, 0),
        trials_refused=trials.get(TrialStatus.REFUSED, 0),
    )
