"""What an intervention of each kind takes and gives unless somebody knows better. All of it is assumed (G2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usual:
    """Rupiah, m², hours a week once it has come to all of it, people, and the curve it follows (curves.py)."""

    cost_rupiah: int
    floor_m2: int
    hours_week: int
    curve: str
    people: int = 0


USUAL = {
    "training": Usual(6_000_000, 0, 20, "training"),
    "machine": Usual(35_000_000, 6, 35, "machine"),
    "mentor": Usual(24_000_000, 0, 20, "mentoring-two-years"),
    "new_group": Usual(90_000_000, 60, 175, "new-group", people=5),
    "floor": Usual(15_000_000, 12, 35, "fitting-out"),
    "certificate": Usual(3_000_000, 0, 20, "approval"),
}
NEW_PLACES = frozenset({"machine", "new_group"})  # work of their own, beside what a workshop has
AT_WORKSHOP = frozenset({"training", "machine", "mentor", "floor", "certificate"})
