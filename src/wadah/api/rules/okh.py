"""A part as an Open Know-How manifest, version 2.4, and back (docs/exchange.md has the table of fields).

The manifest names the components; how many of each, and what else only Wadah knows, stands in its table `wadah`, which
other readers pass over.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.api.rules.drafts import ComponentDraft, PartDraft
from wadah.api.rules.fields import Fields, name_key
from wadah.base.errors import Refused
from wadah.catalogue.rules.routing import Step

if TYPE_CHECKING:
    import datetime as dt

    from wadah.api.rules.documents import Document

OKH_VERSION = "2.4"
READ_VERSIONS = re.compile(r"(okh-losh)?v?[12](\.\d+)*", re.IGNORECASE)
LICENCES = (
    "LicenseRef-NOASSERTION",
    "LicenseRef-AllRightsReserved",
    "CC-BY-SA-4.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CERN-OHL-S-2.0",
    "CERN-OHL-P-2.0",
)
"""What a manager may say about the design's licence, as SPDX writes it."""
TSDC = {
    "assembly": "ASM",
    "welding": "WEL",
    "laser_cutting": "LAS",
    "cnc_milling": "CNC",
    "cnc_turning": "CNC",
    "printing_3d": "3DP",
}
UNITS = {
    "piece": ("piece", "pieces", "pcs", "pc", "item", "items", "unit", "units", "buah", "bh", "each", ""),
    "kg": ("kg", "kilogram", "kilograms"),
    "metre": ("metre", "metres", "meter", "meters", "m"),
    "hour": ("hour", "hours", "h", "jam"),
}
COMPONENTS_MAX, STEPS_MAX = 500, 50
QUANTITY_MAX = Decimal(10) ** 8 - 1
WEEKS_MAX = 520


# -- out --------------------------------------------------------------------------------------------------------------


def part_manifest(
    draft: PartDraft, *, repo: str, licensor: str, licence: str, function: str, on: dt.date, language: str = "id"
) -> Document:
    """The manifest of a part. repo: the address of its page; licence: as SPDX writes it; on: stands for its version."""
    return {
        "okhv": OKH_VERSION,
        "name": draft.name,
        "repo": repo,
        "version": on.isoformat(),
        "license": licence,
        "licensor": licensor,
        "organization": licensor,
        "function": function,
        "documentation-language": language,
        "tsdc": [TSDC[draft.skill]] if draft.skill in TSDC else [],
        "part": [
            {"name": component.name, "source": f"{file_stem(component.code)}.okh.toml"}
            for component in draft.components
        ],
        "wadah": own_fields(draft),
    }


def file_stem(code: str) -> str:
    """A code as the name of a file."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", code).strip("-.") or "part"


def own_fields(draft: PartDraft) -> dict[str, Any]:
    return {
        "format": "wadah-part/1",
        "code": draft.code,
        "name-en": draft.name_en,
        "unit": draft.unit,
        "integer": draft.integer,
        "service": draft.service,
        "subsector": draft.subsector,
        "skill": draft.skill,
        "supply": draft.supply,
        "supply-reason": draft.supply_reason,
        "supply-reason-en": draft.supply_reason_en,
        "pack-size": draft.pack_size,
        "lead-time-weeks": draft.lead_time_weeks,
        "shelf-life-weeks": draft.shelf_life_weeks,
        "bom": [
            {
                "code": component.code,
                "name": component.name,
                "name-en": component.name_en,
                "quantity": component.quantity,
                "unit": component.unit,
                "integer": component.integer,
                "supply": component.supply,
            }
            for component in draft.components
        ],
        "steps": [
            {
                "name": step.name,
                "skill": step.skill,
                "minutes-per-piece": step.minutes_per_piece,
                "setup-minutes": step.setup_minutes,
                "with-previous": step.with_previous,
            }
            for step in draft.steps
        ],
    }


# -- in ---------------------------------------------------------------------------------------------------------------


def part_draft(document: Document) -> PartDraft:
    """What a manifest (OKH 2.x or OKH-LOSH 1.0, or the JSON that the Open Hardware Manager writes) says of a part.

    Raises
    ------
    Refused: another version, no name, a value out of range, or more components than a bill of materials holds.
    """
    top = Fields(document)
    version = top.text("okhv", "okh-manifest-version")
    if version and not READ_VERSIONS.fullmatch(version):
        words = {"version": version[:40], "known": OKH_VERSION}
        raise Refused(_("“okhv” is %(version)s; Wadah reads Open Know-How up to %(known)s.") % words)
    name = top.text("name", "title", most=120)
    if not name:
        raise Refused(_("The manifest has no “name”. Write the part's name there and send it again."))
    own = top.one("wadah")
    own.text("format")
    skill = own.text("skill", most=40) or skill_of(top)
    if "wadah" in top.taken:
        told_twice(top)
    components = tuple(component(row) for row in own.many("bom")) or told_components(top)
    if len(components) > COMPONENTS_MAX:
        counted = {"count": len(components), "most": COMPONENTS_MAX}
        raise Refused(_("The manifest names %(count)d components; Wadah takes %(most)d at most.") % counted)
    unit = unit_of(own, "unit")
    return PartDraft(
        name=name,
        code=own.text("code", most=80),
        name_en=own.text("name-en", most=120),
        unit=unit,
        integer=flag(own, "integer", unit == "piece"),
        service=flag(own, "service", default=False),
        subsector=own.text("subsector", most=40),
        skill=skill,
        supply=supply_of(own, "made"),
        supply_reason=own.text("supply-reason", most=240),
        supply_reason_en=own.text("supply-reason-en", most=240),
        pack_size=own.number("pack-size", least=Decimal("0.001")),
        lead_time_weeks=own.whole("lead-time-weeks", most=WEEKS_MAX),
        shelf_life_weeks=own.whole("shelf-life-weeks", most=WEEKS_MAX),
        source=source_of(top, version),
        components=components,
        steps=steps_of(own),
        unread=top.unread(),
    )


def source_of(top: Fields, version: str) -> str:
    """Where the manifest says that the design comes from, in one line; people in it lose their e-mail addresses."""
    licensor = re.sub(r"\s*<[^>]*>", "", top.text("licensor") or top.one("licensor").text("name"))
    organization = top.text("organization", "organisation") or top.one("organization", "organisation").text("name")
    parts = [
        f"OKH {version}" if version else "OKH",
        top.text("repo"),
        top.text("version"),
        top.text("license") or top.one("license").text("hardware"),
        licensor,
        organization if organization != licensor else "",
        top.text("function"),
    ]
    top.text("documentation-language", "documentation_language")
    return " · ".join(part for part in parts if part)[:1000]


def skill_of(top: Fields) -> str:
    """The skill behind the first criterion that Wadah has a word for, "" if none; such a manifest's tsdc is read."""
    known = {criterion: skill for skill, criterion in reversed(TSDC.items())}
    found = top.texts("tsdc")
    skills = [known[criterion] for criterion in found if criterion in known]
    if found and len(skills) < len(found):
        top.taken.discard("tsdc")
    return skills[0] if skills else ""


