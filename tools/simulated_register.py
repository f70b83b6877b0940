"""A register of home workshops that don't exist: how many, where, with what skills and hours. Seeded, so that the
same seed gives the same table byte for byte. Every row is labelled simulated.

How: each workshop has one main skill out of MAIN (the number of workshops beside each is given there) and, by chance,
one or two more that are its neighbours in the trade. Hours a week are drawn from 10 … 40 with more small than large
(10 + 30 × Beta(1.2, 2.4), rounded), overtime is a quarter of them; speed is 0.90 … 1.30 of the published minutes;
sites are drawn over the 56 kelurahan by area, within 400 m of the centroid. Not for any statement about real makers.
"""

from __future__ import annotations

import random
from typing import Any

MAIN = {
    "turning_milling": 15,
    "wire_cut": 14,
    "marking_inspection": 12,
    "assembly": 11,
    "turning": 6,
    "flat_grinding": 5,
    "lapping": 4,
    "round_grinding": 3,
}
NEIGHBOURS = {
    "turning_milling": ("turning", "lapping"),
    "wire_cut": ("flat_grinding", "marking_inspection"),
    "marking_inspection": ("lapping", "assembly"),
    "assembly": ("marking_inspection", "assembly_electric"),
    "turning": ("round_grinding", "turning_milling"),
    "flat_grinding": ("round_grinding", "wire_cut"),
    "lapping": ("flat_grinding", "marking_inspection"),
    "round_grinding": ("flat_grinding", "turning"),
}
APPROVED_SHARE = 0.6  # of the parts of its skill, a workshop has passed a trial lot for about this many
APPROVED_MIN = 4  # and every part has at least so many approved workshops


def simulated_workshops(kelurahan: list[dict[str, Any]], *, seed: int) -> list[dict[str, Any]]:
    """Rows of workshops.csv; kelurahan: rows with code, lat, lng, area_km2."""
    draw = random.Random(seed)
    mains = [skill for skill, count in MAIN.items() for _ in range(count)]
    draw.shuffle(mains)
    areas = [float(row["area_km2"]) for row in kelurahan]
    return [_workshop(draw, number, main, draw.choices(kelurahan, areas)[0]) for number, main in enumerate(mains, 1)]


def _workshop(draw: random.Random, number: int, main: str, place: dict[str, Any]) -> dict[str, Any]:
    more = draw.sample(NEIGHBOURS[main], draw.choices((0, 1, 2), (4, 4, 2))[0])
    hours = round(10 + 30 * draw.betavariate(1.2, 2.4))
    return {
        "code": f"BR-{number:03d}",
        "name": f"Bengkel Rumahan {number:03d} (simulasi)",
        "kelurahan_code": place["code"],
        "lat": f"{float(place['lat']) + draw.uniform(-0.0036, 0.0036):.5f}",
        "lng": f"{float(place['lng']) + draw.uniform(-0.0036, 0.0036):.5f}",
        "kind": draw.choice(("home", "garage", "garage", "workshop")),
        "floor_m2": draw.randrange(9, 61, 3),
        "skills": ";".join([main, *more]),
        "hours_week": hours,
        "overtime_hours_week": hours // 4,
        "speed": f"{draw.uniform(0.90, 1.30):.2f}",
        "simulated": "yes",
    }


def simulated_approvals(
    workshops: list[dict[str, Any]], skill_of_part: dict[str, str], *, seed: int
) -> list[dict[str, Any]]:
    """Rows (part, workshop) of approvals.csv: which trial lots were passed."""
    draw = random.Random(seed)
    rows = []
    for part, skill in skill_of_part.items():
        able = [row["code"] for row in workshops if skill in row["skills"].split(";")]
        passed = [code for code in able if draw.random() < APPROVED_SHARE]
        missing = [code for code in able if code not in passed]
        passed += draw.sample(missing, min(len(missing), max(0, APPROVED_MIN - len(passed))))
        rows += [{"part": part, "workshop": code, "simulated": "yes"} for code in sorted(passed)]
    return rows
