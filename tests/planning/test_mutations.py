"""A valid plan, broken in one named way at a time: the referee names the rule and the two numbers each time."""

import math
from dataclasses import replace

import pytest

from planning.rich import PLAN, PROBLEM, ROWS, added, also, changed
from wadah.planning.plan import Prices, priced, text, violations
from wadah.planning.problem import Calendar, Lot, Order, Part, Problem

# name: mutant, rules broken (all of them), what is found, what the rule allows
ROW_MUTANTS = {
    "too few bolts for the brackets": (changed("make", ("BOLT", "SARI", 0, 30.0)), "§1", -1, 0),
    "bolts made after the lead time began": (
        changed("make", ("BOLT", "SARI", 0, None), ("BOLT", "SARI", 1, 60.0)),
        "§1",
        -28,
        0,
    ),
    "delivered before it is made": (changed("deliver", ("CAR", 1, 17.0), ("CAR", 2, None)), "§1", -1, 0),
    "more hours than there are": (
        also(changed("make", ("FILM", "KARIM", 1, 60.0)), "overtime", ("KARIM", 1, 37.0)),
        "§2",
        77,
        48,
    ),
    "overtime left out": (changed("overtime", ("TINI", 2, None)), "§2", 0, 2),
    "more overtime than is worked": (changed("overtime", ("TINI", 2, 3.0)), "§2", 3, 2),
    "overtime while regular hours are left": (added("overtime", ("SARI", 1, 1.0)), "§2", 1, 0),
    "a lot under the minimum": (changed("make", ("BOLT", "SARI", 0, 50.0), ("BOLT", "SARI", 1, 10.0)), "§3", 10, 20),
    "a lot over the most allowed": (changed("make", ("BOLT", "SARI", 0, 61.0)), "§3", 61, 60),
    "a lot when the approval has ended": (added("make", ("BOLT", "SARI", 2, 20.0)), "§3", 20, 0),
    "half a cloth started": (changed("make", ("BATIK", "KARIM", 1, 2.5)), "§4", 2.5, 2),
    "half a bracket delivered": (changed("deliver", ("CAR", 1, 13.5), ("CAR", 2, 3.5)), "§4", 13.5, 14),
    "half a fish scrapped": (changed("scrap", ("FISH", 0, 2.5), ("FISH", 1, 0.5)), "§4 §10", 2.5, 2),
    "pieces of an order forgotten": (changed("short", ("CAR", 1.0)), "§5", 19, 20),
    "a short row left out": (changed("short", ("CAR", None)), "§5", 18, 20),
    "more delivered than ordered": (changed("deliver", ("CLOTH-2", 3, 3.0)), "§1 §5 §7", 3, 2),
    "delivered before the earliest period": (
        also(
            changed("make", ("FILM", "KARIM", 1, None), ("FILM", "KARIM", 0, 2.5)),
            "deliver",
            ("AD", 1, None),
            ("AD", 0, 2.5),
        ),
        "§5",
        2.5,
        1,
    ),
    "late where late is forbidden": (changed("deliver", ("MEAL", 2, None), ("MEAL", 3, 10.0)), "§5", 10, 2),
    "short where short is forbidden": (
        also(changed("deliver", ("CLOTH-1", 2, 2.0)), "short", ("CLOTH-1", 1.0)),
        "§5",
        1,
        0,
    ),
    "three of an order that leaves whole": (
        also(changed("deliver", ("JIG", 3, 3.0)), "short", ("JIG", 1.0)),
        "§5",
        3,
        4,
    ),
    "an order that leaves whole in two halves": (changed("deliver", ("JIG", 2, 2.0), ("JIG", 3, 2.0)), "§5", 2, 1),
    "more than a workshop's share": (
        also(
            changed("make", ("BRACKET", "KARIM", 1, 20.0), ("BRACKET", "TINI", 2, None)),
            "overtime",
            ("TINI", 2, None),
        ),
        "§6",
        20,
        14.4,
    ),
    "no workshop for a single-source order": (
        replace(ROWS, assign=(("CLOTH-2", "KARIM"),)),
        "§7",
        3,
        None,
    ),
    "a single-source order with the wrong workshop": (
        replace(ROWS, assign=(("CLOTH-1", "KARIM"), ("CLOTH-2", "KARIM"))),
        "§7",
        5,
        2,
    ),
    "a single-source order with a workshop that can't": (
        replace(ROWS, assign=(("CLOTH-1", "SARI"), ("CLOTH-2", "KARIM"))),
        "§7",
        None,
        None,
    ),
    "a workshop for an order that needs none": (added("assign", ("JIG", "TINI")), "§7", None, None),
    "cloth of another workshop lent to an order": (
        changed("deliver", ("CLOTH-1", 2, None), ("CLOTH-1", 1, 3.0)),
        "§7",
        3,
        1,
    ),
    "less than promised": (changed("make", ("BRACKET", "TINI", 1, 3.0)), "§9", 3, 4),
    "a promise forgotten": (
        also(
            changed("make", ("BRACKET", "TINI", 1, None), ("BRACKET", "TINI", 2, 12.0)),
            "overtime",
            ("TINI", 2, 8.0),
        ),
        "§1 §9",
        0,
        4,
    ),
    "fish kept too long": (changed("scrap", ("FISH", 0, None)), "§10", 3, 0),
    "fish caught two periods early": (
        also(
            changed("make", ("FISH", "TINI", 2, None), ("FISH", "TINI", 0, 10.0)),
            "overtime",
            ("TINI", 2, None),
        ),
        "§10",
        10,
        0,
    ),
    "bolts scrapped that would keep for ever": (added("scrap", ("BOLT", 3, 2.0)), "§10", 2, 0),
}

