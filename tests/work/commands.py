"""The writing commands of the room `work`, each with the world that it needs; tests/crashing.py stops them all.

A command is one entry in a file tests/work/commands_*.py:

    @command(build=order_begun)
    def progress_ten(world, row):
        progress_report(work_order=row, pieces=Decimal(10), by=world.cast.sari.user)

`build(world)` makes whatever must be there and returns it (rows, dataclasses or tuples of them: it is pickled);
the function does the one act. Its name is the command's.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laws import laws_broken

from crashing import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from cast_work import WorkWorld


COMMANDS: dict[str, Command] = {}


def command(build: Callable[[WorkWorld], Any]):
    def register(run):
        assert run.__name__ not in COMMANDS, f"{run.__name__} is registered twice"
        COMMANDS[run.__name__] = Command(run.__name__, build, run, laws_broken)
        return run

    return register


def commands_all() -> dict[str, Command]:
    """All of them, from every commands_*.py beside this file."""
    for path in sorted(Path(__file__).parent.glob("commands_*.py")):
        import_module(path.stem)
    return COMMANDS
