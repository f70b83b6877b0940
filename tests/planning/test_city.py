"""The simulated city: the same for the same seed, of the size asked for, and as uneven as a town is."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from wadah.planning.city import generate
from wadah.planning.files import read_problem, write_problem
from wadah.planning.plan import Plan, priced, violations


@pytest.fixture(scope="module")
def city():
    return generate(300, 120, 200, 26, seed=7)


def levels(problem):
    """0 for a part without components, else one more than its highest component."""
    found = {}
    for part in problem.parts:  # components are numbered before their parents
        found[part.id] = 1 + max((found[name] for name, _ in part.bom), default=-1)
    return found


@pytest.mark.parametrize("name", ["city.json", "city.json.gz"])
def test_the_same_seed_gives_the_same_file_byte_for_byte(tmp_path, name):
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        write_problem(generate(30, 12, 20, 8, seed=4), tmp_path / folder / name)
    assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_a_known_seed_keeps_giving_the_known_city():
    figures = repr(generate(30, 12, 20, 8, seed=4)).encode()
    assert hashlib.sha256(figures).hexdigest()[:16] == "45a5225fa1874e14"


def test_another_seed_gives_another_city():
    assert generate(30, 12, 20, 8, seed=4) != generate(30, 12, 20, 8, seed=5)


def test_a_city_reads_back_as_it_was_written(city, tmp_path):
    write_problem(city, tmp_path / "city.json.gz")
    assert read_problem(tmp_path / "city.json.gz") == city


def test_a_city_has_the_size_asked_for(city):
    assert (len(city.workshops), len(city.parts), len(city.orders), city.periods) == (300, 120, 200, 26)


@pytest.mark.parametrize("sizes", [(0, 3, 2, 4), (3, 1, 1, 1), (1, 1, 0, 2), (5, 3, 4, 1), (60, 24, 40, 12)])
def test_doing_nothing_obeys_every_rule_of_a_city(sizes):
    problem = generate(*sizes, seed=1)
    nothing = Plan("feasible", short=tuple((order.id, order.quantity) for order in problem.orders))
    assert violations(problem, priced(problem, nothing)) == ()


def test_a_city_has_three_levels_of_parts_and_every_rule_somewhere(city):
    assert set(levels(city).values()) == {0, 1, 2}
    assert any(part.shelf_life is not None for part in city.parts)
    assert any(part.max_share < 1 for part in city.parts)
    assert any(part.min_sources > 1 for part in city.parts)
    assert any(part.stock > 0 for part in city.parts)
    assert any(order.single_source for order in city.orders)
    assert any(not order.partial for order in city.orders)
    assert any(row.yield_rate < 1 for row in city.capabilities)
    assert all(row.min_lot >= 5 and row.setup_hours > 0 for row in city.capabilities)


def test_most_workshops_are_small_and_a_few_are_large(city):
    hours = sorted(max(workshop.hours) for workshop in city.workshops)
    assert hours[-1] > 4 * hours[len(hours) // 2]
    assert hours[len(hours) // 2] < 1.7 * hours[0]


def test_holiday_weeks_leave_less_hours_and_leave_none(city):
    usual = city.workshops[0].hours
    assert sorted(set(usual))[-2] < max(usual)
    assert any(0.0 in workshop.hours for workshop in city.workshops)


def test_nobody_makes_a_part_of_more_than_three_families(city):
    made = Counter(row.workshop for row in city.capabilities)
    assert len(made) > 200
    assert max(made.values()) < len(city.parts) / 2


@pytest.mark.parametrize("sizes", [(-1, 1, 0, 1, 0), (1, 0, 1, 1, 0), (1, 1, 1, 0, 0), (1, 1, 1, 1, -1)])
def test_a_size_that_makes_no_city_is_refused(sizes):
    with pytest.raises(ValueError, match="Expected"):
        generate(*sizes)
