"""A plan edited by hand: what is wanted holds, the cost is the least there is, what cannot hold together is named."""

from dataclasses import replace
from random import Random

import pytest

from planning.exhaustive import cheapest, minute, size
from planning.oracle import oracle
from planning.rich import PLAN, PROBLEM
from planning.tiny import tiny
from wadah.planning import edited as editing
from wadah.planning.edited import edited, edited_problem, moving_cost
from wadah.planning.errors import ProblemError
from wadah.planning.plan import violations
from wadah.planning.problem import Lot
from wadah.planning.repair import Decline, Keep, Move, Out, Past, PromiseError, Resize, replan
from wadah.planning.repair.changes import changed

SEEDS, CHUNK = 45, 15


def wish(problem, plan, dice):
    """One edit of a plan, as a manager might want it."""
    part, workshop, period, pieces = dice.choice(plan.make)
    able = [k.workshop for k in problem.capabilities_of[part]]
    kind = dice.choice(("keep", "resize", "move", "move", "forbid", "out"))
    if kind == "keep":
        return (Keep(part, workshop, period),)
    if kind == "resize":
        return (Resize(part, workshop, period, pieces + dice.choice((-1.0, 1.0, 3.0)) if pieces > 1 else 2.0),)
    if kind == "move":
        some = dice.choice((pieces, min(1.0, pieces)))
        return (Move(part, workshop, period, some, dice.choice(able), dice.randrange(problem.periods)),)
    if kind == "forbid":
        return tuple(Decline(part, workshop, t) for t in range(period, problem.periods))
    return (Out(workshop, period, period),)


def case(seed):
    """A problem without promises, its best plan, and one to three edits of it; None where nothing is made."""
    problem = replace(tiny(seed), committed=())
    plan = oracle(problem).plan
    if plan is None or not plan.make:
        return None
    dice = Random(seed)
    plan = replace(plan, bound=oracle(problem).optimum)
    edits = [wish(problem, plan, dice) for _ in range(dice.choice((1, 1, 2, 3)))]
    try:
        edited_problem(problem, plan, edits)
    except ProblemError:  # more moved out of one lot than it has
        return None
    return problem, plan, edits


def least(problem):
    """The optimum, asked both ways: scipy's solver is now and then wrong."""
    found = [oracle(problem, presolve=way).optimum for way in (True, False)]
    return min((value for value in found if value is not None), default=None)


def complaints(seed):
    given = case(seed)
    if given is None:
        return []
    problem, plan, edits = given
    answer = edited(problem, plan, edits, time_limit=20)
    best = least(answer.problem)
    if answer.plan.objective is None:
        return faults_of_blame(problem, plan, edits, answer, best)
    if best is None:
        return ["a plan where none is possible"]
    near = 1e-5 * max(1.0, abs(best))
    found = [fault.code for fault in violations(answer.problem, answer.plan)]
    found += unfulfilled(plan, answer.plan, edits)
    if answer.plan.bound > best + near:
        found.append(f"bound {answer.plan.bound} above {best}")
    if answer.cheapest is None or abs(answer.cheapest - best) > near:
        found.append(f"cheapest {answer.cheapest}, but {best} is possible")
    return found


def faults_of_blame(problem, plan, edits, answer, best):
    """Edits at fault leave no plan together, and each of them is needed for that."""
    if best is not None:
        return [f"no plan, but {best} is possible"]
    named = [edits[at] for at in answer.blame]
    found = [] if named and least(edited_problem(problem, plan, named)) is None else ["blames what isn't at fault"]
    for at in range(len(named)):
        rest = named[:at] + named[at + 1 :]
        if least(edited_problem(problem, plan, rest)) is None:
            found.append(f"blames {named[at]} needlessly")
    return found


