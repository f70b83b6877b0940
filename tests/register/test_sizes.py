"""Size classes at the edges of each law, as DOMAIN facts give them; what isn't known stays not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wadah.register.rules import SizeInputs, size_classes
from wadah.register.rules.sizes import BPS, PERMENPERIN, PP, SIZE_LIMITS

TODAY = date(2026, 11, 24)
BILLION = 10**9


def sizes(on=TODAY, limits=SIZE_LIMITS, **known):
    return {(row.scheme, row.measures[-1]): row for row in size_classes(SizeInputs(**known), on, limits)}


@pytest.mark.parametrize(
    ("workers", "investment", "size"),
    [
        (1, 0, "small"),
        (19, BILLION - 1, "small"),
        (19, BILLION, "medium"),
        (3, 40 * BILLION, "medium"),
        (20, 0, "medium"),
        (20, 15 * BILLION, "medium"),
        (20, 15 * BILLION + 1, "large"),
    ],
)
def test_the_industry_ministry_looks_at_workers_and_investment_together(workers, investment, size):
    found = sizes(workers=workers, investment_rupiah=investment)
    assert found[PERMENPERIN, "investment_rupiah"].size == size


@pytest.mark.parametrize(
    ("billions", "size"), [(0, "micro"), (1, "micro"), (5, "small"), (10, "medium"), (11, "large")]
)
def test_the_2021_regulation_by_capital(billions, size):
    assert sizes(investment_rupiah=billions * BILLION)[PP, "investment_rupiah"].size == size


@pytest.mark.parametrize(
    ("rupiah", "size"),
    [(2 * BILLION, "micro"), (2 * BILLION + 1, "small"), (15 * BILLION, "small"), (50 * BILLION, "medium")],
)
def test_the_2021_regulation_by_annual_sales(rupiah, size):
    assert sizes(annual_sales_rupiah=rupiah)[PP, "annual_sales_rupiah"].size == size


@pytest.mark.parametrize(
    ("workers", "size"),
    [(1, "micro"), (4, "micro"), (5, "small"), (19, "small"), (20, "medium"), (99, "medium"), (100, "large")],
)
def test_the_statistics_office_counts_workers(workers, size):
    assert sizes(workers=workers)[BPS, "workers"].size == size


def test_the_schemes_may_disagree_about_one_firm():
    found = sizes(workers=12, investment_rupiah=2 * BILLION, annual_sales_rupiah=BILLION)
    assert [row.size for row in found.values()] == ["medium", "small", "micro", "small"]


def test_what_is_not_known_is_named_and_never_guessed():
    found = sizes(workers=12)
    assert found[PERMENPERIN, "investment_rupiah"].size is None
    assert found[PERMENPERIN, "investment_rupiah"].missing == ("investment_rupiah",)
    assert found[PP, "annual_sales_rupiah"].missing == ("annual_sales_rupiah",)
    assert found[BPS, "workers"].missing == ()


def test_a_law_says_nothing_before_it_is_in_force():
    assert {scheme for scheme, _ in sizes(on=date(2021, 2, 1))} == {PERMENPERIN, BPS}
    assert {scheme for scheme, _ in sizes(on=date(2016, 6, 30))} == {BPS}


def test_a_law_that_was_replaced_counts_until_its_last_day():
    limits = tuple(replace(row, valid_until=TODAY) if row.scheme == BPS else row for row in SIZE_LIMITS)
    assert (BPS, "workers") in sizes(limits=limits)
    assert (BPS, "workers") not in sizes(on=date(2026, 11, 25), limits=limits)


def test_each_law_gives_every_known_firm_exactly_one_size():
    for workers in (1, 4, 5, 19, 20, 99, 100, 10_000):
        for rupiah in (0, BILLION - 1, BILLION, BILLION + 1, 15 * BILLION, 15 * BILLION + 1, 10**13):
            firm = SizeInputs(workers, rupiah, rupiah)
            for answer in size_classes(firm, TODAY):
                fitting = {
                    limit.size
                    for limit in SIZE_LIMITS
                    if (limit.scheme, limit.measures) == (answer.scheme, answer.measures) and limit.fits(firm)
                }
                assert fitting == {answer.size}
