"""Which rows of the register a person sees, and which they keep (may change): narrowed by their roles.

Seen: by a manager, those of the firms that are members of their cooperatives today; by an officer, those of firms in
the officer's areas. Kept: by a manager only. An ended place is seen by the manager, so that it can be brought back, but
no longer what lies behind it. Each is one query, whatever is filtered on top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Replace

from wadah.base.clock import today
from wadah.register.models import (
    Area,
    Certificate,
    Cooperative,
    Enrolment,
    Expert,
    Holiday,
    Ikm,
    Leave,
    Machine,
    Membership,
    Workshop,
    WorkshopSkill,
)
from wadah.register.rules import fold_key
from wadah.register.selectors.cooperatives import open_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from django.db.models import QuerySet

    from wadah.register.rules import Roles

Role = Membership.Role


def folded_search(rows: QuerySet[Any], text: str, *columns: str) -> QuerySet[Any]:
    """Rows that hold `text` in one of the columns, spaces and case aside: "Medansatria" finds Medan Satria."""
    wanted = Q()
    for number, column in enumerate(columns):
        alias = f"folded_{number}"
        rows = rows.alias(**{alias: Lower(Replace(F(column), Value(" "), Value("")))})
        wanted |= Q(**{f"{alias}__contains": fold_key(text)})
    return rows.filter(wanted).distinct()


def within(areas: Collection[int], column: str = "area") -> Q:
    """What lies in these areas or in one below them; column: of the row, where its area stands."""
    return (
        Q(**{f"{column}__in": areas})
        | Q(**{f"{column}__parent__in": areas})
        | Q(**{f"{column}__parent__parent__in": areas})
    )


def officer_firms(roles: Roles) -> QuerySet[Ikm]:
    if not roles.officer:
        return Ikm.objects.none()
    rows = Ikm.objects.filter(archived_at__isnull=True)
    return rows.filter(within(roles.officer_areas)) if roles.officer_areas else rows


def memberships_kept(roles: Roles) -> QuerySet[Membership]:
    """Places of member firms in the cooperatives that the person manages, ended ones too."""
    rows = Membership.objects.filter(cooperative__in=roles.cooperatives_managed, role=Role.MEMBER)
    return rows.select_related("ikm__area__parent", "cooperative", "user")


def memberships_seen(roles: Roles) -> QuerySet[Membership]:
    """Places of member firms: in the person's cooperatives, and as an officer those of today in their areas."""
    mine = Q(cooperative__in=roles.cooperatives_managed)
    areas = Q(ikm__in=officer_firms(roles)) & open_on(today())
    rows = Membership.objects.filter(mine | areas, role=Role.MEMBER)
    return rows.select_related("ikm__area__parent", "cooperative", "user")


def memberships_owned(roles: Roles) -> QuerySet[Membership]:
    """The member's own places of today."""
    rows = Membership.objects.filter(open_on(today()), ikm__in=roles.ikm_owned, role=Role.MEMBER)
    return rows.select_related("ikm", "cooperative").order_by("pk")


def firms_kept(roles: Roles) -> QuerySet[Ikm]:
    """Firms that are members of the person's cooperatives today."""
    places = Membership.objects.filter(
        open_on(today()), cooperative__in=roles.cooperatives_managed, role=Role.MEMBER, ikm__isnull=False
    )
    return Ikm.objects.filter(pk__in=places.values("ikm"))


def firms_seen(roles: Roles) -> QuerySet[Ikm]:
    kept, areas = firms_kept(roles), officer_firms(roles)
    return Ikm.objects.filter(Q(pk__in=kept.values("pk")) | Q(pk__in=areas.values("pk")))


def workshops_kept(roles: Roles) -> QuerySet[Workshop]:
    """Workshops that the person may change, archived ones too."""
    return workshops_of(firms_kept(roles))


def workshops_seen(roles: Roles) -> QuerySet[Workshop]:
    return workshops_of(firms_seen(roles))


def workshops_owned(roles: Roles) -> QuerySet[Workshop]:
    """The member's own workshops that still work, with all that stands of them."""
    return workshops_whole(Workshop.objects.filter(pk__in=roles.workshops_owned, archived_at__isnull=True))


