"""Who may open which address: each group of pages keeps its rules in a module here, test_matrix.py tries them all.

A module has RULES (name of the address → Rule) and, where its pages are about objects of its own, `build(cast, users)`,
which makes one of each for Maju Bersama and returns their keys for the addresses: {"run": 17}.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field

STRANGER, MEMBER, MANAGER, BUYER, OFFICER, ADMIN = "stranger", "member", "manager", "buyer", "officer", "admin"
INSPECTOR, TREASURER = "inspector", "treasurer"
OTHER_MEMBER, OTHER_MANAGER, OTHER_BUYER = "other member", "other manager", "other buyer"
OTHER_INSPECTOR, OTHER_TREASURER = "other inspector", "other treasurer"
OTHERS = {OTHER_MEMBER, OTHER_MANAGER, OTHER_BUYER, OTHER_INSPECTOR, OTHER_TREASURER}
EVERYBODY = {STRANGER, MEMBER, MANAGER, INSPECTOR, TREASURER, BUYER, OFFICER, ADMIN} | OTHERS
SIGNED_IN = EVERYBODY - {STRANGER}


@dataclass(frozen=True)
class Rule:
    """sees: who gets the page about an object of Maju Bersama; reads: who sees it but may not write.

    arguments: the address's own arguments → what `build` calls the object, or "=word" for the word itself;
    method: "post" for addresses that only write; form: what is posted.
    """

    sees: set
    reads: frozenset = frozenset()
    arguments: dict = field(default_factory=dict)
    method: str = "get"
    form: dict = field(default_factory=dict)


def modules():
    return [importlib.import_module(f"addresses.{found.name}") for found in pkgutil.iter_modules(__path__)]


def all_rules():
    """Every rule by name of the address; a name in two modules is a mistake."""
    rules = {}
    for module in modules():
        twice = rules.keys() & module.RULES.keys()
        assert not twice, f"{sorted(twice)} in two modules"
        rules |= module.RULES
    return rules


def all_values(cast, users):
    """What each module has built, by the names that its rules use."""
    values = {}
    for module in modules():
        if hasattr(module, "build"):
            built = module.build(cast, users)
            twice = values.keys() & built.keys()
            assert not twice, f"{sorted(twice)} built by two modules"
            values |= built
    return values
