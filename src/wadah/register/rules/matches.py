"""Which firms of the register may be one and the same, from what is written of them alone (docs/city.md D3)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from wadah.register.rules.search import fold_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

PHONE, NAME, OWNER = "phone", "name", "owner"
TITLES = re.compile(r"\b(bapak|pak|ibu|bu|haji|hajah|hj?|kh|sdri?|mrs?|ny|tn)\b\.?", re.IGNORECASE)
OWNER_LETTERS_MIN = 5
"""Shorter names are too common to say anything."""
SHARED_MOST = 5
"""A phone (or name) of more firms belongs to somebody who acts for them, and says nothing of two."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is written of a firm; phone in E.164 or empty, area None where not known."""

    ikm: int
    name: str
    owner: str
    area: int | None
    phone: str
    subsectors: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two firms, the lower key first, and what they have in common: PHONE, NAME (and kelurahan), OWNER."""

    one: int
    other: int
    signs: tuple[str, ...]


def owner_key(name: str) -> str:
    """A name without titles, spaces, signs and capitals: "H. Slamet, S.T." and "Pak Slamet" begin alike."""
    plain = TITLES.sub(" ", name.partition(",")[0])
    return re.sub(r"[^a-z0-9]", "", fold_key(plain))


def one_letter_less(word: str) -> set[str]:
    """The word, and it without each of its letters: two words that differ in one letter share one of these.

    Digits stay: who is told from others by a number is another.
    """
    return {word, *(word[:at] + word[at + 1 :] for at, letter in enumerate(word) if letter.isalpha())}


def pairs_found(firms: Sequence[Told]) -> list[Pair]:
    """Pairs, those with most in common first. Firms share a phone; or folded name and kelurahan; or have owners whose
    names differ in one letter at most, in one kelurahan and one trade."""
    signs: dict[tuple[int, int], list[str]] = defaultdict(list)
    groups = (
        (PHONE, ((firm.phone, firm) for firm in firms if firm.phone)),
        (NAME, (((fold_key(firm.name), firm.area), firm) for firm in firms if firm.area)),
        (OWNER, owners(firms)),
    )
    for sign, keyed in groups:
        for one, other in alike(keyed):
            if sign not in signs[one, other]:
                signs[one, other].append(sign)
    found = [Pair(one, other, tuple(found)) for (one, other), found in signs.items()]
    return sorted(found, key=lambda pair: (-len(pair.signs), pair.signs == (OWNER,), pair.one, pair.other))


def owners(firms: Iterable[Told]) -> Iterator[tuple[Hashable, Told]]:
    for firm in firms:
        key = owner_key(firm.owner)
        if firm.area and len(key) >= OWNER_LETTERS_MIN:
            for word in one_letter_less(key):
                for subsector in firm.subsectors:
                    yield (word, firm.area, subsector), firm


def alike(keyed: Iterable[tuple[Hashable, Told]]) -> Iterator[tuple[int, int]]:
    """Pairs of firms under one key, where it isn't so many that it says nothing."""
    by_key: dict[Hashable, set[int]] = defaultdict(set)
    for key, firm in keyed:
        by_key[key].add(firm.ikm)
    for firms in by_key.values():
        if len(firms) <= SHARED_MOST:
            yield from combinations(sorted(firms), 2)
