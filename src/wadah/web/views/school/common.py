"""What the pages of a school or office share: whose page it is, and which year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.demand.selectors.schools import institutions_spoken_for
from wadah.web.access import own_or_404, person_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wadah.demand.models import Institution

YEARS = range(2015, 2101)
"""The mandate began in 2015."""
NEXT_YEAR_FROM_MONTH = 11


def mine(request: HttpRequest) -> QuerySet[Institution]:
    return institutions_spoken_for(person_of(request).buyers)


def own(request: HttpRequest, code: str) -> Institution:
    return own_or_404(mine(request), code=code)


def year_now() -> int:
    """The year that one orders for today: from November on the next one."""
    day = today()
    return day.year + (day.month >= NEXT_YEAR_FROM_MONTH)


def year_asked(year: int) -> int:
    """Raises NotYours for a year that no page is about."""
    if year not in YEARS:
        raise NotYours
    return year
