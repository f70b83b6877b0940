"""The README beside the tables names a source for every table and gives the tables' own numbers."""

from __future__ import annotations

import re

import pytest

from wadah.cli.examples.tables import BATIK, NAMES, VEHICLE, folder, table


def readme(name):
    return (folder(name) / "README.md").read_text(encoding="utf-8")


def markdown_tables(text):
    """Each table as (the section around it, rows as dicts by column)."""
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        for block in re.findall(r"(?:^\|.*\n)+", section, flags=re.MULTILINE):
            cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.strip().split("\n")]
            yield section, [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def table_with(name, column):
    return next(rows for _, rows in markdown_tables(readme(name)) if column in rows[0])


def number(cell):
    return float(cell.replace(",", ""))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_names_its_source(name):
    found = list(markdown_tables(readme(name)))
    assert len(found) >= 3
    for section, rows in found:
        if "source" in rows[0]:
            assert all(row["source"] for row in rows), rows
        else:
            assert re.search(r"Source[: ]", section), section


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_in_the_readme_with_its_number_of_rows(name):
    said = {}
    for row in table_with(name, "table"):
        files = re.findall(r"`([a-z-]+)\.csv`", row["table"])
        said |= dict(zip(files, [int(cell) for cell in row["rows"].split(",")], strict=True))
    assert said == {path.stem: len(table(name, path.stem)) for path in folder(name).glob("*.csv")}


def test_the_totals_of_the_readme_are_those_of_the_table():
    for row in table_with(BATIK, "pupils of state schools"):
        rows = [school for school in table(BATIK, "schools") if row["level"] in {"all", school["level"].upper()}]
        assert number(row["schools"]) == sum(int(school["schools"]) for school in rows)
        assert number(row["pupils"]) == sum(int(school["pupils"]) for school in rows)
        state = sum(int(school["pupils"]) for school in rows if school["status"] == "state")
        assert number(row["pupils of state schools"]) == state


def test_the_readme_adds_up_the_heads():
    heads = sum(int(row[group]) for row in table(BATIK, "schools") for group in ("pupils", "teachers", "staff"))
    heads += sum(int(row["counted_heads"]) for row in table(BATIK, "offices") if row["used"] == "yes")
    assert f"Heads in all: {heads:,};" in readme(BATIK)


def test_the_minutes_of_the_readme_are_those_of_the_table():
    rows = {row["name_en"].lower(): row for row in table(VEHICLE, "operations")}
    shown = table_with(VEHICLE, "minutes a piece")
    assert {row["operation"] for row in shown} == set(rows)
    for row in shown:
        found = rows[row["operation"]]
        assert number(row["minutes a piece"]) == float(found["minutes_per_piece"])
        setup = found["setup_minutes"]
        assert row["median set-up"] == (f"{float(setup):g}" if setup else "not measured")


def test_the_kinds_of_lines_in_the_readme_are_those_of_the_table():
    shown = {row["kind"]: (int(row["lines"]), row["made or bought"]) for row in table_with(VEHICLE, "kind")}
    rows = table(VEHICLE, "parts-list")
    counted = {kind: [row for row in rows if row["kind"] == kind] for kind in {row["kind"] for row in rows}}
    assert shown == {kind: (len(found), found[0]["supply"]) for kind, found in counted.items()}
    made = [row for row in rows if row["supply"] == "made"]
    pieces = sum(int(row["quantity"]) for row in made)
    assert f"Of the 61 lines {len(made)} are made ({pieces} pieces a vehicle)" in readme(VEHICLE)


def test_what_is_invented_is_called_simulated():
    for name in NAMES:
        assert "**simulated**" in readme(name)
