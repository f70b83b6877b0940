"""Which rows a person sees and keeps."""

from __future__ import annotations

import pytest

from cast import JOINED, person
from wadah.base.clock import today
from wadah.register.models import Membership
from wadah.register.rules import Roles
from wadah.register.selectors import (
    experts_kept,
    experts_seen,
    firms_kept,
    firms_seen,
    folded_search,
    holidays_kept,
    kelurahan_found,
    memberships_kept,
    memberships_seen,
    user_roles,
    workshops_kept,
    workshops_owned,
    workshops_seen,
)
from wadah.register.services import appointment_make, area_put, expert_register, holiday_put, membership_close


@pytest.fixture
def manager(cast):
    return user_roles(cast.manager)


def test_a_manager_sees_and_keeps_the_members_of_today(cast, manager):
    assert {firm.name for firm in firms_kept(manager)} == {"Sari Baut", "Karim Karet", "Tini Pelat"}
    assert set(firms_seen(manager)) == set(firms_kept(manager))
    assert cast.rudi.workshop not in workshops_seen(manager)


def test_of_who_has_left_only_the_place_is_seen(cast, manager):
    place = Membership.objects.get(ikm=cast.sari.ikm)
    membership_close(membership=place, left_on=today())
    assert cast.sari.ikm not in firms_seen(manager)
    assert cast.sari.workshop not in workshops_kept(manager)
    assert place in memberships_kept(manager)


def test_an_officer_sees_the_firms_of_their_areas_and_keeps_none(cast):
    district = area_put(code="32.75.02", name="Bekasi Barat", kind="kecamatan", parent=cast.city)
    west = person("Pak Barat", 41)
    appointment_make(user=west, role="officer", valid_from=JOINED, area=district)
    whole, none = user_roles(cast.officer), user_roles(west)
    assert cast.rudi.workshop in workshops_seen(whole)
    assert memberships_seen(whole).count() == 4
    assert not workshops_seen(none).exists()
    assert not memberships_seen(none).exists()
    assert not workshops_kept(whole).exists()


def test_a_stranger_sees_nothing(cast):
    nobody = Roles()
    for rows in (firms_seen(nobody), workshops_seen(nobody), memberships_seen(nobody), workshops_owned(nobody)):
        assert not rows.exists()


def test_experts_of_the_city_are_seen_by_all_and_kept_by_none(cast, manager):
    own = expert_register(name="Kita", cooperative=cast.cooperative)
    city = expert_register(name="Kota")
    expert_register(name="Mereka", cooperative=cast.other_cooperative)
    assert set(experts_seen(manager)) == {own, city}
    assert set(experts_kept(manager)) == {own}


def test_a_manager_keeps_the_local_holidays_of_their_own_place_only(cast, manager):
    elsewhere = area_put(code="31.71", name="Jakarta", kind="city")
    here = holiday_put(date=today(), name="Di sini", kind="local", area=cast.kelurahan)
    holiday_put(date=today(), name="Di sana", kind="local", area=elsewhere)
    holiday_put(date=today(), name="Nasional")
    assert list(holidays_kept(manager)) == [here]


@pytest.mark.parametrize("text", ["bekasijaya", "Bekasi Jaya", "BEKASI  JAYA", "sijay"])
def test_a_search_folds_spaces_and_case(cast, manager, text):
    assert folded_search(workshops_seen(manager), text, "name", "area__name_spaced").count() == 3
    assert folded_search(workshops_seen(manager), text, "name").count() == 0


def test_a_kelurahan_is_found_by_its_name_or_by_a_part_that_is_its_alone(cast):
    area_put(code="32.75.06", name="Medan Satria", kind="kecamatan", parent=cast.city)
    other = area_put(code="32.75.01.1002", name="Bekasi Jaya Indah", kind="kelurahan", parent=cast.kecamatan)
    assert kelurahan_found("bekasijaya (Bekasi Timur)") == [cast.kelurahan]
    assert kelurahan_found("BEKASI JAYA") == [cast.kelurahan]
    assert kelurahan_found("indah") == [other]
    assert set(kelurahan_found("bekasi")) == {cast.kelurahan, other}
    assert kelurahan_found("medan satria") == []
    assert kelurahan_found("") == []
