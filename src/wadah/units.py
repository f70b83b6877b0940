"""Whole rupiah, pieces, minutes and dates: shared without losing one, written for people, and read from people.

Nowhere else is money divided. No Django here. Languages are "id" (1.234,5) and "en" (1,234.5).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

Rupiah = NewType("Rupiah", int)
Pieces = NewType("Pieces", int)
Minutes = NewType("Minutes", int)

MINUTES_AN_HOUR = 60

# "M" is miliar (10^9) in Indonesia, never a million.
SCALES = {
    "rb": 10**3, "ribu": 10**3, "jt": 10**6, "juta": 10**6,
    "m": 10**9, "miliar": 10**9, "milyar": 10**9, "t": 10**12, "triliun": 10**12,
}  # fmt: skip

MONEY = re.compile(
    r"(?P<minus>-)?\s*(?:rp|idr)?\.?\s*(?P<number>\d[\d.,]*?)(?:,-+)?\s*(?P<scale>[a-z]+)?", re.IGNORECASE
)
GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*")


class UnitError(ValueError):
    """What was typed can't be read as a number of this kind. code: "empty", "not_a_number", "not_whole", "negative"."""

    def __init__(self, code: str, typed: str) -> None:
        super().__init__(f"{code}: {typed!r}")
        self.code = code
        self.typed = typed


# -- sharing ----------------------------------------------------------------------------------------------------------


def share_whole(whole: int, weights: Sequence[int | float | Decimal | Fraction]) -> list[int]:
    """Split `whole` (≥ 0) by `weights` (≥ 0, at least one > 0) into whole parts that add up to it.

    Largest remainder (Hamilton): each gets the floor of its exact share, and what is left over goes one by one to the
    largest remainders, ties to the earlier. No part is more than one away from its exact share.
    """
    if whole < 0:
        raise ValueError(f"Expected whole >= 0, got {whole}")
    exact = whole_weights(weights)
    total = sum(exact)
    if total <= 0 or min(exact) < 0:
        raise ValueError(f"Expected weights >= 0 with a sum > 0, got {list(weights)!r}")
    parts, remainders = [], []
    for weight in exact:
        part, remainder = divmod(whole * weight, total)
        parts.append(part)
        remainders.append(remainder)
    by_remainder = sorted(range(len(parts)), key=lambda i: -remainders[i])
    for i in by_remainder[: whole - sum(parts)]:
        parts[i] += 1
    return parts


def whole_weights(weights: Sequence[int | float | Decimal | Fraction]) -> list[int]:
    """The same weights as whole numbers, exactly: all over one denominator. Ten times as fast as with fractions."""
    if all(isinstance(weight, int) for weight in weights):
        return [int(weight) for weight in weights]
    exact = [Fraction(weight) for weight in weights]
    over = lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (over // weight.denominator) for weight in exact]


def share_rupiah(whole: Rupiah, weights: Sequence[int | float | Decimal | Fraction]) -> list[Rupiah]:
    """Split a sum, negative too (a reversal mirrors its original), without losing a rupiah; see `share_whole`."""
    sign = -1 if whole < 0 else 1
    return [Rupiah(sign * part) for part in share_whole(abs(whole), weights)]


def rupiah_of(amount: Decimal | Fraction | float | int) -> Rupiah:
    """The nearest whole rupiah, halves away from zero; where a computed amount becomes money, once."""
    if isinstance(amount, Fraction):
        amount = Decimal(amount.numerator) / Decimal(amount.denominator)
    return Rupiah(int(Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP)))


def pieces_up(pieces: int, pack: int) -> Pieces:
    """The smallest whole number of packs' worth of pieces that holds `pieces` (≥ 0); pack ≥ 1."""
    return Pieces(-(-pieces // pack) * pack)


# -- writing ----------------------------------------------------------------------------------------------------------


def rupiah_text(amount: int) -> str:
    """ "Rp1.250.000", the Indonesian way in both languages: the currency's own."""
    return f"{'−' if amount < 0 else ''}Rp{number_text(abs(amount))}"


def rupiah_short_text(amount: int, language: str = "id") -> str:
    """ "Rp1,25 jt", "Rp2,3 M": at most two decimals, for charts and cards; exact amounts stand in tables."""
    for scale, indonesian, english in ((10**12, "T", "trillion"), (10**9, "M", "billion"), (10**6, "jt", "million")):
        if abs(amount) >= scale:
            text = decimal_text(Decimal(abs(amount)) / scale, 2, language)
            return f"{'−' if amount < 0 else ''}Rp{text} {indonesian if language == 'id' else english}"
    return rupiah_text(amount)


def number_text(number: int, language: str = "id") -> str:
    """A whole number with groups of three: 1.234.567 or 1,234,567."""
    text = f"{abs(number):,}"
    return ("−" if number < 0 else "") + (text.replace(",", ".") if language == "id" else text)


def decimal_text(number: Decimal | float | int, places: int = 1, language: str = "id") -> str:
    """At most `places` decimals, half up, trailing zeros dropped: 1.234,5 or 1,234.5."""
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):f}".partition(".")
    part = part.rstrip("0")
    mark = "," if language == "id" else "."
    minus = "−" if rounded < 0 else ""
    return minus + number_text(int(whole), language) + (mark + part if part else "")


