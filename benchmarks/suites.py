"""Which instances and methods are measured: a sample drawn by a seed, or everything."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.baselines import RULES
from benchmarks.instances import Instance, catalogue
from benchmarks.limits import seconds_for

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = {"location": 12, "gap": 6, "trigeiro": 8, "td1996": 40}  # instances by set, the first word of their names
CITY_REPEATS = 3
TOO_LARGE = {"city-30k"}  # for the sample
TEN_TIMES = 10.0


@dataclass(frozen=True)
class Task:
    """One measurement: an instance, a method, wall seconds, and which repetition (its seed)."""

    instance: Instance
    method: str
    seconds: float
    seed: int = 0


def sample(bench: Path, seed: int) -> list[Instance]:
    """As many of each published set as SAMPLE says, drawn evenly by the seed; the peer's cases, the cities to 10k."""
    rows, dice, drawn = catalogue(bench), random.Random(seed), []
    for folder, count in SAMPLE.items():
        mine = [row for row in rows if row.name.startswith(folder + "/")]
        chosen = set(dice.sample(range(len(mine)), min(count, len(mine))))
        drawn += [row for i, row in enumerate(mine) if i in chosen]
    return drawn + [row for row in rows if row.kind in ("peer", "city") and row.name not in TOO_LARGE]


def tasks(instances: list[Instance], ten_times: set[str]) -> list[Task]:
    """Every measurement of these instances; names in `ten_times` are also given to HiGHS for ten times as long."""
    found = []
    for row in sorted(instances, key=lambda row: row.kind == "city"):
        seconds = seconds_for(row)
        repeats = CITY_REPEATS if row.kind == "city" else 1
        found += [Task(row, "wadah", seconds, seed) for seed in range(repeats)]
        found += [Task(row, "highs", seconds)]
        if row.name in ten_times:
            found += [Task(row, "highs-10x", TEN_TIMES * seconds)]
        found += [Task(row, rule, seconds) for rule in RULES]
    return found


def sample_tasks(bench: Path, seed: int) -> list[Task]:
    """`make bench`: the sample; ten times as long for HiGHS on the peer's cases only, to stay within 90 minutes."""
    instances = sample(bench, seed)
    return tasks(instances, {row.name for row in instances if row.kind == "peer"})


def all_tasks(bench: Path, seed: int) -> list[Task]:
    """`make bench-full`: everything; ten times as long for HiGHS on all that the seed draws but the cities."""
    drawn = {row.name for row in sample(bench, seed) if row.kind != "city"}
    return tasks(catalogue(bench), drawn)


SUITES = {"sample": sample_tasks, "full": all_tasks}
