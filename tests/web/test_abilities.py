"""A member's own page: what they can make, when they are free; each day closed and opened with a tap."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from cast import cast_build
from wadah.base.clock import monday, today
from wadah.register.models import Leave, WorkshopSkill
from wadah.register.services import machine_put, skill_attest

NEXT_MONDAY = timedelta(days=7)


@pytest.fixture
def sari(client, cast):
    client.force_login(cast.sari.user)
    return client


def sent(client, address, **form):
    return client.post(address, {"idempotency_key": f"{address}{sorted(form.items())}"[:64], **form})


def tap(client, workshop, act, first, last=None):
    return sent(client, reverse("ability_days", args=[workshop.pk]), hari=f"{act}:{first}:{last or first}")


def test_a_tap_closes_a_day_and_another_opens_it(sari, cast):
    day = monday(today()) + NEXT_MONDAY
    assert tap(sari, cast.sari.workshop, "tutup", day).status_code == 302
    assert Leave.objects.get().first_day == day
    page = sari.get(reverse("abilities")).content.decode()
    assert f'value="buka:{day}:{day}"' in page
    tap(sari, cast.sari.workshop, "buka", day)
    assert not Leave.objects.exists()


def test_a_whole_week_is_closed_at_once(sari, cast):
    day = monday(today()) + NEXT_MONDAY
    tap(sari, cast.sari.workshop, "tutup", day, day + timedelta(days=6))
    assert (Leave.objects.get().last_day - day).days == 6
    assert f'value="buka:{day}:{day + timedelta(days=6)}"' in sari.get(reverse("abilities")).content.decode()


@pytest.mark.parametrize("text", ["", "tutup", "tutup:x:y", "hapus:{day}:{day}", "tutup:2020-01-06:2020-01-06"])
def test_what_no_button_sends_is_refused(sari, cast, text):
    page = reverse("ability_days", args=[cast.sari.workshop.pk])
    assert sent(sari, page, hari=text.format(day=today())).status_code == 400
    assert not Leave.objects.exists()


def test_what_was_attested_is_told_in_words_and_a_badge(sari, cast):
    skill_attest(workshop=cast.sari.workshop, skill=cast.skills["turning"], by=cast.manager)
    page = sari.get(reverse("abilities")).content.decode()
    assert "disaksikan" in page
    assert "Menurut Bu Ratna" in page


def test_still_right_is_noted_with_the_day(sari, cast):
    sent(sari, reverse("ability_confirm", args=[cast.sari.workshop.pk]))
    cast.sari.workshop.refresh_from_db()
    assert cast.sari.workshop.confirmed_at is not None
    assert "terakhir memastikan" in sari.get(reverse("abilities")).content.decode()


def test_a_member_claims_more_and_never_attests(sari, cast):
    page = reverse("ability_skills", args=[cast.sari.workshop.pk])
    assert sent(sari, page).status_code == 400
    assert sent(sari, page, skills=str(cast.skills["stamping_hand"].pk)).status_code == 302
    assert WorkshopSkill.objects.get(workshop=cast.sari.workshop, skill__code="stamping_hand").claim == "claimed"
    claim = WorkshopSkill.objects.get(workshop=cast.sari.workshop, skill__code="turning")
    assert sent(sari, reverse("claim_attest", args=[claim.pk]), level="verified").status_code == 404


def test_new_hours_count_from_this_week_and_keep_the_agreed_overtime(sari, cast):
    sent(sari, reverse("ability_hours", args=[cast.sari.workshop.pk]), hours="weekend")
    row = cast.sari.workshop.week_patterns.get(valid_from=monday(today()))
    assert (row.minutes_monday, row.minutes_sunday, row.overtime_minutes_week) == (0, 480, 440)


@pytest.mark.parametrize("name", ["ability_skills", "ability_machine", "ability_hours"])
def test_another_members_workshop_is_not_there(sari, cast, name):
    assert sari.get(reverse(name, args=[cast.karim.workshop.pk])).status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_and_nothing_sticks_out(browser, live_server, transactional_db, client, language):
    cast = cast_build()
    machine_put(workshop=cast.sari.workshop, name="Bubut meja")
    client.force_login(cast.sari.user)
    tap(client, cast.sari.workshop, "tutup", monday(today()) + NEXT_MONDAY)
    context = browser.new_context(base_url=live_server.url)
    cookies = [(name, morsel.value) for name, morsel in client.cookies.items()] + [("wadah_language", language)]
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies])
    page = context.new_page()
    pk = cast.sari.workshop.pk
    for address in ("", f"{pk}/keterampilan/", f"{pk}/mesin/", f"{pk}/jam/"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            page.goto(f"/kemampuan/{address}")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not found.violations_count, found.generate_report()
    context.close()
