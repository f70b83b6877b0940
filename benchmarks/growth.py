"""`python -m benchmarks.growth`: how the seconds to a small gap grow with the number of capabilities.

Each city is planned until its gap is small enough; the exponent is the slope of the least-squares line through the
logarithms of seconds and capabilities.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.measure import measured

CITIES = ["city-1k", "city-3k", "city-10k", "city-30k"]


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), help="folder of the cities")
    parser.add_argument("--cities", nargs="+", default=CITIES)
    parser.add_argument("--gap", type=float, default=0.02)
    parser.add_argument("--seconds", type=float, default=600.0, help="wall seconds a city at most")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args(argv)
    reached = []
    for name in args.cities:
        size, seconds = time_to_gap(name, args)
        said = "not reached" if seconds is None else f"{seconds:.2f} s"
        print(f"{name}: {size} capabilities, gap {args.gap:g} in {said}", flush=True)
        if seconds is not None:
            reached.append((size, seconds))
    if len(reached) < 2:
        print("growth: fewer than two cities reached the gap", file=sys.stderr)
        return 1
    print(f"seconds grow with capabilities to the power {exponent(reached):.2f}")
    return 0


def time_to_gap(name, args):
    """Capabilities, and the median of seconds to the gap; None where any run missed it."""
    given = {"bench": args.bench, "threads": args.threads, "until": args.gap}
    rows = [measured(name, "wadah", args.seconds, seed=seed, **given) for seed in range(args.repeat)]
    times = [seconds_to(row.get("record", []), args.gap) for row in rows]
    return rows[0].get("capabilities", 0), None if None in times else median(times)


def seconds_to(record, gap):
    """When the record first was within the gap; None if never."""
    for seconds, objective, bound in record:
        if objective is not None and objective - bound <= gap * max(abs(objective), 1.0):
            return seconds
    return None


def exponent(points) -> float:
    """Slope of log seconds over log size."""
    sizes, seconds = np.log(np.array(points, dtype=float)).T
    return float(np.polyfit(sizes, seconds, 1)[0])


if __name__ == "__main__":
    sys.exit(main())
