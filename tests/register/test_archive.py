"""What is archived counts no more and comes back whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cast import JOINED, MONDAY, person
from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.register.models import Machine, Membership
from wadah.register.selectors import certificates_expiring, cooperative_members, cooperative_workshops, workshop_hours
from wadah.register.services import (
    certificate_archive,
    certificate_correct,
    certificate_record,
    certificate_restore,
    expert_correct,
    expert_register,
    holiday_archive,
    holiday_put,
    holiday_restore,
    machine_archive,
    machine_correct,
    machine_put,
    machine_restore,
    membership_close,
    membership_open,
    membership_reopen,
    office_open,
    workshop_archive,
    workshop_confirm,
    workshop_restore,
)


def test_an_archived_workshop_is_planned_again_once_it_is_back(cast):
    workshop_archive(workshop=cast.sari.workshop, at=now(), by=cast.manager)
    assert cast.sari.workshop not in cooperative_workshops(cast.cooperative)
    workshop_restore(workshop=cast.sari.workshop, by=cast.manager)
    assert cast.sari.workshop in cooperative_workshops(cast.cooperative)
    assert [line.act for line in history_of(cast.sari.workshop)] == ["workshop_archive", "workshop_restore"]


def test_a_machine_is_archived_once_and_comes_back_when_it_is_named_again(cast):
    machine = machine_put(workshop=cast.sari.workshop, name="Bubut meja", by=cast.manager)
    machine_archive(machine=machine, by=cast.manager)
    machine_archive(machine=machine, by=cast.manager)
    assert machine_restore(machine=machine, by=cast.manager).archived_at is None
    machine_archive(machine=machine)
    assert machine_put(workshop=cast.sari.workshop, name="Bubut meja", count=3).archived_at is None
    assert [line.act for line in history_of(machine)] == ["machine_add", "machine_archive", "machine_restore"]


def test_two_machines_of_a_workshop_have_two_names_and_at_least_one_piece(cast):
    machine_put(workshop=cast.sari.workshop, name="Bubut meja")
    other = machine_put(workshop=cast.sari.workshop, name="Bor")
    with pytest.raises(Refused) as refused:
        machine_correct(machine=other, name="Bubut meja")
    assert refused.value.field == "name"
    with pytest.raises(Refused):
        machine_correct(machine=Machine.objects.get(pk=other.pk), count=0)


def test_an_archived_certificate_no_longer_warns(cast):
    paper = certificate_record(
        kind="halal", number="1", issued_on=JOINED, expires_on=today(), ikm=cast.sari.ikm, by=cast.manager
    )
    assert list(certificates_expiring(cast.cooperative, today(), 60)) == [paper]
    certificate_archive(certificate=paper, by=cast.manager)
    assert not certificates_expiring(cast.cooperative, today(), 60).exists()
    certificate_restore(certificate=paper, by=cast.manager)
    with pytest.raises(Refused):
        certificate_correct(certificate=paper, expires_on=JOINED - timedelta(days=1))


def test_an_expert_teaches_what_is_ticked_last(cast):
    expert = expert_register(name="Pak Guru", skills=[cast.skills["turning"]], by=cast.manager)
    expert_correct(expert=expert, skills=[cast.skills["stamping_hand"]], by=cast.manager)
    assert list(expert.skills.values_list("code", flat=True)) == ["stamping_hand"]


def test_a_local_holiday_taken_out_gives_the_hours_back(cast):
    def hours():
        return workshop_hours(cast.cooperative, MONDAY, 1)[cast.sari.workshop.pk].hours[0]

    usual = hours()
    day = holiday_put(date=MONDAY, name="Hari Jadi", kind="local", area=cast.city, by=cast.manager)
    assert hours() == usual - 8
    holiday_archive(holiday=day, by=cast.manager)
    assert hours() == usual
    holiday_restore(holiday=day, by=cast.manager)
    assert hours() == usual - 8


def test_a_holiday_of_the_whole_country_stays(cast):
    with pytest.raises(Refused):
        holiday_archive(holiday=holiday_put(date=MONDAY, name="Libur"))


def test_a_member_who_left_comes_back_to_the_same_place(cast):
    place = Membership.objects.get(ikm=cast.sari.ikm)
    membership_close(membership=place, left_on=today(), by=cast.manager)
    assert place not in cooperative_members(cast.cooperative)
    membership_reopen(membership=place, by=cast.manager)
    assert place in cooperative_members(cast.cooperative)
    with pytest.raises(Refused):
        membership_reopen(membership=place)


def test_a_firm_is_not_brought_back_beside_its_new_place(cast):
    place = Membership.objects.get(ikm=cast.sari.ikm)
    membership_close(membership=place, left_on=today())
    membership_open(cooperative=cast.cooperative, joined_on=today(), ikm=cast.sari.ikm)
    with pytest.raises(Refused):
        membership_reopen(membership=place)


def test_a_cooperative_is_never_without_a_manager(cast):
    place = Membership.objects.get(user=cast.manager)
    with pytest.raises(Refused):
        membership_close(membership=place, left_on=today())
    who = {"phone": "0813-4444-5555", "name": "Bu Wakil", "adult": True}
    office_open(cooperative=cast.cooperative, role="manager", joined_on=today(), by=cast.manager, **who)
    assert membership_close(membership=place, left_on=today()).left_on == today()


def test_an_office_goes_to_whoever_has_the_phone(cast):
    clerk = person("Bu Kas", 31)
    who = {"phone": "0812-0000-0031", "name": "other name", "adult": True}
    place = office_open(cooperative=cast.cooperative, role="treasurer", joined_on=today(), by=cast.manager, **who)
    assert (place.user, place.user.name) == (clerk, "Bu Kas")
    with pytest.raises(Refused):
        office_open(cooperative=cast.cooperative, role="member", joined_on=today(), by=cast.manager, **who)


def test_confirming_keeps_the_moment_and_who(cast):
    before = now()
    row = workshop_confirm(workshop=cast.sari.workshop, by=cast.sari.user)
    assert before <= row.confirmed_at <= now()
    assert history_of(row).get().user_name == "Bu Sari"