def workshops_of(firms: QuerySet[Ikm]) -> QuerySet[Workshop]:
    rows = Workshop.objects.filter(ikm__in=firms.order_by().values("pk"))
    return rows.select_related("ikm", "area").order_by("code")


def workshops_whole(rows: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """The same workshops with claims, machines, usual weeks, leave and papers at hand; seven queries more."""
    return rows.select_related("ikm", "area").prefetch_related(
        "mastered__skill",
        "mastered__attested_by",
        "mastered__expert",
        "machines__skill",
        "week_patterns",
        "leaves",
        "certificates",
    )


def machines_of(workshops: QuerySet[Workshop]) -> QuerySet[Machine]:
    rows = Machine.objects.filter(workshop__in=workshops.order_by().values("pk"))
    return rows.select_related("workshop__ikm", "workshop__area", "skill").order_by("workshop__code", "name")


def claims_of(workshops: QuerySet[Workshop]) -> QuerySet[WorkshopSkill]:
    rows = WorkshopSkill.objects.filter(workshop__in=workshops.order_by().values("pk"))
    return rows.select_related("workshop__ikm", "workshop__area", "skill", "attested_by", "expert").order_by(
        "workshop__code", "skill__code"
    )


def leaves_of(workshops: QuerySet[Workshop]) -> QuerySet[Leave]:
    rows = Leave.objects.filter(workshop__in=workshops.order_by().values("pk"))
    return rows.select_related("workshop__ikm", "workshop__area").order_by("first_day", "workshop__code")


def certificates_of(firms: QuerySet[Ikm]) -> QuerySet[Certificate]:
    """Papers of these firms and of their workshops, those that end first before the others."""
    keys = firms.order_by().values("pk")
    rows = Certificate.objects.filter(Q(ikm__in=keys) | Q(workshop__ikm__in=keys))
    return rows.select_related("ikm__area", "workshop__ikm", "workshop__area").order_by(
        F("expires_on").asc(nulls_last=True), "pk"
    )


def experts_kept(roles: Roles) -> QuerySet[Expert]:
    """Experts that the person's cooperatives have listed."""
    return Expert.objects.filter(cooperative__in=roles.cooperatives_managed).select_related("area", "cooperative")


def experts_seen(roles: Roles) -> QuerySet[Expert]:
    """Those, and the ones that the city lists; an officer sees them all."""
    rows = Expert.objects.select_related("area", "cooperative").prefetch_related("skills")
    if roles.officer:
        return rows
    return rows.filter(Q(cooperative__in=roles.cooperatives_managed) | Q(cooperative__isnull=True))


def holidays_kept(roles: Roles) -> QuerySet[Holiday]:
    """Local holidays of the places where the person's cooperatives are."""
    return Holiday.objects.filter(area__in=areas_kept(roles)).select_related("area")


def areas_kept(roles: Roles) -> QuerySet[Area]:
    """Where the person's cooperatives are, with what lies in it."""
    mine = Cooperative.objects.filter(pk__in=roles.cooperatives_managed, area__isnull=False)
    ids = list(mine.values_list("area", flat=True))
    return Area.objects.filter(Q(pk__in=ids) | Q(parent__in=ids) | Q(parent__parent__in=ids)).order_by("code")


def holidays_all() -> QuerySet[Holiday]:
    return Holiday.objects.select_related("area").order_by("date", "name")


def cooperatives_kept(roles: Roles) -> QuerySet[Cooperative]:
    return Cooperative.objects.filter(pk__in=roles.cooperatives_managed).select_related("area").order_by("name", "pk")


def offices_kept(roles: Roles) -> QuerySet[Membership]:
    """Managers, treasurers and inspectors of the cooperatives that the person manages, today's and earlier ones."""
    rows = Membership.objects.filter(cooperative__in=roles.cooperatives_managed).exclude(role=Role.MEMBER)
    return rows.select_related("user", "cooperative").order_by(F("left_on").desc(nulls_first=True), "role", "pk")


def enrolments_kept(roles: Roles) -> QuerySet[Enrolment]:
    """Registrations of the person's cooperatives, the last one touched first."""
    rows = Enrolment.objects.filter(cooperative__in=roles.cooperatives_managed)
    return rows.select_related("cooperative", "started_by", "membership__ikm").order_by("-changed_at", "-pk")
