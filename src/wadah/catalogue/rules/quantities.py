"""Which quantities a part can be counted in."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

QuantityFault = Literal["not_positive", "not_whole"]


def quantity_fault(quantity: Decimal | int, *, integer: bool, zero: bool = False) -> QuantityFault | None:
    """What is wrong with a quantity: it must be > 0 (or ≥ 0 where `zero`), and whole where the part is `integer`."""
    amount = Decimal(quantity)
    if not amount.is_finite() or amount < 0 or (amount == 0 and not zero):
        return "not_positive"
    if integer and amount != int(amount):
        return "not_whole"
    return None
