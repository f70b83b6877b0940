"""Values of options: text in, a number within its range out; anything else is told with the range (exit code 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.cli.usage import fault

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 40  # characters of a value that are shown
SEED_MOST = 2**31 - 1  # what the solver's own seed can hold


def whole_between(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`, both included."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise fault("not whole", text=short(text), least=least, most=most) from None
        if not least <= value <= most:
            raise fault("outside", text=short(text), least=least, most=most)
        return value

    return read


def amount_between(least: float, most: float, *, above: bool = False) -> Callable[[str], float]:
    """A reader of numbers from `least` (or above it, where `above`) to `most`; never NaN."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise fault("not number", text=short(text)) from None
        if not (least < value if above else least <= value) or not value <= most:
            raise fault("not above" if above else "outside", text=short(text), least=f"{least:g}", most=f"{most:g}")
        return value

    return read


def short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def due_of_group(text: str) -> tuple[str, float]:
    """`GROUP=RUPIAH`; the name may hold = itself."""
    group, found, due = text.rpartition("=")
    if not (found and group):
        raise fault("not due", text=short(text))
    return group, RUPIAH(due)


SEED = whole_between(0, SEED_MOST)
SECONDS = amount_between(0, 1e7, above=True)
RUPIAH = amount_between(0, 1e15)
"""Readers that several commands share: a seed, seconds > 0, and rupiah ≥ 0."""
