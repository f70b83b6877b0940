"""Who belongs where, and what a person may act for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.base.clock import today
from wadah.register.models import Appointment, Cooperative, Membership, Workshop
from wadah.register.rules import Roles

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from wadah.accounts.models import User

Role = Membership.Role


def open_on(day: date) -> Q:
    """Memberships that hold on a day: left_on is the first day outside."""
    return Q(joined_on__lte=day) & (Q(left_on__isnull=True) | Q(left_on__gt=day))


def cooperative_members(cooperative: Cooperative, on: date | None = None) -> QuerySet[Membership]:
    """Member firms of a cooperative on a day (today unless given), with their IKM, by name."""
    held = Membership.objects.filter(open_on(on or today()), cooperative=cooperative, role=Role.MEMBER)
    return held.select_related("ikm", "ikm__area", "user").order_by("ikm__name", "id")


def cooperative_members_ahead(cooperative: Cooperative) -> QuerySet[Membership]:
    """Member firms of today and those that join on a day to come, with their IKM, by name."""
    held = Membership.objects.filter(not_left(today()), cooperative=cooperative, role=Role.MEMBER)
    return held.select_related("ikm", "ikm__area", "user").order_by("ikm__name", "id")


def not_left(day: date) -> Q:
    return Q(left_on__isnull=True) | Q(left_on__gt=day)


def cooperative_workshops_ahead(cooperative: Cooperative) -> QuerySet[Workshop]:
    """Workshops of `cooperative_members_ahead`, not archived, by code."""
    members = cooperative_members_ahead(cooperative).order_by()
    return Workshop.objects.filter(ikm__in=members.values("ikm"), archived_at__isnull=True).order_by("code")


def cooperative_workshops(cooperative: Cooperative, on: date | None = None) -> QuerySet[Workshop]:
    """Workshops that work may be given to on a day (today unless given): of member firms, not archived, by code."""
    members = Membership.objects.filter(open_on(on or today()), cooperative=cooperative, role=Role.MEMBER)
    return Workshop.objects.filter(ikm__in=members.values("ikm"), archived_at__isnull=True).order_by("code")


def cooperatives_named(ids: Collection[int] | None = None) -> QuerySet[Cooperative]:
    """Cooperatives by name: these, or all."""
    rows = Cooperative.objects.order_by("name", "id")
    return rows if ids is None else rows.filter(pk__in=ids)


def user_roles(user: User | None, on: date | None = None) -> Roles:
    """What a person may act for on a day (today unless given); nothing for None, a stranger or a closed account."""
    if user is None or not user.is_active or user.pk is None:
        return Roles()
    day = on or today()
    places = list(Membership.objects.filter(open_on(day), user=user.pk).values_list("role", "cooperative_id", "ikm_id"))
    offices = list(
        Appointment.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)
        .filter(user=user.pk)
        .values_list("role", "area_id")
    )

    def cooperatives(role: Role) -> frozenset[int]:
        return frozenset(cooperative for held, cooperative, _ikm in places if held == role)

    ikm = frozenset(firm for held, _cooperative, firm in places if held == Role.MEMBER and firm is not None)
    areas = [area for role, area in offices if role == Appointment.Role.OFFICER]
    return Roles(
        cooperatives_joined=cooperatives(Role.MEMBER),
        cooperatives_managed=cooperatives(Role.MANAGER),
        cooperatives_kept=cooperatives(Role.TREASURER),
        cooperatives_inspected=cooperatives(Role.INSPECTOR),
        ikm_owned=ikm,
        workshops_owned=frozenset(Workshop.objects.filter(ikm__in=ikm).values_list("pk", flat=True)) if ikm else ikm,
        officer=bool(areas),
        officer_areas=frozenset() if None in areas else frozenset(area for area in areas if area is not None),
        admin=any(role == Appointment.Role.ADMIN for role, _area in offices),
    )


def member_with_phone(cooperative: Cooperative, phone: str) -> bool:
    """Whether a member firm of today, or who signs in for one, has this phone (as it is stored)."""
    return cooperative_members(cooperative).filter(Q(ikm__phone=phone) | Q(user__phone=phone)).exists()
