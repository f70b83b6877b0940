"""Cases for the programme: a seeded city, kelurahan for its workshops, and candidates as an office might think of them.

Most candidates are for a part or workshop that the plan's prices put among the first TOP, as the page of proposals
does, the others for any. Which, and costs, m², delays and ramps, are drawn by the seed. None of it is a real workshop
or price.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from wadah.planning.city import generate
from wadah.planning.growth import newcomer, skill_prices
from wadah.planning.invest.candidate import Candidate
from wadah.planning.invest.floor import Floor, Limits
from wadah.planning.invest.promise import hour_prices
from wadah.planning.invest.ramp import learned, more_hours, new_workshop, shares_by_period

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

SIZES = {300: (120, 200, 13), 1_000: (300, 600, 13)}  # workshops: parts, orders, periods
GROUPS = 56
CANDIDATES = 24
TOP = 12  # parts and workshops that the prices point at, of which the candidates are drawn
DRAWN = 0.25  # of the candidates follow no price
KINDS = ("training", "training", "machine", "new_group", "floor")
RAMPS = ((1, (1.0,)), (2, (0.5, 0.75, 1.0)), (4, (0.25, 0.5, 0.75, 1.0)))  # delay in weeks, shares by month
BUDGET_SHARE, SPACE_SHARE = 0.25, 0.35  # of what all candidates take
LEAST_GROUPS = 3  # kelurahan that get something, fewer where the budget reaches fewer


@dataclass(frozen=True)
class Case:
    name: str
    problem: Problem
    plan: Plan
    candidates: tuple[Candidate, ...]
    limits: Limits


def city_of(workshops: int, seed: int, sizes=None) -> Problem:
    parts, orders, periods = sizes or SIZES[workshops]
    return generate(workshops, parts, orders, periods, seed)


def case_of(problem: Problem, plan: Plan, seed: int, candidates: int | None = None) -> Case:
    """The same problem, plan and seed give the same case. plan: with prices."""
    dice = Random(f"programme {len(problem.workshops)} {seed}")
    group = {row.id: f"K-{dice.randrange(GROUPS) + 1:02d}" for row in problem.workshops}
    asked = Asked(problem, plan)
    found = tuple(candidate(dice, asked, group, number) for number in range(candidates or CANDIDATES))
    budget = float(round(sum(one.cost for one in found) * BUDGET_SHARE, -6))
    space = float(round(sum(one.space for one in found) * SPACE_SHARE))
    floors = (Limits(budget, space, Floor(least)) for least in range(LEAST_GROUPS, -1, -1))
    limits = next(one for one in floors if one.completed(found, frozenset()) is not None)
    return Case(f"{len(problem.workshops)}-{seed}", problem, plan, found, limits)


class Asked:
    """The parts, and the workshops, whose hours the plan's prices put first."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.parts = [row.part for row in skill_prices(problem, plan)[:TOP]]
        hours = hour_prices(problem, plan)
        self.shops = sorted(hours, key=lambda name: (-float(hours[name].sum()), name))[:TOP]

    def part(self, dice: Random) -> str:
        return dice.choice(list(self.problem.capabilities_of) if dice.random() < DRAWN else self.parts)

    def shop(self, dice: Random) -> str:
        return dice.choice([row.id for row in self.problem.workshops] if dice.random() < DRAWN else self.shops)


def candidate(dice: Random, asked: Asked, group: dict[str, str], number: int) -> Candidate:
    """One intervention of a kind drawn evenly; training goes to a workshop that can't make the part yet."""
    kind, problem = dice.choice(KINDS), asked.problem
    delay, steps = dice.choice(RAMPS)
    shares = shares_by_period(problem.periods, delay, steps, step=4)
    name = f"C-{number + 1:02d}-{kind}"
    if kind == "floor":
        shop = asked.shop(dice)
        hours = more_hours(shop, dice.choice((20.0, 40.0)), shares)
        return Candidate(name, money(dice, 8, 25), float(dice.randint(6, 20)), hours=(hours,), group=group[shop])
    part = asked.part(dice)
    able = [row.workshop for row in problem.capabilities_of[part]]
    if kind == "training":
        pupil = dice.choice([row for row in problem.workshops if row.id not in able])
        row = learned(renamed(problem, part, pupil.id), max(pupil.hours), shares)
        return Candidate(name, money(dice, 4, 15), 0.0, capabilities=(row,), group=group[pupil.id])
    place, where = f"N-{number + 1:02d}", group[dice.choice(able)]
    hours = 35.0 if kind == "machine" else 35.0 * dice.randint(3, 6)
    cost, space = ((15, 60), (4, 12)) if kind == "machine" else ((40, 120), (30, 80))
    made, workshop = renamed(problem, part, place), new_workshop(place, hours, shares)
    room = float(dice.randint(*space))
    return Candidate(name, money(dice, *cost), room, workshops=(workshop,), capabilities=(made,), group=where)


def renamed(problem: Problem, part: str, workshop: str):
    """A capability at the mean rates of those who can make the part."""
    return replace(newcomer(problem, part), workshop=workshop)


def money(dice: Random, low: int, high: int) -> float:
    """Rupiah, from so many millions to so many."""
    return float(dice.randint(low * 2, high * 2) * 500_000)


def random_order(dice: Random, count: int) -> list[int]:
    order = list(range(count))
    dice.shuffle(order)
    return order
