"""The postings that follow from given documents, for the pages of those documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.ledger.models import Posting
from wadah.ledger.rules.chart import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.ledger.models import Account


def postings_from(sources: Mapping[str, Iterable[int]]) -> list[Posting]:
    """Of documents, ids by kind ("invoice", "payment" …), with what took them back, and their lines. Three queries."""
    wanted = Q(pk=None)
    for kind, keys in sources.items():
        wanted |= Q(source_kind=kind, source_id__in=list(keys))
    own = Posting.objects.filter(wanted)
    rows = Posting.objects.filter(Q(pk__in=own.values("pk")) | Q(reverses__in=own.values("pk")))
    return list(
        rows.select_related("by", "cooperative").prefetch_related("lines__account", "lines__lot").order_by("seq")
    )


def account_name(account: Account) -> str:
    """In the language of the page; a cooperative's own account has a name of its own."""
    return account.name or str(BY_CODE[account.code].name)
