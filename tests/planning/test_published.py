"""The readers of published formats: sizes, mapping, and texts of the wrong format."""

from __future__ import annotations

import pytest

from planning.published import assignment, location, lotsizing, multilevel
from wadah.planning.errors import ProblemError
from wadah.planning.messages import text
from wadah.planning.problem import Capability, Order, Part, Workshop
from wadah.planning.published import read_diaz, read_gap, read_holmberg, read_td1996, read_trigeiro

SMALL_GAP = "2 3  1 2 3  4 5 6  7 8 9  10 11 12  20 30"


def test_a_job_is_an_order_of_one_piece_and_an_agent_a_workshop():
    (problem,) = read_gap(SMALL_GAP)
    assert problem.periods == 1
    assert problem.workshop["agent-2"] == Workshop("agent-2", (30.0,), (0.0,))
    assert problem.capability["job-3", "agent-2"] == Capability("job-3", "agent-2", 12.0, cost_per_unit=6.0)
    assert problem.order["job-1"] == Order("job-1", "job-1", 1.0, 0, None, late_cost=None)


def test_a_file_of_several_problems_gives_them_all():
    problems = read_gap(f"2\n{SMALL_GAP}\n{assignment.GAP1_0}")
    assert [len(problem.capabilities) for problem in problems] == [6, 75]


def test_both_location_formats_mean_the_same():
    diaz = read_diaz("3 2  1 4  2 5  3 6  7 8 9  50 60  20 30")
    holmberg = read_holmberg("2 3  20 50  30 60  7 8 9  1 2 3  4 5 6")
    assert diaz == holmberg
    assert diaz.workshop["agent-2"] == Workshop("agent-2", (30.0,), (0.0,), engage_cost=60.0)
    assert diaz.capability["job-3", "agent-2"] == Capability("job-3", "agent-2", 9.0, cost_per_unit=6.0)


def test_what_fills_a_file_up_behind_its_numbers_is_left_alone():
    assert read_gap(SMALL_GAP + "\x1a\x00\x00 39.") == read_gap(SMALL_GAP)


def test_a_demand_is_an_order_for_its_own_period():
    problem = read_trigeiro("2 2\n1\n100\n1 3 10 500\n2 4 20 600\n0 7\n8 9\nBi hi su su\ntime cost")
    assert problem.part["item-2"] == Part("item-2", integer=False, holding_cost=4.0)
    assert problem.workshops == (Workshop("machine-1", (100.0, 100.0), (0.0, 0.0)),)
    assert problem.capabilities[1] == Capability("item-2", "machine-1", 2.0, setup_hours=20.0, setup_cost=600.0)
    assert [(order.part, order.quantity, order.earliest, order.due) for order in problem.orders] == [
        ("item-2", 7.0, 0, 0),
        ("item-1", 8.0, 1, 1),
        ("item-2", 9.0, 1, 1),
    ]


def test_demands_of_more_than_fifteen_items_stand_in_blocks():
    rows = "\n".join("1 1 1 1" for _ in range(17))
    first, second = " ".join(["5"] * 15), "6 7"
    problem = read_trigeiro(f"17 2\n1\n900\n{rows}\n{first}\n{first}\n{second}\n{second}")
    assert [order.quantity for order in problem.orders] == [*[5.0] * 15, 6.0, 7.0] * 2


def test_items_of_several_levels_keep_their_machine_and_full_holding_cost():
    problem = read_td1996(multilevel.G0, multilevel.G0041111, multilevel.DEMAND_041_1)
    assert problem.part["item-2"].bom == (("item-5", 1.0), ("item-6", 1.0))
    assert problem.part["item-2"].holding_cost == 7.0
    assert problem.capability["item-10", "machine-3"].setup_cost == 115.0
    assert {order.part for order in problem.orders} == {"item-1", "item-2", "item-3", "item-4"}
    assert problem.workshop["machine-1"].overtime_hours == (0.0,) * 4


def test_overtime_is_enough_to_make_everything_in_one_period():
    texts = ("2\n1 5 1 0 0 1 1 2\n2 3 1 0 0 1 1 1\n1 2 3 0\n0", TIMES, "9\n1 10\n2 0")
    problem = read_td1996(*texts, overtime_cost=10_000.0)
    (shop,) = problem.workshops
    assert shop.overtime_cost == 10_000.0
    assert shop.overtime_hours == (10 * 2 + 5 + 30 * 1 + 3,) * 2


TIMES = (
    "Problem instance: X1\nPeriods 2 Products 2 Resources 1\nSetup costs\n4\n5\nHolding costs\n2\n1\nCapacities\n6 7"
)


READERS = [
    (read_gap, "words", "published_text"),
    (read_gap, "", "published_short"),
    (read_gap, SMALL_GAP + " 1", "published_short"),
    (read_gap, "1 " + SMALL_GAP + " 9", "published_left"),
    (read_gap, "2.5 3", "published_size"),
    (read_holmberg, location.DIAZ_1[:200], "published_short"),
    (read_holmberg, "0 3", "published_size"),
    (read_diaz, "3 2  1 4  2 5  3 6  7 8 9  50 60  20 30  1 2 3", "published_left"),
    (read_trigeiro, lotsizing.F4.replace("728", "one"), "published_short"),
    (read_trigeiro, assignment.GAP1_0, "published_left"),
    (lambda words: read_td1996(words, multilevel.G0041111, ""), SMALL_GAP, "published_size"),
    (lambda words: read_td1996(words, multilevel.G0041111, ""), "2\n1 0 1 0 0", "published_short"),
    (lambda words: read_td1996(multilevel.G0, words, ""), "Periods 4", "published_size"),
    (lambda words: read_td1996(multilevel.G0, multilevel.G0041111, words), "1 2 3 4 1", "published_short"),
]


@pytest.mark.parametrize(("read", "words", "code"), READERS)
def test_a_text_of_another_format_is_refused_in_both_languages(read, words, code):
    with pytest.raises(ProblemError) as caught:
        read(words)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert text(caught.value.faults[0], "id") != text(caught.value.faults[0], "en")


def test_a_figure_that_the_planner_refuses_is_refused():
    with pytest.raises(ProblemError) as caught:
        read_gap(SMALL_GAP.replace("20 30", "20 -30"))
    assert [fault.code for fault in caught.value.faults] == ["too_small"]
