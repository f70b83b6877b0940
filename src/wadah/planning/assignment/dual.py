"""The Lagrangian dual of a Shape: prices of jobs, a proven bound, and what each pair would add to it; compiled.

With a price on each job, every workshop takes the jobs that earn most beside its costs: a knapsack with an engagement
charge, solved exactly (knapsack.py). The prices less what the workshops earn is a lower bound on any plan; it is at
least the linear relaxation's, and far above it where engagement costs much. Prices climb by the volume algorithm
(Barahona & Anbil 2000). Fixing a pair by its bound: Geoffrion 1974.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.assignment.knapsack import fill, trace
from wadah.planning.assignment.shape import SHUT, SURE
from wadah.planning.compiled import compiled, inner

if TYPE_CHECKING:
    from wadah.planning.assignment.shape import Bytes, Floats, Ints, Shape

MARGIN = 1e-12  # relative to the sum of what was added up
FIRST_STEP = 0.1  # of the way that the gap suggests
LEAST_STEP = 1e-4
PATIENCE = 12  # rounds without a better bound until steps get shorter


class Memory(NamedTuple):
    """Room for the knapsacks, allocated once."""

    rows: Floats
    taken: Bytes
    profit: Floats
    steps: Ints
    pair: Ints
    chosen: Bytes
    costs: Floats


def memory(shape: Shape) -> Memory:
    """Room for the largest knapsack of this shape."""
    jobs = int(np.diff(shape.at_start).max(initial=0))
    room = int(shape.room.max(initial=0))
    return Memory(
        rows=np.zeros((2, room + 1)),
        taken=np.zeros((jobs, room + 1), dtype=np.uint8),
        profit=np.zeros(jobs),
        steps=np.zeros(jobs, dtype=np.int64),
        pair=np.zeros(jobs, dtype=np.int64),
        chosen=np.zeros(jobs, dtype=np.uint8),
        costs=np.zeros(room + 1),
    )


@inner
def overtime(over_cost: float, step: float, regular: float, used: int) -> float:
    """Rupiah of overtime when `used` steps are taken."""
    return over_cost * max(0.0, used * step - regular)


@inner
def pick(shape: Shape, prices: Floats, closed: Bytes, w: int, memory: Memory) -> tuple[int, int]:
    """The jobs that earn anything at w, into memory. Returns how many there are and the steps of all of them."""
    count, total = 0, 0
    for i in range(shape.at_start[w], shape.at_start[w + 1]):
        e = shape.at[i]
        gain = prices[shape.job[e]] - shape.cost[e]
        if gain > 0 and not closed[e]:
            memory.profit[count], memory.steps[count], memory.pair[count] = gain, shape.steps[e], e
            total += shape.steps[e]
            count += 1
    return count, total


@compiled
def earn(shape: Shape, prices: Floats, closed: Bytes, w: int, memory: Memory) -> tuple[float, int]:
    """The most that w earns beside overtime, before its engagement; memory.chosen marks by what. Returns both."""
    count, total = pick(shape, prices, closed, w, memory)
    if total <= shape.room[w] and shape.over_cost[w] == 0:
        best = 0.0
        for i in range(count):
            memory.chosen[i] = 1
            best += memory.profit[i]
        return best, count
    top = min(shape.room[w], total)
    row = memory.rows[fill(memory.profit, memory.steps, count, top, memory.rows, memory.taken)]
    used, cost, step, regular = top, shape.over_cost[w], shape.step[w], shape.regular[w]
    if cost > 0:
        for u in range(top + 1):
            if row[u] - overtime(cost, step, regular, u) > row[used] - overtime(cost, step, regular, used):
                used = u
    trace(memory.steps, count, used, memory.taken, memory.chosen)
    return row[used] - overtime(cost, step, regular, used), count


@compiled
def evaluate(
    shape: Shape,
    prices: Floats,
    closed: Bytes,
    shut: Bytes,
    memory: Memory,
    share: Bytes,
    opened: Bytes,
    skip: Bytes,
    nets: Floats,
) -> tuple[float, float]:
    """The bound that these prices prove, and the sum of sizes behind it (for its margin).

    closed: pairs left out; shut: workshops that must (1) or mustn't (2) be engaged.
    share (E), opened (W) and skip (J): the choice behind the bound, filled in.
    """
    bound, sizes = 0.0, 0.0
    share[:] = 0
    for j in range(len(prices)):
        skip[j] = shape.skip[j] < prices[j]
        paid = min(prices[j], shape.skip[j])
        bound += paid
        sizes += abs(paid)
    for w in range(len(shape.room)):
        net, count = -shape.engage[w], 0
        if shut[w] != SHUT:
            earned, count = earn(shape, prices, closed, w, memory)
            net += earned
            sizes += earned + shape.engage[w]
            for i in range(count):
                share[memory.pair[i]] = memory.chosen[i]
        nets[w] = net
    bound += engage_all(shape, nets, shut, opened)
    for w in range(len(shape.room)):
        if not opened[w]:
            for i in range(shape.at_start[w], shape.at_start[w + 1]):
                share[shape.at[i]] = 0
    return bound, sizes


@inner
def engage_all(shape: Shape, nets: Floats, shut: Bytes, opened: Bytes) -> float:
    """The least cost of engaging workshops that earn `nets` each, so that all together have the hours that are needed.

    The hours follow from the jobs; asking for them here as well makes the bound stronger. Fills in opened.
    """
    total, missing = 0.0, shape.demand
    for w in range(len(nets)):
        opened[w] = shut[w] == SURE or (nets[w] > 0 and shut[w] != SHUT)
        if opened[w]:
            total -= nets[w]
            missing -= shape.size[w]
    if missing <= 0:
        return total
    waiting = np.flatnonzero((opened == 0) & (shut != SHUT))
    least = np.full((len(waiting) + 1, missing + 1), np.inf)  # cost of the first i for at least u steps
    least[0, 0] = 0.0
    for i in range(len(waiting)):
        w = waiting[i]
        for u in range(missing + 1):
            least[i + 1, u] = min(least[i, u], least[i, max(0, u - shape.size[w])] - nets[w])
    if least[-1, missing] == np.inf:
        return np.inf
    u = missing
    for i in range(len(waiting) - 1, -1, -1):
        if least[i + 1, u] < least[i, u]:
            opened[waiting[i]] = 1
            u = max(0, u - shape.size[waiting[i]])
    return float(total + least[-1, missing])


@compiled
def climb(
    shape: Shape, start: Floats, closed: Bytes, shut: Bytes, memory: Memory, target: float, rounds: int
) -> tuple[float, Floats]:
    """Better prices by the volume algorithm: at most `rounds` evaluations on the way to a plan's cost `target`.

    Returns the best bound less its margin, and its prices.
    """
    share = np.zeros(len(shape.cost), dtype=np.uint8)
    opened, skip = np.zeros(len(shape.room), dtype=np.uint8), np.zeros(len(start), dtype=np.uint8)
    nets, mean = np.zeros(len(shape.room)), np.zeros(len(start))
    best, prices, best_prices = -np.inf, start.copy(), start.copy()
    step, waited = FIRST_STEP, 0
    for turn in range(rounds):
        bound, sizes = evaluate(shape, prices, closed, shut, memory, share, opened, skip, nets)
        bound -= MARGIN * sizes
        missing = undone(shape, share, skip)
        if turn == 0:
            mean[:] = missing
        waited += 1
        if bound > best:
            step = min(2.0, step * 1.1) if (mean * missing).sum() > 0 else step
            best, waited = bound, 0
            best_prices[:] = prices
        elif waited >= PATIENCE:
            step, waited = step * 0.66, 0
        weight = mixing(mean, missing)
        mean = weight * missing + (1 - weight) * mean
        length = (mean * mean).sum()
        if length < 1e-12 or step < LEAST_STEP:
            break
        stride = step * max(target - best, 1e-6 * abs(target)) / length
        prices[:] = np.maximum(0.0, best_prices + stride * mean)
    return float(best), best_prices


@inner
def undone(shape: Shape, share: Bytes, skip: Bytes) -> Floats:
    """One less how often each job is done or left undone, J."""
    missing = np.ones(len(skip))
    for j in range(len(skip)):
        missing[j] -= skip[j]
    for e in range(len(share)):
        if share[e]:
            missing[shape.job[e]] -= 1.0
    return missing


@inner
def mixing(missing: Floats, fresh: Floats) -> float:
    """The weight of the newest choice that leaves least missing, within bounds (Barahona & Anbil 2000, §2.2)."""
    along = fresh - missing
    length = (along * along).sum()
    weight = 0.1 if length <= 0 else -(missing * along).sum() / length
    return min(0.1, max(0.01, weight))


@compiled
def extras(
    shape: Shape,
    prices: Floats,
    closed: Bytes,
    shut: Bytes,
    memory: Memory,
    nets: Floats,
    opened: Bytes,
    extra: Floats,
    engaged: Floats,
) -> None:
    """What forcing each pair would add to the bound of these prices (E), and engaging or closing each workshop (W).

    nets, opened: of evaluate() at these prices. Pairs left out get infinity.
    """
    trial = np.zeros(len(nets), dtype=np.uint8)
    forced = shut.copy()
    base = engage_all(shape, nets, shut, trial)
    for w in range(len(nets)):
        kept = forced[w]
        engaged[w] = np.inf
        if kept == 0:
            forced[w] = SHUT if opened[w] else SURE
            engaged[w] = engage_all(shape, nets, forced, trial) - base
            forced[w] = kept
        to_open = 0.0 if opened[w] else engaged[w]
        count, total = pick(shape, prices, closed, w, memory)
        top = min(shape.room[w], total)
        row = memory.rows[fill(memory.profit, memory.steps, count, top, memory.rows, memory.taken)]
        best = nets[w] + shape.engage[w]
        for at in range(shape.at_start[w], shape.at_start[w + 1]):
            e = shape.at[at]
            if closed[e] or (shut[w] == SHUT):
                extra[e] = np.inf
                continue
            gain = prices[shape.job[e]] - shape.cost[e]
            with_it = forced_profit(shape, w, row, top, shape.steps[e]) + gain
            extra[e] = to_open + max(0.0, best - with_it)


@inner
def forced_profit(shape: Shape, w: int, row: Floats, top: int, steps: int) -> float:
    """The most that other jobs earn at w beside one that takes so many steps, less all overtime."""
    left = shape.room[w] - steps
    if left < 0:
        return -np.inf
    if shape.over_cost[w] == 0:
        return float(row[min(left, top)])
    best, cost, step, regular = -np.inf, shape.over_cost[w], shape.step[w], shape.regular[w]
    for u in range(min(left, top) + 1):
        best = max(best, row[u] - overtime(cost, step, regular, u + steps))
    return float(best)


class Dual:
    """The dual of one Shape, with what is left out so far: closed pairs, and workshops shut (2) or surely engaged (1).

    After evaluate(): share (E), opened (W), skip (J) are the choice behind the bound, nets (W) what each place earns.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape, self.memory = shape, memory(shape)
        jobs, workshops, pairs = len(shape.skip), len(shape.room), len(shape.cost)
        self.closed, self.shut = np.zeros(pairs, dtype=np.uint8), np.zeros(workshops, dtype=np.uint8)
        self.share, self.skip = np.zeros(pairs, dtype=np.uint8), np.zeros(jobs, dtype=np.uint8)
        self.opened, self.nets = np.zeros(workshops, dtype=np.uint8), np.zeros(workshops)
        top = 2.0 * (float(shape.cost.max(initial=0.0)) + float(shape.engage.sum())) + 1.0
        self.ceiling = np.minimum(shape.skip, top)  # no price above this is needed

    def evaluate(self, prices: Floats) -> float:
        """The bound that these prices prove, rupiah, less its margin."""
        bound, sizes = evaluate(
            self.shape, prices, self.closed, self.shut, self.memory, self.share, self.opened, self.skip, self.nets
        )
        return float(bound - MARGIN * sizes)

    def climb(self, start: Floats, target: float, rounds: int) -> tuple[float, Floats]:
        """Better prices by the volume algorithm; returns the bound and the prices."""
        bound, prices = climb(self.shape, start, self.closed, self.shut, self.memory, target, rounds)
        return float(bound), prices

    def extras(self, prices: Floats) -> tuple[Floats, Floats]:
        """What forcing each pair (E), and changing whether each workshop is engaged (W), adds to evaluate(prices)."""
        extra, engaged = np.zeros(len(self.shape.cost)), np.zeros(len(self.shape.room))
        extras(self.shape, prices, self.closed, self.shut, self.memory, self.nets, self.opened, extra, engaged)
        return extra, engaged
