"""Random problems so small that an exact solver takes milliseconds, together using every feature of docs/model.md.

The same seed gives the same problem. Sizes: 2-4 periods, 2-4 parts, 2-3 workshops, 2-4 orders of at most 12 pieces.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from random import Random

from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop

TIMES = int(os.environ.get("WADAH_TINY", "400"))
"""So many are solved and held against the oracle; a tenth of them promised from, three in a hundred replanned. `make
tiny` takes 2,000."""


@dataclass(frozen=True)
class Sketch:
    """What is decided before any row is written: sizes, and which parts are bought as single-source work."""

    dice: Random
    periods: int
    parts: int
    workshops: int
    single: frozenset[int]  # parts whose orders are single-source; only parts without parents
    shelf: frozenset[int]

    def chance(self, share: float) -> bool:
        return self.dice.random() < share


def tiny(seed: int) -> Problem:
    """The problem of this seed."""
    dice = Random(seed)
    parts = dice.randint(2, 4)
    single = frozenset(part for part in range(2) if dice.random() < 0.15)
    shelf = frozenset(part for part in range(parts) if dice.random() < 0.2)
    sketch = Sketch(dice, dice.randint(2, 4), parts, dice.randint(2, 3), single, shelf)
    part_rows = tuple(part_row(sketch, index) for index in range(parts))
    workshops = tuple(workshop_row(sketch, index) for index in range(sketch.workshops))
    capabilities = capability_rows(sketch, part_rows, workshops)
    orders = tuple(order_row(sketch, part_rows, index) for index in range(dice.randint(2, 4)))
    return Problem(
        Calendar(date(2026, 12, 7), sketch.periods),
        part_rows,
        workshops,
        capabilities,
        orders,
        committed=committed_rows(sketch, part_rows, workshops, capabilities),
        previous=previous_rows(sketch, part_rows, workshops),
        change_cost=dice.choice((0.0, 3.0, 12.0)),
    )


def part_row(sketch: Sketch, index: int) -> Part:
    """Parts 0 and 1 may be ordered as single-source work; a part's components are parts further down the list."""
    dice = sketch.dice
    below = [part for part in range(index + 1, sketch.parts) if part not in sketch.single]
    bom = tuple((f"P{part}", dice.choice((1, 1, 2, 0.5, 1.5))) for part in below if sketch.chance(0.45))
    stock = 0.0 if index in sketch.single else float(dice.choice((0, 0, 0, 2, 5)))
    return Part(
        f"P{index}",
        integer=sketch.chance(0.8),
        bom=bom,
        lead_time=dice.choice((0, 0, 0, 1, 2)),
        holding_cost=dice.choice((0, 0.5, 1, 2)),
        stock=stock,
        shelf_life=dice.choice((0, 1, 1, 2, 3)) if index in sketch.shelf else None,
        max_share=dice.choice((0.5, 0.6, 0.75)) if sketch.chance(0.15) else 1.0,
        min_sources=2 if sketch.chance(0.15) else 1,
    )


def workshop_row(sketch: Sketch, index: int) -> Workshop:
    dice = sketch.dice
    fair = sketch.chance(0.25)
    overtime = sketch.chance(0.4)
    return Workshop(
        f"W{index}",
        hours=tuple(float(dice.choice((0, 4, 6, 8, 10))) for _ in range(sketch.periods)),
        overtime_hours=tuple(dice.choice((0.0, 2.0, 3.5)) if overtime else 0.0 for _ in range(sketch.periods)),
        overtime_cost=dice.choice((0.0, 4.0, 15.0)),
        engage_cost=dice.choice((0.0, 0.0, 25.0, 60.0)),
        target_hours=float(dice.choice((4, 9, 15))) if fair else 0.0,
        below_target_cost=dice.choice((2.0, 9.0, 30.0)) if fair else 0.0,
    )


