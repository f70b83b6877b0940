"""`make bench` and `make bench-full`: the planner, plain HiGHS and published rules on the same instances, in one run.

Each measurement is a process of its own on the same cores with the same seconds. Rows are appended to
benchmarks/results as they come; a run that was stopped goes on where it was, as long as the commit is the same. A plan
that the referee refuses, or a bound above any method's plan, ends the run with exit code 3.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import results_file
from benchmarks.baselines import RULES
from benchmarks.measure import Refused, measured
from benchmarks.suites import SUITES
from benchmarks.verdict import contradictions

SEED = 20261124
WARM_SECONDS = 2.0
SHOWN = ["instance", "method", "status", "objective", "bound", "gap", "known", "seconds", "first_plan_seconds"]
SHOWN += ["memory_mb"]


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("suite", nargs="?", choices=SUITES, default="sample")
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), help="folder of the published sets")
    parser.add_argument("--seed", type=int, default=SEED, help="that draws the sample")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="", help="instances with this in their names")
    parser.add_argument("--methods", help="names with commas between; all if left out")
    parser.add_argument("--seconds-most", type=float, default=float("inf"), help="cut every limit to this, for a trial")
    parser.add_argument("--out", type=Path, help="the file to append to; else benchmarks/results/<version>-<suite>.csv")
    args = parser.parse_args(argv)
    todo = chosen(args)
    if not todo:
        print(f"bench: nothing to measure in {args.bench}; give the folder with SHARED=", file=sys.stderr)
        return 2
    path = args.out or results_file.path_of(args.suite)
    try:
        measure_all(args, todo, path)
    except Refused as error:
        print(f"bench: {error}", file=sys.stderr)
        return 3
    print(f"written to {path}; `python -m benchmarks.report` puts the sums into docs/benchmarks.md")
    return 0


def chosen(args) -> list:
    methods = args.methods.split(",") if args.methods else None
    return [
        task
        for task in SUITES[args.suite](args.bench, args.seed)
        if args.only in task.instance.name and (methods is None or task.method in methods)
    ]


def measure_all(args, todo, path) -> None:
    """Measure what isn't in the file yet, and judge the rows of each instance together."""
    common = results_file.here() | {"threads": args.threads, "suite": args.suite, "draw_seed": args.seed}
    rows = [row for row in results_file.read_rows(path) if row["commit"] == common["commit"]]
    done = {results_file.key_of(row) for row in rows}
    minutes = sum(min(task.seconds, args.seconds_most) for task in todo if task.method not in RULES) / 60
    print(f"seed {args.seed}: {len(todo)} measurements, limits of {minutes:.0f} minutes and the rules", flush=True)
    warm(args, todo, common, path, done)
    for task in todo:
        row = common | described(task, min(task.seconds, args.seconds_most))
        if results_file.key_of(row) in done:
            continue
        row |= result(args, row)
        results_file.append(path, row)
        rows.append(row)
        print("  ".join(f"{key}={row.get(key)}" for key in SHOWN), flush=True)
        if wrong := contradictions([other for other in rows if other["instance"] == row["instance"]]):
            raise Refused("; ".join(wrong))


def described(task, seconds) -> dict:
    known = "" if task.instance.known is None else task.instance.known
    return {
        "instance": task.instance.name,
        "kind": task.instance.kind,
        "known": known,
        "method": task.method,
        "limit": seconds,
        "seed": task.seed,
    }


def result(args, row, cold=False) -> dict:
    given = {"bench": args.bench, "threads": args.threads, "seed": row["seed"], "cold": cold}
    found = measured(row["instance"], row["method"].removesuffix("-cold"), row["limit"], **given)
    return {"objective": "", "bound": "", "gap": ""} | {k: "" if v is None else v for k, v in found.items()}


def warm(args, todo, common, path, done) -> None:
    """Measure the first task once with an empty cache for compiled code; then fill the cache, which isn't counted."""
    first = min(todo, key=lambda task: (task.method != "wadah", task.instance.name != "city-60"))
    row = common | described(first, min(first.seconds, args.seconds_most)) | {"method": f"{first.method}-cold"}
    if results_file.key_of(row) not in done:
        results_file.append(path, row | result(args, row, cold=True))
    for method in dict.fromkeys(task.method for task in todo):
        measured(first.instance.name, method, WARM_SECONDS, bench=args.bench, threads=args.threads)


if __name__ == "__main__":
    sys.exit(main())
