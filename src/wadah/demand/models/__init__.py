"""Who wants what, and when: buyers, their requests and orders, what is offered them, and the city's mandate."""

from wadah.demand.models.buyers import Buyer, BuyerContact
from wadah.demand.models.mandate import Headcount, Institution, MandatePhase, MandateRule
from wadah.demand.models.orders import Order, OrderLine
from wadah.demand.models.public import BatikDay, GoodsBudget, SmallShare
from wadah.demand.models.quotes import Quotation, QuotationLine, QuotationVariant, Request, RequestLine
from wadah.demand.models.sizes import RequestSize, SizeCount

__all__ = [
    "BatikDay",
    "Buyer",
    "BuyerContact",
    "GoodsBudget",
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
    "RequestSize",
    "SizeCount",
    "SmallShare",
]
