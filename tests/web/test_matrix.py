"""R8: every address × every role × an object of the own and of another cooperative. A new address must be put in a
module of tests/addresses."""

import re
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from addresses import (
    ADMIN,
    BUYER,
    EVERYBODY,
    INSPECTOR,
    MANAGER,
    MEMBER,
    OFFICER,
    OTHERS,
    STRANGER,
    TREASURER,
    all_rules,
)
from cast_roles import address_of, roles_build
from standing import standing

MATRIX = all_rules()
LINK = re.compile(r'href="(/(?!static/)[^"#?]*)')
CHOICES = re.compile(r'<select id="f-[^"]*" name="([^"]+)">(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]*)"')
SORTED = re.compile(r'<th [^>]*><a href="\?([^"]*urut=[^"]*)"')
CHOICES_TRIED = 4
READERS = [MANAGER, BUYER, ADMIN, TREASURER, INSPECTOR, OFFICER, MEMBER]
LISTED = {MANAGER, BUYER, ADMIN}
"""Who is asked about lists: each list once, by the first who sees it; these have some."""
LED_TO = {}
"""role → address → whether nothing is there."""
SHOWN_OF_MADE_UP = {"coverage", "home"}
"""Show to all what a cooperative plans that is made up, as the one of the tests is, marked so."""
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


@pytest.mark.once
@pytest.mark.parametrize("name", MATRIX)
def test_each_role_sees_what_it_may_and_nothing_else(name, world, pytestconfig):
    """Whom an address turns away, and where its links lead, is the same on every database."""
    cookies, values = world
    rule, again = MATRIX[name], pytestconfig.getoption("rows")
    for role in sorted(rule.sees if again else EVERYBODY):
        answer = ask(rule, name, cookies[role], values)
        if role in rule.sees:
            assert answer.status_code in {200, 302, 400, 409}, f"{name} for {role}"
            assert "/masuk/" not in answer.headers.get("Location", ""), f"{name} for {role}"
            assert again or rule.method == "post" or dead_links(answer, role, world) == [], f"{name} for {role}"
        elif role in rule.reads:
            assert answer.status_code == 403, f"{name} for {role}"
        elif role == STRANGER:
            assert answer["Location"].startswith("/masuk/"), name
        else:
            assert answer.status_code == 404, f"{name} for {role}"


def dead_links(page, role, world):
    """Where a page leads its reader, and there is nothing for them."""
    if page.streaming or not page.headers.get("Content-Type", "").startswith("text/html"):
        return []
    cookies, values = world
    return [
        address for address in set(LINK.findall(page.content.decode())) if is_dead(address, role, cookies[role], values)
    ]


def is_dead(address, role, cookies, values):
    """Asked once a role; what the matrix has for the role isn't asked here."""
    if role not in LED_TO:
        known = (address_of(name, rule, values) for name, rule in MATRIX.items() if role in rule.sees)
        LED_TO[role] = dict.fromkeys(known, False)
    if address not in LED_TO[role]:
        client = Client()
        client.cookies.load(cookies)
        LED_TO[role][address] = client.get(address).status_code >= 403
    return LED_TO[role][address]


@pytest.mark.once
@pytest.mark.parametrize("name", [name for name, rule in MATRIX.items() if rule.arguments])
def test_what_does_not_exist_is_not_found_for_anybody(name, world):
    """One of those stands for all who are turned away before anything is looked up: for them it is as above."""
    cookies, values = world
    rule = MATRIX[name]
    nothing = {key: NOTHING[type(value).__name__] for key, value in values.items()}
    away = sorted(EVERYBODY - rule.sees - rule.reads - {STRANGER})[:1]
    for role in sorted((rule.sees | rule.reads) - {STRANGER}) + away:
        answer = ask(rule, name, cookies[role], nothing)
        assert answer.status_code == 404 or role in rule.reads, f"{name} for {role}"


@pytest.mark.once
@pytest.mark.parametrize("name", [name for name, rule in MATRIX.items() if not rule.arguments])
def test_lists_show_nothing_of_another_cooperative(name, world):
    cookies, values = world
    for role in sorted((OTHERS | {ADMIN}) & MATRIX[name].sees):
        text = ask(MATRIX[name], name, cookies[role], values).content.decode()
        assert values["order"] not in text
        assert "Maju Bersama" not in text or name in SHOWN_OF_MADE_UP, f"{name} for {role}"


@pytest.mark.parametrize("role", READERS)
def test_lists_answer_whatever_is_asked_of_them(role, world):
    """Searched, narrowed by each choice, sorted by each column: what one database compares, another may refuse to."""
    cookies, values = world
    client, earlier = Client(), READERS[: READERS.index(role)]
    client.cookies.load(cookies[role])
    asked = 0
    for name, rule in MATRIX.items():
        if rule.method == "post" or role not in rule.sees or any(other in rule.sees for other in earlier):
            continue
        address = address_of(name, rule, values)
        page = client.get(address)
        for question in questions(page):
            assert client.get(f"{address}?{question}").status_code == 200, f"{address}?{question}"
            asked += 1
    assert asked or role not in LISTED


def questions(page):
    """What the form above a list and the heads of its columns ask, as parameters of an address."""
    text = "" if page.streaming else page.content.decode(errors="replace")
    if '<form class="asking"' not in text:
        return []
    narrowed = [
        urlencode({key: unescape(value)})
        for key, choices in CHOICES.findall(text)
        for value in [*OPTION.findall(choices)][:CHOICES_TRIED]
    ]
    searched = ["q=a1"] if 'name="q"' in text else []
    return [*searched, *narrowed, *sorted(unescape(found) for found in set(SORTED.findall(text)))]


@pytest.mark.once
def test_a_page_that_leads_nowhere_is_found(world):
    page = HttpResponse('<a href="/tak-ada/">x</a><a href="/">y</a><a href="/static/x.css">z</a>')
    assert dead_links(page, STRANGER, world) == ["/tak-ada/"]
