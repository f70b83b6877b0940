"""Switching rules, each told as a sequence of lots."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wadah.work.rules.faults import QualityError
from wadah.work.rules.sampling import own_plan, plan_for
from wadah.work.rules.switching import (
    SCORE_RULE,
    START,
    Lot,
    State,
    after,
    corrected,
    lot_of,
    reduce,
    to_normal,
)

VERDICTS = {"a": "accepted", "r": "rejected", "g": "accepted_return_to_normal"}


def walk(state, lots, *, ac=0, tighter=None, **facts):
    """Feed lots sampled on the state's own severity: a accepted, r rejected, g in the gap."""
    for letter in lots:
        severity = "normal" if state.inspection == "discontinued" else state.inspection
        state = after(state, Lot(severity, VERDICTS[letter], ac, tighter, **facts))
    return state


TIGHTENED = State("tightened")
REDUCED = State("reduced")


def test_inspection_begins_normal():
    assert (START.inspection, START.score, START.recent, START.reasons) == ("normal", 0, (), ())


# -- Q11: normal to tightened -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lots", ["rr", "arr", "rar", "raar", "raaar", "aaaaaaraaar", "aaaarr"])
def test_two_of_five_or_fewer_rejected_tighten(lots):
    before, state = walk(START, lots[:-1]), walk(START, lots)
    assert before.inspection == "normal"
    assert (state.inspection, state.reasons) == ("tightened", ("rejected_2_of_5",))
    assert (state.recent, state.score, state.accepted_run, state.rejected) == ((), 0, 0, 0)


@pytest.mark.parametrize("lots", ["r", "raaaar", "aaaraaaar", "raaaaraaaaraaaar"])
def test_two_rejected_six_lots_apart_do_not_tighten(lots):
    assert walk(START, lots).inspection == "normal"


def test_rejections_before_the_switch_are_not_counted_after_it():
    back = walk(walk(START, "rr"), "aaaaa")
    assert (back.inspection, back.recent) == ("normal", ())
    assert walk(back, "r").inspection == "normal"
    assert walk(back, "rr").inspection == "tightened"


def test_the_rejection_that_ended_reduced_inspection_does_not_count_as_one_of_two():
    assert walk(walk(REDUCED, "r"), "r").inspection == "normal"


# -- Q12: tightened to normal -----------------------------------------------------------------------------------------


def test_five_accepted_in_a_row_loosen():
    assert walk(TIGHTENED, "aaaa").inspection == "tightened"
    state = walk(TIGHTENED, "aaaaa")
    assert (state.inspection, state.reasons, state.score) == ("normal", ("accepted_5_in_a_row",), 0)


def test_a_rejection_begins_the_row_anew():
    assert walk(TIGHTENED, "aaaaraaaa").inspection == "tightened"
    assert walk(TIGHTENED, "aaaaraaaaa").inspection == "normal"


# -- Q13: discontinued ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lots", ["rrrrr", "rararaaaarar", "aaaaraaaaraaaaraaaaraaaar"])
def test_five_rejected_in_all_on_tightened_discontinue(lots):
    assert walk(TIGHTENED, lots[:-1]).inspection == "tightened"
    state = walk(TIGHTENED, lots)
    assert (state.inspection, state.reasons) == ("discontinued", ("rejected_5_on_tightened",))


def test_rejections_of_an_earlier_tightening_are_not_added():
    again = walk(walk(walk(TIGHTENED, "rrrraaaaa"), "rr"), "rrrr")
    assert (again.inspection, again.rejected) == ("tightened", 4)


def test_discontinued_inspection_begins_again_only_by_a_corrective_action_and_tightened():
    state = walk(TIGHTENED, "rrrrr")
    assert walk(state, "aaaaaaaaaa").inspection == "discontinued"
    assert after(state, Lot("tightened", "accepted", 0)).reasons == ("other_severity",)
    again = corrected(state)
    assert (again.inspection, again.rejected, again.reasons) == ("tightened", 0, ("corrective_action",))
    assert walk(again, "rrrr").inspection == "tightened"
    assert walk(again, "aaaaa").inspection == "normal"


@pytest.mark.parametrize("state", [START, TIGHTENED, REDUCED])
def test_nothing_else_is_corrected(state):
    with pytest.raises(QualityError) as refused:
        corrected(state)
    assert (refused.value.code, refused.value.value) == ("not_discontinued", state.inspection)


# -- Q14: normal to reduced -------------------------------------------------------------------------------------------


def test_the_score_is_labelled():
    assert SCORE_RULE == "ISO-style switching score"


@pytest.mark.parametrize(
    ("lots", "ac", "tighter", "score"),
    [
        ("a" * 14, 0, None, 28), ("a" * 3, 1, None, 6), ("a" * 9, 2, True, 27), ("a" * 9, 2, False, 0),
        ("aaar", 0, None, 0), ("aaara", 0, None, 2), ("aaar", 5, True, 0),
    ],
)  # fmt: skip
def test_the_score_counts_two_or_three_a_good_lot_and_falls_to_nothing(lots, ac, tighter, score):
    assert walk(START, lots, ac=ac, tighter=tighter).score == score


def test_a_lot_that_would_fail_at_the_tighter_aql_resets_the_score_but_is_no_rejection():
    plan = plan_for(2_400, "II", "2.5")
    state = walk(START, "aaaa")
    state = after(after(state, lot_of(plan, 6)), lot_of(plan, 7))
    assert (state.inspection, state.score, state.recent) == ("normal", 0, (True, True, True, True))
    assert after(state, lot_of(plan, 5)).score == 3


