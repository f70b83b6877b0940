"""Taxes as dated facts, each with its regulation and how sure it is, and what follows from them. Pure.

FACTS is what `taxes_lay_out` writes into TaxRate rows; nothing else in the code knows a percentage. When a law changes,
its fact gets a `valid_until` and the new law's is added below; invoices and payments name the row that they were made
by. sure: "B" read in two sources or more, "C" to be asked of an adviser (nobody has read the laws themselves: "A").
The words of a source are message ids, translated where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.utils.translation import gettext_noop

from wadah.ledger.words import TaxKind
from wadah.units import Rupiah, rupiah_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Rate(Protocol):
    """What a rate holds, in a fact as in a row."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def percent(self) -> Decimal: ...
    @property
    def base_numerator(self) -> int: ...
    @property
    def base_denominator(self) -> int: ...
    @property
    def above_rupiah(self) -> int: ...
    @property
    def turnover_max_rupiah(self) -> int: ...
    @property
    def fixed_rupiah(self) -> int: ...


R = TypeVar("R", bound=Rate)


@dataclass(frozen=True, slots=True)
class Fact:
    """The columns of a TaxRate."""

    kind: str
    valid_from: date
    source: str
    percent: Decimal = Decimal(0)
    valid_until: date | None = None
    base_numerator: int = 1
    base_denominator: int = 1
    above_rupiah: int = 0
    turnover_max_rupiah: int = 0
    fixed_rupiah: int = 0
    code: str = ""
    sure: str = "C"


TURNOVER_MAX = 4_800_000_000
THOUSAND = 1_000
HPP = "UU 7/2021 (HPP), UU PPN 7"
PMK_131 = gettext_noop("UU 7/2021 Art. 7; PMK 131/2024 (11/12 of the price); PER-1/PJ/2025")
GOODS = gettext_noop(
    "UU PPh Art. 22; PMK 34/PMK.010/2017, PMK 59/PMK.03/2022: public treasurers, goods above Rp2 million before PPN"
)
FACTS: tuple[Fact, ...] = (
    Fact(TaxKind.PPN, date(2022, 4, 1), HPP, Decimal(11), date(2024, 12, 31), code="01"),
    Fact(TaxKind.PPN, date(2025, 1, 1), PMK_131, Decimal(12), None, 11, 12, code="04", sure="B"),
    Fact(TaxKind.PPN_COLLECTOR, date(2022, 4, 1), HPP, Decimal(11), date(2024, 12, 31), code="02"),
    Fact(TaxKind.PPN_COLLECTOR, date(2025, 1, 1), PMK_131, Decimal(12), None, 11, 12, code="02"),
    Fact(TaxKind.PPN_LUXURY, date(2025, 1, 1), "UU 7/2021; PMK 131/2024", Decimal(12), code="01"),
    Fact(
        TaxKind.FINAL_INCOME,
        date(2013, 7, 1),
        "PP 46/2013",
        Decimal(1),
        date(2018, 6, 30),
        turnover_max_rupiah=TURNOVER_MAX,
    ),
    Fact(
        TaxKind.FINAL_INCOME,
        date(2018, 7, 1),
        "PP 23/2018",
        Decimal("0.5"),
        date(2022, 12, 19),
        turnover_max_rupiah=TURNOVER_MAX,
    ),
    Fact(
        TaxKind.FINAL_INCOME,
        date(2022, 12, 20),
        gettext_noop(
            "PP 55/2022 Art. 56-59: a cooperative for 4 tax years; longer was announced in October 2025, no law found"
        ),
        Decimal("0.5"),
        turnover_max_rupiah=TURNOVER_MAX,
        sure="B",
    ),
    Fact(TaxKind.PPH22, date(2017, 3, 1), GOODS, Decimal("1.5"), above_rupiah=2_000_000),
    Fact(
        TaxKind.PPH22_CERTIFIED,
        date(2022, 12, 20),
        gettext_noop("PP 55/2022 Art. 60; PMK 164/2023: in place of PPh 22 where the certificate is shown"),
        Decimal("0.5"),
    ),
    Fact(
        TaxKind.PPH23,
        date(2009, 1, 1),
        gettext_noop("UU 36/2008 Art. 23 (1) c; PMK 141/PMK.03/2015: services"),
        Decimal(2),
    ),
    Fact(
        TaxKind.SAVINGS_INTEREST,
        date(2009, 1, 1),
        gettext_noop("PP 15/2009: final, on members' interest above Rp240,000 a month; not on a share of the surplus"),
        Decimal(10),
        above_rupiah=240_000,
    ),
    Fact(
        TaxKind.STAMP,
        date(2021, 1, 1),
        gettext_noop("UU 10/2020: papers that name more than Rp5 million"),
        above_rupiah=5_000_000,
        fixed_rupiah=10_000,
    ),
    Fact(
        TaxKind.ANNUAL,
        date(2022, 1, 1),
        gettext_noop(
            "UU 36/2008 Art. 17 (1) b as UU 7/2021 (HPP) has it: of the taxable income, down to whole thousands"
        ),
        Decimal(22),
    ),
    Fact(
        TaxKind.ANNUAL_SMALL,
        date(2022, 1, 1),
        gettext_noop("UU 36/2008 Art. 31E: half the rate where the turnover isn't above Rp4.8 billion"),
        Decimal(22),
        None,
        1,
        2,
        turnover_max_rupiah=TURNOVER_MAX,
    ),
    Fact(
        TaxKind.CREDIT_ANNUAL,
        date(2009, 1, 1),
        gettext_noop(
            "UU 36/2008 Art. 28 (1): counts in full; what is more is asked back or carried forward (Art. 28A)"
        ),
        Decimal(100),
    ),
    Fact(
        TaxKind.CREDIT_FINAL,
        date(2013, 7, 1),
        gettext_noop("PP 46/2013, PP 23/2018, PP 55/2022: not against a final tax; asked back (PMK 187/PMK.03/2015)"),
        Decimal(0),
    ),
)

