"""Pages that were whole lists once: of many rows they show one page, and what isn't on it is found and counted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from cast_orders import bracket_build
from cast_work import order_open, work_build
from wadah.base.clock import today
from wadah.work.models import Lot
from wadah.work.services.disposition import rejected_rework
from wadah.work.services.handing_over import hand_over

pytestmark = pytest.mark.django_db


def signed_in(user, language="en"):
    user.language = language
    user.save()
    client = Client()
    client.force_login(user)
    return client


# -- what a buyer can order --------------------------------------------------------------------------------------------


@pytest.fixture
def buyer(cast, monkeypatch):
    world = bracket_build(cast)
    world.buyer.cooperatives.add(cast.cooperative)
    monkeypatch.setattr("wadah.web.views.buyer.catalogue.PAGE_ROWS", 2)
    return signed_in(cast.buyer)


def offered(page):
    """Codes of the parts that a page asks a buyer to order."""
    return [words.split("&")[0].split('"')[0] for words in page.split(reverse("buyer_request_add") + "?part=")[1:]]


def test_what_can_be_ordered_comes_a_page_at_a_time_and_whole_as_a_file(buyer):
    first, second = (buyer.get(reverse("buyer") + f"?page={number}").text for number in (1, 2))
    assert len(offered(first)) == 2
    assert offered(second)
    assert not set(offered(first)) & set(offered(second))
    file = buyer.get(reverse("buyer") + "?unduh=csv").content.decode("utf-8-sig")
    for code in offered(first) + offered(second):
        assert code.replace("%2F", "/") in file


def test_what_can_be_ordered_is_searched_by_name_and_code_and_the_file_holds_what_was_found(buyer):
    page = buyer.get(reverse("buyer") + "?q=rubber").text + buyer.get(reverse("buyer") + "?q=karet").text
    assert offered(page)
    assert "BRACKET" not in offered(page)
    assert 'name="q"' in page
    file = buyer.get(reverse("buyer") + "?q=karet&unduh=csv").content.decode("utf-8-sig")
    assert len(file.splitlines()) == 1 + len(set(offered(page)))


def test_a_search_without_a_find_says_so_and_leads_back(buyer):
    page = buyer.get(reverse("buyer") + "?q=kapal").text
    assert "Nothing matches what you are looking for." in page
    assert f'href="{reverse("buyer")}"' in page


# -- what is to be inspected -------------------------------------------------------------------------------------------


@pytest.fixture
def lots(monkeypatch):
    """Three of them wait at the hub."""
    monkeypatch.setattr("wadah.web.views.manager.quality.lots.SHOWN_MAX", 2)
    world = work_build()
    orders = [order_open(world, world.bracket.bolt, world.cast.sari, 10) for _ in range(3)]
    return world, [hand_over(work_order=row, pieces=Decimal(10)) for row in orders]


def shown(page):
    return [number for number in Lot.objects.values_list("number", flat=True) if f">{number}</a>" in page]


def test_lots_that_wait_come_a_page_at_a_time_longest_first(lots):
    world, made = lots
    Lot.objects.filter(pk=made[2].pk).update(received_on=today() - timedelta(days=3))
    client = signed_in(world.cast.manager)
    first, second = (client.get(reverse("quality") + f"?page={number}").text for number in (1, 2))
    assert set(shown(first)) == {made[2].number, made[0].number}
    assert shown(second) == [made[1].number]


def test_rejected_and_mended_lots_that_are_not_shown_are_counted(lots):
    world, made = lots
    client = signed_in(world.cast.manager)
    Lot.objects.update(waiting=0, rejected=10)
    page = client.get(reverse("quality")).text
    assert len(shown(page)) == 2
    assert "1 more comes after these." in page
    for lot in made:
        lot.refresh_from_db()
        rejected_rework(lot=lot, pieces=Decimal(10), reason="ulir", due_on=today(), by=world.cast.manager)
    page = client.get(reverse("quality")).text
    assert len(shown(page)) == 2
    assert "1 more comes after these." in page
