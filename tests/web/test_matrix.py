"""R8: every address × every role × an object of the own and of another cooperative. A new address must be put here."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from cast import JOINED, MONDAY, cast_build, person
from wadah.base.clock import now
from wadah.demand.models import Buyer, BuyerContact, Order
from wadah.plans.models import PlanRun
from wadah.register.services import appointment_make, membership_open

STRANGER, MEMBER, MANAGER, BUYER, OFFICER, ADMIN = "stranger", "member", "manager", "buyer", "officer", "admin"
OTHER_MEMBER, OTHER_MANAGER, OTHER_BUYER = "other member", "other manager", "other buyer"
EVERYBODY = {STRANGER, MEMBER, MANAGER, BUYER, OFFICER, ADMIN, OTHER_MEMBER, OTHER_MANAGER, OTHER_BUYER}


@dataclass(frozen=True)
class Rule:
    """sees: who gets the page about an object of Maju Bersama; reads: who sees it but may not write.

    arguments: those of the object; method: "post" for addresses that only write.
    """

    sees: set
    reads: frozenset = frozenset()
    arguments: tuple = ()
    method: str = "get"


ORDER, RUN = ("number",), ("pk",)
PLAN_PAGE = Rule({MANAGER, OFFICER}, arguments=RUN)
MATRIX = {
    "home": Rule(EVERYBODY),
    "login": Rule(EVERYBODY),
    "logout": Rule(EVERYBODY, method="post"),
    "language": Rule(EVERYBODY, method="post"),
    "health": Rule(EVERYBODY),
    "coverage": Rule(EVERYBODY),
    "work": Rule({MEMBER, OTHER_MEMBER}),
    "orders": Rule({MANAGER, BUYER, OTHER_MANAGER, OTHER_BUYER}),
    "order": Rule({MANAGER, BUYER}, arguments=ORDER),
    "plans": Rule({MANAGER, OFFICER, OTHER_MANAGER}),
    "plan": PLAN_PAGE,
    "plan_workshops": PLAN_PAGE,
    "plan_parts": PLAN_PAGE,
    "plan_late": PLAN_PAGE,
    "plan_file": Rule({MANAGER, OFFICER}, arguments=("pk", "which")),
    "plan_act": Rule({MANAGER}, reads=frozenset({OFFICER}), arguments=("pk", "act"), method="post"),
}


@pytest.fixture
def world(db):
    cast = cast_build()
    users = {
        STRANGER: None,
        MEMBER: cast.sari.user,
        MANAGER: cast.manager,
        BUYER: cast.buyer,
        OFFICER: cast.officer,
        ADMIN: person("Bu Wati", 14),
        OTHER_MEMBER: cast.rudi.user,
        OTHER_MANAGER: person("Pak Joko", 15),
        OTHER_BUYER: person("Ms Sato", 16),
    }
    appointment_make(user=users[ADMIN], role="admin", valid_from=JOINED)
    membership_open(cooperative=cast.other_cooperative, joined_on=JOINED, role="manager", user=users[OTHER_MANAGER])
    for name, role in (("Car maker", BUYER), ("Boat maker", OTHER_BUYER)):
        buyer = Buyer.objects.create(name=name, market="export", kind="factory")
        BuyerContact.objects.create(buyer=buyer, user=users[role])
    order = Order.objects.create(
        number="PO-2026-0001",
        buyer=Buyer.objects.get(name="Car maker"),
        cooperative=cast.cooperative,
        ordered_on=MONDAY,
    )
    run = PlanRun.objects.create(
        cooperative=cast.cooperative, status="failed", start_on=MONDAY, weeks=4, created_at=now(), stopped="none: test"
    )
    values = {"number": order.number, "pk": run.pk, "which": "problem", "act": "buang"}
    return users, values


def ask(rule, name, user, values):
    client = Client()
    if user is not None:
        client.force_login(user)
    address = reverse(name, kwargs={key: values[key] for key in rule.arguments})
    form = {"language": "en", "idempotency_key": f"{name}-{user}"}
    return client.post(address, form) if rule.method == "post" else client.get(address)


def test_every_address_is_in_the_matrix():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names == MATRIX.keys()


@pytest.mark.parametrize("name", MATRIX)
def test_each_role_sees_what_it_may_and_nothing_else(name, world):
    users, values = world
    rule = MATRIX[name]
    for role in sorted(EVERYBODY):
        answer = ask(rule, name, users[role], values)
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
    users, values = world
    nothing = {**values, "number": "PO-1999-0001", "pk": 999_999}
    for role in sorted(EVERYBODY - {STRANGER}):
        answer = ask(MATRIX[name], name, users[role], nothing)
        assert answer.status_code == 404 or role in MATRIX[name].reads, f"{name} for {role}"


@pytest.mark.parametrize("name", [name for name, rule in MATRIX.items() if not rule.arguments])
def test_lists_show_nothing_of_another_cooperative(name, world):
    users, values = world
    for role in (OTHER_MEMBER, OTHER_MANAGER, OTHER_BUYER, ADMIN):
        text = ask(MATRIX[name], name, users[role], values).content.decode()
        assert values["number"] not in text
        assert "Maju Bersama" not in text or name == "coverage", f"{name} for {role}"
