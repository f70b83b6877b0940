"""Why a member got this work and not more: its hours, and for each part it can make, who was chosen and what they cost.

In: a problem, a plan that obeys it, and a workshop. Out: a Member with one Offer a capability. Costs a good piece are
averages over the plan's lots, set-ups included, so that a member can check them with a pencil; `worth` is the plan's
own marginal price (its dual values). They describe this plan: two makers that cost the same may change places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wadah.planning.explain import Room
from wadah.planning.why.worth import piece_margins

if TYPE_CHECKING:
    from wadah.planning.plan import Make, Plan
    from wadah.planning.problem import Capability, Problem, Workshop

Code = Literal["got", "no_demand", "not_allowed", "full", "large_lot", "dearer", "even"]
Overall = Literal["no_skill", "no_hours", "full", "got", "no_demand", "not_allowed", "large_lot", "dearer", "even"]

FULL = 0.95
EVEN = 1e-6  # relative; costs closer than this are the same
BEFORE: tuple[Code, ...] = ("dearer", "even", "large_lot", "full", "not_allowed", "no_demand")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A maker of the part in this plan: pieces started and its rupiah a good piece, set-ups included."""

    workshop: str
    pieces: float
    cost: float


@dataclass(frozen=True, slots=True)
class Offer:
    """One part that the member can make.

    code: got (it makes some), no_demand (the plan makes none), not_allowed (a limit of 0 in every period), full (no
    hours left for even its smallest lot in any period), large_lot (its smallest lot is more than the plan makes in
    all), dearer (a good piece costs more than at the dearest maker chosen), even (none of these: it costs no more;
    set-ups, dates or sourcing decided, or the plan isn't the best yet, by its gap at most). pieces, hours: what it got
    (set-ups included); cost: rupiah a good piece with set-ups, as made, or as it would be in lots as the others make
    them; above: that less the dearest chosen maker's, rupiah a good piece: what it would have to come down by (> 0);
    an_hour: the same by the hour of work. worth: the most that a good piece was worth above its components in any
    period of this plan (dual values), rupiah; None where the plan has no prices.
    """

    part: str
    code: Code
    pieces: float
    hours: float
    cost: float
    chosen: tuple[Chosen, ...]
    above: float | None
    an_hour: float | None
    worth: float | None


@dataclass(frozen=True, slots=True)
class Member:
    """have, overtime, used: hours over the horizon; pay: rupiah for pieces and set-ups, overtime not counted."""

    workshop: str
    code: Overall
    have: float
    overtime: float
    used: float
    target: float
    pay: float
    offers: tuple[Offer, ...]


def member(problem: Problem, plan: Plan, workshop: str) -> Member:
    """What one workshop got, and why not more."""
    row, room = problem.workshop[workshop], Room(problem, plan)
    lots = by_capability(plan)
    margins = piece_margins(problem, plan)
    offers = tuple(
        offer(problem, room, lots, capability, margins.get(capability.part))
        for capability in problem.capabilities
        if capability.workshop == workshop
    )
    used = sum(room.used.get((workshop, t), 0.0) for t in range(problem.periods))
    mine = [(problem.capability[part, name], x) for part, name, _, x in plan.make if name == workshop and x > 0]
    pay = sum(able.cost_per_unit * pieces + able.setup_cost for able, pieces in mine)
    have, overtime = sum(row.hours), sum(row.overtime_hours)
    code = overall(row, used, offers)
    return Member(workshop, code, have, overtime, used, row.target_hours, pay, offers)


def by_capability(plan: Plan) -> dict[str, dict[str, list[Make]]]:
    """Lots by part, then workshop."""
    found: dict[str, dict[str, list[Make]]] = defaultdict(lambda: defaultdict(list))
    for row in plan.make:
        if row[3] > 0:
            found[row[0]][row[1]].append(row)
    return found


def overall(row: Workshop, used: float, offers: tuple[Offer, ...]) -> Overall:
    """In one word: why not more. A member whose hours aren't full and who got some has the reason of other parts."""
    if not offers:
        return "no_skill"
    if sum(row.hours) + sum(row.overtime_hours) <= 0:
        return "no_hours"
    if used >= FULL * sum(row.hours):
        return "full"
    return next((code for code in BEFORE if any(offer.code == code for offer in offers)), "got")


def offer(
    problem: Problem,
    room: Room,
    lots: dict[str, dict[str, list[Make]]],
    row: Capability,
    worth: float | None,
) -> Offer:
    makers = lots.get(row.part, {})
    mine = makers.get(row.workshop, [])
    others = [name for name in makers if name != row.workshop]
    chosen = tuple(
        Chosen(name, sum(lot[3] for lot in makers[name]), lots_cost(problem.capability[row.part, name], makers[name]))
        for name in sorted(others)
    )
    cost = lots_cost(row, mine) if mine else likely_cost(row, [lot for name in others for lot in makers[name]])
    above = cost - max(other.cost for other in chosen) if chosen and not mine else None
    return Offer(
        part=row.part,
        code=offer_code(room, row, mine, chosen, cost, above),
        pieces=sum(lot[3] for lot in mine),
        hours=sum(row.hours_per_unit * lot[3] + row.setup_hours for lot in mine),
        cost=cost,
        chosen=chosen,
        above=above,
        an_hour=above * row.yield_rate / row.hours_per_unit if above is not None and row.hours_per_unit > 0 else None,
        worth=worth,
    )


def offer_code(
    room: Room, row: Capability, mine: list[Make], chosen: tuple[Chosen, ...], cost: float, above: float | None
) -> Code:
    if mine:
        return "got"
    if not chosen:
        return "no_demand"
    if row.max_per_period is not None and not any(row.max_per_period):
        return "not_allowed"
    if all(room.pieces_in(row, t) <= 0 for t in range(room.problem.periods)):
        return "full"
    if row.min_lot > sum(other.pieces for other in chosen):
        return "large_lot"
    return "dearer" if above is not None and above > EVEN * max(1.0, cost) else "even"


def lots_cost(row: Capability, lots: list[Make]) -> float:
    """Rupiah a good piece over these lots, set-ups included."""
    pieces = sum(lot[3] for lot in lots)
    return (row.cost_per_unit * pieces + row.setup_cost * len(lots)) / (row.yield_rate * pieces)


def likely_cost(row: Capability, others: list[Make]) -> float:
    """The same in lots of the size that the others make, or its smallest; without others, its set-up spread over it."""
    mean = sum(lot[3] for lot in others) / len(others) if others else 1.0
    size = max(row.min_lot, mean, 1e-9)
    return (row.cost_per_unit + row.setup_cost / size) / row.yield_rate
