"""A locked settlement is paid out: by the bank or in cash, in as many runs as it takes (P8).

What a bank sends back is taken back, and can be paid again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.base.secrets import secret_read
from wadah.ledger.models import Payout, PayoutRow, Settlement, SettlementRow
from wadah.ledger.selectors.paying import BankLine, accounts_on
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of
from wadah.ledger.services.money import posting_of, till_check
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.words import Rule, SettlementStatus, Till
from wadah.units import date_text, rupiah_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from wadah.accounts.models import User
    from wadah.ledger.models import PayoutAccount

PREFIX = "BYR"
AT_ONCE = 2_000
NO_SIGNATURES: Mapping[int, str] = {}


@transaction.atomic
def payout_make(
    *,
    settlement: Settlement,
    till: str,
    by: User,
    on: dt.date | None = None,
    rows: Collection[int] | None = None,
    received_by: Mapping[int, str] = NO_SIGNATURES,
) -> Payout:
    """Pay what is left of a locked settlement: all of it, or of the rows with these ids.

    By the bank, those without an account on that day are passed over, where no rows are named: they are paid in cash.
    received_by: who signed for cash, by the row's id.

    Raises
    ------
    Refused: it isn't locked, the day is to come or before it, nothing is left to pay, or a row that is named has
    nothing left or no account.
    """
    day = day_of(on)
    till_check(till)
    book_lock(settlement.cooperative)
    row = Settlement.objects.select_for_update().get(pk=settlement.pk)
    payable_check(row, day)
    asked = SettlementRow.objects.select_for_update(of=("self",)).filter(settlement=row, net__gt=F("paid"))
    asked = asked if rows is None else asked.filter(pk__in=rows)
    found = list(asked.select_related("ikm").defer("why").order_by("pk"))
    if rows is not None and len(found) < len(set(rows)):
        raise Refused(_("Some of these are paid already. Open the list again."))
    accounts = accounts_on([one.ikm_id for one in found], day) if till == Till.BANK else {}
    if till == Till.BANK:
        found = with_accounts(found, accounts, named=rows is not None)
    if not found:
        raise Refused(nothing_words(row, till))
    run = Payout.objects.create(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        settlement=row,
        on=day,
        till=till,
        at=now(),
        by=by,
    )
    pay(run, found, accounts, received_by)
    told = {"number": run.number, "till": till, "makers": len(found), "settlement": row.number}
    history_record(user=by, act="payout_make", row=run, new=told)
    return run


def payable_check(row: Settlement, day: dt.date) -> None:
    if row.status == SettlementStatus.DRAFT:
        raise Refused(_("This settlement isn't locked yet. Nothing is paid before."))
    if day < row.on:
        words = _("%(number)s is of %(day)s: it can't be paid earlier.")
        raise Refused(words % {"number": row.number, "day": date_text(row.on)}, field="on")


def with_accounts(
    found: Sequence[SettlementRow], accounts: Mapping[int, PayoutAccount], *, named: bool
) -> list[SettlementRow]:
    missing = [one for one in found if one.ikm_id not in accounts]
    if missing and named:
        words = _("%(who)s has no bank account here. Enter it first, or pay in cash.")
        raise Refused(words % {"who": missing[0].ikm.name})
    return [one for one in found if one.ikm_id in accounts]


def nothing_words(row: Settlement, till: str) -> str:
    left = SettlementRow.objects.filter(settlement=row, net__gt=F("paid")).count()
    if left and till == Till.BANK:
        return _("Nobody who is still to be paid has a bank account here. Enter the accounts, or pay in cash.")
    return _("All of %(number)s is paid.") % {"number": row.number}


def pay(
    run: Payout,
    found: Sequence[SettlementRow],
    accounts: Mapping[int, PayoutAccount],
    received_by: Mapping[int, str],
) -> None:
    """A row of the run and a posting for each, and the running sums."""
    made = PayoutRow.objects.bulk_create(
        [
            PayoutRow(
                payout=run,
                row=one,
                account=accounts.get(one.ikm_id),
                rupiah=one.net - one.paid,
                received_by=received_by.get(one.pk, "").strip()[:120],
            )
            for one in found
        ],
        batch_size=AT_ONCE,
    )
    SettlementRow.objects.filter(pk__in=PayoutRow.objects.filter(payout=run).values("row")).update(paid=F("net"))
    rows_post(cooperative=run.settlement.cooperative, rule=Rule.PAYOUT, rows=made)
    status_set(run.settlement)


def status_set(row: Settlement) -> None:
    left = SettlementRow.objects.filter(settlement=row, net__gt=F("paid")).exists()
    row.status = SettlementStatus.LOCKED if left else SettlementStatus.PAID
    row.save(update_fields=["status"])


@transaction.atomic
def payout_row_bounce(*, payout_row: PayoutRow, reason: str, by: User) -> PayoutRow:
    """The money came back, or was never handed out: its posting is reversed, and it can be paid again.

    Raises
    ------
    Refused: it is taken back already, or nobody says why.
    """
    run = payout_row.payout
    book_lock(run.settlement.cooperative)
    settlement = Settlement.objects.select_for_update().get(pk=run.settlement_id)
    row = PayoutRow.objects.select_for_update(of=("self",)).select_related("payout", "row__ikm").get(pk=payout_row.pk)
    if row.reversed_at:
        words = _("This payment of %(amount)s to %(who)s is taken back already.")
        raise Refused(words % {"amount": rupiah_text(row.rupiah), "who": row.row.ikm.name})
    posting_reverse(posting=posting_of(Rule.PAYOUT, row), reason=reason, by=by)
    row.reversed_at = now()
    row.save(update_fields=["reversed_at"])
    of = SettlementRow.objects.select_for_update().get(pk=row.row_id)
    of.paid -= row.rupiah
    of.save(update_fields=["paid"])
    status_set(settlement)
    history_record(user=by, act="payout_row_bounce", row=row, reason=reason.strip())
    return row


@transaction.atomic
def payout_bank_file(*, payout: Payout, by: User) -> list[BankLine]:
    """What the bank's form for many transfers asks for, whole account numbers included; that it was made is written
    down in the run's history.

    Raises
    ------
    Refused: the run was paid in cash.
    """
    if payout.till != Till.BANK:
        raise Refused(_("%(number)s was paid in cash: there is no file for the bank.") % {"number": payout.number})
    rows = PayoutRow.objects.filter(payout=payout, reversed_at=None).select_related("account").order_by("pk")
    lines = [
        BankLine(
            bank=row.account.bank,
            account=secret_read(row.account.number),
            holder=row.account.holder,
            rupiah=row.rupiah,
            reference=f"{payout.number}/{number}",
        )
        for number, row in enumerate(rows, start=1)
        if row.account
    ]
    history_record(user=by, act="payout_bank_file", row=payout, new={"rows": len(lines)})
    return lines
