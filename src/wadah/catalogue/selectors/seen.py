"""Which rows of the catalogue a manager sees: parts and motifs are everybody's; approvals, rates and licences only of
workshops whose firms are members of the manager's cooperatives today; prices, counts and terms only of those.

Each is one query, whatever is filtered on top; rates carry what the terms say of a minimum wage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from wadah.catalogue.models import Approval, CooperativeTerms, HubStock, Licence, MaterialPrice, Motif, Part, Rate
from wadah.catalogue.selectors.prices import wages_by_cooperative
from wadah.register.models import Cooperative
from wadah.register.selectors import cooperative_workshops, firms_seen, workshops_kept

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from wadah.register.rules import Roles

HALF_A_RUPIAH = 0.5


def on_day(day: date) -> Q:
    """Rows that hold on a day; valid_until is their last."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def parts_all(roles: Roles, on: date) -> QuerySet[Part]:
    """Every part by code, with `makers`: workshops of the manager's cooperatives that have a rate for it."""
    workshops = workshops_kept(roles).order_by().values("pk")
    held = Rate.objects.filter(on_day(on), part=OuterRef("pk"), workshop__in=workshops).order_by().values("part")
    counted = held.annotate(shops=Count("workshop", distinct=True)).values("shops")
    rows = Part.objects.select_related("subsector", "skill", "motif", "routed_from").order_by("code")
    return rows.annotate(makers=Coalesce(Subquery(counted), 0))  # counted for the rows of one page alone


def parts_open() -> QuerySet[Part]:
    """Parts that aren't archived, by code."""
    return Part.objects.filter(archived_at__isnull=True).order_by("code")


def rates_kept(roles: Roles, on: date) -> QuerySet[Rate]:
    """Rates, by part and workshop, newest first, each with `wage_rupiah_hour` (None: no reference) and `below_wage`."""
    rows = Rate.objects.filter(workshop__in=workshops_kept(roles).order_by().values("pk"))
    wages = wages_by_cooperative(roles.cooperatives_managed, on)
    cases = [
        When(
            workshop__in=cooperative_workshops(row, on).order_by().values("pk"),
            then=Value(wages[row.pk].wage_rupiah_hour),
        )
        for row in Cooperative.objects.filter(pk__in=wages)
    ]
    rows = rows.annotate(wage_rupiah_hour=Case(*cases, default=None, output_field=BigIntegerField()))
    number = DecimalField(max_digits=24, decimal_places=6)
    paid = ExpressionWrapper(F("pay_rupiah_piece") * F("yield_rate") * 60, output_field=number)
    asked = ExpressionWrapper(F("minutes_per_piece") * Coalesce(F("wage_rupiah_hour"), Value(0)), output_field=number)
    # A database without exact decimals mustn't take what is paid to the rupiah for less.
    rows = rows.annotate(lacking=ExpressionWrapper(asked - paid, output_field=number))
    below = Case(When(lacking__gt=HALF_A_RUPIAH, then=True), default=False, output_field=BooleanField())
    rows = rows.annotate(below_wage=below).select_related("part", "workshop__ikm")
    return rows.order_by("part__code", "workshop__code", "-valid_from")


def approvals_kept(roles: Roles) -> QuerySet[Approval]:
    rows = Approval.objects.filter(workshop__in=workshops_kept(roles).order_by().values("pk"))
    return rows.select_related("part", "workshop__ikm").order_by("part__code", "workshop__code", "-valid_from")


def licences_kept(roles: Roles) -> QuerySet[Licence]:
    """Of the firms of a manager's cooperatives, or of an officer's areas."""
    rows = Licence.objects.filter(ikm__in=firms_seen(roles).order_by().values("pk"))
    return rows.select_related("motif", "ikm").order_by("motif__name", "ikm__name", "-valid_from")


def motifs_all() -> QuerySet[Motif]:
    return Motif.objects.prefetch_related("sources").order_by("name")


def material_prices_kept(roles: Roles) -> QuerySet[MaterialPrice]:
    rows = MaterialPrice.objects.filter(cooperative__in=roles.cooperatives_managed)
    return rows.select_related("part", "cooperative").order_by("part__code", "-valid_from")


def stock_counts_kept(roles: Roles) -> QuerySet[HubStock]:
    rows = HubStock.objects.filter(cooperative__in=roles.cooperatives_managed)
    return rows.select_related("part", "cooperative").order_by("part__code", "-as_of")


def terms_kept(roles: Roles) -> QuerySet[CooperativeTerms]:
    rows = CooperativeTerms.objects.filter(cooperative__in=roles.cooperatives_managed)
    return rows.select_related("cooperative").order_by("cooperative__name", "-valid_from")
