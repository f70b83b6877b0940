"""The 18 elements of a PPAP and which of them each level asks for.

Source: Production Part Approval Process, 4th edition (AIAG, 2006), section 2 and table 4.2. Level 1: the warrant only;
2: with samples and some data; 3: with samples and all data (the default); 4: the warrant and what the buyer ticks;
5: everything, looked at in the workshop. Names are data, in Indonesian and English, as they are said in a workshop.
In: a level and what somebody ticked otherwise. Out: numbers of elements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LEVELS = (1, 2, 3, 4, 5)
DEFAULT_LEVEL = 3
CUSTOMER_LEVEL = 4
WORKSHOP_LEVEL = 5
WARRANT = 18
"""The warrant (PSW) is asked for at every level and can't be left out."""


@dataclass(frozen=True, slots=True)
class Element:
    """table: for levels 1 … 5, S: handed in, R: kept at the workshop and shown when asked, *: as the buyer says."""

    number: int
    name: str
    name_en: str
    table: str


ELEMENTS = (
    Element(1, "Gambar dan data desain", "Design records", "RSS*R"),
    Element(2, "Catatan perubahan desain", "Engineering change documents", "RSS*R"),
    Element(3, "Persetujuan teknik pembeli", "Customer engineering approval", "RRS*R"),
    Element(4, "FMEA desain", "Design FMEA", "RRS*R"),
    Element(5, "Diagram alir proses", "Process flow diagram", "RRS*R"),
    Element(6, "FMEA proses", "Process FMEA", "RRS*R"),
    Element(7, "Rencana kendali", "Control plan", "RRS*R"),
    Element(8, "Analisis alat ukur", "Measurement system analysis", "RRS*R"),
    Element(9, "Hasil ukur", "Dimensional results", "RSS*R"),
    Element(10, "Hasil uji bahan dan fungsi", "Material and performance test results", "RSS*R"),
    Element(11, "Studi awal proses", "Initial process studies", "RRS*R"),
    Element(12, "Bukti laboratorium", "Qualified laboratory documentation", "RSS*R"),
    Element(13, "Persetujuan tampilan", "Appearance approval report", "SSS*R"),
    Element(14, "Contoh hasil produksi", "Sample production parts", "RSS*R"),
    Element(15, "Contoh induk", "Master sample", "RRR*R"),
    Element(16, "Alat bantu periksa", "Checking aids", "RRR*R"),
    Element(17, "Syarat khusus pembeli", "Customer-specific requirements", "RRS*R"),
    Element(18, "Surat pernyataan bagian (PSW)", "Part submission warrant (PSW)", "SSSSR"),
)
NUMBERS = tuple(element.number for element in ELEMENTS)


def by_level(level: int) -> frozenset[int]:
    """What is asked for at a level unless somebody ticks otherwise; at level 5 all, looked at in the workshop.

    Raises ValueError outside 1 … 5.
    """
    if level not in LEVELS:
        raise ValueError(f"Expected a level of {LEVELS}, got {level!r}")
    if level == WORKSHOP_LEVEL:
        return frozenset(NUMBERS)
    return frozenset(element.number for element in ELEMENTS if element.table[level - 1] == "S")


def asked(level: int, statuses: Mapping[int, str]) -> frozenset[int]:
    """What a trial asks for: its level's elements, those that somebody ticked besides, without those ticked off.

    statuses: of elements that have a row; "not_needed" is ticked off, anything else is asked for.
    """
    off = {number for number, status in statuses.items() if status == "not_needed"}
    return frozenset((by_level(level) | (statuses.keys() - off)) - off | {WARRANT})


def lacking(level: int, statuses: Mapping[int, str]) -> list[int]:
    """Elements that are asked for and not accepted yet, in their order."""
    return sorted(number for number in asked(level, statuses) if statuses.get(number) != "accepted")


def changes(level: int, statuses: Mapping[int, str], wanted: Collection[int]) -> dict[int, str]:
    """The statuses to write so that exactly `wanted` (and the warrant) is asked for; what was handed in stays so."""
    wish = {*wanted, WARRANT}
    now_asked = asked(level, statuses)
    found: dict[int, str] = dict.fromkeys(now_asked - wish, "not_needed")
    found |= dict.fromkeys(wish - now_asked, "missing")
    return found
