"""P2 to P5 and P18 on plain values: what an invoice, a credit note, a payment come to, and their postings. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wadah.ledger.rules import chart
from wadah.ledger.rules.drafts import balanced, credit, debit
from wadah.ledger.rules.taxes import PPN_KINDS
from wadah.units import Rupiah, rupiah_of, share_rupiah

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from wadah.ledger.rules.drafts import Line


@dataclass(frozen=True, slots=True)
class Sold:
    """Pieces of a lot that are invoiced, or taken off again, for so many rupiah."""

    lot: int
    pieces: Decimal
    rupiah: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Of an invoice, or of a part of it. fee: of net, the cooperative's own where it is an agent; total = net + tax."""

    net: int
    fee: int
    tax: int

    @property
    def total(self) -> int:
        return self.net + self.tax


def fee_rupiah(net: int, fee_percent: Decimal) -> Rupiah:
    """The agent's fee, rounded once."""
    return rupiah_of(net * Fraction(fee_percent) / 100)


def part_of(whole: Sums, net: int) -> Sums:
    """What belongs to the first `net` rupiah (0 … whole.net) of an invoice: fee and tax in proportion, rounded once.

    Notes are differences of this, so however many there are, they add up to the whole.
    """
    share = Fraction(net, whole.net)
    return Sums(net, rupiah_of(whole.fee * share), rupiah_of(whole.tax * share))


def note_sums(whole: Sums, before: int, net: int) -> Sums:
    """What the next credit note over `net` takes off, after earlier ones over `before` rupiah net."""
    first, last = part_of(whole, before), part_of(whole, before + net)
    return Sums(net, last.fee - first.fee, last.tax - first.tax)


def pieces_rupiah(line_rupiah: int, line_pieces: Decimal, pieces: Decimal) -> Rupiah:
    """What the first `pieces` of an invoice line cost; all of them cost the whole line."""
    return rupiah_of(line_rupiah * Fraction(pieces) / Fraction(line_pieces))


def invoice_lines(buyer: int, sold: Sequence[Sold], sums: Sums, *, agent: bool) -> tuple[Line, ...]:
    """P2. Revenue (or fee, and what is passed on) lot by lot; one line each for the buyer and for PPN."""
    lines = [debit(chart.RECEIVABLE, sums.total, buyer=buyer)]
    fees = share_rupiah(Rupiah(sums.fee), [one.rupiah for one in sold])
    for one, fee in zip(sold, fees, strict=True):
        of = {"lot": one.lot, "pieces": one.pieces}
        if agent:
            lines += [credit(chart.FEES, fee, **of), credit(chart.PASSED_ON, one.rupiah - fee, **of)]
        else:
            lines.append(credit(chart.SALES, one.rupiah, **of))
    return balanced([*lines, credit(chart.PPN_OWED, sums.tax)])


def note_lines(buyer: int, sold: Sequence[Sold], sums: Sums, *, agent: bool) -> tuple[Line, ...]:
    """P3."""
    lines = []
    fees = share_rupiah(Rupiah(sums.fee), [one.rupiah for one in sold])
    for one, fee in zip(sold, fees, strict=True):
        of = {"lot": one.lot, "pieces": one.pieces}
        if agent:
            lines += [debit(chart.FEES, fee, **of), debit(chart.PASSED_ON, one.rupiah - fee, **of)]
        else:
            lines.append(debit(chart.RETURNS, one.rupiah, **of))
    return balanced([*lines, debit(chart.PPN_OWED, sums.tax), credit(chart.RECEIVABLE, sums.total, buyer=buyer)])


def payment_lines(buyer: int, till: str, rupiah: int, withheld: int, withheld_kind: str) -> tuple[Line, ...]:
    """P4. Income tax that was kept back is a claim on the state; PPN that was kept back is owed no more."""
    kept = chart.PPN_OWED if withheld_kind in PPN_KINDS else chart.WITHHELD
    return balanced(
        (
            debit(chart.TILLS[till], rupiah),  # type: ignore[index]
            debit(kept, withheld),
            credit(chart.BUYER_MONEY, rupiah + withheld, buyer=buyer),
        )
    )


def allocation_lines(buyer: int, rupiah: int) -> tuple[Line, ...]:
    """P5. Below zero: taken back."""
    return balanced((debit(chart.BUYER_MONEY, rupiah, buyer=buyer), credit(chart.RECEIVABLE, rupiah, buyer=buyer)))


def refund_lines(buyer: int, till: str, rupiah: int) -> tuple[Line, ...]:
    """P18."""
    return balanced((debit(chart.BUYER_MONEY, rupiah, buyer=buyer), credit(chart.TILLS[till], rupiah)))  # type: ignore[index]


def income_tax_lines(rupiah: int, withheld: int) -> tuple[Line, ...]:
    """P12. What public treasurers paid already is owed no more."""
    return balanced(
        (
            debit(chart.INCOME_TAX, rupiah),
            credit(chart.WITHHELD, withheld),
            credit(chart.INCOME_TAX_OWED, rupiah - withheld),
        )
    )


def year_tax_lines(rupiah: int, credited: int) -> tuple[Line, ...]:
    """P21. rupiah: of the year, 0 where the final tax was paid by months; credited: what was kept back for it."""
    return balanced(
        (
            debit(chart.INCOME_TAX, rupiah),
            credit(chart.WITHHELD, credited),
            credit(chart.INCOME_TAX_OWED, rupiah - credited),
        )
    )
