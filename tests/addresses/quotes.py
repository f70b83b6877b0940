"""Requests that came in, the answer, quotations; they share what demand.py builds."""

from addresses import MANAGER, OTHER_MANAGER, Rule

MANAGERS = {MANAGER, OTHER_MANAGER}
REQUEST = Rule({MANAGER}, arguments={"number": "request"})
QUOTATION = Rule({MANAGER}, arguments={"number": "quotation"})

RULES = {
    "requests": Rule(MANAGERS),
    "request_add": Rule(MANAGERS),
    "request": REQUEST,
    "request_match": Rule({MANAGER}, arguments={"number": "request", "line_no": "order_line"}),
    "request_refuse": REQUEST,
    "request_answer": REQUEST,
    "request_quote": Rule({MANAGER}, arguments={"number": "request"}, method="post"),
    "quotation": QUOTATION,
    "quotation_edit": QUOTATION,
    "quotation_post": QUOTATION,
    "quotation_pull": QUOTATION,
    "quotation_letter": QUOTATION,
    "quotation_refused": QUOTATION,
}
