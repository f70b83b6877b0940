"""Whose city: the whole one, or the areas that an officer looks after. Every selector here is given one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from wadah.register.selectors.seen import within


@dataclass(frozen=True, slots=True)
class Scope:
    """areas: ids of areas, with all that lies in them; empty for the whole city.

    public: for everybody's eyes: small cells are hidden, and what cooperatives were ordered isn't told.
    """

    areas: frozenset[int] = frozenset()
    public: bool = False

    @property
    def whole(self) -> bool:
        return not self.areas

    def holds(self, column: str) -> Q:
        """Rows whose column, which points to an area, lies in it."""
        return within(self.areas, column) if self.areas else Q()

    def places(self) -> Q:
        """Areas that lie in it."""
        inside = Q(pk__in=self.areas) | Q(parent__in=self.areas) | Q(parent__parent__in=self.areas)
        return inside if self.areas else Q()


EVERYWHERE = Scope()
