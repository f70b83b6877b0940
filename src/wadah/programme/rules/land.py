"""Land that is left, as the article states it: shown with source and date, never mixed with what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

HECTARES_KM2 = 100


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that somebody stated on a day."""

    value: float
    source: str
    on: date | None


UNBUILT_PERCENT = Stated(7.0, _("Bisnis.com, an interview with the city's industry department"), date(2014, 8, 31))
CITY_KM2 = Stated(
    213.036, _("Geospatial Information Agency, letter B-16.10/DIGD-BIG/IGD.04.04/12/2024"), date(2024, 12, 1)
)


def unbuilt_hectares() -> float:
    """What 7 % of the city's area was: two figures of different years, so no more than an order of size."""
    return CITY_KM2.value * UNBUILT_PERCENT.value / 100 * HECTARES_KM2
