"""Experiments: begun, told what came out (worked, failed, not known yet), shown, taken back (docs/city.md F5).

A failed one is told to nobody outside the forum: no service here writes to another room (docs/city.md F9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.forum.models import Experiment, ExperimentPhoto, Graduation
from wadah.forum.services.common import bring_back, joined_check, locked, numbered, withdraw
from wadah.forum.words import GraduationStatus, Result
from wadah.register.services.saving import columns_set, row_save, rupiah_check

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.base.models import Attachment
    from wadah.forum.models import Community, Idea

PREFIX = "COBA"
PHOTOS_MAX = 6
COLUMNS = frozenset({"question", "method", "begun_on", "cost_rupiah", "work_minutes", "named"})


@transaction.atomic
def experiment_begin(
    *,
    by: User,
    community: Community | None = None,
    idea: Idea | None = None,
    follows: Experiment | None = None,
    simulated: bool = False,
    **facts: Any,
) -> Experiment:
    """Writes an experiment down, its result not known yet: "COBA-2026-0001". facts: columns of COLUMNS.

    Raises
    ------
    Refused: begins in the future, follows one that was taken back, for a community that one isn't in, or a column out
    of its range.
    """
    joined_check(community, by)
    if follows is not None and follows.withdrawn_at is not None:
        raise Refused(_("%(number)s was taken back.") % {"number": follows.number}, field="follows")
    row = Experiment(
        number=numbered(PREFIX),
        by=by,
        community=community,
        idea=idea,
        follows=follows,
        at=now(),
        simulated=simulated,
    )
    row = facts_write(row, **facts)
    history_record(user=by, act="experiment_begin", row=row, new=history_values(row, sorted(COLUMNS)))
    return row


@transaction.atomic
def experiment_correct(*, experiment: Experiment, by: User, **facts: Any) -> Experiment:
    """Writes new facts (columns of COLUMNS) over the old ones; raises as experiment_begin does."""
    row = locked(experiment)
    old = history_values(row, sorted(facts))
    row = facts_write(row, **facts)
    history_record(user=by, act="experiment_correct", row=row, old=old, new=history_values(row, sorted(facts)))
    return row


def facts_write(row: Experiment, **facts: Any) -> Experiment:
    begun = facts.get("begun_on", row.begun_on)
    if begun > today():
        raise Refused(_("The first day lies in the future: write the idea down instead."), field="begun_on")
    if row.result_on is not None and begun > row.result_on:
        raise Refused(_("It has a result from before that day."), field="begun_on")
    rupiah_check(cost_rupiah=facts.get("cost_rupiah"))
    columns_set(row, facts, COLUMNS)
    return row_save(row)


@transaction.atomic
def experiment_tell(
    *,
    experiment: Experiment,
    result: str,
    by: User,
    lesson: str = "",
    on: date | None = None,
    **took: Any,
) -> Experiment:
    """Says what came out and what others can learn from it. took: cost_rupiah and work_minutes, as they ended.

    Raises
    ------
    Refused: a result without a lesson, a day before the first or still to come, or a result that changes although a
    cooperative is already at work on it.
    """
    row = locked(experiment)
    on_the_way = Graduation.objects.filter(experiment=row).exclude(status=GraduationStatus.STOPPED).exists()
    if on_the_way and result != Result.WORKED:
        raise Refused(_("A cooperative works on it already: end that first."), field="result")
    known = result != Result.UNKNOWN
    if known and not lesson.strip():
        raise Refused(_("Write the lesson: it is what others get out of it."), field="lesson")
    day = (on or today()) if known else None
    if day is not None and not row.begun_on <= day <= today():
        raise Refused(_("The day of the result lies between the first day and today."), field="on")
    columns = ["result", "result_on", "lesson", *sorted(took)]
    old = history_values(row, columns)
    rupiah_check(cost_rupiah=took.get("cost_rupiah"))
    columns_set(row, took, COLUMNS)
    row.result, row.result_on, row.lesson = result, day, lesson.strip()
    row_save(row)
    history_record(user=by, act=f"experiment_{result}", row=row, old=old, new=history_values(row, columns))
    return row


@transaction.atomic
def experiment_photo_add(*, experiment: Experiment, photo: Attachment, caption: str, by: User) -> ExperimentPhoto:
    """Adds a photo with a line about it. Raises Refused: PHOTOS_MAX are there, no photo but a PDF, or no line."""
    row = locked(experiment)
    if not photo.media_type.startswith("image/"):
        raise Refused(_("Only a photo can be shown here."), field="photo")
    if not caption.strip():
        raise Refused(_("Write what the photo shows: not everybody can see it."), field="caption")
    last = row.photos.aggregate(last=Max("number"))["last"] or 0
    if row.photos.count() >= PHOTOS_MAX:
        raise Refused(_("At most %(most)s photos: take one away first.") % {"most": PHOTOS_MAX}, field="photo")
    kept = ExperimentPhoto(experiment=row, number=last + 1, attachment=photo, caption=caption.strip(), at=now())
    row_save(kept)
    history_record(user=by, act="experiment_photo_add", row=row, new={"photo": kept.number})
    return kept


@transaction.atomic
def experiment_photo_remove(*, photo: ExperimentPhoto, by: User) -> None:
    """Takes a photo off the page."""
    row = locked(photo.experiment)
    ExperimentPhoto.objects.filter(pk=photo.pk).delete()
    history_record(user=by, act="experiment_photo_remove", row=row, old={"photo": photo.number})


@transaction.atomic
def experiment_withdraw(*, experiment: Experiment, by: User, reason: str = "") -> Experiment:
    """Takes an experiment off the pages: its author, or a city officer with a reason.

    Raises
    ------
    Refused: a cooperative works on it, or no reason. Conflict: taken back already.
    """
    if Graduation.objects.filter(experiment=experiment).exclude(status=GraduationStatus.STOPPED).exists():
        raise Refused(_("A cooperative works on it already: end that first."))
    row: Experiment = withdraw(
        experiment, act="experiment_withdraw", by=by, reason=reason, own=experiment.by_id == by.pk
    )
    return row


@transaction.atomic
def experiment_bring_back(*, experiment: Experiment, by: User) -> Experiment:
    """Undoes that within its minutes."""
    row: Experiment = bring_back(experiment, act="experiment_bring_back", by=by)
    return row
