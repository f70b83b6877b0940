"""What a person may act for, as one value that every page asks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Roles:
    """Ids of what a person may act for; all empty for a stranger. A buyer's rights come from demand, not from here.

    cooperatives_joined: by a member's place; cooperatives_managed, _kept (treasurer), _inspected: by office;
    ikm_owned and workshops_owned: the member's own firms; officer_areas: empty for an officer of the whole city.
    """

    cooperatives_joined: frozenset[int] = frozenset()
    cooperatives_managed: frozenset[int] = frozenset()
    cooperatives_kept: frozenset[int] = frozenset()
    cooperatives_inspected: frozenset[int] = frozenset()
    ikm_owned: frozenset[int] = frozenset()
    workshops_owned: frozenset[int] = frozenset()
    officer: bool = False
    officer_areas: frozenset[int] = frozenset()
    admin: bool = False

    @property
    def member(self) -> bool:
        return bool(self.cooperatives_joined)

    @property
    def manager(self) -> bool:
        return bool(self.cooperatives_managed)

    @property
    def anything(self) -> bool:
        return self != Roles()
