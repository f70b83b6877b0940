"""A workshop as an Open Know-Where record, version 1.0, and back (docs/exchange.md has the table of fields).

The standard leaves the form open. Wadah writes JSON with the names that the Open Hardware Manager uses
("facility_status") and reads these names however they are cased.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from wadah.api.rules.drafts import MachineDraft, WorkshopDraft
from wadah.api.rules.fields import Fields
from wadah.base.errors import Refused
from wadah.units import DAYS, minutes_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wadah.api.rules.documents import Document

OKW_VERSION = "1.0"
KINDS = ("home", "garage", "workshop")
MACHINES_MAX, PROCESSES_MAX = 200, 200
DAY_MINUTES, WEEK_DAYS = 24 * 60, 7


# -- out --------------------------------------------------------------------------------------------------------------


def workshop_record(
    draft: WorkshopDraft,
    *,
    processes: Mapping[str, str],
    places: Mapping[str, str],
    affiliations: Sequence[str],
    certifications: Sequence[str] = (),
    closed: bool = False,
    personal: bool = False,
) -> Document:
    """The record of a workshop.

    processes: English name by code; places: "district", "city" and so on by name; closed: archived; personal: with the
    owner's name, the phone, the street and the coordinates, which are left out otherwise.
    """
    address = dict(places) | ({"street": draft.address} if personal else {})
    spot = f"{draft.lat}, {draft.lng}" if personal and draft.lat is not None else ""
    person = {"name": draft.owner, "contact": {"mobile": draft.phone, "whatsapp": draft.phone}} if personal else {}
    return {
        "name": draft.name,
        "location": {"address": address, "gps_coordinates": spot},
        "owner": {"name": draft.firm},
        "contact": person,
        "affiliations": [{"name": name} for name in affiliations],
        "facility_status": "Closed" if closed else "Active",
        "opening_hours": hours_text(draft.minutes),
        "description": f"{draft.kind.capitalize()}.{' Simulated: made up for trying Wadah out.' * draft.simulated}",
        "access_type": "Restricted",
        "equipment": [
            {
                "equipment_type": machine.name,
                "manufacturing_process": processes.get(machine.process, machine.process),
                "quantity": machine.count,
                "notes": machine.note,
            }
            for machine in draft.machines
        ],
        "manufacturing_processes": [processes.get(code, code) for code in draft.processes],
        "floor_size": draft.floor_m2,
        "certifications": list(certifications),
        "human_capacity": {"headcount": draft.workers},
        "wadah": own_fields(draft),
    }


def hours_text(minutes: Sequence[int] | None) -> str:
    if minutes is None:
        return ""
    days = zip(DAYS["en"], minutes, strict=True)
    return ", ".join(f"{day} {minutes_text(worked, 'en') if worked else 'closed'}" for day, worked in days)


def own_fields(draft: WorkshopDraft) -> dict[str, Any]:
    return {
        "format": "wadah-workshop/1",
        "code": draft.code,
        "kind": draft.kind,
        "legal_form": draft.legal_form,
        "area": draft.area,
        "power_va": draft.power_va,
        "simulated": draft.simulated,
        "subsectors": list(draft.subsectors),
        "processes": list(draft.processes),
        "machines": [
            {"name": machine.name, "process": machine.process} for machine in draft.machines if machine.process
        ],
        "minutes": list(draft.minutes) if draft.minutes is not None else None,
        "overtime_minutes_week": draft.overtime_minutes_week or None,
    }


# -- in ---------------------------------------------------------------------------------------------------------------


def workshop_draft(document: Document) -> WorkshopDraft:
    """What a record says of a workshop and its firm.

    Raises
    ------
    Refused: no name, a value out of range, or more machines than Wadah takes.
    """
    top = Fields(document)
    name = top.text("name", most=160)
    if not name:
        raise Refused(_("The record has no “name”. Write the workshop's name there and send it again."))
    own, owner, contact = top.one("wadah"), top.one("owner"), top.one("contact")
    own.text("format")
    location = top.one("location")
    address, area = place_of(location)
    lat, lng = spot_of(location)
    minutes = minutes_of(own)
    if minutes is not None:
        top.text("opening_hours")
    read_only(top)
    machines = machines_of(top, own)
    return WorkshopDraft(
        name=name,
        code=own.text("code", most=20),
        firm=owner.text("name", most=160),
        owner=contact.text("name", most=120),
        legal_form=own.text("legal_form", most=16) or "individual",
        phone=phone_of(contact, owner),
        workers=top.one("human_capacity").whole("headcount", most=100_000),
        kind=kind_of(own),
        area=own.text("area", most=40) or area,
        address=address,
        lat=lat,
        lng=lng,
        floor_m2=top.whole("floor_size", "size", "size_floor_size", most=10_000_000),
        power_va=own.whole("power_va", most=100_000_000),
        simulated=own.flag("simulated") or False,
        subsectors=own.texts("subsectors"),
        processes=processes_of(top, own),
        machines=machines,
        minutes=minutes,
        overtime_minutes_week=own.whole("overtime_minutes_week", most=WEEK_DAYS * DAY_MINUTES) or 0,
        source=f"OKW {OKW_VERSION}",
        unread=top.unread(),
    )


def read_only(top: Fields) -> None:
    """Fields of Wadah's own records that follow from others: they are nothing to keep."""
    if top.text("facility_status").lower() != "active":
        top.taken.discard("facilitystatus")
    if "wadah" in top.taken:
        for row in top.many("affiliations"):
            row.text("name")
        top.text("access_type")
        top.text("description")


