"""The oracle is itself held to account: on minute problems every plan is tried, with the referee as judge."""

from itertools import count, islice

import pytest

from planning.exhaustive import cheapest, minute, size
from planning.oracle import oracle

SMALL = list(islice((seed for seed in count() if size(minute(seed)) <= 3000), 48))


@pytest.mark.parametrize("seed", SMALL)
def test_the_oracle_finds_what_exhaustive_search_finds(seed):
    problem = minute(seed)
    best = cheapest(problem)
    answer = oracle(problem)
    if best is None:
        assert answer.optimum is None
    else:
        assert answer.optimum == pytest.approx(best, rel=1e-9, abs=1e-9)


def test_the_minute_problems_are_not_all_alike():
    answers = [oracle(minute(seed)).optimum for seed in SMALL]
    assert any(answer is None for answer in answers)
    assert len({answer for answer in answers if answer is not None}) > len(SMALL) / 2
