"""A home workshop joins: what was told is kept between steps and written at once at the end."""

from __future__ import annotations

import pytest

from wadah.accounts.models import User
from wadah.base.clock import monday, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.register.models import Certificate, Enrolment, Ikm, Membership, WeekPattern, Workshop
from wadah.register.selectors import enrolments_kept, user_roles
from wadah.register.services import (
    enrolment_drop,
    enrolment_finish,
    enrolment_restore,
    enrolment_start,
    enrolment_tell,
)

PHONE = "0813-2222-3333"


def begun(cast, **who):
    told = {"name": "Bu Yani", "phone": PHONE, "adult": True, "area": cast.kelurahan.pk, **who}
    return enrolment_start(cooperative=cast.cooperative, by=cast.manager, **told)


def told_all(cast, row, **what):
    answer = {"subsectors": [cast.subsector.pk], "skills": [cast.skills["turning"].pk], "kind": "home", "machines": []}
    enrolment_tell(enrolment=row, step="what", answer=answer | what)
    return enrolment_tell(enrolment=row, step="hours", answer={"minutes": [240] * 6 + [0]})


def test_it_ends_in_a_firm_a_workshop_claims_hours_papers_and_a_place(cast):
    row = told_all(cast, begun(cast), machines=[["Bubut meja", 2]])
    place = enrolment_finish(enrolment=row, by=cast.manager, papers=[{"kind": "sni", "number": ""}])
    firm = place.ikm
    assert (firm.name, firm.owner_name, firm.area, firm.phone) == (
        "Bu Yani",
        "Bu Yani",
        cast.kelurahan,
        "+6281322223333",
    )
    assert list(firm.subsectors.all()) == [cast.subsector]
    shop = firm.workshops.get()
    assert (shop.code, shop.kind, shop.area) == ("W-010", "home", cast.kelurahan)
    assert [(claim.skill.code, claim.claim) for claim in shop.mastered.all()] == [("turning", "claimed")]
    assert [(machine.name, machine.count) for machine in shop.machines.all()] == [("Bubut meja", 2)]
    pattern = shop.week_patterns.get()
    assert (pattern.minutes_saturday, pattern.minutes_sunday, pattern.valid_from) == (240, 0, monday(today()))
    assert (place.role, place.joined_on, place.left_on) == ("member", today(), None)
    assert user_roles(place.user).workshops_owned == {shop.pk}
    assert history_of(shop).filter(act="workshop_open", user_name="Bu Ratna").exists()


def test_what_is_not_known_stays_unknown(cast):
    row = begun(cast, phone="", area=None)
    enrolment_tell(enrolment=row, step="what", answer={"subsectors": [], "skills": [], "machines": []})
    row = enrolment_tell(enrolment=row, step="hours", answer={"minutes": None})
    place = enrolment_finish(enrolment=row, by=cast.manager, papers=[{"kind": "halal", "number": ""}])
    firm, shop = place.ikm, place.ikm.workshops.get()
    assert [firm.area, firm.workers, firm.investment_rupiah, firm.annual_sales_rupiah] == [None] * 4
    assert [shop.floor_m2, shop.power_va, shop.lat, shop.lng, shop.confirmed_at] == [None] * 5
    assert not WeekPattern.objects.filter(workshop=shop).exists()
    assert place.user is None
    assert Certificate.objects.get(ikm=firm).issued_on is None


def test_finishing_twice_registers_once_and_forgets_what_was_told(cast):
    row = told_all(cast, begun(cast))
    first = enrolment_finish(enrolment=row, by=cast.manager)
    assert enrolment_finish(enrolment=row, by=cast.manager) == first
    assert Ikm.objects.filter(owner_name="Bu Yani").count() == 1
    assert Enrolment.objects.get().told == {}
    with pytest.raises(Conflict):
        enrolment_tell(enrolment=row, step="hours", answer={"minutes": None})


def test_nothing_is_registered_while_a_step_is_missing(cast):
    row = begun(cast)
    with pytest.raises(Refused):
        enrolment_finish(enrolment=row, by=cast.manager)
    assert Workshop.objects.count() == 4


def test_a_refusal_at_the_end_writes_nothing_of_it(cast):
    row = told_all(cast, begun(cast))
    User.objects.create(phone="+6281322223333", name="Closed", is_active=False)
    with pytest.raises(Refused):
        enrolment_finish(enrolment=row, by=cast.manager)
    assert not Ikm.objects.filter(owner_name="Bu Yani").exists()


@pytest.mark.parametrize(
    ("who", "field"),
    [
        ({"adult": False}, "adult"),
        ({"adult": None}, "adult"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"phone": "12"}, "phone"),
        ({"phone": "0812-0000-0001"}, "phone"),
    ],
)
def test_who_is_refused_at_once_with_the_field(cast, who, field):
    with pytest.raises(Refused) as refused:
        begun(cast, **who)
    assert refused.value.field == field
    assert not Enrolment.objects.exists()


def test_a_member_of_another_cooperative_may_join_this_one_too(cast):
    row = told_all(cast, begun(cast, phone=cast.rudi.user.phone))
    place = enrolment_finish(enrolment=row, by=cast.manager)
    assert place.user == cast.rudi.user


def test_what_was_put_away_comes_back_with_what_was_told(cast):
    row = told_all(cast, begun(cast))
    enrolment_drop(enrolment=row)
    with pytest.raises(Conflict):
        enrolment_finish(enrolment=row, by=cast.manager)
    enrolment_finish(enrolment=enrolment_restore(enrolment=row), by=cast.manager)
    assert Membership.objects.filter(ikm__owner_name="Bu Yani").exists()


def test_only_the_cooperatives_own_managers_see_what_was_begun(cast):
    row = begun(cast)
    assert list(enrolments_kept(user_roles(cast.manager))) == [row]
    assert not enrolments_kept(user_roles(cast.rudi.user)).exists()
