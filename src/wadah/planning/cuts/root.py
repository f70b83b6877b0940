"""Cuts at the root: the relaxation solved again and again, each time with the inequalities that its point breaks.

In: a Formulation. Out: the same program with more rows: every plan obeys them all, so its optimum is the same and its
relaxation is worth more. Rows that the last point leaves slack are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.bound import dual_bound
from wadah.planning.cuts.rows import joined, no_cuts, with_rows
from wadah.planning.cuts.separate import Separator
from wadah.planning.solver import BASIC, Basis

if TYPE_CHECKING:
    from wadah.planning.cuts.rows import Cuts
    from wadah.planning.formulation import Formulation, Model
    from wadah.planning.formulation.model import Floats, Ints
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

ROUNDS = 60
SHARE = 0.35  # of the seconds left that the rounds may take in all
RISE = 1e-4  # relative; what the bound must rise in PATIENCE rounds, or they end
PATIENCE = 4
REST = 4  # rounds in a row that a row may be slack
SLACK = 1e-5  # distance from its limit at which a row is dropped at the end


@dataclass(frozen=True)
class Tightened:
    """The program with its cuts; `bound`: proven by the last relaxation, rupiah; `point`: its values, by column."""

    model: Model
    bound: float
    point: Floats | None


def tighten(form: Formulation, session: Session, clock: Clock) -> Tightened:
    """Add cuts for as long as they raise the bound; `model` has the columns of form.model and its rows first."""
    separator, pool, basis = Separator(form), no_cuts(), None
    found = Tightened(form.model, 0.0, None)
    until, bounds, rested = clock.seconds + SHARE * clock.left, list[float](), np.zeros(0, dtype=int)
    for _ in range(ROUNDS):
        model = with_rows(form.model, pool)
        answer = session.relax(model, max(0.0, until - clock.seconds), clock.should_stop, basis=basis)
        if answer.x is None or answer.row_dual is None or answer.status != "optimal":
            break
        bounds.append(dual_bound(model, answer.row_dual))
        found = Tightened(without_slack(form.model, pool, answer.x), max(bounds), answer.x)
        broken = separator.broken(answer.x)
        if broken.count == 0 or stalled(bounds) or clock.over:
            break
        rested = np.where(pool.over(answer.x) > -SLACK, 0, rested + 1)
        pool, basis, rested = renewed(pool, broken, answer.basis, rested)
    return found


def renewed(pool: Cuts, broken: Cuts, basis: Basis | None, rested: Ints) -> tuple[Cuts, Basis | None, Ints]:
    """The pool without rows that have been slack for REST rounds, and with the new ones; and the basis to match."""
    keep = rested < REST
    if basis is not None:
        own = len(basis.rows) - pool.count
        keep |= basis.rows[own:] != BASIC
        new = np.full(broken.count, BASIC, dtype=np.int8)
        basis = Basis(basis.columns, np.concatenate((basis.rows[:own], basis.rows[own:][keep], new)))
    rested = np.concatenate((rested[keep], np.zeros(broken.count, dtype=int)))
    return joined(pool.kept(keep), broken), basis, rested


def without_slack(model: Model, pool: Cuts, point: Floats) -> Model:
    """The model with those cuts that the point rests on."""
    return with_rows(model, pool.kept(pool.over(point) > -SLACK)) if pool.count else model


def stalled(bounds: list[float]) -> bool:
    """Whether the last rounds haven't been worth their time."""
    return len(bounds) > PATIENCE and bounds[-1] - bounds[-1 - PATIENCE] < RISE * abs(bounds[-1])
