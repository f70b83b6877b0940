"""The tables of bekasi-batik say what the published sources say, and mark what nobody published."""

from __future__ import annotations

from collections import Counter

import pytest

from wadah.cli.examples.batik_parts import person_minutes, steps
from wadah.cli.examples.tables import BATIK, table

WEEKS_A_MONTH = 52 / 12
PUBLISHED_CLOTHS_A_MONTH = (300, 2000)  # one small house elsewhere, one large workshop elsewhere


def totals(key, *columns):
    found = Counter()
    for row in table(BATIK, "schools"):
        for column in columns:
            found[row[key], column] += int(row[column])
    return found


@pytest.mark.parametrize(
    ("column", "published"), [("schools", 1197), ("pupils", 432_515), ("teachers", 21_800), ("staff", 5_787)]
)
def test_the_schools_add_up_to_the_published_totals(column, published):
    assert sum(int(row[column]) for row in table(BATIK, "schools")) == published


@pytest.mark.parametrize(
    ("level", "schools", "pupils"),
    [("sd", 637, 226_309), ("smp", 303, 96_541), ("sma", 115, 49_673), ("smk", 142, 59_992)],
)
def test_each_level_adds_up_to_its_published_totals(level, schools, pupils):
    found = totals("level", "schools", "pupils")
    assert (found[level, "schools"], found[level, "pupils"]) == (schools, pupils)


@pytest.mark.parametrize(("level", "pupils"), [("sd", 143_360), ("smp", 54_859), ("sma", 26_532), ("smk", 17_895)])
def test_the_pupils_of_state_schools_add_up_too(level, pupils):
    rows = [row for row in table(BATIK, "schools") if row["level"] == level and row["status"] == "state"]
    assert sum(int(row["pupils"]) for row in rows) == pupils


def test_there_are_56_kelurahan_in_12_kecamatan_and_every_school_lies_in_one():
    rows = table(BATIK, "kelurahan")
    codes = {row["code"] for row in rows}
    assert (len(codes), len({row["kecamatan_code"] for row in rows})) == (56, 12)
    assert {row["kelurahan_code"] for row in table(BATIK, "schools")} <= codes
    assert {row["kelurahan_code"] for row in table(BATIK, "groups")} <= codes


def test_schools_are_totals_and_no_school_is_named():
    rows = table(BATIK, "schools")
    keys = [(row["kelurahan_code"], row["level"], row["status"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert set(rows[0]) == {"kelurahan_code", "level", "status", "schools", "pupils", "teachers", "staff"}


def test_one_dated_figure_of_city_employees_is_used_and_teachers_are_left_out_of_it():
    used = [row for row in table(BATIK, "offices") if row["used"] == "yes"]
    assert len(used) == 1
    row = used[0]
    assert int(row["counted_heads"]) == int(row["employees"]) - int(row["of_whom_school_teachers"]) == 6_000
    assert row["source"]
    assert row["why"]


def test_each_head_is_asked_by_exactly_one_rule():
    rules = table(BATIK, "mandate")
    for row in table(BATIK, "schools"):
        state = "yes" if row["status"] == "state" else "no"
        for group in ("pupils", "teachers", "staff"):
            asked = [
                rule
                for rule in rules
                if rule["group"] == group and rule["level"] in {"", row["level"]} and rule["state"] in {"", state}
            ]
            assert len(asked) == 1, (row, group)


def test_pupils_are_a_scenario_and_offices_an_obligation():
    for rule in table(BATIK, "mandate"):
        if rule["group"] == "pupils":
            assert rule["obligation"] == "no", rule
        if rule["kind"] == "office":
            assert rule["obligation"] == "yes", rule
        assert rule["assumption"], rule


def test_six_groups_are_simulated_and_say_so_in_their_names():
    groups = table(BATIK, "groups")
    assert len(groups) == 6
    assert all(row["simulated"] == "yes" and "(simulasi)" in row["name"] for row in groups)


@pytest.mark.parametrize("group", table(BATIK, "groups"), ids=lambda row: row["code"])
def test_a_group_makes_as_many_cloths_a_month_as_published_for_others(group):
    minutes = sum(person_minutes(step, group) for step in steps()) / int(group["artisans"])
    cloths = int(group["hours_week"]) * 60 * WEEKS_A_MONTH / minutes
    low, high = PUBLISHED_CLOTHS_A_MONTH
    assert low <= cloths <= high


def test_a_groups_rates_lie_in_the_ranges_of_the_steps():
    ranges = {row["skill"]: (int(row["rate_low"]), int(row["rate_high"])) for row in table(BATIK, "steps")}
    for group in table(BATIK, "groups"):
        for column, skill in (("stamped_a_day", "batik_cap"), ("dyed_a_day", "batik_celup_lorod")):
            low, high = ranges[skill]
            assert low <= int(group[column]) <= high, (group["code"], column)


def test_only_some_motifs_are_licensed_to_all_six_groups():
    licensed = Counter(row["motif"] for row in table(BATIK, "licences"))
    assert max(licensed.values()) == 6
    assert min(licensed.values()) < 6
    assert set(licensed) == {row["motif"] for row in table(BATIK, "products")}
    assert set(licensed) <= {row["name"] for row in table(BATIK, "motifs")}
    assert all(row["simulated"] == "yes" for row in table(BATIK, "licences"))


def test_sources_on_motifs_disagree_and_stand_side_by_side():
    says = [row["says"] for row in table(BATIK, "motif-sources")]
    assert any("Sebelas" in text for text in says)
    assert any("Dua belas" in text for text in says)
    assert sum(row["listed_in"] == "pakem11" for row in table(BATIK, "motifs")) == 11
