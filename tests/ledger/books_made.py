"""Small books made by the benchmarks' generator, for tests of what `verify` sees."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))


def books_build(*, makers: int, months: int, buyers: int = 1, seed: int = 1):
    """The cooperative; three lots a maker a month, the last month isn't settled."""
    from benchmarks.ledger_books import Books

    books = Books(makers=makers, months=months, buyers=buyers, lots=(3,), seed=seed)
    books.fill()
    return books.cooperative
