"""The main ways on a phone: many of them fold away behind one button, a few stand as they are."""

import pytest
from django.test import Client

from cast import cast_build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def opened(browser, live_server):
    contexts = []

    def at(user, screen):
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url, viewport=screen, java_script_enabled=False)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"wadah_language": "id"}
        context.add_cookies([{"name": key, "value": text, "url": live_server.url} for key, text in cookies.items()])
        contexts.append(context)
        page = context.new_page()
        page.goto("/papan-kerja/" if user.name == "Bu Ratna" else "/beranda/")
        return page, page.locator("nav.ways").get_by_role(
            "link", name="Gudang" if user.name == "Bu Ratna" else "Tawaran"
        )

    yield at
    for context in contexts:
        context.close()


def test_many_fold_away_on_a_phone_and_unfold_by_thumb_or_keyboard(opened):
    page, hub = opened(cast_build().manager, PHONE)
    menu = page.locator("nav.ways label")
    assert "Papan kerja" in menu.inner_text()  # where one is
    assert not hub.is_visible()
    menu.click()
    assert hub.is_visible()
    menu.click()
    assert not hub.is_visible()
    page.locator("#menu").focus()
    page.keyboard.press("Space")
    hub.click()
    assert page.url.endswith("/gudang/")


def test_on_a_desk_all_stand_and_nothing_is_to_be_pressed(opened):
    page, hub = opened(cast_build().manager, DESK)
    assert hub.is_visible()
    assert not page.locator("nav.ways label").is_visible()


def test_a_members_few_stand_on_a_phone_too(opened):
    page, offers = opened(cast_build().sari.user, PHONE)
    assert offers.is_visible()
    assert page.locator("#menu").count() == 0
