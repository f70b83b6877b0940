"""JSON and TOML documents gone wrong, from a seed: their fields, their types, and their text."""

import copy
import json
import math

from wadah.api.rules import document_write

MANIFEST = {
    "okhv": "2.4",
    "name": "Ring karet",
    "repo": "https://example.org/ring",
    "version": "1",
    "license": {"hardware": "CC0-1.0"},
    "licensor": {"name": "Seseorang", "email": "a@example.org"},
    "function": "menahan air",
    "tsdc": ["CNC"],
    "mass": 12.5,
    "part": [{"name": "Karet lembaran", "source": "a.step"}, {"name": "Baut", "quantity": 2, "unit": "pcs"}],
    "sub_parts": [{"name": "Pelat", "quantity": "2.5", "unit": "kg"}],
    "wadah": {
        "code": "RING",
        "unit": "piece",
        "integer": True,
        "subsector": "komponen-otomotif",
        "skill": "turning",
        "supply": "made",
        "lead-time-weeks": 2,
        "bom": [{"code": "BAUT", "name": "Baut", "quantity": 2}],
        "steps": [{"name": "bubut", "skill": "turning", "minutes-per-piece": 1.5, "setup-minutes": 20}],
    },
}
RECORD = {
    "name": "Bengkel Lain",
    "facility_status": "Active",
    "owner": {"name": "CV Maju", "bio": "sejak 1991"},
    "contact": {"name": "Pak Amin", "contact": {"mobile": "0812-1111-2222"}},
    "location": {"address": {"street": "Jl. Mawar", "district": "Bekasi Jaya"}, "gps_coordinates": "-6.24, 107.0"},
    "opening_hours": "Mon-Fri 9-17",
    "equipment": [{"equipment_type": "https://en.wikipedia.org/wiki/Lathe", "quantity": 2, "notes": "1 m"}],
    "manufacturing_processes": ["Bubut", "https://en.wikipedia.org/wiki/Turning"],
    "floor_size": 36,
    "human_capacity": {"headcount": 4},
    "wadah": {
        "code": "W-077",
        "kind": "garage",
        "legal_form": "cv",
        "power_va": 2200,
        "subsectors": ["komponen-otomotif"],
        "processes": ["turning"],
        "machines": [{"name": "Lathe", "process": "turning"}],
        "minutes": [480, 480, 480, 480, 420, 300, 0],
        "overtime_minutes_week": 440,
    },
}
PROBLEM = {
    "format": "wadah-problem/1",
    "calendar": {"periods": 3, "start": "2026-12-07"},
    "parts": [{"id": "bolt"}, {"id": "clamp", "bom": [["bolt", 2]]}],
    "workshops": [{"id": "w1", "hours": 40}, {"id": "w2", "hours": [40, 30, 20]}],
    "capabilities": [
        {"part": "bolt", "workshop": "w1", "hours_per_unit": 0.1},
        {"part": "clamp", "workshop": "w2", "hours_per_unit": 0.5, "cost_per_unit": 100},
    ],
    "orders": [{"id": "o1", "part": "clamp", "quantity": 10, "due": 2, "short_cost": 5}],
}
ODD = [
    None, True, False, 0, -1, 1.5, 1e308, 10**30, 2**63, "", " ", "x" * 300, "x" * 30_000, [], {}, [[]], [{}], [None],
    {"": ""},
    "=cmd|' /C calc'!A0", "NaN", "1e400", "\u202e", "\ud800", "\x00", "\x07", "https://example.org/wiki/%FF%00", "۱۲",
    {"name": "x"}, [1, "a", None], "-6.24", "91, 181", "2026-13-45", "piece", "BAUT", "PINTU", "W-001",
    math.inf, math.nan,
]  # fmt: skip
NUMBERS = [
    b"NaN", b"Infinity", b"-Infinity", b"1e999999", b"9" * 5000, b"-0", b"0x10", b"01", b"1.", b"1e-999999",
    b"1e99999999999999999999", b"-1.5E-99999999999999999999",
]  # fmt: skip


def odd(rng):
    return copy.deepcopy(rng.choice(ODD))


def places(document, path=()):
    """Every place in a document, as the keys that lead there."""
    found = [path] if path else []
    inner = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, below in inner:
        found += places(below, (*path, key))
    return found


def fields_changed(rng, document):
    """A copy with fields gone, doubled under another spelling, moved, of another type, or nested without end."""
    document = copy.deepcopy(document)
    for _ in range(rng.choice([1, 1, 2, 3, 6])):
        found = places(document)
        if not found:
            break
        *way, last = rng.choice(found)
        holder = document
        for key in way:
            holder = holder[key]
        act = rng.randrange(7)
        if act == 0:
            del holder[last]
        elif act == 1 and isinstance(holder, dict):
            holder[rng.choice([str(last).upper(), f"{last}_", "x", "name", "quantity"])] = odd(rng)
        elif act == 2:
            holder[last] = nested(rng.choice([3, 12, 20, 60]), holder[last])
        elif act == 3:
            holder[last] = [holder[last]] * rng.choice([2, 3, 300])
        else:
            holder[last] = odd(rng)
    return document


def nested(depth, value):
    for level in range(depth):
        value = {"a": value} if level % 2 else [value]
    return value


def as_bytes(rng, document, *, toml=True):
    """The document as a file, sometimes with what a program never writes."""
    if toml and rng.random() < 0.3:
        try:
            return document_write(document, "toml").encode("utf-8", "surrogatepass")
        except (TypeError, ValueError, OverflowError):
            pass  # TOML has no form for some of what JSON has
    content = json.dumps(document, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    act = rng.randrange(16)
    if act == 0:
        content = content.replace(b"{", b'{"name": 1, ', 1)
    elif act == 1:
        content = content.replace(b"2", rng.choice(NUMBERS), 1)
    elif act == 2:
        content = b"[" * rng.choice([1, 50, 100_000]) + content
    elif act == 3:
        content = content.decode("utf-8", "replace").encode(rng.choice(["utf-16", "utf-8-sig", "utf-32"]), "replace")
    elif act == 4:
        content = content.replace(b'"', b"'")
    elif act == 5:
        content += rng.choice([b"}", b"\x00", b"\n\n", content])
    return content
