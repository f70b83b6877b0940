"""Bytes from anywhere: read within limits, or refused with where and what; never an error of another kind."""

import contextlib
import json
import tomllib
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wadah.api.rules import (
    BYTES_MAX,
    ComponentDraft,
    Fields,
    PartDraft,
    WorkshopDraft,
    code_proposal,
    document_kind,
    document_read,
    document_write,
    filled_codes,
    part_draft,
    workshop_draft,
)
from wadah.base.errors import Refused

MANIFEST = b'okhv = "2.4"\nname = "Bush"\nfunction = "damps"\nlicensor = "Somebody"\n'


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "", "empty"),
        (b" \n", "", "empty"),
        (b"x" * (BYTES_MAX + 1), "", "larger than 1 MB"),
        (b"a: &a [1]\n", "okh.yml", "YAML"),
        (b'name = "\xff"', "", "Byte 9 isn't UTF-8"),
        (b'{"name": 1,\n "a" 2}', "", "Line 2, column 6: this is no JSON"),
        (b'name = "a"\nb = \n', "", "Line 2, column 5: this is no TOML"),
        (b'{"a": 1, "a": 2}', "", "“a” stands there twice"),
        (b'{"a": NaN}', "", "“NaN” is no number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "", "too long"),
        (b"a = " + b"9" * 5000, "", "can't be read"),
        (b'{"a": 1e99999999999999999999}', "", "too long"),
        (b"a = 1e-99999999999999999999", "", "can't be read"),
        (b"[" * 100_000, "", "nested too deeply"),
        (b"a = " + b"[" * 100_000, "", "nested too deeply"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "", "nested too deeply"),
        (b".".join([b"a"] * 400) + b" = 1", "", "nested too deeply"),
        (b"[1, 2]", "", "holds 2 records"),
        (b"[1]", "", "one object with named fields"),
        (b'{"a": [' + b"1," * 20_001 + b"1]}", "", "more than 20000 values"),
        (b'{"a": {"b": "\\u0000"}}', "", "“a.b” holds a sign that no text has"),
        (b'{"a": "\\ud800"}', "", "“a” holds a sign"),
        (b'{"a": "' + b"x" * 20_001 + b'"}', "", "longer than 20000 signs"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(content, name, said):
    with pytest.raises(Refused, match=said):
        document_read(content, name)


def test_both_forms_give_the_same_values():
    toml = b'\xef\xbb\xbf[wadah]\nquantity = 0.333333\ncode = "A"\n'
    assert document_read(toml) == document_read(b'[{"wadah": {"quantity": 0.333333, "code": "A"}}]')
    assert document_read(toml)["wadah"]["quantity"] == Decimal("0.333333")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_be_read_or_refused(content):
    with contextlib.suppress(Refused):
        assert isinstance(document_read(content), dict)


NAMES = st.sampled_from(
    [
        *("okhv", "name", "part", "sub_parts", "quantity", "unit", "wadah", "bom", "steps", "code", "skill"),
        *("equipment", "location", "address", "contact", "gps_coordinates", "minutes", "machines", "floor_size"),
        *("manufacturing_processes", "human_capacity", "headcount"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(NAMES, below, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, JSON, max_size=5))
def test_no_document_does_anything_but_be_drafted_or_refused(values):
    for draft_of in (part_draft, workshop_draft):
        try:
            found = draft_of(document_read(json.dumps(values).encode()))
        except Refused:
            continue
        assert isinstance(found, PartDraft | WorkshopDraft)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8, alphabet=st.characters(exclude_categories=["Cs", "Cc"])),
        st.text(max_size=30, alphabet=st.characters(exclude_categories=["Cs"])).filter(bool)
        | st.integers(-(10**12), 10**12)
        | st.booleans(),
        max_size=6,
    )
)
def test_what_is_written_as_toml_reads_the_same(values):
    text = document_write({"a": values, "rows": [values, values]}, "toml")
    expected = {"a": values, "rows": [values, values]} if values else {"rows": [{}, {}]}
    assert tomllib.loads(text) == expected


def test_a_document_says_by_its_fields_what_it_is_about():
    assert document_kind(document_read(MANIFEST)) == "part"
    assert document_kind({"name": "x", "facilityStatus": "Active"}) == "workshop"
    with pytest.raises(Refused, match="neither"):
        document_kind({"name": "x"})


def test_what_nobody_asks_for_is_left_over_with_its_place_and_without_personal_data():
    top = Fields(
        {
            "name": "A",
            "Name": "B",
            "contact": {"mobile": "0812"},
            "rows": [{"a": 1, "b": [1, 2]}],
            "mass": Decimal("1.5"),
        }
    )
    assert top.text("name") == "A"
    assert [row.whole("a") for row in top.many("rows")] == [1]
    assert [(found.path, found.value) for found in top.unread()] == [
        ("Name", "B"),
        ("contact.mobile", "personal, not kept"),
        ("mass", "1.5"),
        ("rows[1].b", "1, 2"),
    ]


def test_a_manifest_of_another_hand_gives_its_components_with_their_quantities():
    draft = part_draft(
        {
            "okhv": "OKH-LOSHv1.0",
            "title": "Bracket",
            "function": "holds",
            "licensor": {"name": "Workshop Somewhere", "email": "a@example.org"},
            "license": {"hardware": "CERN-OHL-S-2.0", "software": "MIT"},
            "tsdc": ["CNC", "ANO"],
            "sub_parts": [
                {"name": "Plate", "quantity": "2.5", "unit": "kg"},
                {"name": "Screw", "quantity": 4, "unit": "pcs", "reference": "M8"},
                {"name": "screw", "quantity": 2, "unit": "items"},
                {"name": "Oil", "unit": "barrel"},
            ],
        }
    )
    assert draft.name == "Bracket"
    assert draft.components == (
        ComponentDraft("Plate", Decimal("2.5"), unit="kg", integer=False),
        ComponentDraft("screw", Decimal(6)),
        ComponentDraft("Oil", Decimal(1)),
    )
    assert draft.source == "OKH OKH-LOSHv1.0 · CERN-OHL-S-2.0 · Workshop Somewhere · holds"
    assert [found.path for found in draft.unread] == [
        "tsdc",
        "sub_parts[2].reference",
        "sub_parts[4].unit",
        "licensor.email",
        "license.software",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"okhv": "3.0"}, "“okhv” is 3.0"),
        ({"name": ""}, "no “name”"),
        ({"part": [{"name": "x", "quantity": 0}]}, r"“part\[1\].quantity” must be a number between 0.000001"),
        ({"part": [{"name": "x", "quantity": "two"}]}, "got two"),
        ({"part": [{"quantity": 1}]}, r"“part\[1\]” has no name"),
        ({"wadah": {"lead-time-weeks": Decimal("1.5")}}, "must be whole"),
        ({"name": "x" * 121}, "may have 120 signs; it has 121"),
    ],
)
def test_a_manifest_with_a_fault_is_refused_with_the_field(change, said):
    with pytest.raises(Refused, match=said):
        part_draft({"okhv": "2.4", "name": "Bush", **change})


