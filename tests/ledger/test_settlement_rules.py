"""The waterfall of a settlement: nothing is lost, nobody goes below zero, nothing is taken beyond what was agreed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wadah.ledger.rules.settlement import (
    Late,
    Standing,
    Terms,
    mandatory_months,
    penalty_of,
    percent_down,
    settle,
    settled_lines,
)

FIRST = date(2026, 1, 1)
rupiah = st.integers(0, 10**9)
percent = st.decimals(0, 100, places=3)
standings = st.builds(
    Standing,
    work=st.integers(-(10**8), 10**9),
    penalty=st.integers(-(10**6), 10**7),
    owed=rupiah,
    advances=st.lists(st.integers(1, 10**8), max_size=4).map(tuple),
    recovery_percent=percent,
    mandatory_due=st.integers(0, 10**7),
    voluntary_percent=percent,
)


@given(standings)
def test_every_rupiah_goes_somewhere_and_nothing_is_below_zero(standing):
    share = settle(standing)
    parts = share.carried_in, *share.recoveries, share.mandatory, share.voluntary, share.net, share.carried_out
    assert min(parts) >= 0
    taken = share.carried_in + share.recovered + share.mandatory + share.voluntary
    assert standing.work - standing.penalty + share.carried_out == taken + share.net
    assert share.carried_out == 0 or share.net == taken == 0
    lines = settled_lines(ikm=1, share=share)
    assert sum(line.debit for line in lines) == sum(line.credit for line in lines)


@given(standings)
def test_nothing_is_taken_beyond_what_is_owed_or_was_agreed(standing):
    share = settle(standing)
    assert share.carried_in <= standing.owed
    assert share.mandatory <= standing.mandatory_due
    assert len(share.recoveries) == len(standing.advances)
    assert all(taken <= left for taken, left in zip(share.recoveries, standing.advances, strict=True))
    assert share.recovered * 100 <= max(standing.work, 0) * standing.recovery_percent
    older_first = [taken < left for taken, left in zip(share.recoveries, standing.advances, strict=True)]
    assert all(not later for short, later in zip(older_first, share.recoveries[1:], strict=False) if short)


@given(standings, st.integers(1, 10**6))
@example(
    Standing(work=0, penalty=-1, advances=(3,), recovery_percent=Decimal("4.226"), voluntary_percent=Decimal("96.479")),
    71,
)
def test_more_work_never_leaves_a_member_less(standing, more):
    """In hand and saved together; in hand alone too, up to the rupiah that rounding moves, unless what is recovered and
    saved of each rupiah is more than the rupiah."""
    before, after = settle(standing), settle(replace(standing, work=standing.work + more))
    assert theirs(after) >= theirs(before)
    if standing.recovery_percent + standing.voluntary_percent <= 100:
        assert after.net >= before.net - 1


def theirs(share):
    return share.net + share.mandatory + share.voluntary


def test_what_is_taken_off_comes_in_the_order_that_was_agreed():
    standing = Standing(
        work=1_000_000,
        penalty=20_000,
        owed=80_000,
        advances=(150_000, 500_000),
        recovery_percent=Decimal(30),
        mandatory_due=50_000,
        voluntary_percent=Decimal(10),
    )
    share = settle(standing)
    assert (share.carried_in, share.recoveries) == (80_000, (150_000, 150_000))
    assert (share.mandatory, share.voluntary, share.net) == (50_000, 100_000, 450_000)
    poor = settle(replace(standing, work=130_000))
    assert (poor.carried_in, poor.recoveries, poor.mandatory, poor.voluntary, poor.net) == (
        80_000,
        (30_000, 0),
        0,
        0,
        0,
    )


def test_pieces_that_came_back_are_owed_and_nothing_is_taken():
    share = settle(
        Standing(work=-45_000, owed=10_000, advances=(5_000,), mandatory_due=9, voluntary_percent=Decimal(5))
    )
    assert (share.carried_out, share.carried_in, share.recovered, share.mandatory, share.net) == (45_000, 0, 0, 0, 0)


@pytest.mark.parametrize(("amount", "part"), [(999, "50"), (1, "99.999"), (0, "50"), (-500, "50"), (1_000, "33.333")])
def test_a_part_rounded_down_is_never_more_than_the_part(amount, part):
    down = percent_down(amount, Decimal(part))
    assert down * 100 <= max(amount, 0) * Decimal(part) < (down + 1) * 100


RULE = Terms(FIRST, penalty_percent_week=Decimal(2), penalty_cap_percent=Decimal(5))


def test_late_pieces_cost_by_the_rule_of_the_day_they_came():
    late = [Late(100_000, 1, FIRST), Late(100_000, 9, FIRST), Late(100_000, 1, date(2025, 12, 31))]
    assert penalty_of(late, [RULE]) == 2_000 + 5_000
    assert penalty_of(late, []) == 0
    harder = replace(RULE, valid_from=date(2026, 6, 1), penalty_percent_week=Decimal(3))
    assert penalty_of([Late(100_000, 1, date(2026, 6, 1))], [RULE, harder]) == 3_000


def test_a_penalty_is_given_back_with_the_pieces():
    assert penalty_of([Late(-40_000, 2, FIRST)], [RULE]) == -1_600
    assert settle(Standing(work=-40_000, penalty=-1_600)).carried_out == 38_400


def test_mandatory_savings_are_asked_for_each_month_by_the_terms_of_its_first_day():
    terms = [
        Terms(date(2026, 2, 10), mandatory_rupiah_month=10_000),
        Terms(date(2026, 5, 1), mandatory_rupiah_month=15_000),
    ]
    assert mandatory_months(terms, FIRST, date(2026, 6, 30)) == 2 * 10_000 + 2 * 15_000
    assert mandatory_months(terms, date(2026, 5, 20), date(2026, 5, 31)) == 15_000
    assert mandatory_months([], FIRST, date(2026, 6, 30)) == 0
