"""Firms found twice: which pairs are asked about, joining and parting them (docs/city.md D3, D4)."""

from dataclasses import replace

import pytest

from cast_ledger import making_build
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.ledger.models import WorkEntry
from wadah.ledger.services.books import book_open
from wadah.ledger.services.work import work_post
from wadah.register.models import Ikm, Membership, Workshop, WorkshopSkill
from wadah.register.rules.matches import Told, owner_key, pairs_found
from wadah.register.selectors import firm_pairs, matches_seen
from wadah.register.services import (
    certificate_record,
    firms_differ,
    firms_join,
    firms_part,
    ikm_register,
    machine_put,
    membership_open,
    skill_claim,
    subsector_put,
    workshop_open,
)

SARI = Told(1, "Sari Baut", "Bu Sari Dewi", 7, "+628120001", frozenset({3}))
WHY = "Sama orangnya"


@pytest.mark.parametrize(
    ("other", "signs"),
    [
        ({"name": "Lain", "owner": "Lain Orang", "phone": SARI.phone}, ("phone",)),
        ({"name": "SARIBAUT", "owner": "Lain Orang", "phone": ""}, ("name",)),
        ({"name": "SARIBAUT", "owner": "Lain Orang", "phone": "", "area": 8}, None),
        ({"name": "Lain", "owner": "Hj. Sari Dewy", "phone": ""}, ("owner",)),
        ({"name": "Lain", "owner": "Sari Dwi", "phone": ""}, ("owner",)),
        ({"name": "Lain", "owner": "Sari Damai", "phone": ""}, None),
        ({"name": "Lain", "owner": "Sari Dewi", "phone": "", "subsectors": frozenset({4})}, None),
        ({"name": "sari baut", "owner": "Sari Dewi"}, ("phone", "name", "owner")),
        ({"name": "Lain", "owner": "Lain Orang", "phone": ""}, None),
    ],
)
def test_a_pair_is_told_by_what_it_has_in_common(other, signs):
    found = pairs_found([SARI, replace(SARI, ikm=2, **other)])
    assert [pair.signs for pair in found] == ([signs] if signs else [])


def test_titles_and_signs_say_nothing_of_who_somebody_is():
    assert owner_key("H. Slamet Riyadi, S.T.") == owner_key("Pak Slamet-Riyadi") == "slametriyadi"
    assert owner_key("Budi Hartono") == "budihartono"


def test_a_phone_of_many_is_a_helpers():
    assert (
        pairs_found([replace(SARI, ikm=key, name=f"F{key}", owner=f"Orang {'abcdefg'[key] * 6}") for key in range(6)])
        == []
    )


@pytest.fixture
def twin(cast):
    """Bu Sari once more, with a machine, a process, a paper, another trade, and a place in the cooperative."""
    ikm = ikm_register(
        name="SARI BAUT",
        owner_name="Ibu Sari",
        area=cast.kelurahan,
        workers=4,
        subsectors=[subsector_put(code="kayu", name="Kayu", name_en="Wood")],
    )
    shop = workshop_open(ikm=ikm, code="W-900", name="Rumah Sari", floor_m2=30)
    machine_put(workshop=shop, name="Gergaji")
    skill_claim(workshop=shop, skill=cast.skills["stamping_hand"])
    certificate_record(kind="sni", number="77", ikm=ikm)
    membership_open(
        cooperative=cast.cooperative, joined_on=Membership.objects.get(ikm=cast.sari.ikm).joined_on, ikm=ikm
    )
    return ikm


def state(*firms):
    """All that the register holds of the firms."""
    shops = Workshop.objects.filter(ikm__in=firms).order_by("pk")
    return (
        list(Ikm.objects.filter(pk__in=[firm.pk for firm in firms]).order_by("pk").values()),
        [list(Ikm.objects.get(pk=firm.pk).subsectors.values_list("code", flat=True)) for firm in firms],
        list(shops.values()),
        list(WorkshopSkill.objects.filter(workshop__in=shops).order_by("pk").values()),
        [list(shop.machines.values()) for shop in shops],
        list(Membership.objects.filter(ikm__in=firms).order_by("pk").values()),
        [list(firm.certificates.values("pk", "ikm", "workshop")) for firm in firms],
    )


