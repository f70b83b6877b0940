import gzip

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from wadah.accounts.tries import TRIES_AN_ACCOUNT
from wadah.base import throttle
from wadah.base.models import Throttle

pytestmark = pytest.mark.django_db


def sign_in(client, phone="0812-3456-7890", password="anyaman bambu", **more):
    return client.post("/masuk/", {"phone": phone, "password": password, **more})


@pytest.mark.parametrize("phone", ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "6281234567890"])
def test_a_phone_is_accepted_as_people_write_it(client, person, phone):
    response = sign_in(client, phone)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "Sari" in client.get("/").text


def test_signing_in_leads_back_to_where_one_was_going_and_nowhere_else(client, person):
    assert sign_in(client, next="/?week=3")["Location"] == "/?week=3"
    assert sign_in(Client(), next="https://evil.example/")["Location"] == "/"
    assert sign_in(Client(), next="//evil.example/")["Location"] == "/"


def test_a_wrong_password_is_told_without_saying_whether_the_phone_is_known(client, person):
    known, unknown = sign_in(client, password="wrong"), sign_in(client, phone="0812-3456-7891", password="wrong")
    assert known.status_code == unknown.status_code == 400
    assert "Nomor telepon, PIN, atau kata sandi tidak cocok" in known.text
    assert "Nomor telepon, PIN, atau kata sandi tidak cocok" in unknown.text
    assert "wrong" not in known.text


def test_what_is_no_phone_is_told_at_its_field(client):
    response = sign_in(client, phone="sari")
    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.text


def test_after_five_wrong_tries_even_the_right_password_waits(client, person, monkeypatch):
    for _ in range(TRIES_AN_ACCOUNT):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 400
    assert "15 menit" in sign_in(client).text
    import datetime as dt

    later = throttle.now() + dt.timedelta(minutes=16)
    monkeypatch.setattr(throttle, "now", lambda: later)
    assert sign_in(client).status_code == 302


def test_the_throttle_keeps_no_phone_number(client, person):
    sign_in(client, password="wrong")
    assert not any("81234567890" in str(row.key) for row in Throttle.objects.all())


def test_a_closed_account_does_not_open(client, person):
    person.is_active = False
    person.save()
    assert sign_in(client).status_code == 400


def test_signing_out_needs_a_post_and_works(client, person):
    client.force_login(person)
    assert client.get("/keluar/").status_code == 405
    assert client.post("/keluar/").status_code == 302
    assert "Sari" not in client.get("/").text


def test_signing_in_gives_a_new_session(client, person):
    client.get("/masuk/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["wadah_session"] = before
    sign_in(client)
    assert client.cookies["wadah_session"].value != before


def test_indonesian_is_spoken_whatever_the_browser_asks_for(client):
    response = client.get("/", headers={"accept-language": "en-GB,en"})
    assert 'lang="id"' in response.text
    assert response["Content-Language"] == "id"


def test_the_language_is_changed_for_this_phone_and_for_the_person(client, person):
    assert client.post("/bahasa/", {"language": "en", "next": "/"}).status_code == 302
    assert "Many small workshops" in client.get("/").text
    client.force_login(person)
    assert 'lang="id"' in client.get("/").text, "the person's own choice comes before the phone's"
    client.post("/bahasa/", {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"
    assert client.post("/bahasa/", {"language": "jv"}).status_code == 400


def test_the_health_page_answers(client):
    assert client.get("/health/").json() == {"ok": True}


def test_every_page_is_guarded_by_its_headers(client, person):
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    client.force_login(person)
    assert "no-store" in client.get("/")["Cache-Control"]


def test_a_form_from_elsewhere_is_refused_in_words():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/masuk/", {"phone": "0812", "password": "x"})
    assert response.status_code == 403
    assert "Tidak ada yang berubah." in response.text


def test_the_first_load_weighs_less_than_40_kilobytes(client):
    files = ["wadah/wadah.css", "wadah/mark.svg", "wadah/icons.svg", "wadah/kawung.svg", "wadah/many-into-one.svg"]
    weight = len(gzip.compress(client.get("/").content))
    for file in files:
        with open(finders.find(file), "rb") as source:
            weight += len(gzip.compress(source.read()))
    assert weight < 40 * 1024
