"""The cast with one person of each role, and one object of each kind that the modules of tests/addresses build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from addresses import (
    ADMIN,
    BUYER,
    INSPECTOR,
    MANAGER,
    MEMBER,
    OFFICER,
    OTHER_BUYER,
    OTHER_INSPECTOR,
    OTHER_MANAGER,
    OTHER_MEMBER,
    OTHER_TREASURER,
    STRANGER,
    TREASURER,
    all_values,
)
from cast import JOINED, cast_build, person
from wadah.register.services import appointment_make, membership_open

if TYPE_CHECKING:
    from addresses import Rule


def roles_build():
    """People by role, and the keys of the objects by the names that the rules of tests/addresses use."""
    cast = cast_build()
    users = {
        STRANGER: None,
        MEMBER: cast.sari.user,
        MANAGER: cast.manager,
        BUYER: cast.buyer,
        OFFICER: cast.officer,
        ADMIN: person("Bu Wati", 14),
        OTHER_MEMBER: cast.rudi.user,
        OTHER_MANAGER: person("Pak Joko", 15),
        OTHER_BUYER: person("Ms Sato", 16),
        INSPECTOR: person("Bu Yuli", 17),
        OTHER_INSPECTOR: person("Pak Dodi", 18),
        TREASURER: person("Bu Endah", 19),
        OTHER_TREASURER: person("Pak Gani", 20),
    }
    appointment_make(user=users[ADMIN], role="admin", valid_from=JOINED)
    for role, office, cooperative in (
        (OTHER_MANAGER, "manager", cast.other_cooperative),
        (INSPECTOR, "inspector", cast.cooperative),
        (OTHER_INSPECTOR, "inspector", cast.other_cooperative),
        (TREASURER, "treasurer", cast.cooperative),
        (OTHER_TREASURER, "treasurer", cast.other_cooperative),
    ):
        membership_open(cooperative=cooperative, joined_on=JOINED, role=office, user=users[role])
    return users, all_values(cast, users)


def address_of(name: str, rule: Rule, values: dict) -> str:
    """The address of what is in `values`; an argument "=word" is the word itself."""
    words = {key: kind[1:] if kind.startswith("=") else values[kind] for key, kind in rule.arguments.items()}
    return reverse(name, kwargs=words)
