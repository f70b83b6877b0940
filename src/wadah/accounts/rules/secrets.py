"""What makes a phone number and a password fit to sign in with."""

from __future__ import annotations

from functools import cache

import phonenumbers
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wadah.base.errors import Refused

COUNTRY = "ID"
PASSWORD_LENGTH_MIN = 8
PASSWORD_LENGTH_MAX = 128
"""A longer password would only make hashing slow; ASVS 5.0 §6.2 asks for 64 or more."""
DISTINCT_MIN = 3


def phone_e164(text: str) -> str:
    """A phone number as people write it, in the one form that is stored: "0812-3456-7890" → "+6281234567890".

    Accepts 08…, 8…, 62…, +62…, fixed lines such as (021) …, and numbers of other countries with + and the country code.

    Raises
    ------
    Refused: nothing that can be dialled; the message says what was read.
    """
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        message = _("“%(text)s” isn't a phone number. Write it like 0812-3456-7890.") % {"text": text.strip()[:40]}
        raise Refused(message, field="phone")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def phone_local(phone: str) -> str:
    """A stored phone as people read it: "+6281234567890" → "0812-3456-7890"; foreign numbers keep their country."""
    number = phonenumbers.parse(phone)
    national = number.country_code == phonenumbers.country_code_for_region(COUNTRY)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, style))


def password_check(password: str, *, phone: str, name: str) -> None:
    """Refuses a password that is short, too long, one repeated sign, common, or the person's own phone or name.

    No mix of signs is asked for: length is what helps (ASVS 5.0 §6.2).

    Raises
    ------
    Refused: with the way out.
    """
    fault = password_fault(password, phone, name)
    if fault:
        raise Refused(fault, field="password")


def password_fault(password: str, phone: str, name: str) -> str:
    """What is wrong with it, in words; empty if nothing is."""
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX:
        span = {"low": PASSWORD_LENGTH_MIN, "high": PASSWORD_LENGTH_MAX}
        return _("A password has %(low)d to %(high)d signs.") % span
    if len(set(password)) < DISTINCT_MIN:
        return _("This password is too easy: use at least three different signs.")
    own = {folded(name), phone, phone.lstrip("+"), "0" + phone.removeprefix("+62")}
    if folded(password) in own:
        return _("This password is too easy: it is your own name or phone number.")
    try:
        common_passwords().validate(password)
    except ValidationError:
        return _("This password is too easy: many people use it.")
    return ""


@cache
def common_passwords() -> CommonPasswordValidator:
    """Django's list of 20,000; unpacked once a process, since that takes some 15 ms."""
    return CommonPasswordValidator()


def folded(text: str) -> str:
    return "".join(text.split()).casefold()
