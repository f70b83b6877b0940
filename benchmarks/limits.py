"""Seconds for each kind of instance, the same for every method of a row."""

from __future__ import annotations

CITY_SECONDS = {"city-60": 30, "city-300": 20, "city-1k": 30, "city-3k": 45, "city-10k": 60, "city-30k": 240}
KIND_SECONDS = {"gap": 10, "gap-c": 10, "location": 10, "trigeiro": 20, "td-a": 20, "td-b": 20, "td-c": 20}
LARGE_LOT_SIZING = {"trigeiro/G53": 60, "trigeiro/G57": 60}
PEER_SECONDS, LARGE_PEER_SECONDS = 5, 20
OTHER_SECONDS = 30


def seconds_for(instance) -> float:
    """Wall seconds from the end of reading."""
    if instance.kind == "peer":
        return LARGE_PEER_SECONDS if "_500_" in instance.name else PEER_SECONDS
    named = CITY_SECONDS | LARGE_LOT_SIZING
    return named.get(instance.name, KIND_SECONDS.get(instance.kind, OTHER_SECONDS))
