"""Many trials from seeds: each way of failing is told once, with the first seeds that lead to it."""

import os
import traceback
from collections import Counter, defaultdict

from django.db import transaction

FILES = int(os.environ.get("WADAH_FUZZ", "1000"))
SEED = int(os.environ.get("WADAH_FUZZ_SEED", "1")) * 1_000_003
SHOWN = 3


def share_of(part):
    """So many of the files that are tried in all."""
    return max(1, round(FILES * part))


def tried(count, first, trial):
    """How many trials ended in which way. Fails with every distinct failure at the end, not at the first."""
    ends, failed, said = Counter(), defaultdict(list), {}
    for seed in range(first, first + count):
        try:
            ends[trial(seed)] += 1
        except Exception as error:
            failed[place_of(error)].append(seed)
            said.setdefault(place_of(error), f"{type(error).__name__}: {str(error)[:400]}")
    told = "\n".join(f"{where}: {len(seeds)}, seeds {seeds[:SHOWN]}: {said[where]}" for where, seeds in failed.items())
    assert not failed, f"{sum(map(len, failed.values()))} of {count}\n{told}"
    return ends


def place_of(error):
    """Where it came from in our own code, and where from there."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename and "contextlib" not in frame.filename]
    return " ← ".join(f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in ours[:-4:-1])


class Undone(Exception):
    """Ends a trial; what it wrote is rolled back."""


def rolled_back(act):
    """What `act` returns, without what it did."""
    found = []
    try:
        with transaction.atomic():
            found.append(act())
            raise Undone
    except Undone:
        return found[0]
