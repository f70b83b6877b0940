"""What makes a PIN of eight digits hard enough to guess, where five tries in a quarter of an hour are all one has."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from itertools import pairwise

from django.utils.translation import gettext as _

from wadah.base.errors import Refused

PIN_LENGTH = 8
DISTINCT_DIGITS_MIN = 3
DATE_FORMS = ("%d%m%Y", "%m%d%Y", "%Y%m%d", "%Y%d%m")
YEARS = range(1900, 2100)


def pin_check(pin: str, *, phone: str) -> None:
    """Refuses what isn't eight digits, or is tried first: one or two digits, a run, halves alike, a date, the phone.

    Raises
    ------
    Refused: with the way out.
    """
    fault = pin_fault(pin, phone)
    if fault:
        raise Refused(fault, field="pin")


def pin_fault(pin: str, phone: str) -> str:
    """What is wrong with it, in words; empty if nothing is. phone: E.164."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        return _("A PIN has exactly 8 digits, and nothing else.")
    if len(set(pin)) < DISTINCT_DIGITS_MIN:
        return _("This PIN is too easy: use at least three different digits.")
    if is_run(pin) or pin[:4] == pin[4:] or pin[:4] == pin[:3:-1]:
        return _("This PIN is too easy: its digits follow a pattern.")
    if is_date(pin):
        return _("This PIN looks like a date. People guess birthdays first; choose something else.")
    if pin in phone.lstrip("+") or pin in "0" + phone.removeprefix("+62"):
        return _("This PIN is part of your phone number. Choose something else.")
    return ""


def is_run(pin: str) -> bool:
    """Each digit is one (or two) more, or less, than the one before; 0 follows 9."""
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    return len(steps) == 1


def is_date(pin: str) -> bool:
    for form in DATE_FORMS:
        with suppress(ValueError):
            if dt.datetime.strptime(pin, form).year in YEARS:  # noqa: DTZ007 (a pattern, not a moment)
                return True
    return False
