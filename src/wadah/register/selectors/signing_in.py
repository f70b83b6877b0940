"""Who of a cooperative can sign in, and for whom its managers answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Q

from wadah.accounts.models import LinkRequest, User
from wadah.base.clock import today
from wadah.register.models import Appointment, Membership
from wadah.register.selectors.cooperatives import open_on

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def places_signing_in(cooperatives: Collection[int]) -> QuerySet[Membership]:
    """Today's places in these cooperatives with whoever signs in for each, those who wait for a link first.

    Adds seen_at (last seen on any device, None if never) and waiting (whether a link was asked for).
    """
    rows = Membership.objects.filter(open_on(today()), cooperative__in=cooperatives)
    wish = LinkRequest.objects.filter(user=OuterRef("user"), answered_at__isnull=True)
    return (
        rows.select_related("cooperative", "ikm", "user")
        .annotate(seen_at=Max("user__devices__seen_at"), waiting=Exists(wish))
        .order_by("-waiting", "ikm__name", "user__name", "id")
    )


def accounts_within(cooperatives: Collection[int]) -> QuerySet[User]:
    """Open accounts with a place in these cooperatives, and none elsewhere nor an office of the city.

    Who hands over a link can use it, so a manager makes links only for people all of whose rights the manager oversees.
    """
    places = Membership.objects.filter(open_on(today()), user__isnull=False)
    elsewhere = places.exclude(cooperative__in=cooperatives)
    offices = Appointment.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today()))
    inside = places.filter(cooperative__in=cooperatives)
    return (
        User.objects.filter(is_active=True, pk__in=inside.values("user"))
        .exclude(pk__in=elsewhere.values("user"))
        .exclude(pk__in=offices.values("user"))
    )
