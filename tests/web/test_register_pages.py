"""The register on pages: found by any spelling, taken home as files, changed, archived, brought back, attested."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wadah.base.clock import today
from wadah.register.models import Membership, WorkshopSkill
from wadah.register.services import certificate_record, machine_put, membership_close


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.manager)
    return client


@pytest.fixture
def place(cast):
    return Membership.objects.get(ikm=cast.sari.ikm)


def sent(client, address, **form):
    return client.post(address, {"idempotency_key": f"{address}{sorted(form.items())}"[-64:], **form})


def text(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


@pytest.mark.parametrize("typed", ["saribaut", "SARI BAUT", "bekasijaya", "bu sari", "0812-0000-0001"])
def test_a_member_is_found_by_any_spelling_place_or_phone(manager, typed):
    page = text(manager, reverse("members"), q=typed)
    assert "Sari Baut" in page
    assert "Rudi Logam" not in page


def test_an_officer_reads_members_with_their_phones_masked(client, cast, place):
    client.force_login(cast.officer)
    for address in (reverse("members"), reverse("member", args=[place.pk])):
        page = text(client, address)
        assert "Sari Baut" in page
        assert "0812-0000-0001" not in page
    whole = client.get(reverse("members"), {"unduh": "csv"}).content.decode("utf-8-sig")
    assert "Sari Baut" in whole
    assert "0000-0001" not in whole


def test_the_page_of_who_has_left_tells_nothing_but_the_way_back(manager, cast, place):
    membership_close(membership=place, left_on=today())
    page = text(manager, reverse("member", args=[place.pk]))
    assert "0812" not in page
    assert "Bekasi Jaya" not in page
    assert manager.get(reverse("workshop", args=[cast.sari.workshop.pk])).status_code == 404
    assert "Sari Baut" not in text(manager, reverse("members"))
    assert "Sari Baut" in text(manager, reverse("members"), keadaan="keluar")
    sent(manager, reverse("member_return", args=[place.pk]))
    assert "Sari Baut" in text(manager, reverse("members"))


def test_a_correction_stands_in_the_history_without_the_phone(manager, cast, place):
    page = manager.get(reverse("member_edit", args=[place.pk])).context["form"]
    form = {name: page[name].value() for name in ("owner_name", "name", "legal_form", "version", "area")}
    form |= {"workers": "4", "investment_rupiah": "25 jt", "phone": "0813-9999-8888"}
    assert sent(manager, reverse("member_edit", args=[place.pk]), **form).status_code == 302
    cast.sari.ikm.refresh_from_db()
    assert (cast.sari.ikm.workers, cast.sari.ikm.investment_rupiah) == (4, 25_000_000)
    history = text(manager, reverse("member_history", args=[place.pk]))
    assert "– → 4" in history
    assert "9999" not in history


def test_a_test_piece_without_words_is_not_verified(manager, cast):
    claim = WorkshopSkill.objects.get(workshop=cast.sari.workshop)
    page = reverse("claim_attest", args=[claim.pk])
    assert sent(manager, page, level="verified", on=str(today())).status_code == 400
    assert sent(manager, page, level="verified", on=str(today()), evidence="20 baut M8").status_code == 302
    shown = text(manager, reverse("workshop", args=[cast.sari.workshop.pk]))
    assert "terbukti" in shown
    assert "20 baut M8" in shown
    assert "Sari" in text(manager, reverse("claims"), tingkat="verified")
    assert "Karim" not in text(manager, reverse("claims"), tingkat="verified")


def test_certificates_that_end_soon_are_filtered(manager, cast):
    for number, days in (("ENDED", -1), ("SOON", 30), ("LATER", 90)):
        certificate_record(kind="halal", number=number, expires_on=today() + timedelta(days=days), ikm=cast.sari.ikm)
    soon = text(manager, reverse("certificates"), akhir="segera")
    assert [number in soon for number in ("ENDED", "SOON", "LATER")] == [False, True, False]
    assert "ENDED" in text(manager, reverse("certificates"), akhir="berakhir")


def test_what_is_archived_leaves_the_list_and_comes_back(manager, cast):
    machine = machine_put(workshop=cast.sari.workshop, name="Bubut meja")
    assert "Bubut meja" in text(manager, reverse("machines"))
    sent(manager, reverse("register_act", args=["mesin", machine.pk, "arsip"]))
    assert "<td" not in text(manager, reverse("machines"))
    assert "Bubut meja" in text(manager, reverse("machines"), keadaan="arsip")
    sent(manager, reverse("register_act", args=["mesin", machine.pk, "pulih"]))
    assert "Bubut meja" in text(manager, reverse("machines"))


@pytest.mark.parametrize("address", [["bulan", 1, "arsip"], ["mesin", 1, "hapus"]])
def test_an_unknown_kind_or_act_is_not_there(manager, cast, address):
    machine_put(workshop=cast.sari.workshop, name="Bubut meja")
    assert sent(manager, reverse("register_act", args=address)).status_code == 404


def test_nobody_ends_their_own_office(manager, cast):
    own = Membership.objects.get(user=cast.manager)
    assert sent(manager, reverse("office_end", args=[own.pk])).status_code == 400
    own.refresh_from_db()
    assert own.left_on is None


def test_an_office_is_given_ended_and_brought_back(manager, cast):
    form = {"role": "treasurer", "name": "Bu Kas", "phone": "0813-4444-5555", "joined_on": str(today())}
    page = reverse("office_add", args=[cast.cooperative.pk])
    assert sent(manager, page, **form).status_code == 400  # nobody said that she is 18
    assert sent(manager, page, **form, adult="on").status_code == 302
    office = Membership.objects.get(role="treasurer")
    sent(manager, reverse("office_end", args=[office.pk]))
    sent(manager, reverse("office_return", args=[office.pk]))
    office.refresh_from_db()
    assert office.left_on is None


def test_a_local_holiday_is_for_a_place_of_ones_own_and_a_day_to_come(manager, cast):
    page = reverse("holiday_add")
    day = today() + timedelta(days=20)
    assert sent(manager, page, date=str(today() - timedelta(days=1)), name="Lalu", area=cast.city.pk).status_code == 400
    assert sent(manager, page, date=str(day), name="Hari Jadi", area=cast.city.pk).status_code == 302
    assert "Hari Jadi" in text(manager, reverse("holidays"))


def test_hours_a_week_are_numbers_in_the_file_and_unknown_ones_are_empty(manager, cast):
    lines = manager.get(reverse("week_hours"), {"unduh": "csv"}).content.decode("utf-8-sig").splitlines()
    assert any("44" in line.split(";") for line in lines if "Sari" in line)


def test_no_list_takes_more_than_22_queries(manager, cast, django_assert_max_num_queries):
    for name in ("members", "workshops", "claims", "machines", "week_hours", "certificates", "experts"):
        with django_assert_max_num_queries(22):
            manager.get(reverse(name))
