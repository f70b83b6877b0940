"""Peak memory of a process and all its children, sampled from /proc while it runs (Linux)."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

TICK = 0.1  # seconds between two looks
PAGE = os.sysconf("SC_PAGE_SIZE")


def peak_memory_mb(process: subprocess.Popen, seconds: float) -> tuple[int | None, bool]:
    """Wait for the process to end, or end it after so many seconds. Megabytes at the peak; whether it ended itself.

    Pages that two processes share are counted twice. None where /proc can't be read.
    """
    deadline, peak = time.monotonic() + seconds, 0
    while True:
        peak = max(peak, tree_pages(process.pid))
        try:
            process.wait(TICK)
        except subprocess.TimeoutExpired:
            if time.monotonic() < deadline:
                continue
            process.kill()
            process.wait()
            return peak_mb(peak), False
        return peak_mb(peak), True


def peak_mb(pages: int) -> int | None:
    return round(pages * PAGE / 2**20) if pages else None


def tree_pages(pid: int) -> int:
    """Resident pages of a process and everything below it; what has gone meanwhile counts nothing."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        below = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, ValueError, IndexError):
        return 0
    return own + sum(tree_pages(child) for child in below)


def machine() -> tuple[int, int]:
    """Processors that this process may use, and gigabytes of memory."""
    return len(os.sched_getaffinity(0)), round(os.sysconf("SC_PHYS_PAGES") * PAGE / 2**30)