PPN_KINDS = (TaxKind.PPN, TaxKind.PPN_COLLECTOR, TaxKind.PPN_LUXURY)
WITHHELD_KINDS = (TaxKind.PPH22, TaxKind.PPH22_CERTIFIED, TaxKind.PPH23, TaxKind.PPN_COLLECTOR)
"""What a buyer may keep back of an invoice and pay to the state for us."""


def rate_held(rates: Iterable[R], on: date) -> R | None:
    """The latest of these rates that holds on a day; None where there is none: then there is no figure."""
    held = [rate for rate in rates if rate.valid_from <= on and (rate.valid_until is None or on <= rate.valid_until)]
    return max(held, key=lambda rate: rate.valid_from, default=None)


def tax_rupiah(rate: Rate, amount: int) -> Rupiah:
    """What a rate comes to on an amount (rupiah ≥ 0), rounded to the nearest rupiah once; 0 up to its threshold."""
    if amount <= rate.above_rupiah:
        return Rupiah(0)
    if rate.fixed_rupiah:
        return Rupiah(rate.fixed_rupiah)
    base = Fraction(rate.base_numerator, rate.base_denominator)
    return rupiah_of(amount * base * Fraction(rate.percent) / 100)


def year_tax(rate: Rate, taxable: int) -> Rupiah:
    """Of the taxable income of a year, rounded down to whole thousands (UU PPh Art. 17 (4))."""
    return tax_rupiah(rate, max(taxable, 0) // THOUSAND * THOUSAND)


def credit_of(rate: Rate, kept: int, owed: int) -> int:
    """How much of what was kept back counts against a tax: the rate's part of it, and no more than is owed."""
    return min(tax_rupiah(rate, max(kept, 0)), max(owed, 0))


def effective_percent(rate: Rate) -> Decimal:
    """The percentage of the whole amount: 12 % of 11/12 is 11."""
    return rate.percent * rate.base_numerator / rate.base_denominator
