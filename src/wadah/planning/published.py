"""Readers for published benchmark formats: text in, Problem out (docs/model.md §15).

Each function takes the text of the file (or files) and opens nothing itself. In all of them short_cost and late_cost
are null, so the published optimum is the optimum of the problem. Ids count from 1, as the papers do.

- generalised assignment, OR-Library format (Chu & Beasley 1997; Yagiura, Ibaraki & Glover 2006), minimised
- single-source capacitated facility location: Holmberg, Rönnqvist & Yuan 1999; Díaz & Fernández 2002
- capacitated lot sizing with set-up times: Trigeiro, Thomas & McClain 1989
- multi-level capacitated lot sizing: Tempelmeier & Derstroff 1996
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from wadah.planning.errors import Fault, ProblemError
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

START = date(2026, 1, 5)  # the sets have no dates; a Monday
TRIGEIRO_WIDTH = 15  # demands of more items than this stand in blocks below each other
MOST_CELLS = 10**8  # a size read from the wrong kind of file


class Figures:
    """Numbers of a text, taken one after the other. Raises ProblemError where they end too soon."""

    def __init__(self, words: Iterable[str], source: str) -> None:
        self.source = source
        self.values = [self.figure(word) for word in words]
        self.taken = 0

    def figure(self, word: str) -> float:
        try:
            return float(word)
        except ValueError as error:
            raise self.fault("published_text", word) from error

    def fault(self, code: str, value: object) -> ProblemError:
        return ProblemError([Fault(code, value=value, hint=(("format", self.source),))])

    def take(self, count: int) -> list[float]:
        if not 0 <= count <= self.left:
            raise self.fault("published_short", self.left)
        self.taken += count
        return self.values[self.taken - count : self.taken]

    def whole(self) -> int:
        (value,) = self.take(1)
        if not 1 <= value <= MOST_CELLS or not value.is_integer():
            raise self.fault("published_size", value)
        return int(value)

    def grid(self, rows: int, columns: int) -> list[list[float]]:
        cells = self.take(rows * columns)
        return [cells[row * columns : (row + 1) * columns] for row in range(rows)]

    @property
    def left(self) -> int:
        return len(self.values) - self.taken

    def end(self) -> None:
        """Numbers left over mean that the text is of another format."""
        if self.left:
            raise self.fault("published_left", self.left)


def words_of(text: str) -> list[str]:
    """Words up to the end of the text: some files are filled up to a whole disk block behind it."""
    return re.split("[\0\x1a]", text, maxsplit=1)[0].split()


def figures_before_legend(text: str) -> list[str]:
    """The numbers up to the first line that has words in it."""
    found: list[str] = []
    for line in text.splitlines():
        words = line.split()
        if not all(is_figure(word) for word in words):
            break
        found += words
    return found


def is_figure(word: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", word) is not None


# -- one period: assignment and location ------------------------------------------------------------------------------


def read_gap(text: str) -> list[Problem]:
    """Generalised assignment: `m n`, m × n costs, m × n sizes, m capacities. A file of several begins with how many.

    An agent is a workshop with its capacity as hours, a job is a part with an order of one piece; costs are minimised.
    """
    figures = Figures(words_of(text), "gap")
    if not gap_is_single(figures.values):
        return [*(gap_problem(figures) for _ in range(figures.whole())), *ended(figures)]
    return [gap_problem(figures), *ended(figures)]


def gap_is_single(values: Sequence[float]) -> bool:
    m, n = (*values, 0, 0)[:2]
    return len(values) == 2 + 2 * m * n + m


def ended(figures: Figures) -> list[Problem]:
    figures.end()
    return []


def gap_problem(figures: Figures) -> Problem:
    agents, jobs = figures.whole(), figures.whole()
    costs, sizes = figures.grid(agents, jobs), figures.grid(agents, jobs)
    return assignment(costs, sizes, figures.take(agents), [0.0] * agents)


def read_holmberg(text: str) -> Problem:
    """Facility location: `m n`, m rows `capacity fixed-cost`, n demands, m × n costs of serving a whole customer."""
    figures = Figures(words_of(text), "holmberg")
    facilities, customers = figures.whole(), figures.whole()
    rows = figures.grid(facilities, 2)
    demands = figures.take(customers)
    costs = figures.grid(facilities, customers)
    figures.end()
    return assignment(costs, [demands] * facilities, [row[0] for row in rows], [row[1] for row in rows])


def read_diaz(text: str) -> Problem:
    """Facility location: `n m`, n × m costs, n demands, m fixed costs, m capacities (n customers, m facilities)."""
    figures = Figures(words_of(text), "diaz")
    customers, facilities = figures.whole(), figures.whole()
    costs = figures.grid(customers, facilities)
    demands = figures.take(customers)
    fixed, capacities = figures.take(facilities), figures.take(facilities)
    figures.end()
    turned = [list(column) for column in zip(*costs, strict=True)]
    return assignment(turned, [demands] * facilities, capacities, fixed)


def assignment(
    costs: Sequence[Sequence[float]],
    sizes: Sequence[Sequence[float]],
    capacity: Sequence[float],
    fixed: Sequence[float],
) -> Problem:
    """Each job whole at one agent: costs and sizes by agent and job, capacity and engagement cost by agent."""
    jobs = [f"job-{j + 1}" for j in range(len(costs[0]))]
    agents = [f"agent-{a + 1}" for a in range(len(costs))]
    return Problem(
        Calendar(START, 1),
        parts=tuple(Part(job) for job in jobs),
        workshops=tuple(
            Workshop(agent, (hours,), (0.0,), engage_cost=once)
            for agent, hours, once in zip(agents, capacity, fixed, strict=True)
        ),
        capabilities=tuple(
            Capability(job, agent, size, cost_per_unit=cost)
            for agent, cost_row, size_row in zip(agents, costs, sizes, strict=True)
            for job, cost, size in zip(jobs, cost_row, size_row, strict=True)
        ),
        orders=tuple(Order(job, job, 1.0, 0, None, late_cost=None) for job in jobs),
    )


# -- lot sizing -------------------------------------------------------------------------------------------------------


def read_trigeiro(text: str) -> Problem:
    """One machine: `N T`, 1, capacity, N rows `unit-time holding-cost set-up-time set-up-cost`, T × N demands.

    Demands of more than 15 items stand in blocks of 15 columns; what follows the numbers is a legend.
    """
    figures = Figures(figures_before_legend(text), "trigeiro")
    items, periods = figures.whole(), figures.whole()
    (_, capacity) = figures.take(2)
    rows = figures.grid(items, 4)
    blocks = [figures.grid(periods, min(TRIGEIRO_WIDTH, items - first)) for first in range(0, items, TRIGEIRO_WIDTH)]
    figures.end()
    demand = [[amount for block in blocks for amount in block[t]] for t in range(periods)]
    names = [f"item-{i + 1}" for i in range(items)]
    return Problem(
        Calendar(START, periods),
        parts=tuple(Part(name, integer=False, holding_cost=row[1]) for name, row in zip(names, rows, strict=True)),
        workshops=(Workshop("machine-1", (capacity,) * periods, (0.0,) * periods),),
        capabilities=tuple(
            Capability(name, "machine-1", row[0], setup_hours=row[2], setup_cost=row[3])
            for name, row in zip(names, rows, strict=True)
        ),
        orders=punctual_orders(names, demand),
    )


def punctual_orders(items: Sequence[str], demand: Sequence[Sequence[float]]) -> tuple[Order, ...]:
    """One order an item and period with a demand, to be delivered in that very period; demand by period and item."""
    return tuple(
        Order(f"{item}/{t + 1}", item, amount, t, None, earliest=t, late_cost=None)
        for t, amounts in enumerate(demand)
        for item, amount in zip(items, amounts, strict=True)
        if amount > 0
    )


def read_td1996(structure: str, times: str, demand: str, overtime_cost: float | None = None) -> Problem:
    """Several machines and levels, no lead time: the texts of X0______.DAT, NAME.TMP and G_sCs___.DTn.

    overtime_cost: money an hour of overtime, of which there is then as much as anyone could use; None: no overtime.
    The hard end of class C can't do without (10,000 in the published runs).
    """
    items, arcs = td_structure(structure)
    periods, setup_costs, holding, capacities = td_times(times, len(items))
    names = [f"item-{i + 1}" for i in range(len(items))]
    components = {component for _, component, _ in arcs}
    ends = [name for i, name in enumerate(names, 1) if i not in components]
    problem = Problem(
        Calendar(START, periods),
        parts=tuple(
            Part(name, integer=False, bom=tuple((names[c - 1], q) for p, c, q in arcs if p == i), holding_cost=cost)
            for i, (name, cost) in enumerate(zip(names, holding, strict=True), 1)
        ),
        workshops=tuple(
            Workshop(f"machine-{r + 1}", tuple(hours), (0.0,) * periods) for r, hours in enumerate(capacities)
        ),
        capabilities=tuple(
            Capability(name, f"machine-{resource}", unit, setup_hours=setup, setup_cost=costs[resource - 1])
            for name, (setup, resource, unit), costs in zip(names, items, setup_costs, strict=True)
        ),
        orders=punctual_orders(ends, td_demand(demand, periods, len(ends))),
    )
    return problem if overtime_cost is None else with_overtime(problem, overtime_cost)


def td_structure(text: str) -> tuple[list[tuple[float, int, float]], list[tuple[int, int, float]]]:
    """Items as (set-up time, resource, unit time), and arcs as (parent, component, quantity), numbered from 1."""
    lines = iter([line.split() for line in text.splitlines() if line.strip()])
    count = Figures(next(lines, []), "td1996").whole()
    items = []
    for line in islice(lines, count):
        row = Figures(line, "td1996").take(8)
        items.append((row[1], int(row[5]), row[7]))
    arcs = []
    for line in lines:
        if line == ["0"]:
            break
        parent, component, quantity = Figures(line, "td1996").take(3)
        arcs.append((int(parent), int(component), quantity))
    return items, arcs


def td_times(text: str, items: int) -> tuple[int, list[list[float]], list[float], list[list[float]]]:
    """Periods, set-up costs by item and resource, holding costs by item, capacities by resource and period."""
    sizes = re.search(r"Periods\s+(\d+)\s+Products\s+(\d+)\s+Resources\s+(\d+)", text)
    if sizes is None or int(sizes[2]) != items:
        raise ProblemError([Fault("published_size", value=sizes and sizes[2], hint=(("format", "td1996"),))])
    periods, resources = int(sizes[1]), int(sizes[3])
    lines = [line.split() for line in text[sizes.end() :].splitlines()]
    figures = Figures([word for line in lines if all(map(is_figure, line)) for word in line], "td1996")
    setup_costs, holding = figures.grid(items, resources), figures.take(items)
    capacities = figures.grid(resources, periods)
    figures.end()
    return periods, setup_costs, holding, capacities


def td_demand(text: str, periods: int, ends: int) -> list[list[float]]:
    """Demand by period and end item; the first line holds the means, each other begins with its period."""
    figures = Figures(words_of(text), "td1996")
    figures.take(ends)
    return [row[1:] for row in figures.grid(periods, ends + 1)]


def with_overtime(problem: Problem, overtime_cost: float) -> Problem:
    """The same with overtime enough to make everything in any one period."""
    needed = all_hours(problem)
    overtime = (needed,) * problem.periods
    shops = tuple(replace(shop, overtime_hours=overtime, overtime_cost=overtime_cost) for shop in problem.workshops)
    return replace(problem, workshops=shops)


def all_hours(problem: Problem) -> float:
    """Hours that all orders take together with a set-up of each item; gross requirements down the bill of materials."""
    demand = dict.fromkeys(problem.part, 0.0)
    for order in problem.orders:
        demand[order.part] += order.quantity
    level = dict(demand)
    while any(level.values()):  # one level of the bill of materials after the other; it has no loop
        below = dict.fromkeys(problem.part, 0.0)
        for part in problem.parts:
            for component, quantity in part.bom:
                below[component] += quantity * level[part.id]
        demand = {part: demand[part] + below[part] for part in demand}
        level = below
    return sum(row.hours_per_unit * demand[row.part] + row.setup_hours for row in problem.capabilities)
