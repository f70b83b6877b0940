"""How support of each kind comes to fruit, where nobody has measured it here: one published figure, the rest assumed.

Published: Koperasi Batur Jaya (Ceper, Klaten) shipped 200 cylinder sleeves a month after about two years of mentoring
and five donated machines. Only that end is known; so nothing is counted on before it (docs/city.md G3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Sequence

ASSUMED = _("assumption of the system, nobody has measured it here; put your own figure in its place")


@dataclass(frozen=True, slots=True)
class Curve:
    """delay and steps in weeks; shares of the full hours, each for one step; published: whether a source gives it."""

    code: str
    name: str
    delay_weeks: int
    step_weeks: int
    shares: tuple[float, ...]
    published: bool = False
    source: str = ASSUMED
    full_note: str = ""


CURVES = (
    Curve("approval", _("an approval: at once, after its trial"), 3, 4, (1.0,)),
    Curve("fitting-out", _("floor space fitted out"), 6, 4, (0.5, 1.0)),
    Curve("machine", _("a machine bought, set up and learned"), 8, 4, (0.5, 0.75, 1.0)),
    Curve("training", _("training for a craft near the present one"), 4, 4, (0.25, 0.5, 0.75, 1.0)),
    Curve("new-group", _("a new group gathered, taught and equipped"), 13, 4, (0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.0)),
    Curve(
        "mentoring-two-years",
        _("two years of mentoring for car parts"),
        104,
        4,
        (1.0,),
        published=True,
        source=_("press (JPNN): Koperasi Batur Jaya, Ceper, mentored by a car maker, with five donated machines"),
        full_note=_("200 cylinder sleeves a month after about two years; nothing is published of the time before"),
    ),
)  # fmt: skip
BY_CODE = {curve.code: curve for curve in CURVES}


def shares_by_week(weeks: int, delay: int, step: int, shares: Sequence[float]) -> list[float]:
    """The share of the full amount in each week from the day it is begun, 0 … 1; weeks ≥ 1."""
    return [
        0.0 if week < delay else float(shares[min((week - delay) // step, len(shares) - 1)]) for week in range(weeks)
    ]
