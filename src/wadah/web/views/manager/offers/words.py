"""Words of offers that several pages of a manager share: the message to a member, what became of an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from wadah.accounts.delivery import whatsapp_address
from wadah.base.clock import JAKARTA
from wadah.units import decimal_text, moment_text, rupiah_text
from wadah.web.words import part_name
from wadah.work.words import OfferStatus

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wadah.register.models import Membership
    from wadah.work.selectors.offers import Asking

ACTS = {
    "offer_make": gettext_lazy("offered"),
    "offer_taken": gettext_lazy("taken"),
    "offer_part": gettext_lazy("taken in part"),
    "offer_declined": gettext_lazy("declined"),
    "offer_lapse": gettext_lazy("no answer in time"),
    "offer_withdrawn": gettext_lazy("withdrawn"),
    "offer_undo": gettext_lazy("the answer was taken back"),
    "offer_follow_plan": gettext_lazy("changed with the plan"),
    "offer_remind": gettext_lazy("reminded"),
}
FIELDS = {
    "status": gettext_lazy("answer"),
    "pieces": gettext_lazy("pieces"),
    "taken": gettext_lazy("taken"),
    "channel": gettext_lazy("how"),
}
NAME_MOST = 40  # characters, so that the whole message stays within 300


def status_text(asked_status: str, taken: bool) -> str:
    """taken: whether somebody else took all of its package."""
    if asked_status == OfferStatus.WITHDRAWN and taken:
        return _("already taken")
    return str(OfferStatus(asked_status).label)


def reminder_text(request: HttpRequest, asked: Asking, member: Membership | None) -> str:
    """Who, what, how much, until when, one link; in the member's language, ≤ 300 characters."""
    row = asked.offer
    speaks = member.user if member is not None and member.user is not None else None
    language = "en" if speaks is not None and speaks.language == "en" else "id"
    with override(language):
        words = {
            "name": (speaks.first_name if speaks else row.workshop.ikm.owner_name)[:NAME_MOST],
            "cooperative": row.package.cooperative.name[:NAME_MOST],
            "pieces": decimal_text(asked.left, 3, language),
            "part": part_name(row.package.part)[:NAME_MOST],
            "pay": rupiah_text(asked.pay.total),
            "moment": moment_text(row.answer_by.astimezone(JAKARTA), language),
            "link": request.build_absolute_uri(reverse("offer_link", args=[row.number])),
        }
        return (
            _("%(name)s, %(cooperative)s offers %(pieces)s × %(part)s, %(pay)s. Answer by %(moment)s: %(link)s") % words
        )


def phone_of(asked: Asking, member: Membership | None) -> str:
    """The member's phone, "" where none is known."""
    user = member.user if member is not None else None
    return (user.phone if user is not None else "") or asked.offer.workshop.ikm.phone or ""


def reminder_address(request: HttpRequest, asked: Asking, member: Membership | None) -> str:
    """WhatsApp with the message filled in, "" without a phone."""
    phone = phone_of(asked, member)
    return whatsapp_address(phone, reminder_text(request, asked, member)) if phone else ""
