"""R15 in a real browser: presses without signal are kept on the phone, said so, and count once when it is back."""

from decimal import Decimal

import pytest

from cast_work import order_open, work_build
from wadah.work.models import Progress

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row(db):
    world = work_build()
    return order_open(world, world.bracket.bolt, world.cast.sari)


@pytest.fixture
def phone(row, page, client, live_server):
    """Bu Sari's phone, on the work order's page."""
    client.force_login(row.workshop.ikm.memberships.get().user)
    cookies = [{"name": n, "value": m.value, "url": live_server.url} for n, m in client.cookies.items()]
    page.context.add_cookies(cookies)
    page.goto(f"/pekerjaan/{row.number}/")
    return page


def pieces():
    return [int(number) for number in Progress.objects.values_list("pieces", flat=True)]


def test_presses_without_signal_are_kept_and_sent_once_when_it_is_back(phone):
    told = phone.locator("[data-outbox-told]")
    assert told.is_hidden()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="+1", exact=True).click()
    phone.get_by_role("button", name="+10", exact=True).click()
    told.wait_for(state="visible")
    phone.wait_for_function("document.querySelector('[data-count]').textContent === '2'")
    assert pieces() == []
    with phone.expect_navigation():
        phone.context.set_offline(False)
    told.wait_for(state="hidden")
    assert pieces() == [1, 10]


def test_an_answer_that_is_lost_is_asked_for_again_and_counts_once(phone):
    """The server noted it, the phone never heard: it is sent again with the same key."""
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    phone.route("**/lapor/", lose)
    phone.get_by_role("button", name="+10", exact=True).click()
    phone.locator("[data-outbox-told]").wait_for(state="visible")
    assert pieces() == [10]
    phone.reload()  # what is kept is sent when the page opens again
    phone.locator("[data-outbox-told]").wait_for(state="hidden")
    phone.wait_for_function("localStorage.getItem('wadah-outbox') === '[]'")
    assert pieces() == [10]


def test_what_the_hub_refuses_is_said_and_not_sent_for_ever(phone, row):
    type(row).objects.filter(pk=row.pk).update(reported=Decimal(100))
    phone.get_by_role("button", name="+10", exact=True).click()
    phone.locator("[data-outbox-refused]").wait_for(state="visible")
    assert row.number in phone.locator("[data-outbox-refused]").inner_text()
    assert phone.evaluate("localStorage.getItem('wadah-outbox')") == "[]"
    assert pieces() == []


def test_without_a_script_the_form_is_an_ordinary_one(row, browser, client, live_server):
    client.force_login(row.workshop.ikm.memberships.get().user)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": n, "value": m.value, "url": live_server.url} for n, m in client.cookies.items()])
    page = context.new_page()
    page.goto(f"/pekerjaan/{row.number}/")
    page.get_by_role("button", name="+1", exact=True).click()
    page.wait_for_load_state()
    assert pieces() == [1]
    context.close()
