"""Who hasn't answered? The offers of a manager's cooperatives, and what a manager does with one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import JAKARTA
from wadah.base.errors import NotYours, Refused
from wadah.units import date_short_text, date_text, decimal_text, moment_text, rupiah_text
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.forms import refuse
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.papers.work import promise_slip_pdf
from wadah.web.quantities import QuantityField
from wadah.web.views.buyer.papers import answer as pdf_answer
from wadah.web.views.buyer.papers import asked_language, check_url
from wadah.web.views.manager.offers.words import (
    ACTS,
    FIELDS,
    phone_of,
    reminder_address,
    reminder_text,
    status_text,
)
from wadah.web.views.member.offers import receipt_context
from wadah.web.views.member.work import promised
from wadah.web.words import language, part_name
from wadah.work.rules.orders import due_day
from wadah.work.selectors.material import needs_of
from wadah.work.selectors.offers import (
    asking,
    filter_status,
    filter_week,
    member_of,
    offer_counts,
    offer_weeks,
    offers_beside,
    offers_found,
    offers_seen,
    order_of,
    reminders_of,
    status_of,
)
from wadah.work.services.offers import offer_decline, offer_take, offer_undo, offer_withdraw
from wadah.work.services.reminders import reminder_record
from wadah.work.words import DeclineReason, OfferStatus, WorkOrderKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from wadah.accounts.models import User
    from wadah.work.models import Offer

BADGES = {
    OfferStatus.TAKEN: "ok",
    OfferStatus.PART: "ok",
    OfferStatus.LAPSED: "late",
    OfferStatus.DECLINED: "short",
}


def answer_moment(row: Offer) -> str:
    return moment_text(row.answer_by.astimezone(JAKARTA), language())


def answered_text(row: Offer) -> str:
    if row.answered_at is None:
        return ""
    who = row.on_behalf_of or (row.answered_by.name if row.answered_by else "")
    return ", ".join(filter(None, [date_text(row.answered_at.astimezone(JAKARTA).date(), language()), who]))


def gone(row: Offer) -> bool:
    return 0 < row.package.pieces <= row.package.taken


def reason_text(row: Offer) -> str:
    return ": ".join(filter(None, [row.get_reason_display() if row.reason else "", row.reason_note]))


COLUMNS = [
    ListColumn(
        "number",
        gettext_lazy("Number"),
        text=lambda row: row.number,
        sort=("pk",),
        url=lambda row: reverse("answer", args=[row.number]),
    ),
    ListColumn("member", gettext_lazy("Member"), text=lambda row: row.workshop.ikm.name, sort=("workshop__ikm__name",)),
    ListColumn("workshop", gettext_lazy("Workshop"), text=lambda row: row.workshop.name, hidden=True),
    ListColumn(
        "part", gettext_lazy("Part"), text=lambda row: part_name(row.package.part), sort=("package__part__name",)
    ),
    ListColumn(
        "week",
        gettext_lazy("Week"),
        text=lambda row: date_text(row.package.week_start, language()),
        value=lambda row: row.package.week_start,
        sort=("package__week_start",),
    ),
    ListColumn(
        "pieces",
        gettext_lazy("Pieces"),
        text=lambda row: decimal_text(row.pieces, 3, language()),
        value=lambda row: row.pieces,
        numeric=True,
        sort=("pieces",),
    ),
    ListColumn(
        "taken",
        gettext_lazy("Taken"),
        text=lambda row: decimal_text(row.taken, 3, language()),
        value=lambda row: row.taken,
        numeric=True,
        sort=("taken",),
    ),
    ListColumn(
        "pay",
        gettext_lazy("Rupiah a piece"),
        text=lambda row: rupiah_text(row.pay_rupiah_piece),
        value=lambda row: row.pay_rupiah_piece,
        numeric=True,
        hidden=True,
    ),
    ListColumn(
        "status",
        gettext_lazy("Answer"),
        text=lambda row: status_text(status_of(row), gone(row)),
        badge=lambda row: BADGES.get(OfferStatus(status_of(row)), ""),
        sort=("status",),
    ),
    ListColumn(
        "until",
        gettext_lazy("Answer by"),
        text=answer_moment,
        value=lambda row: row.answer_by,
        sort=("answer_by",),
    ),
    ListColumn("answered", gettext_lazy("Answered"), text=answered_text, sort=("answered_at",)),
    ListColumn("why", gettext_lazy("Why"), text=reason_text, hidden=True),
]


def listing(cooperatives: frozenset[int]) -> Listing:
    """The list with the weeks of these cooperatives to choose from."""
    weeks = ListFilter(
        "minggu",
        gettext_lazy("Week"),
        lambda: [(week.isoformat(), date_short_text(week, language())) for week in offer_weeks(cooperatives)],
        filter_week,
    )
    standing = ListFilter(
        "jawaban", gettext_lazy("Answer"), lambda: OfferStatus.choices, filter_status, initial=OfferStatus.OPEN
    )
    return Listing(
        "jawaban-anggota",
        gettext_lazy("Members' answers"),
        COLUMNS,
        search=offers_found,
        filters=[standing, weeks],
        empty=gettext_lazy("Nothing is offered. Put a plan into force: its work is offered to the members at once."),
    )


@access(MANAGER)
def answers(request: HttpRequest) -> HttpResponse:
    """Counts, and the list of those who haven't answered; the others by filter."""
    cooperatives = person_of(request).roles.cooperatives_managed
    return list_page(
        request,
        listing(cooperatives),
        offers_seen(cooperatives),
        template="offers/answers.html",
        counts=offer_counts(cooperatives),
    )


