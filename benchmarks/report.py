"""`python -m benchmarks.report`: the sums of benchmarks/results as a table in docs/benchmarks.md, one row a version.

Where a version was measured at several commits, the last one in its file counts. A cell is empty where nothing of its
kind was measured. Baselines are summed up in a second table: on how many instances a method's plan costs less than
ours, which should be none.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

from benchmarks.baselines import RULES
from benchmarks.results_file import RESULTS, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results: written by python -m benchmarks.report -->", "<!-- end of results -->"
PROVED = 1e-6
CHEAPER = 1e-6  # relative

Rows = list[dict[str, str]]


def main() -> int:
    text = DOCUMENT.read_text()
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        print(f"report: {DOCUMENT} has no place for the results ({BEGIN} … {END})", file=sys.stderr)
        return 1
    DOCUMENT.write_text(before + BEGIN + "\n\n" + section(measured_versions(RESULTS)) + "\n" + END + after)
    return 0


def measured_versions(folder: Path) -> list[Rows]:
    """The rows of each results file, those of its last commit only."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        rows = read_rows(path)
        if rows and {"commit", "suite"} <= set(rows[0]):  # questions about a plan have files of their own
            found.append([row for row in rows if row["commit"] == rows[-1]["commit"]])
    return found


def section(versions: list[Rows]) -> str:
    """Both tables."""
    if not versions:
        return "Nothing is measured yet.\n"
    lines = table([head(rows) | {name: cell(rows) for name, cell in CELLS.items()} for rows in versions])
    lines += ["", "Instances on which a method's plan costs less than ours, of those where both have a plan:", ""]
    lines += table([head(rows) | {name: beaten(rows, name) for name in ("highs", *RULES)} for rows in versions])
    return "\n".join(lines) + "\n"


def table(rows: list[dict[str, str]]) -> list[str]:
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    return lines + ["| " + " | ".join(row[name] for name in names) + " |" for row in rows]


def head(rows: Rows) -> dict[str, str]:
    last = rows[-1]
    where = f"{last['cores']} cores, {last['memory_gb']} GB"
    what = f"{last['version']} {last['suite']}"
    return {"version": what, "date": last["date"], "commit": last["commit"], "machine": where}


# -- cells ------------------------------------------------------------------------------------------------------------


def of(rows: Rows, method: str, *kinds: str) -> Rows:
    return [row for row in rows if row["method"] == method and row["kind"] in kinds]


def above_known(*kinds: str) -> Callable[[Rows], str]:
    """Mean of cost above the value known, per cent; what has no plan is counted apart."""

    def cell(rows: Rows) -> str:
        mine = [row for row in of(rows, "wadah", *kinds) if row["known"]]
        plans = [row for row in mine if row["objective"]]
        if not mine:
            return ""
        missing = f", {len(mine) - len(plans)} without a plan" if len(plans) < len(mine) else ""
        values = [100 * (float(row["objective"]) / float(row["known"]) - 1) for row in plans]
        return (f"{mean(values):.3f} %" if values else "-") + f" of {len(mine)}{missing}"

    return cell


def proved_gap(*kinds: str) -> Callable[[Rows], str]:
    """Mean proved gap, ours and HiGHS's, per cent, on the instances where both have a plan."""

    def cell(rows: Rows) -> str:
        ours, theirs = by_instance(of(rows, "wadah", *kinds)), by_instance(of(rows, "highs", *kinds))
        both = [name for name in ours if name in theirs and ours[name]["gap"] and theirs[name]["gap"]]
        if not both:
            return ""
        means = [100 * mean(float(rows[name]["gap"]) for name in both) for rows in (ours, theirs)]
        return f"{means[0]:.2f} % (HiGHS {means[1]:.2f} %) of {len(both)}"

    return cell


def proved(*kinds: str) -> Callable[[Rows], str]:
    """How many were proved optimal, and the mean time beside HiGHS's."""

    def cell(rows: Rows) -> str:
        ours, theirs = of(rows, "wadah", *kinds), of(rows, "highs", *kinds)
        if not ours:
            return ""
        count = sum(bool(row["gap"]) and float(row["gap"]) <= PROVED for row in ours)
        times = [mean(float(row["seconds"]) for row in found) if found else float("nan") for found in (ours, theirs)]
        return f"{count} of {len(ours)}, {times[0]:.2f} s (HiGHS {times[1]:.2f} s)"

    return cell


def city(name: str) -> Callable[[Rows], str]:
    """Median gap, time to the first plan, and peak memory of a city."""

    def cell(rows: Rows) -> str:
        mine = [row for row in of(rows, "wadah", "city") if row["instance"] == name and row["gap"]]
        if not mine:
            return ""
        gap = median(100 * float(row["gap"]) for row in mine)
        first = median(float(row["first_plan_seconds"]) for row in mine if row["first_plan_seconds"])
        memory = max(float(row["memory_mb"] or 0) for row in mine)
        return f"{gap:.2f} %, first plan {first:.1f} s, {memory / 1024:.1f} GB"

    return cell


def beaten(rows: Rows, method: str) -> str:
    """On how many instances the method's plan costs less than ours."""
    theirs = by_instance([row for row in rows if row["method"] == method and row["objective"]])
    ours = by_instance([row for row in rows if row["method"] == "wadah" and row["objective"]])
    both = [name for name in theirs if name in ours]
    if not both:
        return ""
    return f"{sum(costs(theirs[name]) < (1 - CHEAPER) * costs(ours[name]) for name in both)} of {len(both)}"


def costs(row: dict[str, str]) -> float:
    return float(row["objective"])


def by_instance(rows: Rows) -> dict[str, dict[str, str]]:
    """One row an instance: of several repetitions the one with the median cost."""
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row["instance"], []).append(row)
    ranked = {name: sorted(mine, key=lambda row: float(row["objective"] or "inf")) for name, mine in found.items()}
    return {name: mine[len(mine) // 2] for name, mine in ranked.items()}


CITIES = ("city-60", "city-300", "city-1k", "city-3k", "city-10k", "city-30k")
CELLS = {
    "GAP C above best": above_known("gap-c"),
    "GAP A, B, D above best": above_known("gap"),
    "location above optimum": above_known("location"),
    "Trigeiro gap": proved_gap("trigeiro"),
    "TD A, B proved": proved("td-a", "td-b"),
    "TD C gap": proved_gap("td-c"),
    "peer gap": proved_gap("peer"),
} | {name: city(name) for name in CITIES}


if __name__ == "__main__":
    sys.exit(main())
