"""Payment runs of settlements: the bank's file, the list that is signed for cash, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.selectors.members_money import payout_rows, payout_rows_seen, payouts_seen
from wadah.ledger.services.payouts import payout_bank_file, payout_row_bounce
from wadah.ledger.words import Till
from wadah.units import rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.exports import FORMATS, file_answer
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.views.manager.money.common import cooperatives_of
from wadah.web.views.manager.money.members.common import act_page, keeper
from wadah.web.views.manager.money.members.forms import WhyForm
from wadah.web.views.manager.money.members.words import ACTS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import PayoutRow
    from wadah.web.exports import Value

ROWS = Listing(
    "pembayaran-anggota",
    gettext_lazy("Who was paid"),
    [
        ListColumn("maker", gettext_lazy("Maker"), text=lambda row: row.row.ikm.name, sort=("row__ikm__name",)),
        ListColumn("account", gettext_lazy("Bank account"), text=lambda row: account_text(row)),
        ListColumn(
            "rupiah", gettext_lazy("Rupiah"), text=lambda row: rupiah_text(row.rupiah), value=lambda row: row.rupiah,
            numeric=True, sort=("rupiah",),
        ),
        ListColumn(
            "state",
            gettext_lazy("How it stands"),
            text=lambda row: _("came back") if row.reversed_at else _("paid"),
        ),
        ListColumn(
            "back",
            gettext_lazy("Came back?"),
            text=lambda row: "" if row.reversed_at else _("Take it back"),
            url=lambda row: "" if row.reversed_at else reverse("payout_bounce", args=[row.payout.number, row.pk]),
            screen=True,
        ),
    ],
    search=lambda rows, text: rows.filter(row__ikm__name__icontains=text),
)  # fmt: skip


def account_text(row: PayoutRow) -> str:
    return f"{row.account.bank} …{row.account.last}" if row.account else row.received_by or "–"


@access(MANAGER, TREASURER)
def payout(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(payouts_seen(cooperatives_of(request)), number=number)
    context: dict[str, Any] = {
        "row": row,
        "bank": row.till == Till.BANK,
        "formats": list(FORMATS),
        "history": history_table(row, acts=ACTS, fields=FIELDS),
    }
    return list_page(request, ROWS, payout_rows(row), template="money/members/payout.html", **context)


@access(MANAGER, TREASURER, methods=("POST",), once=False)
def payout_file(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The file for the bank, whole account numbers in it; that it was made is written down each time."""
    row = own_or_404(payouts_seen(cooperatives_of(request)), number=number)
    lines = payout_bank_file(payout=row, by=keeper(request))
    head = [_("Bank"), _("Account number"), _("Holder"), _("Amount"), _("Reference")]
    values: list[Sequence[Value]] = [[one.bank, one.account, one.holder, one.rupiah, one.reference] for one in lines]
    return file_answer(kind, row.number, head, values)


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def payout_bounce(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One payment came back from the bank, or wasn't handed out."""
    row = own_or_404(payout_rows_seen(cooperatives_of(request)), payout__number=number, pk=pk)

    def act(facts: dict[str, Any]) -> None:
        payout_row_bounce(payout_row=row, by=keeper(request), **facts)

    return act_page(
        request,
        WhyForm(request.POST or None),
        title=_("%(amount)s to %(who)s came back") % {"amount": rupiah_text(row.rupiah), "who": row.row.ikm.name},
        back=reverse("payout", args=[number]),
        act=act,
        done=_("Taken back. It can be paid again from the settlement."),
        action=_("Take it back"),
    )