def test_at_30_with_steady_production_and_the_managers_word_inspection_is_reduced():
    assert walk(START, "a" * 14, agreed=True).inspection == "normal"
    state = walk(START, "a" * 15, agreed=True)
    assert (state.inspection, state.reasons) == ("reduced", ("score_reached", "reduced_agreed"))
    assert walk(START, "a" * 10, ac=3, tighter=True, agreed=True).inspection == "reduced"


@pytest.mark.parametrize("facts", [{"agreed": False}, {"agreed": True, "steady": False}])
def test_the_score_alone_does_not_reduce(facts):
    state = walk(START, "a" * 20, **facts)
    assert (state.inspection, state.score, state.may_reduce, state.reasons) == ("normal", 40, True, ("score_reached",))


def test_the_manager_may_agree_later():
    ready = walk(START, "a" * 15)
    assert reduce(ready, steady=True, agreed=True).inspection == "reduced"
    lost = walk(ready, "r")
    assert not lost.may_reduce
    for state, facts, code in (
        (lost, {}, "score"),
        (TIGHTENED, {}, "not_normal"),
        (ready, {"steady": False}, "not_steady"),
        (ready, {"agreed": False}, "not_agreed"),
    ):
        with pytest.raises(QualityError) as refused:
            reduce(state, **{"steady": True, "agreed": True, **facts})
        assert refused.value.code == code


# -- Q15: reduced to normal -------------------------------------------------------------------------------------------


def test_reduced_inspection_goes_on_while_lots_are_accepted():
    assert walk(REDUCED, "a" * 30, ac=1) == REDUCED


@pytest.mark.parametrize(
    ("lots", "facts", "reasons"),
    [
        ("ar", {}, ("rejected_on_reduced",)),
        ("ag", {}, ("gap_on_reduced",)),
        ("a", {"steady": False}, ("production_irregular",)),
        ("r", {"steady": False}, ("rejected_on_reduced", "production_irregular")),
    ],
)
def test_one_bad_sign_ends_reduced_inspection(lots, facts, reasons):
    state = walk(REDUCED, lots, **facts)
    assert (state.inspection, state.reasons, state.score, state.recent) == ("normal", reasons, 0, ())


def test_two_defects_in_32_are_accepted_and_end_reduced_inspection():
    plan = plan_for(1_000, "II", "1.0", "reduced")
    assert after(REDUCED, lot_of(plan, 1)).inspection == "reduced"
    assert after(REDUCED, lot_of(plan, 2)).reasons == ("gap_on_reduced",)
    assert after(REDUCED, lot_of(plan, 3)).reasons == ("rejected_on_reduced",)


@pytest.mark.parametrize("reason", ["production_irregular", "asked"])
def test_reduced_inspection_ends_when_somebody_says_so(reason):
    assert to_normal(REDUCED, reason) == State("normal", reasons=(reason,))
    for state in (START, TIGHTENED):
        with pytest.raises(QualityError) as refused:
            to_normal(state, reason)
        assert refused.value.code == "not_reduced"


# -- Q16: what doesn't count ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [walk(START, "ar"), walk(TIGHTENED, "raa"), REDUCED])
@pytest.mark.parametrize("letter", "arg")
def test_a_lot_that_comes_back_changes_nothing(state, letter):
    again = walk(state, letter, original=False)
    assert again == State(
        state.inspection, state.recent, state.accepted_run, state.rejected, state.score, ("resubmitted",)
    )


def test_a_lot_sampled_before_the_switch_changes_nothing_after_it():
    tightened = walk(START, "rr")
    late = after(tightened, Lot("normal", "accepted", 0))
    assert (late.inspection, late.accepted_run, late.reasons) == ("tightened", 0, ("other_severity",))
    assert after(START, Lot("reduced", "rejected", 0)).recent == ()


def test_a_lot_on_a_buyers_own_plan_changes_nothing():
    lot = lot_of(own_plan(50, 0, 1), 3)
    assert lot.verdict == "rejected"
    assert after(START, lot) == State(reasons=("not_in_tables",))
    assert after(START, lot_of(plan_for(1, "II", "1.0"), 1)).reasons == ("not_in_tables",)


def test_a_whole_life():
    """Normal, tightened, back, reduced, back, tightened, discontinued, mended, tightened, normal."""
    seen = []
    state = START
    for lots, facts in (
        ("arar", {}),
        ("araaaaa", {}),
        ("a" * 15, {"agreed": True}),
        ("aag", {}),
        ("rr", {}),
        ("rrrrr", {}),
    ):
        state = walk(state, lots, **facts)
        seen.append(state.inspection)
    assert seen == ["tightened", "normal", "reduced", "normal", "tightened", "discontinued"]
    assert walk(corrected(state), "aaaaa").inspection == "normal"


@settings(deadline=None)
@given(st.text("ar", max_size=60))
def test_counts_always_match_the_lots_since_the_last_switch(lots):
    """A second way: keep the whole list since the switch and look at it anew each time."""
    state, since = START, ""
    for letter in lots:
        before = state.inspection
        state, since = walk(state, letter), since + letter
        if before == "normal":
            assert (state.inspection == "tightened") == (since[-5:].count("r") >= 2)
        elif before == "tightened" and state.inspection != "tightened":
            assert state.inspection == ("normal" if since.endswith("aaaaa") else "discontinued")
            assert state.inspection == "normal" or since.count("r") == 5
        elif before == "tightened":
            assert since.count("r") < 5 and not since.endswith("aaaaa")
        if state.inspection == "normal" == before:
            assert state.score == 2 * (len(since) - 1 - since.rfind("r"))
        if state.inspection != before:
            since = ""