# ---- one offer


class BehalfForm(forms.Form):
    """What a manager answers for a member."""

    pieces = QuantityField(label=gettext_lazy("How many does the member take?"))
    reason = forms.CharField(
        label=gettext_lazy("Why do you answer?"), max_length=400, help_text=gettext_lazy("For example: by phone.")
    )
    beyond_hours = forms.BooleanField(
        label=gettext_lazy("Also beyond the hours of that week: the member agreed to it"), required=False
    )


class NoForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why not?"), choices=DeclineReason.choices)
    note = forms.CharField(label=gettext_lazy("How do you know?"), max_length=400)


class BackForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Why?"), max_length=400)


class AgainForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=400)


FORMS: dict[str, type[forms.Form]] = {"ambil": BehalfForm, "tolak": NoForm, "tarik": BackForm, "urungkan": AgainForm}


def kept_offer(request: HttpRequest, number: str) -> Offer:
    return own_or_404(offers_seen(person_of(request).roles.cooperatives_managed), number=number)


@access(MANAGER)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    return answer_page(request, kept_offer(request, number))


def answer_page(request: HttpRequest, row: Offer, wrong: tuple[str, forms.Form] | None = None) -> HttpResponse:
    (asked,) = asking([row])
    member = member_of(row)
    shown = {act: form(prefix=act) for act, form in FORMS.items()}
    shown["ambil"].initial = {"pieces": f"{min(asked.fit, asked.left).normalize():f}"}
    if wrong is not None:
        shown[wrong[0]] = wrong[1]
    context = {
        "asked": asked,
        "row": row,
        "due": due_day(row.package.week_start),
        "member": member,
        "phone": phone_of(asked, member),
        "reminders": reminders_of(row),
        "order": order_of(row),
        "others": asking(offers_beside(row)),
        "forms": shown,
        "wrong": wrong[0] if wrong else "",
        "history": history_table(row, acts=ACTS, fields=FIELDS),
    }
    return render(request, "offers/answer.html", context, status=400 if wrong else 200)


@access(MANAGER, methods=("POST",))
def answer_act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Answer for a member ("ambil", "tolak", "urungkan"), or take the offer back ("tarik")."""
    row = kept_offer(request, number)
    form = FORMS[act](request.POST, prefix=act)
    if form.is_valid():
        try:
            return HttpResponseRedirect(done(row, act, form.cleaned_data, person_of(request).user))
        except Refused as refused:
            refuse(form, refused)
    return answer_page(request, row, (act, form))


def done(row: Offer, act: str, facts: dict[str, Any], by: User | None) -> str:
    """Does it; where to go then."""
    if act == "tarik":
        offer_withdraw(offer=row, by=by, **facts)
        return reverse("answer", args=[row.number])
    who = {"by": by, "on_behalf_of": row.workshop.ikm.owner_name or row.workshop.ikm.name}
    acts: dict[str, Callable[..., object]] = {"ambil": offer_take, "tolak": offer_decline, "urungkan": offer_undo}
    acts[act](offer=row, **who, **facts)
    return reverse("answer" if act == "urungkan" else "answer_receipt", args=[row.number])


@access(MANAGER)
def answer_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The slip to print for a member without a phone."""
    row = kept_offer(request, number)
    (asked,) = asking([row])
    return render(request, "member/offer_receipt.html", receipt_context(row, asked) | {"manager": True})


@access(MANAGER)
def answer_slip(request: HttpRequest, number: str) -> HttpResponse:
    """The same as PDF, of a yes; another answer binds nobody, and has none."""
    row = kept_offer(request, number)
    order = order_of(row)
    if row.status not in {OfferStatus.TAKEN, OfferStatus.PART} or order is None:
        raise NotYours(_("Only a yes has a slip as PDF. This offer has none."))
    needs = [] if order.kind == WorkOrderKind.SERVICE else needs_of(order)
    with translation.override(asked_language(request)):
        url = check_url(request, order.number, order.check_code)
        return pdf_answer(f"{order.number}-bukti", promise_slip_pdf(row, order, needs, promised(order), url))


# ---- reminders


@access(MANAGER, methods=("POST",))
def answer_remind(request: HttpRequest, number: str, channel: str) -> HttpResponse:
    """One tap: noted, and on to WhatsApp with the message filled in; or noted that somebody called."""
    row = kept_offer(request, number)
    user = person_of(request).user
    if channel not in {"wa", "telepon"} or user is None:
        raise NotYours
    reminder_record(offer=row, channel="phone" if channel == "telepon" else "wa", by=user)
    if channel == "wa":
        return HttpResponseRedirect(reverse("answer_wa", args=[number]))
    messages.success(request, _("Noted that you called."))
    return HttpResponseRedirect(reverse("answer", args=[number]))


@access(MANAGER)
def answer_wa(request: HttpRequest, number: str) -> HttpResponse:
    """The message, and the button that opens WhatsApp with it: Back leads here again."""
    row = kept_offer(request, number)
    (asked,) = asking([row])
    member = member_of(row)
    context = {
        "row": row,
        "asked": asked,
        "phone": phone_of(asked, member),
        "message": reminder_text(request, asked, member),
        "address": reminder_address(request, asked, member),
    }
    return render(request, "offers/wa.html", context)
