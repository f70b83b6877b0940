"""Where compiled loops are kept: a folder for each state of the planner's sources. Older states are thrown away."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

PREFIX = "compiled-"
SIGNS = (b"from numba", b"wadah.planning.compiled import")
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
    """Of name and content of every source file that has compiled loops."""
    found = hashlib.sha256()
    for path in sorted(sources.rglob("*.py")):
        content = path.read_bytes()
        if any(sign in content for sign in SIGNS):
            found.update(str(path.relative_to(sources)).encode() + content)
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
