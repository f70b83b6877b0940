"""What a document says, in Wadah's words, before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from wadah.catalogue.rules.routing import Step

CODE_MAX = 80


@dataclass(frozen=True, slots=True)
class Unread:
    """A field that Wadah has no column for. path: where it stands in the document; value: as text."""

    path: str
    value: str


@dataclass(frozen=True, slots=True)
class ComponentDraft:
    """quantity: > 0, so much of it goes into one piece; code "": the document gives none."""

    name: str
    quantity: Decimal
    code: str = ""
    name_en: str = ""
    unit: str = "piece"
    integer: bool = True
    supply: str = "bought"


@dataclass(frozen=True, slots=True)
class PartDraft:
    """A part as a manifest has it. subsector, skill: codes; source: what the manifest says of where it comes from."""

    name: str
    code: str = ""
    name_en: str = ""
    unit: str = "piece"
    integer: bool = True
    service: bool = False
    subsector: str = ""
    skill: str = ""
    supply: str = "made"
    supply_reason: str = ""
    supply_reason_en: str = ""
    pack_size: Decimal | None = None
    lead_time_weeks: int | None = None
    shelf_life_weeks: int | None = None
    source: str = ""
    components: tuple[ComponentDraft, ...] = ()
    steps: tuple[Step, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class MachineDraft:
    """process: the name or code of the process it serves, "" for a tool of general use."""

    name: str
    process: str = ""
    count: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkshopDraft:
    """A workshop with its firm as a record has it. processes: names or codes; area: a code or the name of a kelurahan.

    minutes: seven numbers, Monday first, None where the record doesn't say it in numbers.
    """

    name: str
    code: str = ""
    firm: str = ""
    owner: str = ""
    legal_form: str = "individual"
    phone: str = ""
    workers: int | None = None
    kind: str = "workshop"
    area: str = ""
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    floor_m2: int | None = None
    power_va: int | None = None
    simulated: bool = False
    subsectors: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    machines: tuple[MachineDraft, ...] = ()
    minutes: tuple[int, ...] | None = None
    overtime_minutes_week: int = 0
    source: str = ""
    unread: tuple[Unread, ...] = ()


def code_proposal(name: str, taken: Iterable[str] = ()) -> str:
    """A code out of a name: "Baut M8 × 20" becomes BAUT-M8-20, or BAUT-M8-20-2 where that is taken."""
    stem = re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")[: CODE_MAX - 5].strip("-") or "PART"
    held, number, code = set(taken), 1, stem
    while code in held:
        number += 1
        code = f"{stem}-{number}"
    return code


def filled_codes(components: Iterable[ComponentDraft], held: Iterable[str] = ()) -> list[str]:
    """A code for each component: its own, or one out of its name that no other has."""
    listed = list(components)
    taken = {*held, *(component.code for component in listed)}
    codes = []
    for component in listed:
        code = component.code or code_proposal(component.name, taken)
        taken.add(code)
        codes.append(code)
    return codes
