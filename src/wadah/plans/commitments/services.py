"""Promises of members, written: made, taken back, moved to another week. The one lock is the capacity bucket's row.

Two people, two cooperatives or one press twice may want the same hours: each locks the workshop's bucket of that week
first (on SQLite, the transaction that writes has the whole file), works out what is left, and only then writes. The
database holds the law besides (capacitybucket_never_oversold). See decision 0009.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday
from wadah.base.errors import Refused
from wadah.plans.commitments.rules import minutes_of, pieces_within
from wadah.plans.models import CapacityBucket, Commitment
from wadah.register.selectors.hours import workshop_week
from wadah.units import date_text, decimal_text

if TYPE_CHECKING:
    from datetime import date

    from wadah.catalogue.models import Part
    from wadah.register.models import Cooperative, Workshop


@dataclass(frozen=True, slots=True)
class Pace:
    """What a part takes at a workshop: minutes a piece started, and minutes of set-up once a week."""

    per_piece: Decimal
    setup: Decimal


@transaction.atomic
def commitment_add(
    *,
    cooperative: Cooperative,
    part: Part,
    workshop: Workshop,
    week_start: date,
    pieces: Decimal,
    pace: Pace,
    beyond_hours: bool = False,
) -> Commitment:
    """A workshop promises `pieces` (> 0) more of a part, to be started in the week of `week_start`.

    beyond_hours: also where its hours of that week, overtime included, don't hold them (a manager answers for that).

    Raises
    ------
    Refused: the hours left in that week don't hold so many; the message says how many they hold.
    """
    week = monday(week_start)
    bucket = bucket_lock(workshop, week)
    row = Commitment.objects.filter(cooperative=cooperative, part=part, workshop=workshop, week_start=week).first()
    held = row.pieces if row else Decimal(0)
    more = minutes_of(held + pieces, per_piece=pace.per_piece, setup=pace.setup) - (row.minutes if row else 0)
    left = sum(workshop_week(workshop, week)) - bucket.promised_minutes
    if more > left and not beyond_hours:
        setup = Decimal(0) if row else pace.setup
        fit = pieces_within(max(0, left), per_piece=pace.per_piece, setup=setup, integer=part.integer, most=pieces)
        raise too_many(week, left, fit)
    if row is None:
        row = Commitment(cooperative=cooperative, part=part, workshop=workshop, week_start=week, pieces=Decimal(0))
    row.pieces, row.minutes = held + pieces, row.minutes + max(0, more)
    row.save()
    bucket_add(bucket, max(0, more), left)
    return row


@transaction.atomic
def commitment_reduce(
    *, cooperative: Cooperative, part: Part, workshop: Workshop, week_start: date, pieces: Decimal
) -> None:
    """Gives back up to `pieces` (> 0) of a promise with the hours that go with them; what is handed over stays."""
    week = monday(week_start)
    bucket = bucket_lock(workshop, week)
    row = Commitment.objects.filter(cooperative=cooperative, part=part, workshop=workshop, week_start=week).first()
    if row is None:
        return
    gone = min(pieces, row.pieces - row.handed_over)
    if gone == row.pieces:
        freed = row.minutes
        row.delete()
    else:
        freed = int(row.minutes * gone / row.pieces)  # set-up stays with what is left, rounded in its favour
        row.pieces, row.minutes = row.pieces - gone, row.minutes - freed
        row.save(update_fields=["pieces", "minutes"])
    bucket.promised_minutes -= freed
    bucket.save(update_fields=["promised_minutes"])


@transaction.atomic
def commitment_hand_over(
    *, cooperative: Cooperative, part: Part, workshop: Workshop, week_start: date, pieces: Decimal
) -> None:
    """`pieces` (> 0, at most those to come) of a promise are brought in its week, and no longer to come. Their hours
    stay taken."""
    week = monday(week_start)
    bucket_lock(workshop, week)
    row = Commitment.objects.filter(cooperative=cooperative, part=part, workshop=workshop, week_start=week).first()
    if row is not None:
        row.handed_over = min(row.pieces, row.handed_over + pieces)
        row.save(update_fields=["handed_over"])


@transaction.atomic
def commitment_take_back(
    *, cooperative: Cooperative, part: Part, workshop: Workshop, week_start: date, pieces: Decimal
) -> dict[date, Decimal]:
    """`pieces` (> 0) that were brought are to come again: in whose weeks they count, by Monday.

    week_start: the week in which they were brought, whose hours they took; where fewer count there, since others went
    beyond what was asked, the newest weeks before and after it.
    """
    week, left, found = monday(week_start), pieces, {}
    rows = Commitment.objects.filter(cooperative=cooperative, part=part, workshop=workshop, handed_over__gt=0)
    for key in sorted(rows.values_list("week_start", flat=True), key=lambda at: (at == week, at), reverse=True):
        bucket_lock(workshop, key)
        row = rows.get(week_start=key)
        back = min(left, row.handed_over)
        row.handed_over -= back
        row.save(update_fields=["handed_over"])
        found[key], left = back, left - back
        if left <= 0:
            break
    return found


@transaction.atomic
def commitment_move(*, commitment: Commitment, week_start: date, pieces: Decimal) -> bool:
    """`pieces` (> 0, at most those still to come) of a promise whose week is over take the hours of a later week
    instead, also beyond what there is; the rest stays where it was made.

    Both weeks' buckets are locked, the earlier first. False where so many aren't to come there any more: somebody else
    has moved them already.
    """
    week, workshop = monday(week_start), commitment.workshop
    if commitment.week_start >= week:
        return False
    old, new = bucket_lock(workshop, commitment.week_start), bucket_lock(workshop, week)
    row = Commitment.objects.filter(pk=commitment.pk, week_start=commitment.week_start).first()
    if row is None or row.pieces - row.handed_over < pieces:
        return False
    whole = row.pieces == pieces
    minutes = row.minutes if whole else int(row.minutes * pieces / row.pieces)
    old.promised_minutes -= minutes
    old.save(update_fields=["promised_minutes"])
    bucket_add(new, minutes, sum(workshop_week(workshop, week)) - new.promised_minutes)
    key = {"cooperative_id": row.cooperative_id, "part_id": row.part_id, "workshop": workshop, "week_start": week}
    same = Commitment.objects.filter(**key).first() or Commitment(**key, pieces=Decimal(0), minutes=0)
    same.pieces, same.minutes = same.pieces + pieces, same.minutes + minutes
    same.save()
    if whole:
        row.delete()
    else:
        row.pieces, row.minutes = row.pieces - pieces, row.minutes - minutes
        row.save(update_fields=["pieces", "minutes"])
    return True


def bucket_lock(workshop: Workshop, week: date) -> CapacityBucket:
    """The bucket of a workshop's week, made where there is none yet, and locked until the transaction ends."""
    row, _made = CapacityBucket.objects.get_or_create(workshop=workshop, week_start=week)
    return CapacityBucket.objects.select_for_update().get(pk=row.pk)


def bucket_add(bucket: CapacityBucket, minutes: int, left: int) -> None:
    promised = bucket.promised_minutes + minutes
    bucket.most_minutes = max(bucket.promised_minutes + max(0, left), promised)
    bucket.promised_minutes = promised
    bucket.save(update_fields=["promised_minutes", "most_minutes"])


def too_many(week: date, left: int, fit: Decimal) -> Refused:
    words = {
        "week": date_text(week),
        "hours": decimal_text(Decimal(max(0, left)) / 60, 1),
        "fit": decimal_text(fit, 3),
    }
    if fit <= 0:
        return Refused(
            _("There are only %(hours)s hours left in the week of %(week)s: not enough for this work.") % words,
            field="pieces",
        )
    return Refused(
        _("There are %(hours)s hours left in the week of %(week)s: enough for %(fit)s.") % words, field="pieces"
    )
