"""Input that can't be planned: exit code 2, a line a fault that names it, and never a stack trace."""

from __future__ import annotations

import copy
import gzip
import json

import pytest

from cli.terminal import wadah
from wadah.cli.main import main
from wadah.planning.warm import ColdError

SOUND = {
    "format": "wadah-problem/1",
    "calendar": {"start": "2026-12-07", "period": "week", "periods": 2},
    "parts": [{"id": "BRACKET", "bom": [["BOLT", 4]]}, {"id": "BOLT"}],
    "workshops": [{"id": "SARI", "hours": [40, 40]}],
    "capabilities": [{"part": "BOLT", "workshop": "SARI", "hours_per_unit": 0.1}],
    "orders": [{"id": "CAR", "part": "BOLT", "quantity": 5, "due": 1, "short_cost": 100}],
}

FAULTS = {
    "an unknown key": ("orders", 0, {"colour": "red"}, "colour"),
    "an unknown id": ("orders", 0, {"part": "NUT"}, "NUT"),
    "a negative quantity": ("orders", 0, {"quantity": -5}, "-5"),
    "not a number": ("capabilities", 0, {"hours_per_unit": float("nan")}, "hours_per_unit"),
    "an infinite number": ("capabilities", 0, {"hours_per_unit": float("inf")}, "hours_per_unit"),
    "too few hours": ("workshops", 0, {"hours": [40]}, "hours"),
    "a bill of materials that loops": ("parts", 1, {"bom": [["BRACKET", 1]]}, "BRACKET"),
    "a text for a number": ("orders", 0, {"due": "soon"}, "soon"),
}


def written(tmp_path, document):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(document))
    return path


def refused(path, *named):
    """The lines of what is said; each names the file."""
    done = wadah("plan", path, "--time-limit", 5)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for name in named:
        assert name in done.stderr
    lines = done.stderr.strip().splitlines()
    assert all(line.startswith("wadah: ") and path.name in line for line in lines)
    return lines


def test_the_sound_problem_is_planned(tmp_path):
    assert wadah("plan", written(tmp_path, SOUND), "--time-limit", 5).returncode == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named(tmp_path, fault):
    table, row, values, named = FAULTS[fault]
    document = copy.deepcopy(SOUND)
    document[table][row] |= values
    refused(written(tmp_path, document), named)


def test_each_fault_has_a_line_of_its_own(tmp_path):
    document = copy.deepcopy(SOUND)
    document["orders"][0] |= {"quantity": -5, "part": "NUT"}
    document["workshops"][0]["hours"] = [40]
    assert len(refused(written(tmp_path, document), "NUT", "-5", "hours")) == 3


@pytest.mark.parametrize("table", ["parts", "workshops", "capabilities", "orders"])
def test_a_row_given_twice_is_named(tmp_path, table):
    document = copy.deepcopy(SOUND)
    document[table].append(document[table][0])
    refused(written(tmp_path, document), table)


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b"\xff\xfe\x00", b'{"format": "wadah-problem/2"}', b"null"])
def test_what_is_no_problem_file_is_refused(tmp_path, content):
    path = tmp_path / "problem.json"
    path.write_bytes(content)
    refused(path)


@pytest.mark.parametrize("content", [gzip.compress(json.dumps(SOUND).encode())[:-20], b"no gzip at all"])
def test_a_damaged_gzip_file_is_refused(tmp_path, content):
    path = tmp_path / "problem.json.gz"
    path.write_bytes(content)
    refused(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    refused(tmp_path / "nothing.json")


def test_faults_are_told_in_english_where_it_is_asked_for(tmp_path):
    path = written(tmp_path, SOUND | {"orders": [SOUND["orders"][0] | {"part": "NUT"}]})
    indonesian, english = wadah("plan", path).stderr, wadah("plan", path, "--lang", "en").stderr
    assert indonesian != english
    assert "NUT" in indonesian
    assert "NUT" in english


@pytest.mark.parametrize(("language", "word"), [("id", "disiapkan"), ("en", "made ready")])
def test_a_planner_that_cannot_be_compiled_is_said_in_words(tmp_path, capsys, monkeypatch, language, word):
    def fail():
        raise ColdError("Traceback\nOSError: No space left on device")

    monkeypatch.setattr("wadah.planning.warm.is_warm", lambda: False)
    monkeypatch.setattr("wadah.planning.warm.warm", fail)
    assert main(["plan", str(written(tmp_path, SOUND)), "--lang", language]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert "No space left" in said
    assert word in said
