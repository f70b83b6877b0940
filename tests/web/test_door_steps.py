"""The door's pages: links, PINs, remembered devices, the second step, and who may open it for whom."""

import datetime as dt
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from addresses import ADMIN, INSPECTOR, MANAGER, MEMBER, OFFICER, TREASURER
from cast import JOINED, PASSWORD
from cast import person as account_of
from cast_roles import roles_build
from wadah.accounts.models import Device, LinkRequest, SignInLink, User
from wadah.accounts.services import link_make, pin_choose, user_create
from wadah.accounts.tries import TRIES_AN_ACCOUNT
from wadah.base.idempotency import key_new
from wadah.base.models import IdempotencyKey
from wadah.demand.models import Buyer
from wadah.demand.services import buyer_contact_add
from wadah.register.models import Membership
from wadah.register.services import appointment_make, ikm_register, membership_open

pytestmark = pytest.mark.django_db
PIN = "73051946"


@pytest.fixture
def required(settings):
    settings.TOTP = "required"


def post(client, name, form=None, **arguments):
    return client.post(reverse(name, kwargs=arguments), {"idempotency_key": key_new(), **(form or {})})


def link_of(cast, user, **more):
    _link, token = link_make(user=user, by=cast.manager, **more)
    return token


def opened(client, token):
    return client.post("/masuk/tautan/", {"token": token})


def signed_in(client):
    return "_auth_user_id" in client.session


def second_step_on(client):
    """Sets the second step up through its page; returns the recovery codes."""
    client.get("/masuk/kode/pasang/")
    code = f"{totp(TOTPDevice.objects.latest('pk').bin_key):06d}"
    answer = client.post("/masuk/kode/pasang/", {"code": code})
    return re.findall(r"<code>([a-z0-9-]{14})</code>", answer.text)


# Links


def test_looking_at_a_link_consumes_nothing_and_says_a_first_name_only(client, cast):
    User.objects.filter(pk=cast.sari.user.pk).update(name="Bu Sari Dewi")
    token = link_of(cast, cast.sari.user)
    for _ in range(2):
        page = client.get(f"/masuk/tautan/{token}/")
        assert page.status_code == 200
        assert "Bu Sari" in page.text
        assert "Dewi" not in page.text
        assert "0812" not in page.text
    assert SignInLink.objects.get().used_at is None
    assert not signed_in(client)


def test_a_link_speaks_its_owners_language_until_the_phone_has_one(client, cast):
    address = f"/masuk/tautan/{link_of(cast, cast.buyer)}/"
    answer = client.get(address)
    assert ("Are you Mr" in answer.text, answer["Content-Language"]) == (True, "en")
    client.cookies["wadah_language"] = "id"
    assert "Are you Mr" not in client.get(address).text


def test_a_link_is_kept_from_caches_robots_and_referrers(client, cast):
    page = client.get(f"/masuk/tautan/{link_of(cast, cast.sari.user)}/")
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert "http" not in re.sub(r'xmlns="[^"]+"', "", page.text).replace("http-equiv", ""), "nothing from elsewhere"


