"""Plans for a lot, plans of one's own, Ac = 0 plans, and what a part of the sample proves."""

from decimal import Decimal
from fractions import Fraction
from math import comb, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wadah.work.rules.faults import QualityError
from wadah.work.rules.sampling import (
    SamplingPlan,
    own_plan,
    passes_tighter,
    plan_for,
    progress,
    verdict,
    zero_plan,
)
from wadah.work.rules.sampling_tables import AQLS, LADDERS, LETTERS, LETTERS_BY_LEVEL, SCHEME, table_cell


def test_a_lot_of_2400_at_level_ii_has_125_pieces_checked():
    plan = plan_for(2_400, "II", "2.5", "normal")
    assert (plan.letter, plan.letter_used, plan.n, plan.ac, plan.re) == ("K", "K", 125, 7, 8)
    assert (plan.aql, plan.severity, plan.scheme, plan.counts) == (Decimal("2.5"), "normal", SCHEME, "defectives")
    assert not plan.hundred_percent
    assert not plan.gap
    assert SCHEME == "MIL-STD-105E / ANSI Z1.4"


def test_a_plan_says_which_letter_was_asked_and_which_was_used():
    plan = plan_for(300, "II", 0.65)
    assert (plan.letter, plan.letter_used, plan.arrow) == ("H", "J", "down")
    assert (plan.n, plan.ac, plan.re) == (80, 1, 2)


@pytest.mark.parametrize(
    ("lot_size", "n", "whole"), [(81, 80, False), (80, 80, True), (79, 79, True), (51, 51, True), (200, 80, False)]
)
def test_a_sample_as_large_as_the_lot_is_the_whole_lot(lot_size, n, whole):
    """AQL 0.15: letters F and G are led down to J's Ac 0, 80 pieces."""
    plan = plan_for(lot_size, "II", "0.15")
    assert (plan.letter_used, plan.n, plan.hundred_percent, plan.ac) == ("J", n, whole, 0)


def test_a_lot_of_one_piece_is_looked_at_itself():
    plan = plan_for(1, "II", "6.5")
    assert (plan.n, plan.ac, plan.re, plan.hundred_percent, plan.letter) == (1, 0, 1, True, "")


@settings(deadline=None)
@given(
    st.integers(1, 10**6),
    st.sampled_from(list(LETTERS_BY_LEVEL)),
    st.sampled_from(AQLS),
    st.sampled_from(list(LADDERS)),
)
def test_a_sample_is_never_larger_than_its_lot(lot_size, level, aql, severity):
    plan = plan_for(lot_size, level, aql, severity)
    assert 1 <= plan.n <= lot_size
    assert plan.hundred_percent == (plan.n == lot_size)
    assert plan.counts == ("defects" if aql > 10 else "defectives")
    assert plan.counts == "defects" or plan.re <= plan.n