def test_a_record_of_another_hand_gives_machines_processes_and_place():
    draft = workshop_draft(
        {
            "name": "CNC Shop",
            "Facility Status": "Active",
            "location": {
                "address": {"street": "Jl. Mawar", "number": "7", "district": "Bekasi Jaya", "postcode": "17112"},
                "gps_coordinates": "-6.24, 107.0",
            },
            "owner": {"name": "CV Maju", "bio": "since 1991"},
            "equipment": [
                {
                    "equipment_type": "https://en.wikipedia.org/wiki/CNC_mill",
                    "manufacturing_process": "https://en.wikipedia.org/wiki/Turning",
                    "make": "Mazak",
                    "model": "VTC-20",
                    "quantity": 2,
                    "axes": 5,
                }
            ],
            "manufacturingProcesses": ["https://en.wikipedia.org/wiki/Turning"],
            "opening_hours": "Mon-Fri 9-21",
        }
    )
    assert (draft.firm, draft.area, draft.address) == ("CV Maju", "Bekasi Jaya", "Jl. Mawar 7")
    assert (draft.lat, draft.lng) == (-6.24, 107.0)
    (machine,) = draft.machines
    assert (machine.name, machine.process, machine.count) == ("CNC mill (Mazak VTC-20)", "Turning", 2)
    assert draft.processes == ("Turning",)
    assert draft.minutes is None
    left = {found.path: found.value for found in draft.unread}
    assert left == {
        "opening_hours": "Mon-Fri 9-21",
        "owner.bio": "personal, not kept",
        "location.address.postcode": "17112",
        "equipment[1].axes": "5",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "no “name”"),
        ({"location": {"gps_coordinates": "91.0, 2.0"}}, "no place on the globe"),
        ({"equipment": [{"notes": "big"}]}, r"“equipment\[1\]” has neither"),
        ({"equipment": [{"model": "x", "quantity": 0}]}, "between 1 and"),
        ({"wadah": {"minutes": [480]}}, "seven whole numbers"),
        ({"wadah": {"minutes": [480, 480, 480, 480, 480, 480, True]}}, "seven whole numbers"),
        ({"floor_size": -1}, "“floor_size” must be a number between 0"),
    ],
)
def test_a_record_with_a_fault_is_refused_with_the_field(change, said):
    with pytest.raises(Refused, match=said):
        workshop_draft({"name": "Shop", "facility_status": "Active", **change})


def test_codes_are_made_of_names_and_taken_once():
    assert code_proposal("Baut M8 × 20") == "BAUT-M8-20"
    assert code_proposal("Baut", ["BAUT", "BAUT-2"]) == "BAUT-3"
    assert code_proposal("螺栓") == "PART"
    rows = [
        ComponentDraft("Baut", Decimal(1)),
        ComponentDraft("baut", Decimal(1)),
        ComponentDraft("X", Decimal(1), "C"),
    ]
    assert filled_codes(rows, ["BAUT"]) == ["BAUT-2", "BAUT-3", "C"]
