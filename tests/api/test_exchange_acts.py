"""Out and in again: the same part, the same workshop, as far as the formats hold them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cast import WEEK_MINUTES
from standing import standing
from wadah.api.rules import document_read, document_write, part_draft, workshop_draft
from wadah.api.selectors import exchange_parts, exchange_workshops, part_file, part_preview, workshop_file
from wadah.api.selectors.parts import draft_of as part_told
from wadah.api.selectors.workshops import draft_of as workshop_told
from wadah.api.services import part_import, personal_exported, workshop_import
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Part
from wadah.catalogue.rules.routing import Step
from wadah.catalogue.services import bom_set, part_put, part_route
from wadah.register.models import Ikm, Membership, Workshop
from wadah.register.services import ikm_correct, machine_put, workshop_correct

FORMS = ["toml", "json"]


def made(cast, code="KLEM", **columns):
    return part_put(code=code, **{"name": f"Bagian {code}", "subsector": cast.subsector, **columns})


@standing
def clamp(cast):
    """A clamp of a third of a sheet and two bolts, turned, then pressed."""
    sheet = made(cast, "PELAT", unit="kg", integer=False, supply="bought", pack_size=Decimal("2.5"))
    bolt = made(cast, "BAUT", name_en="Bolt")
    clamp = made(
        cast, name_en="Clamp", skill=cast.skills["turning"], lead_time_weeks=2, shelf_life_weeks=9, supply_reason="a"
    )
    steps = [
        Step("bubut", "turning", Decimal("1.5"), Decimal(20)),
        Step("press", "stamping_hand", Decimal("0.25"), Decimal(5)),
    ]
    part_route(part=clamp, steps=steps, materials=[(sheet, Decimal("0.333333")), (bolt, 2)])
    clamp.refresh_from_db()
    return clamp


def manifest(part, form):
    document = part_file(part, repo="https://wadah.example/1/", licensor="Koperasi", licence="CC0-1.0")
    return document_read(document_write(document, form).encode())


@pytest.mark.parametrize("form", FORMS)
def test_a_manifest_reads_back_as_the_part_it_was_made_of(clamp, form):
    draft = part_draft(manifest(clamp, form))
    assert replace(draft, source="") == part_told(clamp)
    assert draft.unread == ()
    assert [(row.code, row.quantity) for row in draft.components] == [("PELAT", Decimal("0.333333")), ("BAUT", 2)]
    assert draft.source.startswith("OKH 2.4 · https://wadah.example/1/ · ")


def test_a_manifest_has_every_field_that_the_standard_asks_for(clamp):
    document = manifest(clamp, "toml")
    assert {"okhv", "name", "repo", "version", "license", "licensor", "function"} <= document.keys()
    assert all({"name", "source"} == row.keys() for row in document["part"])


@pytest.mark.parametrize("form", FORMS)
def test_a_part_taken_in_under_another_code_is_the_same_part(cast, clamp, form):
    draft = part_draft(manifest(clamp, form))
    taken = part_import(by=cast.manager, draft=draft, code="KLEM-2", subsector=cast.subsector, **facts(cast, draft))
    assert replace(part_told(taken), code="") == replace(part_told(clamp), code="")
    assert taken.source == draft.source


def facts(cast, draft):
    return {
        "name": draft.name,
        "name_en": draft.name_en,
        "unit": draft.unit,
        "skill": cast.skills.get(draft.skill),
        "supply": draft.supply,
    }


def test_a_code_that_is_taken_is_changed_only_on_purpose(cast, clamp):
    draft = replace(part_draft(manifest(clamp, "toml")), lead_time_weeks=5)
    told = facts(cast, draft)
    with pytest.raises(Refused, match="KLEM is here already"):
        part_import(by=cast.manager, draft=draft, code="KLEM", subsector=cast.subsector, **told)
    part_import(by=cast.manager, draft=draft, code="KLEM", subsector=cast.subsector, over=True, **told)
    clamp.refresh_from_db()
    assert clamp.lead_time_weeks == 5
    assert Part.objects.filter(routed_from=clamp).count() == 1


def test_components_are_found_by_code_then_by_name_and_made_where_they_are_not_here(cast, clamp):
    rows = [{"name": "bagian baut", "quantity": 3}, {"name": "Karet", "quantity": 1, "mass": 20}, {"name": "Bolt"}]
    draft = part_draft({"okhv": "2.4", "name": "Dudukan", "function": "x", "part": rows, "mass": 1})
    preview = part_preview(draft)
    assert preview.code == "DUDUKAN"
    assert [(row.code, row.part is None) for row in preview.components] == [
        ("BAUT", False),
        ("KARET", True),
        ("BAUT", False),
    ]
    part = part_import(
        by=cast.manager,
        draft=draft,
        code="DUDUKAN",
        subsector=cast.subsector,
        name="Dudukan",
        skill=None,
        supply="made",
    )
    assert {line.component.code: line.quantity for line in part.bom.select_related("component")} == {
        "BAUT": 4,
        "KARET": 1,
    }
    kept = history_of(part).get(act="part_import").fields
    assert kept["file mass"] == [None, "1"]
    assert kept["file part[2].mass"] == [None, "20"]


def test_a_refusal_on_the_way_leaves_nothing(cast, clamp):
    rows = [{"name": "Baru"}, {"name": "Bagian KLEM"}]
    draft = part_draft({"okhv": "2.4", "name": "x", "function": "x", "part": rows})
    bolt = Part.objects.get(code="BAUT")
    with pytest.raises(Refused, match="can't go into itself"):
        part_import(
            by=cast.manager, draft=draft, code="BAUT", subsector=cast.subsector, over=True, name="x", supply="made"
        )
    bolt.refresh_from_db()
    assert bolt.name == "Bagian BAUT"
    assert not Part.objects.filter(code="BARU").exists()


def test_steps_here_are_not_cut_off_by_a_manifest_without_any(cast, clamp):
    draft = part_draft({"okhv": "2.4", "name": "x", "function": "x", "part": [{"name": "Bagian BAUT"}]})
    with pytest.raises(Refused, match="goes through steps here"):
        part_import(by=cast.manager, draft=draft, code="KLEM", subsector=cast.subsector, over=True, name="x")


def test_steps_whose_skill_is_unknown_are_left_out_and_said(cast, clamp):
    document = manifest(clamp, "toml")
    document["wadah"]["steps"][0]["skill"] = "forging"
    draft = part_draft(document)
    assert part_preview(draft).skills_missing == ("forging",)
    part = part_import(by=cast.manager, draft=draft, code="KLEM-3", subsector=cast.subsector, name="x")
    assert not part.routing.exists()
    assert part.bom.count() == 2
    assert "forging" in str(history_of(part).get(act="part_import").fields)


def test_steps_of_another_part_have_no_manifest_of_their_own(clamp):
    assert set(exchange_parts().values_list("code", flat=True)) == {"KLEM", "PELAT", "BAUT"}


def test_reading_parts_takes_the_same_queries_however_many_there_are(cast, clamp, django_assert_max_num_queries):
    rows = [{"name": f"Komponen {number}"} for number in range(60)]
    draft = part_draft({"okhv": "2.4", "name": "x", "function": "x", "part": rows})
    with django_assert_max_num_queries(5):
        part_preview(draft)
    for number in range(20):
        bom = made(cast, f"K-{number}")
        bom_set(part=bom, components=[(clamp, 1)])
    with django_assert_max_num_queries(8):
        part_told(Part.objects.select_related("subsector", "skill").get(code="KLEM"))


# -- workshops --------------------------------------------------------------------------------------------------------


@pytest.fixture
def workshop(cast):
    row = cast.sari.workshop
    ikm_correct(ikm=row.ikm, workers=4, legal_form="cv")
    workshop_correct(
        workshop=row, kind="garage", floor_m2=36, power_va=2200, address="Jl. Mawar 7", lat=-6.24, lng=107.01
    )
    machine_put(workshop=row, name="Bubut tangan", skill=cast.skills["turning"], count=2, note="1 m")
    machine_put(workshop=row, name="Gerinda")
    return Workshop.objects.select_related("ikm", "area__parent__parent").get(pk=row.pk)


def record(row, **asked):
    document = workshop_file(row, affiliations=["Koperasi Maju Bersama"], **asked)
    return document_read(document_write(document, "json").encode())


PERSONAL = ["Bu Sari", "+62812", "Jl. Mawar", "107.01"]


def test_a_record_leaves_out_what_is_personal_unless_it_is_asked_for(workshop):
    plain, whole = str(record(workshop)), str(record(workshop, personal=True))
    name = workshop.name
    assert [text for text in PERSONAL if text in plain.replace(name, "")] == []
    assert [text for text in PERSONAL if text not in whole] == []


def test_a_record_reads_back_as_the_workshop_it_was_made_of(workshop):
    draft = workshop_draft(record(workshop, personal=True))
    assert replace(draft, source="") == workshop_told(workshop)
    assert draft.unread == ()
    plain = workshop_draft(record(workshop))
    told = workshop_told(workshop)
    assert replace(plain, source="") == replace(told, owner="", phone="", address="", lat=None, lng=None)
    assert plain.minutes == WEEK_MINUTES


def taken(cast, draft, **facts):
    told = {
        "cooperative": cast.cooperative,
        "code": "W-900",
        "firm": "Sari Baru",
        "owner_name": "Bu Sari",
        "phone": draft.phone,
        "name": draft.name,
        "kind": draft.kind,
        "area": cast.kelurahan,
    }
    return workshop_import(by=cast.manager, draft=draft, **(told | facts))


def test_a_workshop_taken_in_is_a_member_with_claims_machines_and_hours(cast, workshop):
    draft = workshop_draft(record(workshop, personal=True))
    row = taken(cast, draft)
    assert replace(workshop_told(row), code="", firm="") == replace(workshop_told(workshop), code="", firm="")
    assert set(row.mastered.values_list("claim", flat=True)) == {"claimed"}
    assert row in exchange_workshops([cast.cooperative.pk])
    assert row not in exchange_workshops([cast.other_cooperative.pk])
    assert Membership.objects.get(ikm=row.ikm).cooperative == cast.cooperative


def test_what_a_record_says_beyond_is_kept_in_the_history_but_for_personal_data(cast):
    draft = workshop_draft(
        {
            "name": "Bengkel Lain",
            "facility_status": "Active",
            "manufacturing_processes": ["Bubut", "Forging"],
            "typical_products": ["Hooks"],
            "contact": {"email": "a@example.org"},
        }
    )
    row = taken(cast, draft, firm="Lain")
    kept = history_of(row).get(act="workshop_import").fields
    assert kept["file processes"] == [None, "Forging"]
    assert kept["file typical_products"] == [None, "Hooks"]
    assert "example.org" not in str(kept)
    assert list(row.skills.all()) == [cast.skills["turning"]]


def test_a_firm_that_is_here_is_taken_in_again_only_on_purpose(cast, workshop):
    draft = workshop_draft(record(workshop))
    with pytest.raises(Refused, match="A firm called Sari Baut is here already"):
        taken(cast, draft, firm="Sari Baut")
    assert taken(cast, draft, firm="Sari Baut", even_so=True).ikm != workshop.ikm


def test_a_refusal_of_the_register_leaves_nothing(cast, workshop):
    draft = workshop_draft(record(workshop))
    with pytest.raises(Refused, match="taken by another workshop"):
        taken(cast, draft, code="W-001")
    with pytest.raises(Refused):
        taken(cast, draft, phone="nobody")
    assert not Ikm.objects.filter(name="Sari Baru").exists()


def test_taking_personal_data_out_is_noted(cast, workshop):
    personal_exported(workshop=workshop, by=cast.manager)
    line = history_of(workshop).get(act="workshop_export_personal")
    assert line.user_name == "Bu Ratna"
