"""From a buyer's order to a member's work, in a real browser, on a phone's screen, without JavaScript."""

from datetime import date

import pytest

from cast import PASSWORD, cast_build
from cast_orders import bracket_build, bracket_order
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.services import order_move


@pytest.fixture
def cast(transactional_db):
    cast = cast_build()
    world = bracket_build(cast)
    stock_count(cooperative=cast.cooperative, part=world.sheet, as_of=date(2026, 11, 1), quantity=100)
    order_move(order=bracket_order(cast, world), to="confirmed")
    return cast


@pytest.fixture
def phone(browser, live_server):
    """A fresh phone for each person: 360 px, JavaScript off."""
    contexts = []

    def signed_in(number):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/masuk/")
        page.fill("[name=phone]", number)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        return page

    yield signed_in
    for context in contexts:
        context.close()


@pytest.mark.browser
def test_an_order_becomes_a_plan_and_a_members_work(cast, phone):
    manager = phone("0812-0000-0011")
    manager.click("nav >> label")
    manager.click("nav >> text=/^Pesanan$/")
    manager.click("text=PO-2026-0001")
    assert "Belum direncanakan" in manager.inner_text("main")
    manager.click("nav >> label")
    manager.click("nav >> text=/^Rencana$/")
    manager.fill("[name=start_on]", "2026-11-30")
    manager.fill("[name=weeks]", "12")
    manager.click("text=Buat rencana >> nth=-1")
    assert "Rencana sedang dibuat" in manager.inner_text("main")
    jobs_run_waiting()
    manager.reload()
    plan = manager.inner_text("main")
    assert "Terbukti" in plan
    assert "100%" in plan
    assert manager.locator("svg.gantt rect").count() >= 3
    manager.click("text=Berlakukan")
    assert "sekarang berlaku" in manager.inner_text("main")
    sari = phone("0812-0000-0001")
    sari.click("nav >> text=Pekerjaan saya")
    assert "Baut M8" in sari.inner_text("main")
    buyer = phone("0812-0000-0012")
    buyer.goto("/pesanan/PO-2026-0001/")
    assert "On time" in buyer.inner_text("main")
