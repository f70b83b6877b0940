"""Devices: remembered for 90 days from the last time that a person proved there who they are, ended by hand."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from wadah.accounts.models import Device, User
from wadah.accounts.rules import browser_read
from wadah.accounts.selectors import device_of_cookie, hashed
from wadah.base.clock import now
from wadah.base.history import history_record

REMEMBERED_DAYS = 90
SEEN_EVERY = dt.timedelta(hours=1)
"""How fine "last seen" is: a page doesn't write a row each time that it is looked at."""


@transaction.atomic
def device_remember(*, user: User, how: str, agent: str, cookie: str = "") -> tuple[Device, str]:
    """Remembers the device on which `user` has just proved who they are; returns its row and its cookie's new value.

    how: "link", "pin" or "password"; agent: the browser's name as it sends it; cookie: what the device brought. The
    same person's device is renewed under a new secret; another's is ended, for its cookie is gone.
    """
    moment, secret = now(), secrets.token_urlsafe(24)
    kind, browser = browser_read(agent)
    row = device_of_cookie(cookie)
    if row is not None and row.user_id != user.pk:
        row.ended_at = moment
        row.save(update_fields=["ended_at"])
        row = None
    row = row or Device(user=user, first_seen_at=moment)
    row.secret_hash = hashed(secret)
    row.kind, row.browser, row.how = kind, browser, how
    row.seen_at, row.expires_at = moment, moment + dt.timedelta(days=REMEMBERED_DAYS)
    row.save()
    return row, secret


def device_seen(*, device: Device) -> None:
    """Notes that the device was just used, to the hour."""
    moment = now()
    if moment - device.seen_at >= SEEN_EVERY:
        Device.objects.filter(pk=device.pk, seen_at__lt=moment).update(seen_at=moment)


@transaction.atomic
def device_end(*, device: Device, by: User) -> Device:
    """Signs a device out: its sessions end with the next page that they ask for, and its cookie opens nothing."""
    row = Device.objects.select_for_update().get(pk=device.pk)
    if row.ended_at is None:
        row.ended_at = now()
        row.save(update_fields=["ended_at"])
        history_record(user=by, act="device_end", row=row.user, new={"device": row.pk})
    return row


@transaction.atomic
def devices_end_others(*, user: User, keep: int | None, by: User) -> int:
    """Signs all of a person's devices out but `keep` (a device's id; None: all); how many."""
    rows = Device.objects.filter(user=user, ended_at__isnull=True)
    count = (rows if keep is None else rows.exclude(pk=keep)).update(ended_at=now())
    if count:
        history_record(user=by, act="devices_end_others", row=user, new={"devices": count})
    return count