def percent_text(ratio: float | Decimal, places: int = 1, language: str = "id") -> str:
    """A ratio (0.0534) as "5,3 %" in both languages' marks; a space is not used in Indonesian text: "5,3%"."""
    return decimal_text(Decimal(str(ratio)) * 100, places, language) + "%"


def minutes_text(minutes: int, language: str = "id") -> str:
    """ "2 jam 30 menit" or "2 h 30 min"; 0 is "0 menit"."""
    hours, rest = divmod(abs(minutes), MINUTES_AN_HOUR)
    hour, minute = ("jam", "menit") if language == "id" else ("h", "min")
    parts = [f"{number_text(hours, language)} {hour}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {minute}")
    return ("−" if minutes < 0 else "") + " ".join(parts)


MONTHS = {
    "id": [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ],
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
}  # fmt: skip
DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def date_text(date: dt.date, language: str = "id") -> str:
    """ "4 Desember 2026"."""
    return f"{date.day} {MONTHS[language][date.month - 1]} {date.year}"


def date_long_text(date: dt.date, language: str = "id") -> str:
    """ "Jumat, 4 Desember 2026"."""
    return f"{DAYS[language][date.weekday()]}, {date_text(date, language)}"


def date_short_text(date: dt.date, language: str = "id") -> str:
    """ "4 Des" or "4 Dec", where the year is plain from the heading."""
    return f"{date.day} {MONTHS[language][date.month - 1][:3]}"


def moment_text(moment: dt.datetime, language: str = "id") -> str:
    """ "Jumat, 4 Desember 2026 pukul 14.00 WIB"; the moment is already in Bekasi's time."""
    clock = f"pukul {moment:%H.%M}" if language == "id" else f"at {moment:%H:%M}"
    return f"{date_long_text(moment.date(), language)} {clock} WIB"


# -- reading ----------------------------------------------------------------------------------------------------------


def rupiah_read(typed: str) -> Rupiah:
    """Whole rupiah out of what people type: "Rp 1.250.000", "1.250.000,-", "1,25 jt", "750rb", "2 M", "1250000.00".

    Raises UnitError when it is no amount, or when it holds a part of a rupiah.
    """
    found = MONEY.fullmatch(" ".join(typed.split()))
    if not typed.strip():
        raise UnitError("empty", typed)
    if found is None or (found["scale"] or "").lower() not in {"", *SCALES}:
        raise UnitError("not_a_number", typed)
    scale = SCALES.get((found["scale"] or "").lower(), 1)
    amount = number_read(found["number"], grouped=scale == 1) * scale
    if amount != int(amount):
        raise UnitError("not_whole", typed)
    return Rupiah(-int(amount) if found["minus"] else int(amount))


def number_read(typed: str, *, grouped: bool = True) -> Decimal:
    """A number ≥ 0 with either mark for decimals: the last mark is decimal, unless groups of three follow.

    grouped: with a single mark and three digits after it, whether that is a thousand ("1.250" = 1250) or, as before
    "jt", a decimal ("1.250 jt" = 1,25 juta).
    """
    text = typed.strip().rstrip(".,")
    grouping = GROUPED.fullmatch(text)
    if grouping and (grouped or text.count(grouping["mark"]) > 1):
        return Decimal(text.replace(grouping["mark"], ""))
    cut = max(text.rfind("."), text.rfind(","))
    whole, part = (text[:cut], text[cut + 1 :]) if cut >= 0 else (text, "0")
    if cut >= 0 and not (whole.isdigit() or GROUPED.fullmatch(whole)):
        raise UnitError("not_a_number", typed)
    if cut >= 0 and text[cut] in whole:
        raise UnitError("not_a_number", typed)
    try:
        return Decimal(f"{whole.replace('.', '').replace(',', '')}.{part}")
    except InvalidOperation:
        raise UnitError("not_a_number", typed) from None


def pieces_read(typed: str) -> Pieces:
    """A whole number of pieces ≥ 0: "1.200", "1200", "1,200". Raises UnitError otherwise."""
    if not typed.strip():
        raise UnitError("empty", typed)
    if typed.strip().startswith("-"):
        raise UnitError("negative", typed)
    number = number_read(typed)
    if number != int(number):
        raise UnitError("not_whole", typed)
    return Pieces(int(number))
