"""Hours of today against the same sums written row by row, on random small books; no database."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from wadah.planning.plan import Plan
from wadah.planning.problem import Calendar, Capability, Part, Problem, Workshop
from wadah.planning.promise import Book
from wadah.plans.promised import less_hours, with_overtime
from wadah.plans.repairing.hours import hours_needed, overtime_of, same_overtime, workshops_today

PERIODS = 4


def drawn(seed):
    """A book, what is kept of its lots and beyond them, and hours that are gone."""
    dice = Random(seed)
    parts = tuple(Part(f"P{n}") for n in range(3))
    shops = tuple(
        Workshop(f"W{n}", tuple(dice.choice([0.0, 8.0, 20.0]) for _ in range(PERIODS)), (2.0,) * PERIODS)
        for n in range(4)
    )
    able = tuple(
        Capability(part.id, shop.id, hours_per_unit=dice.choice([0.5, 1.0]), setup_hours=dice.choice([0.0, 1.5]))
        for part in parts
        for shop in shops
    )
    lots = [
        (row.part, row.workshop, t, float(dice.randint(0, 12)))
        for row in able
        for t in range(PERIODS)
        if dice.random() < 0.3
    ]
    problem = Problem(Calendar(date(2026, 12, 7), PERIODS), parts, shops, able)
    kept = {lot[:3]: lot[3] + dice.choice([-1.0, 0.0, 4.0]) for lot in lots if lot[3] > 1 and dice.random() < 0.5}
    beyond = dice.choice(able)
    kept.setdefault((beyond.part, beyond.workshop, dice.randrange(PERIODS)), 3.0)
    gone = {(dice.choice(shops).id, dice.randrange(PERIODS)): 5.0 for _ in range(dice.randint(0, 2))}
    return Book(problem, Plan("feasible", make=tuple(lots))), kept, gone


def made_in(book):
    return {row[:3]: row[3] for row in book.plan.make if row[3] > 0}


def needed_row_by_row(book, kept):
    made, found = made_in(book), {}
    for key in {**made, **kept}:
        pieces = max(made.get(key, 0.0), kept.get(key, 0.0))
        row = book.problem.capability[key[:2]]
        if pieces > 0:
            found[key[1:]] = found.get(key[1:], 0.0) + row.setup_hours + row.hours_per_unit * pieces
    return found


@pytest.mark.parametrize("seed", range(200))
def test_the_workshops_hold_what_is_kept_and_the_plan_takes_what_is_beyond(seed):
    book, kept, gone = drawn(seed)
    problem, needed = book.problem, needed_row_by_row(book, kept)
    shops = workshops_today(problem, gone, hours_needed(book, made_in(book), kept))
    expected = tuple(with_overtime(less_hours(row, gone), needed) for row in problem.workshops)
    assert [row.hours for row in shops] == [row.hours for row in expected]
    for one, other in zip(shops, expected, strict=True):
        assert one.overtime_hours == pytest.approx(other.overtime_hours)
    now = replace(problem, workshops=shops)
    taken = needed_row_by_row(book, {})
    beyond = {
        (row.id, t): taken[row.id, t] - row.hours[t]
        for row in shops
        for t in range(PERIODS)
        if taken.get((row.id, t), 0.0) - row.hours[t] > 1e-6
    }
    found = overtime_of(book, now)
    assert [row[:2] for row in found] == sorted(beyond)
    assert {row[:2]: row[2] for row in found} == pytest.approx(beyond)


def test_where_nothing_changes_the_workshops_are_the_same_ones():
    book, _, _ = drawn(1)
    roomy = tuple(replace(row, hours=(99.0,) * PERIODS) for row in book.problem.workshops)
    problem = replace(book.problem, workshops=roomy)
    assert workshops_today(problem, {}, hours_needed(book, made_in(book), {})) is problem.workshops


def test_overtime_of_a_plan_is_the_same_up_to_a_moment():
    plan = Plan("feasible", overtime=(("W2", 1, 3.0), ("W1", 0, 2.0), ("W1", 2, 0.0)))
    assert same_overtime((("W1", 0, 2.0 + 1e-9), ("W2", 1, 3.0)), plan)
    assert not same_overtime((("W1", 0, 2.1), ("W2", 1, 3.0)), plan)
    assert not same_overtime((("W1", 0, 2.0),), plan)
