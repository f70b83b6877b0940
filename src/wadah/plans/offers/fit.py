"""The plan in force seen with today's eyes: a problem that the plan still obeys, and in which more can be asked.

In: the problem and plan that were kept with the plan in force, the problem of the same weeks as the rows stand now, and
the period that today lies in. Out: both as one problem. What is planned stays possible, whatever became of it since;
everything else is as it is today:

- Weeks that are over make nothing more than they did, and nothing new leaves in them.
- Hours are today's, but never fewer than the plan uses: where leave was taken since, nothing more fits in.
- A pair that the plan uses keeps its minutes, yield and smallest lot, at today's rate; one whose leave to make the part
  ended makes no more than is planned. Pairs that are new, or that the plan doesn't use, are as they are today.
- Orders that were cancelled since are left out with what they would have got, those that came since are left out too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.plan import Plan, priced
from wadah.planning.problem import Calendar, Lot, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wadah.planning.problem import Capability, Part, Workshop

    Pair = tuple[str, str]
    Lots = dict[Pair, dict[int, float]]

OPEN = 1e9  # pieces a week; stands for "no limit"
DUST = 1e-9
MOMENT = 1e-5  # hours; less is rounding


def fitted(
    kept: Problem, plan: Plan, fresh: Problem, now: int, cancelled: Collection[str] = ()
) -> tuple[Problem, Plan]:
    """The plan in force, and the problem that it is a plan of today.

    fresh: starts with `kept` and is at least as long; now: period of today, 0 or more; cancelled: ids of orders.
    """
    lots = lots_of(plan)
    rows = capabilities(kept, fresh, lots, now)
    used = hours_used(rows, lots, fresh.periods)
    gone = set(cancelled)
    problem = Problem(
        calendar=Calendar(kept.calendar.start, fresh.periods, kept.calendar.period),
        parts=parts(kept, fresh),
        workshops=workshops(kept, fresh, used, now),
        capabilities=tuple(rows.values()),
        orders=tuple(order for order in kept.orders if order.id not in gone),
        committed=committed(fresh, lots, rows, now),
    )
    return problem, priced(problem, without(plan, gone, used, problem))


def lots_of(plan: Plan) -> Lots:
    found: Lots = defaultdict(lambda: defaultdict(float))
    for part, workshop, t, pieces in plan.make:
        if pieces > 0:
            found[part, workshop][int(t)] += pieces
    return found


def capabilities(kept: Problem, fresh: Problem, lots: Lots, now: int) -> dict[Pair, Capability]:
    """By pair: today's, those that the plan uses as it uses them."""
    found: dict[Pair, Capability] = {}
    for pair in {**fresh.capability, **{pair: kept.capability[pair] for pair in lots}}:
        mine, today = lots.get(pair, {}), fresh.capability.get(pair)
        if not mine:
            assert today is not None
            found[pair] = limited(today, today, {}, now, fresh.periods)
        elif today is None:
            found[pair] = limited(kept.capability[pair], None, mine, now, fresh.periods)
        else:
            row = replace(kept.capability[pair], cost_per_unit=today.cost_per_unit, setup_cost=today.setup_cost)
            found[pair] = limited(row, today, mine, now, fresh.periods)
    return found


def limited(row: Capability, today: Capability | None, mine: Mapping[int, float], now: int, periods: int) -> Capability:
    """A pair's limit a week: what is planned in weeks that are over, today's limit from now on."""
    most = (0.0,) * periods if today is None else (today.max_per_period or (OPEN,) * periods)
    if now == 0 and not mine and most[0] >= OPEN and today is not None and today.max_per_period is None:
        return row
    limit = tuple(mine.get(t, 0.0) if t < now else max(most[t], mine.get(t, 0.0)) for t in range(periods))
    return replace(row, max_per_period=limit)


