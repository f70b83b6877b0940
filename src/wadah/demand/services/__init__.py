"""Writing the demand: buyers, orders, and what the mandate asks; one transaction each.

`by`, the person who does it, goes into the history of each row that changes; a table that is loaded has none.
"""

from wadah.demand.services.mandate import (
    headcount_record,
    institution_put,
    mandate_order_create,
    mandate_phase_put,
    mandate_rule_put,
)
from wadah.demand.services.orders import (
    buyer_contact_add,
    buyer_put,
    order_draft,
    order_line_add,
    order_line_remove,
    order_move,
)

__all__ = [
    "buyer_contact_add",
    "buyer_put",
    "headcount_record",
    "institution_put",
    "mandate_order_create",
    "mandate_phase_put",
    "mandate_rule_put",
    "order_draft",
    "order_line_add",
    "order_line_remove",
    "order_move",
]
