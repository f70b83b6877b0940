"""The referee's rules on who makes how much: lots (docs/model.md §3), sources (§6) and promises (§9)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wadah.planning.tolerance import LIMIT
from wadah.planning.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.tally import Tally


def promises(tally: Tally) -> dict[tuple[str, str, int], float]:
    """Committed pieces by (part, workshop, period); rows with one key added up."""
    found: dict[tuple[str, str, int], float] = defaultdict(float)
    for lot in tally.problem.committed:
        found[lot.part, lot.workshop, lot.period] += lot.quantity
    return found


def lot_faults(tally: Tally) -> Iterator[Violation]:
    """§3; a minimum lot doesn't bind where something is committed (§9)."""
    committed = promises(tally)
    for row, t, pieces in tally.lots:
        least = 0.0 if committed.get((row.part, row.workshop, t), 0.0) > 0 else row.min_lot
        if pieces < least - LIMIT:
            yield Violation("§3", "lot_small", pieces, least, part=row.part, workshop=row.workshop, period=t)
        if row.max_per_period is not None and pieces > row.max_per_period[t] + LIMIT:
            most = row.max_per_period[t]
            yield Violation("§3", "lot_large", pieces, most, part=row.part, workshop=row.workshop, period=t)


def source_faults(tally: Tally) -> Iterator[Violation]:
    """§6: shares and number of sources, over the whole horizon, on pieces started."""
    started: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row, _, pieces in tally.lots:
        started[row.part][row.workshop] += pieces
    for part_id, by_workshop in started.items():
        part = tally.problem.part[part_id]
        total = sum(by_workshop.values())
        if total <= LIMIT:
            continue
        for workshop, pieces in by_workshop.items():
            if pieces > part.max_share * total + LIMIT:
                limit = part.max_share * total
                yield Violation("§6", "share_over", pieces, limit, part=part_id, workshop=workshop)
        sources = sum(pieces >= 1 - LIMIT if part.integer else pieces > LIMIT for pieces in by_workshop.values())
        if sources < part.min_sources:
            yield Violation("§6", "sources_few", sources, part.min_sources, part=part_id)


def promise_faults(tally: Tally) -> Iterator[Violation]:
    """§9: no less than what was promised; a promise on a pair that is no capability can't be kept."""
    for (part, workshop, t), quantity in promises(tally).items():
        pieces = tally.started.get((part, workshop, t), 0.0)
        if pieces < quantity - LIMIT:
            yield Violation("§9", "promise_broken", pieces, quantity, part=part, workshop=workshop, period=t)
