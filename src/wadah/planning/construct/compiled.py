"""Compiled loops that make no arrays, and so need not count references to those they are given: twice as fast here.

numba counts a reference to every array of a tuple whenever a function is called with it, which for a whole floor costs
more than most of these functions do. `_nrt` is numba's own switch for it; a function that does make an array fails to
compile under it, so it can't be misused in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def allocation_free(function: Function) -> Function:
    """Compile a function that makes no array and calls none that does."""
    return cast("Function", njit(cache=True, _nrt=False)(function))  # type: ignore[call-overload]
