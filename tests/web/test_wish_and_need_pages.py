"""Wish, need and extra hours on pages and in files: a member's own, the manager's form, and who may not see them."""

import io
from decimal import Decimal

import pytest
from django.test import Client

from cast import cast_build
from wadah.base.clock import monday, today
from wadah.base.imports.services import import_cancel, import_commit, import_template, import_upload
from wadah.base.models import ImportBatch
from wadah.catalogue.models import CooperativeTerms
from wadah.register.models import WeekPattern, Workshop
from wadah.register.services.sharing import workshop_need_set, workshop_wish_set
from wadah.web.exports import xlsx_bytes


@pytest.fixture
def cast(db):
    return cast_build()


def as_(user):
    user.language = "en"
    user.save()
    client = Client()
    client.force_login(user)
    return client


def post(client, address, key="k", **form):
    return client.post(address, {"idempotency_key": f"{key} {address}", **form})


def page(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_a_member_says_how_much_work_they_would_like_and_reads_what_was_agreed(cast):
    sari = as_(cast.sari.user)
    text = page(sari, "/kemampuan/")
    assert "You have not said how much work you would like." in text
    assert "Agreed: Rp15.000 extra for each such hour." in text
    address = f"/kemampuan/{cast.sari.workshop.pk}/harapan/"
    assert post(sari, address, hours="20,5").status_code == 302
    assert Workshop.objects.get(pk=cast.sari.workshop.pk).wish_minutes_week == 1230
    assert "You would like 20 h 30 min of work a week." in page(sari, "/kemampuan/")
    assert post(sari, address, "more", hours="200").status_code == 400
    assert post(sari, address, "open", hours="").status_code == 302
    assert Workshop.objects.get(pk=cast.sari.workshop.pk).wish_minutes_week is None


def test_a_member_whose_extra_hours_have_no_price_is_told_so(cast):
    WeekPattern.objects.update(overtime_cost_rupiah_hour=0)
    assert "No extra pay is agreed yet: ask the manager." in page(as_(cast.sari.user), "/kemampuan/")
    WeekPattern.objects.update(overtime_minutes_week=0)
    assert "If need be" not in page(as_(cast.sari.user), "/kemampuan/")


def test_the_manager_writes_wish_and_need_with_its_reason(cast):
    manager = as_(cast.manager)
    shop = f"/anggota/bengkel/{cast.sari.workshop.pk}/"
    assert "Weight of its need: 1." in page(manager, shop)
    answer = post(manager, f"{shop}harapan/", wish="30", need_weight="1.5", need_reason="")
    assert answer.status_code == 400
    assert "Say why: others will ask." in answer.content.decode()
    assert Workshop.objects.get(pk=cast.sari.workshop.pk).wish_minutes_week is None, "all or nothing"
    answer = post(manager, f"{shop}harapan/", "again", wish="30", need_weight="1.5", need_reason="Two at school")
    assert answer["Location"] == shop
    text = page(manager, shop)
    assert "Weight of its need: 1.5. Two at school" in text
    assert "30 h a week" in text
    assert "Two at school" in page(manager, f"/anggota/tentang/bengkel/{cast.sari.workshop.pk}/")
    assert 'value="1.5"' in page(manager, f"{shop}harapan/")


def test_nobody_but_managers_sees_weight_and_reason(cast):
    workshop_need_set(workshop=cast.sari.workshop, weight=Decimal(3), reason="Sole earner", by=cast.manager)
    workshop_wish_set(workshop=cast.sari.workshop, minutes_week=600, by=cast.manager)
    officer = as_(cast.officer)
    for address in (
        f"/anggota/bengkel/{cast.sari.workshop.pk}/",
        f"/anggota/tentang/bengkel/{cast.sari.workshop.pk}/",
        "/anggota/bengkel/?unduh=csv",
    ):
        text = page(officer, address)
        assert "Sole earner" not in text
        assert "Weight of its need" not in text
    assert "Wish told" in page(officer, f"/anggota/tentang/bengkel/{cast.sari.workshop.pk}/")
    sari = page(as_(cast.sari.user), "/kemampuan/")
    assert "Sole earner" not in sari
    assert "10 h" in sari


def test_the_terms_hold_a_price_of_an_extra_hour(cast):
    manager = as_(cast.manager)
    answer = post(
        manager,
        "/ketentuan/tambah/",
        cooperative=cast.cooperative.pk,
        valid_from=today(),
        margin_percent="10",
        late_penalty_percent_week="0.7",
        late_penalty_cap_percent="5",
        quotation_valid_days="14",
        overtime_rupiah_hour="12.500",
    )
    assert answer.status_code == 302, answer.content.decode()
    assert CooperativeTerms.objects.get().overtime_rupiah_hour == 12_500
    assert "Rp12.500" in page(manager, "/ketentuan/")


def test_the_policy_form_offers_wish_and_need(cast):
    text = page(as_(cast.manager), f"/anggota/koperasi/{cast.cooperative.pk}/pembagian/")
    assert "in proportion to the hours wished for" in text
    assert "by need, as the cooperative weighs it" in text


# -- the import of workshops ---------------------------------------------------------------------------------------

HEAD = ["Kode bengkel", "Jam per minggu", "Jam lembur", "Upah lembur", "Harapan jam"]


def sent(cast, rows, head=HEAD):
    return import_upload(
        kind="workshops",
        cooperative_id=cast.cooperative.pk,
        file_name="bengkel.xlsx",
        content=xlsx_bytes(head, rows),
        by=cast.manager,
    )


def written(cast, rows):
    batch = sent(cast, rows)
    assert batch.preview["counts"]["wrong"] == 0, batch.preview["faults"]
    return import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=cast.manager)


