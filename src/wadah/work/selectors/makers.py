"""Who may make what in which week, at which rate: leave, licence and membership hold for the whole week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wadah.catalogue.selectors import maker_rates
from wadah.register.selectors import cooperative_workshops

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from wadah.catalogue.models import Rate
    from wadah.catalogue.selectors import MakerRate
    from wadah.register.models import Cooperative

WEEK = timedelta(weeks=1)
SUNDAY = timedelta(days=6)


def able_makers(
    cooperative: Cooperative, first: date, last: date, *, parts: Collection[int] | None = None
) -> dict[tuple[int, int, date], Rate]:
    """The rate in force, by (part id, workshop id, Monday), for the weeks from Monday `first` to Monday `last`.

    parts: ids; all where None. Members of today. Three queries.
    """
    makers = maker_rates(
        workshops=cooperative_workshops(cooperative), first_day=first, last_day=last + SUNDAY, parts=parts
    )
    found: dict[tuple[int, int, date], Rate] = {}
    for maker in makers:
        rate = maker.rate
        for week in weeks_within(maker, first, last):
            found[rate.part_id, rate.workshop_id, week] = rate
    return found


def weeks_within(maker: MakerRate, first: date, last: date) -> Iterator[date]:
    """Mondays of weeks that lie in one of the windows as a whole."""
    for begin, end in maker.windows:
        week = first
        while week <= last:
            if begin <= week and (end is None or week + SUNDAY <= end):
                yield week
            week += WEEK