def told_twice(top: Fields) -> None:
    """Reads what Wadah's own manifests say a second time, for readers that don't know their table `wadah`."""
    top.texts("tsdc")
    for row in top.many("part"):
        row.text("name")
        row.text("source")


def component(row: Fields) -> ComponentDraft:
    unit = unit_of(row, "unit")
    return ComponentDraft(
        name=named(row),
        quantity=quantity_of(row),
        code=row.text("code", most=80),
        name_en=row.text("name-en", most=120),
        unit=unit,
        integer=flag(row, "integer", unit == "piece"),
        supply=supply_of(row, "bought"),
    )


def told_components(top: Fields) -> tuple[ComponentDraft, ...]:
    """Components of a manifest that another wrote: with quantities where it has them, else one of each."""
    rows = top.many("sub_parts", "components") or top.many("part", "parts")
    found: dict[tuple[str, str], ComponentDraft] = {}
    for row in rows:
        unit, name = unit_of(row, "unit"), named(row)
        made = ComponentDraft(name, quantity_of(row), unit=unit, integer=unit == "piece")
        same = found.get((name_key(name), unit))
        total = made.quantity + (same.quantity if same else 0)
        found[name_key(name), unit] = ComponentDraft(name, total, unit=unit, integer=made.integer)
    return tuple(found.values())


def named(row: Fields) -> str:
    name = row.text("name", most=120)
    if not name:
        raise Refused(_("“%(path)s” has no name.") % {"path": row.path})
    return name


def quantity_of(row: Fields) -> Decimal:
    found = row.number("quantity", least=Decimal("0.000001"), most=QUANTITY_MAX)
    return Decimal(1) if found is None else found.quantize(Decimal("0.000001")).normalize()


def unit_of(row: Fields, name: str) -> str:
    """The unit in Wadah's word; a unit that it hasn't stays unread and counts as pieces."""
    found = row.text(name).lower()
    for unit, words in UNITS.items():
        if found in words:
            return unit
    row.taken.discard(name_key(name))
    return "piece"


def supply_of(row: Fields, default: str) -> str:
    found = row.text("supply").lower()
    if found in {"made", "bought"}:
        return found
    row.taken.discard("supply")
    return default


def flag(row: Fields, name: str, default: bool) -> bool:
    found = row.flag(name)
    return default if found is None else found


def steps_of(own: Fields) -> tuple[Step, ...]:
    rows = own.many("steps")
    if len(rows) > STEPS_MAX:
        words = {"count": len(rows), "most": STEPS_MAX}
        raise Refused(_("The manifest has %(count)d steps; Wadah takes %(most)d at most.") % words)
    most = Decimal(10) ** 7
    return tuple(
        Step(
            name=row.text("name", most=40),
            skill=row.text("skill", most=40),
            minutes_per_piece=row.number("minutes-per-piece", most=most) or Decimal(0),
            setup_minutes=row.number("setup-minutes", most=Decimal(10) ** 6) or Decimal(0),
            with_previous=flag(row, "with-previous", default=False),
        )
        for row in rows
    )
