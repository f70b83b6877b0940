"""The problem as tables for the first plan's compiled loops: one record a part, maker, workshop and order.

In: Flat. Out: a Pool, never changed afterwards. Records keep what is read together side by side, and a handful of
tables compiles several times faster than a tuple of sixty arrays. Pieces of an ordinary part lie on one shelf; those
of a part with single-source orders lie on one shelf a capability, because each order is served from its own maker's
pieces (docs/model.md §7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wadah.planning.flat import Flat

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Table = Any  # a record array

PLENTY = 1e12  # pieces; stands for "no limit" where a piece takes no hours at all
NEGLIGIBLE = 1e-7  # pieces; less is taken as nothing
LARGEST_STEP = 1000  # pieces; lots of perishable whole pieces are multiples of a step that gives whole good pieces
WHOLE = 1e-9


class Pool(NamedTuple):
    """Static tables; hours, rupiah, pieces and periods as in flat.py."""

    # P: whole, holding, share, sources, lead, life, rank, single, least_good and usual_lot (of its makers),
    # begin and end (into able), below and last (into child)
    parts: Table
    makers: Table  # K: part, workshop, shelf, unit_hours, setup_hours, setup_cost, cost, least, step, good (the yield)
    workshops: Table  # W: overtime_cost, engage_cost, target, below_cost, hour_price
    orders: Table  # N: part, quantity, due, earliest, late_cost, short_cost, partial, single
    able: Ints  # capabilities, by part
    parents_first: Ints  # P, every part after all its parents; a part's rank is its place here
    child: Ints  # components, those of part p are child[below:last]
    child_pieces: Floats
    shelf_life: Ints  # of each shelf; −1 keeps for ever
    shelf_stock: Floats  # opening stock of each shelf
    limit: Floats  # K × T
    previous: Floats  # K × T
    keyed: Flags  # K × T, whether change_cost counts there
    change_cost: float


def pool(flat: Flat, hour_prices: Floats) -> Pool:
    """Lay the problem out; hour_prices: rupiah by workshop that steer the choice of makers (scarce.py)."""
    makers = maker_table(flat)
    parts = part_table(flat, makers)
    shelves = int(makers.shelf.max()) + 1 if len(makers) else 0
    shelf_part = np.arange(max(shelves, len(parts)))
    shelf_part[makers.shelf] = makers.part
    return Pool(
        parts=parts,
        makers=makers,
        workshops=table(
            len(flat.engage_cost),
            overtime_cost=flat.overtime_cost,
            engage_cost=flat.engage_cost,
            target=flat.target,
            below_cost=flat.below_cost,
            hour_price=hour_prices,
        ),
        orders=order_table(flat),
        able=flat.able,
        parents_first=flat.parents_first,
        child=flat.child,
        child_pieces=flat.child_pieces,
        shelf_life=flat.life[shelf_part],
        shelf_stock=np.where(shelf_part == np.arange(len(shelf_part)), flat.stock[shelf_part], 0.0),
        limit=flat.limit,
        previous=flat.previous,
        keyed=flat.keyed,
        change_cost=flat.change_cost,
    )


def table(count: int, **columns: NDArray[Any]) -> Table:
    """Columns of the same length side by side."""
    found = np.zeros(count, dtype=[(name, column.dtype) for name, column in columns.items()])
    for name, column in columns.items():
        found[name] = column
    return found.view(np.recarray)


def part_table(flat: Flat, makers: Table) -> Table:
    count = len(flat.integer)
    rank, single = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    rank[flat.parents_first] = np.arange(count)
    single[flat.order_part[flat.single_source]] = True
    return table(
        count,
        whole=flat.integer,
        holding=flat.holding,
        share=flat.share,
        sources=flat.sources,
        lead=flat.lead,
        life=flat.life,
        rank=rank,
        single=single,
        least_good=of_makers(flat, flat.yields, 1.0, np.min),
        usual_lot=of_makers(flat, makers.least, 0.0, np.median),
        begin=flat.able_start[:-1],
        end=flat.able_start[1:],
        below=flat.child_start[:-1],
        last=flat.child_start[1:],
    )


def of_makers(flat: Flat, values: Floats, nobody: float, sum_up: Callable[[Floats], Any]) -> Floats:
    """One number of all the makers of each part that has a sourcing rule, P; `nobody` elsewhere."""
    found = np.full(len(flat.integer), nobody)
    ruled = ((flat.share < 1) | (flat.sources > 1)) & (np.diff(flat.able_start) > 0)
    for p in np.flatnonzero(ruled).tolist():
        found[p] = float(sum_up(values[flat.able[flat.able_start[p] : flat.able_start[p + 1]]]))
    return found


def maker_table(flat: Flat) -> Table:
    steps = lot_steps(flat)
    single = np.isin(flat.part, flat.order_part[flat.single_source])
    own_shelf = len(flat.integer) + np.cumsum(single) - 1
    size = np.maximum(steps, WHOLE)
    least = np.where(steps > 0, np.maximum(np.ceil(flat.min_lot / size - WHOLE) * steps, steps), flat.min_lot)
    return table(
        len(flat.part),
        part=flat.part,
        workshop=flat.workshop,
        shelf=np.where(single, own_shelf, flat.part),
        unit_hours=flat.unit_hours,
        setup_hours=flat.setup_hours,
        setup_cost=flat.setup_cost,
        cost=flat.cost,
        least=least,
        step=steps,
        good=flat.yields,
    )


def order_table(flat: Flat) -> Table:
    return table(
        len(flat.order_part),
        part=flat.order_part,
        quantity=flat.quantity,
        due=flat.due,
        earliest=flat.first,
        late_cost=flat.late_cost,
        short_cost=flat.short_cost,
        partial=flat.partial,
        single=flat.single_source,
    )


def lot_steps(flat: Flat) -> Floats:
    """Pieces that a lot of each capability is a multiple of, K; 0 where any quantity will do.

    Whole parts come in ones. Where they also perish, what is left of a lot must be scrapped whole, so a lot must give
    whole good pieces: the smallest such step up to LARGEST_STEP, else 1 and the referee decides.
    """
    steps = np.where(flat.integer[flat.part], 1.0, 0.0)
    perishing = flat.integer[flat.part] & (flat.life[flat.part] >= 0)
    for good in np.unique(flat.yields[perishing]).tolist():
        pieces = good * np.arange(1, LARGEST_STEP + 1)
        whole = np.flatnonzero(np.abs(pieces - np.rint(pieces)) <= WHOLE)
        steps[perishing & (flat.yields == good)] = float(whole[0] + 1) if whole.size else 1.0
    return steps
