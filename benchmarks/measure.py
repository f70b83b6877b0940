"""One measurement in a process of its own: `python -m benchmarks.measure NAME METHOD`, figures as one line of JSON.

Nothing but the compiled cache is warm. The parent (`measured`) watches the memory of the whole process tree while it
runs. A plan that the referee refuses, or a bound above the plan's own cost, ends the run: exit code 3.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.memory import peak_memory_mb

ROOT = Path(__file__).resolve().parents[1]
SPARE_SECONDS = 300.0  # reading, building, refereeing; beyond it the process is ended and its row says "lost"


class Refused(RuntimeError):
    """A method handed over a plan that breaks a rule, or a claim that isn't true."""


def measured(name, method, seconds, *, bench, threads=2, seed=0, cold=False, until=0.0) -> dict:
    """Figures of one measurement; raises Refused where the referee objects.

    cold: with an empty cache for compiled code, so that compiling counts; until: a relative gap that is good enough.
    """
    command = [sys.executable, "-m", "benchmarks.measure", str(name), method, f"--seconds={seconds}"]
    command += [f"--threads={threads}", f"--seed={seed}", f"--until={until}", f"--bench={bench}"]
    with contextlib.ExitStack() as stack:
        environment = dict(os.environ)
        if cold:
            environment["NUMBA_CACHE_DIR"] = stack.enter_context(tempfile.TemporaryDirectory())
        output = stack.enter_context(tempfile.TemporaryFile("w+"))
        faults = stack.enter_context(tempfile.TemporaryFile("w+"))
        process = subprocess.Popen(command, stdout=output, stderr=faults, cwd=Path.cwd(), env=with_root(environment))
        memory, ended = peak_memory_mb(process, seconds + SPARE_SECONDS)
        output.seek(0)
        faults.seek(0)
        said = faults.read().strip()
        if process.returncode == 3:
            raise Refused(f"{name} by {method}: {said}")
        if not ended or process.returncode != 0:
            return {"status": "lost", "stopped": said.splitlines()[-1] if said else "ended", "memory_mb": memory}
        return json.loads(output.read().splitlines()[-1]) | {"memory_mb": memory}


def with_root(environment: dict) -> dict:
    """The process must find both packages, wherever it was started."""
    paths = [str(ROOT), str(ROOT / "src"), environment.get("PYTHONPATH", "")]
    return environment | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def main() -> int:
    from benchmarks.instances import find, load
    from benchmarks.methods import METHODS
    from benchmarks.verdict import objections

    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure")
    parser.add_argument("name")
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--until", type=float, default=0.0)
    parser.add_argument("--bench", type=Path, required=True)
    args = parser.parse_args()
    first_to_go()
    started = time.monotonic()
    problem = load(args.bench, find(args.bench, args.name))
    reading = time.monotonic() - started
    found = METHODS[args.method](problem, args.seconds, args.threads, args.seed, args.until)
    if faults := objections(problem, found.plan, args.method):
        print("\n".join(faults[:5]), file=sys.stderr)
        return 3
    print(json.dumps(figures(found) | {"read_seconds": round(reading, 3), "capabilities": len(problem.capabilities)}))
    return 0


def figures(found) -> dict:
    from benchmarks.methods import gap_of

    plan = found.plan
    return {
        "status": plan.status,
        "stopped": plan.stopped,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": gap_of(plan),
        "seconds": round(found.seconds, 3),
        "first_plan_seconds": found.first_plan_seconds and round(found.first_plan_seconds, 3),
        "record": [(round(s, 3), best, bound) for s, best, bound in thinned(found.record)],
    }


def thinned(record, most=200) -> list:
    """The record's changes, no more than `most` of them; the last one always."""
    changed = [row for i, row in enumerate(record) if i == 0 or row[1:] != record[i - 1][1:]]
    step = max(1, len(changed) // most)
    return changed[::-step][::-1]


def first_to_go() -> None:
    """Should memory run out, the system ends this process and no other."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


if __name__ == "__main__":
    sys.exit(main())
