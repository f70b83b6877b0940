"""`make bench`: the planner against plain HiGHS on a seeded sample of published instances, in one run.

The baseline is the same mixed-integer program given whole to HiGHS, without a start, for the same seconds on the same
cores. Rows go to benchmarks/results/<date>-<version>.csv; docs/benchmarks.md says how to read them.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.suites import instances
from wadah.planning.bound import search_bound
from wadah.planning.formulation import formulate
from wadah.planning.plan import violations
from wadah.planning.result import relative_gap
from wadah.planning.solve import solve
from wadah.planning.solver import Ears, lease

RESULTS = Path(__file__).parent / "results"
COLUMNS = ["date", "version", "instance", "known", "objective", "bound", "gap", "seconds", "memory_mb"]
COLUMNS += ["highs_objective", "highs_bound", "highs_gap"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds bench/")
    parser.add_argument("--seconds", type=float, default=20.0, help="wall seconds an instance and method")
    parser.add_argument("--seed", type=int, default=20261124)
    args = parser.parse_args()
    bench = args.shared / "bench"
    if not bench.is_dir():
        print(f"bench: {bench} isn't there; give the folder with SHARED=", file=sys.stderr)
        return 2
    today = dt.datetime.now(dt.UTC).date()
    print(f"seed {args.seed}, {args.seconds:g} s each, one thread")
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{today}-{version('wadah')}.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for name, problem, known in instances(bench, args.seed):
            row = measured(problem, args.seconds) | plain(problem, args.seconds)
            row |= {"date": today, "version": version("wadah"), "instance": name, "known": known}
            writer.writerow(row)
            file.flush()
            print("  ".join(f"{key}={row[key]}" for key in COLUMNS[2:]), flush=True)
    print(f"written to {path}")
    return 0


def measured(problem, seconds):
    """Our own figures; a plan that the referee refuses ends the run."""
    started = time.monotonic()
    plan = solve(problem, time_limit=seconds)
    took = time.monotonic() - started
    broken = violations(problem, plan)
    if broken:
        raise SystemExit(f"the referee refuses the plan: {broken[:3]}")
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "seconds": round(took, 2),
        "memory_mb": peak // 1024,
    }


def plain(problem, seconds):
    """HiGHS alone on the whole program."""
    form = formulate(problem)
    with lease() as session:
        answer = session.search(form.model, seconds, Ears(lambda: False))
    if answer.x is None:
        return {"highs_objective": None, "highs_bound": search_bound(answer.bound), "highs_gap": None}
    objective = float(form.model.cost @ answer.x) + form.model.offset
    bound = min(search_bound(answer.bound), objective)
    return {"highs_objective": objective, "highs_bound": bound, "highs_gap": relative_gap(objective, bound)}


if __name__ == "__main__":
    sys.exit(main())