def place_of(location: Fields) -> tuple[str, str]:
    """The address in one line, and the name of the kelurahan."""
    address = location.one("address")
    plain = location.text("address")
    area = address.text("district", "kelurahan")
    street = [address.text("street"), address.text("number")]
    for name in ("subdistrict", "city", "region", "country"):
        address.text(name)
    location.text("city")
    location.text("country")
    return (plain or " ".join(part for part in street if part))[:240], area


def spot_of(location: Fields) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees; what isn't two numbers stays unread."""
    found = re.fullmatch(
        r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*", location.text("gps_coordinates")
    )
    if found is None:
        location.taken.discard("gpscoordinates")
        return None, None
    lat, lng = float(found[1]), float(found[2])
    if abs(lat) > 90 or abs(lng) > 180:
        raise Refused(_("“%(path)s” is no place on the globe.") % {"path": location.where("gps_coordinates")})
    return lat, lng


def phone_of(*agents: Fields) -> str:
    """The first number of an agent that can be rung; numbers that say the same are read."""
    found = ""
    for agent in agents:
        ways = agent.one("contact")
        for name in ("mobile", "whatsapp", "landline"):
            value = ways.text(name)
            found = found or value
            if value != found:
                ways.taken.discard(name)
    return found[:40]


def kind_of(own: Fields) -> str:
    found = own.text("kind").lower()
    if found in KINDS:
        return found
    own.taken.discard("kind")
    return "workshop"


def minutes_of(own: Fields) -> tuple[int, ...] | None:
    found = own.take("minutes", kind=list)
    if found is None:
        return None
    values = found[1]
    fine = all(isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1440 for value in values)
    if len(values) != WEEK_DAYS or not fine:
        words = {"path": own.where("minutes")}
        raise Refused(_("“%(path)s” must be seven whole numbers of minutes, Monday first, 0 to 1440 each.") % words)
    return tuple(values)


def processes_of(top: Fields, own: Fields) -> tuple[str, ...]:
    """Codes of Wadah's own where the record has them, else what the record calls its processes."""
    told, codes = top.texts("manufacturing_processes", "capabilities"), own.texts("processes")
    return (codes or tuple(words_of(name) for name in told))[:PROCESSES_MAX]


def machines_of(top: Fields, own: Fields) -> tuple[MachineDraft, ...]:
    """Machines with one name are one row."""
    rows = top.many("equipment")
    codes = {row.text("name"): row.text("process") for row in own.many("machines")}
    if len(rows) > MACHINES_MAX:
        words = {"count": len(rows), "most": MACHINES_MAX}
        raise Refused(_("The record lists %(count)d machines; Wadah takes %(most)d at most.") % words)
    found: dict[str, MachineDraft] = {}
    for row in rows:
        name, process = machine_name(row), words_of(row.text("manufacturing_process"))
        process = codes.get(name, process)
        count = row.whole("quantity", least=1, most=10_000) or 1
        note = row.text("notes", most=240)
        same = found.get(name)
        if same:
            process, count, note = same.process or process, same.count + count, same.note or note
        found[name] = MachineDraft(name, process, count, note)
    return tuple(found.values())


def machine_name(row: Fields) -> str:
    sort = words_of(row.text("equipment_type"))
    made = " ".join(word for word in (row.text("make"), row.text("model")) if word)
    name = f"{sort} ({made})" if sort and made else sort or made
    if not name:
        raise Refused(_("“%(path)s” has neither “equipment_type” nor “model”.") % {"path": row.path})
    return name[:120]


def words_of(text: str) -> str:
    """The words of an address in an encyclopaedia: ".../wiki/CNC_mill" is "CNC mill"; other text is itself."""
    if re.match(r"https?://", text):
        return unquote(text.rstrip("/").rsplit("/", 1)[-1]).replace("_", " ").strip()
    return text
