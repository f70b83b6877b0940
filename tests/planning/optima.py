"""What the oracle finds for tiny problems, by seed: several tests ask for the same, and none before it runs."""

from functools import cache

from planning.oracle import oracle
from planning.tiny import tiny


@cache
def optimum(seed: int) -> float | None:
    """None where no plan is possible."""
    return oracle(tiny(seed)).optimum


def possible(seeds) -> list[int]:
    """Seeds of problems that have a plan."""
    return [seed for seed in seeds if optimum(seed) is not None]