def test_a_link_signs_in_once_and_the_phone_is_remembered(client, cast):
    token = link_of(cast, cast.sari.user)
    answer = opened(client, token)
    assert signed_in(client)
    cookie = answer.cookies["wadah_device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 90 * 24 * 3600)
    stranger = Client()
    again = opened(stranger, token)
    assert again.status_code == 410
    assert "sudah dipakai" in again.text
    assert not signed_in(stranger)
    assert client.get(f"/masuk/tautan/{token}/").status_code == 410
    assert opened(client, token).status_code == 302, "pressed twice on the same phone"


def test_a_link_that_was_never_made_is_not_found(client):
    assert client.get("/masuk/tautan/never-made/").status_code == 404
    assert opened(client, "never-made").status_code == 404
    assert client.get("/masuk/tautan/").status_code == 302


def test_a_link_needs_a_form_of_this_site(cast):
    strict = Client(enforce_csrf_checks=True)
    assert opened(strict, link_of(cast, cast.sari.user)).status_code == 403
    assert SignInLink.objects.get().used_at is None


def test_a_link_gives_a_new_session_and_ends_anothers(client, cast):
    client.force_login(cast.karim.user)
    before = client.session.session_key
    token = link_of(cast, cast.sari.user)
    assert "Pak Karim" in client.get(f"/masuk/tautan/{token}/").text
    opened(client, token)
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(cast.sari.user.pk)


def test_no_token_reaches_the_log_the_session_or_the_books(client, cast, caplog):
    from wadah.site.logs import MaskingFormatter

    token = link_of(cast, cast.sari.user)
    with caplog.at_level(logging.DEBUG):
        opened(client, token)
        client.get(f"/masuk/tautan/{token}/")
    told = "\n".join(MaskingFormatter("{message}", style="{").format(record) for record in caplog.records)
    assert "/masuk/tautan/" in told
    assert token not in told
    assert token not in str(dict(client.session))
    assert not IdempotencyKey.objects.filter(route__contains=token).exists()


# Choosing a PIN or password


def test_after_the_first_link_a_pin_is_chosen_before_anything_else(client, cast):
    assert opened(client, link_of(cast, cast.sari.user, next_page="/pekerjaan/"))["Location"] == "/pekerjaan/"
    first = client.get("/pekerjaan/")
    assert first["Location"] == "/masuk/kunci/?next=%2Fpekerjaan%2F"
    assert client.get("/")["Location"] == "/masuk/kunci/"
    easy = client.post("/masuk/kunci/", {"pin": "17081945", "again": "17081945", "next": "/pekerjaan/"})
    assert easy.status_code == 400
    other = client.post("/masuk/kunci/", {"pin": PIN, "again": "73051947", "next": "/pekerjaan/"})
    assert other.status_code == 400
    chosen = client.post("/masuk/kunci/", {"pin": PIN, "again": PIN, "next": "/pekerjaan/"})
    assert chosen["Location"] == "/pekerjaan/"
    assert client.get("/pekerjaan/").status_code == 200
    assert User.objects.get(pk=cast.sari.user.pk).by_pin


def test_whoever_has_a_secret_may_keep_it_and_whoever_has_none_may_not(client, cast):
    opened(client, link_of(cast, cast.sari.user))
    assert client.post("/masuk/kunci/", {"keep": "1"})["Location"] == "/beranda/"
    assert client.get("/pekerjaan/").status_code == 200
    new = user_create(phone="0812-0000-0077", name="Dedi", password=None, adult=True)
    fresh = Client()
    opened(fresh, link_of(cast, new))
    assert fresh.post("/masuk/kunci/", {"keep": "1"}).status_code == 400
    assert fresh.get("/perangkat/").status_code == 302


def test_the_next_page_is_one_of_this_site(client, cast):
    opened(client, link_of(cast, cast.sari.user, next_page="//evil.example/"))
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert client.post("/masuk/kunci/", {"keep": "1", "next": evil})["Location"] == "/beranda/"
        session = client.session
        session["choose_secret"] = "link"
        session.save()


def test_who_answers_for_others_has_a_password_in_place_of_a_pin(client, cast):
    pin_choose(user=cast.manager, pin=PIN)
    answer = client.post("/masuk/", {"phone": "0812-0000-0011", "password": PIN})
    assert answer["Location"] == "/hari-ini/"
    page = client.get("/masuk/kunci/")
    assert 'name="password"' in page.text
    assert 'name="pin"' not in page.text
    assert 'name="keep"' not in page.text
    words = "bengkel besar sekali"
    assert client.post("/masuk/kunci/", {"password": words, "again": words}).status_code == 302
    assert not User.objects.get(pk=cast.manager.pk).by_pin


def test_changing_a_pin_needs_the_old_one_and_signs_other_phones_out(cast):
    pin_choose(user=cast.sari.user, pin=PIN)
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/masuk/", {"phone": "0812-0000-0001", "password": PIN})
    wrong = here.post("/perangkat/kunci/", {"old": "00000001", "pin": "90417735", "again": "90417735"})
    assert wrong.status_code == 400
    assert "Sisa percobaan: 4" in wrong.text
    right = here.post("/perangkat/kunci/", {"old": PIN, "pin": "90417735", "again": "90417735"})
    assert right["Location"] == "/perangkat/"
    assert here.get("/perangkat/").status_code == 200
    assert there.get("/perangkat/")["Location"].startswith("/masuk/")


def test_guessing_the_old_pin_is_slowed_down(client, cast):
    client.force_login(cast.sari.user)
    for _ in range(TRIES_AN_ACCOUNT):
        client.post("/perangkat/kunci/", {"old": "wrong", "pin": PIN, "again": PIN})
    right = client.post("/perangkat/kunci/", {"old": PASSWORD, "pin": PIN, "again": PIN})
    assert right.status_code == 400
    assert "15 menit" in right.text


# Remembered devices


@pytest.fixture
def phone(client, cast):
    """Bu Sari's phone, signed in by PIN."""
    pin_choose(user=cast.sari.user, pin=PIN)
    client.post("/masuk/", {"phone": "0812-0000-0001", "password": PIN}, headers={"user-agent": "Android Mobile"})
    return client


def test_on_a_remembered_phone_the_pin_alone_is_asked(phone):
    assert phone.get("/masuk/")["Location"] == "/beranda/", "with a living session nothing is asked"
    phone.post("/keluar/")
    page = phone.get("/masuk/?next=/pekerjaan/")
    assert "Bu Sari" in page.text
    assert 'name="phone"' not in page.text
    assert 'inputmode="numeric"' in page.text
    assert phone.post("/masuk/", {"password": PIN, "next": "/pekerjaan/"})["Location"] == "/pekerjaan/"
    assert Device.objects.count() == 1


def test_somebody_else_may_sign_in_on_it(phone, cast):
    phone.post("/keluar/")
    assert 'name="phone"' in phone.get("/masuk/?lain=1").text
    phone.post("/masuk/", {"phone": "0812-0000-0002", "password": PASSWORD})
    assert phone.session["_auth_user_id"] == str(cast.karim.user.pk)
    assert Device.objects.filter(user=cast.sari.user, ended_at__isnull=True).count() == 0


def test_strangers_who_guess_do_not_lock_a_remembered_phone_out(phone):
    phone.post("/keluar/")
    for _ in range(TRIES_AN_ACCOUNT + 1):
        stranger = Client().post("/masuk/", {"phone": "0812-0000-0001", "password": "00000001"})
    assert "15 menit" in stranger.text
    assert phone.post("/masuk/", {"password": PIN}).status_code == 302


def test_guessing_on_a_remembered_phone_is_slowed_down(phone):
    phone.post("/keluar/")
    for _ in range(TRIES_AN_ACCOUNT):
        wrong = phone.post("/masuk/", {"password": "00000001"})
        assert wrong.status_code == 400
    assert "15 menit" in phone.post("/masuk/", {"password": PIN}).text


def test_a_cookie_that_is_not_a_device_shows_the_whole_form(client):
    client.cookies["wadah_device"] = "made-up"
    assert 'name="phone"' in client.get("/masuk/").text


def test_signing_a_device_out_ends_its_session_at_once(phone, cast):
    other = Client()
    other.post("/masuk/", {"phone": "0812-0000-0001", "password": PIN})
    assert other.get("/pekerjaan/").status_code == 200
    device = Device.objects.get(pk=other.session["device"])
    assert post(phone, "device_end", pk=device.pk).status_code == 302
    assert other.get("/pekerjaan/")["Location"].startswith("/masuk/")
    assert 'name="phone"' in other.get("/masuk/").text, "its cookie opens nothing"
    assert phone.get("/pekerjaan/").status_code == 200


def test_signing_all_others_out_keeps_this_one(phone):
    others = [Client(), Client()]
    for other in others:
        other.post("/masuk/", {"phone": "0812-0000-0001", "password": PIN})
    post(phone, "devices_end_others")
    assert [other.get("/pekerjaan/").status_code for other in others] == [302, 302]
    assert phone.get("/perangkat/").status_code == 200


def test_anothers_device_is_not_found(phone, cast):
    other = Client()
    other.post("/masuk/", {"phone": "0812-0000-0002", "password": PASSWORD})
    assert post(phone, "device_end", pk=other.session["device"]).status_code == 404
    assert other.get("/pekerjaan/").status_code == 200


def test_my_devices_are_named_in_plain_words(phone):
    text = phone.get("/perangkat/").text
    assert "Ponsel Android" in text
    assert "yang ini" in text


def test_signing_out_ends_the_session_for_good(phone):
    old = phone.cookies["wadah_session"].value
    phone.post("/keluar/")
    thief = Client()
    thief.cookies["wadah_session"] = old
    assert thief.get("/pekerjaan/")["Location"].startswith("/masuk/")


# Asking for a link


def test_asking_says_the_same_of_known_and_unknown_phones(client, cast):
    known = client.post("/masuk/minta/", {"phone": "0812-0000-0001", "next": "/pekerjaan/"})
    unknown = client.post("/masuk/minta/", {"phone": "0812-0000-0999"})
    assert known["Location"] == unknown["Location"] == "/masuk/minta/terkirim/"
    assert LinkRequest.objects.get().next == "/pekerjaan/"
    assert client.post("/masuk/minta/", {"phone": "sari"}).status_code == 400


def test_asking_for_ever_is_slowed_down_and_keeps_no_foreign_address(client, cast):
    for _ in range(6):
        last = client.post("/masuk/minta/", {"phone": "0812-0000-0001", "next": "https://evil.example/"})
    assert last.status_code == 400
    assert LinkRequest.objects.get().next == ""


# The second step


@pytest.mark.parametrize("role", ["manager", "officer"])
def test_where_it_is_required_every_page_leads_to_the_set_up(client, cast, required, role):
    client.force_login(getattr(cast, role))
    for address in ("/", "/rencana/", "/perangkat/"):
        assert client.get(address)["Location"].startswith("/masuk/kode/pasang/")
    assert post(client, "devices_end_others")["Location"] == "/masuk/kode/pasang/"
    assert client.get("/masuk/kode/pasang/").status_code == 200
    codes = second_step_on(client)
    assert len(codes) == 10
    assert client.get("/rencana/").status_code == 200


def test_members_and_buyers_are_never_asked_for_it(client, cast, required):
    client.force_login(cast.sari.user)
    assert client.get("/pekerjaan/").status_code == 200


def test_where_it_is_offered_nobody_is_forced(client, cast):
    client.force_login(cast.manager)
    assert client.get("/rencana/").status_code == 200
    assert "Pasang langkah kedua" in client.get("/perangkat/").text


def half_in(cast, to="/rencana/"):
    """Somebody with Bu Ratna's password, on a new computer, after she has set the second step up."""
    own = Client()
    own.force_login(cast.manager)
    codes = second_step_on(own)
    client = Client()
    answer = client.post("/masuk/", {"phone": "0812-0000-0011", "password": PASSWORD, "next": to})
    assert answer["Location"] == to
    return client, codes


def test_the_password_alone_opens_nothing(cast):
    client, _codes = half_in(cast)
    for address in ("/", "/rencana/", "/perangkat/", "/perangkat/kunci/", "/masuk/kode/pasang/", "/anggota/masuk/"):
        assert client.get(address)["Location"].startswith("/masuk/kode/?next") or address == "/"
    assert client.get("/")["Location"] == "/masuk/kode/"
    assert post(client, "devices_end_others")["Location"] == "/masuk/kode/"
    assert client.post("/perangkat/kode/lepas/", {"code": "123456"})["Location"] == "/masuk/kode/"
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1


def test_a_recovery_code_opens_it_once_under_a_new_session_key_and_leads_on(cast):
    client, codes = half_in(cast)
    before = client.session.session_key
    assert client.post("/masuk/kode/", {"code": codes[0], "next": "/rencana/"})["Location"] == "/rencana/"
    assert client.session.session_key != before
    assert client.get("/rencana/").status_code == 200
    client.post("/keluar/")
    client.post("/masuk/", {"password": PASSWORD})
    assert client.post("/masuk/kode/", {"code": codes[0]}).status_code == 400


def test_the_next_code_of_the_app_opens_it(cast):
    client, _codes = half_in(cast)
    code = f"{totp(TOTPDevice.objects.get().bin_key, t0=-30):06d}"
    assert client.post("/masuk/kode/", {"code": code, "next": "//evil.example/"})["Location"] == "/hari-ini/"


def test_guessing_codes_is_slowed_down(cast):
    client, codes = half_in(cast)
    for left in (4, 3, 2, 1, 0):
        assert f"Sisa percobaan: {left}" in client.post("/masuk/kode/", {"code": "000000"}).text
    late = client.post("/masuk/kode/", {"code": codes[0]})
    assert late.status_code == 400
    assert "15 menit" in late.text


def test_a_link_does_not_go_round_the_second_step(cast):
    _client, codes = half_in(cast)
    client = Client()
    opened(client, link_of(cast, cast.manager))
    assert client.get("/masuk/kunci/")["Location"].startswith("/masuk/kode/")
    assert client.post("/masuk/kunci/", {"keep": "1"})["Location"] == "/masuk/kode/"
    client.post("/masuk/kode/", {"code": codes[0]})
    assert client.get("/")["Location"] == "/masuk/kunci/"


def test_it_is_turned_off_with_a_code_unless_it_is_required(cast, settings):
    client, codes = half_in(cast)
    client.post("/masuk/kode/", {"code": codes[0]})
    settings.TOTP = "required"
    assert client.post("/perangkat/kode/lepas/", {"code": codes[1]}).status_code == 400
    settings.TOTP = "offered"
    assert client.post("/perangkat/kode/lepas/", {"code": "nonsense"}).status_code == 400
    assert client.post("/perangkat/kode/lepas/", {"code": codes[1]})["Location"] == "/perangkat/"
    assert not TOTPDevice.objects.exists()


def test_new_recovery_codes_are_shown_once(cast):
    client, codes = half_in(cast)
    client.post("/masuk/kode/", {"code": codes[0]})
    page = client.post("/perangkat/kode/baru/", {"code": codes[1]})
    new = re.findall(r"<code>([a-z0-9-]{14})</code>", page.text)
    assert len(new) == 10
    assert not set(new) & set(codes)
    assert "no-store" in page["Cache-Control"]


# Who opens it for whom


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.manager)
    return client


