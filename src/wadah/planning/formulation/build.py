"""Formulate: columns first, then one function a paragraph of docs/model.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.arrays import arrays
from wadah.planning.formulation.making import commitments, engagement, fairness, hours, lots, moved, sources
from wadah.planning.formulation.model import Builder
from wadah.planning.formulation.serving import orders, shelf_life, single_source, stock
from wadah.planning.limits import limits

if TYPE_CHECKING:
    from wadah.planning.arrays import Arrays, Floats, Ints
    from wadah.planning.formulation.model import Model
    from wadah.planning.limits import Limits
    from wadah.planning.problem import Problem

NONE = -1  # no column


@dataclass
class Formulation:
    """Where every decision lies; −1 where it has no column because it can only be 0, or, for y, isn't needed.

    x, y: K × T; overtime: W × T; engaged, below: W; deliver: N × T; short: N; level, scrap: P × T; used: K (whether
    a capability is a source); assign: columns (order, capability, column); split: (order, capability, period, column).
    scale: pieces that one unit of an order's deliver column stands for. hours_row: W × T; stock_row: P × T.
    """

    data: Arrays
    limits: Limits
    builder: Builder
    x: Ints
    y: Ints
    hours_row: Ints
    stock_row: Ints
    overtime: Ints
    deliver: Ints
    short: Ints
    level: Ints
    scrap: Ints
    scale: Floats
    assign: list[tuple[int, int, int]] = field(default_factory=list)
    split: list[tuple[int, int, int, int]] = field(default_factory=list)
    fault: str = ""
    finished: Model | None = None

    @property
    def model(self) -> Model:
        if self.finished is None:
            self.finished = self.builder.model()
        return self.finished

    @property
    def largest(self) -> Floats:
        return self.limits.largest


def formulate(problem: Problem) -> Formulation:
    """The whole program. A promise above what can be started stays in as a crossed bound; infeasible.py explains it."""
    data = arrays(problem)
    form = blank(data, limits(data))
    for paragraph in (
        stock,  # §1
        hours,  # §2
        lots,  # §3, §4
        orders,  # §5
        sources,  # §6
        single_source,  # §7
        engagement,  # §8
        commitments,  # §9
        shelf_life,  # §10
        fairness,  # §11
        moved,  # §11
    ):
        paragraph(form)
    return form


def blank(data: Arrays, found: Limits) -> Formulation:
    """A formulation with the rows that several paragraphs fill, and the x columns that they all speak of."""
    workshops, parts, orders_ = data.hours.shape[0], len(data.integer), len(data.quantity)
    periods = data.periods
    builder = Builder()
    builder.offset = data.unable_change
    able = np.maximum(found.largest, data.promised) > 0
    x = np.full(able.shape, NONE, dtype=int)
    upper = found.largest[able]
    rows = np.nonzero(able)[0]
    x[able] = builder.add_columns(
        int(able.sum()), cost=data.cost[rows], upper=upper, integer=data.integer[data.part[rows]]
    )
    return Formulation(
        data=data,
        limits=found,
        builder=builder,
        x=x,
        y=np.full(able.shape, NONE, dtype=int),
        hours_row=builder.add_rows(workshops * periods).reshape(workshops, periods),
        stock_row=builder.add_rows(parts * periods).reshape(parts, periods),
        overtime=np.full((workshops, periods), NONE, dtype=int),
        deliver=np.full((orders_, periods), NONE, dtype=int),
        short=np.full(orders_, NONE, dtype=int),
        level=np.full((parts, periods), NONE, dtype=int),
        scrap=np.full((parts, periods), NONE, dtype=int),
        scale=np.ones(orders_),
    )
