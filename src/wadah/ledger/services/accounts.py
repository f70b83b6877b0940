"""Where a maker's money goes. The number of a bank account is kept encrypted and shown as its last four digits.

Whoever needs all of it says why, and that is written down: the number itself never is (promise R8).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.secrets import masked, secret_keep, secret_read
from wadah.ledger.models import PayoutAccount
from wadah.work.services.acting import reason_needed

if TYPE_CHECKING:
    import datetime as dt

    from wadah.register.models import Ikm
    from wadah.work.services.acting import Act

DIGITS_MIN, DIGITS_MAX, SHOWN = 6, 20, 4
SEPARATORS = re.compile(r"[\s.\-]")


@transaction.atomic
def payout_account_set(
    *, ikm: Ikm, bank: str, holder: str, number: str, act: Act, valid_from: dt.date | None = None
) -> PayoutAccount:
    """A new bank account, from a day on (today); older ones stay with what was paid to them. number: as it is typed.

    Raises
    ------
    Refused: no bank, no holder, or no 6 to 20 digits.
    """
    assert act.by is not None
    digits = SEPARATORS.sub("", number)
    if not bank.strip():
        raise Refused(_("Say which bank."), field="bank")
    if not holder.strip():
        raise Refused(_("Say whose name stands on the account."), field="holder")
    if not (digits.isascii() and digits.isdigit() and DIGITS_MIN <= len(digits) <= DIGITS_MAX):
        raise Refused(_("An account number has 6 to 20 digits, and nothing else."), field="number")
    row = PayoutAccount.objects.create(
        ikm=ikm,
        valid_from=valid_from or today(),
        bank=bank.strip(),
        holder=holder.strip(),
        number=secret_keep(digits),
        last=digits[-SHOWN:],
        at=now(),
        by=act.by,
    )
    told = {"bank": row.bank, "number": masked(row.last)}
    history_record(user=act.by, act="payout_account_set", row=row, new=told, **act.told)
    return row


@transaction.atomic
def payout_account_reveal(*, account: PayoutAccount, act: Act) -> str:
    """The whole number; who asked and why stands in the account's history.

    Raises
    ------
    Refused: nobody says why.
    """
    reason_needed(act, _("Say why you need the whole number."))
    number = secret_read(account.number)
    history_record(user=act.by, act="payout_account_reveal", row=account, **act.told)
    return number
