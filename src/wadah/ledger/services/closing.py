"""A month closed with all that was accepted in it (L5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from wadah.ledger.services.books import book_lock, months_close
from wadah.ledger.services.work import work_post

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.ledger.models import Period
    from wadah.register.models import Cooperative


@transaction.atomic
def month_close(*, cooperative: Cooperative, month: dt.date, by: User | None) -> list[Period]:
    """Post what was accepted, then close all open months up to and with this one.

    Raises
    ------
    Refused: the month isn't over, or is closed already.
    """
    book_lock(cooperative)
    work_post(cooperative=cooperative, whole=True)
    return months_close(cooperative=cooperative, month=month, by=by)
