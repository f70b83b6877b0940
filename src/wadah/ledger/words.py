"""Words that a field may hold, with what people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """The side on which an account grows."""

    DEBIT = "debit", _("debit")
    CREDIT = "credit", _("credit")


class Group(TextChoices):
    """Where an account stands in the reports."""

    CURRENT_ASSET = "current_asset", _("current assets")
    FIXED_ASSET = "fixed_asset", _("fixed assets")
    OTHER_ASSET = "other_asset", _("other assets")
    CURRENT_LIABILITY = "current_liability", _("short-term liabilities")
    LONG_LIABILITY = "long_liability", _("long-term liabilities")
    EQUITY = "equity", _("equity")
    REVENUE = "revenue", _("revenue")
    OTHER_REVENUE = "other_revenue", _("other revenue")
    DIRECT_COST = "direct_cost", _("direct cost")
    COST = "cost", _("operating cost")
    OTHER_COST = "other_cost", _("other cost")
    INCOME_TAX = "income_tax", _("income tax")


class Party(TextChoices):
    """Of whom each line of an account must name one: its sub-ledger."""

    IKM = "ikm", _("maker")
    BUYER = "buyer", _("buyer")
    MOTIF = "motif", _("motif")


class Rule(TextChoices):
    """Which event leads to which debit and credit: the numbers of docs/ledger.md."""

    ACCEPTED = "P1", _("accepted work")
    INVOICE = "P2", _("invoice")
    CREDIT_NOTE = "P3", _("credit note")
    PAYMENT = "P4", _("payment from a buyer")
    ALLOCATION = "P5", _("payment set against an invoice")
    ADVANCE = "P6", _("advance to a member")
    SETTLEMENT = "P7", _("settlement")
    PAYOUT = "P8", _("paid out")
    SAVING = "P9", _("savings")
    JOURNAL = "P10", _("journal entry")
    STOCK = "P11", _("stock count")
    INCOME_TAX = "P12", _("income tax")
    YEAR_CLOSE = "P13", _("year closed")
    SURPLUS = "P14", _("surplus shared")
    SURPLUS_PAYOUT = "P15", _("share of the surplus paid out")
    ROYALTY_PAYOUT = "P16", _("royalty paid out")
    REVERSAL = "P17", _("reversal")
    REFUND = "P18", _("paid back to a buyer")
    REPAYMENT = "P19", _("paid back by a member")
    OPENING = "P20", _("opening balances")
    YEAR_TAX = "P21", _("tax of the year, and what was kept back for it")


class Till(TextChoices):
    """Where money comes in or goes out; the account code of each is in rules/chart.py."""

    CASH = "cash", _("cash")
    BANK = "bank", _("bank")


class SoldAs(TextChoices):
    """principal: the cooperative buys and resells, the whole price is its turnover; agent: only its fee is."""

    PRINCIPAL = "principal", _("in its own name (the whole price is turnover)")
    AGENT = "agent", _("for its members (only the fee is turnover)")


class TaxKind(TextChoices):
    PPN = "ppn", _("value added tax (PPN)")
    PPN_COLLECTOR = "ppn_collector", _("value added tax that a public treasurer pays for us (PPN)")
    PPN_LUXURY = "ppn_luxury", _("value added tax on luxury goods (PPN)")
    FINAL_INCOME = "final_income", _("final income tax (PPh final)")
    PPH22 = "pph22", _("withheld by a public treasurer on goods (PPh 22)")
    PPH22_CERTIFIED = "pph22_certified", _("withheld on goods with a certificate (PPh final in place of PPh 22)")
    PPH23 = "pph23", _("withheld on services (PPh 23)")
    SAVINGS_INTEREST = "savings_interest", _("final tax on members' savings interest")
    STAMP = "stamp", _("stamp duty (meterai)")
    ANNUAL = "annual", _("income tax of the year")
    ANNUAL_SMALL = "annual_small", _("income tax of the year, small turnover")
    CREDIT_ANNUAL = "credit_annual", _("PPh 22 and 23 kept back: counts against the tax of the year")
    CREDIT_FINAL = "credit_final", _("PPh 22 and 23 kept back: counts against the final tax")


class SavingKind(TextChoices):
    """principal and mandatory are equity, given back only on leaving; voluntary is a debt of the cooperative."""

    PRINCIPAL = "pokok", _("principal savings (pokok)")
    MANDATORY = "wajib", _("mandatory savings (wajib)")
    VOLUNTARY = "sukarela", _("voluntary savings (sukarela)")


class AdvanceKind(TextChoices):
    MONEY = "money", _("money")
    MATERIAL = "material", _("material")


class SettlementStatus(TextChoices):
    """draft: a preview that may be thrown away; locked: posted, by two people; paid: nothing is left to pay out."""

    DRAFT = "draft", _("preview")
    LOCKED = "locked", _("locked")
    PAID = "paid", _("paid out")


class OpeningKind(TextChoices):
    """Of what a line of opening balances is."""

    ACCOUNT = "account", _("account")
    PRINCIPAL = "pokok", _("principal savings (pokok)")
    MANDATORY = "wajib", _("mandatory savings (wajib)")
    VOLUNTARY = "sukarela", _("voluntary savings (sukarela)")
    ADVANCE = "advance", _("advance")
    INVOICE = "invoice", _("open invoice")


class OpeningStatus(TextChoices):
    """draft: may be changed; locked: posted, by two people; back: taken back, another may be prepared."""

    DRAFT = "draft", _("being prepared")
    LOCKED = "locked", _("locked")
    BACK = "back", _("taken back")


class YearStatus(TextChoices):
    """proposed: waits for a second person; closed: posted; shared: the meeting's decision is carried out."""

    PROPOSED = "proposed", _("waits for a second person")
    CLOSED = "closed", _("closed")
    SHARED = "shared", _("shared")


class Pool(TextChoices):
    """What a surplus is split into; the annual meeting sets the percentages, and they add up to exactly 100."""

    RESERVE = "reserve", _("reserve (dana cadangan)")
    PATRONAGE = "patronage", _("to members by their work (jasa usaha)")
    CAPITAL = "capital", _("to members by their savings (jasa modal)")
    BOARD = "board", _("board and supervisors")
    STAFF = "staff", _("staff")
    EDUCATION = "education", _("education")
    SOCIAL = "social", _("social fund")
    AREA = "area", _("development of the area")


class PatronageBase(TextChoices):
    """What a member's work is measured by, as the annual meeting says."""

    PAY = "pay", _("pay for accepted work")
    HOURS = "hours", _("hours in accepted work")
