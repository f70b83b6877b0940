"""Lines as the services of requests and quotations take them: what somebody asks for, what a cooperative offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from wadah.catalogue.models import Part


@dataclass(frozen=True, slots=True)
class LineAsked:
    """text: the buyer's own words; quantity > 0; wanted_on: the day; part: None until it is known which is meant."""

    text: str
    quantity: Decimal | int
    wanted_on: date
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class LineOffered:
    """quantity > 0, promised by a day at rupiah ≥ 0 a piece.

    late_penalty_rupiah_piece_week, short_cost_rupiah_piece: rupiah ≥ 0; left out, what the cooperative's terms make of
    the price. cost: the build-up of the whole line in whole rupiah, [{"kind": …, "rupiah": …}]; sure: "proven" or
    "found".
    """

    part: Part
    quantity: Decimal | int
    promised_on: date
    price_rupiah_piece: int
    partial: bool = True
    late_penalty_rupiah_piece_week: int | None = None
    short_cost_rupiah_piece: int | None = None
    cost: Sequence[dict[str, Any]] = field(default=())
    sure: str = "found"