def unfulfilled(before, after, edits):
    """What the edits ask of single lots, read from the rows by themselves."""
    old = {row[:3]: row[3] for row in before.make}
    new = {row[:3]: row[3] for row in after.make}
    found = []
    for change in (change for edit in edits for change in edit):
        if isinstance(change, Decline) and new.get((change.part, change.workshop, change.period), 0) > 1e-6:
            found.append(f"{change} is made")
        if isinstance(change, Out) and any(key[1] == change.workshop and key[2] == change.first for key in new):
            found.append(f"{change} works")
        if isinstance(change, Keep):
            key = (change.part, change.workshop, change.period)
            if new.get(key, 0) < old[key] - 1e-6:
                found.append(f"{change} shrinks")
    if len(edits) == 1 and isinstance(edits[0][0], Resize):
        change = edits[0][0]
        if abs(new.get((change.part, change.workshop, change.period), 0) - change.pieces) > 1e-6:
            found.append(f"{change} isn't so large")
    if len(edits) == 1 and isinstance(edits[0][0], Move):
        found += unmoved(old, new, edits[0][0])
    return found


def unmoved(old, new, move):
    source, target = (move.part, move.workshop, move.period), (move.part, move.to_workshop, move.to_period)
    if source == target:
        return []
    found = []
    if new.get(source, 0) > old[source] - move.pieces + 1e-6:
        found.append(f"{move} stays")
    if new.get(target, 0) < old.get(target, 0) + move.pieces - 1e-6:
        found.append(f"{move} doesn't arrive")
    return found


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_edits_of_a_small_plan_hold_and_cost_the_least(first):
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := complaints(seed))}
    assert wrong == {}


def test_the_seeds_hold_plans_and_impossible_edits_of_each_kind():
    kinds, impossible = set(), 0
    for given in filter(None, map(case, range(SEEDS))):
        kinds |= {type(change) for edit in given[2] for change in edit}
        impossible += least(edited_problem(*given)) is None
    assert kinds == {Keep, Move, Resize, Decline, Out}
    assert impossible >= 3


def test_every_plan_of_a_minute_problem_says_the_same():
    seen = 0
    for seed in range(200):
        problem = replace(minute(seed), committed=())
        plan = oracle(problem).plan
        if plan is None or not plan.make or size(problem) > 4_000:
            continue
        edits = [wish(problem, plan, Random(seed))]
        try:
            answer = edited(problem, plan, edits, time_limit=20)
        except ProblemError:
            continue
        best = cheapest(answer.problem)
        assert (best is None) == (answer.cheapest is None), seed
        assert best is None or answer.cheapest == pytest.approx(best, rel=1e-6, abs=1e-6), seed
        seen += 1
        if seen == 12:
            return
    raise AssertionError(f"only {seen} problems small enough")


def stepwise_complaints(seed):
    """The ways of a large problem on a small one: every rule obeyed, every edit held, nobody blamed for a plan."""
    given = case(seed)
    if given is None:
        return []
    problem, plan, edits = given
    answer = edited(problem, plan, edits, time_limit=20)
    if answer.plan.objective is None:
        return [] if answer.blame else ["nobody is named"]
    found = [fault.code for fault in violations(answer.problem, answer.plan)] + unfulfilled(plan, answer.plan, edits)
    best = least(answer.problem)
    if best is not None and answer.plan.bound > best + 1e-5 * max(1.0, abs(best)):
        found.append(f"bound {answer.plan.bound} above {best}")
    return found


def test_the_ways_of_a_large_problem_obey_every_rule_and_edit(monkeypatch):
    monkeypatch.setattr("wadah.planning.repair.SMALL_CELLS", 0)
    monkeypatch.setattr(editing, "SMALL_CELLS", 0)
    wrong = {seed: faults for seed in range(SEEDS) if (faults := stepwise_complaints(seed))}
    assert wrong == {}


