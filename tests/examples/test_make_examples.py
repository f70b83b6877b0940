"""The tables that a script makes are what the script makes now: from their seed, and from the published sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wadah.cli.examples.tables import BATIK, VEHICLE, folder, table
from wadah.cli.examples.vehicle_parts import works

TOOLS = Path(__file__).parents[2] / "tools"
SHARED = os.environ.get("WADAH_SHARED")


@pytest.fixture
def simulated(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import simulated_register

    return simulated_register


def as_text(rows):
    return [{key: str(value) for key, value in row.items()} for row in rows]


def test_the_simulated_register_comes_out_of_its_seed(simulated):
    made = simulated.simulated_workshops(list(table(BATIK, "kelurahan")), seed=2014)
    assert as_text(made) == list(table(VEHICLE, "workshops"))
    other = simulated.simulated_workshops(list(table(BATIK, "kelurahan")), seed=2015)
    assert other != made


def test_the_simulated_approvals_come_out_of_their_seed(simulated):
    parts = list(dict.fromkeys(row["part"] for row in table(VEHICLE, "approvals")))
    skills = {part: works()[part].skill for part in parts}
    made = simulated.simulated_approvals(list(table(VEHICLE, "workshops")), skills, seed=2015)
    assert as_text(made) == list(table(VEHICLE, "approvals"))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED, reason="WADAH_SHARED names no folder with the published sources")
def test_the_tables_come_out_of_the_published_sources(tmp_path):
    for name in (BATIK, VEHICLE):
        (tmp_path / name).mkdir()
    script = [sys.executable, TOOLS / "make_examples.py", "--shared", SHARED, "--out", tmp_path]
    subprocess.run(script, check=True, timeout=60)
    made = sorted(tmp_path.glob("*/*.csv"))
    assert len(made) == 10
    for path in made:
        assert path.read_bytes() == (folder(path.parent.name) / path.name).read_bytes(), path
