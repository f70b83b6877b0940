"""Whether a paper is genuine and still holds, for whoever knows its number and code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.base.clock import business_date
from wadah.demand.models import Order, Quotation
from wadah.demand.selectors.quotes import quotation_standing
from wadah.demand.words import OrderStatus, QuotationStatus

if TYPE_CHECKING:
    from datetime import date

ORDERS_VALID = {OrderStatus.CONFIRMED, OrderStatus.PLANNED, OrderStatus.CLOSED}
QUOTATIONS_VALID = {QuotationStatus.SENT, QuotationStatus.ACCEPTED}


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """on: the day that stands on the paper, None for one that was never sent."""

    number: str
    on: date | None
    valid: bool


def paper_standing(number: str, code: str) -> PaperStanding | None:
    """How a paper stands today; None where no paper has this number and code."""
    quotation = Quotation.objects.filter(number=number, check_code=code).first()
    if quotation is not None:
        on = business_date(quotation.sent_at) if quotation.sent_at else None
        return PaperStanding(number, on, quotation_standing(quotation) in QUOTATIONS_VALID)
    order = Order.objects.filter(number=number, check_code=code).first()
    return PaperStanding(number, order.ordered_on, order.status in ORDERS_VALID) if order else None
