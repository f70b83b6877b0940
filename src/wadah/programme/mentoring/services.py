"""Acts of mentoring: hours that an expert gives, beginning and ending it, and its visits (G50 … G55).

Locks: the expert, so that two managers can't both have the last hours of a week; then the mentoring or visit.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record, history_values
from wadah.programme.mentoring.rules import MINUTES_AN_HOUR, hours_on
from wadah.programme.models import ExpertHours, Mentoring, MentoringVisit
from wadah.programme.models.mentoring import VISIT_MINUTES_MAX, WEEK_HOURS_MAX
from wadah.register.models import Expert, Membership
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative, Skill, Workshop

Status = Mentoring.Status
VisitStatus = MentoringVisit.Status
DAYS_MAX = 3 * 366


@transaction.atomic
def expert_hours_set(*, expert: Expert, valid_from: date, hours_week: int, by: User | None = None) -> ExpertHours:
    """From a day on the expert can give so many hours a week (0 … 60); the same day again is a correction.

    Raises Refused: out of range, or fewer than are planned already in a week from then on.
    """
    if not 0 <= hours_week <= WEEK_HOURS_MAX:
        raise Refused(
            _("A week has 0 to %(most)s hours for this, not %(got)s.") % {"most": WEEK_HOURS_MAX, "got": hours_week},
            field="hours_week",
        )
    expert_lock(expert)
    row = ExpertHours.objects.filter(expert=expert, valid_from=valid_from).first()
    old = history_values(row, ["hours_week"]) if row else {}
    row = row or ExpertHours(expert=expert, valid_from=valid_from)
    row.hours_week = hours_week
    row.save()
    planned_check(expert, valid_from)
    new = history_values(row, ["valid_from", "hours_week"])
    if by:
        history_record(user=by, act="expert_hours_set", row=expert, old=old, new=new)
    return row


def planned_check(expert: Expert, since: date) -> None:
    """Raises Refused where a week from `since` on has more planned than the expert gives."""
    rows = hours_rows(expert)
    planned = MentoringVisit.objects.filter(mentoring__expert=expert, status=VisitStatus.PLANNED, on__gte=since)
    for day in {monday(visit.on) for visit in planned}:
        given, asked = hours_on(rows, max(day, since)), minutes_of(expert, day)
        if given is not None and asked > given * MINUTES_AN_HOUR:
            raise Refused(
                _("In the week of %(day)s %(asked)s hours are planned with %(expert)s. Call a visit off first.")
                % {"day": day.isoformat(), "asked": round(asked / MINUTES_AN_HOUR, 1), "expert": expert.name},
                field="hours_week",
            )


def expert_lock(expert: Expert) -> Expert:
    return Expert.objects.select_for_update().get(pk=expert.pk)


def hours_rows(expert: Expert) -> list[tuple[date, int]]:
    return list(ExpertHours.objects.filter(expert=expert).values_list("valid_from", "hours_week"))


def minutes_of(expert: Expert, day: date) -> int:
    """Planned and held in the week of a day, whichever cooperative asked."""
    week = monday(day)
    rows = MentoringVisit.objects.filter(mentoring__expert=expert, on__gte=week, on__lt=week + timedelta(weeks=1))
    return int(rows.exclude(status=VisitStatus.CALLED_OFF).aggregate(sum=Sum("minutes"))["sum"] or 0)


@transaction.atomic
def mentoring_start(
    *,
    expert: Expert,
    workshop: Workshop,
    cooperative: Cooperative,
    skill: Skill,
    purpose: str,
    starts_on: date,
    ends_on: date,
    by: User | None = None,
) -> Mentoring:
    """An expert begins beside a member's workshop.

    Raises
    ------
    Refused: another process than the expert teaches, the expert's own firm, no member's workshop, no hours given, no
    purpose, or days in the wrong order. Conflict: the same three are together already.
    """
    locked = expert_lock(expert)
    fits_check(locked, workshop, cooperative, skill)
    if not purpose.strip():
        raise Refused(_("Say what it is for, so that one can see later whether it was reached."), field="purpose")
    if not starts_on <= ends_on <= starts_on + timedelta(days=DAYS_MAX):
        raise Refused(
            _("It ends on the day that it begins at the earliest, three years later at most."), field="ends_on"
        )
    if not hours_on(hours_rows(locked), max(starts_on, today())):
        raise Refused(
            _("%(expert)s has given no hours for then. Write them down first.") % {"expert": locked.name},
            field="expert",
        )
    try:
        with transaction.atomic():
            row = Mentoring.objects.create(
                expert=locked,
                workshop=workshop,
                cooperative=cooperative,
                skill=skill,
                purpose=purpose.strip(),
                starts_on=starts_on,
                ends_on=ends_on,
                made_by=by,
                made_at=now(),
            )
    except IntegrityError:
        words = {"expert": locked.name, "workshop": workshop.name, "skill": skill.name}
        raise Conflict(_("%(expert)s is beside %(workshop)s for %(skill)s already.") % words) from None
    told = history_values(row, ["expert", "workshop", "skill", "purpose", "starts_on", "ends_on"])
    history_record(user=by, act="mentoring_start", row=row, new=told)
    return row


def fits_check(expert: Expert, workshop: Workshop, cooperative: Cooperative, skill: Skill) -> None:
    if expert.archived_at is not None:
        raise Refused(_("%(expert)s is archived. Bring them back first.") % {"expert": expert.name}, field="expert")
    if not expert.mastered.filter(skill=skill).exists():
        raise Refused(
            _("%(who)s isn't listed as an expert in %(what)s.") % {"who": expert.name, "what": skill.name},
            field="skill",
        )
    if not cooperative_workshops(cooperative).filter(pk=workshop.pk).exists():
        raise Refused(_("%(workshop)s is no member's workshop.") % {"workshop": workshop.name}, field="workshop")
    if expert.user_id and Membership.objects.filter(ikm=workshop.ikm_id, user=expert.user_id).exists():
        raise Refused(_("Nobody is mentor of their own workshop."), field="expert")


@transaction.atomic
def visit_plan(*, mentoring: Mentoring, on: date, minutes: int, by: User | None = None) -> MentoringVisit:
    """The next visit. Raises Refused: over, outside its days, or more than the hours that the expert gives that week;
    Conflict: there is a visit on that day."""
    expert = expert_lock(mentoring.expert)
    row = open_lock(mentoring)
    if not row.starts_on <= on <= row.ends_on:
        words = {"first": row.starts_on.isoformat(), "last": row.ends_on.isoformat()}
        raise Refused(_("A visit lies between %(first)s and %(last)s.") % words, field="on")
    minutes_check(minutes)
    left_check(expert, on, minutes)
    try:
        with transaction.atomic():
            visit = MentoringVisit.objects.create(mentoring=row, on=on, minutes=minutes, written_by=by)
    except IntegrityError:
        raise Conflict(_("There is a visit on that day already.")) from None
    history_record(user=by, act="visit_plan", row=row, new=history_values(visit, ["on", "minutes"]))
    return visit


def minutes_check(minutes: int) -> None:
    if not 1 <= minutes <= VISIT_MINUTES_MAX:
        raise Refused(_("A visit takes up to %(most)s minutes.") % {"most": VISIT_MINUTES_MAX}, field="minutes")


def left_check(expert: Expert, on: date, minutes: int) -> None:
    given = hours_on(hours_rows(expert), on) or 0
    left = given * MINUTES_AN_HOUR - minutes_of(expert, on)
    if minutes > left:
        words = {"expert": expert.name, "left": max(0, left), "given": given}
        raise Refused(
            _("%(expert)s gives %(given)s hours in that week, and %(left)s minutes of them are left.") % words,
            field="minutes",
        )


@transaction.atomic
def visit_hold(*, visit: MentoringVisit, minutes: int, done: str, by: User | None = None) -> MentoringVisit:
    """The visit took place: so many minutes, and what was done. Raises Refused: still to come, or nothing said;
    Conflict: it is written down already."""
    row = planned_lock(visit)
    if row.on > today():
        raise Refused(_("This visit is still to come."), field="minutes")
    minutes_check(minutes)
    return visit_write(row, VisitStatus.HELD, minutes, done, by)


@transaction.atomic
def visit_call_off(*, visit: MentoringVisit, reason: str, by: User | None = None) -> MentoringVisit:
    """The visit doesn't take place; reason: why. Raises Conflict: it is written down already."""
    row = planned_lock(visit)
    return visit_write(row, VisitStatus.CALLED_OFF, row.minutes, reason, by)


