"""How loops are compiled, and where they are kept: a folder for each state of the planner's sources.

`compiled` and `loop` are for functions that Python calls; `inner` and `inner_loop` for those that only compiled code
calls: no door to Python is built for them, which for a whole problem takes longer to compile than most functions do.
The loops make no array, so that they need not count references to those they are given: reading a field of a tuple of
arrays then takes two nanoseconds in place of hundreds. `_nrt` is numba's own switch for that; a function that does make
an array fails to compile under it, so it can't be misused in silence.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
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


PREFIX = "compiled-"
KEPT = 86_400.0  # seconds without use after which another state's folder is thrown away


def cache_folder() -> str:
    """The folder for today's sources, made if need be; its path."""
    sources = Path(__file__).parent
    name = PREFIX + digest(sources)
    for place in (sources / "__pycache__", user_cache()):
        folder = place / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.utime(folder)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            sweep(place, name)
            return str(folder)
    return str(sources / "__pycache__" / name)


def digest(sources: Path) -> str:
    """Of every source file's name and content."""
    found = hashlib.sha256()
    for path in sorted(sources.rglob("*.py")):
        found.update(str(path.relative_to(sources)).encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wadah"


def sweep(place: Path, name: str) -> None:
    """Throw away the folders of other states that nobody has used for a day."""
    for folder in place.glob(f"{PREFIX}*"):
        try:
            old = folder.name != name and time.time() - folder.stat().st_mtime > KEPT
        except OSError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)
