"""The whole door on a cheap phone: 360 px, no JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from cast import PASSWORD, cast_build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIN = "73051946"


@pytest.fixture
def phone(browser, live_server):
    """Fresh phones: 360 px wide, JavaScript off."""
    contexts = []

    def fresh():
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
        )
        contexts.append(context)
        return context.new_page()

    yield fresh
    for context in contexts:
        context.close()


def test_a_member_comes_in_by_link_and_pin_and_stays_known(phone):
    cast_build()
    manager, sari = phone(), phone()
    sari.goto("/masuk/?next=/pekerjaan/")
    sari.click("text=Belum punya PIN, atau lupa")
    sari.fill("[name=phone]", "0812 0000 0001")
    sari.click("main button")
    assert "Permintaan sudah dicatat" in sari.inner_text("main")

    manager.goto("/masuk/?next=/anggota/masuk/")
    manager.fill("[name=phone]", "0812-0000-0011")
    manager.fill("[name=password]", PASSWORD)
    manager.click("main button")
    manager.click("text=Menunggu tautan: berikan")
    manager.click("text=Berikan tautan")
    assert manager.get_attribute("text=Kirim lewat WhatsApp", "href").startswith("https://wa.me/62812")
    link = re.search(r"http://\S+/masuk/tautan/\S+", manager.input_value("#text"))[0]

    sari.goto(link)
    sari.click("text=Ya, masuk sebagai Bu Sari")
    sari.fill("[name=pin]", PIN)
    sari.fill("[name=again]", PIN)
    sari.click("text=Simpan")
    assert sari.url.endswith("/pekerjaan/")

    sari.click("header >> text=Keluar")
    sari.goto("/masuk/")
    assert "Halo, Bu Sari" in sari.inner_text("main")
    sari.fill("[name=password]", PIN)
    sari.click("main button")
    sari.goto("/perangkat/")
    assert "yang ini" in sari.inner_text("main")
    sari.click("main >> text=Keluar >> nth=0")
    sari.goto("/masuk/")
    assert sari.locator("[name=phone]").count() == 1, "signed out here, the phone is forgotten"


@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_on_the_doors_pages(browser, live_server, client, language):
    cast = cast_build()
    cast.manager.language = language
    cast.manager.save()
    client.force_login(cast.manager)
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies(
        [{"name": "wadah_session", "value": client.cookies["wadah_session"].value, "url": live_server.url}]
    )
    page = context.new_page()
    for address in (
        "/perangkat/",
        "/perangkat/kunci/",
        "/masuk/kode/pasang/",
        "/masuk/minta/",
        "/anggota/masuk/",
        f"/akun/{cast.sari.user.pk}/",
    ):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not found.violations_count, address + found.generate_report()
    context.close()
