"""What money came in and went out for (cash flow, direct method): told by the account on the other side. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wadah.ledger.rules import chart
from wadah.ledger.words import Group

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CASH_ACCOUNTS = (chart.CASH, chart.BANK, chart.PETTY)


@dataclass(frozen=True, slots=True)
class Flow:
    """part: one of PARTS; name: as it stands in the report."""

    key: str
    part: str
    name: _StrPromise


OPERATING, INVESTING, FINANCING = "operating", "investing", "financing"
PARTS = {
    OPERATING: _("From the business"),
    INVESTING: _("For machines and holdings"),
    FINANCING: _("Members' capital, loans and surplus"),
}
FLOWS = tuple(
    Flow(*columns)
    for columns in (
        ("buyers", OPERATING, _("Received from buyers")),
        ("members", OPERATING, _("Paid to members for their work")),
        ("royalties", OPERATING, _("Paid to holders of motifs")),
        ("material", OPERATING, _("Paid for material")),
        ("costs", OPERATING, _("Paid for running the cooperative")),
        ("taxes", OPERATING, _("Taxes")),
        ("other", OPERATING, _("Other")),
        ("equipment", INVESTING, _("Machines, moulds, vehicles")),
        ("holdings", INVESTING, _("Holdings in others")),
        ("savings", FINANCING, _("Members' savings")),
        ("loans", FINANCING, _("Loans")),
        ("capital", FINANCING, _("Participation and grants")),
        ("surplus", FINANCING, _("Surplus and funds paid out")),
    )
)
BY_ACCOUNT = {
    **dict.fromkeys([chart.RECEIVABLE, chart.WITHHELD, chart.BUYER_MONEY], "buyers"),
    **dict.fromkeys([chart.OWED_BY_MEMBER, chart.ADVANCES, chart.WORK, chart.SETTLED], "members"),
    **dict.fromkeys([chart.MEMBERS_WORK, chart.OTHERS_WORK], "members"),
    **dict.fromkeys([chart.ROYALTIES_OWED, chart.ROYALTIES], "royalties"),
    **dict.fromkeys([chart.MATERIAL, chart.STOCK, "2102"], "material"),
    **dict.fromkeys([chart.PPN_OWED, chart.INCOME_TAX_OWED, "1130"], "taxes"),
    **dict.fromkeys(["1140", "2130"], "costs"),
    **dict.fromkeys([chart.VOLUNTARY, chart.PRINCIPAL, chart.MANDATORY], "savings"),
    **dict.fromkeys([chart.SURPLUS_OWED, chart.RESERVE, chart.SURPLUS], "surplus"),
    **dict.fromkeys([chart.BOARD_FUND, chart.STAFF_FUND, chart.EDUCATION_FUND], "surplus"),
    **dict.fromkeys([chart.SOCIAL_FUND, chart.AREA_FUND], "surplus"),
}
BY_GROUP = {
    Group.CURRENT_ASSET: "other",
    Group.FIXED_ASSET: "equipment",
    Group.OTHER_ASSET: "holdings",
    Group.CURRENT_LIABILITY: "other",
    Group.LONG_LIABILITY: "loans",
    Group.EQUITY: "capital",
    Group.REVENUE: "buyers",
    Group.OTHER_REVENUE: "other",
    Group.DIRECT_COST: "costs",
    Group.COST: "costs",
    Group.OTHER_COST: "costs",
    Group.INCOME_TAX: "taxes",
}


def flow_of(code: str, group: str) -> str:
    """Key of FLOWS for money whose other side is this account."""
    return BY_ACCOUNT.get(code) or BY_GROUP[Group(group)]
