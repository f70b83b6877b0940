"""Edits that can't be meant are refused in words that name what, where, and the way out; the same twice is one mark."""

from dataclasses import replace

import pytest

from planning.rich import PLAN, PROBLEM
from wadah.base.errors import Refused
from wadah.plans.edits.checks import edit_check
from wadah.plans.edits.rules import Edit, Ground, changes_of, mark
from wadah.plans.rules import Horizon

LOTS = {row[:3]: row[3] for row in PLAN.make}
GROUND = Ground(PROBLEM, LOTS, Horizon(PROBLEM.calendar.start, PROBLEM.periods), 0, {"BOLT": "Baut M8"})
PIN = Edit("pin", "KARIM", "BRACKET", 1, 1)
FORBID = Edit("forbid", "KARIM", "BRACKET", 0, 2)
OUT = Edit("out", "KARIM", "", 1, 2)


def move(quantity, *, of=("BRACKET", "KARIM", 1), to=("TINI", 2)):
    part, workshop, period = of
    return Edit("move", workshop, part, period, period, quantity, *to)


def refusal(edit, *standing, **ground):
    with pytest.raises(Refused) as refused:
        edit_check(edit, replace(GROUND, standing=tuple(enumerate(standing, 1)), **ground))
    return str(refused.value), refused.value.field


def problem_with(part, workshop, **columns):
    rows = (
        replace(row, **columns) if (row.part, row.workshop) == (part, workshop) else row for row in PROBLEM.capabilities
    )
    return replace(PROBLEM, capabilities=tuple(rows))


@pytest.fixture(autouse=True)
def _english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.parametrize("edit", [PIN, FORBID, OUT, move(6.0), move(7.0), move(14.0, to=("KARIM", 1))])
def test_an_edit_that_can_be_meant_is_let_pass(edit):
    edit_check(edit, GROUND)


@pytest.mark.parametrize(
    ("edit", "words", "field"),
    [
        (replace(FORBID, last=-1), "before the first", "last_period"),
        (replace(OUT, last=4), "isn't in this plan", "last_period"),
        (replace(PIN, first=2, last=2), "KARIM makes no BRACKET in the week of 21 December 2026", "first_period"),
        (replace(FORBID, part="BOLT"), "KARIM makes no Baut M8 anyway: there is no approval or no rate", "part"),
        (
            Edit("out", "TINI", "", 1, 1),
            "2 × BRACKET at TINI in the week of 14 December 2026 are promised",
            "first_period",
        ),
        (move(6.0, to=("SARI", 1)), "SARI can't make BRACKET: this plan knows no approval or no rate", "to_workshop"),
        (move(0.0), "more than 0", "quantity"),
        (move(2.5), "whole pieces", "quantity"),
        (move(13.0), "only 12 pieces", "quantity"),
        (move(12.0, to=("KARIM", 1)), "12 pieces already", "quantity"),
        (move(9.0), "Only 3 pieces would stay, but KARIM makes at least 5 at once", "quantity"),
        (move(2.0, to=("KARIM", 3)), "at least 5 × BRACKET at once, and that would be 2", "quantity"),
        (move(6.0, to=("KARIM", 4)), "isn't in this plan", "to_period"),
        (move(3.0, of=("BRACKET", "TINI", 1), to=("KARIM", 1)), "4 pieces of this lot are promised", "quantity"),
    ],
)
def test_what_can_not_be_meant_is_said_at_its_field(edit, words, field):
    said, at = refusal(edit)
    assert words in said
    assert at == field


def test_a_week_that_is_over_is_named():
    said, field = refusal(PIN, now=2)
    assert (said, field) == ("The week of 14 December 2026 is over. Choose a later one.", "first_period")


def test_no_leave_in_that_week():
    closed = problem_with("BRACKET", "TINI", max_per_period=(9.0, 9.0, 0.0, 9.0))
    said, field = refusal(move(6.0), problem=closed)
    assert ("may not make BRACKET in the week of 21 December 2026" in said, field) == (True, "to_period")


def test_more_than_a_week_allows():
    narrow = problem_with("BRACKET", "TINI", max_per_period=(9.0,) * 4)
    said, field = refusal(move(6.0), problem=narrow)
    assert ("at most 9 × BRACKET a week, and that would be 14" in said, field) == (True, "quantity")


def test_more_hours_than_there_are_with_what_other_edits_ask_for():
    """Bu Tini has 16 hours and 8 of overtime; 8 + 12 brackets take 30."""
    said, field = refusal(move(7.0), move(5.0, to=("TINI", 2)))
    assert ("TINI has 24 hours in the week of 21 December 2026, overtime included. This takes 30" in said, field) == (
        True,
        "to_period",
    )


@pytest.mark.parametrize(
    ("edit", "standing", "words"),
    [
        (PIN, PIN, "is there already: number 1"),
        (PIN, FORBID, "Edit 1 lets KARIM make no BRACKET"),
        (PIN, move(6.0), "Edit 1 changes this lot"),
        (FORBID, PIN, "Edit 1 asks for a lot that this one forbids"),
        (OUT, move(6.0, of=("BRACKET", "TINI", 2), to=("KARIM", 2)), "Edit 1 asks for a lot"),
        (move(6.0), PIN, "Edit 1 keeps this lot"),
        (move(6.0), Edit("out", "TINI", "", 2, 3), "Edit 1 lets TINI make no BRACKET"),
        (move(7.0), move(6.0), "only 6 can go"),
        (move(14.0, to=("KARIM", 1)), move(15.0, to=("KARIM", 1)), "Edit 1 changes this lot already"),
        (move(14.0, to=("KARIM", 1)), move(6.0), "Edit 1 changes this lot already"),
    ],
)
def test_edits_that_contradict_each_other_name_the_one_in_the_way(edit, standing, words):
    assert words in refusal(edit, standing)[0]


def test_the_mark_is_of_the_edits_whatever_their_order_and_of_the_week():
    assert mark([PIN, OUT], 0) == mark([OUT, PIN], 0)
    assert len({mark([PIN], 0), mark([PIN], 1), mark([OUT], 0), mark([], 0), mark([PIN, OUT], 0)}) == 5


def test_each_kind_asks_the_engine_for_its_change():
    names = [type(change).__name__ for edit in (PIN, FORBID, OUT, move(6.0)) for change in changes_of(edit)]
    assert names == ["Keep", "Decline", "Decline", "Decline", "Out", "Move"]
    assert type(changes_of(move(14.0, to=("KARIM", 1)))[0]).__name__ == "Resize"
