"""Writing the demand: buyers, requests, quotations, orders, and what the mandate asks; one transaction each.

`by`, the person who does it, goes into the history of each row that changes; a table that is loaded has none.
"""

from wadah.demand.services.buyers import (
    buyer_add,
    buyer_archive,
    buyer_bring_back,
    buyer_contact_add,
    buyer_contact_invite,
    buyer_contact_remove,
    buyer_correct,
    buyer_put,
)
from wadah.demand.services.mandate import (
    headcount_record,
    institution_put,
    mandate_order_create,
    mandate_phase_put,
    mandate_rule_put,
)
from wadah.demand.services.offers import (
    quotation_change,
    quotation_draft,
    quotation_variant_put,
    quotation_variant_remove,
)
from wadah.demand.services.orders import (
    order_cancel,
    order_correct,
    order_draft,
    order_line_add,
    order_line_hand_over,
    order_line_price,
    order_line_remove,
    order_move,
)
from wadah.demand.services.public import (
    batik_day_put,
    budget_state,
    institution_open,
    row_end,
    small_share_put,
)
from wadah.demand.services.quotations import (
    quotation_accept,
    quotation_decline,
    quotation_send,
    quotation_withdraw,
    quotations_lapse,
)
from wadah.demand.services.requests import request_decline, request_line_match, request_receive, request_withdraw
from wadah.demand.services.sizes import Size, sizes_put, sizes_request

__all__ = [
    "Size",
    "batik_day_put",
    "budget_state",
    "buyer_add",
    "buyer_archive",
    "buyer_bring_back",
    "buyer_contact_add",
    "buyer_contact_invite",
    "buyer_contact_remove",
    "buyer_correct",
    "buyer_put",
    "headcount_record",
    "institution_open",
    "institution_put",
    "mandate_order_create",
    "mandate_phase_put",
    "mandate_rule_put",
    "order_cancel",
    "order_correct",
    "order_draft",
    "order_line_add",
    "order_line_hand_over",
    "order_line_price",
    "order_line_remove",
    "order_move",
    "quotation_accept",
    "quotation_change",
    "quotation_decline",
    "quotation_draft",
    "quotation_send",
    "quotation_variant_put",
    "quotation_variant_remove",
    "quotation_withdraw",
    "quotations_lapse",
    "request_decline",
    "request_line_match",
    "request_receive",
    "request_withdraw",
    "row_end",
    "sizes_put",
    "sizes_request",
    "small_share_put",
]
