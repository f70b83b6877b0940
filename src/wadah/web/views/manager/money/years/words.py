"""What was done with a year, in words for its history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wadah.ledger.words import Pool, Till
from wadah.units import rupiah_text

ACTS = {
    "year_propose": _("proposed"),
    "year_withdraw": _("proposal withdrawn"),
    "year_close": _("year closed"),
    "meeting_record": _("decision recorded"),
    "meeting_withdraw": _("decision taken out"),
    "surplus_share": _("surplus shared"),
    "surplus_pay": _("paid out"),
    "surplus_bank_lines": _("file for the bank taken"),
    "surplus_payout_reverse": _("payment taken back"),
}
FIELDS = {
    "year": _("Year"),
    "result": _("Result"),
    "members_part": _("From members' business"),
    "status": _("State"),
    "reference": _("Number of the minutes"),
    "held_on": _("Day of the annual meeting"),
    "percents": _("Percentages"),
    "reserve": _("Reserve"),
    "patronage": _("By work"),
    "capital": _("By savings"),
    "board": _("Board and supervisors"),
    "staff": _("Staff"),
    "education": _("Education"),
    "social": _("Social fund"),
    "area": _("Development of the area"),
    "shares": _("Members"),
    "members": _("Members"),
    "till": _("How"),
    "first": _("First number"),
    "last": _("Last number"),
    "rows": _("Payments"),
}


def rupiah_told(value: Any) -> str:
    return rupiah_text(int(value))


VALUES = {
    **dict.fromkeys(["result", "members_part", *Pool.values], rupiah_told),
    "till": lambda value: str(Till(value).label),
}
"""How a history tells what is kept as a bare number or word."""
