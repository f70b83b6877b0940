"""Run `wadah` as people do: in a process of its own, piped or on a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

COMMAND = [sys.executable, "-m", "wadah"]
PLAIN = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}


def wadah(*words, timeout=90, **environment):
    """Run to the end with piped output."""
    command = [*COMMAND, *map(str, words)]
    env = PLAIN | {"COLUMNS": "100"} | environment
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, env=env)


class Terminal:
    """`wadah` on a terminal of its own: what it shows (standard output is piped, errors are not), and its keys."""

    def __init__(self, *words):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*COMMAND, *map(str, words)],
            stdin=slave,
            stdout=subprocess.PIPE,
            stderr=slave,
            start_new_session=True,
            env=PLAIN,
            text=True,
        )
        os.close(slave)
        self.seen = ""

    def __enter__(self):
        return self

    def __exit__(self, *ended):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        os.close(self.master)

    def read_until(self, word, seconds=60.0):
        """Read the terminal until it shows `word`; whether it did."""
        end = time.monotonic() + seconds
        while word not in self.seen and time.monotonic() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                with suppress(OSError):  # the other side has gone
                    self.seen += os.read(self.master, 65_536).decode(errors="replace")
            elif self.process.poll() is not None:
                break
        return word in self.seen

    def finish(self, seconds=60.0):
        """Read standard output to its end; (output, exit code)."""
        output, _ = self.process.communicate(timeout=seconds)
        self.read_until("\0", 0.3)
        return output, self.process.returncode


def children(pid):
    """Process ids of the children of a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may have ended since
            parent = stat.read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid:
                found.append(int(stat.parent.name))
    return found
