"""What is judged before a row is written: the referee on each plan, and the rows of one instance against each other."""

from __future__ import annotations

from wadah.planning.plan import violations

ROUNDING = 1e-9  # relative; what adding up in another order may change


def objections(problem, plan, method) -> list[str]:
    """Why the plan can't be counted; none where it obeys every rule and every claim is true.

    Only the planner promises a plan always (docs/model.md §12): another method may come back without one.
    """
    if plan.status == "none" and method != "wadah":
        return []
    return [str(fault) for fault in violations(problem, plan)]


def contradictions(rows) -> list[str]:
    """Where the rows of one instance can't all be true: a bound above the cheapest plan that any method found.

    Each row has `instance`, `method`, `status`, `objective` and `bound`; a claim "infeasible" beside a plan counts too.
    """
    found = []
    for instance in dict.fromkeys(row["instance"] for row in rows):
        mine = [row for row in rows if row["instance"] == instance]
        plans = [row for row in mine if row["objective"] not in (None, "")]
        if not plans:
            continue
        cheapest = min(plans, key=lambda row: float(row["objective"]))
        least = float(cheapest["objective"])
        for row in mine:
            where = f"{instance}: {row['method']} says"
            if row["status"] == "infeasible":
                found.append(f"{where} infeasible, {cheapest['method']} has a plan")
            elif row["bound"] not in (None, "") and float(row["bound"]) > least + ROUNDING * max(1.0, abs(least)):
                found.append(f"{where} bound {row['bound']}, {cheapest['method']} has a plan at {least}")
    return found
