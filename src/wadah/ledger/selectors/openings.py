"""Opening balances: the document, its lines, and what may be brought for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from wadah.demand.selectors import buyers_seen
from wadah.ledger.models import Allocation, Opening, OpeningLine, Period, Posting, Recovery, Saving
from wadah.ledger.rules import chart
from wadah.ledger.words import OpeningKind, OpeningStatus, Rule
from wadah.register.models import Membership

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from wadah.demand.models import Buyer
    from wadah.register.models import Ikm

OPENINGS = Q(rule=Rule.OPENING) | Q(reverses__rule=Rule.OPENING)
"""Postings that bring balances, or take them back."""
BROUGHT_BY = {
    chart.PRINCIPAL: OpeningKind.PRINCIPAL,
    chart.MANDATORY: OpeningKind.MANDATORY,
    chart.VOLUNTARY: OpeningKind.VOLUNTARY,
    chart.ADVANCES: OpeningKind.ADVANCE,
    chart.RECEIVABLE: OpeningKind.INVOICE,
}
"""Control accounts whose balance comes from members or invoices, and by which kind of line."""
ACCOUNT_OF = {kind: code for code, kind in BROUGHT_BY.items()}


def openings_of(cooperative: int) -> QuerySet[Opening]:
    """The newest first."""
    rows = Opening.objects.filter(cooperative=cooperative).select_related("cooperative", "prepared_by", "locked_by")
    return rows.order_by("-id")


def opening_held(cooperative: int) -> Opening | None:
    """The one that is being prepared or is locked."""
    return openings_of(cooperative).exclude(status=OpeningStatus.BACK).first()


def opening_lines(opening: Opening) -> list[OpeningLine]:
    return list(opening.lines.select_related("account", "ikm", "buyer").order_by("line_no"))


def members_named(cooperative: int) -> list[tuple[Ikm, str, str]]:
    """Who is or was a member: the firm, its name and its owner's. One query."""
    rows = Membership.objects.filter(cooperative=cooperative, role=Membership.Role.MEMBER, ikm__isnull=False)
    firms = {row.ikm.pk: row.ikm for row in rows.select_related("ikm").order_by("ikm__name", "pk") if row.ikm}
    return [(ikm, ikm.name, ikm.owner_name) for ikm in firms.values()]


def buyers_named(cooperative: int) -> list[Buyer]:
    """Whom the cooperative knows."""
    return list(buyers_seen([cooperative]))


def posted_before(cooperative: int, on: dt.date) -> bool:
    """Anything at all, balances that were taken back included."""
    return Posting.objects.filter(cooperative=cooperative, on__lt=on).exists()


def posting_before(cooperative: int, on: dt.date) -> Posting | None:
    """The first posting of a day or earlier, opening balances left out."""
    rows = Posting.objects.filter(cooperative=cooperative, on__lte=on).exclude(OPENINGS)
    return rows.order_by("seq").first()


# -- what was built on it ---------------------------------------------------------------------------------------------


def month_closed_since(opening: Opening, posting: Posting) -> Period | None:
    rows = Period.objects.filter(cooperative=opening.cooperative_id, closed_seq__gte=posting.seq)
    return rows.order_by("month").first()


def recovery_since(opening: Opening) -> Recovery | None:
    return Recovery.objects.filter(advance__opening=opening).select_related("advance").first()


def allocation_since(opening: Opening) -> Allocation | None:
    return Allocation.objects.filter(invoice__opening=opening).select_related("invoice").first()


def savings_short(opening: Opening) -> str:
    """The name of a member who has less saved by now than was brought, "" where there is none. Two queries."""
    brought = Saving.objects.filter(opening=opening).order_by().values_list("ikm__name", "ikm", "kind", "rupiah")
    all_now = Saving.objects.filter(cooperative=opening.cooperative_id).order_by().values_list("ikm", "kind")
    now = {(ikm, kind): rupiah for ikm, kind, rupiah in all_now.annotate(all=Sum("rupiah"))}
    return next((name for name, ikm, kind, rupiah in brought if now.get((ikm, kind), 0) < rupiah), "")