def test_a_manager_hands_a_link_over_by_whatsapp_picture_or_copy(manager, cast):
    page = post(manager, "link_hand_over", pk=cast.sari.user.pk)
    assert "https://wa.me/6281200000001?text=" in page.text
    assert "<svg" in page.text
    assert "no-store" in page["Cache-Control"]
    token = re.search(r"/masuk/tautan/([\w-]+)/", page.text)[1]
    member = Client()
    assert opened(member, token).status_code == 302
    assert member.session["_auth_user_id"] == str(cast.sari.user.pk)
    link = SignInLink.objects.get()
    assert link.expires_at - link.made_at == dt.timedelta(hours=24)
    assert "tautan sekali pakai diberikan" in manager.get(f"/akun/{cast.sari.user.pk}/").text


def test_a_wish_stands_first_and_its_link_lives_ten_minutes(manager, cast):
    Client().post("/masuk/minta/", {"phone": "0812-0000-0003"})
    text = manager.get("/anggota/masuk/").text
    assert "Menunggu tautan" in text
    assert text.index("Bu Tini") < text.index("Pak Karim")
    post(manager, "link_hand_over", pk=cast.tini.user.pk)
    link = SignInLink.objects.get()
    assert link.expires_at - link.made_at == dt.timedelta(minutes=10)
    assert "Menunggu tautan" not in manager.get("/anggota/masuk/").text


