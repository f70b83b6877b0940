"""Who changed what in the register, kept without personal data."""

from __future__ import annotations

import pytest

from cast import JOINED
from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.base.models import Change
from wadah.register.models import Membership
from wadah.register.selectors import user_roles
from wadah.register.services import (
    cooperative_policy_set,
    ikm_correct,
    membership_close,
    membership_user_set,
    workshop_archive,
)


def test_a_correction_tells_old_and_new_but_never_the_phone(cast):
    ikm_correct(ikm=cast.sari.ikm, by=cast.manager, workers=4, phone="0813 1111 2222")
    (line,) = history_of(cast.sari.ikm)
    assert (line.user_name, line.act, line.fields) == ("Bu Ratna", "ikm_correct", {"workers": [None, 4]})


def test_a_table_that_is_loaded_leaves_no_history(cast):
    ikm_correct(ikm=cast.sari.ikm, workers=4)
    assert not Change.objects.exists()


def test_policy_and_archive_are_told(cast):
    policy = {"fairness_key": "equal", "target_percent": 50, "below_target_cost_rupiah_hour": 5_000}
    cooperative_policy_set(cooperative=cast.cooperative, by=cast.manager, **policy)
    workshop_archive(workshop=cast.sari.workshop, at=now(), by=cast.manager)
    workshop_archive(workshop=cast.sari.workshop, at=now(), by=cast.manager)
    assert [line.act for line in Change.objects.all()] == ["cooperative_policy_set", "workshop_archive"]
    assert history_of(cast.cooperative).get().fields["target_percent"] == [0, 50]


def test_another_person_signs_in_for_a_member_firm(cast):
    place = Membership.objects.get(user=cast.sari.user)
    membership_user_set(membership=place, user=cast.buyer, by=cast.manager)
    assert user_roles(cast.buyer).workshops_owned == {cast.sari.workshop.pk}
    assert not user_roles(cast.sari.user).anything
    assert history_of(place).get().fields == {"user": [str(cast.sari.user.pk), str(cast.buyer.pk)]}


def test_an_office_or_an_ended_place_is_not_handed_on(cast):
    with pytest.raises(Refused):
        membership_user_set(membership=Membership.objects.get(user=cast.manager), user=cast.buyer)
    place = Membership.objects.get(user=cast.sari.user)
    membership_close(membership=place, left_on=max(JOINED, today()), by=cast.manager)
    with pytest.raises(Refused):
        membership_user_set(membership=place, user=cast.buyer)
