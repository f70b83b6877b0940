"""What is paid for bought parts, and on which terms a cooperative sells, on a day."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from wadah.catalogue.models import CooperativeTerms, MaterialPrice
from wadah.catalogue.rules.prices import TERMS_DEFAULT, Terms

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from wadah.register.models import Cooperative


def cooperative_terms(cooperative: Cooperative, on: date) -> Terms:
    """The terms that hold on a day; TERMS_DEFAULT where the cooperative has set none yet."""
    row = terms_row(cooperative.pk, on)
    if row is None:
        return TERMS_DEFAULT
    return Terms(
        margin_percent=row.margin_percent,
        late_penalty_percent_week=row.late_penalty_percent_week,
        late_penalty_cap_percent=row.late_penalty_cap_percent,
        quotation_valid_days=row.quotation_valid_days,
    )


def cooperative_terms_overtime(cooperative: Cooperative, on: date) -> int:
    """Rupiah that an extra hour costs on top by the terms of a day, where a workshop has no price of its own; 0 where
    the terms have none."""
    row = terms_row(cooperative.pk, on)
    return (row.overtime_rupiah_hour or 0) if row is not None else 0


def terms_row(cooperative_id: int, on: date) -> CooperativeTerms | None:
    rows = CooperativeTerms.objects.filter(cooperative=cooperative_id, valid_from__lte=on)
    return rows.order_by("-valid_from").first()


def wages_by_cooperative(cooperatives: Collection[int], on: date) -> dict[int, CooperativeTerms]:
    """The terms in force on a day of those cooperatives whose terms name a minimum wage, by cooperative id."""
    rows = CooperativeTerms.objects.filter(cooperative__in=cooperatives, valid_from__lte=on).order_by("valid_from")
    latest = {row.cooperative_id: row for row in rows}
    return {key: row for key, row in latest.items() if row.wage_rupiah_hour is not None}


def material_prices_on(cooperative: Cooperative, on: date) -> dict[int, Fraction]:
    """Rupiah a unit, exact, of every bought part that has a price on a day, by part id."""
    rows = MaterialPrice.objects.filter(cooperative=cooperative, valid_from__lte=on).order_by("valid_from")
    figures = rows.values_list("part_id", "price_rupiah", "quantity")
    return {part: Fraction(price) / Fraction(quantity) for part, price, quantity in figures}
