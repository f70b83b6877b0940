"""Approvals and licences that end soon, and nothing follows on them: whoever decides in time loses no week of work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from wadah.catalogue.models import Approval, Licence
from wadah.catalogue.words import ApprovalStatus
from wadah.register.selectors import CERTIFICATES_LATEST_DAYS, workshops_working

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

LONGER = Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until"))


def approvals_ending(
    cooperatives: Collection[int], on: date, days: int = CERTIFICATES_LATEST_DAYS
) -> QuerySet[Approval]:
    """Approvals of members' workshops that end within `days` days from a day on, soonest first; one with another
    approval of the same part and workshop behind it doesn't count."""
    shops = workshops_working(cooperatives, on).order_by().values("pk")
    held = Approval.objects.filter(status=ApprovalStatus.APPROVED)
    rows = held.filter(workshop__in=shops, valid_until__range=(on, on + timedelta(days=days)))
    behind = held.filter(LONGER, part=OuterRef("part"), workshop=OuterRef("workshop"))
    return rows.exclude(Exists(behind)).order_by("valid_until", "pk")


def licences_ending(cooperatives: Collection[int], on: date, days: int = CERTIFICATES_LATEST_DAYS) -> QuerySet[Licence]:
    """Licences of members' firms that end so, soonest first."""
    firms = workshops_working(cooperatives, on).order_by().values("ikm")
    rows = Licence.objects.filter(ikm__in=firms, valid_until__range=(on, on + timedelta(days=days)))
    behind = Licence.objects.filter(LONGER, motif=OuterRef("motif"), ikm=OuterRef("ikm"))
    return rows.exclude(Exists(behind)).order_by("valid_until", "pk")
