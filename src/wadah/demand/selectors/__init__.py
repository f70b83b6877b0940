"""Reading the demand: each selector a constant number of queries, however many rows there are."""

from wadah.demand.selectors.buyers import (
    Offerable,
    buyer_contacts,
    buyers_of,
    buyers_seen,
    cooperatives_asked,
    offers_counted,
    parts_offerable,
    parts_offered,
    parts_to_name,
)
from wadah.demand.selectors.institutions import headcounts_of, institutions_listed, mandate_rules_listed
from wadah.demand.selectors.mandate import By, Cell, Duty, mandate_duty, rule_months
from wadah.demand.selectors.orders import (
    Explosion,
    buyer_orders,
    cooperative_orders,
    lines_handed_over,
    lines_open,
    lines_to_plan,
    order_explosion,
    orders_seen,
)
from wadah.demand.selectors.papers import PaperStanding, paper_standing
from wadah.demand.selectors.quotes import quotation_standing, quotations_seen, requests_seen
from wadah.demand.selectors.waiting import Waiting, quotations_lapsing, requests_unanswered

__all__ = [
    "By",
    "Cell",
    "Duty",
    "Explosion",
    "Offerable",
    "PaperStanding",
    "Waiting",
    "buyer_contacts",
    "buyer_orders",
    "buyers_of",
    "buyers_seen",
    "cooperative_orders",
    "cooperatives_asked",
    "headcounts_of",
    "institutions_listed",
    "lines_handed_over",
    "lines_open",
    "lines_to_plan",
    "mandate_duty",
    "mandate_rules_listed",
    "offers_counted",
    "order_explosion",
    "orders_seen",
    "paper_standing",
    "parts_offerable",
    "parts_offered",
    "parts_to_name",
    "quotation_standing",
    "quotations_lapsing",
    "quotations_seen",
    "requests_seen",
    "requests_unanswered",
    "rule_months",
]
