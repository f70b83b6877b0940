import pytest
from axe_playwright_python.sync_playwright import Axe

from wadah.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(page):
    """What axe finds, as text; empty if nothing."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("address", ["/", "/masuk/", "/nowhere/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(browser, live_server, address, language, scheme):
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme)
    context.add_cookies([{"name": "wadah_language", "value": language, "url": live_server.url}])
    page = context.new_page()
    noise = []
    page.on("console", lambda message: noise.append(message.text))
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults(page) == ""
    assert [line for line in noise if "Content Security Policy" in line or "Content-Security-Policy" in line] == []
    context.close()


def test_signing_in_by_keyboard_alone(page, live_server):
    User.objects.create_user(phone="+6281234567890", name="Sari", password="anyaman bambu")
    page.goto("/masuk/")
    page.get_by_label("Nomor telepon").focus()
    page.keyboard.type("081234567890")
    page.keyboard.press("Tab")
    page.keyboard.type("anyaman bambu")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + "/")
    assert page.get_by_text("Selamat datang, Sari").is_visible()


def test_what_is_pressed_is_48_pixels_high(page):
    page.goto("/masuk/")
    for element in page.locator("button, a.button, input:not([type=hidden])").all():
        assert element.bounding_box()["height"] >= 47.9
