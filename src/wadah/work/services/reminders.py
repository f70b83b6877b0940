"""Members are reminded of an offer: by WhatsApp or phone, by the manager; never at night, never too often."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA, now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.work.models import Reminder
from wadah.work.rules.offers import REMINDERS_A_DAY, at_rest, reminder_stage
from wadah.work.services.offers import offer_lock, open_check

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.work.models import Offer

CHANNELS = ("wa", "phone")


@transaction.atomic
def reminder_record(*, offer: Offer, channel: str, by: User) -> Reminder:
    """A manager reminds the member of an open offer. channel: "wa" or "phone".

    Raises
    ------
    Refused: at night, or the member was reminded often enough today. Conflict: it was answered meanwhile.
    """
    moment = now()
    if channel not in CHANNELS:
        raise ValueError(f"Expected one of {CHANNELS}, got {channel!r}")
    if at_rest(moment):
        raise Refused(_("Nobody is reminded between 20.00 and 06.00. Try again after 06.00."))
    locked = offer_lock(offer)
    open_check(locked)
    if reminders_today(locked) >= REMINDERS_A_DAY:
        words = {"most": REMINDERS_A_DAY, "workshop": locked.workshop.name}
        raise Refused(_("%(workshop)s was reminded %(most)s times today. Try again tomorrow.") % words)
    stage = reminder_stage(locked.offered_at, locked.answer_by, moment)
    if stage:
        setattr(locked, "reminded_85_at" if stage == "late" else "reminded_50_at", moment)
        locked.save(update_fields=["reminded_50_at", "reminded_85_at"])
    made = Reminder.objects.create(offer=locked, channel=channel, at=moment, by=by)
    history_record(user=by, act="offer_remind", row=locked, new={"channel": channel})
    return made


def reminders_today(offer: Offer) -> int:
    """How often the member of an offer was reminded today, of whatever offer."""
    begin = dt.datetime.combine(today(), dt.time.min, JAKARTA)
    return Reminder.objects.filter(
        offer__workshop__ikm=offer.workshop.ikm_id, at__gte=begin, channel__in=CHANNELS
    ).count()
