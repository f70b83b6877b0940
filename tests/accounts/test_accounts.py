"""Accounts, through the services and down to the database's own constraints."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from wadah.accounts.models import User
from wadah.accounts.selectors import user_by_phone
from wadah.accounts.services import password_change, user_close, user_correct, user_create
from wadah.base.errors import Refused

pytestmark = pytest.mark.django_db
PASSWORD = "bengkel kecil"


def account(**changes):
    given = {"phone": "0812-3456-7890", "name": "Sari", "password": PASSWORD, "adult": True}
    return user_create(**(given | changes))


def test_an_account_is_opened_and_found_by_phone_as_people_write_it():
    user = account(name="  Sari ")
    assert (user.phone, user.name, user.language) == ("+6281234567890", "Sari", "id")
    assert user.check_password(PASSWORD)
    assert user_by_phone("812 3456 7890") == user


def test_an_account_without_a_password_cannot_sign_in():
    assert not account(password=None).has_usable_password()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("adult", {"adult": False}),
        ("phone", {"phone": "08"}),
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 121}),
        ("password", {"password": "12345678"}),
        ("language", {"language": "su"}),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field_and_nothing_is_written(field, changes):
    with pytest.raises(Refused) as refusal:
        account(**changes)
    assert refusal.value.field == field
    assert not User.objects.exists()


def test_one_phone_has_one_account():
    account()
    with pytest.raises(Refused) as refusal:
        account(phone="+62 812 3456 7890", name="Tini")
    assert refusal.value.field == "phone"


def test_nothing_about_birth_is_stored():
    assert not [field.name for field in User._meta.get_fields() if "birth" in field.name or field.name == "age"]


def test_a_name_and_a_language_are_corrected_one_by_one():
    user = account()
    assert user_correct(user=user, name="Sari Dewi").language == "id"
    assert user_correct(user=user, language="en").name == "Sari Dewi"


def test_a_password_is_changed_by_who_knows_the_old_one():
    user = account()
    before = user.get_session_auth_hash()
    changed = password_change(user=user, old=PASSWORD, new="kunci baru 27")
    assert changed.check_password("kunci baru 27")
    assert changed.get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("salah sekali", "kunci baru 27", "old"), (PASSWORD, PASSWORD, "new"), (PASSWORD, "12345678", "password")],
)
def test_a_password_is_not_changed_otherwise(old, new, field):
    user = account()
    with pytest.raises(Refused) as refusal:
        password_change(user=user, old=old, new=new)
    assert refusal.value.field == field
    assert User.objects.get().check_password(PASSWORD)


def test_a_closed_account_is_found_no_more():
    user = user_close(user=account())
    assert not user.has_usable_password()
    assert user_by_phone(user.phone) is None


@pytest.mark.parametrize("row", [{"phone": "0812"}, {"name": ""}, {"language": "su"}])
def test_the_database_refuses_what_the_services_refuse(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**({"phone": "+6281", "name": "Sari"} | row))


def test_no_phone_finds_nobody():
    assert user_by_phone("bukan nomor") is None
