"""What makes a phone, a password and a PIN fit to sign in with, and what a browser's name says about a device. Pure."""

from wadah.accounts.rules.browsers import browser_read
from wadah.accounts.rules.pins import PIN_LENGTH, pin_check, pin_fault
from wadah.accounts.rules.secrets import (
    PASSWORD_LENGTH_MAX,
    PASSWORD_LENGTH_MIN,
    password_check,
    password_fault,
    phone_e164,
    phone_local,
)

__all__ = [
    "PASSWORD_LENGTH_MAX",
    "PASSWORD_LENGTH_MIN",
    "PIN_LENGTH",
    "browser_read",
    "password_check",
    "password_fault",
    "phone_e164",
    "phone_local",
    "pin_check",
    "pin_fault",
]
