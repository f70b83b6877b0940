"""What the bank needs to pay shares of a surplus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.secrets import secret_read
from wadah.ledger.selectors.paying import BankLine, accounts_on
from wadah.ledger.selectors.surplus import payouts_of_run
from wadah.ledger.words import Till

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.ledger.models import SurplusPayout


@transaction.atomic
def surplus_bank_lines(*, payout: SurplusPayout, by: User) -> list[BankLine]:
    """The transfers of the run that `payout` belongs to, whole account numbers included; who took them is written down.

    Raises
    ------
    Refused: the run was paid in cash.
    """
    if payout.till != Till.BANK:
        raise Refused(_("%(number)s was paid in cash: there is no file for the bank.") % {"number": payout.number})
    rows = [row for row in payouts_of_run(payout) if row.reversed_at is None]
    accounts = accounts_on([row.share.ikm_id for row in rows], payout.on)
    lines = [
        BankLine(
            bank=account.bank,
            account=secret_read(account.number),
            holder=account.holder,
            rupiah=row.rupiah,
            reference=row.number,
        )
        for row in rows
        if (account := accounts.get(row.share.ikm_id))
    ]
    meeting = payout.share.meeting
    history_record(user=by, act="surplus_bank_lines", row=meeting, new={"first": payout.number, "rows": len(lines)})
    return lines
