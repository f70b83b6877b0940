"""The results: append-only CSV files, one a version and suite; a row that is there already isn't measured again."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
from importlib.metadata import version
from pathlib import Path

from benchmarks.memory import machine

RESULTS = Path(__file__).parent / "results"
COLUMNS = ["date", "version", "commit", "cores", "memory_gb", "threads", "suite", "draw_seed"]
COLUMNS += ["instance", "kind", "method", "limit", "seed", "status", "objective", "bound", "gap", "known"]
COLUMNS += ["seconds", "first_plan_seconds", "read_seconds", "memory_mb", "stopped"]
KEY = ["version", "commit", "instance", "method", "limit", "threads", "seed"]


def path_of(suite: str) -> Path:
    return RESULTS / f"{version('wadah')}-{suite}.csv"


def here() -> dict:
    """What is the same for all rows of a run: version, commit and machine."""
    cores, memory = machine()
    return {"version": version("wadah"), "commit": commit(), "cores": cores, "memory_gb": memory}


def commit() -> str:
    """The commit that is measured, with a + where files differ from it; unknown outside a repository."""

    def git(*words: str) -> str:
        folder = Path(__file__).parent
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no", ":/src", ":/benchmarks/*.py")
        return git("rev-parse", "--short=10", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a results file; none where it isn't there yet."""
    if not path.is_file():
        return []
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def key_of(row: dict) -> tuple[str, ...]:
    return tuple(f"{float(row[name]):g}" if name == "limit" else str(row[name]) for name in KEY)


def append(path: Path, row: dict, columns: list[str] = COLUMNS) -> None:
    """Write one row at the end, dated today; the file and its header come with the first."""
    path.parent.mkdir(exist_ok=True)
    fresh = not path.exists() or path.stat().st_size == 0
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        if fresh:
            writer.writeheader()
        writer.writerow({"date": dt.datetime.now(dt.UTC).date()} | row)
