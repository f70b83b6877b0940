"""Acts on studies: ask, use what there is, put aside, adopt, undo; and what becomes of an adopted package (G6, G8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record, history_values
from wadah.base.jobs import DIED, job_queue, job_stop
from wadah.programme.models import Intervention, Study, StudyItem
from wadah.programme.models.interventions import RUPIAH_MAX
from wadah.programme.models.studies import SECONDS_MAX, WEEKS_MAX
from wadah.programme.packages.giving import group_of
from wadah.programme.packages.interventions import FLOOR_MAX
from wadah.programme.packages.job import JOB

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from wadah.accounts.models import User
    from wadah.register.models import Area, Cooperative, Workshop

Status, State = Study.Status, StudyItem.State
UNDO = timedelta(minutes=10)
MOST_ITEMS = 60  # interventions in one study: more would only share out its time
AREAS_MAX = 56


@transaction.atomic
def study_ask(
    *,
    cooperative: Cooperative,
    budget_rupiah: int,
    floor_m2: int,
    by: User,
    weeks: int = 26,
    least_areas: int = 0,
    areas: Collection[Area] = (),
    least_rupiah_area: int = 0,
    time_limit_seconds: int = 120,
    seed: int = 0,
    name: str = "",
    start_on: date | None = None,
) -> Study:
    """Queue the question which of the cooperative's open proposals are best within the limits, from this week on.

    Raises Refused where a number is out of range, nothing is proposed, or the proposals lie in too few kelurahan;
    Conflict while another study of this cooperative is at work.
    """
    study = Study(
        cooperative=cooperative,
        name=" ".join(name.split())[:120],
        start_on=monday(start_on or today()),
        weeks=weeks,
        budget_rupiah=budget_rupiah,
        floor_m2=floor_m2,
        least_areas=least_areas,
        least_rupiah_area=least_rupiah_area,
        areas=sorted(area.code for area in areas),
        time_limit_seconds=time_limit_seconds,
        seed=seed,
        asked_by=by,
        asked_at=now(),
    )
    numbers_check(study)
    items = proposals_check(study)
    studies_bury(cooperative=cooperative)
    try:
        with transaction.atomic():
            study.save()
    except IntegrityError:
        raise Conflict(
            _("A study of this cooperative is being worked out already. Wait, or use what it has.")
        ) from None
    StudyItem.objects.bulk_create([frozen(study, row) for row in items])
    study.job = job_queue(name=JOB, payload={"study": study.pk}, key=f"study-{study.pk}")
    study.save(update_fields=["job"])
    told = ["budget_rupiah", "floor_m2", "weeks", "least_areas", "least_rupiah_area"]
    history_record(user=by, act="study_ask", row=study, new=history_values(study, told))
    return study


def frozen(study: Study, row: Intervention) -> StudyItem:
    return StudyItem(
        study=study,
        intervention=row,
        cost_rupiah=row.cost_rupiah,
        floor_m2=row.floor_m2,
        hours_week=row.hours_week,
    )


def numbers_check(study: Study) -> None:
    ranges = (
        ("weeks", study.weeks, 1, WEEKS_MAX),
        ("budget_rupiah", study.budget_rupiah, 0, RUPIAH_MAX),
        ("floor_m2", study.floor_m2, 0, FLOOR_MAX),
        ("least_areas", study.least_areas, 0, AREAS_MAX),
        ("least_rupiah_area", study.least_rupiah_area, 0, RUPIAH_MAX),
        ("time_limit_seconds", study.time_limit_seconds, 1, SECONDS_MAX),
    )
    for field, value, least, most in ranges:
        if not least <= value <= most:
            words = {"least": least, "most": most, "got": value}
            raise Refused(_("Choose %(least)s to %(most)s, not %(got)s.") % words, field=field)
    if bool(study.areas) != bool(study.least_rupiah_area):
        raise Refused(_("Name both: the kelurahan, and the rupiah that each gets at least."), field="least_rupiah_area")


def proposals_check(study: Study) -> list[Intervention]:
    """The open proposals that the study is about."""
    rows = Intervention.objects.filter(cooperative=study.cooperative, dropped_at=None)
    items = list(rows.select_related("area", "workshop__area", "workshop__ikm__area").order_by("pk"))
    if not items:
        raise Refused(_("Nothing is proposed for this cooperative yet. Begin with the bottlenecks, or add a proposal."))
    if len(items) > MOST_ITEMS:
        words = {"most": MOST_ITEMS, "got": len(items)}
        raise Refused(_("A study holds %(most)s proposals at most, and %(got)s are open. Drop some first.") % words)
    groups = {group_of(row) for row in items} - {""}
    if study.least_areas > len(groups):
        words = {"have": len(groups), "got": study.least_areas}
        raise Refused(
            _("The open proposals lie in %(have)s kelurahan, so %(got)s can't all get something.") % words,
            field="least_areas",
        )
    return items


def studies_bury(*, cooperative: Cooperative) -> None:
    """A study whose job ended without it has failed."""
    dead = Study.objects.filter(
        cooperative=cooperative,
        status__in=[Status.QUEUED, Status.RUNNING],
        job__status__in=["failed", "stopped", "done"],
    )
    dead.update(status=Status.FAILED, stopped=DIED, stage="")


def study_use_best(*, study: Study, by: User) -> None:
    """Ask a study at work to end now with the best package it has. One that hasn't begun is put aside."""
    if not study.is_working or study.job_id is None:
        raise Conflict(_("This study has ended already."))
    job_stop(job_id=study.job_id)
    Study.objects.filter(pk=study.pk, status=Status.QUEUED, job__status="stopped").update(status=Status.DISCARDED)
    history_record(user=by, act="study_use_best", row=study)


