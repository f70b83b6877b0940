"""Sharing a year's surplus (docs/ledger.md S1-S5). Pure: whole rupiah in, whole rupiah out.

UU 25/1992 Art. 45: after the reserve, to members by their work with the cooperative; Art. 5: not by capital alone.
How much each pool gets is the annual meeting's decision, and so is what a member's work is measured by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wadah.ledger.words import Pool
from wadah.units import Rupiah, rupiah_of, share_rupiah

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALL = Decimal(100)
NOTHING = Rupiah(0)


class NotAHundred(ValueError):
    """S2: the pools' percentages don't add up to exactly 100. total: what they add up to."""

    def __init__(self, total: Decimal) -> None:
        super().__init__(f"Expected percentages that add up to 100, got {total}")
        self.total = total


@dataclass(frozen=True, slots=True)
class Split:
    """A surplus over the pools (S2, S3).

    result = members + others, both ≥ 0; first: rupiah of each pool as the percentages give it; pools: after what
    nobody takes went to the reserve, and others' part with it; moved: how much of which pool that was. Σ pools = result
    """

    result: Rupiah
    members: Rupiah
    others: Rupiah
    first: dict[Pool, Rupiah]
    pools: dict[Pool, Rupiah]
    moved: dict[Pool, Rupiah] = field(default_factory=dict)


def percents_check(percents: Mapping[Pool, Decimal]) -> None:
    """S2. Raises NotAHundred; ValueError for one below zero."""
    if any(percent < 0 for percent in percents.values()):
        raise ValueError(f"Expected percentages >= 0, got {dict(percents)}")
    total = sum(percents.values(), Decimal(0))
    if total != ALL:
        raise NotAHundred(total)


def members_part(result: int, members_work: int, others_work: int) -> Rupiah:
    """S3: what of a result comes from members' business, by the cost of their work in the cost of all work.

    Others' part is rounded once and the rest is the members', so that both add up. All is the members' where no work
    was paid for. Costs below zero (more came back than was accepted) count as none. A loss is parted alike.
    """
    members, others = max(members_work, 0), max(others_work, 0)
    if not others:
        return Rupiah(result)
    return Rupiah(result - rupiah_of(Fraction(result * others, members + others)))


def surplus_split(
    *,
    result: int,
    members: int,
    percents: Mapping[Pool, Decimal],
    others_to_reserve: bool,
    has_work: bool = True,
    has_savings: bool = True,
) -> Split:
    """S2, S3: the pools in whole rupiah.

    result: > 0; members: of it, 0 … result; has_work, has_savings: whether anybody can take the pools of S4.

    Raises
    ------
    NotAHundred: the percentages. ValueError: a loss, or a part larger than the whole.
    """
    percents_check(percents)
    if result <= 0 or not 0 <= members <= result:
        raise ValueError(f"Expected 0 <= members <= result > 0, got {members} of {result}")
    others = Rupiah(result - members)
    first = shared(members, percents)
    pools = {pool: first.get(pool, NOTHING) for pool in {**percents, Pool.RESERVE: ALL}}
    for pool, rupiah in others_split(others, percents, to_reserve=others_to_reserve).items():
        pools[pool] = Rupiah(pools[pool] + rupiah)
    moved = {
        pool: pools[pool]
        for pool, taken in ((Pool.PATRONAGE, has_work), (Pool.CAPITAL, has_savings))
        if not taken and pools.get(pool)
    }
    for pool, rupiah in moved.items():
        pools[pool] = NOTHING
        pools[Pool.RESERVE] = Rupiah(pools[Pool.RESERVE] + rupiah)
    return Split(Rupiah(result), Rupiah(members), others, first, pools, moved)


def others_split(others: Rupiah, percents: Mapping[Pool, Decimal], *, to_reserve: bool) -> dict[Pool, Rupiah]:
    """S3: never to members by their work. Whole to the reserve, or over the other pools by their percentages."""
    rest: dict[Pool, Decimal] = {
        pool: percent for pool, percent in percents.items() if pool != Pool.PATRONAGE and percent
    }
    if to_reserve or not rest:
        return {Pool.RESERVE: others}
    return shared(others, rest)


def shared(whole: int, percents: Mapping[Pool, Decimal]) -> dict[Pool, Rupiah]:
    """Largest remainder; ties to the pool that stands first in words.Pool, however the meeting wrote them down."""
    pools = [pool for pool in Pool if percents.get(pool)]
    return dict(zip(pools, share_rupiah(Rupiah(whole), [percents[pool] for pool in pools]), strict=True))


def pool_shared(whole: int, bases: Sequence[int]) -> list[Rupiah]:
    """S4: one pool over the members by what each has of the base (≥ 0): the parts add up to the whole, and none is a
    whole rupiah away from its exact share. All zero where nobody has any.
    """
    if not any(bases):
        return [NOTHING] * len(bases)
    return share_rupiah(Rupiah(whole), bases)
