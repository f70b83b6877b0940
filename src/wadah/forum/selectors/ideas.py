"""Ideas as everybody sees them, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wadah.base.clock import now
from wadah.forum.models import Experiment, Idea, IdeaSupport
from wadah.forum.rules import undo_left

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.accounts.models import User


def ideas_all(user: User | None = None) -> QuerySet[Idea]:
    """Ideas that stand, newest first, with `support_count`, `tried` (experiments out of it) and `mine` (whether the
    reader said "me too")."""
    return told(Idea.objects.filter(withdrawn_at__isnull=True), user)


def ideas_seen(user: User | None, *, officer: bool) -> QuerySet[Idea]:
    """Those, and one's own that were taken back; a city officer sees all."""
    if officer:
        return told(Idea.objects.all(), user)
    shown = Q(withdrawn_at__isnull=True) | (Q(by=user) if user else Q(pk__in=[]))
    return told(Idea.objects.filter(shown), user)


def told(rows: QuerySet[Idea], user: User | None) -> QuerySet[Idea]:
    voices = IdeaSupport.objects.filter(idea=OuterRef("pk")).order_by()
    tries = Experiment.objects.filter(idea=OuterRef("pk"), withdrawn_at__isnull=True).order_by()
    rows = rows.annotate(
        support_count=Coalesce(Subquery(voices.values("idea").annotate(many=Count("pk")).values("many")), 0),
        tried=Coalesce(Subquery(tries.values("idea").annotate(many=Count("pk")).values("many")), 0),
        mine=Exists(voices.filter(user=user)) if user else Exists(voices.none()),
    )
    return rows.select_related("community", "by", "withdrawn_by").order_by("-at", "-pk")


def can_bring_back(idea: Idea | Experiment, user: User | None) -> bool:
    """Whether this person may undo that it was taken back, now."""
    return user is not None and idea.withdrawn_by_id == user.pk and undo_left(idea.withdrawn_at, now())
