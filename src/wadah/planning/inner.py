"""Compiled functions that only compiled functions call: no door to Python is built for them.

A door takes a tuple of arrays apart, which for a whole problem takes longer to compile than most functions do. `inner`
is for functions that make arrays; `inner_loop` for those that make none, and so need not count references to those
they are given (half the time in the first plan's loops). `_nrt` is numba's own switch for that; a function that does
make an array fails to compile under it, so it can't be misused in silence. What Python calls is plain `njit`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


WITHOUT_DOOR = {"cache": True, "nogil": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def inner(function: Function) -> Function:
    """Compile a function that may make arrays, to be called from compiled functions only."""
    return cast("Function", njit(**WITHOUT_DOOR)(function))  # type: ignore[call-overload]


def inner_loop(function: Function) -> Function:
    """Compile a function that makes no array and calls none that does, to be called from compiled functions only."""
    return cast("Function", njit(**WITHOUT_DOOR, _nrt=False)(function))  # type: ignore[call-overload]
