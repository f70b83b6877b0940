"""From a routing to parts: a step that another workshop could do becomes a part of its own (docs/model.md §14).

In: the steps of a part in order, and what goes into one piece of it. Out: the chain of parts, first made first. Steps
that are always done in the same workshop stay together in one; the last of the chain is the finished part itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

SEPARATOR = "/"


class StepsError(ValueError):
    """Steps that don't hold together. code: "none", "first" (with the previous), "name"; name: the step's."""

    def __init__(self, code: Literal["none", "first", "name"], name: str = "") -> None:
        super().__init__(f"{code}: {name!r}")
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class Step:
    """One operation. name: what the piece is after it, without "/"; skill: the process; minutes ≥ 0."""

    name: str
    skill: str
    minutes_per_piece: Decimal
    setup_minutes: Decimal = Decimal(0)
    with_previous: bool = False


@dataclass(frozen=True, slots=True)
class RoutedPart:
    """One part of the chain.

    code: "BOLT-M8/headed", or the finished part's own for the last; bom: (component code, quantity) for one piece;
    skills: every process a workshop needs for it, in order; main_skill: the one that takes most minutes a piece;
    minutes_per_piece, setup_minutes: sums over its steps.
    """

    code: str
    bom: tuple[tuple[str, Decimal], ...]
    steps: tuple[str, ...]
    skills: tuple[str, ...]
    main_skill: str
    minutes_per_piece: Decimal
    setup_minutes: Decimal


def routing_parts(
    code: str, steps: Sequence[Step], materials: Sequence[tuple[str, Decimal]] = ()
) -> tuple[RoutedPart, ...]:
    """The chain of parts that makes `code` out of `materials` (which all go into the first of them).

    Raises
    ------
    StepsError: no steps, a first step "with the previous", a name with "/" or one used twice.
    """
    check_steps(steps)
    bom = tuple(materials)
    chain: list[RoutedPart] = []
    groups = together(steps)
    for group in groups:
        last = group is groups[-1]
        part = routed_part(code if last else f"{code}{SEPARATOR}{group[-1].name}", bom, group)
        chain.append(part)
        bom = ((part.code, Decimal(1)),)
    return tuple(chain)


def check_steps(steps: Sequence[Step]) -> None:
    if not steps:
        raise StepsError("none")
    if steps[0].with_previous:
        raise StepsError("first", steps[0].name)
    names = [step.name for step in steps]
    for name in names:
        if not name or SEPARATOR in name or names.count(name) > 1:
            raise StepsError("name", name)


def together(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps in groups that one workshop does in one go."""
    groups: list[list[Step]] = []
    for step in steps:
        if step.with_previous:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def routed_part(code: str, bom: tuple[tuple[str, Decimal], ...], group: Sequence[Step]) -> RoutedPart:
    return RoutedPart(
        code=code,
        bom=bom,
        steps=tuple(step.name for step in group),
        skills=tuple(dict.fromkeys(step.skill for step in group)),
        main_skill=max(group, key=lambda step: step.minutes_per_piece).skill,
        minutes_per_piece=sum((step.minutes_per_piece for step in group), Decimal(0)),
        setup_minutes=sum((step.setup_minutes for step in group), Decimal(0)),
    )
