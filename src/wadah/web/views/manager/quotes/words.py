"""Words of the histories of requests and quotations, of a price's lines, and of what stops an order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTS = {
    "request_receive": _("Received"),
    "request_line_match": _("Part chosen"),
    "request_decline": _("Declined"),
    "request_withdraw": _("Taken back by the buyer"),
    "quotation_draft": _("Drafted"),
    "quotation_change": _("Changed"),
    "quotation_variant_put": _("Variant written"),
    "quotation_send": _("Sent"),
    "quotation_accept": _("Accepted"),
    "quotation_decline": _("Declined"),
    "quotation_withdraw": _("Withdrawn"),
    "quotations_lapse": _("Lapsed"),
}
FIELDS = {
    "number": _("Number"),
    "request": _("Request"),
    "buyer": _("Buyer"),
    "cooperative": _("Cooperative"),
    "status": _("Status"),
    "received_on": _("Received on"),
    "channel": _("How it came"),
    "note": _("Note"),
    "text": _("Message"),
    "answer": _("Answer"),
    "valid_until": _("Valid until"),
    "margin_percent": _("Margin"),
    "late_penalty_percent_week": _("Penalty a week late, in percent"),
    "late_penalty_cap_percent": _("Penalty at most, in percent"),
    "reserves_hours": _("Keeps hours free"),
    "sent_at": _("Sent"),
    "answered_at": _("Answered"),
    "answered_how": _("How it was answered"),
    "answered_by": _("Signed by"),
    "letter_reference": _("Reference"),
    "letter_on": _("Date of the letter or call"),
    "reason": _("Reason"),
    "check_code": _("Check code of the letter"),
    "simulated": _("Simulated"),
}
KINDS = {
    "material": _("Material"),
    "pay": _("Pay"),
    "transport": _("Transport"),
    "setup": _("Setting up"),
    "royalty": _("Royalty"),
    "overtime": _("Overtime"),
    "cost": _("Cost"),
    "margin": _("Margin"),
    "moving": _("For moving other work"),
    "price": _("Price"),
}
SURE = {
    "proven": _("Proven: no earlier day and no larger quantity exists."),
    "found": _("Found: it can be kept; a better one may exist."),
}
STOPS = {
    "too_early": _("The day wanted is too early: nothing can leave by then."),
    "no_maker": _("Nobody in the cooperative may make %(part)s. Approve a workshop that can, or buy it."),
    "hours_full": _("Those who make %(part)s have too few hours by then."),
    "rules": _("Smallest lots, whole pieces or the rule of several makers stand in the way at %(part)s."),
}