def hours_used(rows: Mapping[Pair, Capability], lots: Lots, periods: int) -> dict[str, list[float]]:
    """Hours that the plan takes of each workshop, a week."""
    used: dict[str, list[float]] = {}
    for pair, mine in lots.items():
        row = rows[pair]
        hours = used.setdefault(row.workshop, [0.0] * periods)
        for t, pieces in mine.items():
            hours[t] += row.setup_hours + row.hours_per_unit * pieces
    return used


def parts(kept: Problem, fresh: Problem) -> tuple[Part, ...]:
    """Those of the plan as they were planned, then those that are new."""
    return (*kept.parts, *(row for row in fresh.parts if row.id not in kept.part))


def workshops(kept: Problem, fresh: Problem, used: Mapping[str, list[float]], now: int) -> tuple[Workshop, ...]:
    found = []
    for name in {**kept.workshop, **fresh.workshop}:
        before, today = kept.workshop.get(name), fresh.workshop.get(name)
        mine = used.get(name, [0.0] * fresh.periods)
        if today is None:
            assert before is not None
            today = replace(before, hours=(0.0,) * fresh.periods, overtime_hours=(0.0,) * fresh.periods)
        hours = tuple(before.hours[t] if before and t < now else today.hours[t] for t in range(fresh.periods))
        overtime = tuple(
            max(mine[t] - hours[t], 0.0 if t < now else today.overtime_hours[t]) for t in range(fresh.periods)
        )
        row = replace(today, hours=hours, overtime_hours=tuple(max(0.0, x) for x in overtime))
        if before is not None:
            row = replace(row, target_hours=before.target_hours, below_target_cost=before.below_target_cost)
        found.append(row)
    return tuple(found)


def committed(fresh: Problem, lots: Lots, rows: Mapping[Pair, Capability], now: int) -> tuple[Lot, ...]:
    """What was made in weeks that are over, and what members promised as far as it is in the plan."""
    wanted: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in fresh.committed:
        wanted[row.part, row.workshop, row.period] += row.quantity
    found = [Lot(*pair, t, pieces) for pair, mine in lots.items() for t, pieces in mine.items() if t < now]
    for (part, workshop, t), pieces in wanted.items():
        planned = lots.get((part, workshop), {}).get(t, 0.0) if (part, workshop) in rows else 0.0
        if t >= now and min(pieces, planned) > 0:
            found.append(Lot(part, workshop, t, min(pieces, planned)))
    return tuple(found)


def strained(fresh: Problem, lots: Lots, used: Mapping[str, list[float]], now: int) -> tuple[str, ...]:
    """Workshops of which the plan takes what isn't there any more: hours, or leave to make a part; from now on."""
    found = set()
    for (part, workshop), mine in lots.items():
        row = fresh.capability.get((part, workshop))
        most = None if row is None else row.max_per_period
        for t, pieces in mine.items():
            if t >= now and (row is None or (most is not None and pieces > most[t] + DUST)):
                found.add(workshop)
    for name, hours in used.items():
        today = fresh.workshop.get(name)
        for t in range(now, fresh.periods):
            room = 0.0 if today is None else today.hours[t] + today.overtime_hours[t]
            if hours[t] > room + MOMENT:
                found.add(name)
    return tuple(sorted(found))


def without(plan: Plan, gone: Collection[str], used: Mapping[str, list[float]], problem: Problem) -> Plan:
    """The plan's rows without some orders, with the overtime that today's hours leave to it."""
    over = [
        (name, t, hours - problem.workshop[name].hours[t])
        for name, mine in used.items()
        for t, hours in enumerate(mine)
        if hours - problem.workshop[name].hours[t] > DUST
    ]
    return replace(
        Plan("feasible"),
        make=plan.make,
        deliver=tuple(row for row in plan.deliver if row[0] not in gone),
        short=tuple(row for row in plan.short if row[0] not in gone),
        scrap=plan.scrap,
        overtime=tuple(over),
        assign=tuple(row for row in plan.assign if row[0] not in gone),
    )