def test_two_edits_that_contradict_each_other_are_both_named_and_no_third():
    edits = [[Keep("BRACKET", "KARIM", 1)], [Resize("BOLT", "SARI", 0, 60.0)], [Out("KARIM", 1, 1)]]
    answer = edited(PROBLEM, PLAN, edits)
    assert answer.plan.status == "infeasible"
    assert answer.blame == (0, 2)


def test_a_kept_lot_stays_when_a_cheaper_plan_would_drop_it():
    row = next(row for row in PLAN.make if row[0] == "BRACKET" and row[1] == "TINI" and row[2] == 2)
    answer = edited(PROBLEM, PLAN, [[Keep(*row[:3])]])
    made = {lot[:3]: lot[3] for lot in answer.plan.make}
    assert made[row[:3]] >= row[3] - 1e-6


def test_nothing_moves_that_saves_less_than_moving_costs():
    """With an edit that changes nothing, a plan near the best stays as it is."""
    key = PLAN.make[0][:3]
    answer = edited(PROBLEM, PLAN, [[Keep(*key)]])
    moved = replan(PROBLEM, PLAN, [Keep(*key)], change_cost=moving_cost(PROBLEM, PLAN))
    assert answer.plan.make == moved.plan.make == PLAN.make


def test_previous_and_the_cost_of_change_stay_as_they_are():
    answer = edited(PROBLEM, PLAN, [[Decline("BRACKET", "KARIM", 1)]])
    assert (answer.problem.previous, answer.problem.change_cost) == (PROBLEM.previous, PROBLEM.change_cost)
    assert replace(answer.problem) == answer.problem  # building it again validates it
    assert violations(answer.problem, answer.plan) == ()


def test_what_is_over_stays_as_it_was():
    answer = edited(PROBLEM, PLAN, [[Decline("BRACKET", "TINI", 2)]], first=2)
    early = [row for row in answer.plan.make if row[2] < 2]
    assert sorted(early) == sorted(row for row in PLAN.make if row[2] < 2)
    sent = {(name, t) for name, t, pieces in answer.plan.deliver if t < 2 and pieces > 0}
    assert sent <= {(name, t) for name, t, pieces in PLAN.deliver}
    assert violations(answer.problem, answer.plan) == ()


def test_a_promise_is_not_moved_away():
    with pytest.raises(PromiseError):
        edited(PROBLEM, PLAN, [[Move("BRACKET", "TINI", 1, 2.0, "KARIM", 1)]])


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (Keep("BOLT", "KARIM", 0), "BOLT, KARIM"),
        (Keep("BOLT", "SARI", 3), "BOLT, SARI, 3"),
        (Move("BOLT", "SARI", 0, 70.0, "SARI", 1), 70.0),
        (Move("BOLT", "SARI", 0, 10.0, "KARIM", 1), "BOLT, KARIM"),
        (Move("BOLT", "SARI", 0, 10.0, "SARI", 4), 4),
        (Resize("BOLT", "SARI", 0, 0.0), 0.0),
    ],
)
def test_a_wish_that_names_what_is_not_there_is_refused(change, value):
    with pytest.raises(ProblemError) as error:
        changed(PROBLEM, PLAN, [change])
    assert error.value.faults[0].value == value


def test_moves_of_one_lot_add_up_whatever_their_order():
    moves = [Move("BOLT", "SARI", 0, 20.0, "SARI", 1), Move("BOLT", "SARI", 0, 25.0, "SARI", 3)]
    there = changed(PROBLEM, PLAN, moves)
    back = changed(PROBLEM, PLAN, moves[::-1])
    assert there == back
    assert there.capability["BOLT", "SARI"].max_per_period == (15.0, 60.0, 0.0, 60.0)
    assert {Lot("BOLT", "SARI", 1, 20.0), Lot("BOLT", "SARI", 3, 25.0)} <= set(there.committed)


def test_the_past_alone_leaves_the_plan_possible():
    now = changed(PROBLEM, PLAN, [Past(3)])
    assert [fault.code for fault in violations(now, PLAN) if fault.code != "number_differs"] == []
