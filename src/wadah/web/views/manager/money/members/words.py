"""Words of the pages about members' money: the ways between them, and what their histories tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

WAYS: list[tuple[str, Words]] = [
    ("settlements", gettext_lazy("Settlements")),
    ("advances", gettext_lazy("Advances")),
    ("debtors", gettext_lazy("Owed by members")),
    ("savings", gettext_lazy("Savings")),
    ("payout_accounts", gettext_lazy("Bank accounts")),
    ("royalties", gettext_lazy("Royalties")),
    ("member_terms", gettext_lazy("What members agreed on")),
]
ACTS = {
    "settlement_prepare": gettext_lazy("Prepared"),
    "settlement_lock": gettext_lazy("Locked"),
    "settlement_discard": gettext_lazy("Thrown away"),
    "payout_make": gettext_lazy("Paid out"),
    "payout_bank_file": gettext_lazy("File for the bank made"),
    "payout_row_bounce": gettext_lazy("Payment taken back"),
    "advance_give": gettext_lazy("Advance given"),
    "advance_take_back": gettext_lazy("Advance taken back"),
    "repayment_take": gettext_lazy("Paid back"),
    "repayment_take_back": gettext_lazy("Taken back"),
    "saving_pay_in": gettext_lazy("Paid in"),
    "saving_pay_out": gettext_lazy("Given back"),
    "saving_take_back": gettext_lazy("Taken back"),
    "payout_account_set": gettext_lazy("Entered"),
    "payout_account_reveal": gettext_lazy("The whole number was looked at"),
    "terms_set": gettext_lazy("Agreed on"),
    "royalty_pay": gettext_lazy("Royalty paid"),
    "royalty_take_back": gettext_lazy("Royalty taken back"),
}
FIELDS = {
    "until": gettext_lazy("Up to"),
    "makers": gettext_lazy("Makers"),
    "number": gettext_lazy("Number"),
    "net": gettext_lazy("Net"),
    "till": gettext_lazy("Cash or bank"),
    "settlement": gettext_lazy("Settlement"),
    "rows": gettext_lazy("Rows"),
    "kind": gettext_lazy("Kind"),
    "on": gettext_lazy("Day"),
    "rupiah": gettext_lazy("Rupiah"),
    "debt": gettext_lazy("Of it for pieces that came back"),
    "what": gettext_lazy("For what"),
    "note": gettext_lazy("Note"),
    "bank": gettext_lazy("Bank"),
    "holder": gettext_lazy("Holder"),
    "decided_by": gettext_lazy("Decided by"),
    "principal_saving_rupiah": gettext_lazy("Principal savings, once"),
    "mandatory_saving_rupiah_month": gettext_lazy("Mandatory savings a month"),
    "voluntary_percent": gettext_lazy("Voluntary savings, % of pay"),
    "recovery_percent_max": gettext_lazy("Taken for advances, % of pay at most"),
    "penalty_percent_week": gettext_lazy("Fine a week late, %"),
    "penalty_cap_percent": gettext_lazy("Fine, % at most"),
}


def ways(request: HttpRequest) -> list[tuple[str, Words, bool]]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [(reverse(name), words, here == name) for name, words in WAYS]
