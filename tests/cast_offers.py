"""Plans and offers for tests, written straight as rows where the planner isn't what is tested."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from wadah.base.clock import monday, now, today
from wadah.plans.models import PlannedLot, PlanRun

if TYPE_CHECKING:
    from datetime import date

    from cast import Cast, Member
    from wadah.catalogue.models import Part
    from wadah.work.models import Offer

WEEK = timedelta(weeks=1)


def next_week(weeks: int = 1) -> date:
    """The Monday so many weeks from this one."""
    return monday(today()) + weeks * WEEK


def plan_rows(cast: Cast, lots: list[tuple[Part, Member, int, float]], status: str = "published", **columns) -> PlanRun:
    """A plan from this week on with these lots: part, who makes it, weeks from now, pieces. One in force gives way."""
    if status == "published":
        PlanRun.objects.filter(cooperative=cast.cooperative, status=status).update(status="superseded")
    facts = {"start_on": monday(today()), "weeks": 12, "created_at": now(), "best_rupiah": 0.0}
    run = PlanRun.objects.create(cooperative=cast.cooperative, status=status, **facts | columns)
    for part, maker, period, pieces in lots:
        PlannedLot.objects.create(
            run=run, part=part, workshop=maker.workshop, period=period, quantity=pieces, hours=1, pay_rupiah=1
        )
    return run


def offer_to(cast: Cast, part: Part, maker: Member, pieces: float = 100, weeks: int = 1) -> Offer:
    """An open offer of so many pieces, as the plan in force (a new one) wants them."""
    from wadah.work.models import Offer
    from wadah.work.services.offering import offers_sync

    plan_rows(cast, [(part, maker, weeks, pieces)])
    offers_sync(cooperative=cast.cooperative)
    return Offer.objects.get(package__part=part, workshop=maker.workshop, status="open")


def pieces(number: float | str) -> Decimal:
    return Decimal(str(number))
