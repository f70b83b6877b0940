"""What was done with a year, in words for its history."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "year_propose": _("proposed"),
    "year_withdraw": _("proposal withdrawn"),
    "year_close": _("closed"),
    "meeting_record": _("decision recorded"),
    "meeting_withdraw": _("decision taken out"),
    "surplus_share": _("shared"),
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
