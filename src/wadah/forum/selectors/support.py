"""Support that was asked for: one's own, and what city officers decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When

from wadah.base.clock import now
from wadah.forum.models import Support
from wadah.forum.rules import undo_left
from wadah.forum.selectors.communities import communities_kept
from wadah.forum.words import SupportStatus
from wadah.register.selectors.seen import within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.accounts.models import User
    from wadah.register.rules import Roles

RELATED = ("community__area", "experiment", "asked_by", "decided_by", "outcome_by")


def supports_own(user: User) -> QuerySet[Support]:
    """What somebody asked for, and what was asked for communities that they keep; newest first."""
    kept = communities_kept(user).order_by().values("pk")
    return Support.objects.filter(Q(asked_by=user) | Q(community__in=kept)).select_related(*RELATED)


def supports_desk(roles: Roles) -> QuerySet[Support]:
    """What lies before an officer: of communities in the officer's areas, and all that have no area; what waits for a
    decision first, longest waiting before the others."""
    rows = Support.objects.all() if roles.officer else Support.objects.none()
    if roles.officer_areas:
        rows = rows.filter(within(roles.officer_areas, "community__area") | Q(community__area__isnull=True))
    order = {SupportStatus.ASKED: 0, SupportStatus.GRANTED: 1, SupportStatus.DELIVERED: 2}
    waiting = Case(*(When(status=status, then=Value(place)) for status, place in order.items()), default=Value(3))
    return rows.annotate(waiting=waiting).select_related(*RELATED).order_by("waiting", "asked_at", "pk")


def supports_seen(user: User, roles: Roles) -> QuerySet[Support]:
    """One's own and those that lie before one as an officer."""
    own = supports_own(user).order_by().values("pk")
    desk = supports_desk(roles).order_by().values("pk")
    return Support.objects.filter(Q(pk__in=own) | Q(pk__in=desk)).select_related(*RELATED)


def decision_undoable(support: Support, user: User) -> bool:
    """Whether this person may take the decision back, now."""
    decided = support.status in {SupportStatus.GRANTED, SupportStatus.REFUSED}
    return decided and support.decided_by_id == user.pk and undo_left(support.decided_at, now())
