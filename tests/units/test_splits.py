"""100,000 random splits of money: the parts add up to the whole, and none is a rupiah off its exact share."""

from random import Random

import pytest

from wadah.units import Rupiah, share_rupiah

SPLITS, SEEDS = 100_000, 4


def split_drawn(dice):
    """A sum up to a billion, above or below zero, over 1 to 9 weights of all sizes, some of them 0."""
    whole = dice.randrange(10 ** dice.randrange(1, 10)) * dice.choice((1, 1, -1))
    largest = 10 ** dice.randrange(1, 9)
    weights = [dice.randrange(largest) if dice.random() < 0.9 else 0 for _ in range(dice.randrange(1, 10))]
    return whole, weights if any(weights) else [1]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_rupiah_is_lost_and_no_part_is_a_rupiah_off(seed):
    dice = Random(seed)
    for _ in range(SPLITS // SEEDS):
        whole, weights = split_drawn(dice)
        parts, total = share_rupiah(Rupiah(whole), weights), sum(weights)
        assert sum(parts) == whole, (whole, weights)
        wrong = [
            part for part, weight in zip(parts, weights, strict=True) if abs(part * total - whole * weight) >= total
        ]
        assert wrong == [], (whole, weights)
