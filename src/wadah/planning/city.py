"""A simulated city: seeded problems of any size, shaped like home industry in one town (no real person or firm in it).

In: how many workshops, parts, orders and periods, and a seed. Out: a Problem that doing nothing obeys. The same seed
gives the same problem on every machine: only uniform draws of numpy's PCG64 are used, and every figure is rounded.

What is in it: process families of unequal size, some overloaded beside slack ones; three levels of parts; workshops
good at one to three families, most of them small and a few large; distance to the hub in the cost; holiday weeks and
weeks of leave; set-ups, minimum lots and yields; sourcing rules, shelf lives and single-source orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

START = date(2026, 12, 7)
FAMILIES = ("turning", "plate", "food", "rubber", "sewing", "wood", "batik", "plating", "casting", "electric")
PERISHABLE = "food"
LEVEL_SHARES = (0.5, 0.33)  # of the parts: bought-in skill only, then sub-assemblies; the rest are finished goods
HOLIDAY_EVERY = 13  # periods between two holiday weeks
HOLIDAY_HOURS = 0.25  # share of the usual hours that is left in one
WAGE = 24_000  # rupiah an hour
MEDIAN_LOAD = 0.7  # of a family's hours that the orders ask for
MOST_LOAD = 1.1  # of the fullest family's
EASINGS = 8  # rounds in which orders that need an overfull family are made smaller


@dataclass(frozen=True, slots=True)
class Skill:
    """What the city knows of a part before anyone makes it: level 0 … 2, family, hours and rupiah a piece."""

    level: int
    family: int
    hours: float
    material: float


@dataclass(frozen=True)
class Dice:
    """Uniform draws; everything random in the city comes from here, in a fixed order."""

    generator: np.random.Generator

    def between(self, low: float, high: float, digits: int = 2) -> float:
        return round(low + (high - low) * float(self.generator.random()), digits)

    def chance(self, share: float) -> bool:
        return float(self.generator.random()) < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + min(int(self.generator.random() * (high - low + 1)), high - low)

    def heavy(self, least: float, most: float, tail: float = 1.6, digits: int = 1) -> float:
        """A Pareto draw: most are near `least`, a few near `most`."""
        drawn = least * float((1.0 - self.generator.random()) ** (-1.0 / tail))
        return float(round(min(most, drawn), digits))

    def weighted(self, weights: Floats) -> int:
        share = np.cumsum(weights) / weights.sum()
        return min(int(np.searchsorted(share, self.generator.random(), side="right")), len(weights) - 1)

    def some(self, of: list[int], count: int) -> list[int]:
        """`count` different ones, in the order of the list."""
        keys = self.generator.random(len(of))
        return [of[i] for i in sorted(np.argsort(keys, kind="stable")[:count].tolist())]


def generate(workshops: int, parts: int, orders: int, periods: int, seed: int) -> Problem:
    """The simulated city of this size and seed.

    Parameters
    ----------
    workshops, parts, orders
        How many, each ≥ 0; orders need at least one part.
    periods
        Weeks, ≥ 1.
    seed
        ≥ 0; the same seed gives the same problem.
    """
    if min(workshops, parts, orders, seed) < 0 or periods < 1 or (orders > 0 and parts == 0):
        raise ValueError(f"Expected sizes >= 0, periods >= 1 and parts for the orders, got {parts} and {periods}")
    dice = Dice(np.random.Generator(np.random.PCG64(seed)))
    families = min(len(FAMILIES), max(3, workshops // 12))
    skills = [skill(dice, index, parts, families) for index in range(parts)]
    masters = [crafts(dice, families) for _ in range(workshops)]
    workshop_rows = tuple(workshop_row(dice, index, periods) for index in range(workshops))
    capability_rows = capabilities(dice, skills, masters, workshop_rows)
    boms = [bill(dice, skills, index) for index in range(parts)]
    values = worths(skills, boms)
    single = single_sources(dice, boms)
    part_rows = tuple(part_row(dice, skills[i], i, boms[i], values[i], i in single) for i in range(parts))
    wanted = order_rows(dice, skills, values, single, orders, periods)
    order_tuple = scaled(wanted, part_rows, capability_rows, workshop_rows, skills)
    return Problem(Calendar(START, periods), part_rows, workshop_rows, capability_rows, order_tuple)


def part_id(index: int) -> str:
    return f"P-{index + 1:04d}"


def skill(dice: Dice, index: int, parts: int, families: int) -> Skill:
    first, second = int(parts * LEVEL_SHARES[0]), int(parts * sum(LEVEL_SHARES))
    level = 0 if index < max(first, 1) else 1 if index < second else 2
    family = dice.weighted(np.array([1.0 / (1 + (f * 7 + 3) % families) for f in range(families)]))
    hours = dice.heavy(0.02, 0.6, 1.1, 4) if level == 0 else dice.heavy(0.1, 1.0, 1.4, 4)
    return Skill(level, family, hours * (1 + level * 0.5), dice.between(100, 4_000, 0))


def crafts(dice: Dice, families: int) -> list[int]:
    """One to three families that a workshop is good at; the first families have the most workshops."""
    weights = np.array([1.0 / (1 + f) for f in range(families)])
    found = {dice.weighted(weights) for _ in range(1 + dice.whole(0, 2))}
    return sorted(found)


def workshop_row(dice: Dice, index: int, periods: int) -> Workshop:
    usual = dice.heavy(22, 320)
    leave = dice.whole(0, max(periods - 1, 0)) if dice.chance(0.5) else -1
    hours = [round(usual * (HOLIDAY_HOURS if t % HOLIDAY_EVERY == 1 else 1.0), 1) for t in range(periods)]
    if leave >= 0:
        hours[leave] = 0.0
    overtime = round(usual * 0.2, 1)
    allowed = tuple(overtime if worked > 0 else 0.0 for worked in hours)
    return Workshop(f"W-{index + 1:05d}", tuple(hours), allowed, overtime_cost=dice.whole(10, 18) * 1_000.0)


def capabilities(
    dice: Dice, skills: list[Skill], masters: list[list[int]], workshops: tuple[Workshop, ...]
) -> tuple[Capability, ...]:
    """Who can make what: about twenty makers a part, out of those good at its family."""
    good_at: dict[int, list[int]] = {}
    for index, families in enumerate(masters):
        for family in families:
            good_at.setdefault(family, []).append(index)
    traits = [(dice.between(0.7, 1.4), dice.between(1, 18, 1)) for _ in workshops]  # slowness, kilometres to the hub
    rows = []
    for index, what in enumerate(skills):
        able = good_at.get(what.family) or list(range(len(workshops)))
        for w in dice.some(able, min(len(able), dice.whole(8, 32))):
            rows.append(capability(dice, index, what, workshops[w].id, *traits[w]))
    return tuple(rows)


def capability(dice: Dice, index: int, what: Skill, workshop: str, slowness: float, kilometres: float) -> Capability:
    hours = round(what.hours * slowness * dice.between(0.8, 1.25), 5)
    setup = dice.between(0.3, 5.0)
    return Capability(
        part_id(index),
        workshop,
        hours_per_unit=hours,
        setup_hours=setup,
        setup_cost=float(round(12_000 + 1_400 * kilometres)),
        cost_per_unit=round(what.material + hours * WAGE + kilometres * 3, 2),
        min_lot=float(min(400, max(5, round(dice.between(0.5, 2.5) / hours)))),
        yield_rate=dice.between(0.93, 1.0, 3) if dice.chance(0.5) else 1.0,
    )


def bill(dice: Dice, skills: list[Skill], index: int) -> tuple[tuple[str, float], ...]:
    """Components of the level below, and sometimes of the lowest."""
    level = skills[index].level
    if level == 0:
        return ()
    below = [i for i, other in enumerate(skills) if other.level == level - 1 and not perishes(other)]
    lowest = [i for i, other in enumerate(skills) if other.level == 0 and not perishes(other)] if level == 2 else []
    chosen = dice.some(below, dice.whole(1, 3)) + dice.some(lowest, dice.whole(0, 2))
    return tuple((part_id(i), float(dice.whole(1, 4))) for i in chosen)


def perishes(what: Skill) -> bool:
    return FAMILIES[what.family] == PERISHABLE


def worths(skills: list[Skill], boms: list[tuple[tuple[str, float], ...]]) -> list[float]:
    """Rupiah that a piece of each part costs with its components; parts are numbered from the lowest level up."""
    values: dict[str, float] = {}
    for index, what in enumerate(skills):
        below = sum(quantity * values[name] for name, quantity in boms[index])
        values[part_id(index)] = what.material + what.hours * WAGE + below
    return list(values.values())


def single_sources(dice: Dice, boms: list[tuple[tuple[str, float], ...]]) -> set[int]:
    """About one in eight of the parts that are nobody's component."""
    used = {name for bom in boms for name, _ in bom}
    return {index for index in range(len(boms)) if part_id(index) not in used and dice.chance(0.12)}


