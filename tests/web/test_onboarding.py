"""A home workshop joins on a phone without any script, in twelve actions at most; each answer is kept."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from cast import cast_build
from wadah.register.models import Enrolment, Ikm, Membership
from wadah.register.services import area_put, enrolment_start, enrolment_tell

ACTIONS_MAX = 12


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.manager)
    return client


def sent(client, address, **form):
    return client.post(address, {"idempotency_key": f"{address}-{len(form)}-{sorted(form.items())}"[:64], **form})


def begun(cast):
    return enrolment_start(
        cooperative=cast.cooperative, by=cast.manager, name="Bu Yani", adult=True, area=cast.kelurahan.pk
    )


class Thumb:
    """Counts what a thumb does: a tap, a pick, or a field that is filled in."""

    def __init__(self, page):
        self.page = page
        self.actions = 0

    def tap(self, what):
        self.actions += 1
        what.click()
        self.page.wait_for_load_state()

    def fill(self, label, text):
        self.actions += 1
        self.page.get_by_label(label).first.fill(text)


@pytest.fixture
def phone(browser, live_server, transactional_db, client):
    """The manager's phone, 360 px wide, without JavaScript."""
    cast = cast_build()
    client.force_login(cast.manager)
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    name, morsel = next((name, morsel) for name, morsel in client.cookies.items() if "session" in name)
    context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_garage_is_registered_in_twelve_actions(phone):
    thumb = Thumb(phone)
    phone.goto("/anggota/")
    thumb.tap(phone.get_by_role("link", name="Tambah"))
    thumb.fill("Nama", "Bu Yani")
    thumb.fill("Nomor telepon", "0813 2222 3333")
    thumb.fill("Kelurahan", "bekasijaya")
    thumb.tap(phone.get_by_role("button", name="18 tahun ke atas"))
    thumb.tap(phone.get_by_label("Komponen otomotif"))
    thumb.tap(phone.get_by_label("Bubut", exact=True))
    thumb.fill("Mesin 1", "Bubut meja")
    thumb.tap(phone.get_by_role("button", name="Lanjut", exact=True))
    thumb.tap(phone.get_by_role("button", name="Setengah hari"))
    thumb.tap(phone.locator("input[name=sni]"))
    thumb.tap(phone.get_by_role("button", name="Daftarkan", exact=True))
    assert phone.get_by_role("heading", name="Bu Yani sudah terdaftar").is_visible()
    assert phone.get_by_role("heading", name="Berikutnya").is_visible()
    assert thumb.actions <= ACTIONS_MAX
    shop = Ikm.objects.get(name="Bu Yani").workshops.get()
    assert shop.area.name == "Bekasijaya"
    assert [claim.skill.code for claim in shop.mastered.all()] == ["turning"]
    assert shop.week_patterns.get().minutes_monday == 240
    assert Membership.objects.get(ikm=shop.ikm).user.phone == "+6281322223333"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_on_any_step_and_nothing_sticks_out(browser, live_server, transactional_db, client, language):
    cast = cast_build()
    client.force_login(cast.manager)
    row = begun(cast)
    enrolment_tell(enrolment=row, step="what", answer={"subsectors": [], "skills": [], "machines": []})
    enrolment_tell(enrolment=row, step="hours", answer={"minutes": None})
    context = browser.new_context(base_url=live_server.url)
    cookies = [(name, morsel.value) for name, morsel in client.cookies.items()] + [("wadah_language", language)]
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies])
    page = context.new_page()
    for address in ("", *(f"{row.pk}/{step}/" for step in ("orang", "kemampuan", "jam", "surat", "peta"))):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            page.goto(f"/anggota/daftar/{address}")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not found.violations_count, found.generate_report()
    context.close()


def test_who_is_under_18_is_not_kept(manager):
    answer = sent(manager, reverse("enrolment"), name="Budi", adult="no")
    assert answer.status_code == 400
    assert not Enrolment.objects.exists()
    assert 'value="Budi"' in answer.content.decode()


def test_a_name_that_means_several_kelurahan_offers_them_to_tap(manager, cast):
    other = area_put(code="32.75.01.1009", name="Bekasi Jati", kind="kelurahan", parent=cast.kecamatan)
    typed = {"name": "Bu Yani", "area": "bekasi j", "adult": "yes"}
    answer = sent(manager, reverse("enrolment"), **typed)
    assert answer.status_code == 400
    assert f'name="pick" value="{other.pk}"' in answer.content.decode()
    assert sent(manager, reverse("enrolment"), **typed, pick=str(other.pk)).status_code == 302
    assert Enrolment.objects.get().told["who"]["area"] == other.pk


def test_an_unknown_kelurahan_says_so_at_its_field(manager):
    answer = sent(manager, reverse("enrolment"), name="Bu Yani", area="Medan", adult="yes")
    assert answer.status_code == 400
    assert "“Medan”" in answer.content.decode()


def test_a_registration_goes_on_where_it_was_left(manager, cast):
    row = begun(cast)
    assert "Bu Yani" in manager.get(reverse("members")).content.decode()
    last = manager.get(reverse("enrolment_step", args=[row.pk, "surat"]))
    assert last["Location"] == reverse("enrolment_step", args=[row.pk, "kemampuan"])


def test_own_hours_are_kept_and_a_day_of_25_hours_is_not(manager, cast):
    row = begun(cast)
    page = reverse("enrolment_step", args=[row.pk, "jam"])
    assert sent(manager, page, hours="own", monday="25").status_code == 400
    assert sent(manager, page, hours="own").status_code == 400
    assert sent(manager, page, hours="own", monday="7,5").status_code == 302
    row.refresh_from_db()
    assert row.told["hours"]["minutes"] == [450, 0, 0, 0, 0, 0, 0]


def test_hours_that_are_not_known_are_kept_as_not_known(manager, cast):
    row = begun(cast)
    assert sent(manager, reverse("enrolment_step", args=[row.pk, "jam"]), hours="unknown").status_code == 302
    row.refresh_from_db()
    assert row.told["hours"] == {"minutes": None}


def test_a_tap_on_the_drawing_is_a_place_and_its_corner_is_none(manager, cast):
    area_put(code="32.75.01.1001", name="Bekasijaya", kind="kelurahan", parent=cast.kecamatan, lat=-6.24, lng=107.01)
    row = begun(cast)
    page = reverse("enrolment_place", args=[row.pk])
    assert manager.get(reverse("enrolment_map", args=[row.pk])).content.startswith(b"<svg")
    assert sent(manager, page, **{"titik.x": "0", "titik.y": "0"}).status_code == 400
    assert sent(manager, page, **{"titik.x": "240", "titik.y": "160"}).status_code == 302
    row.refresh_from_db()
    assert row.told["place"]["lat"] == -6.24
    assert 107.018 < row.told["place"]["lng"] < 107.020  # 1 km east of the middle


def test_another_cooperatives_registration_is_not_there(client, cast):
    row = begun(cast)
    client.force_login(cast.rudi.user)
    assert client.get(reverse("enrolment_step", args=[row.pk, "orang"])).status_code == 404
