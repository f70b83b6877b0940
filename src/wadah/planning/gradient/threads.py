"""How many threads the compiled loops use: a limit for the length of a block."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numba

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def limited(threads: int) -> Iterator[None]:
    """At most so many threads, and never more than there were; 0: as many as there were."""
    before = numba.get_num_threads()
    numba.set_num_threads(min(threads or before, before))
    try:
        yield
    finally:
        numba.set_num_threads(before)
