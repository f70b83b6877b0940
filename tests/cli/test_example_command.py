"""`wadah example` writes a problem file that reads back, without the configured database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from wadah.cli.main import main
from wadah.planning.files import read_problem


def wadah_example(*words, **environment):
    command = [sys.executable, "-m", "wadah", "example", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=os.environ | environment
    )


@pytest.mark.parametrize(("name", "orders"), [("bekasi-batik", 582), ("pooled-vehicle", 4)])
def test_the_file_is_a_problem_that_reads_back(name, orders, tmp_path):
    database = tmp_path / "configured.sqlite3"
    done = wadah_example(name, "--out", tmp_path / "problem.json.gz", WADAH_DATABASE=f"sqlite:///{database}")
    assert done.returncode == 0, done.stderr
    assert len(read_problem(tmp_path / "problem.json.gz").orders) == orders
    assert not database.exists()


def test_the_same_tables_give_the_same_file(tmp_path):
    for name in ("one.json", "two.json"):
        assert wadah_example("pooled-vehicle", "--out", tmp_path / name).returncode == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_file_that_cannot_be_written_is_said_without_a_trace(tmp_path):
    words = ["example", "pooled-vehicle", "--out", tmp_path / "missing" / "problem.json"]
    done = subprocess.run(
        [sys.executable, "-m", "wadah", *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "missing" in done.stderr


def test_an_unknown_example_is_refused_with_the_names_there_are(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["example", "atlantis", "--out", "x.json"])
    assert stopped.value.code == 2
    assert "bekasi-batik" in capsys.readouterr().err


def test_what_was_written_is_told_in_the_language_asked_for(tmp_path):
    for language, word in (("id", "bengkel"), ("en", "workshops")):
        done = wadah_example("pooled-vehicle", "--out", tmp_path / "p.json", "--lang", language)
        assert f" {word}, 4 " in done.stdout
