"""Amounts in words, as they stand on papers so that a figure can't be changed unseen. Whole numbers below 10¹⁵."""

from __future__ import annotations

LIMIT = 10**15
INDONESIAN = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
]  # fmt: skip
ENGLISH = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ID_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
EN_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def rupiah_spelled(amount: int, language: str = "id") -> str:
    """ "seribu dua ratus rupiah" or "one thousand two hundred rupiah"; 0 ≤ amount < 10¹⁵.

    Raises
    ------
    ValueError: below zero, or too large for a paper.
    """
    if not 0 <= amount < LIMIT:
        raise ValueError(f"Expected 0 <= amount < {LIMIT}, got {amount}")
    return f"{indonesian(amount) if language == 'id' else english(amount)} rupiah"


def indonesian(number: int) -> str:
    """seratus and seribu take "se-" for one; sejuta is said "satu juta"."""
    if number < 12:
        return INDONESIAN[number]
    if number < 20:
        return f"{INDONESIAN[number - 10]} belas"
    for scale, name in ID_SCALES:
        if number >= scale:
            many, rest = divmod(number, scale)
            head = f"se{name}" if many == 1 and scale in {100, 1000} else f"{indonesian(many)} {name}"
            return head + (f" {indonesian(rest)}" if rest else "")
    raise AssertionError(number)


def english(number: int) -> str:
    if number < 20:
        return ENGLISH[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return TENS[tens - 2] + (f"-{ENGLISH[rest]}" if rest else "")
    for scale, name in EN_SCALES:
        if number >= scale:
            many, rest = divmod(number, scale)
            return f"{english(many)} {name}" + (f" {english(rest)}" if rest else "")
    raise AssertionError(number)
