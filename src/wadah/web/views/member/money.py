"""Uang saya, on a member's phone: what is mine, when does it come, what was taken off, what isn't paid, and why?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.secrets import masked
from wadah.ledger.selectors.members_money import (
    advances_open,
    payments_of,
    recoveries_of,
    rows_seen,
    saved_sums,
    terms_held,
    wish_of,
)
from wadah.ledger.selectors.my_money import earned_unsettled, not_paid, waiting_to_be_paid
from wadah.ledger.selectors.paying import accounts_on
from wadah.ledger.selectors.repaying import repayments_seen
from wadah.ledger.selectors.settling import debts_of
from wadah.ledger.selectors.surplus import shares_seen
from wadah.ledger.services.accounts import payout_account_set
from wadah.ledger.services.terms import voluntary_saving_set
from wadah.ledger.words import SavingKind
from wadah.register.selectors import memberships_owned
from wadah.units import date_text, decimal_text, rupiah_text
from wadah.web.access import MEMBER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.pay import carried_words, made_lines, taken_lines, unpaid_lines
from wadah.web.views.manager.money.members.common import firm_of
from wadah.web.views.manager.money.members.forms import AccountForm, plain
from wadah.web.views.member.money_forms import SaveForm
from wadah.web.words import language
from wadah.work.services.acting import Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import PayoutRow
    from wadah.register.models import Membership

PAGE = 12
REPAID_MOST = 5
SAVED = {
    SavingKind.PRINCIPAL: lambda: _("On joining"),
    SavingKind.MANDATORY: lambda: _("Every month"),
    SavingKind.VOLUNTARY: lambda: _("Of your own will"),
}


@access(MEMBER)
def my_money(request: HttpRequest) -> HttpResponse:
    ikms = person_of(request).roles.ikm_owned
    account = accounts_on(ikms, today())
    page = Paginator(rows_seen(cooperatives=(), ikms=ikms).defer("why"), PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": waiting_to_be_paid(ikms),
        "earned": earned_unsettled(ikms),
        "accounts": [(one.bank, masked(one.last)) for one in account.values()],
        "slips": page,
        "advances": advances_open(ikms),
        "owed": debts_of(ikms),
        "repaid": repayments_seen(ikms=ikms)[:REPAID_MOST] if ikms else (),
        "unpaid": not_paid(ikms),
        "saved": [(SAVED[SavingKind(kind)](), rupiah) for kind, rupiah in saved_sums(ikms).items()],
        "shares": [(row.meeting.book_year.year, row.patronage + row.capital, row) for row in shares(request)],
        "places": list(memberships_owned(person_of(request).roles)),
    }
    return render(request, "member/money.html", context)


def shares(request: HttpRequest) -> list[Any]:
    return list(shares_seen(cooperatives=(), ikms=person_of(request).roles.ikm_owned)[:3])


@access(MEMBER)
def my_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """One pay: what I made, what was taken off and why, what wasn't paid and why, and where it went."""
    row = own_or_404(rows_seen(cooperatives=(), ikms=person_of(request).roles.ikm_owned), pk=pk)
    context = {
        "row": row,
        "made": made_lines(row),
        "taken": taken_lines(row, recoveries_of(row)),
        "unpaid": unpaid_lines(row),
        "carried": carried_words(row),
        "paid": [payment_sentence(one) for one in payments_of(row)],
        "left": row.net - row.paid,
    }
    return render(request, "member/pay.html", context)


def payment_sentence(row: PayoutRow) -> str:
    """Where money went, as one says it."""
    words = {"rupiah": rupiah_text(row.rupiah), "day": date_text(row.payout.on, language())}
    if row.reversed_at:
        return _("%(rupiah)s of %(day)s came back. It will be paid again.") % words
    if row.account is None:
        return _("%(rupiah)s in cash on %(day)s.") % words
    words |= {"bank": row.account.bank, "number": masked(row.account.last)}
    return _("%(rupiah)s to %(bank)s %(number)s on %(day)s.") % words


@access(MEMBER, methods=("GET", "POST"))
def my_account(request: HttpRequest) -> HttpResponse:
    """Where my pay goes from now on."""
    person = person_of(request)
    place = first_place(request)

    def save(facts: dict[str, Any]) -> str:
        payout_account_set(ikm=firm_of(place), act=Act(by=person.user), **facts)
        messages.success(request, _("Kept. From now on your pay goes there."))
        return reverse("my_money")

    return form_page(
        request,
        AccountForm(request.POST or None, initial={"holder": person.name}),
        title=_("Where shall your pay go?"),
        back=reverse("my_money"),
        save=save,
        template="member/money_account.html",
    )


@access(MEMBER, methods=("GET", "POST"))
def my_saving(request: HttpRequest) -> HttpResponse:
    """How much of each pay I save of my own will."""
    person, place = person_of(request), first_place(request)
    wish, terms = wish_of(place.cooperative_id, place.ikm_id or 0), terms_held(place.cooperative_id)
    agreed = terms.voluntary_percent if terms else 0

    def save(facts: dict[str, Any]) -> str:
        voluntary_saving_set(
            cooperative=place.cooperative, ikm=firm_of(place), percent=facts["percent"], act=Act(by=person.user)
        )
        messages.success(request, _("Kept. It counts from your next pay on."))
        return reverse("my_money")

    return form_page(
        request,
        SaveForm(request.POST or None, initial={"percent": plain(agreed if wish is None else wish)}),
        title=_("How much do you want to save?"),
        back=reverse("my_money"),
        save=save,
        template="member/money_save.html",
        agreed=decimal_text(agreed, 3, language()),
        example=rupiah_text(100_000),
    )


def first_place(request: HttpRequest) -> Membership:
    """The member's place; of several, the one of `tempat` of the address, or the first."""
    rows = memberships_owned(person_of(request).roles)
    asked = request.GET.get("tempat", "")
    return own_or_404(rows, pk=asked) if asked else rows[0]
