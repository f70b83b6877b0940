"""`wadah demo` fills a database once: examples, one account for each role, the first plans."""

from __future__ import annotations

import argparse
import time

import pytest
from django.apps import apps

from wadah.accounts.models import User
from wadah.accounts.rules import phone_e164
from wadah.cli import demo
from wadah.cli.examples.accounts import PASSWORD, PEOPLE
from wadah.demand.models import BuyerContact
from wadah.plans.models import PlanRun
from wadah.register.models import Cooperative
from wadah.register.selectors import user_roles

pytestmark = pytest.mark.django_db


def user(role):
    person = next(person for person in PEOPLE if person.role == role)
    return User.objects.get(phone=phone_e164(person.phone))


def test_running_it_twice_adds_nothing():
    demo.load()
    before = {model.__name__: model.objects.count() for model in apps.get_models()}
    demo.load()
    assert {model.__name__: model.objects.count() for model in apps.get_models()} == before


def test_both_examples_load_in_ten_seconds():
    started = time.monotonic()
    demo.load()
    assert time.monotonic() - started < 10


def test_each_role_has_an_account_that_may_do_its_work():
    demo.load()
    cooperatives = set(Cooperative.objects.values_list("pk", flat=True))
    assert user_roles(user("manager")).cooperatives_managed == cooperatives
    assert len(user_roles(user("member")).workshops_owned) == 1
    assert user_roles(user("officer")).officer
    assert user_roles(user("admin")).admin
    assert BuyerContact.objects.filter(user=user("buyer"), buyer__kind="factory").exists()
    assert BuyerContact.objects.filter(user=user("school"), buyer__kind="school").exists()


def test_every_account_opens_with_the_printed_password_and_is_plainly_fictional():
    demo.load()
    assert PASSWORD in demo.account_lines("id")[-1]
    for person in PEOPLE:
        assert User.objects.get(phone=phone_e164(person.phone)).check_password(PASSWORD)
        assert "(simulasi)" in person.name
        assert any(person.phone in line for line in demo.account_lines("id"))


def test_the_first_plan_of_each_cooperative_is_asked_for():
    demo.load()
    assert PlanRun.objects.count() == 2
    assert {run.weeks for run in PlanRun.objects.all()} == {26}


def test_an_account_that_was_renamed_is_left_alone():
    demo.load()
    User.objects.filter(pk=user("manager").pk).update(name="Bu Ratna")
    demo.load()
    assert user("manager").name == "Bu Ratna"


def test_the_command_prints_the_accounts(capsys, monkeypatch):
    monkeypatch.setattr("django.core.management.call_command", lambda *args, **options: None)
    assert demo.run(argparse.Namespace(lang="en")) == 0
    assert PASSWORD in capsys.readouterr().out
