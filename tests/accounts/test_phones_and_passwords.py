"""Phones and passwords, without a database."""

from __future__ import annotations

import pytest

from wadah.accounts.rules import password_check, phone_e164, phone_local
from wadah.base.errors import Refused

KARIM = "+6281234567890"


@pytest.mark.parametrize(
    "text",
    ["0812-3456-7890", "0812 3456 7890", "812 3456 7890", "6281234567890", "+62 812-3456-7890", " 081234567890 "],
)
def test_a_phone_is_stored_in_one_form_however_it_is_written(text):
    assert phone_e164(text) == KARIM


def test_a_fixed_line_and_a_foreign_phone_are_accepted():
    assert phone_e164("(021) 8894 1234") == "+622188941234"
    assert phone_e164("+81 3-1234-5678") == "+81312345678"


@pytest.mark.parametrize("text", ["", "08", "abc", "0812345678901234", "0812 345", "+", "'; DROP TABLE"])
def test_what_cannot_be_dialled_is_refused_and_shown(text):
    with pytest.raises(Refused) as refusal:
        phone_e164(text)
    assert refusal.value.field == "phone"
    assert text.strip() in str(refusal.value)


def test_a_stored_phone_is_shown_as_people_read_it():
    assert phone_local(KARIM) == "0812-3456-7890"
    assert phone_local("+81312345678").startswith("+81")


def check(password, name="Bu Sari"):
    password_check(password, phone=KARIM, name=name)


@pytest.mark.parametrize("password", ["bengkel kecil", "a b c d e f g h", "ibu-pergi-ke-pasar" * 5])
def test_a_long_password_needs_no_mix_of_signs(password):
    check(password)


@pytest.mark.parametrize(
    "password", ["", "pendek7", "x" * 129, "11111111", "12121212", "password", "081234567890", KARIM, "6281234567890"]
)
def test_an_easy_password_is_refused(password):
    with pytest.raises(Refused) as refusal:
        check(password)
    assert refusal.value.field == "password"


def test_ones_own_name_is_no_password():
    with pytest.raises(Refused):
        check("SITI nurhaliza", name="Siti Nurhaliza")
