"""One-time links: made, asked for, used once, by one."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from wadah.accounts import delivery
from wadah.accounts.models import LinkRequest, SignInLink, User
from wadah.accounts.selectors import link_state
from wadah.accounts.services import link_ask, link_make, link_use, links, user_close, user_create
from wadah.base import clock
from wadah.base.errors import Refused
from wadah.base.history import history_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari():
    return user_create(phone="0812-3456-7890", name="Bu Sari Dewi", password=None, adult=True)


@pytest.fixture
def ratna():
    return user_create(phone="0812-3456-7899", name="Bu Ratna", password="bengkel kecil", adult=True)


def later(monkeypatch, **span):
    moment = clock.now() + dt.timedelta(**span)
    for module in (links, __import__("wadah.accounts.selectors", fromlist=["now"])):
        monkeypatch.setattr(module, "now", lambda: moment)


def test_only_a_hash_of_the_token_is_kept(sari, ratna):
    link, token = link_make(user=sari, by=ratna)
    assert token not in str(SignInLink.objects.values().get(pk=link.pk))
    assert token not in str([change.fields for change in history_of(sari)])
    assert [change.user_name for change in history_of(sari)] == ["Bu Ratna"]


def test_looking_changes_nothing_and_using_it_works_once(sari, ratna):
    _link, token = link_make(user=sari, by=ratna)
    assert link_state(token).name == link_state(token).name == "open"
    assert link_use(token=token).user == sari
    assert link_state(token).name == "used"
    with pytest.raises(Refused):
        link_use(token=token)


def test_a_link_handed_over_lives_a_day(sari, ratna, monkeypatch):
    _link, token = link_make(user=sari, by=ratna)
    later(monkeypatch, hours=23)
    assert link_state(token).name == "open"
    later(monkeypatch, hours=25)
    assert link_state(token).name == "expired"
    with pytest.raises(Refused):
        link_use(token=token)


def test_a_link_that_was_asked_for_lives_ten_minutes_and_leads_onward(sari, ratna, monkeypatch):
    link_ask(phone="081234567890", address=str, next_page="/pekerjaan/")
    link, token = link_make(user=sari, by=ratna)
    assert (link.asked, link.next) == (True, "/pekerjaan/")
    assert not LinkRequest.objects.filter(answered_at__isnull=True).exists()
    later(monkeypatch, minutes=11)
    assert link_state(token).name == "expired"


def test_a_newer_link_takes_the_place_of_the_older(sari, ratna):
    _old, old_token = link_make(user=sari, by=ratna)
    _new, new_token = link_make(user=sari, by=ratna)
    assert link_state(old_token).name == "withdrawn"
    assert link_use(token=new_token).user == sari


def test_asking_twice_is_one_wish_and_an_unknown_phone_leaves_nothing(sari):
    for _ in range(2):
        link_ask(phone="0812-3456-7890", address=str)
    link_ask(phone="0812-3456-0000", address=str)
    assert LinkRequest.objects.count() == 1


def test_a_closed_account_is_opened_by_no_link(sari, ratna):
    _link, token = link_make(user=sari, by=ratna)
    user_close(user=sari)
    assert link_state(token).name == "unknown"
    with pytest.raises(Refused):
        link_use(token=token)
    with pytest.raises(Refused):
        link_make(user=sari, by=ratna)


def test_what_was_never_made_is_unknown():
    assert link_state("x" * 32).name == "unknown"
    assert link_state("").name == "unknown"


class Post:
    sent: list = []

    def send(self, *, phone, text):
        self.sent.append((phone, text))


class BrokenPost:
    def send(self, *, phone, text):
        raise delivery.DeliveryFailed


def test_an_adapter_sends_the_link_at_once(sari, settings):
    settings.DELIVERY = f"{__name__}.Post"
    Post.sent.clear()
    link_ask(phone=sari.phone, address=lambda token: f"https://wadah.example/{token}/")
    [(phone, text)] = Post.sent
    assert phone == sari.phone
    assert "Bu Sari" in text
    assert len(text) <= delivery.TEXT_LENGTH_MAX
    token = text.partition("wadah.example/")[2].partition("/")[0]
    assert link_use(token=token).user == sari


def test_an_adapter_that_fails_leaves_the_wish_with_the_manager(sari, settings):
    settings.DELIVERY = f"{__name__}.BrokenPost"
    link_ask(phone=sari.phone, address=str, next_page="/pekerjaan/")
    assert LinkRequest.objects.get(answered_at__isnull=True).next == "/pekerjaan/"
    assert not SignInLink.objects.filter(withdrawn_at__isnull=True).exists()


def test_the_message_fits_and_leads_to_whatsapp(sari, ratna):
    link, token = link_make(user=sari, by=ratna)
    for language in ("id", "en"):
        sari.language = language
        text = delivery.link_text(
            sari, f"https://wadah.koperasi-maju-bersama.example/masuk/tautan/{token}/", link.expires_at
        )
        assert len(text) <= delivery.TEXT_LENGTH_MAX
    address = delivery.whatsapp_address(sari.phone, text)
    assert address.startswith("https://wa.me/6281234567890?text=Hello%20Bu%20Sari")


@pytest.mark.django_db(transaction=True)
def test_of_racers_for_one_link_one_wins(sari, ratna):
    _link, token = link_make(user=sari, by=ratna)
    start, won, lost = threading.Barrier(8), [], []

    def race():
        start.wait()
        try:
            won.append(link_use(token=token))
        except Refused:
            lost.append(1)
        finally:
            connection.close()

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert (len(won), len(lost)) == (1, 7)


@pytest.mark.parametrize(
    ("name", "first"),
    [("Bu Sari Dewi", "Bu Sari"), ("Sari Dewi", "Sari"), ("Sari", "Sari"), ("H. Karim Noor", "H. Karim")],
)
def test_a_link_says_a_first_name_only(name, first):
    assert User(name=name).first_name == first
