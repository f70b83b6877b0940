"""Acts on accounts and the door, one transaction each: people, PINs and passwords, devices, links, the second step."""

from wadah.accounts.services.devices import device_end, device_remember, device_seen, devices_end_others
from wadah.accounts.services.links import link_ask, link_make, link_use
from wadah.accounts.services.people import password_change, user_close, user_correct, user_create
from wadah.accounts.services.second_step import (
    recovery_codes_renew,
    second_step_check,
    second_step_confirm,
    second_step_off,
    second_step_offer,
    second_step_reset,
)
from wadah.accounts.services.secrets import password_choose, pin_choose, secret_check

__all__ = [
    "device_end",
    "device_remember",
    "device_seen",
    "devices_end_others",
    "link_ask",
    "link_make",
    "link_use",
    "password_change",
    "password_choose",
    "pin_choose",
    "recovery_codes_renew",
    "second_step_check",
    "second_step_confirm",
    "second_step_off",
    "second_step_offer",
    "second_step_reset",
    "secret_check",
    "user_close",
    "user_correct",
    "user_create",
]
