"""One-time links: made and handed over by a manager, asked for by their owner, used once.

The address is shown to its maker once. The database keeps only a hash of its token: who reads a backup opens nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.delivery import DeliveryFailed, delivery, link_text
from wadah.accounts.models import LinkRequest, SignInLink, User
from wadah.accounts.selectors import hashed, link_state, user_by_phone
from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record

if TYPE_CHECKING:
    from collections.abc import Callable

HANDED_OVER_HOURS = 24
ASKED_MINUTES = 10

log = logging.getLogger(__name__)


@transaction.atomic
def link_make(*, user: User, by: User | None, next_page: str = "") -> tuple[SignInLink, str]:
    """Makes the link that signs `user` in once; returns its row and its token, which is kept nowhere.

    A link that the person waits for lives 10 minutes and leads where they were going; any other lives 24 hours. Links
    made earlier stop working.

    Parameters
    ----------
    by: who hands it over; None: Wadah sends it itself.
    next_page: a page of this site, "/…"; the web has made sure of that.

    Raises
    ------
    Refused: the account is closed.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    if not row.is_active:
        raise Refused(_("This account is closed, so no link can open it."))
    moment, token = now(), secrets.token_urlsafe(24)
    asked = LinkRequest.objects.filter(user=row, answered_at__isnull=True).first()
    if asked is not None:
        asked.answered_at = moment
        asked.save(update_fields=["answered_at"])
    links_withdraw(row, moment)
    life = dt.timedelta(minutes=ASKED_MINUTES) if asked else dt.timedelta(hours=HANDED_OVER_HOURS)
    link = SignInLink.objects.create(
        user=row,
        token_hash=hashed(token),
        made_by=by,
        asked=asked is not None,
        next=(next_page or (asked.next if asked else ""))[:200],
        made_at=moment,
        expires_at=moment + life,
    )
    history_record(user=by, act="sign_in_link_make", row=row)
    return link, token


def links_withdraw(user: User, moment: dt.datetime) -> None:
    SignInLink.objects.filter(user=user, used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=moment)


def link_ask(*, phone: str, address: Callable[[str], str], next_page: str = "") -> None:
    """Notes that the owner of a phone wants a link, and sends it where the site has an adapter.

    Says nothing of whether the phone is known. phone: as people write it; address: makes the whole address of a token.
    """
    user = user_by_phone(phone)
    if user is None:
        return
    request_put(user, next_page)
    sender = delivery()
    if sender is None:
        return
    link, token = link_make(user=user, by=None)
    try:
        sender.send(phone=user.phone, text=link_text(user, address(token), link.expires_at))
    except DeliveryFailed:
        log.warning("a one-time link could not be sent; its request waits for a manager")
        with transaction.atomic():
            links_withdraw(user, now())
            request_put(user, next_page)


def request_put(user: User, next_page: str) -> None:
    LinkRequest.objects.update_or_create(
        user=user, answered_at__isnull=True, defaults={"asked_at": now(), "next": next_page[:200]}
    )


@transaction.atomic
def link_use(*, token: str) -> SignInLink:
    """Uses a link up: of all who try at once, one gets it.

    Raises
    ------
    Refused: it isn't open (used, too old, replaced by a newer one, never made, or its account closed).
    """
    moment = now()
    link = SignInLink.objects.select_related("user").filter(token_hash=hashed(token), user__is_active=True).first()
    # No join in the comparison: PostgreSQL would look at the joined rows as they stood before it waited.
    still_open = SignInLink.objects.filter(
        token_hash=hashed(token), used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=moment
    )
    if link is None or still_open.update(used_at=moment) != 1:
        raise Refused(link_state(token).sentence)
    history_record(user=link.user, act="sign_in_link_use", row=link.user)
    return link
