"""From a problem and a rule's name to a plan that the referee accepts."""

from __future__ import annotations

import numpy as np

from benchmarks.baselines.floor import empty_floor
from benchmarks.baselines.rules import RULES, ranked_makers, ranked_orders
from benchmarks.baselines.serve import families, keep_promises, scrapped, scratch, serve
from wadah.planning.arrays import arrays
from wadah.planning.flat import flat as laid_flat
from wadah.planning.limits import limits
from wadah.planning.plan import priced, row_violations
from wadah.planning.state import State, plan_of

REPAIRS = 4  # times the orders behind a broken rule are left out and all is planned again


def plan_by(name, problem):
    """The plan that a rule of RULES gives; None where it gives none.

    Orders whose parts break a rule all the same (sourcing beside promises or single sources) are left short.
    """
    data = arrays(problem)
    flat = laid_flat(data, limits(data).largest)
    kin = families(flat)
    hard = hard_parts(flat)
    left = ranked_orders(flat)
    for _ in range(REPAIRS):
        state = state_by(flat, kin, hard, RULES[name], left)
        if state is None:
            return None
        plan = plan_of(data, state, stopped="rule applied")
        broken = row_violations(problem, plan)
        if not broken:
            return priced(problem, plan)
        kept = [i for i in left.tolist() if not guilty(data, flat, kin, i, broken)]
        if len(kept) == len(left):
            return None
        left = np.array(kept, dtype=np.int64)
    return None


def hard_parts(flat):
    """Whole parts that perish but come in or go out in fractions: scrapping whole pieces takes a little more."""
    fractional = flat.stock != np.rint(flat.stock)
    fractional[flat.part[flat.yields != 1.0]] = True
    takes_fraction = (flat.child_pieces != np.rint(flat.child_pieces)) | ~np.repeat(
        flat.integer, np.diff(flat.child_start)
    )
    fractional[flat.child[takes_fraction]] = True
    return flat.integer & (flat.life >= 0) & fractional


def state_by(flat, kin, hard, rule, orders):
    """Serve these orders by the rule; None where what is committed can't be kept."""
    floor, desk = empty_floor(flat, hard), scratch(flat, kin)
    ranked = ranked_makers(flat, rule)
    if not keep_promises(flat, floor, ranked, rule.split, desk):
        return None
    serve(flat, floor, ranked, rule.split, rule.early, kin, desk, orders)
    return State(floor.lots, floor.delivered, scrapped(flat, floor), floor.assigned)


def guilty(data, flat, kin, i, broken):
    """Whether order i has to do with any of the rules broken: itself, or a part of its family."""
    p = flat.order_part[i]
    family = {data.problem.parts[q].id for q in kin.member[kin.start[p] : kin.start[p + 1]].tolist()}
    return any(fault.order == data.problem.orders[i].id or fault.part in family for fault in broken)
