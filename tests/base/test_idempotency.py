import datetime as dt
import threading

import pytest
from django.db import connection

from wadah.base.clock import now
from wadah.base.errors import Conflict
from wadah.base.idempotency import NoReceipt, body_hash, key_new, keys_sweep, once
from wadah.base.models import Counter, IdempotencyKey

pytestmark = pytest.mark.django_db


def press(key, body="a", user_id=1, route="order"):
    def write():
        row = Counter.objects.create(kind=f"effect-{Counter.objects.count()}", year=2026)
        return {"location": f"/orders/{row.pk}"}

    return once(key=key, user_id=user_id, route=route, body=body, write=write)


def test_the_same_press_twice_has_one_effect_and_the_same_receipt():
    key = key_new()
    first, again = press(key), press(key)
    assert first[0] == again[0]
    assert (first[1], again[1]) == (False, True)
    assert Counter.objects.count() == 1


@pytest.mark.parametrize("other", [{"body": "b"}, {"user_id": 2}, {"route": "invoice"}])
def test_the_same_key_for_something_else_is_a_conflict(other):
    key = key_new()
    press(key)
    with pytest.raises(Conflict):
        press(key, **other)
    assert Counter.objects.count() == 1


def test_a_form_with_mistakes_keeps_no_key():
    def mistake():
        Counter.objects.create(kind="half", year=2026)
        raise NoReceipt

    key = key_new()
    with pytest.raises(NoReceipt):
        once(key=key, user_id=1, route="order", body="a", write=mistake)
    assert not IdempotencyKey.objects.exists()
    assert not Counter.objects.exists()
    assert press(key)[1] is False


def test_keys_are_kept_for_thirty_days():
    press("young")
    press("old")
    IdempotencyKey.objects.filter(key="old").update(created_at=now() - dt.timedelta(days=31))
    assert keys_sweep() == 1
    assert IdempotencyKey.objects.get().key == "young"


def test_the_order_of_fields_does_not_matter_and_every_byte_does():
    assert body_hash({"a": ["1"], "b": ["2"]}) == body_hash({"b": ["2"], "a": ["1"]})
    assert body_hash({"a": ["1"]}) != body_hash({"a": ["1", "1"]})
    assert body_hash({}, {"f": b"x"}) != body_hash({}, {"f": b"y"})


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_have_one_effect():
    key, answers = key_new(), []

    def racer():
        answers.append(press(key)[0]["location"])
        connection.close()

    threads = [threading.Thread(target=racer) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20
    assert len(set(answers)) == 1
    assert Counter.objects.count() == 1
