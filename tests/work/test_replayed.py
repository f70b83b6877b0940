"""R6: each form of the room, pressed five times at once, again after a lost answer and again after a day, has one
effect and one receipt; the same key with another body is a conflict.

The forms are those of the matrix's world (tests/addresses), one after the other in one database, over real connections.
"""

import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from addresses import BUYER, MANAGER, MEMBER, all_rules
from cast_roles import address_of, roles_build
from crashing import rows_now
from wadah.base.clock import now, today
from wadah.base.models import IdempotencyKey

PRESSES = 5
NEXT = str(today() + timedelta(days=7))
# Address → who presses, what is typed. In an order in which each still can be done.
FORMS = {
    "offer_decline": (MEMBER, {"reason": "busy", "note": ""}),
    "offer_undo": (MEMBER, {}),
    "offer_take": (MEMBER, {"pieces": "40"}),
    "work_report": (MEMBER, {"pieces": "10"}),
    "work_bring": (MEMBER, {"pieces": "5", "day": str(today() + timedelta(days=1)), "hour": "15"}),
    "work_give_up": (MEMBER, {"pieces": "2", "kind": "ill", "words": ""}),
    "bring_cancel": (MEMBER, {"reason": "mesin rusak"}),
    "board_report": (MANAGER, {"pieces": "1", "reason": "lewat telepon"}),
    "board_counter": (MANAGER, {"pieces": "3", "reason": "tanpa ponsel"}),
    "board_over": (MANAGER, {"over": "4", "reason": "diminta pembeli"}),
    "board_short": (MANAGER, {"pieces": "1", "reason": "bahan habis"}),
    "material_back": (MANAGER, {"pieces": "0,5", "reason": ""}),
    "material_spoilt": (MANAGER, {"pieces": "0,5", "reason": "sobek"}),
    "lot_part": (MANAGER, {"pieces": "2", "source": "accepted", "reason": ""}),
    "lot_label": (MANAGER, {"supplier": "Toko Baja", "batch": "B-2", "note": "", "reason": "salah tulis"}),
    "lot_scrap": (MANAGER, {"pieces": "1", "reason": "berkarat"}),
    "lot_send_back": (MANAGER, {"pieces": "1", "source": "accepted", "reason": "salah kirim"}),
    "milestone_yes": (BUYER, {"quantity": "10", "note": ""}),
    "inspection_begin": (MANAGER, {}),
    "inspection": (MANAGER, {"checked": "5", "major": "0", "catat": "1", "v1": "", "note": ""}),
    "inspection_end": (MANAGER, {}),
    "disposition_add": (MANAGER, {"good": "6", "bad": "4", "reason": "ulir"}),
    "rework_return": (MANAGER, {"mended": "8", "spoilt": "2", "note": ""}),
    "trial_lot": (MANAGER, {"pieces": "20", "week_start": NEXT}),
    "trial_element": (MANAGER, {"status": "accepted", "note": ""}),
    "trial_stop": (MANAGER, {"reason": "pembeli batal"}),
    "shipment_take_out": (MANAGER, {}),
    "shipment_pack_all": (MANAGER, {"box": "1"}),
    "shipment_leave": (MANAGER, {"driver": "Pak Udin", "vehicle": ""}),
    "shipment_sign": (BUYER, {"received_by": "Mr Tanaka"}),
    "complaint_add": (BUYER, {"kind": "defect", "pieces": "3", "note": "berkarat"}),
    "complaint_answer": (MANAGER, {"decision": "replace", "answer": "kami ganti"}),
    "complaint_back": (MANAGER, {"pieces": "1"}),
    "complaint_end": (MANAGER, {}),
}
RULES = all_rules()


def effects():
    """Every row of the rooms that work writes to, but for the keys themselves."""
    models = [model for model in apps.get_models() if model._meta.app_label in {"work", "plans", "demand", "catalogue"}]
    return rows_now(models)


def pressed(user, address, form, answers):
    client = Client()
    client.force_login(user)
    answers.append(client.post(address, form))
    connection.close()


def at_once(user, address, form):
    """Five presses by five phones; their answers."""
    answers = []
    threads = [threading.Thread(target=pressed, args=(user, address, form, answers)) for _ in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def world(transactional_db):
    return roles_build()


def test_each_form_pressed_again_and_again_is_done_once(world):
    users, values = world
    for name, (role, typed) in FORMS.items():
        address = address_of(name, RULES[name], values)
        form = {"idempotency_key": f"key-{name}", **typed}
        before = effects()
        answers = at_once(users[role], address, form)
        told = [(answer.status_code, answer.headers.get("Location")) for answer in answers]
        assert len(told) == PRESSES, name
        assert set(told) == {(302, told[0][1])}, f"{name}: {told} {answers[0].content[:2000]}"
        once_done = effects()
        assert once_done != before, f"{name} has no effect"
        IdempotencyKey.objects.filter(key=form["idempotency_key"]).update(created_at=now() - timedelta(days=1))
        client = Client()
        client.force_login(users[role])
        assert client.post(address, form).headers.get("Location") == told[0][1], name
        assert effects() == once_done, f"{name} was done twice"
        assert client.post(address, form | {"another": "field"}).status_code == 409, name
        assert effects() == once_done, name


def test_every_writing_form_of_the_room_is_among_them():
    """What isn't pressed above says here why."""
    rooms = ("offers", "work", "quality", "shipping")
    left_out = {
        "answer_act": "the member's own forms, pressed by the manager",
        "answer_remind": "a reminder",
        "mending_act": "works out and applies a plan: tests/plans/test_repairing.py",
        "inspection_undo": "needs a count",
        "material_into_lot": "needs stock without a lot: tests/web/test_work_pages.py",
        "shipment_add": "gives the order's draft back by itself",
        "shipment_pack": "the same service as packing all",
    }
    writing = {
        name
        for room in rooms
        for name, rule in import_module(f"addresses.{room}").RULES.items()
        if rule.method == "post"
    }
    assert writing - FORMS.keys() == left_out.keys()