def capability_rows(sketch: Sketch, parts: tuple[Part, ...], workshops: tuple[Workshop, ...]) -> tuple[Capability, ...]:
    """Most pairs; a part may be left with no maker at all, and then comes only from stock."""
    return tuple(
        capability_row(sketch, part, workshop) for part in parts for workshop in workshops if sketch.chance(0.65)
    )


def capability_row(sketch: Sketch, part: Part, workshop: Workshop) -> Capability:
    """Where a piece may be cut, a set-up that takes hours has a minimum lot: else the least cost isn't attained."""
    dice = sketch.dice
    setup_hours = dice.choice((0.0, 0.0, 0.5, 1.0, 2.0))
    min_lot = float(dice.choice((0, 0, 0, 2, 3, 5)))
    if not part.integer and (setup_hours > 0 or part.min_sources > 1):
        min_lot = max(min_lot, 0.5)
    limits = tuple(float(dice.choice((0, 3, 6, 12))) for _ in range(sketch.periods)) if sketch.chance(0.3) else None
    return Capability(
        part.id,
        workshop.id,
        hours_per_unit=dice.choice((0.0, 0.3, 0.5, 0.5, 1.0, 1.0, 1.5, 2.0)),
        setup_hours=setup_hours,
        setup_cost=dice.choice((0.0, 0.0, 8.0, 20.0)),
        cost_per_unit=dice.choice((0.0, 1.0, 3.0, 5.5, 8.0)),
        min_lot=min_lot,
        max_per_period=limits,
        yield_rate=dice.choice((1.0, 1.0, 1.0, 0.9, 0.8, 0.5)),
    )


def order_row(sketch: Sketch, parts: tuple[Part, ...], index: int) -> Order:
    """Mostly for the first parts, so that bills of materials are at work; some due before 0 or beyond the horizon."""
    dice = sketch.dice
    part = parts[min(dice.choice((0, 0, 0, 1, 1, 2)), len(parts) - 1)]
    quantity = float(dice.choice((0, 1, 2, 3, 4, 5, 6, 8, 12)))
    if not part.integer and sketch.chance(0.5):
        quantity += 0.25
    forbids = sketch.chance(0.05)
    return Order(
        f"O{index}",
        part.id,
        quantity,
        due=dice.randint(-1, sketch.periods),
        short_cost=None if forbids else dice.choice((10.0, 90.0, 250.0)),
        earliest=dice.choice((0, 0, 0, 1, 2)),
        late_cost=None if sketch.chance(0.12) else dice.choice((0.0, 2.0, 7.0)),
        partial=sketch.chance(0.75),
        single_source=int(part.id[1:]) in sketch.single,
    )


def committed_rows(
    sketch: Sketch, parts: tuple[Part, ...], workshops: tuple[Workshop, ...], able: tuple[Capability, ...]
) -> tuple[Lot, ...]:
    """Now and then a promise, mostly one that can be kept; one key may be given twice; rarely on a pair gone since."""
    if not able or not sketch.chance(0.2):
        return ()
    dice = sketch.dice
    row = dice.choice(able)
    pieces = float(dice.choice((0, 1, 1, 2)))
    lot = Lot(row.part, row.workshop, dice.randrange(sketch.periods), pieces)
    if sketch.chance(0.05):
        return (Lot(dice.choice(parts).id, dice.choice(workshops).id, lot.period, 1.0),)
    return (lot, lot) if sketch.chance(0.2) else (lot,)


def previous_rows(sketch: Sketch, parts: tuple[Part, ...], workshops: tuple[Workshop, ...]) -> tuple[Lot, ...]:
    """Any pairs, those without a capability too, so that what was planned before may be impossible now."""
    if not sketch.chance(0.3):
        return ()
    dice = sketch.dice
    return tuple(
        Lot(dice.choice(parts).id, dice.choice(workshops).id, dice.randrange(sketch.periods), float(dice.randint(0, 9)))
        for _ in range(dice.randint(1, 4))
    )