def test_another_cooperatives_member_is_not_found(manager, cast):
    for name in ("link_hand_over", "second_step_take"):
        assert post(manager, name, pk=cast.rudi.user.pk).status_code == 404
    assert manager.get(f"/akun/{cast.rudi.user.pk}/").status_code == 404
    assert "Rudi" not in manager.get("/anggota/masuk/").text


def test_nobody_gets_a_link_that_opens_more_than_the_manager_oversees(manager, cast):
    """Bu Sari is also a member elsewhere, Pak Karim the city's officer, Bu Tini speaks for a buyer."""

    membership_open(cooperative=cast.other_cooperative, joined_on=JOINED, role="treasurer", user=cast.sari.user)
    appointment_make(user=cast.karim.user, role="officer", valid_from=JOINED)
    buyer_contact_add(buyer=Buyer.objects.create(name="Toko", market="local", kind="trader"), user=cast.tini.user)
    for member in (cast.sari, cast.karim, cast.tini):
        assert post(manager, "link_hand_over", pk=member.user.pk).status_code == 404
    admin = account_of("Bu Wati", 14)
    appointment_make(user=admin, role="admin", valid_from=JOINED)
    manager.force_login(admin)
    assert post(manager, "link_hand_over", pk=cast.sari.user.pk).status_code == 200


