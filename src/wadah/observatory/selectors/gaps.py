"""What the register lacks: of which firms, where, and when somebody last said it is right (docs/city.md D1, D2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import now
from wadah.register.models import Certificate, Ikm, Membership, WeekPattern, Workshop
from wadah.register.selectors import CONFIRMED_DAYS
from wadah.register.selectors.cooperatives import open_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from wadah.observatory.selectors.scope import Scope

GAPS: dict[str, _StrPromise] = {
    "workers": _("workers"),
    "investment": _("investment"),
    "sales": _("sales a year"),
    "phone": _("phone"),
    "trade": _("trade"),
    "area": _("kelurahan"),
    "workshop": _("any workshop"),
    "position": _("position on the map"),
    "machines": _("machines"),
    "processes": _("processes"),
    "hours": _("hours a week"),
    "floor": _("floor area"),
}
"""What a firm may lack, in the order that it is asked for; the key stands in addresses."""
OF_WORKSHOPS = ("position", "machines", "processes", "hours", "floor")
"""Of these, one open workshop of the firm lacks it; the member who signs in can fill them."""
CONFIRMED = {"never": _("never"), "old": _("longer ago than 90 days"), "fresh": _("within 90 days")}


def firms_checked(firms: QuerySet[Ikm]) -> QuerySet[Any]:
    """The firms with a truth value `lacks_…` for each of GAPS, and `confirmed_at`: the oldest word of their workshops.

    `unconfirmed`: whether any open workshop was never confirmed.
    """
    shops = Workshop.objects.filter(ikm=OuterRef("pk"), archived_at__isnull=True)
    told = WeekPattern.objects.filter(workshop=OuterRef("pk"))
    lacks = {
        "lacks_workers": Q(workers__isnull=True),
        "lacks_investment": Q(investment_rupiah__isnull=True),
        "lacks_sales": Q(annual_sales_rupiah__isnull=True),
        "lacks_phone": Q(phone=""),
        "lacks_trade": ~Exists(Ikm.subsectors.through.objects.filter(ikm=OuterRef("pk"))),
        "lacks_area": Q(area__isnull=True),
        "lacks_workshop": ~Exists(shops),
        "lacks_position": Exists(shops.filter(lat__isnull=True)),
        "lacks_machines": Exists(shops.filter(machines__isnull=True)),
        "lacks_processes": Exists(shops.filter(mastered__isnull=True)),
        "lacks_hours": Exists(shops.exclude(Exists(told))),
        "lacks_floor": Exists(shops.filter(floor_m2__isnull=True)),
    }
    open_ones = Q(workshops__archived_at__isnull=True)
    return firms.filter(archived_at__isnull=True).annotate(
        **lacks,
        unconfirmed=Exists(shops.filter(confirmed_at__isnull=True)),
        confirmed_at=Min("workshops__confirmed_at", filter=open_ones),
    )


def firms_lacking(firms: QuerySet[Any], gap: str) -> QuerySet[Any]:
    """Those of `firms_checked` that lack one of GAPS, or anything at all ("any")."""
    if gap == "any":
        return firms.filter(any_of(f"lacks_{key}" for key in GAPS))
    return firms.filter(**{f"lacks_{gap}": True})


def any_of(names: Iterable[str]) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{name: True})
    return found


def firms_confirmed(firms: QuerySet[Any], how: str) -> QuerySet[Any]:
    """Those of `firms_checked` whose oldest word is of that age: a key of CONFIRMED."""
    since = now() - timedelta(days=CONFIRMED_DAYS)
    if how == "never":
        return firms.filter(Q(unconfirmed=True) | Q(confirmed_at__isnull=True))
    asked = {"confirmed_at__lt": since} if how == "old" else {"confirmed_at__gte": since}
    return firms.filter(unconfirmed=False, **asked)


def firms_to_fill(firms: QuerySet[Ikm]) -> QuerySet[Any]:
    """`firms_checked` with places, cooperatives and workshops at hand, for who could fill what is missing."""
    return (
        firms_checked(firms)
        .select_related("area__parent")
        .prefetch_related("memberships__cooperative", "memberships__user", "workshops")
        .order_by("area__name_spaced", "name", "pk")
    )


def managers_by_cooperative(day: date) -> dict[int, list[str]]:
    """Names of managers by cooperative: whom to ask. One query."""
    found: dict[int, list[str]] = {}
    rows = Membership.objects.filter(open_on(day), role=Membership.Role.MANAGER).order_by("joined_on", "pk")
    for cooperative, name in rows.values_list("cooperative", "user__name"):
        found.setdefault(cooperative, []).append(name)
    return found


@dataclass(frozen=True, slots=True)
class Missing:
    """Of one kelurahan (None: not known): firms there are, firms that lack something, and of each of GAPS how many."""

    area: int | None
    firms: int
    lacking: int
    gaps: dict[str, int]

    @property
    def share(self) -> float:
        """Of all that could be missing, how much is."""
        return sum(self.gaps.values()) / (self.firms * len(GAPS)) if self.firms else 0.0


def gaps_by_area(scope: Scope) -> list[Missing]:
    """One query."""
    rows: QuerySet[Any, Any] = firms_checked(Ikm.objects.filter(scope.holds("area"))).order_by().values("area")
    counts = {f"count_{key}": Count("pk", filter=Q(**{f"lacks_{key}": True}), distinct=True) for key in GAPS}
    some = Count("pk", filter=any_of(f"lacks_{key}" for key in GAPS), distinct=True)
    return [
        Missing(row["area"], row["firms"], row["some"], {key: row[f"count_{key}"] for key in GAPS})
        for row in rows.annotate(firms=Count("pk", distinct=True), some=some, **counts)
    ]


@dataclass(frozen=True, slots=True)
class Fresh:
    """Open workshops by when somebody last said that what stands of them is right. newest: the last word of all."""

    never: int
    old: int
    fresh: int
    newest: datetime | None

    @property
    def all(self) -> int:
        return self.never + self.old + self.fresh


def freshness(scope: Scope) -> Fresh:
    """Of workshops of firms that weren't put away. One query."""
    since = now() - timedelta(days=CONFIRMED_DAYS)
    rows = Workshop.objects.filter(scope.holds("area"), archived_at__isnull=True, ikm__archived_at__isnull=True)
    found = rows.aggregate(
        never=Count("pk", filter=Q(confirmed_at__isnull=True)),
        old=Count("pk", filter=Q(confirmed_at__lt=since)),
        fresh=Count("pk", filter=Q(confirmed_at__gte=since)),
        newest=Max("confirmed_at"),
    )
    return Fresh(found["never"], found["old"], found["fresh"], found["newest"])


def certificates_ended(scope: Scope, day: date) -> int:
    """Papers of firms and workshops that have ended and aren't archived: they gate work. One query."""
    rows = Certificate.objects.filter(archived_at__isnull=True, expires_on__lt=day)
    if not scope.whole:
        rows = rows.filter(scope.holds("ikm__area") | scope.holds("workshop__area"))
    return rows.count()
