"""The chart of a producer cooperative. Codes follow the custom of Indonesian cooperatives' charts; names are said here.

1 assets, 2 liabilities, 3 equity, 4 revenue, 5 direct cost, 6 operating cost, 7 tax. A cooperative adds accounts of its
own between them; the rules (docs/ledger.md) use only these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wadah.ledger.words import Group, Party, Side, Till

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """code: four digits; party: of whom a line names one; manual: whether a journal entry may use it."""

    code: str
    name: _StrPromise
    group: Group
    side: Side
    party: Party | str = ""
    manual: bool = False


CASH, BANK, PETTY = "1101", "1102", "1103"
RECEIVABLE, OWED_BY_MEMBER, ADVANCES, STOCK, WITHHELD = "1110", "1111", "1112", "1122", "1131"
WORK, BUYER_MONEY, SETTLED, ROYALTIES_OWED = "2101", "2103", "2106", "2107"
VOLUNTARY, PPN_OWED, INCOME_TAX_OWED = "2110", "2120", "2121"
SURPLUS_OWED, BOARD_FUND, STAFF_FUND, EDUCATION_FUND, SOCIAL_FUND, AREA_FUND = (
    "2140", "2141", "2142", "2143", "2144", "2145",
)  # fmt: skip
PRINCIPAL, MANDATORY, RESERVE, SURPLUS = "3101", "3102", "3105", "3106"
SALES, FEES, RETURNS, PENALTIES = "4101", "4103", "4109", "4202"
MEMBERS_WORK, OTHERS_WORK, MATERIAL, ROYALTIES, PASSED_ON, STOCK_CHANGE = "5101", "5102", "5103", "5107", "5109", "5110"
INCOME_TAX = "7101"

TILLS = {Till.CASH: CASH, Till.BANK: BANK}

D, C = Side.DEBIT, Side.CREDIT
CHART: tuple[Kind, ...] = (
    Kind(CASH, _("Cash"), Group.CURRENT_ASSET, D, manual=True),
    Kind(BANK, _("Bank"), Group.CURRENT_ASSET, D, manual=True),
    Kind(PETTY, _("Petty cash"), Group.CURRENT_ASSET, D, manual=True),
    Kind(RECEIVABLE, _("Receivables from buyers"), Group.CURRENT_ASSET, D, Party.BUYER),
    Kind(OWED_BY_MEMBER, _("Owed by members"), Group.CURRENT_ASSET, D, Party.IKM),
    Kind(ADVANCES, _("Advances to members"), Group.CURRENT_ASSET, D, Party.IKM),
    Kind("1119", _("Allowance for doubtful receivables"), Group.CURRENT_ASSET, C, manual=True),
    Kind(STOCK, _("Stock"), Group.CURRENT_ASSET, D),
    Kind("1130", _("Input PPN"), Group.CURRENT_ASSET, D, manual=True),
    Kind(WITHHELD, _("Income tax withheld by buyers"), Group.CURRENT_ASSET, D),
    Kind("1140", _("Prepaid costs"), Group.CURRENT_ASSET, D, manual=True),
    Kind("1201", _("Machines and equipment"), Group.FIXED_ASSET, D, manual=True),
    Kind("1202", _("Moulds and dies"), Group.FIXED_ASSET, D, manual=True),
    Kind("1203", _("Vehicles"), Group.FIXED_ASSET, D, manual=True),
    Kind("1209", _("Accumulated depreciation"), Group.FIXED_ASSET, C, manual=True),
    Kind("1301", _("Share in a secondary cooperative"), Group.OTHER_ASSET, D, manual=True),
    Kind(WORK, _("Accepted work, not settled"), Group.CURRENT_LIABILITY, C, Party.IKM),
    Kind("2102", _("Owed to suppliers"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind(BUYER_MONEY, _("Money from buyers, not set against an invoice"), Group.CURRENT_LIABILITY, C, Party.BUYER),
    Kind(SETTLED, _("Settled, to be paid out"), Group.CURRENT_LIABILITY, C, Party.IKM),
    Kind(ROYALTIES_OWED, _("Royalties owed"), Group.CURRENT_LIABILITY, C, Party.MOTIF),
    Kind(VOLUNTARY, _("Voluntary savings of members"), Group.CURRENT_LIABILITY, C, Party.IKM),
    Kind(PPN_OWED, _("Output PPN"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind(INCOME_TAX_OWED, _("Income tax owed"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind("2130", _("Accrued costs"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind(SURPLUS_OWED, _("Surplus owed to members"), Group.CURRENT_LIABILITY, C, Party.IKM),
    Kind(BOARD_FUND, _("Fund for board and supervisors"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind(STAFF_FUND, _("Fund for staff"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind(EDUCATION_FUND, _("Education fund"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind(SOCIAL_FUND, _("Social fund"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind(AREA_FUND, _("Fund for the area"), Group.CURRENT_LIABILITY, C, manual=True),
    Kind("2201", _("Loans"), Group.LONG_LIABILITY, C, manual=True),
    Kind(PRINCIPAL, _("Principal savings of members"), Group.EQUITY, C, Party.IKM),
    Kind(MANDATORY, _("Mandatory savings of members"), Group.EQUITY, C, Party.IKM),
    Kind("3103", _("Participation capital"), Group.EQUITY, C, manual=True),
    Kind("3104", _("Grants"), Group.EQUITY, C, manual=True),
    Kind(RESERVE, _("Reserve"), Group.EQUITY, C),
    Kind(SURPLUS, _("Surplus of the year, not shared yet"), Group.EQUITY, C),
    Kind(SALES, _("Sales of members' work"), Group.REVENUE, C),
    Kind("4102", _("Other sales"), Group.REVENUE, C, manual=True),
    Kind(FEES, _("Fees for orders carried out for members"), Group.REVENUE, C),
    Kind(RETURNS, _("Returned goods and discounts"), Group.REVENUE, D),
    Kind("4201", _("Interest and other revenue"), Group.OTHER_REVENUE, C, manual=True),
    Kind(PENALTIES, _("Penalties for late work"), Group.OTHER_REVENUE, C),
    Kind(MEMBERS_WORK, _("Members' work"), Group.DIRECT_COST, D),
    Kind(OTHERS_WORK, _("Others' work"), Group.DIRECT_COST, D),
    Kind(MATERIAL, _("Material"), Group.DIRECT_COST, D, manual=True),
    Kind("5104", _("Transport"), Group.DIRECT_COST, D, manual=True),
    Kind("5105", _("Inspection and rework"), Group.DIRECT_COST, D, manual=True),
    Kind("5106", _("Scrap"), Group.DIRECT_COST, D, manual=True),
    Kind(ROYALTIES, _("Royalties"), Group.DIRECT_COST, D),
    Kind(PASSED_ON, _("Passed on to makers of agency orders"), Group.DIRECT_COST, C),
    Kind(STOCK_CHANGE, _("Change of stock"), Group.DIRECT_COST, C),
    Kind("6101", _("Board and supervisors"), Group.COST, D, manual=True),
    Kind("6102", _("Wages of staff"), Group.COST, D, manual=True),
    Kind("6103", _("Annual meeting"), Group.COST, D, manual=True),
    Kind("6104", _("Training of members"), Group.COST, D, manual=True),
    Kind("6105", _("Depreciation"), Group.COST, D, manual=True),
    Kind("6106", _("Office and administration"), Group.COST, D, manual=True),
    Kind("6107", _("Doubtful receivables"), Group.COST, D, manual=True),
    Kind("6201", _("Interest on loans"), Group.OTHER_COST, D, manual=True),
    Kind(INCOME_TAX, _("Income tax"), Group.INCOME_TAX, D, manual=True),
)
BY_CODE = {kind.code: kind for kind in CHART}
RESULT_GROUPS = (
    Group.REVENUE,
    Group.OTHER_REVENUE,
    Group.DIRECT_COST,
    Group.COST,
    Group.OTHER_COST,
    Group.INCOME_TAX,
)
"""Accounts that begin each year at zero (P13)."""