def visit_write(row: MentoringVisit, status: str, minutes: int, done: str, by: User | None) -> MentoringVisit:
    if not done.strip():
        raise Refused(_("Say in a few words what was done, or why it fell out."), field="done")
    old = history_values(row, ["status", "minutes"])
    row.status, row.minutes, row.done, row.written_by = status, minutes, done.strip(), by
    row.save()
    new = history_values(row, ["status", "minutes", "done"])
    history_record(user=by, act=f"visit_{status}", row=row.mentoring, old=old, new=new)
    return row


@transaction.atomic
def mentoring_end(*, mentoring: Mentoring, outcome: str, by: User | None = None, called_off: bool = False) -> Mentoring:
    """It is over, with what came of it; visits still planned fall out. Raises Refused: nothing said; Conflict: over."""
    row = open_lock(mentoring)
    if not outcome.strip():
        raise Refused(_("Say what came of it, also where nothing did."), field="outcome")
    row.visits.filter(status=VisitStatus.PLANNED).update(status=VisitStatus.CALLED_OFF, done=_("The mentoring ended."))
    row.status, row.outcome, row.ended_on = Status.CALLED_OFF if called_off else Status.ENDED, outcome.strip(), today()
    row.save(update_fields=["status", "outcome", "ended_on"])
    new: dict[str, Any] = history_values(row, ["status", "outcome", "ended_on"])
    history_record(user=by, act="mentoring_end", row=row, old={"status": Status.OPEN}, new=new)
    return row


def open_lock(mentoring: Mentoring) -> Mentoring:
    row = Mentoring.objects.select_for_update().get(pk=mentoring.pk)
    if row.status != Status.OPEN:
        raise Conflict(_("This mentoring is over already."))
    return row


def planned_lock(visit: MentoringVisit) -> MentoringVisit:
    row = MentoringVisit.objects.select_for_update(of=("self",)).select_related("mentoring").get(pk=visit.pk)
    if row.status != VisitStatus.PLANNED:
        raise Conflict(_("This visit is written down already."))
    return row