def test_faults_may_be_counted_below_aql_10_but_failed_pieces_not_above():
    assert plan_for(500, "II", "4.0", counts="defects").counts == "defects"
    with pytest.raises(QualityError) as refused:
        plan_for(500, "II", "15", counts="defectives")
    assert (refused.value.code, refused.value.value) == ("aql_defects_only", Decimal(15))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (lambda: plan_for(0, "II", "1.0"), "lot_size"),
        (lambda: plan_for(-5, "II", "1.0"), "lot_size"),
        (lambda: plan_for(1, "V", "1.0"), "level"),
        (lambda: plan_for(500, "II", "2.0"), "aql"),
        (lambda: plan_for(1, "II", "1.0", "discontinued"), "severity"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_name(asked, code):
    with pytest.raises(QualityError) as refused:
        asked()
    assert refused.value.code == code


# -- verdicts ---------------------------------------------------------------------------------------------------------


def test_a_lot_is_accepted_up_to_ac_and_rejected_from_re_on():
    plan = plan_for(2_400, "II", "2.5")
    assert [verdict(plan, defects) for defects in (0, 7, 8, 125)] == ["accepted", "accepted", "rejected", "rejected"]


def test_between_ac_and_re_a_reduced_lot_is_accepted_and_reduced_inspection_ends():
    plan = plan_for(1_000, "II", "1.0", "reduced")
    assert (plan.letter, plan.n, plan.ac, plan.re, plan.gap) == ("J", 32, 1, 3, True)
    assert [verdict(plan, defects) for defects in (1, 2, 3)] == ["accepted", "accepted_return_to_normal", "rejected"]


@pytest.mark.parametrize(("checked", "defects"), [(126, 0), (-1, 0), (10, 11), (10, -1), (0, 1)])
def test_counts_that_cannot_be_are_refused(checked, defects):
    plan = plan_for(2_400, "II", "2.5")
    with pytest.raises(QualityError) as refused:
        progress(plan, checked, defects)
    assert refused.value.code == ("defects" if 0 <= checked <= 125 else "checked")


def test_a_piece_may_have_several_faults_where_faults_are_counted():
    plan = plan_for(2_400, "II", "25")
    assert progress(plan, 1, 20).verdict is None
    with pytest.raises(QualityError):
        progress(plan, 0, 1)


# -- in tranches ------------------------------------------------------------------------------------------------------


def test_100_now_and_25_later():
    plan = plan_for(2_400, "II", "2.5")
    now = progress(plan, 100, 3)
    assert (now.left, now.verdict, now.lot_accepted, now.defects_to_reject) == (25, None, None, 5)
    assert now.good_to_accept == 21
    later = progress(plan, 125, 3)
    assert (later.left, later.verdict, later.early, later.good_to_accept) == (0, "accepted", False, 0)


def test_a_lot_is_rejected_as_soon_as_re_is_reached():
    now = progress(plan_for(2_400, "II", "2.5"), 30, 8)
    assert (now.verdict, now.early, now.left, now.defects_to_reject, now.good_to_accept) == (
        "rejected", True, 95, 0, None,
    )  # fmt: skip


def test_a_lot_is_accepted_as_soon_as_the_rest_could_not_reject_it():
    plan = plan_for(2_400, "II", "2.5")
    assert progress(plan, 117, 0).verdict is None
    assert progress(plan, 118, 0).verdict == "accepted"
    assert progress(plan, 118, 0).early


def test_where_faults_are_counted_one_last_piece_can_still_reject_the_lot():
    plan = plan_for(2_400, "II", "25")
    now = progress(plan, plan.n - 1, 0)
    assert (now.verdict, now.lot_accepted, now.good_to_accept) == (None, None, 1)
    assert progress(plan, plan.n, plan.ac).verdict == "accepted"


def test_acceptance_can_be_certain_while_the_gap_is_still_open():
    plan = plan_for(1_000, "II", "1.0", "reduced")
    now = progress(plan, 31, 1)
    assert (now.verdict, now.lot_accepted) == (None, True)
    assert progress(plan, 32, 2).verdict == "accepted_return_to_normal"


SMALL_PLANS = st.one_of(
    st.builds(
        lambda n, ac: own_plan(n, ac, ac + 1), st.integers(4, 9), st.integers(0, 3)
    ),
    st.builds(
        lambda n, ac, gap: own_plan(n, ac, ac + gap, severity="reduced"),
        st.integers(6, 9), st.integers(0, 2), st.integers(1, 4),
    ),
)  # fmt: skip


@settings(deadline=None)
@given(SMALL_PLANS, st.data())
def test_what_is_proved_early_is_what_every_way_on_ends_in(plan, data):
    checked = data.draw(st.integers(0, plan.n))
    defects = data.draw(st.integers(0, checked))
    now = progress(plan, checked, defects)
    ends = {verdict(plan, end) for end in range(defects, defects + plan.n - checked + 1)}
    assert now.verdict == (ends.pop() if len(ends) == 1 else None)
    accepted = {verdict(plan, end) != "rejected" for end in range(defects, defects + plan.n - checked + 1)}
    assert now.lot_accepted == (accepted.pop() if len(accepted) == 1 else None)


@settings(deadline=None)
@given(SMALL_PLANS, st.data())
def test_the_pieces_still_needed_are_enough_and_one_fewer_is_not(plan, data):
    checked = data.draw(st.integers(0, plan.n))
    defects = data.draw(st.integers(0, min(checked, plan.re - 1)))
    more = progress(plan, checked, defects).good_to_accept
    assert progress(plan, checked + more, defects).lot_accepted is True
    assert more == 0 or progress(plan, checked + more - 1, defects).lot_accepted is None


# -- plans of one's own -----------------------------------------------------------------------------------------------


def test_a_buyers_plan_is_kept_as_given():
    plan = own_plan(50, 0, 1, lot_size=400)
    assert (plan.n, plan.ac, plan.re, plan.scheme, plan.letter, plan.aql) == (50, 0, 1, "own plan", "", None)
    assert own_plan(32, 1, 3, severity="reduced").gap
    assert own_plan(2, 30, 31, counts="defects").ac == 30
    assert own_plan(400, 2, 3, lot_size=400).n == 400


@pytest.mark.parametrize(
    ("given_plan", "code", "value", "limit"),
    [
        ((0, 0, 1), "n", 0, 1),
        ((10, -1, 1), "ac", -1, 0),
        ((10, 2, 2), "re", 2, 2),
        ((10, 2, 1), "re", 1, 2),
        ((10, 1, 3), "gap", 3, 2),
        ((3, 3, 4), "never_rejects", 4, 3),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_what_is_wrong(given_plan, code, value, limit):
    with pytest.raises(QualityError) as refused:
        own_plan(*given_plan)
    assert (refused.value.code, refused.value.value, refused.value.limit) == (code, value, limit)


def test_a_sample_larger_than_its_lot_is_refused():
    with pytest.raises(QualityError) as refused:
        own_plan(51, 0, 1, lot_size=50)
    assert (refused.value.code, refused.value.value, refused.value.limit) == ("n_over_lot", 51, 50)
    for wrong, code in (({"lot_size": 0}, "lot_size"), ({"severity": "lenient"}, "severity")):
        with pytest.raises(QualityError) as refused:
            own_plan(1, 0, 1, **wrong)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("ltpd", "risk", "n"),
    [("0.10", "0.10", 22), ("0.05", "0.10", 45), ("0.01", "0.10", 230), ("0.01", "0.05", 299), ("0.5", "0.25", 2)],
)
def test_ac_0_plans_have_the_textbook_sample(ltpd, risk, n):
    """ceil(ln β / ln(1 − LTPD)); 0.5 and 0.25 is an exact power, which rounding must not make three."""
    plan = zero_plan(Decimal(ltpd), Decimal(risk))
    assert (plan.n, plan.ac, plan.re, plan.lot_size, plan.hundred_percent) == (n, 0, 1, None, False)


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 99), st.integers(1, 50))
def test_for_a_finite_lot_the_sample_is_the_smallest_that_keeps_the_risk(lot_size, ltpd_percent, risk_percent):
    ltpd, risk = Decimal(ltpd_percent) / 100, Decimal(risk_percent) / 100
    plan = zero_plan(ltpd, risk, lot_size=lot_size)
    failed = -(-ltpd_percent * lot_size // 100)

    def chance(n):
        return Fraction(comb(lot_size - failed, n), comb(lot_size, n))

    assert chance(plan.n) <= Fraction(risk) < chance(plan.n - 1)
    assert plan.n <= min(lot_size, zero_plan(ltpd, risk).n)
    assert plan.hundred_percent == (plan.n == lot_size)


def test_a_risk_that_is_met_exactly_is_met():
    """One failed piece among ten is missed by nine in one case of ten."""
    assert zero_plan(Decimal("0.10"), Decimal("0.10"), lot_size=10).n == 9


def test_a_large_lot_needs_what_an_endless_one_needs():
    plan = zero_plan(Decimal("0.01"), lot_size=500_000)
    assert plan.n in {229, 230}
    assert abs(log(0.1) / log(0.99) - plan.n) < 1
    assert zero_plan(Decimal("0.5"), lot_size=500_000).n == 4


@pytest.mark.parametrize(
    ("ltpd", "risk", "lot_size", "code"),
    [("0", "0.1", None, "ltpd"), ("1", "0.1", None, "ltpd"), ("0.1", "1.2", None, "consumers_risk"),
     ("0.1", "0.1", 0, "lot_size")],
)  # fmt: skip
def test_shares_outside_0_and_1_are_refused(ltpd, risk, lot_size, code):
    with pytest.raises(QualityError) as refused:
        zero_plan(Decimal(ltpd), Decimal(risk), lot_size=lot_size)
    assert refused.value.code == code


# -- at the next tighter AQL ------------------------------------------------------------------------------------------


def test_the_next_tighter_aql_is_asked_of_the_same_sample():
    plan = plan_for(2_400, "II", "2.5")
    assert [passes_tighter(plan, defects) for defects in (5, 6)] == [True, False]


def test_every_normal_plan_from_ac_2_on_can_be_held_against_a_tighter_one():
    for letter in LETTERS:
        for aql in AQLS:
            cell = table_cell(letter, aql, "normal")
            plan = SamplingPlan(
                cell.n, cell.ac, cell.re, SCHEME, counts="defects", letter=letter, letter_used=cell.letter, aql=aql
            )
            assert (passes_tighter(plan, 0) is not None) == (cell.ac >= 2)


def test_there_is_nothing_tighter_outside_the_normal_tables():
    assert passes_tighter(own_plan(50, 3, 4), 0) is None
    assert passes_tighter(plan_for(2_400, "II", "2.5", "tightened"), 0) is None
    assert passes_tighter(plan_for(2_000_000, "III", "0.010"), 0) is None
