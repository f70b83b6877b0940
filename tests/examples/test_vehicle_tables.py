"""The tables of pooled-vehicle: a real parts list, every line made or bought for a reason, times as published."""

from __future__ import annotations

from collections import Counter

import pytest

from wadah.catalogue.rules import find_loop
from wadah.cli.examples.tables import VEHICLE, assumed, assumptions, table
from wadah.cli.examples.vehicle_parts import (
    code_of,
    minutes_inside,
    operations,
    packs_needed,
    route,
    section_bom,
    stage_code,
    vehicle_parts,
    works,
)

PUBLISHED_MINUTES = {
    "turning_milling": (17.45, 227),
    "turning_milling_qc": (3.60, 74),
    "turning": (15.86, 156.5),
    "round_grinding": (14.28, 98),
    "flat_grinding": (3.20, None),
    "lapping": (3.65, None),
    "laser_marking": (1.07, None),
    "final_inspection": (4.85, None),
    "packing": (1.55, None),
}


def lines(supply=None):
    return [row for row in table(VEHICLE, "parts-list") if supply in {None, row["supply"]}]


def test_there_are_61_lines_and_at_least_15_are_made():
    assert len(lines()) == 61
    assert len(lines("made")) >= 15
    assert len(lines("made")) + len(lines("bought")) == 61


def test_every_line_says_in_both_languages_why_it_is_made_or_bought():
    assert all(len(row["reason"]) > 10 and len(row["reason_en"]) > 10 for row in lines())


@pytest.mark.parametrize(
    ("ref", "quantity", "pack"), [("B1", 228, 100), ("S6", 30, 2), ("S30", 6, 2), ("E20", 5, 1), ("B10", 16, 25)]
)
def test_quantities_and_packs_are_those_of_the_published_list(ref, quantity, pack):
    row = next(row for row in lines() if row["ref"] == ref)
    assert (int(row["quantity"]), int(row["pack_size"])) == (quantity, pack)


def test_the_sections_together_hold_exactly_the_published_quantity_of_each_line():
    found = Counter()
    for row in table(VEHICLE, "section-lines"):
        found[row["ref"]] += int(row["quantity"])
    assert found == {row["ref"]: int(row["quantity"]) for row in lines()}


def test_a_share_of_a_line_of_several_sections_is_marked_as_assumed():
    sections = Counter(row["ref"] for row in table(VEHICLE, "section-lines"))
    for row in table(VEHICLE, "section-lines"):
        if sections[row["ref"]] > 1:
            assert row["share"] == "assumed", row


@pytest.mark.parametrize(("code", "published"), PUBLISHED_MINUTES.items())
def test_minutes_and_setups_are_the_published_ones(code, published):
    row = operations()[code]
    minutes, setup = published
    assert float(row["minutes_per_piece"]) == minutes
    assert (float(row["setup_minutes"]) if row["setup_minutes"] else None) == setup


def test_rejection_is_the_published_share_sent_to_review():
    assert float(operations()["turning_milling_qc"]["rejection_rate"]) == 0.0115
    assert works()["RV-S12/milled"].yield_rate == pytest.approx(1 - 0.0115)


def test_every_made_line_goes_through_operations_of_the_published_log():
    for row in lines("made"):
        steps = route(row["kind"])
        assert len(steps) >= 2, row["ref"]
        for step in steps:
            assert set(step["operations"].split("+")) <= set(operations())


def test_a_step_that_another_workshop_could_do_is_a_part_of_its_own():
    bom = {spec.code: spec.bom for spec in vehicle_parts()}
    assert bom["RV-S12"] == (("RV-S12/lapped", 1),)
    assert bom["RV-S12/lapped"] == (("RV-S12/milled", 1),)
    assert bom["RV-S12/milled"] == ()


def test_the_vehicle_is_three_levels_deep_or_more_and_has_no_loop():
    bom = {spec.code: [code for code, _ in spec.bom] for spec in vehicle_parts()}

    def depth(code):
        return 1 + max((depth(below) for below in bom[code]), default=0)

    assert find_loop(bom) is None
    assert depth("RV") >= 4
    assert {"RV-BODY", "RV-ELEC"} <= set(bom["RV"])
    assert "RV-PCB" in bom["RV-ELEC"]


def test_everything_made_reaches_the_vehicle_in_the_published_quantity():
    needed = Counter({"RV": 1})
    for spec in reversed(vehicle_parts()):  # components come before what holds them
        for code, quantity in spec.bom:
            needed[code] += quantity * needed[spec.code]
    for row in lines():
        assert needed[code_of(row["ref"])] == int(row["quantity"]), row["ref"]


def test_bought_lines_come_in_whole_packs_that_cover_the_order_and_no_more_than_that():
    vehicles = assumed(VEHICLE, "vehicles")
    for row in lines("bought"):
        need, pack = int(row["quantity"]) * vehicles, int(row["pack_size"])
        held = packs_needed(row, vehicles) * pack
        assert need <= held < need + pack, row["ref"]


def test_a_bought_line_that_does_not_divide_is_rounded_up_to_a_pack():
    assert packs_needed({"quantity": "5", "pack_size": "4"}, 3) == 4


def test_every_workshop_is_simulated_and_has_ten_to_forty_hours_and_one_to_three_skills():
    for row in table(VEHICLE, "workshops"):
        assert row["simulated"] == "yes"
        assert "(simulasi)" in row["name"]
        assert 10 <= int(row["hours_week"]) <= 40
        assert 1 <= len(row["skills"].split(";")) <= 3
    assert 60 <= len(table(VEHICLE, "workshops")) <= 120


def test_an_approval_is_only_for_a_workshop_that_has_the_skill():
    skills = {row["code"]: row["skills"].split(";") for row in table(VEHICLE, "workshops")}
    for row in table(VEHICLE, "approvals"):
        assert works()[row["part"]].skill in skills[row["workshop"]], row
        assert row["simulated"] == "yes"


def test_every_made_part_has_four_approved_workshops_or_more():
    approved = Counter(row["part"] for row in table(VEHICLE, "approvals"))
    assert set(approved) == set(works())
    assert min(approved.values()) >= 4


def test_assembly_minutes_follow_from_the_assumptions():
    fastener, piece = float(assumptions(VEHICLE)["fastener_minutes"]), float(assumptions(VEHICLE)["piece_minutes"])
    kind = {row["ref"]: row["kind"] for row in lines()}
    for section in table(VEHICLE, "sections"):
        held = [row for row in table(VEHICLE, "section-lines") if code_of(row["section"]) == section["code"]]
        if held:
            minutes = sum(
                int(row["quantity"]) * (fastener if kind[row["ref"]] == "fastener" else piece) for row in held
            )
            assert float(section["minutes_per_piece"]) == minutes, section["code"]


def test_work_inside_a_section_is_its_own_and_that_of_all_it_holds():
    held = sum(quantity * minutes_inside(code) for code, quantity in section_bom()["RV-ROCKER"])
    assert minutes_inside("RV-ROCKER") == works()["RV-ROCKER"].minutes + held
    line = next(row for row in lines() if row["ref"] == "S7")
    stages = [works()[stage_code("RV-S7", step)].minutes for step in route(line["kind"])]
    assert minutes_inside("RV-S7") == pytest.approx(sum(stages))


def test_the_order_is_for_a_hundred_vehicles():
    assert sum(int(row["vehicles"]) for row in table(VEHICLE, "order")) == assumed(VEHICLE, "vehicles") == 100
