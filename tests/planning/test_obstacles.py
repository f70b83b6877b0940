"""Why a run ended, and what stands in a plan's way, in both languages; written and read back."""

from __future__ import annotations

import ast
import csv
import errno
import inspect
import io
import json
import os
import re
from pathlib import Path
from string import Formatter

import pytest

from wadah.planning import obstacles
from wadah.planning.causes import CSV, JSON, SYSTEM, cause
from wadah.planning.claims import EMPTY, VALUED
from wadah.planning.errors import Fault
from wadah.planning.messages import text
from wadah.planning.obstacles import PHRASES, SENTENCES, STAGES, STORED, obstacle, obstacles_in, told
from wadah.planning.stop import Clock

SOURCES = sorted(Path(obstacles.__file__).parent.rglob("*.py"))
SAMPLE = {
    "no_capability": {"cell": "BOLT, M8 W-1 3", "workshop": "W-1", "part": "BOLT, M8"},
    "promised_above": {"cell": "BOLT W-1 1", "promised": 1234567.25, "most": 3.0},
    "promise_missed": {"cell": "BOLT: big W-1 0", "pieces": 0.000002},
    "promise": {"cell": "BOLT W-1 0"},
    "order_short": {"order": "PO-1; late", "pieces": 12.0},
    "order": {"order": "PO-2"},
    "perishing": {"part": "ROTI", "pieces": 2.5},
}


def fields(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", STORED)
def test_an_obstacle_is_read_back_as_it_was_written(code):
    ((found, values),) = obstacles_in("infeasible: " + obstacle(code, **SAMPLE[code]))
    assert found == code
    assert {n: float(v) if n in obstacles.NUMBERS else v for n, v in values.items()} == SAMPLE[code]


def test_several_obstacles_are_told_apart():
    stopped = "infeasible: " + "; ".join(obstacle(code, **SAMPLE[code]) for code in STORED)
    assert [code for code, _ in obstacles_in(stopped)] == list(STORED)


@pytest.mark.parametrize("code", STORED)
def test_both_languages_name_what_is_at_fault_and_the_way_out(code):
    assert SENTENCES.keys() == STORED.keys()
    for language, sentence in zip(("id", "en"), SENTENCES[code], strict=True):
        assert fields(sentence) <= fields(STORED[code])
        assert "; " in sentence
        shown = told("infeasible: " + obstacle(code, **SAMPLE[code]), language)
        assert str(next(iter(SAMPLE[code].values()))) in shown
    assert SENTENCES[code][0] != SENTENCES[code][1]


def test_numbers_are_exact_and_written_the_way_of_the_language():
    stopped = "infeasible: " + obstacle("promised_above", **SAMPLE["promised_above"])
    assert "1234567.25 promised" in stopped
    assert "1.234.567,25 buah" in told(stopped, "id")
    assert "1,234,567.25 pieces" in told(stopped, "en")


def test_nothing_english_is_left_of_an_obstacle_in_indonesian():
    told_in = told("infeasible: " + "; ".join(obstacle(code, **SAMPLE[code]) for code in STORED), "id")
    for word in ("can't", "pieces", "promised", "missed", "has no", "infeasible", "order ", "stock "):
        assert word not in told_in


def test_what_is_not_known_is_told_as_it_is():
    assert told("infeasible: the moon", "id") == "tidak mungkin dipenuhi: the moon"
    assert told("the moon", "id") == "the moon"
    assert told("infeasible: order A: can't be delivered whole as it must, short by ? pieces", "en").count("?") == 1


# -- the other words of a run ------------------------------------------------------------------------------------------


def constants(calls, keywords=()):
    """Texts given as first argument to the methods `calls`, or by keyword, anywhere in the planner."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            given = [k.value for k in node.keywords if k.arg in keywords]
            given += node.args[:1] if getattr(node.func, "attr", "") in calls else []
            found |= {n.value for n in given if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


def test_every_stage_has_an_indonesian_word():
    assert constants({"enter"}) - STAGES.keys() == set()
    assert constants({"enter"}) >= {"first plan", "bound", "search", "improve", "done"}


def test_every_status_has_an_indonesian_word():
    assert obstacles.STATUSES.keys() == {*VALUED, *EMPTY}


def test_every_reason_for_the_end_has_indonesian_words():
    clock, counted = Clock(0.0, lambda: False), Clock(0.0, lambda: False, counted=True)
    asked = Clock(0.0, lambda: True)
    assert asked.should_stop()
    assert {clock.reason, counted.reason, asked.reason} == {"time limit", "effort spent", "asked to stop"}
    used = {clock.reason, counted.reason, asked.reason} | constants(set(), {"stopped"})
    assert used - PHRASES.keys() - {""} == set()


# -- what the system and the readers say -------------------------------------------------------------------------------

COMMON = "ENOENT EACCES EPERM EISDIR ENOTDIR EEXIST ENOTEMPTY ENOSPC EROFS ENAMETOOLONG EFBIG EMFILE ELOOP EIO EBUSY"


@pytest.mark.parametrize("name", COMMON.split())
def test_what_the_system_says_is_said_in_indonesian(name):
    assert os.strerror(getattr(errno, name)) in SYSTEM


def test_what_pythons_json_says_is_said_in_indonesian():
    broken = ["", "{", "[1", '{"a"', '{"a" 1}', "{1}", '"a', '"\x01"', '"\\q"', '"\\u12"', "1 2", "[1,]", '{"a":1,}']
    said = set()
    for document in broken:
        with pytest.raises(json.JSONDecodeError) as error:
            json.loads(document)
        said.add(error.value.msg)
    assert said - JSON.keys() == set()
    scanner = inspect.getsource(json.decoder)
    assert set(re.findall(r'JSONDecodeError\("([^"{]+)"', scanner)) - JSON.keys() == set()


def test_what_pythons_csv_says_is_said_in_indonesian():
    for table in ('a,"b', 'a,"b"c\n', f"a,{'x' * (csv.field_size_limit() + 1)}\n", "a\rb"):
        with pytest.raises(csv.Error) as error:
            list(csv.reader(io.StringIO(table, newline="") if "\rb" not in table else [table], strict=True))
        assert any(pattern.fullmatch(str(error.value)) for pattern, _ in CSV)
        assert cause(str(error.value), "id") != str(error.value)
        assert cause(str(error.value), "en") == str(error.value)


def test_a_fault_gives_its_cause_in_the_language():
    fault = Fault("json_broken", file="p.json", hint=(("line", 3), ("column", 1), ("reason", "Expecting value")))
    assert "harus ada nilai" in text(fault, "id")
    assert "Expecting value" not in text(fault, "id")
    assert "Expecting value" in text(fault, "en")
