"""Reading the tables under examples/: CSV with a header, all cells text; `assumptions.csv` as key → value."""

from __future__ import annotations

import csv
import math
from datetime import date
from functools import cache
from pathlib import Path

import wadah

Row = dict[str, str]

BATIK, VEHICLE = "bekasi-batik", "pooled-vehicle"
NAMES = (BATIK, VEHICLE)
RECORDS_SINCE = date(2026, 1, 1)
"""From when memberships, rates, approvals and weeks of the examples hold: well before the first plan."""


def folder(name: str) -> Path:
    """Where an example's tables are: in the installed package, or beside src in a checkout."""
    package = Path(wadah.__file__).parent
    installed = package / "examples" / name
    return installed if installed.is_dir() else package.parents[1] / "examples" / name


@cache
def table(name: str, file: str) -> tuple[Row, ...]:
    """All rows of `file`.csv of example `name`."""
    with (folder(name) / f"{file}.csv").open(encoding="utf-8", newline="") as source:
        return tuple(csv.DictReader(source))


@cache
def assumptions(name: str) -> Row:
    return {row["key"]: row["value"] for row in table(name, "assumptions")}


def assumed(name: str, key: str) -> int:
    """A whole number among the example's assumptions."""
    return int(assumptions(name)[key])


def start_of(name: str) -> date:
    """The Monday on which the example's first plan starts."""
    return date.fromisoformat(assumptions(name)["start"])


def ordered_on(name: str) -> date:
    return date.fromisoformat(assumptions(name)["ordered_on"])


def yes(cell: str) -> bool:
    return cell == "yes"


def pay_rupiah(minutes: float, wage_rupiah_hour: int) -> int:
    """Pay of so many minutes, rounded up to whole rupiah."""
    return math.ceil(round(minutes * wage_rupiah_hour / 60, 6))


def trip_rupiah(lat: float, lng: float, hub: Row, rupiah_km: int) -> int:
    """What a round trip to the hub costs: straight-line distance over a sphere, each way rounded up to whole km."""
    north = math.radians(lat - float(hub["lat"]))
    east = math.radians(lng - float(hub["lng"])) * math.cos(math.radians(lat))
    return 2 * math.ceil(math.hypot(north, east) * 6371) * rupiah_km