def test_nobody_makes_a_link_for_oneself(manager, cast):
    assert post(manager, "link_hand_over", pk=cast.manager.pk).status_code == 400
    assert not SignInLink.objects.exists()


@pytest.fixture
def unmanned(cast):
    firm = ikm_register(name="Dedi Kayu", owner_name="Pak Dedi", area=cast.kelurahan, simulated=True)
    return membership_open(cooperative=cast.cooperative, joined_on=JOINED, ikm=firm)


def test_a_member_without_an_account_gets_one_and_then_a_link(manager, unmanned):
    assert "belum punya akun" in manager.get("/anggota/masuk/?keadaan=tanpa").text
    form = {"name": "Pak Dedi", "phone": "0812-0000-0088", "adult": "on"}
    assert post(manager, "account_open", {**form, "adult": ""}, pk=unmanned.pk).status_code == 400
    assert post(manager, "account_open", form, pk=unmanned.pk).status_code == 302
    user = Membership.objects.get(pk=unmanned.pk).user
    assert (user.phone, user.has_usable_password()) == ("+6281200000088", False)
    assert post(manager, "link_hand_over", pk=user.pk).status_code == 200
    assert post(manager, "account_open", form, pk=unmanned.pk).status_code == 404


def test_typing_anothers_phone_gets_nobody_hold_of_their_account(manager, cast, unmanned):
    form = {"name": "Pak Dedi", "phone": cast.rudi.user.phone, "adult": "on"}
    assert post(manager, "account_open", form, pk=unmanned.pk).status_code == 400
    assert Membership.objects.get(pk=unmanned.pk).user is None


