"""Reading the demand: each selector a constant number of queries, however many rows there are."""

from wadah.demand.selectors.mandate import By, Cell, Duty, mandate_duty, rule_months
from wadah.demand.selectors.orders import (
    Explosion,
    buyer_orders,
    cooperative_orders,
    lines_to_plan,
    order_explosion,
    orders_seen,
)
from wadah.demand.selectors.quotes import quotation_standing, quotations_seen, requests_seen

__all__ = [
    "By",
    "Cell",
    "Duty",
    "Explosion",
    "buyer_orders",
    "cooperative_orders",
    "lines_to_plan",
    "mandate_duty",
    "order_explosion",
    "orders_seen",
    "quotation_standing",
    "quotations_seen",
    "requests_seen",
    "rule_months",
]