def part_row(
    dice: Dice, what: Skill, index: int, bom: tuple[tuple[str, float], ...], value: float, single: bool
) -> Part:
    stock, share, sources = dice.chance(0.15), dice.chance(0.06), dice.chance(0.06)
    on_hand = float(dice.whole(50, 300))
    keeps = not perishes(what)
    return Part(
        part_id(index),
        bom=bom,
        lead_time=dice.whole(0, 1) if bom else 0,
        holding_cost=round(value * 0.002, 2),
        stock=on_hand if stock and keeps and not single else 0.0,
        shelf_life=None if keeps else dice.whole(1, 3),
        max_share=0.6 if share and not single else 1.0,
        min_sources=2 if sources and not single else 1,
    )


def order_rows(
    dice: Dice, skills: list[Skill], values: list[float], single: set[int], orders: int, periods: int
) -> list[Order]:
    """Orders of heavy-tailed size, more of them for finished goods; sizes are raw and scaled later."""
    weights = np.array([(1.0, 2.0, 6.0)[what.level] for what in skills])
    rows = []
    for number in range(orders):
        index = dice.weighted(weights)
        first = min(2, periods - 1)
        short = values[index] * dice.between(3, 6)
        row = Order(
            f"PO-{number + 1:05d}",
            part_id(index),
            quantity=dice.heavy(20, 2_000, 1.1),
            due=dice.whole(first, periods - 1),
            short_cost=round(short, 2),
            late_cost=round(short * dice.between(0.015, 0.03, 4), 2),
            partial=not dice.chance(0.1),
            single_source=index in single,
        )
        rows.append(row)
    return rows


