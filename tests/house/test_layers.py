"""The house keeps its own rules: who imports whom, where foreign keys point, how long a file may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wadah"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
ROOMS = ["base", "accounts", "register", "catalogue", "demand", "plans", "work", "ledger", "programme", "forum"]
LINES_MAX, FUNCTION_LINES_MAX = 400, 60
# Wall-clock of a run, not a date on anybody's calendar.
TIMERS = {"planning/stop.py", "base/clock.py"}


def test_each_room_sees_only_the_rooms_below_it():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def relations():
    for model in apps.get_models():
        for field in [*model._meta.get_fields(), *model._meta.many_to_many]:
            if isinstance(field, ForeignKey | ManyToManyField) and model._meta.app_label in ROOMS:
                yield model._meta.app_label, field.related_model._meta.app_label, field


def test_foreign_keys_point_down_the_house():
    wrong = [
        f"{field} points up to {there}"
        for here, there, field in relations()
        if there not in ROOMS or ROOMS.index(there) > ROOMS.index(here)
    ]
    assert wrong == []


def test_a_foreign_key_into_another_room_leaves_no_way_back_up():
    wrong = [str(field) for here, there, field in relations() if here != there and not field.remote_field.hidden]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES_MAX
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > FUNCTION_LINES_MAX
    ]
    assert long == []


def test_there_is_one_clock():
    asked = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.today|datetime\.utcnow|timezone\.now|localdate)\(")
    wrong = [
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        if path.relative_to(SOURCE).as_posix() not in TIMERS and asked.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_every_make_target_is_in_the_readme():
    targets = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    readme = (ROOT / "README.md").read_text()
    assert [target for target in targets if f"make {target}" not in readme] == []
