"""Cuts take no plan away: whatever point they were found at, every plan obeys them, and the optimum stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planning.published import lotsizing
from planning.rich import PROBLEM
from planning.tiny import tiny
from wadah.planning.bound import dual_bound
from wadah.planning.cuts import tighten
from wadah.planning.cuts.rows import joined, no_cuts, with_rows
from wadah.planning.cuts.separate import Separator
from wadah.planning.formulation import formulate
from wadah.planning.published import read_trigeiro
from wadah.planning.solver import Ears, lease
from wadah.planning.stop import Clock

CALM = Ears(lambda: False)
SEEDS = range(90)


def priced(model, dice):
    """The same program with other costs, so that other corners are met."""
    size = len(model.cost)
    return replace(model, cost=model.cost * dice.choice((0.1, 1.0, 4.0), size) + dice.random(size))


def found_cuts(form, dice, points=12):
    """Cuts at points drawn at random: a cut is valid wherever it was found, and these break many of them."""
    separator, cuts, size = Separator(form), no_cuts(), len(form.model.cost)
    for share in np.linspace(0.0, 0.3, points):
        point = form.model.upper * dice.random(size) * (dice.random(size) < 0.7)
        for columns in (form.level, form.scrap, form.deliver, form.overtime):
            point[columns[columns >= 0]] *= share
        cuts = joined(cuts, separator.broken(point))
    return cuts


@pytest.mark.parametrize("first", range(0, len(SEEDS), 15))
def test_every_plan_obeys_every_cut(first):
    counted = 0
    with lease() as session:
        for seed in SEEDS[first : first + 15]:
            form, dice = formulate(tiny(seed)), np.random.default_rng(seed)
            cuts = found_cuts(form, dice)
            counted += cuts.count
            for model in (form.model, priced(form.model, dice), priced(form.model, dice)):
                answer = session.search(model, 20.0, CALM)
                if answer.x is not None:
                    assert cuts.over(answer.x).max(initial=-1.0) <= 1e-7, seed
    assert counted > 500


@pytest.mark.parametrize("first", range(0, len(SEEDS), 15))
def test_the_optimum_stays_and_the_bound_stays_under_it(first):
    with lease() as session:
        for seed in SEEDS[first : first + 15]:
            form = formulate(tiny(seed))
            plain = session.search(form.model, 20.0, CALM)
            found = tighten(form, session, Clock(60.0))
            again = session.search(found.model, 20.0, CALM)
            assert (plain.x is None) == (again.x is None), seed
            if plain.x is not None:
                optimum = float(form.model.cost @ plain.x) + form.model.offset
                tightened = float(form.model.cost @ again.x) + form.model.offset
                assert tightened == pytest.approx(optimum, rel=1e-6, abs=1e-6)
                assert found.bound <= optimum + 1e-6 * max(1.0, optimum)


def test_every_rule_at_once():
    form = formulate(PROBLEM)
    with lease() as session:
        plain = session.search(form.model, 20.0, CALM)
        cuts = found_cuts(form, np.random.default_rng(1))
        again = session.search(with_rows(form.model, cuts), 20.0, CALM)
    assert cuts.count
    assert again.bound == pytest.approx(plain.bound, rel=1e-6)


@pytest.mark.parametrize(("text", "optimum"), lotsizing.OPTIMA)
def test_lot_sizing_loses_nine_tenths_of_its_gap(text, optimum):
    form = formulate(read_trigeiro(text))
    with lease() as session:
        relaxed = session.relax(form.model, 20.0, CALM.should_stop)
        found = tighten(form, session, Clock(60.0))
    before = dual_bound(form.model, relaxed.row_dual)
    assert optimum - found.bound < 0.1 * (optimum - before)
    assert found.bound <= optimum * (1 + 1e-9)


def test_an_empty_time_gives_the_program_back():
    form = formulate(tiny(1))
    with lease() as session:
        found = tighten(form, session, Clock(60.0, lambda: True))
    assert found.model.shape[1] == form.model.shape[1]
