"""What every service that takes or gives money asks first, refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.ledger.models import Posting
from wadah.ledger.services.sources import SOURCES
from wadah.ledger.words import Till

if TYPE_CHECKING:
    from django.db.models import Model


def rupiah_check(rupiah: int, field: str = "rupiah") -> None:
    """Raises Refused: not above zero."""
    if rupiah <= 0:
        raise Refused(_("Enter an amount above zero."), field=field)


def till_check(till: str) -> None:
    """Raises Refused: neither cash nor bank."""
    if till not in Till.values:
        raise Refused(_("Say whether it is cash or goes by the bank."), field="till")


def posting_of(rule: str, row: Model) -> Posting:
    """The posting that a rule made of a document."""
    return Posting.objects.get(rule=rule, source_kind=SOURCES[rule].kind, source_id=row.pk)
