"""Which document each rule posts from, and how: used to post, and to work the books out again (docs/ledger.md L3).

    @source(Rule.INVOICE, "invoice", Invoice.objects.select_related("order"))
    def invoice_draft(row: Invoice) -> Draft: …

A draft is made of the row alone and of rows that never change, so that it comes out the same at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from wadah.ledger.rules.drafts import Draft


@dataclass(frozen=True, slots=True)
class Source:
    """rows: of the documents, with all that a draft needs fetched along."""

    rule: str
    kind: str
    rows: QuerySet[Any]
    draft: Callable[[Any], Draft]


SOURCES: dict[str, Source] = {}
"""By rule. Filled by the modules of services/drafts, which apps.py imports."""


def source(rule: str, kind: str, rows: QuerySet[Any]) -> Callable[[Callable[[Any], Draft]], Callable[[Any], Draft]]:
    def keep(draft: Callable[[Any], Draft]) -> Callable[[Any], Draft]:
        SOURCES[rule] = Source(rule, kind, rows, draft)
        return draft

    return keep
