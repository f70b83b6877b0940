"""What a manager has to decide today, as cards. A room's card is one function in a module of `cards`:

    @card(urgency=10)
    def requests(person: Person) -> Card | None:
        waiting = requests_unanswered(person.roles.cooperatives_managed)
        return Card(waiting.count, …) if waiting.count else None

It asks selectors a constant number of queries and answers None where nothing is to be decided. A new module is named in
`cards/__init__.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.web.access import Person

    Maker = Callable[[Person], "Card | None"]


@dataclass(frozen=True, slots=True)
class Card:
    """count: decisions that wait, 1 or more; title: of what; sentence: how things stand; url, action: the one link, and
    what one does there; icon: a symbol of icons.svg; pressing: costs money or trust while it waits."""

    count: int
    title: str
    sentence: str
    url: str
    action: str
    icon: str
    pressing: bool = False


MAKERS: list[tuple[int, Maker]] = []


def card(*, urgency: int) -> Callable[[Maker], Maker]:
    """Have a card made on Today; the smaller `urgency`, the further up it stands."""

    def register(maker: Maker) -> Maker:
        MAKERS.append((urgency, maker))
        MAKERS.sort(key=lambda pair: pair[0])
        return maker

    return register


def cards_of(person: Person) -> list[Card]:
    """The cards of whoever manages, most urgent first."""
    return [made for _urgency, maker in MAKERS if (made := maker(person)) is not None]
