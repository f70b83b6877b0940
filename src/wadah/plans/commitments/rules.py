"""How many minutes a promise takes, and how many pieces a number of minutes holds. No database."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WHOLE = Decimal(1)
PLACES = Decimal("0.001")


def minutes_of(pieces: Decimal, *, per_piece: Decimal, setup: Decimal) -> int:
    """Minutes by the workshop's clock for `pieces` started in one week, set-up once, rounded up; 0 for none."""
    if pieces <= 0:
        return 0
    return int((setup + pieces * per_piece).quantize(WHOLE, ROUND_CEILING))


def pieces_within(minutes: int, *, per_piece: Decimal, setup: Decimal, integer: bool, most: Decimal) -> Decimal:
    """The most pieces, `most` at the most, that `minutes` (≥ 0) hold; whole ones where `integer`."""
    if minutes_of(most, per_piece=per_piece, setup=setup) <= minutes:
        return most
    if per_piece <= 0:
        return Decimal(0)
    fit = max(Decimal(0), (Decimal(minutes) - setup) / per_piece)
    return min(most, fit.quantize(WHOLE if integer else PLACES, ROUND_FLOOR))
