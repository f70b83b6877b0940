"""What the pages of the books share: whose books they are, the ways between them, where a posting came from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.ledger.selectors.postings import account_name
from wadah.ledger.selectors.reports import accounts_of
from wadah.register.selectors import cooperatives_named
from wadah.units import rupiah_text
from wadah.web.access import own_or_404, person_of
from wadah.web.views.manager.money.common import cooperatives_of, managed

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from wadah.ledger.models import Account, Posting
    from wadah.register.models import Cooperative

    Words = str | _StrPromise

WAYS: list[tuple[str, Words]] = [
    ("book", gettext_lazy("Accounts")),
    ("book_postings", gettext_lazy("Postings")),
    ("journals", gettext_lazy("Entries by hand")),
    ("opening", gettext_lazy("Opening balances")),
    ("book_months", gettext_lazy("Months")),
    ("book_stock", gettext_lazy("Stock")),
    ("reports", gettext_lazy("Reports")),
    ("surplus_years", gettext_lazy("Surplus (SHU)")),
]
BELOW = {
    "book": {"books", "book_account"},
    "book_postings": {"book_posting"},
    "journals": {"journal"},
    "book_stock": {"book_stock_count"},
    "reports": {"report", "report_members"},
    "surplus_years": {"surplus_year", "surplus_shares", "surplus_pay", "surplus_run"},
}
"""Pages that lie below one of the ways."""
DOCUMENTS = {
    "work_entry": "lot",
    "invoice": "invoice",
    "payment": "payment",
    "credit_note": "credit_note_paper",
    "settlement_row": "settlement",
}
"""Which page shows a document of a kind by the number that stands on it."""


def cooperative_or_404(request: HttpRequest, code: str) -> Cooperative:
    rows = cooperatives_named(cooperatives_of(request)).select_related("area")
    return own_or_404(rows, code=code)


def account_or_404(cooperative: Cooperative, code: str) -> Account:
    found = [one for one in accounts_of(cooperative.pk) if one.code == code]
    if not found:
        raise NotYours
    return found[0]


def ways(request: HttpRequest, cooperative: Cooperative) -> list[tuple[str, Words, bool]]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    here = next((way for way, pages in BELOW.items() if here in pages), here)
    return [(reverse(name, args=[cooperative.code]), words, name == here) for name, words in WAYS]


def shell(request: HttpRequest, cooperative: Cooperative, **context: Any) -> dict[str, Any]:
    """What every page of the books shows: the cooperative and the ways."""
    return {"cooperative": cooperative, "ways": ways(request, cooperative), **context}


def user_of(request: HttpRequest) -> Any:
    return person_of(request).user


def account_label(account: Account) -> str:
    return f"{account.code} {account_name(account)}"


def amount(rupiah: int) -> str:
    return rupiah_text(rupiah) if rupiah else ""


def year_asked(request: HttpRequest) -> int:
    """`tahun` of the address, the year that began last where there is none."""
    typed = request.GET.get("tahun", "")
    return int(typed) if typed.isdecimal() and 2000 <= int(typed) <= 2999 else today().year


def day_asked(request: HttpRequest, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def document_url(request: HttpRequest, posting: Posting, cooperative: Cooperative) -> str:
    """Where the document of a posting is shown, empty where it has no page that this person may open."""
    kind, number = posting.source_kind, posting.source_number
    if kind == "work_entry" and not managed(request, cooperative.pk):
        return ""
    if kind == "reversal" and posting.reverses is not None:
        return reverse("book_posting", args=[cooperative.code, posting.reverses.seq])
    if kind == "stock_count":
        return reverse("book_stock_count", args=[cooperative.code, posting.source_id])
    if kind in {"book_year", "meeting"} and posting.source_id:
        return reverse("surplus_years", args=[cooperative.code])
    if kind == "opening":
        return reverse("opening", args=[cooperative.code])
    if kind == "journal":
        return reverse("journal", args=[cooperative.code, number])
    try:
        return reverse(DOCUMENTS[kind], args=[number]) if kind in DOCUMENTS else ""
    except NoReverseMatch:  # a page of a room that isn't in this installation
        return ""
