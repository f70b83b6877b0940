"""Compiles the catalogues of messages (.po → .mo); the compiled ones are not kept in the repository."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def messages_compile() -> int:
    """Compile each catalogue whose compiled form is missing or older; how many were. Replaced whole, never half."""
    count = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file)
        part = target.with_name(f"{target.name}.{os.getpid()}")
        with part.open("wb") as file:
            write_mo(file, catalog)
        part.replace(target)
        count += 1
    return count
