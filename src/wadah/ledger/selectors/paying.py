"""Who is owed what, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from wadah.catalogue.models import Motif
from wadah.ledger.models import PayoutAccount, RoyaltyPayout, WorkEntry
from wadah.register.selectors import cooperatives_named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from wadah.register.models import Cooperative

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class BankLine:
    """One transfer, as banks' forms for many at once ask for it; account: all digits."""

    bank: str
    account: str
    holder: str
    rupiah: int
    reference: str


def accounts_on(ikms: Collection[int], day: dt.date) -> dict[int, PayoutAccount]:
    """By maker, the bank account that holds on a day. A query for each AT_ONCE makers."""
    found: dict[int, PayoutAccount] = {}
    keys = sorted(ikms)
    for start in range(0, len(keys), AT_ONCE):
        rows = PayoutAccount.objects.filter(ikm__in=keys[start : start + AT_ONCE], valid_from__lte=day)
        found |= {row.ikm_id: row for row in rows.order_by("valid_from", "pk")}
    return found


def royalties_owed(cooperative: Cooperative) -> dict[int, int]:
    """By motif, rupiah of royalties not paid yet (account 2107). Two queries."""
    entries = WorkEntry.objects.filter(cooperative=cooperative, motif__isnull=False).order_by()
    earned = dict(entries.values_list("motif").annotate(all=Sum("royalty_rupiah")))
    payouts = RoyaltyPayout.objects.filter(cooperative=cooperative, reversed_at=None).order_by()
    paid = dict(payouts.values_list("motif").annotate(all=Sum("rupiah")))
    left = {key: rupiah - paid.get(key, 0) for key, rupiah in earned.items()}
    return {key: rupiah for key, rupiah in left.items() if rupiah}


@dataclass(frozen=True, slots=True)
class Owed:
    """Royalties that a cooperative owes to the holder of a motif; below zero: paid for pieces that came back since."""

    cooperative: Cooperative
    motif: Motif
    rupiah: int


def motifs_owed(cooperatives: Collection[int]) -> list[Owed]:
    """Of each cooperative and motif, by name; a few queries for each cooperative."""
    found = []
    for cooperative in cooperatives_named(cooperatives):
        owed = royalties_owed(cooperative)
        motifs = Motif.objects.filter(pk__in=owed).order_by("name")
        found += [Owed(cooperative, motif, owed[motif.pk]) for motif in motifs]
    return found
