"""The curves as rows: written from the rules when they are first needed; what somebody changed stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.programme.models import RampCurve
from wadah.programme.models.ramps import WEEKS_MAX
from wadah.programme.rules.curves import BY_CODE, CURVES, shares_by_week

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.accounts.models import User

FIELDS = ["name", "delay_weeks", "step_weeks", "shares", "confidence", "source", "source_on", "full_note"]
SHARES_MOST = 60
"""Steps of one curve."""


def curves_put() -> None:
    """Write those that aren't there yet."""
    there = set(RampCurve.objects.filter(code__in=BY_CODE).values_list("code", flat=True))
    RampCurve.objects.bulk_create(
        [
            RampCurve(
                code=curve.code,
                name=curve.name,
                delay_weeks=curve.delay_weeks,
                step_weeks=curve.step_weeks,
                shares=list(curve.shares),
                confidence=RampCurve.Confidence.PUBLISHED if curve.published else RampCurve.Confidence.ASSUMED,
                source=curve.source,
                full_note=curve.full_note,
            )
            for curve in CURVES
            if curve.code not in there
        ],
        ignore_conflicts=True,
    )


def curve_by_code(code: str) -> RampCurve:
    """One of the rules' curves, written if it wasn't there."""
    row = RampCurve.objects.filter(code=code).first()
    if row is None:
        curves_put()
        row = RampCurve.objects.get(code=code)
    return row


def curves_known() -> QuerySet[RampCurve]:
    return RampCurve.objects.order_by("delay_weeks", "code")


def shares_of(curve: RampCurve, weeks: int) -> list[float]:
    """Shares of the full hours in each of so many weeks."""
    return shares_by_week(weeks, curve.delay_weeks, curve.step_weeks, curve.shares)


@transaction.atomic
def curve_add(*, by: User, **values: Any) -> RampCurve:
    """One more curve: all of FIELDS. Raises Refused."""
    row = RampCurve(**values)
    curve_check(row)
    row.code = code_of(row.name)
    row.save()
    history_record(user=by, act="curve_add", row=row, new=written(row))
    return row


@transaction.atomic
def curve_change(*, curve: RampCurve, by: User, **values: Any) -> RampCurve:
    """Put other figures in: any of FIELDS. Answers keep what they saw (docs/city.md G3). Raises Refused."""
    row = RampCurve.objects.select_for_update().get(pk=curve.pk)
    old = written(row)
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    curve_check(row)
    row.save()
    history_record(user=by, act="curve_change", row=row, old=old, new=written(row))
    return row


def written(row: RampCurve) -> dict[str, Any]:
    """For the history, shares as people read them."""
    return history_values(row, FIELDS) | {"shares": " ".join(f"{100 * share:g}%" for share in row.shares)}


def curve_check(row: RampCurve) -> None:
    """Raises Refused, in words that name the field."""
    for field, text in (("name", row.name), ("source", row.source)):
        if not text.strip():
            raise Refused(_("Fill this in."), field=field)
    for field, weeks, least in (("delay_weeks", row.delay_weeks, 0), ("step_weeks", row.step_weeks, 1)):
        if not least <= weeks <= WEEKS_MAX:
            words = {"least": least, "most": WEEKS_MAX, "got": weeks}
            raise Refused(_("Choose %(least)s to %(most)s, not %(got)s.") % words, field=field)
    shares = row.shares
    if not 1 <= len(shares) <= SHARES_MOST or not all(0 < share <= 1 for share in shares):
        raise Refused(_("Give 1 to %(most)s shares above 0 and up to 100%%.") % {"most": SHARES_MOST}, field="shares")
    if list(shares) != sorted(shares):
        raise Refused(_("No share is smaller than the one before it."), field="shares")


def code_of(name: str) -> str:
    """A code that no other curve has."""
    stem = slugify(name)[:32] or "curve"
    taken = set(RampCurve.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)
