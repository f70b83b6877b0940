"""Opening balances as they were typed become lines, each of an account and, where it has one, of its party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.ledger.models import OpeningLine
from wadah.ledger.rules.chart import BY_CODE
from wadah.ledger.rules.opening import same_name
from wadah.ledger.selectors.openings import ACCOUNT_OF, BROUGHT_BY, buyers_named, members_named
from wadah.ledger.services.books import accounts_by_code
from wadah.ledger.words import OpeningKind
from wadah.units import rupiah_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from wadah.ledger.models import Account
    from wadah.ledger.rules.opening import AccountRow, InvoiceRow, MemberRow
    from wadah.register.models import Cooperative


@dataclass(frozen=True, slots=True)
class Balances:
    """What was typed, by table (rules/opening.py)."""

    accounts: Sequence[AccountRow] = ()
    members: Sequence[MemberRow] = ()
    invoices: Sequence[InvoiceRow] = ()


def lines_of(cooperative: Cooperative, on: dt.date, balances: Balances) -> list[OpeningLine]:
    """In the order of the tables. Raises Refused that names the row."""
    accounts = accounts_by_code(cooperative)
    own = [
        *member_lines(cooperative, balances.members, accounts),
        *invoice_lines(cooperative, on, balances.invoices, accounts),
    ]
    return [*account_lines(balances.accounts, accounts, own), *own]


def account_lines(
    rows: Iterable[AccountRow], accounts: Mapping[str, Account], own: Sequence[OpeningLine]
) -> list[OpeningLine]:
    """Of accounts without a sub-ledger; what stands on one with a sub-ledger has to be the sum of it."""
    found, seen = [], set()
    for row in rows:
        account, told = accounts.get(row.code), {"row": row.row, "code": row.code}
        if account is None:
            raise Refused(_("Row %(row)s: there is no account %(code)s.") % told, field="accounts")
        if row.code in seen:
            raise Refused(_("Row %(row)s: account %(code)s stands there twice.") % told, field="accounts")
        seen.add(row.code)
        if row.code in BROUGHT_BY:
            control_check(row, own)
        elif account.party:
            words = _(
                "Row %(row)s: balances of %(code)s can't be brought. Pay out before what it holds, or bring it as owed"
                " to suppliers (2102), accrued costs (2130), or members' advances."
            )
            raise Refused(words % told, field="accounts")
        else:
            found.append(OpeningLine(kind=OpeningKind.ACCOUNT, account=account, debit=row.debit, credit=row.credit))
    return found


def control_check(row: AccountRow, own: Sequence[OpeningLine]) -> None:
    stands = row.debit - row.credit
    adds_up = sum(line.debit - line.credit for line in own if line.account.code == row.code)
    if stands == adds_up:
        return
    told = {
        "row": row.row,
        "account": f"{row.code} {BY_CODE[row.code].name}",
        "stands": rupiah_text(abs(stands)),
        "sum": rupiah_text(abs(adds_up)),
        "gap": rupiah_text(abs(stands - adds_up)),
    }
    words = _(
        "Row %(row)s: %(account)s is %(stands)s, and its members or invoices below come to %(sum)s: they differ by"
        " %(gap)s."
    )
    raise Refused(words % told, field="accounts")


def member_lines(
    cooperative: Cooperative, rows: Iterable[MemberRow], accounts: Mapping[str, Account]
) -> list[OpeningLine]:
    by_name: dict[str, dict[int, Any]] = {}
    for ikm, *names in members_named(cooperative.pk):
        for name in names:
            by_name.setdefault(same_name(name), {})[ikm.pk] = ikm
    found, seen = [], set()
    for row in rows:
        ikm = one_named(by_name.get(same_name(row.name), {}), row.row, row.name, field="members")
        if ikm.pk in seen:
            told = {"row": row.row, "name": row.name}
            raise Refused(_("Row %(row)s: “%(name)s” stands there twice.") % told, field="members")
        seen.add(ikm.pk)
        for kind, rupiah in (
            (OpeningKind.PRINCIPAL, row.pokok),
            (OpeningKind.MANDATORY, row.wajib),
            (OpeningKind.VOLUNTARY, row.sukarela),
            (OpeningKind.ADVANCE, row.advance),
        ):
            side = "debit" if kind == OpeningKind.ADVANCE else "credit"
            if rupiah:
                account = accounts[ACCOUNT_OF[kind]]
                found.append(OpeningLine(kind=kind, account=account, ikm=ikm, **{side: rupiah}))
    return found


def invoice_lines(
    cooperative: Cooperative, on: dt.date, rows: Sequence[InvoiceRow], accounts: Mapping[str, Account]
) -> list[OpeningLine]:
    by_name: dict[str, dict[int, Any]] = {}
    for buyer in buyers_named(cooperative.pk) if rows else ():
        by_name.setdefault(same_name(buyer.name), {})[buyer.pk] = buyer
    found, seen = [], set()
    for row in rows:
        told = {"row": row.row, "name": row.number}
        if not row.number:
            raise Refused(_("Row %(row)s: write the number of the invoice.") % told, field="invoices")
        if row.number in seen:
            raise Refused(_("Row %(row)s: “%(name)s” stands there twice.") % told, field="invoices")
        if row.on >= on:
            words = _("Row %(row)s: invoice “%(name)s” isn't older than the balances.")
            raise Refused(words % told, field="invoices")
        seen.add(row.number)
        found.append(
            OpeningLine(
                kind=OpeningKind.INVOICE,
                account=accounts[ACCOUNT_OF[OpeningKind.INVOICE]],
                debit=row.rupiah,
                buyer=one_named(by_name.get(same_name(row.buyer), {}), row.row, row.buyer, field="invoices"),
                paper=row.number,
                made_on=row.on,
                due_on=row.due_on,
            )
        )
    return found


def one_named(found: Mapping[int, Any], row: int, name: str, *, field: str) -> Any:
    told = {"row": row, "name": name[:60]}
    if not found:
        words = _("Row %(row)s: nobody here is called “%(name)s”. Register them first, or write the name as it is.")
        raise Refused(words % told, field=field)
    if len(found) > 1:
        words = _("Row %(row)s: several are called “%(name)s”. Write the name of the firm.")
        raise Refused(words % told, field=field)
    return next(iter(found.values()))


def balance_check(lines: Sequence[OpeningLine]) -> None:
    """Σ debit = Σ credit > 0. Raises Refused that names the difference and the side that lacks it."""
    left, right = sum(line.debit for line in lines), sum(line.credit for line in lines)
    if not lines:
        raise Refused(_("Nothing is typed yet."), field="accounts")
    if left != right:
        told = {"debit": rupiah_text(left), "credit": rupiah_text(right), "gap": rupiah_text(abs(left - right))}
        more = _("Debit is %(debit)s and credit %(credit)s: %(gap)s more stands on the debit side.")
        less = _("Debit is %(debit)s and credit %(credit)s: %(gap)s more stands on the credit side.")
        raise Refused((more if left > right else less) % told, field="accounts")
