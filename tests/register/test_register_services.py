"""Writing the register: what works, what is refused, and what the database itself refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cast import JOINED
from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.register import models
from wadah.register.selectors import (
    area_search,
    area_tree,
    certificates_expiring,
    ikm_search,
    ikm_sizes,
    skill_workshops,
    subsector_codes,
    workshop_next_code,
)
from wadah.register.services import (
    appointment_end,
    appointment_make,
    area_put,
    certificate_record,
    classification_put,
    cooperative_found,
    cooperative_policy_set,
    expert_register,
    ikm_correct,
    ikm_register,
    machine_put,
    membership_close,
    membership_open,
    skill_attest,
    skill_claim,
    skill_put,
    subsector_classify,
    subsector_put,
    workshop_archive,
    workshop_correct,
    workshop_open,
)

# Places


def test_loading_areas_twice_corrects_and_adds_none(cast):
    area_put(code="32.75.01", name="Bekasi Timur", kind="kecamatan", parent=cast.city, area_km2=14.7)
    assert models.Area.objects.count() == 3
    assert models.Area.objects.get(code="32.75.01").area_km2 == 14.7


def test_the_area_tree_is_read_in_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        (city,) = area_tree()
    assert city.name == "Kota Bekasi"
    assert [node.name for node in city.children[0].children] == ["Bekasi Jaya"]


@pytest.mark.parametrize("text", ["bekasijaya", "Bekasi JAYA", "32.75.01.1001", "3275040006"])
def test_an_area_is_found_by_either_spelling_and_either_code(cast, text):
    assert list(area_search(text)) == [cast.kelurahan]


def test_an_area_outside_its_parents_code_is_refused(cast):
    with pytest.raises(Refused, match="Bekasi Timur"):
        area_put(code="32.75.02.1001", name="Bintara", kind="kelurahan", parent=cast.kecamatan)


def test_only_a_city_has_no_parent(cast):
    with pytest.raises(Refused):
        area_put(code="32.76.01", name="Beji", kind="kecamatan")
    with pytest.raises(Refused):
        area_put(code="32.75.9", name="Kota", kind="city", parent=cast.city)


def test_a_subsector_counts_under_the_codes_of_the_day(cast):
    old = classification_put(scheme="KBLI", version="2020", code="25952", title="Paku, mur dan baut")
    new = classification_put(scheme="KBLI", version="2025", code="25953", title="Mur dan baut")
    change = date(2026, 6, 18)
    subsector_classify(
        subsector=cast.subsector,
        classification=old,
        valid_from=JOINED,
        valid_until=change - timedelta(days=1),
        source="statistics office",
    )
    subsector_classify(subsector=cast.subsector, classification=new, valid_from=change)
    assert [row.classification for row in subsector_codes(cast.subsector, change)] == [new]
    assert [row.classification for row in subsector_codes(cast.subsector, change - timedelta(days=1))] == [old]


def test_reference_rows_are_corrected_under_the_same_key(cast):
    subsector_put(code="batik", name="Batik", name_en="Batik")
    assert subsector_put(code="batik", name="Batik Bekasi", name_en="Batik") == models.Subsector.objects.get(
        code="batik"
    )
    skill_put(code="turning", name="Bubut manual", name_en="Turning")
    assert models.Skill.objects.get(code="turning").name == "Bubut manual"
    for title in ("Batik", "Industri batik"):
        classification_put(scheme="KBLI", version="2020", code="13134", title=title)
    assert models.Classification.objects.get().title == "Industri batik"


# Makers


def test_what_is_not_known_of_a_firm_stays_not_known(cast):
    ikm = ikm_register(name="Siti", owner_name="Siti")
    assert (ikm.workers, ikm.investment_rupiah, ikm.annual_sales_rupiah, ikm.area) == (None, None, None, None)
    assert all(row.size is None for row in ikm_sizes(ikm, today()))


def test_a_firms_phone_is_stored_in_one_form_and_its_size_is_worked_out(cast):
    ikm = ikm_correct(ikm=cast.sari.ikm, phone="0813 1111 2222", workers=4)
    assert ikm.phone == "+6281311112222"
    assert [row.size for row in ikm_sizes(ikm, today()) if row.scheme == "BPS"] == ["micro"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "08"},
        {"investment_rupiah": -1},
        {"annual_sales_rupiah": -1},
        {"workers": -1},
        {"legal_form": "guild"},
        {"name": ""},
        {"name": "x" * 161},
    ],
)
def test_a_firm_with_a_wrong_fact_is_refused_and_not_written(cast, wrong):
    before = models.Ikm.objects.count()
    with pytest.raises(Refused):
        ikm_register(**({"name": "Siti", "owner_name": "Siti"} | wrong))
    assert models.Ikm.objects.count() == before


def test_a_column_that_no_service_may_write_is_a_programmers_mistake(cast):
    with pytest.raises(TypeError, match="simulated"):
        ikm_correct(ikm=cast.sari.ikm, simulated=False)


@pytest.mark.parametrize("text", ["sari baut", "SARIBAUT", "bu sari"])
def test_a_firm_is_found_by_its_name_or_its_owner(cast, text):
    assert list(ikm_search(text, cast.cooperative)) == [cast.sari.ikm]
    assert not ikm_search(text, cast.other_cooperative)


def test_a_workshop_lies_where_its_firm_is_unless_said_otherwise(cast):
    assert cast.sari.workshop.area == cast.kelurahan
    assert workshop_open(ikm=cast.sari.ikm, code="W-010", name="Garasi", area=cast.kecamatan).area == cast.kecamatan
    assert workshop_next_code() == "W-011"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "W-001"},
        {"code": ""},
        {"lat": -6.2},
        {"lat": -96.2, "lng": 107.0},
        {"kind": "castle"},
        {"floor_m2": -1},
    ],
)
def test_a_workshop_with_a_wrong_fact_is_refused(cast, wrong):
    with pytest.raises(Refused):
        workshop_open(**({"ikm": cast.sari.ikm, "code": "W-010", "name": "Garasi"} | wrong))


def test_a_workshop_moves(cast):
    workshop_correct(workshop=cast.sari.workshop, lat=-6.23, lng=107.0)
    with pytest.raises(Refused):
        workshop_correct(workshop=cast.sari.workshop, lat=None)


def test_archiving_twice_keeps_the_first_moment(cast):
    first = workshop_archive(workshop=cast.sari.workshop, at=now()).archived_at
    assert workshop_archive(workshop=cast.sari.workshop, at=now()).archived_at == first


def test_machines_of_one_name_are_counted_in_one_row(cast):
    for count in (1, 2):
        machine_put(workshop=cast.sari.workshop, name="Mesin bubut", skill=cast.skills["turning"], count=count)
    assert [row.count for row in cast.sari.workshop.machines.all()] == [2]
    with pytest.raises(Refused):
        machine_put(workshop=cast.sari.workshop, name="Mesin bor", count=0)


def test_a_claim_repeated_never_weakens_an_attestation(cast):
    turning = cast.skills["turning"]
    skill_attest(workshop=cast.sari.workshop, skill=turning, by=cast.manager, verified=True)
    assert skill_claim(workshop=cast.sari.workshop, skill=turning).claim == "verified"
    assert list(skill_workshops(cast.cooperative, turning)) == [cast.sari.workshop]


def test_nobody_attests_their_own_workshop(cast):
    with pytest.raises(Refused):
        skill_attest(workshop=cast.sari.workshop, skill=cast.skills["turning"], by=cast.sari.user)


def test_an_expert_teaches_skills(cast):
    expert = expert_register(name="Pak Slamet", skills=cast.skills.values(), years_experience=30)
    assert expert.skills.count() == 3


def test_papers_that_end_soon_are_listed_for_their_cooperative_alone(cast):
    soon = today() + timedelta(days=20)
    certificate_record(kind="sni", number="1", issued_on=JOINED, expires_on=soon, workshop=cast.sari.workshop)
    certificate_record(kind="halal", number="2", issued_on=JOINED, ikm=cast.sari.ikm)
    certificate_record(kind="sni", number="3", issued_on=JOINED, expires_on=soon, ikm=cast.rudi.ikm)
    assert [row.number for row in certificates_expiring(cast.cooperative, today(), 30)] == ["1"]
    assert not certificates_expiring(cast.cooperative, today(), 10)


def test_a_certificate_has_one_holder_and_ends_after_it_starts(cast):
    given = {"kind": "sni", "number": "1", "issued_on": JOINED}
    for holders in ({}, {"ikm": cast.sari.ikm, "workshop": cast.sari.workshop}):
        with pytest.raises(Refused):
            certificate_record(**given, **holders)
    with pytest.raises(Refused):
        certificate_record(**given, ikm=cast.sari.ikm, expires_on=JOINED - timedelta(days=1))


# Cooperatives


def test_a_code_names_one_cooperative(cast):
    with pytest.raises(Refused):
        cooperative_found(code="maju-bersama", name="Maju Bersama II")


def test_a_cooperative_sets_how_it_shares_work(cast):
    policy = {"fairness_key": "equal", "target_percent": 50, "below_target_cost_rupiah_hour": 5_000}
    assert cooperative_policy_set(cooperative=cast.cooperative, **policy).target_percent == 50
    for wrong in ({"target_percent": 101}, {"fairness_key": "age"}, {"below_target_cost_rupiah_hour": -1}):
        with pytest.raises(Refused):
            cooperative_policy_set(cooperative=cast.cooperative, **(policy | wrong))


def test_a_place_is_held_once_at_a_time_and_again_after_leaving(cast):
    place = models.Membership.objects.get(user=cast.sari.user)
    again = {"cooperative": cast.cooperative, "ikm": cast.sari.ikm, "user": cast.sari.user}
    with pytest.raises(Refused, match="Sari Baut"):
        membership_open(**again, joined_on=today())
    left = JOINED + timedelta(days=90)
    membership_close(membership=place, left_on=left)
    with pytest.raises(Refused):
        membership_open(**again, joined_on=left - timedelta(days=1))
    assert membership_open(**again, joined_on=left).left_on is None
    with pytest.raises(Refused):
        membership_close(membership=place, left_on=left)


def test_a_member_is_a_firm_and_an_office_a_person(cast):
    with pytest.raises(Refused):
        membership_open(cooperative=cast.cooperative, joined_on=JOINED, user=cast.buyer)
    with pytest.raises(Refused):
        membership_open(cooperative=cast.cooperative, joined_on=JOINED, role="manager", ikm=cast.sari.ikm)


def test_nobody_leaves_before_joining(cast):
    with pytest.raises(Refused):
        membership_close(
            membership=models.Membership.objects.get(user=cast.sari.user), left_on=JOINED - timedelta(days=1)
        )


def test_an_office_is_held_once_at_a_time_and_ends_once(cast):
    with pytest.raises(Refused):
        appointment_make(user=cast.officer, role="officer", valid_from=today())
    office = models.Appointment.objects.get()
    with pytest.raises(Refused):
        appointment_end(appointment=office, valid_until=JOINED - timedelta(days=1))
    appointment_end(appointment=office, valid_until=today())
    with pytest.raises(Refused):
        appointment_end(appointment=office, valid_until=today())
    with pytest.raises(Refused):
        appointment_make(user=cast.officer, role="officer", valid_from=today())
    assert appointment_make(user=cast.officer, role="officer", valid_from=today() + timedelta(days=1)).pk


# What the database refuses even if a service forgot to


def impossible_rows(cast):
    day, before = JOINED, JOINED - timedelta(days=1)
    mine = {"cooperative": cast.cooperative, "joined_on": day}
    return {
        "a kelurahan without a parent": models.Area(code="9", name="x", name_spaced="x", kind="kelurahan"),
        "a place with half a position": models.Workshop(ikm=cast.sari.ikm, code="W-9", name="x", lat=1.0),
        "a firm with a local phone": models.Ikm(name="x", owner_name="x", phone="0812"),
        "a firm with negative sales": models.Ikm(name="x", owner_name="x", annual_sales_rupiah=-1),
        "no machines": models.Machine(workshop=cast.sari.workshop, name="x", count=0),
        "attested by nobody": models.WorkshopSkill(
            workshop=cast.karim.workshop, skill=cast.skills["turning"], claim="attested"
        ),
        "25 hours a day": models.WeekPattern(workshop=cast.sari.workshop, valid_from=before, minutes_friday=1500),
        "leave backwards": models.Leave(workshop=cast.sari.workshop, first_day=day, last_day=before),
        "a paper of nobody": models.Certificate(kind="sni", number="1", issued_on=day),
        "a member without a firm": models.Membership(**mine, user=cast.buyer),
        "a manager without a person": models.Membership(**mine, role="manager", ikm=cast.sari.ikm),
        "a firm that is a member twice": models.Membership(**mine, ikm=cast.sari.ikm),
        "a manager twice": models.Membership(**mine, role="manager", user=cast.manager),
        "an officer twice": models.Appointment(user=cast.officer, role="officer", valid_from=day),
        "a target above all hours": models.Cooperative(code="x", name="x", target_percent=101),
    }


def test_the_database_refuses_impossible_rows(cast):
    accepted = []
    for name, row in impossible_rows(cast).items():
        try:
            with transaction.atomic():
                row.save()
            accepted.append(name)
        except IntegrityError:
            continue
    assert accepted == []