def scaled(
    rows: list[Order],
    parts: tuple[Part, ...],
    capability_rows: tuple[Capability, ...],
    workshops: tuple[Workshop, ...],
    skills: list[Skill],
) -> tuple[Order, ...]:
    """The orders at a size that gives the families MEDIAN_LOAD, the fullest about MOST_LOAD."""
    offered = hours_offered(capability_rows, workshops, skills)
    needs = families_needed(parts, skills)
    loads = loads_of(rows, parts, skills, offered)
    middle = sorted(loads.values())[len(loads) // 2] if loads else 0.0
    factor = MEDIAN_LOAD / middle if middle > 0 else 1.0
    rows = [resized(row, row.quantity * factor) for row in rows]
    for _ in range(EASINGS):
        loads = loads_of(rows, parts, skills, offered)
        fullest = [max((loads.get(family, 0.0) for family in needs[row.part]), default=0.0) for row in rows]
        rows = [
            resized(row, row.quantity * min(1.0, MOST_LOAD / max(load, MOST_LOAD)))
            for row, load in zip(rows, fullest, strict=True)
        ]
    return tuple(resized(row, max(1.0, float(round(row.quantity)))) for row in rows)


def families_needed(parts: tuple[Part, ...], skills: list[Skill]) -> dict[str, set[int]]:
    """The families that each part needs, its components' included; components are numbered before their parents."""
    needs: dict[str, set[int]] = {}
    for part, what in zip(parts, skills, strict=True):
        needs[part.id] = {what.family}.union(*(needs[name] for name, _ in part.bom))
    return needs


def loads_of(
    rows: list[Order], parts: tuple[Part, ...], skills: list[Skill], offered: dict[int, float]
) -> dict[int, float]:
    """Hours asked over hours offered, by family."""
    asked = hours_asked(rows, parts, skills)
    return {family: asked[family] / offered[family] for family in asked if offered.get(family, 0.0) > 0}


def resized(row: Order, quantity: float) -> Order:
    return Order(
        row.id,
        row.part,
        quantity,
        row.due,
        row.short_cost,
        late_cost=row.late_cost,
        partial=row.partial,
        single_source=row.single_source,
    )


def hours_asked(rows: list[Order], parts: tuple[Part, ...], skills: list[Skill]) -> dict[int, float]:
    """Hours that the orders ask of each family, exploded level by level (parents are numbered last)."""
    pieces = {part.id: 0.0 for part in parts}
    for row in rows:
        pieces[row.part] += row.quantity
    asked: dict[int, float] = {}
    for part, what in zip(reversed(parts), reversed(skills), strict=True):
        for name, quantity in part.bom:
            pieces[name] += quantity * pieces[part.id]
        asked[what.family] = asked.get(what.family, 0.0) + pieces[part.id] * what.hours
    return asked


def hours_offered(
    rows: tuple[Capability, ...], workshops: tuple[Workshop, ...], skills: list[Skill]
) -> dict[int, float]:
    """Hours that each family's workshops have, a workshop's hours divided among the families it serves."""
    family_of = {part_id(index): what.family for index, what in enumerate(skills)}
    serves: dict[str, set[int]] = {}
    for row in rows:
        serves.setdefault(row.workshop, set()).add(family_of[row.part])
    offered: dict[int, float] = {}
    for workshop in workshops:
        families = serves.get(workshop.id, set())
        for family in sorted(families):
            offered[family] = offered.get(family, 0.0) + sum(workshop.hours) / len(families)
    return offered
