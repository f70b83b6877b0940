"""What the commands that ask about a plan share: reading both files, names that may be mistyped, data for --json."""

from __future__ import annotations

import difflib
import json
import sys
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from wadah.cli.words import reason, say, status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

NO_ANSWER = 1
MISUSED = 2


def read_both(problem_file: Path, plan_file: Path, language: str) -> tuple[Problem, Plan] | None:
    """The problem and a plan that obeys it; None, told on standard error, where the plan breaks a rule or is none."""
    from wadah.planning.files import read_plan, read_problem
    from wadah.planning.plan import row_violations
    from wadah.planning.violation import text

    problem, plan = read_problem(problem_file), read_plan(plan_file)
    if plan.objective is None:
        print(
            say(language, "no plan in file", status=status(plan.status, language), why=reason(plan.stopped, language)),
            file=sys.stderr,
        )
        return None
    broken = row_violations(problem, plan)
    if broken:
        print(say(language, "broken", count=len(broken)), file=sys.stderr)
        for fault in broken:
            print(f"  {text(fault, 'en' if language == 'en' else 'id')}", file=sys.stderr)
        return None
    return problem, plan


def nearest(value: str, known: Iterable[str]) -> str | None:
    """The known name most like a mistyped one."""
    names = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(value.casefold(), names, 1, 0.5)
    return names[found[0]] if found else None


def complain(sentence: str) -> int:
    """A mistake of the user, in one sentence; exit code 2."""
    print(f"wadah: {sentence}", file=sys.stderr)
    return MISUSED


def data(value: object) -> object:
    """Dataclasses as objects with their properties, tuples as arrays: what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = {field.name: data(getattr(value, field.name)) for field in fields(value)}
        extra = [name for name, found in vars(type(value)).items() if isinstance(found, property)]
        return shown | {name: data(getattr(value, name)) for name in extra}
    if isinstance(value, tuple | list):
        return [data(item) for item in value]
    if isinstance(value, dict):
        return {str(key): data(item) for key, item in value.items()}
    return value


def print_json(document: dict[str, object]) -> None:
    print(json.dumps(document, ensure_ascii=False, allow_nan=False))