def pattern_of(workshop):
    row = WeekPattern.objects.filter(workshop=workshop).latest("valid_from")
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    minutes = sum(getattr(row, f"minutes_{day}") for day in days)
    return minutes, row.overtime_minutes_week, row.overtime_cost_rupiah_hour, row.valid_from


def test_extra_hours_their_price_and_the_wish_come_from_a_file_and_go_back(cast):
    batch = written(cast, [["W-001", "", "5", "Rp 20.000", "24,5"], ["W-002", "40", "", "", ""]])
    this_week = monday(today())
    assert pattern_of(cast.sari.workshop) == (44 * 60, 300, 20_000, this_week), "the days stay as they were"
    assert pattern_of(cast.karim.workshop) == (40 * 60, 440, 15_000, this_week), "what the file leaves out stays"
    assert Workshop.objects.get(code="W-001").wish_minutes_week == 1470
    import_cancel(batch=ImportBatch.objects.get(pk=batch.pk), by=cast.manager)
    assert pattern_of(cast.sari.workshop)[1:3] == (440, 15_000)
    assert Workshop.objects.get(code="W-001").wish_minutes_week is None


def test_a_dash_or_zero_takes_the_price_away(cast):
    written(cast, [["W-001", "", "", "-", ""], ["W-002", "", "", "0", ""]])
    assert pattern_of(cast.sari.workshop)[2] == pattern_of(cast.karim.workshop)[2] == 0


def test_extra_hours_without_usual_hours_and_more_than_a_week_has_are_refused_with_their_column(cast):
    WeekPattern.objects.filter(workshop=cast.tini.workshop).delete()
    batch = sent(cast, [["W-003", "", "5", "", ""], ["W-001", "", "200", "", ""], ["W-002", "", "", "", "169"]])
    faults = {(row, column) for row, column, _message in batch.preview["faults"]}
    assert faults == {(2, "overtime_hours"), (3, "overtime_hours"), (4, "wish_hours")}


def test_the_template_holds_them_and_sent_back_changes_nothing(cast):
    workshop_wish_set(workshop=cast.sari.workshop, minutes_week=100, by=cast.manager)
    content = import_template(kind="workshops", cooperative_id=cast.cooperative.pk, by=cast.manager)
    batch = import_upload(
        kind="workshops",
        cooperative_id=cast.cooperative.pk,
        file_name="templat.xlsx",
        content=io.BytesIO(content).getvalue(),
        by=cast.manager,
    )
    assert batch.preview["counts"] == {"new": 0, "changed": 0, "same": 3, "wrong": 0}