UNREADABLE = {
    "a lot given twice": (added("make", ("BOLT", "SARI", 0, 1.0)), "BOLT, SARI, 0", None),
    "a lot given twice, once with a decimal point": (
        added("make", ("BOLT", "SARI", 0.0, 1.0)),
        "BOLT, SARI, 0.0",
        None,
    ),
    "a delivery given twice": (added("deliver", ("JIG", 3, 0.0)), "JIG, 3", None),
    "a short row given twice": (added("short", ("CAR", 2.0)), "CAR", None),
    "scrap given twice": (added("scrap", ("FISH", 0, 3.0)), "FISH, 0", None),
    "overtime given twice": (added("overtime", ("TINI", 2, 2.0)), "TINI, 2", None),
    "two workshops for one order": (added("assign", ("CLOTH-1", "KARIM")), "CLOTH-1", None),
    "a part that isn't in the problem": (added("make", ("SCREW", "SARI", 0, 1.0)), "SCREW", "part"),
    "a workshop that isn't in the problem": (added("overtime", ("RUDI", 0, 1.0)), "RUDI", "workshop"),
    "an order that isn't in the problem": (added("deliver", ("BUS", 0, 1.0)), "BUS", "order"),
    "a number for a name": (added("short", (7, 1.0)), 7, "order"),
    "pieces where there is no capability": (added("make", ("BRACKET", "SARI", 0, 6.0)), 6, 0),
    "half a period": (added("make", ("BOLT", "SARI", 1.5, 20.0)), 1.5, 3),
    "a period after the last": (added("deliver", ("CAR", 4, 1.0)), 4, 3),
    "a period before the first": (added("scrap", ("FISH", -1, 1.0)), -1, 3),
    "a period in words": (added("scrap", ("FISH", "two", 1.0)), "two", 3),
    "no number at all": (added("scrap", ("FISH", 1, math.nan)), math.nan, 0),
    "less than nothing": (added("make", ("BOLT", "SARI", 1, -1e-9)), -1e-9, 0),
    "more than any number": (added("deliver", ("CAR", 0, math.inf)), math.inf, 0),
    "yes for a number": (added("short", ("JIG", True)), True, 0),
    "a row without its quantity": (added("make", ("BOLT", "SARI", 1)), 9, 4),
    "a price for a workshop that isn't there": (
        replace(ROWS, prices=Prices(hours=(("RUDI", 0, 1.0),))),
        "RUDI",
        "workshop",
    ),
    "a price that is no number": (replace(ROWS, prices=Prices(parts=(("BOLT", 0, math.nan),))), math.nan, -math.inf),
}

COST = PLAN.cost
OBJECTIVE = PLAN.objective

