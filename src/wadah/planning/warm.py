"""Compile the planner's loops once, before anybody waits for a plan: `python -m wadah.planning.warm`.

Compiling takes a minute or two and would else come off the first plan's time. A mark in the cache folder says that it
was done for these very sources (cache.py).
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from wadah.planning.cache import cache_folder

MARK = "warm"


def is_warm() -> bool:
    """Whether the loops of these sources are compiled."""
    return (Path(os.environ.get("NUMBA_CACHE_DIR") or cache_folder()) / MARK).exists()


def warm() -> float:
    """Run everything that is compiled once on made-up problems. Returns the seconds it took."""
    from wadah.planning.city import generate
    from wadah.planning.solve import solve

    began = time.monotonic()
    city = generate(workshops=60, parts=24, orders=40, periods=12, seed=1)
    free = replace(city, orders=tuple(replace(row, single_source=False) for row in city.orders))
    for problem in (generate(workshops=6, parts=4, orders=4, periods=4, seed=1), free, city):
        solve(problem, effort=1)
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or cache_folder())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    return time.monotonic() - began


if __name__ == "__main__":
    if not is_warm():
        print("Compiling the planner's loops, once: two or three minutes …", flush=True)
        print(f"compiled in {warm():.0f} s")
