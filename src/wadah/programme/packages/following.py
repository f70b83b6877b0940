"""What was promised against what came: the package's hours in the plan, and hours of accepted work since (G8).

An hour came where pieces of the part were accepted from the workshop, at the pace that was agreed for them, less what
came back. Of a workshop that could do the work before, the mean of the weeks before it began is taken off: only what is
more counts. Shown as a range of time, never as an effect: other things change too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, FloatField, Sum
from django.db.models.functions import Cast

from wadah.base.clock import JAKARTA, business_date, monday, today
from wadah.work.models import LotMove
from wadah.work.selectors.pay import COUNTED_IN, COUNTED_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.programme.models import StudyItem

WEEKS_BEFORE = 12
WEEK = timedelta(weeks=1)

Hours = dict[tuple[int, int, date], tuple[float, float]]  # workshop, part, Monday: hours, pieces


@dataclass(frozen=True, slots=True)
class Followed:
    """One part of an adopted package.

    weeks: whole weeks since it began; promised, came: hours in those weeks, as the plan has them and as were accepted;
    before: hours a week in the WEEKS_BEFORE weeks before it began, taken off already; pieces_…: the same in pieces of
    its part, None of floor space. came is None where nobody can say: not begun, or a new group not registered yet.
    """

    item: StudyItem
    weeks: int
    promised: float
    came: float | None
    before: float
    pieces_promised: float | None
    pieces_came: float | None


def followed_rows(items: Iterable[StudyItem], on: date | None = None) -> list[Followed]:
    """items: chosen, with intervention read. One query beside them."""
    rows, day = list(items), on or today()
    shops = {shop: item for item in rows if (shop := shop_of(item)) is not None}
    begun = [item.begun_on for item in rows if item.begun_on is not None]
    hours = accepted_hours(set(shops), min(begun) - WEEKS_BEFORE * WEEK, day) if begun else {}
    return [followed(item, hours, day) for item in rows]


def shop_of(item: StudyItem) -> int | None:
    return item.workshop_now_id or item.intervention.workshop_id


def accepted_hours(workshops: set[int], since: date, until: date) -> Hours:
    """Hours and pieces of accepted work by workshop, part and week, from one day's week up to another day."""
    begins = datetime.combine(monday(since), time(), JAKARTA)
    rows = LotMove.objects.filter(COUNTED_IN | COUNTED_OUT, lot__work_order__workshop__in=workshops, at__gte=begins)
    minutes = Cast("pieces", FloatField()) * Cast(F("lot__work_order__minutes_per_piece"), FloatField())
    names = ("lot__work_order__workshop", "lot__work_order__part", "at")
    found: Hours = {}
    for shop, part, at, came, went, pieces, back in (
        rows.order_by()
        .values_list(*names)
        .annotate(
            came=Sum(minutes, filter=COUNTED_IN, default=0.0),
            went=Sum(minutes, filter=COUNTED_OUT, default=0.0),
            pieces_in=Sum(Cast("pieces", FloatField()), filter=COUNTED_IN, default=0.0),
            pieces_out=Sum(Cast("pieces", FloatField()), filter=COUNTED_OUT, default=0.0),
        )
    ):
        day = business_date(at)
        if day <= until:
            key = shop, part, monday(day)
            hours, made = found.get(key, (0.0, 0.0))
            found[key] = hours + (came - went) / 60, made + pieces - back
    return found


def followed(item: StudyItem, hours: Hours, day: date) -> Followed:
    begun, shop = item.begun_on, shop_of(item)
    weeks = 0 if begun is None else max(0, (monday(day) - monday(begun)).days // 7)
    part = item.intervention.part_id
    promised = sum(item.planned_hours[:weeks])
    pieces = None if part is None else sum(item.planned_pieces[:weeks])
    if begun is None or shop is None:
        return Followed(item, weeks, promised, None, 0.0, pieces, None)
    first = monday(begun)
    mine = [(week, *made) for (s, p, week), made in hours.items() if s == shop and part in (None, p)]
    earlier = [row for row in mine if first - WEEKS_BEFORE * WEEK <= row[0] < first]
    usual_hours = sum(row[1] for row in earlier) / WEEKS_BEFORE
    usual_pieces = sum(row[2] for row in earlier) / WEEKS_BEFORE
    since = [row for row in mine if first <= row[0] < first + weeks * WEEK]
    came = sum(row[1] for row in since) - usual_hours * weeks
    made = None if part is None else sum(row[2] for row in since) - usual_pieces * weeks
    return Followed(item, weeks, promised, came, usual_hours, pieces, made)
