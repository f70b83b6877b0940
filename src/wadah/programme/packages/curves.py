"""The curves as rows: written from the rules when they are first needed; what somebody changed stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.programme.models import RampCurve
from wadah.programme.rules.curves import BY_CODE, CURVES, shares_by_week

if TYPE_CHECKING:
    from django.db.models import QuerySet


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