def test_joined_firms_are_one_and_parted_ones_are_as_they_were(cast, twin):
    sari = cast.sari.ikm
    before = state(sari, twin)
    assert [(pair.one, pair.other) for pair in firm_pairs(Ikm.objects.all())] == [(sari, twin)]
    match = firms_join(keep=sari, gone=twin, reason=WHY, by=cast.officer)
    sari.refresh_from_db(), twin.refresh_from_db()
    assert (twin.merged_into, sari.workers) == (sari, 4)
    assert [machine.name for machine in cast.sari.workshop.machines.all()] == ["Gergaji"]
    assert set(cast.sari.workshop.skills.values_list("code", flat=True)) == {"turning", "stamping_hand"}
    assert set(sari.subsectors.values_list("code", flat=True)) == {"komponen-otomotif", "kayu"}
    assert sari.certificates.get().number == "77"
    assert Workshop.objects.get(code="W-900").archived_at is not None
    assert Workshop.objects.get(code=cast.sari.workshop.code).floor_m2 == 30
    assert Membership.objects.filter(ikm=twin, left_on__isnull=True).count() == 0
    assert firm_pairs(Ikm.objects.all()) == []
    assert [history_of(firm).latest("pk").act for firm in (sari, twin)] == ["firms_join"] * 2
    firms_part(match=match, by=cast.officer)
    assert state(sari, twin) == before
    assert len(firm_pairs(Ikm.objects.all())) == 1
    with pytest.raises(Conflict):
        firms_part(match=match, by=cast.officer)


def test_what_was_changed_since_stays_when_firms_are_parted(cast, twin):
    match = firms_join(keep=cast.sari.ikm, gone=twin, reason=WHY, by=cast.officer)
    Ikm.objects.filter(pk=cast.sari.ikm.pk).update(workers=9)
    firms_part(match=match, by=cast.officer)
    assert Ikm.objects.get(pk=cast.sari.ikm.pk).workers == 9
    assert Ikm.objects.get(pk=twin.pk).archived_at is None


def test_two_firms_that_are_said_to_differ_are_asked_about_no_more(cast, twin):
    match = firms_differ(one=cast.sari.ikm, other=twin, reason="Kakak dan adik", by=cast.officer)
    assert firm_pairs(Ikm.objects.all()) == []
    assert list(matches_seen(Ikm.objects.filter(pk=twin.pk))) == [match]
    with pytest.raises(Conflict):
        firms_join(keep=twin, gone=cast.sari.ikm, reason=WHY, by=cast.officer)
    firms_part(match=match, by=cast.officer)
    assert len(firm_pairs(Ikm.objects.all())) == 1


def test_a_workshop_with_work_goes_over_whole(cast, twin):
    order = making_build(cast).work_order(replace(cast.sari, workshop=Workshop.objects.get(code="W-900")))
    match = firms_join(keep=cast.sari.ikm, gone=twin, reason=WHY, by=cast.officer)
    shop = Workshop.objects.get(code="W-900")
    assert (shop.ikm, shop.archived_at, shop.machines.count()) == (cast.sari.ikm, None, 1)
    order.pk = None
    order.number = "SPK-2026-9999"
    order.save(force_insert=True)
    with pytest.raises(Refused, match="Rumah Sari"):
        firms_part(match=match, by=cast.officer)


def test_money_is_never_joined(cast, twin):
    book_open(cooperative=cast.cooperative, opened_on=today().replace(day=1), by=None)
    making = making_build(cast)
    making.accepted(cast.sari)
    assert work_post(cooperative=cast.cooperative) == 1
    with pytest.raises(Refused, match="Sari Baut"):
        firms_join(keep=twin, gone=cast.sari.ikm, reason=WHY, by=cast.officer)
    making.accepted(replace(cast.sari, workshop=Workshop.objects.get(code="W-900")))
    work_post(cooperative=cast.cooperative)
    assert WorkEntry.objects.filter(ikm=twin).count() == 1
    with pytest.raises(Refused):
        firms_join(keep=cast.sari.ikm, gone=twin, reason=WHY, by=cast.officer)
    assert Ikm.objects.get(pk=twin.pk).archived_at is None


def test_two_people_who_sign_in_are_not_made_one(cast, twin):
    Membership.objects.filter(ikm=twin).update(user=cast.tini.user)
    with pytest.raises(Refused):
        firms_join(keep=cast.sari.ikm, gone=twin, reason=WHY, by=cast.officer)


def test_a_firm_is_not_joined_with_itself_nor_twice_nor_without_a_reason(cast, twin):
    with pytest.raises(Refused):
        firms_join(keep=twin, gone=twin, reason=WHY, by=cast.officer)
    with pytest.raises(Refused):
        firms_join(keep=cast.sari.ikm, gone=twin, reason=" ", by=cast.officer)
    firms_join(keep=cast.sari.ikm, gone=twin, reason=WHY, by=cast.officer)
    with pytest.raises(Conflict):
        firms_join(keep=cast.sari.ikm, gone=twin, reason=WHY, by=cast.officer)
