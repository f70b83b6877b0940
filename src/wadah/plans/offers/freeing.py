"""Lots that nobody needs any more are taken out of a plan, and nobody gets anything later or less for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.plan import priced
from wadah.planning.promise import Book
from wadah.planning.promise.displaced import missed
from wadah.planning.repair import step
from wadah.planning.solver import lease
from wadah.planning.stop import Clock

if TYPE_CHECKING:
    from collections.abc import Collection

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

SECONDS = 1.0
PIECES = 1e-6


def freed(problem: Problem, plan: Plan, parts: Collection[str]) -> Plan:
    """The plan with lots of these parts, and of what goes into them, only as large as somebody needs them.

    Lots only shrink, those committed stay; where another order would be served worse, the plan stays as it is.
    """
    if not parts:
        return plan
    book = Book(problem, plan)
    tree = set().union(*(book.below(part) for part in parts))
    with lease() as session:
        found, _ = step(book, tree, set(tree), session, Clock(SECONDS), gently=True)
    if found is None or any(worse(problem, order.id, plan, found) for order in problem.orders if order.part in tree):
        return plan
    return priced(problem, found)


def worse(problem: Problem, order: str, before: Plan, after: Plan) -> bool:
    short, late = missed(problem.order[order], before)
    short_now, late_now = missed(problem.order[order], after)
    return short_now > short + PIECES or late_now > late + PIECES