CLAIMS = {
    "a better objective than the rows have": (replace(PLAN, objective=OBJECTIVE * 0.99), OBJECTIVE * 0.99, OBJECTIVE),
    "no objective": (replace(PLAN, objective=None), None, OBJECTIVE),
    "a workshop engaged for nothing": (replace(PLAN, cost=COST | {"engage": 100.0}), 100, 150),
    "a set-up not paid for": (replace(PLAN, cost=COST | {"setup": 0.0}), 0, 30),
    "overtime not paid for": (replace(PLAN, cost=COST | {"overtime": 0.0}), 0, 200),
    "lateness not paid for": (replace(PLAN, cost=COST | {"late": 0.0}), 0, 5),
    "fairness not paid for": (replace(PLAN, cost=COST | {"fairness": 0.0}), 0, 680),
    "change not paid for": (replace(PLAN, cost=COST | {"change": 0.0}), 0, 35),
    "no costs by kind": (replace(PLAN, cost={}), 0, 1000),
    "a kind of cost that there isn't": (replace(PLAN, cost=COST | {"tea": 0.0}), "tea", ", ".join(COST)),
    "a cost that is no number": (replace(PLAN, cost=COST | {"make": math.nan}), math.nan, COST["make"]),
    "a smaller gap than there is": (replace(PLAN, gap=PLAN.gap / 2), PLAN.gap / 2, PLAN.gap),
    "no gap": (replace(PLAN, gap=None), None, PLAN.gap),
    "a bound above the objective": (replace(PLAN, bound=OBJECTIVE + 1, gap=0.0), OBJECTIVE + 1, OBJECTIVE),
    "a bound below zero": (priced(PROBLEM, replace(PLAN, bound=-1.0)), -1, 0),
    "a bound that is no number": (replace(PLAN, bound=math.nan), math.nan, 0),
    "optimal with a gap": (replace(PLAN, status="optimal"), PLAN.gap, 1e-6),
    "a status that there isn't": (replace(PLAN, status="perfect"), "perfect", "optimal, feasible, infeasible, none"),
    "no plan, but an objective": (replace(PLAN, status="none", gap=None), OBJECTIVE, "none"),
    "infeasible, but with a gap": (replace(PLAN, status="infeasible", objective=None), PLAN.gap, "infeasible"),
}


def rules(found):
    return {violation.rule for violation in found}


def names(found, number, limit):
    """Whether some violation carries exactly these two values, NaN included."""
    return any(same(violation.found, number) and same(violation.limit, limit) for violation in found)


def same(one, other):
    if isinstance(one, float | int) and isinstance(other, float | int) and not isinstance(one, bool):
        return (math.isnan(one) and math.isnan(other)) or one == pytest.approx(other, rel=1e-9)
    return one == other


def test_the_unmutated_plan_is_accepted():
    assert violations(PROBLEM, PLAN) == ()


@pytest.mark.parametrize("name", ROW_MUTANTS)
def test_a_broken_rule_is_named_with_its_numbers(name):
    mutant, broken, number, limit = ROW_MUTANTS[name]
    found = violations(PROBLEM, priced(PROBLEM, mutant))
    assert rules(found) == set(broken.split())
    assert names(found, number, limit), found


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_row_that_cannot_be_read_is_named(name):
    mutant, number, limit = UNREADABLE[name]
    found = violations(PROBLEM, mutant)
    assert rules(found) == {"rows"}
    assert names(found, number, limit), found


@pytest.mark.parametrize("name", CLAIMS)
def test_a_false_claim_is_named_with_the_true_number(name):
    mutant, number, limit = CLAIMS[name]
    found = violations(PROBLEM, mutant)
    assert rules(found) == {"objective"}
    assert names(found, number, limit), found


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", [*ROW_MUTANTS, *UNREADABLE, *CLAIMS])
def test_every_violation_is_a_sentence_in_both_languages(name, language):
    mutant = (ROW_MUTANTS | UNREADABLE | CLAIMS)[name][0]
    for violation in violations(PROBLEM, mutant):
        sentence = text(violation, language)
        assert sentence.startswith(violation.rule + ": ")
        assert "None" not in sentence or violation.found is None
        who = violation.order or violation.workshop or violation.part
        assert who is None or who in sentence


def test_fewer_sources_than_asked_are_named():
    demanding = replace(PROBLEM, parts=(replace(PROBLEM.parts[0], min_sources=3), *PROBLEM.parts[1:]))
    found = violations(demanding, PLAN)
    assert rules(found) == {"§6"}
    assert names(found, 2, 3)


def test_a_promise_on_a_pair_that_is_no_capability_cannot_be_kept():
    promised = replace(PROBLEM, committed=(*PROBLEM.committed, Lot("BRACKET", "SARI", 1, 1.0)))
    found = violations(promised, PLAN)
    assert rules(found) == {"§9"}
    assert names(found, 0, 1)


@pytest.mark.parametrize("status", ["none", "infeasible"])
def test_a_plan_cannot_be_impossible_where_idling_is_one(status):
    free = Problem(
        Calendar(PROBLEM.calendar.start, 2), parts=(Part("BOLT"),), orders=(Order("O", "BOLT", 1.0, 0, 5.0),)
    )
    found = violations(free, replace(ROWS, status=status))
    assert rules(found) == {"objective"}
    assert names(found, status, None)


@pytest.mark.parametrize("status", ["none", "infeasible"])
def test_rows_are_not_judged_where_there_is_no_plan(status):
    assert violations(PROBLEM, replace(added("make", ("SCREW", "RUDI", 9, -1.0)), status=status)) == ()
