"""R8: every address × every role × an object of the own and of another cooperative. A new address must be put in a
module of tests/addresses."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from addresses import ADMIN, EVERYBODY, OTHERS, STRANGER, all_rules
from cast_roles import address_of, roles_build
from standing import standing

MATRIX = all_rules()
LINK = re.compile(r'href="(/(?!static/)[^"#?]*)')
NOTHING = {"int": 999_999, "str": "PO-1999-0001"}


def cookies_of(user):
    """What a browser keeps once the person is signed in."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@standing
def world():
    """What the roles keep in their browsers, and the keys of the objects."""
    users, values = roles_build()
    return {role: cookies_of(user) for role, user in users.items()}, values


def ask(rule, name, cookies, values):
    client = Client()
    client.cookies.load(cookies)
    address = address_of(name, rule, values)
    form = {"idempotency_key": str(uuid4()), **rule.form}
    return client.post(address, form) if rule.method == "post" else client.get(address)


def test_every_address_is_in_the_matrix():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names == MATRIX.keys()


@pytest.mark.parametrize("name", MATRIX)
def test_each_role_sees_what_it_may_and_nothing_else(name, world):
    cookies, values = world
    rule = MATRIX[name]
    for role in sorted(EVERYBODY):
        answer = ask(rule, name, cookies[role], values)
        if role in rule.sees:
            assert answer.status_code in {200, 302, 400, 409}, f"{name} for {role}"
            assert "/masuk/" not in answer.headers.get("Location", ""), f"{name} for {role}"
        elif role in rule.reads:
            assert answer.status_code == 403, f"{name} for {role}"
        elif role == STRANGER:
            assert answer["Location"].startswith("/masuk/"), name
        else:
            assert answer.status_code == 404, f"{name} for {role}"


@pytest.mark.parametrize("name", [name for name, rule in MATRIX.items() if rule.arguments])
def test_what_does_not_exist_is_not_found_for_anybody(name, world):
    cookies, values = world
    nothing = {key: NOTHING[type(value).__name__] for key, value in values.items()}
    for role in sorted(EVERYBODY - {STRANGER}):
        answer = ask(MATRIX[name], name, cookies[role], nothing)
        assert answer.status_code == 404 or role in MATRIX[name].reads, f"{name} for {role}"


@pytest.mark.parametrize("name", [name for name, rule in MATRIX.items() if not rule.arguments])
def test_lists_show_nothing_of_another_cooperative(name, world):
    cookies, values = world
    for role in sorted(OTHERS | {ADMIN}):
        text = ask(MATRIX[name], name, cookies[role], values).content.decode()
        assert values["order"] not in text
        assert "Maju Bersama" not in text or name == "coverage", f"{name} for {role}"


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_no_page_leads_to_one_that_isnt_there_for_its_reader(role, world):
    cookies, values = world
    client = Client()
    client.cookies.load(cookies[role])
    asked, dead = {}, []
    for name, rule in MATRIX.items():
        if role not in rule.sees or rule.method == "post":
            continue
        page = client.get(address_of(name, rule, values))
        if page.streaming or not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for address in set(LINK.findall(page.content.decode())):
            if address not in asked:
                asked[address] = client.get(address).status_code
            if asked[address] >= 403:
                dead.append(f"{name}: {address} is {asked[address]}")
    assert asked
    assert dead == []
