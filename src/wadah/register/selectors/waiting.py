"""What of the register waits for a manager: claims nobody attested, papers that end, hours nobody knows or confirms.

Each is a queryset that a card counts; where somebody may look further, the same rows stand in the register's lists.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from wadah.base.clock import business_date
from wadah.register.models import Certificate, Membership, WeekPattern, Workshop, WorkshopSkill
from wadah.register.selectors.choices import CERTIFICATES_LATEST_DAYS
from wadah.register.selectors.cooperatives import open_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.db.models import QuerySet

CONFIRMED_DAYS = 90
"""What a member said of the workshop so long ago is asked again."""


def workshops_working(cooperatives: Collection[int], on: date) -> QuerySet[Workshop]:
    """Workshops that work may be given to on a day: of member firms of these cooperatives, not archived."""
    members = Membership.objects.filter(open_on(on), cooperative__in=cooperatives, role=Membership.Role.MEMBER)
    return Workshop.objects.filter(ikm__in=members.values("ikm"), archived_at__isnull=True).order_by("code")


def claims_waiting(cooperatives: Collection[int], on: date) -> QuerySet[WorkshopSkill]:
    """Processes that workshops say they master, and that nobody has attested yet."""
    shops = workshops_working(cooperatives, on).order_by().values("pk")
    return WorkshopSkill.objects.filter(workshop__in=shops, claim=WorkshopSkill.Claim.CLAIMED)


def certificates_ending(
    cooperatives: Collection[int], on: date, days: int = CERTIFICATES_LATEST_DAYS
) -> QuerySet[Certificate]:
    """Papers of members and their workshops that end within `days` days from a day on, soonest first."""
    shops = workshops_working(cooperatives, on).order_by()
    mine = Q(workshop__in=shops.values("pk")) | Q(ikm__in=shops.values("ikm"))
    ends = Q(archived_at__isnull=True, expires_on__range=(on, on + timedelta(days=days)))
    return Certificate.objects.filter(mine, ends).order_by("expires_on", "pk")


def workshops_without_hours(cooperatives: Collection[int], on: date) -> QuerySet[Workshop]:
    """Workshops that never said when they work: they get no work in any plan."""
    return workshops_working(cooperatives, on).filter(week_patterns__isnull=True)


def workshops_unconfirmed(cooperatives: Collection[int], on: date, since: datetime) -> QuerySet[Workshop]:
    """Workshops with hours that nobody has set or said to be right since a moment."""
    shops = workshops_working(cooperatives, on)
    told = WeekPattern.objects.filter(workshop=OuterRef("pk"))
    known = shops.filter(Exists(told)).exclude(Exists(told.filter(valid_from__gte=business_date(since))))
    return known.filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=since))
