"""What is promised, read: hours of a week that other cooperatives hold, and how many are left for one more promise."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Sum

from wadah.plans.models import CapacityBucket, Commitment
from wadah.register.selectors.hours import workshop_week, workshops_weeks

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from wadah.register.models import Cooperative, Workshop


def minutes_promised_elsewhere(cooperative: Cooperative, first_monday: date, weeks: int) -> dict[int, list[int]]:
    """Minutes a week that workshops have promised to other cooperatives, by workshop id; those with none are left out.

    One query.
    """
    last = first_monday + timedelta(weeks=weeks)
    rows = Commitment.objects.filter(week_start__gte=first_monday, week_start__lt=last).exclude(cooperative=cooperative)
    found: dict[int, list[int]] = defaultdict(lambda: [0] * weeks)
    sums = rows.order_by().values_list("workshop_id", "week_start").annotate(total=Sum("minutes"))
    for workshop, week, minutes in sums:
        found[workshop][(week - first_monday).days // 7] += minutes
    return dict(found)


def minutes_left(workshop: Workshop, week: date) -> int:
    """Minutes of a week (its Monday), overtime included, that a workshop hasn't promised to anybody; 0 at least."""
    bucket = CapacityBucket.objects.filter(workshop=workshop, week_start=week).first()
    return max(0, sum(workshop_week(workshop, week)) - (bucket.promised_minutes if bucket else 0))


def minutes_left_of(workshops: QuerySet[Workshop], first_monday: date, weeks: int) -> dict[tuple[int, date], int]:
    """The same for `weeks` weeks from a Monday on, by (workshop id, Monday). Five queries."""
    last = first_monday + timedelta(weeks=weeks)
    promised = {
        (row.workshop_id, row.week_start): row.promised_minutes
        for row in CapacityBucket.objects.filter(
            workshop__in=workshops.order_by().values("pk"), week_start__gte=first_monday, week_start__lt=last
        )
    }
    return {
        (workshop, first_monday + timedelta(weeks=week)): max(
            0, regular + extra - promised.get((workshop, first_monday + timedelta(weeks=week)), 0)
        )
        for workshop, pairs in workshops_weeks(workshops, first_monday, weeks).items()
        for week, (regular, extra) in enumerate(pairs)
    }


def commitments_of(
    cooperative: Cooperative, workshops: Collection[int] | None = None
) -> dict[tuple[int, int, date], Commitment]:
    """A cooperative's promises by (part id, workshop id, Monday); workshops: ids, all where None. One query."""
    rows = Commitment.objects.filter(cooperative=cooperative)
    if workshops is not None:
        rows = rows.filter(workshop__in=workshops)
    return {(row.part_id, row.workshop_id, row.week_start): row for row in rows}


def commitments_before(week: date, cooperative: Cooperative | None = None) -> list[Commitment]:
    """Promises of weeks that are over (before a Monday) and not brought whole, oldest first; of one cooperative or of
    all. One query."""
    rows = Commitment.objects.filter(week_start__lt=week, pieces__gt=F("handed_over"))
    rows = rows.select_related("workshop", "workshop__area")
    return list(rows if cooperative is None else rows.filter(cooperative=cooperative))


def weeks_overdrawn(workshop: Workshop, first: date, last: date) -> list[date]:
    """Mondays from `first` to `last` whose hours, overtime included, don't hold what the workshop has promised then."""
    one = type(workshop).objects.filter(pk=workshop.pk)
    pairs = workshops_weeks(one, first, (last - first).days // 7 + 1).get(workshop.pk, ())
    promised = CapacityBucket.objects.filter(workshop=workshop, week_start__gte=first, week_start__lte=last)
    minutes = dict(promised.values_list("week_start", "promised_minutes"))
    mondays = (first + timedelta(weeks=week) for week in range(len(pairs)))
    return [week for week, pair in zip(mondays, pairs, strict=True) if minutes.get(week, 0) > sum(pair)]
