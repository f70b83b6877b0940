"""The least number that is enough, where a plan may show that it is, its bound that it isn't, or neither (G35).

In: a verdict for each number, monotone: what is enough stays enough with more. Out: an Interval: fewer than `fewest`
is proven not to be enough, `enough` is shown to be by a plan. Two bisections share their verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Verdict = Literal["enough", "not", "open"]
NEAR = 8  # the first step beyond a guess is that part of it; each following step is twice as wide


@dataclass(frozen=True, slots=True)
class Interval:
    """fewest ≥ 0; enough: None where no number looked at was shown to be; then fewest may lie beyond them all."""

    fewest: int
    enough: int | None

    @property
    def exact(self) -> bool:
        return self.fewest == self.enough


def interval_of(verdicts: Mapping[int, Verdict]) -> Interval:
    """What the verdicts say together."""
    refuted = [number for number, verdict in verdicts.items() if verdict == "not"]
    shown = [number for number, verdict in verdicts.items() if verdict == "enough"]
    return Interval(max(refuted, default=-1) + 1, min(shown, default=None))


def least(ask: Callable[[int], Verdict | None], most: int, guess: int) -> Interval:
    """The least number of 0 … most that is enough.

    ask: the verdict on a number, None where there was no time for it: then the search ends with what it has; guess:
    where it may lie, to begin with.
    """
    found: dict[int, Verdict] = {}

    def known(number: int) -> Verdict:
        if number not in found:
            verdict = ask(number)
            if verdict is None:
                raise TimeoutError
            found[number] = verdict
        return found[number]

    try:
        if known(0) == "enough":
            return interval_of(found)
        high = bracket(known, most, guess)
        narrow(known, max((n for n, seen in found.items() if n < high and seen != "enough"), default=0), high, "enough")
        unproven = min((n for n, seen in found.items() if seen != "not"), default=most + 1)
        narrow(known, max((n for n, seen in found.items() if seen == "not"), default=-1), unproven, "not")
    except TimeoutError:
        pass
    return interval_of(found)


def bracket(known: Callable[[int], Verdict], most: int, guess: int) -> int:
    """The first number that is enough, of ever larger ones; most + 1 where none is."""
    number = min(max(1, guess), most)
    step = max(1, number // NEAR)
    while known(number) != "enough":
        if number >= most:
            return most + 1
        number, step = min(most, number + step), 2 * step
    return number


def narrow(known: Callable[[int], Verdict], low: int, high: int, edge: Verdict) -> None:
    """Halve what lies between low and high until they are neighbours. edge "enough": high is enough, low isn't shown
    to be; edge "not": low is proven not to be, high isn't."""
    while high - low > 1:
        middle = (low + high) // 2
        verdict = known(middle)
        upwards = verdict == "not" if edge == "not" else verdict != "enough"
        low, high = (middle, high) if upwards else (low, middle)
