"""A buyer's own pages, and papers. Their objects are made by addresses.demand."""

from addresses import BUYER, EVERYBODY, MANAGER, OTHER_BUYER, OTHER_MANAGER, Rule

REQUEST, QUOTATION = {"number": "request"}, {"number": "quotation"}
RULES = {
    "buyer": Rule({BUYER, OTHER_BUYER}),
    "buyer_requests": Rule({BUYER, OTHER_BUYER}),
    "buyer_request_add": Rule({BUYER, OTHER_BUYER}),
    "buyer_request_example": Rule({BUYER, OTHER_BUYER, MANAGER, OTHER_MANAGER}, arguments={"kind": "kind of file"}),
    "buyer_request": Rule({BUYER}, arguments=REQUEST),
    "buyer_request_withdraw": Rule({BUYER}, arguments=REQUEST),
    "buyer_quotation": Rule({BUYER}, arguments=QUOTATION),
    "buyer_quotation_accept": Rule({BUYER}, arguments=QUOTATION | {"code": "=A"}),
    "buyer_quotation_decline": Rule({BUYER}, arguments=QUOTATION),
    "quotation_paper": Rule({MANAGER, BUYER}, arguments=QUOTATION),
    "order_paper": Rule({MANAGER, BUYER}, arguments={"number": "order"}),
    "paper_check": Rule(EVERYBODY, arguments={"number": "quotation", "code": "check"}),
}


def build(cast, users):
    return {"kind of file": "csv"}
