"""What the engine made of the edits, as plain values that are kept and that pages read.

The engine is imported only where it is needed: pages import this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.planning.edited import Edited
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

PLAN, IMPOSSIBLE, NOTHING = "plan", "impossible", "nothing"  # nothing: neither a plan nor a proof came in time
PIECES = 1e-6


def told(before: Plan, answer: Edited, edits: Sequence[int], seconds: float) -> dict[str, Any]:
    """The answer as JSON; edits: their ids, in the order in which the engine got them."""
    if answer.plan.objective is None:
        return {
            "status": IMPOSSIBLE if answer.plan.status == "infeasible" else NOTHING,
            "blame": [edits[place] for place in answer.blame],
            "missing": missing(answer.problem, answer.plan.stopped),
            "seconds": seconds,
        }
    return {"status": PLAN, "seconds": seconds, **costs(before, answer), **differences(before, answer)}


def costs(before: Plan, answer: Edited) -> dict[str, Any]:
    after = answer.plan
    kinds = [*after.cost, *(kind for kind in before.cost if kind not in after.cost)]
    return {
        "cost": [[kind, before.cost.get(kind, 0.0), after.cost.get(kind, 0.0)] for kind in kinds],
        "before": before.objective,
        "after": after.objective,
        "bound": after.bound,
        "gap": after.gap,
        "carried": answer.carried,
        "cheapest": answer.cheapest,
        "moving": answer.moving,
    }


def differences(before: Plan, answer: Edited) -> dict[str, Any]:
    """orders: [id, then late, short and last period, before and after]; lots and work: before and after."""
    from wadah.planning.repair import difference

    problem, after = answer.problem, answer.plan
    found = difference(problem, before, after)
    old, new = fates(problem, before), fates(problem, after)
    return {
        "orders": [[name, *old[name], *new[name]] for name in old if not alike(old[name], new[name])],
        "lots": [[row.part, row.workshop, row.period, row.before, row.after] for row in found.lots],
        "work": [[row.workshop, row.before, row.after] for row in found.workshops],
    }


Fate = tuple[float, float, int | None]  # pieces late, pieces short, period of the last delivery


def fates(problem: Problem, plan: Plan) -> dict[str, Fate]:
    late, given = dict.fromkeys(problem.order, 0.0), dict.fromkeys(problem.order, 0.0)
    last: dict[str, int] = {}
    for name, t, pieces in plan.deliver:
        if pieces > 0:
            given[name] += pieces
            late[name] += pieces if t > problem.order[name].due else 0.0
            last[name] = max(int(t), last.get(name, -1))
    return {row.id: (late[row.id], max(0.0, row.quantity - given[row.id]), last.get(row.id)) for row in problem.orders}


def alike(one: Fate, two: Fate) -> bool:
    return abs(one[0] - two[0]) <= PIECES and abs(one[1] - two[1]) <= PIECES and one[2] == two[2]


def missing(problem: Problem, stopped: str) -> list[list[Any]]:
    """What can't be there: ["lot", part, workshop, period, pieces] or ["order", id, pieces]; pieces None: not known."""
    from wadah.planning.obstacles import obstacles_in

    cells = {f"{row.part} {row.workshop} {row.period}": row for row in problem.committed}
    found: list[list[Any]] = []
    for code, fields in obstacles_in(stopped):
        row = cells.get(fields.get("cell", ""))
        if row is not None:
            lacking = {"promise_missed": "pieces"}.get(code)
            found.append(["lot", row.part, row.workshop, row.period, float(fields[lacking]) if lacking else None])
        elif code in ("order_short", "order"):
            found.append(["order", fields["order"], float(fields["pieces"]) if code == "order_short" else None])
    return found
