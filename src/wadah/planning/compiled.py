"""How loops are compiled; cache.py says where they are kept, and warm.py when it is done.

`compiled`, `loop`, `threaded` and `holding` are for functions that Python calls; `inner`, `inner_loop` and `inner_sums`
for those that only compiled code calls: no door to Python is built for them, which for a whole problem takes longer to
compile than most functions do, and they are optimised where they are called from (deferred.py). Calling one from Python
ends the process; a test that wants to builds a door of its own.
The loops make no array, so that they need not count references to those they are given: reading a field of a tuple of
arrays then takes two nanoseconds in place of hundreds. `_nrt` is numba's own switch for that; a function that does make
an array fails to compile under it, so it can't be misused in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

from wadah.planning.deferred import Deferred

Function = TypeVar("Function", bound=Callable[..., object])

KEPT_ON_DISK = {"cache": True, "nogil": True}
WITHOUT_DOOR = {"nogil": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": Deferred}
LOOSE = {"nnan", "nsz", "contract", "reassoc"}


def compiled(function: Function) -> Function:
    """Compile a function that may make arrays."""
    return cast("Function", njit(**KEPT_ON_DISK)(function))  # type: ignore[call-overload]


def loop(function: Function) -> Function:
    """Compile a function that makes no array and calls none that does."""
    return cast("Function", njit(**KEPT_ON_DISK, _nrt=False)(function))  # type: ignore[call-overload]


def threaded(function: Function) -> Function:
    """Compile a function whose `prange` runs on all threads.

    It holds the interpreter's lock: where OpenMP is missing, two of Python's threads may not be in such loops at once.
    """
    return cast("Function", njit(cache=True, parallel=True)(function))


def holding(function: Function) -> Function:
    """Compile a function that calls a threaded one, and so holds the interpreter's lock as well."""
    return cast("Function", njit(cache=True)(function))


def inner(function: Function) -> Function:
    """Compile a function that may make arrays, to be called from compiled functions only."""
    return cast("Function", njit(**WITHOUT_DOOR)(function))  # type: ignore[call-overload]


def inner_loop(function: Function) -> Function:
    """Compile a function that makes no array and calls none that does, to be called from compiled functions only."""
    return cast("Function", njit(**WITHOUT_DOOR, _nrt=False)(function))  # type: ignore[call-overload]


def inner_sums(function: Function) -> Function:
    """As inner_loop; its sums of finite numbers may be added in any order, always the same one."""
    return cast("Function", njit(**WITHOUT_DOOR, _nrt=False, fastmath=LOOSE)(function))  # type: ignore[call-overload]
