"""Prices and terms of the catalogue, as the demand asks for them."""

from __future__ import annotations

try:
    from wadah.catalogue.rules.prices import Terms, late_cost_rupiah, short_cost_rupiah
    from wadah.catalogue.selectors import cooperative_terms
except ImportError:  # until the catalogue has prices
    from dataclasses import dataclass
    from decimal import Decimal
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from datetime import date

        from wadah.register.models import Cooperative

    @dataclass(frozen=True, slots=True)
    class Terms:  # type: ignore[no-redef]
        """A cooperative's terms on a day."""

        margin_percent: Decimal
        late_penalty_percent_week: Decimal
        late_penalty_cap_percent: Decimal
        quotation_valid_days: int

    def late_cost_rupiah(price: int, terms: Terms) -> int:
        return int(price * terms.late_penalty_percent_week / 100)

    def short_cost_rupiah(price: int, terms: Terms, late: int | None = None) -> int:
        week = late_cost_rupiah(price, terms) if late is None else late
        return price + max(int(price * terms.late_penalty_cap_percent / 100), 52 * week)

    def cooperative_terms(cooperative: Cooperative, on: date) -> Terms:
        return Terms(Decimal(10), Decimal("0.7"), Decimal(5), 14)


__all__ = ["Terms", "cooperative_terms", "late_cost_rupiah", "short_cost_rupiah"]
