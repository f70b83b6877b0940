"""Firms that may be one and the same, and what was decided about them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.register.models import FirmMatch, Ikm
from wadah.register.rules.matches import Told, pairs_found

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAIRS_MOST = 200
"""As many are shown at once; deciding about them brings the next."""


@dataclass(frozen=True, slots=True)
class FirmPair:
    """Two firms with workshops, places and trades at hand; signs: of register.rules.matches."""

    one: Ikm
    other: Ikm
    signs: tuple[str, ...]


def firm_pairs(firms: QuerySet[Ikm]) -> list[FirmPair]:
    """Pairs among these firms that nobody has decided about, those with most in common first. Seven queries."""
    open_firms = firms.filter(archived_at__isnull=True).order_by()
    trades: dict[int, set[int]] = defaultdict(set)
    for firm, subsector in Ikm.subsectors.through.objects.order_by().values_list("ikm", "subsector"):
        trades[firm].add(subsector)
    told = [
        Told(*row, subsectors=frozenset(trades[row[0]]))
        for row in open_firms.values_list("pk", "name", "owner_name", "area", "phone")
    ]
    decided = FirmMatch.objects.filter(undone_at__isnull=True).order_by().values_list("kept", "gone")
    settled = {frozenset(pair) for pair in decided}
    pairs = [pair for pair in pairs_found(told) if {pair.one, pair.other} not in settled][:PAIRS_MOST]
    keys = {key for pair in pairs for key in (pair.one, pair.other)}
    rows = {row.pk: row for row in firms_at_hand(Ikm.objects.filter(pk__in=keys))}
    return [FirmPair(rows[pair.one], rows[pair.other], pair.signs) for pair in pairs]


def firms_at_hand(rows: QuerySet[Ikm]) -> QuerySet[Ikm]:
    """With workshops and their machines, places, trades and papers."""
    return rows.select_related("area__parent").prefetch_related(
        "subsectors", "workshops__machines", "workshops__mastered", "memberships__cooperative", "certificates"
    )


def matches_of(firms: QuerySet[Ikm]) -> QuerySet[FirmMatch]:
    """What was ever decided about these firms, newest first."""
    keys = firms.order_by().values("pk")
    rows = FirmMatch.objects.filter(Q(kept__in=keys) | Q(gone__in=keys))
    return rows.select_related("kept", "gone", "by")


def matches_seen(firms: QuerySet[Ikm]) -> QuerySet[FirmMatch]:
    """Of it, what is in force."""
    return matches_of(firms).filter(undone_at__isnull=True)
