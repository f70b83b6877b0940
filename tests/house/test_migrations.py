"""Other tests make their tables from the models; here the migrations are run, one by one, in a process apart."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_migrations_lead_to_the_models_and_keep_what_is_there():
    command = [sys.executable, "-m", "pytest", "-q", "--migrated", "tests/migrated"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
