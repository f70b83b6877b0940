"""Who wants what, and when: buyers, their orders, and the city's mandate with the heads it counts."""

from wadah.demand.models.mandate import Headcount, Institution, MandatePhase, MandateRule
from wadah.demand.models.orders import Buyer, BuyerContact, Order, OrderLine

__all__ = [
    "Buyer",
    "BuyerContact",
    "Headcount",
    "Institution",
    "MandatePhase",
    "MandateRule",
    "Order",
    "OrderLine",
]
