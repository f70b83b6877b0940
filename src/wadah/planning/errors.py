"""What may be wrong with a problem or a plan: faults that name file, row, field, value and the way out."""

from __future__ import annotations

from dataclasses import dataclass

MOST_FAULTS = 100  # more than anyone mends before trying again


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input.

    code: which rule (a key of messages.py); table: the list it is in ("orders"); row: 0-based index in that list, or
    None; field: the column, or None; value: what was found; file: the file's name, or None; hint: values for the text.
    """

    code: str
    table: str | None = None
    row: int | None = None
    field: str | None = None
    value: object = None
    file: str | None = None
    hint: tuple[tuple[str, object], ...] = ()


class PlanningError(Exception):
    """The root of the planner's errors."""


class InputError(PlanningError):
    """A problem or plan that can't be read; holds every fault found, at least one."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.code} {f.table}[{f.row}].{f.field}={f.value!r}" for f in faults[:5]))
        self.faults = faults


class ProblemError(InputError):
    """A wadah-problem/1 that can't be planned."""


class PlanError(InputError):
    """A wadah-plan/1 that can't be read."""
