"""How loops are compiled; cache.py says where they are kept.

`compiled` and `loop` are for functions that Python calls; `inner` and `inner_loop` for those that only compiled code
calls: no door to Python is built for them, which for a whole problem takes longer to compile than most functions do.
The loops make no array, so that they need not count references to those they are given: reading a field of a tuple of
arrays then takes two nanoseconds in place of hundreds. `_nrt` is numba's own switch for that; a function that does make
an array fails to compile under it, so it can't be misused in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])

KEPT_ON_DISK = {"cache": True, "nogil": True}
WITHOUT_DOOR = {**KEPT_ON_DISK, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def compiled(function: Function) -> Function:
    """Compile a function that may make arrays."""
    return cast("Function", njit(**KEPT_ON_DISK)(function))  # type: ignore[call-overload]


def loop(function: Function) -> Function:
    """Compile a function that makes no array and calls none that does."""
    return cast("Function", njit(**KEPT_ON_DISK, _nrt=False)(function))  # type: ignore[call-overload]


def inner(function: Function) -> Function:
    """Compile a function that may make arrays, to be called from compiled functions only."""
    return cast("Function", njit(**WITHOUT_DOOR)(function))  # type: ignore[call-overload]


def inner_loop(function: Function) -> Function:
    """Compile a function that makes no array and calls none that does, to be called from compiled functions only."""
    return cast("Function", njit(**WITHOUT_DOOR, _nrt=False)(function))  # type: ignore[call-overload]
