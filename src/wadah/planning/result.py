"""What the planner says while it works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of progress: stage (a word), best objective so far and proven bound (rupiah), gap, seconds so far."""

    stage: str
    best: float | None
    bound: float
    gap: float | None
    seconds: float


def relative_gap(objective: float, bound: float) -> float:
    """(objective − bound) / max(|objective|, 1), never below 0 (docs/model.md §12)."""
    return max(0.0, (objective - bound) / max(abs(objective), 1.0))