@transaction.atomic
def study_discard(*, study: Study, by: User, back: bool = False) -> None:
    """Put an answer aside; back: fetch it again. Raises Conflict while at work, or once adopted."""
    row = locked(study)
    wanted = Status.DISCARDED if back else Status.DONE
    if row.status != wanted or row.adopted_at is not None or (back and row.gain_rupiah is None):
        raise Conflict(_("Only an answer that isn't adopted can be put aside, and only one put aside fetched again."))
    row.status = Status.DONE if back else Status.DISCARDED
    row.save(update_fields=["status"])
    history_record(user=by, act="study_back" if back else "study_discard", row=row)


def locked(study: Study) -> Study:
    return Study.objects.select_for_update().get(pk=study.pk)


# ---- an adopted package


@transaction.atomic
def study_adopt(*, study: Study, by: User) -> Study:
    """The package becomes the programme: from now on what it promised is held against what comes.

    Raises Conflict where it is no answer (any more), is adopted already, chose nothing, or holds what another adopted
    package holds already.
    """
    row = locked(study)
    if row.status != Status.DONE or row.adopted_at is not None:
        raise Conflict(_("Only an answer that isn't adopted yet can be adopted."))
    chosen = row.items.filter(chosen=True)
    if not chosen.exists():
        raise Conflict(_("This study chose nothing, so there is nothing to adopt."))
    twice = StudyItem.objects.filter(
        study__adopted_at__isnull=False, chosen=True, intervention__in=chosen.values("intervention")
    ).exclude(state=State.GIVEN_UP)
    if (held := twice.select_related("intervention", "study").first()) is not None:
        words = {"name": held.intervention.name, "study": held.study_id}
        raise Conflict(_("%(name)s is in the adopted package %(study)s already. Give it up there first.") % words)
    row.adopted_by, row.adopted_at = by, now()
    row.save(update_fields=["adopted_by", "adopted_at"])
    history_record(user=by, act="study_adopt", row=row, new={"adopted_at": row.adopted_at})
    return row


@transaction.atomic
def study_adopt_undo(*, study: Study, by: User) -> None:
    """Within ten minutes, and before anything of it has begun. Raises Conflict."""
    row = locked(study)
    if row.adopted_at is None:
        raise Conflict(_("This package isn't adopted."))
    if now() - row.adopted_at > UNDO or row.items.exclude(state=State.WAITING).exists():
        raise Conflict(_("Ten minutes have passed or something has begun. Give up its parts one by one, with reasons."))
    old = {"adopted_at": row.adopted_at}
    row.adopted_by, row.adopted_at = None, None
    row.save(update_fields=["adopted_by", "adopted_at"])
    history_record(user=by, act="study_adopt_undo", row=row, old=old, new={"adopted_at": None})


@transaction.atomic
def item_begin(*, item: StudyItem, on: date, by: User, workshop: Workshop | None = None) -> StudyItem:
    """Say that a part of an adopted package has begun; workshop: of a new group, where it works, once it is registered.

    Raises Conflict where it isn't part of an adopted package, Refused for a day to come or before the adoption.
    """
    row = followed(item)
    if on > today():
        raise Refused(_("This day lies ahead. Say so when it has begun."), field="on")
    assert row.study.adopted_at is not None
    if on < row.study.start_on:
        day = f"{row.study.start_on:%d/%m/%Y}"
        raise Refused(_("The study begins on %(day)s; this can't have begun before.") % {"day": day}, field="on")
    old = item_values(row)
    row.state, row.begun_on, row.reason = State.BEGUN, on, ""
    row.workshop_now = workshop if row.intervention.kind == Intervention.Kind.NEW_GROUP else None
    row.save(update_fields=["state", "begun_on", "workshop_now", "reason"])
    history_record(user=by, act="study_item_begin", row=row, old=old, new=item_values(row))
    return row


@transaction.atomic
def item_give_up(*, item: StudyItem, reason: str, by: User) -> StudyItem:
    """Say that a part of an adopted package won't come, and why. Raises Refused without a reason, Conflict as above."""
    row = followed(item)
    if not (told := " ".join(reason.split())[:240]):
        raise Refused(_("Say why it is given up; others will plan by it."), field="reason")
    old = item_values(row)
    row.state, row.reason = State.GIVEN_UP, told
    row.save(update_fields=["state", "reason"])
    history_record(user=by, act="study_item_give_up", row=row, old=old, new=item_values(row), reason=told)
    return row


def followed(item: StudyItem) -> StudyItem:
    row = StudyItem.objects.select_for_update(of=("self",)).select_related("study", "intervention").get(pk=item.pk)
    if row.study.adopted_at is None or not row.chosen:
        raise Conflict(_("Only parts of an adopted package are followed."))
    return row


def item_values(row: StudyItem) -> dict[str, Any]:
    return history_values(row, ["state", "begun_on", "workshop_now", "reason"])
