"""`python -m benchmarks.case NAME`: measure one instance, or one problem file, and print the figures with medians.

Each repetition is a process of its own with a seed of its own, counted up from --seed; the compiled cache is filled
first, with a run of a second that isn't counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import median

from benchmarks.instances import find
from benchmarks.limits import seconds_for
from benchmarks.measure import Refused, measured
from benchmarks.methods import METHODS

SHOWN = ["method", "seed", "status", "objective", "bound", "gap", "seconds", "first_plan_seconds", "read_seconds"]
SHOWN += ["memory_mb", "stopped"]
MEDIANS = ["objective", "bound", "gap", "seconds", "first_plan_seconds", "read_seconds", "memory_mb"]
WARM_SECONDS = 1.0


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.case", description=__doc__)
    parser.add_argument("name", help="of the catalogue (city-1k, F1, c05100, G0041111, diaz/p1 …), or a problem file")
    parser.add_argument("--seconds", type=float, help="wall seconds from the end of reading; else those of its kind")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--method", action="append", choices=METHODS, help="may be given several times; wadah if not")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), help="folder of the published sets")
    parser.add_argument("--cold", action="store_true", help="an empty cache for compiled code each time")
    parser.add_argument("--record", action="store_true", help="also each better plan and bound as it came")
    parser.add_argument("--json", action="store_true", help="one object: rows and medians")
    args = parser.parse_args(argv)
    try:
        instance = find(args.bench, args.name)
        rows = [row for method in args.method or ["wadah"] for row in repeated(args, instance, method)]
    except (LookupError, Refused) as error:
        print(f"case: {error}", file=sys.stderr)
        return 2 if isinstance(error, LookupError) else 3
    report(args, instance, rows)
    return 0


def repeated(args, instance, method) -> list[dict]:
    seconds = args.seconds or seconds_for(instance)
    given = {"bench": args.bench, "threads": args.threads}
    if not args.cold:
        measured(instance.name, method, min(seconds, WARM_SECONDS), **given)
    rows = []
    for turn in range(args.repeat):
        row = {"method": method, "seed": args.seed + turn, "limit": seconds}
        row |= measured(instance.name, method, seconds, seed=args.seed + turn, cold=args.cold, **given)
        rows.append(row)
        if not args.json:
            show(row, instance.known, args.record)
    return rows


def show(row, known, record) -> None:
    for seconds, objective, bound in row.get("record", []) if record else []:
        print(f"  {seconds:9.2f} s  {number(objective):>20}  {number(bound):>20}")
    print("  ".join(f"{key}={number(row.get(key))}" for key in SHOWN) + beyond(row, known), flush=True)


def beyond(row, known) -> str:
    if known is None or row.get("objective") is None:
        return ""
    return f"  known={number(known)}  above_known={100 * (row['objective'] / known - 1):.4f}%"


def number(value) -> str:
    if value is None or isinstance(value, str):
        return str(value)
    return f"{value:,.2f}" if abs(value) >= 1000 else f"{value:.6g}"


def medians(rows) -> dict:
    """By column, of the rows that have it."""
    values = {key: [row[key] for row in rows if row.get(key) is not None] for key in MEDIANS}
    return {key: median(found) if found else None for key, found in values.items()}


def report(args, instance, rows) -> None:
    by_method = {
        method: medians([row for row in rows if row["method"] == method]) for method in args.method or ["wadah"]
    }
    if args.json:
        print(json.dumps({"instance": instance.name, "known": instance.known, "rows": rows, "medians": by_method}))
    elif args.repeat > 1:
        for method, found in by_method.items():
            print(f"median of {args.repeat}, {method}: " + "  ".join(f"{k}={number(v)}" for k, v in found.items()))


if __name__ == "__main__":
    sys.exit(main())
