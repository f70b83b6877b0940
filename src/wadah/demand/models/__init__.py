"""Who wants what, and when: buyers, their requests and orders, what is offered them, and the city's mandate."""

from wadah.demand.models.buyers import Buyer, BuyerContact
from wadah.demand.models.mandate import Headcount, Institution, MandatePhase, MandateRule
from wadah.demand.models.orders import Order, OrderLine
from wadah.demand.models.quotes import Quotation, QuotationLine, QuotationVariant, Request, RequestLine

__all__ = [
    "Buyer",
    "BuyerContact",
    "Headcount",
    "Institution",
    "MandatePhase",
    "MandateRule",
    "Order",
    "OrderLine",
    "Quotation",
    "QuotationLine",
    "QuotationVariant",
    "Request",
    "RequestLine",
]
