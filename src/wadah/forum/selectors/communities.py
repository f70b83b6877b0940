"""Communities as everybody sees them, and those that somebody keeps or is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wadah.forum.models import Community, CommunityMember, Interest
from wadah.forum.words import CommunityRole

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.accounts.models import User

HERE = Q(left_at__isnull=True)


def communities_all() -> QuerySet[Community]:
    """Every community by name, archived ones too, each with `member_count` of today and its interests at hand."""
    places = CommunityMember.objects.filter(HERE, community=OuterRef("pk")).order_by().values("community")
    counted = places.annotate(many=Count("pk")).values("many")
    rows = Community.objects.annotate(member_count=Coalesce(Subquery(counted), 0))
    return rows.select_related("area").prefetch_related("interests").order_by("name", "pk")


def communities_open() -> QuerySet[Community]:
    """Those that still meet."""
    return communities_all().filter(archived_at__isnull=True)


def communities_kept(user: User | None) -> QuerySet[Community]:
    """Those whose page somebody keeps, archived ones too."""
    rows = CommunityMember.objects.filter(HERE, user=user, role=CommunityRole.LEAD) if user else none()
    return communities_all().filter(pk__in=rows.values("community"))


def communities_joined(user: User | None) -> QuerySet[Community]:
    """Those that somebody is in and that still meet."""
    rows = CommunityMember.objects.filter(HERE, user=user) if user else none()
    return communities_open().filter(pk__in=rows.values("community"))


def none() -> QuerySet[CommunityMember]:
    return CommunityMember.objects.none()


def community_places(community: Community) -> QuerySet[CommunityMember]:
    """Who is in it today: keepers first, then by how long they are in."""
    return community.members.filter(HERE).select_related("user").order_by("role", "joined_at", "pk")


def place_in(community: Community, user: User | None) -> CommunityMember | None:
    return community.members.filter(HERE, user=user).first() if user else None


def interests_known() -> list[str]:
    """Tags of communities that still meet, the most common first; 60 at most, proposals for a form and a filter."""
    rows = Interest.objects.filter(community__archived_at__isnull=True).values("tag")
    rows = rows.annotate(many=Count("pk")).order_by("-many", "tag")
    return [row["tag"] for row in rows[:60]]
