"""Who may act for what. Rudi of another cooperative sees nothing of Maju Bersama."""

from __future__ import annotations

from datetime import date, timedelta

from cast import JOINED
from wadah.accounts.services import user_close
from wadah.base.clock import now, today
from wadah.register.models import Membership
from wadah.register.rules import Roles
from wadah.register.selectors import cooperative_members, cooperative_workshops, user_roles
from wadah.register.services import (
    appointment_end,
    appointment_make,
    membership_close,
    membership_open,
    workshop_archive,
    workshop_open,
)


def test_a_member_owns_her_workshops_and_joins_her_cooperative(cast):
    assert user_roles(cast.sari.user) == Roles(
        cooperatives_joined=frozenset({cast.cooperative.pk}),
        ikm_owned=frozenset({cast.sari.ikm.pk}),
        workshops_owned=frozenset({cast.sari.workshop.pk}),
    )


def test_the_manager_manages_and_owns_no_workshop(cast):
    assert user_roles(cast.manager) == Roles(cooperatives_managed=frozenset({cast.cooperative.pk}))


def test_the_officer_looks_after_the_whole_city(cast):
    assert user_roles(cast.officer) == Roles(officer=True)


def test_an_officer_of_one_kecamatan_has_that_area(cast):
    appointment_make(user=cast.buyer, role="officer", valid_from=JOINED, area=cast.kecamatan)
    assert user_roles(cast.buyer).officer_areas == {cast.kecamatan.pk}


def test_an_office_of_the_whole_city_covers_one_of_a_part(cast):
    part = appointment_make(user=cast.buyer, role="officer", valid_from=JOINED, area=cast.kecamatan)
    appointment_end(appointment=part, valid_until=today())
    appointment_make(user=cast.buyer, role="officer", valid_from=today() + timedelta(days=1))
    assert user_roles(cast.buyer).officer_areas == {cast.kecamatan.pk}
    assert user_roles(cast.buyer, today() + timedelta(days=1)).officer_areas == frozenset()


def test_the_buyer_the_closed_account_and_nobody_have_no_roles(cast):
    assert user_roles(cast.buyer) == user_roles(None) == Roles()
    assert user_roles(user_close(user=cast.sari.user)) == Roles()


def test_rudi_has_nothing_in_common_with_maju_bersama(cast):
    roles = user_roles(cast.rudi.user)
    assert roles.cooperatives_joined == {cast.other_cooperative.pk}
    assert not roles.workshops_owned & set(cooperative_workshops(cast.cooperative).values_list("pk", flat=True))


def test_treasurer_inspector_and_admin_are_told_apart(cast):
    for role in ("treasurer", "inspector"):
        membership_open(cooperative=cast.cooperative, joined_on=JOINED, role=role, user=cast.buyer)
    appointment_make(user=cast.buyer, role="admin", valid_from=JOINED)
    mine = frozenset({cast.cooperative.pk})
    assert user_roles(cast.buyer) == Roles(cooperatives_kept=mine, cooperatives_inspected=mine, admin=True)


def test_a_place_counts_from_the_day_of_joining_to_the_day_before_leaving(cast):
    place = Membership.objects.get(user=cast.sari.user)
    left = date(2024, 6, 3)
    membership_close(membership=place, left_on=left)
    assert user_roles(cast.sari.user, left) == Roles()
    assert user_roles(cast.sari.user, left - timedelta(days=1)).member
    assert not user_roles(cast.sari.user, JOINED - timedelta(days=1)).member


def test_an_office_counts_on_its_last_day(cast):
    office = appointment_make(user=cast.buyer, role="admin", valid_from=JOINED)
    appointment_end(appointment=office, valid_until=date(2024, 6, 3))
    assert user_roles(cast.buyer, date(2024, 6, 3)).admin
    assert not user_roles(cast.buyer, date(2024, 6, 4)).admin


def test_work_goes_to_open_workshops_of_present_members(cast):
    workshop_open(ikm=cast.sari.ikm, code="W-004", name="Garasi")
    workshop_archive(workshop=cast.tini.workshop, at=now())
    membership_close(membership=Membership.objects.get(user=cast.karim.user), left_on=date(2024, 6, 3))
    day_before = date(2024, 6, 2)
    assert [row.code for row in cooperative_workshops(cast.cooperative)] == ["W-001", "W-004"]
    assert [row.code for row in cooperative_workshops(cast.cooperative, day_before)] == ["W-001", "W-002", "W-004"]


def test_members_are_listed_by_name(cast):
    assert [str(row.ikm) for row in cooperative_members(cast.cooperative)] == ["Karim Karet", "Sari Baut", "Tini Pelat"]


def test_roles_take_three_queries_however_many_places(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        user_roles(cast.sari.user)