def test_a_colleagues_lost_second_step_is_taken_away_with_a_reason(manager, cast):
    colleague = account_of("Pak Anto", 17)
    membership_open(cooperative=cast.cooperative, joined_on=JOINED, role="treasurer", user=colleague)
    own = Client()
    own.force_login(colleague)
    second_step_on(own)
    assert post(manager, "second_step_take", {"reason": ""}, pk=colleague.pk).status_code == 400
    assert post(manager, "second_step_take", {"reason": "ponsel hilang"}, pk=colleague.pk).status_code == 302
    assert not TOTPDevice.objects.exists()
    assert "ponsel hilang" in manager.get(f"/akun/{colleague.pk}/").text


def test_the_list_of_who_can_sign_in_takes_a_constant_number_of_queries(manager, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        manager.get("/anggota/masuk/")


def test_the_list_is_searched_and_taken_home(manager):
    assert "Pak Karim" not in manager.get("/anggota/masuk/?q=sari").text
    assert manager.get("/anggota/masuk/?unduh=csv").status_code == 200


def test_each_lands_where_their_work_is(client):
    users, _ = roles_build()
    lands = {
        MANAGER: "today",
        TREASURER: "today",
        INSPECTOR: "quality",
        OFFICER: "city_summary",
        MEMBER: "beranda",
        ADMIN: "home",
    }
    for role, page in lands.items():
        client.force_login(users[role])
        assert client.get("/masuk/")["Location"] == reverse(page), role


def test_a_buyer_lands_on_what_can_be_ordered(client, cast):
    buyer_contact_add(buyer=Buyer.objects.create(name="Toko", market="local", kind="trader"), user=cast.buyer)
    client.force_login(cast.buyer)
    assert client.get("/masuk/")["Location"] == reverse("buyer")
