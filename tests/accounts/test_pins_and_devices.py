"""PINs, devices, tries, and the second step."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken

from wadah.accounts import tries
from wadah.accounts.models import Device
from wadah.accounts.rules import browser_read, pin_fault
from wadah.accounts.selectors import device_of_cookie, devices_living, recovery_codes_left, second_step_set
from wadah.accounts.services import (
    device_end,
    device_remember,
    device_seen,
    devices_end_others,
    password_choose,
    pin_choose,
    recovery_codes_renew,
    second_step_check,
    second_step_confirm,
    second_step_off,
    second_step_offer,
    second_step_reset,
    secret_check,
    user_close,
    user_create,
)
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of

PHONE = "+6281234567890"
PIN = "73051946"
ANDROID = "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
IPAD = "Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Version/16.0 Safari/604.1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Edg/120.0"


@pytest.mark.parametrize(
    "pin",
    [
        *("11111111", "12121212", "12345678", "87654321", "89012345", "24680246", "12341234", "12344321"),
        *("17081945", "19450817", "08171945", "81234567", "34567890", "08123456"),
        *("7305194", "730519460", "7305194a", "", "٧٣٠٥١٩٤٦"),
    ],
)
def test_an_easy_pin_is_refused(pin):
    assert pin_fault(pin, PHONE)


@pytest.mark.parametrize("pin", [PIN, "90417735", "00730519", "31131300"])
def test_a_pin_that_nobody_tries_first_is_taken(pin):
    assert pin_fault(pin, PHONE) == ""


@pytest.mark.parametrize(
    ("agent", "read"),
    [
        (ANDROID, ("android_phone", "Chrome")),
        (IPAD, ("ipad", "Safari")),
        (WINDOWS, ("windows", "Edge")),
        ("Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0", ("android_phone", "Firefox")),
        ("curl/8", ("other", "")),
        ("", ("other", "")),
    ],
)
def test_a_device_is_named_as_its_owner_knows_it(agent, read):
    assert browser_read(agent) == read


@pytest.fixture
def sari(db):
    return user_create(phone=PHONE, name="Bu Sari", password="bengkel kecil", adult=True)


@pytest.fixture
def ratna(db):
    return user_create(phone="0812-3456-7899", name="Bu Ratna", password="bengkel kecil", adult=True)


def test_a_pin_takes_the_place_of_the_password(sari):
    before = sari.get_session_auth_hash()
    row = pin_choose(user=sari, pin="7305 1946")
    assert row.by_pin
    assert PIN not in row.password
    assert row.get_session_auth_hash() != before
    assert secret_check(phone=PHONE, secret=PIN) == secret_check(phone=PHONE, secret="7305-1946") == sari
    assert secret_check(phone=PHONE, secret="bengkel kecil") is None
    assert not password_choose(user=row, password="bengkel kecil").by_pin
    assert secret_check(phone=PHONE, secret=PIN) is None


def test_a_new_pin_is_another_one_and_fits(sari):
    pin_choose(user=sari, pin=PIN)
    for pin in (PIN, "12345678"):
        with pytest.raises(Refused) as refusal:
            pin_choose(user=sari, pin=pin)
        assert refusal.value.field == "pin"


def test_a_device_is_remembered_by_a_hash_and_renewed_under_a_new_secret(sari):
    device, secret = device_remember(user=sari, how="pin", agent=ANDROID)
    assert secret not in str(Device.objects.values().get())
    assert device_of_cookie(secret) == device
    again, newer = device_remember(user=sari, how="pin", agent=ANDROID, cookie=secret)
    assert again.pk == device.pk
    assert device_of_cookie(secret) is None
    assert device_of_cookie(newer) == device


def test_a_device_is_forgotten_after_ninety_days(sari):
    device, secret = device_remember(user=sari, how="pin", agent=ANDROID)
    assert device.expires_at - device.seen_at == dt.timedelta(days=90)
    Device.objects.update(expires_at=device.seen_at)
    assert device_of_cookie(secret) is None


def test_another_person_on_the_same_phone_ends_the_first_ones_device(sari, ratna):
    _device, secret = device_remember(user=sari, how="pin", agent=ANDROID)
    device_remember(user=ratna, how="password", agent=ANDROID, cookie=secret)
    assert not devices_living(sari).exists()
    assert devices_living(ratna).count() == 1


def test_devices_are_ended_one_by_one_or_all_others(sari):
    here, there, third = (device_remember(user=sari, how="pin", agent=agent)[0] for agent in (ANDROID, IPAD, WINDOWS))
    device_end(device=third, by=sari)
    assert set(devices_living(sari)) == {here, there}
    assert devices_end_others(user=sari, keep=here.pk, by=sari) == 1
    assert list(devices_living(sari)) == [here]
    assert [change.act for change in history_of(sari)] == ["device_end", "devices_end_others"]


def test_a_closed_account_has_no_devices(sari):
    _device, secret = device_remember(user=sari, how="pin", agent=ANDROID)
    user_close(user=sari)
    assert device_of_cookie(secret) is None


def test_last_seen_is_written_once_an_hour(sari, django_assert_num_queries):
    device, _secret = device_remember(user=sari, how="pin", agent=ANDROID)
    with django_assert_num_queries(0):
        device_seen(device=device)
    early = device.seen_at - dt.timedelta(hours=2)
    Device.objects.update(seen_at=early, first_seen_at=early)
    device.refresh_from_db()
    device_seen(device=device)
    device.refresh_from_db()
    assert device.seen_at > early


def test_tries_are_counted_before_the_secret_is_looked_at(db):
    looked = []
    limits = [tries.Limit("door", "sari", most=2)]

    def look():
        looked.append(1)

    for left in ("1", "0"):
        with pytest.raises(Refused, match=f"left {left}"):
            tries.attempt(limits, look, "left %(left)s")
    with pytest.raises(Refused) as refusal:
        tries.attempt(limits, look, "left %(left)s")
    assert len(looked) == 2
    assert "15" in str(refusal.value)


def test_a_right_secret_gives_the_tries_back(db):
    limit = tries.Limit("door", "sari", most=2)
    with pytest.raises(Refused):
        tries.attempt([limit], lambda: None, "wrong")
    assert tries.attempt([limit], lambda: 7, "wrong") == 7
    assert limit.left() == 2


def code_now(user):
    return f"{totp(second_step_offer(user=user).bin_key):06d}"


@pytest.fixture
def codes(ratna):
    return second_step_confirm(user=ratna, code=code_now(ratna))


def test_the_second_step_is_on_after_a_first_right_code(ratna):
    assert second_step_confirm(user=ratna, code="abc") is None
    assert not second_step_set(ratna)
    codes = second_step_confirm(user=ratna, code=code_now(ratna))
    assert second_step_set(ratna)
    assert len(set(codes)) == 10
    with pytest.raises(Conflict):
        second_step_offer(user=ratna)


def test_recovery_codes_are_kept_as_hashes_and_work_once(ratna, codes):
    kept = " ".join(StaticToken.objects.values_list("token", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert second_step_check(user=ratna, code=codes[3].upper().replace("-", " "))
    assert second_step_check(user=ratna, code=codes[3]) is None
    assert recovery_codes_left(ratna) == 9


def test_a_code_of_the_app_works_once(ratna, codes, monkeypatch):
    from django_otp.plugins.otp_totp.models import TOTPDevice

    used = f"{totp(TOTPDevice.objects.get().bin_key):06d}"
    assert second_step_check(user=ratna, code=used) is None, "it confirmed the set-up"
    following = f"{totp(TOTPDevice.objects.get().bin_key, t0=-30):06d}"
    assert second_step_check(user=ratna, code=following[:3] + " " + following[3:])
    assert second_step_check(user=ratna, code=following) is None


def test_new_recovery_codes_need_a_code_and_end_the_old_ones(ratna, codes):
    assert recovery_codes_renew(user=ratna, code="aaaa-bbbb-cccc") is None
    new = recovery_codes_renew(user=ratna, code=codes[0])
    assert second_step_check(user=ratna, code=codes[1]) is None
    assert second_step_check(user=ratna, code=new[0])


def test_turning_it_off_needs_a_code(ratna, codes):
    assert second_step_off(user=ratna, code="000000x") is None
    assert second_step_set(ratna)
    assert second_step_off(user=ratna, code=codes[0])
    assert not second_step_set(ratna)
    assert recovery_codes_left(ratna) == 0


def test_a_colleague_takes_it_away_with_a_reason_and_every_device_goes(ratna, sari, codes):
    device_remember(user=ratna, how="password", agent=WINDOWS)
    for by, reason in ((sari, "  "), (ratna, "lost")):
        with pytest.raises(Refused):
            second_step_reset(user=ratna, by=by, reason=reason)
    second_step_reset(user=ratna, by=sari, reason="ponsel dicuri")
    assert not second_step_set(ratna)
    assert not devices_living(ratna).exists()
    line = history_of(ratna).get(act="second_step_reset")
    assert (line.user_name, line.reason) == ("Bu Sari", "ponsel dicuri")
    with pytest.raises(Refused):
        second_step_reset(user=ratna, by=sari, reason="again")


def test_an_unknown_phone_takes_as_long_as_a_wrong_pin(sari, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    pin_choose(user=sari, pin=PIN)

    def seconds(phone):
        start = time.perf_counter()
        assert secret_check(phone=phone, secret="00000001") is None
        return time.perf_counter() - start

    known = min(seconds(PHONE) for _ in range(2))
    assert min(seconds("+6281234567999") for _ in range(2)) > known / 2
