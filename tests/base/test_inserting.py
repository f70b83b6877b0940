from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from wadah.base.clock import now
from wadah.base.inserting import array_text, rows_add, rows_insert
from wadah.base.models import Change, Counter

pytestmark = pytest.mark.django_db


def standing():
    return dict(Counter.objects.values_list("kind", "last"))


def counters(**values):
    rows_insert(Counter, ("kind", "year", "last"), [(name, 2026, value) for name, value in values.items()])
    return dict(Counter.objects.values_list("kind", "pk"))


def test_each_row_gets_its_own_amount_and_no_other_row_any():
    keys = counters(a=1, b=20, c=300)
    rows_add(Counter, "last", {keys["a"]: 5, keys["c"]: -100})
    assert standing() == {"a": 6, "b": 20, "c": 200}


def test_nothing_to_add_and_rows_that_are_not_there_change_nothing():
    counters(a=1)
    rows_add(Counter, "last", {})
    rows_add(Counter, "last", {10**9: 5})
    assert standing() == {"a": 1}


def test_what_a_constraint_forbids_changes_none_of_them():
    keys = counters(a=1, b=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows_add(Counter, "last", {keys["a"]: 1, keys["b"]: -3})
    assert standing() == {"a": 1, "b": 2}


def test_words_of_every_kind_come_back_as_they_were():
    """What SQL or an array would read otherwise: quotes, backslashes, braces, commas, the word NULL, no word at all."""
    told = ["", "NULL", 'a "b" \\ c', "{1,2}", "Bu O'Neil\n\t%s", "ü 😀"]
    moment = now()
    names = ("at", "user_id", "user_name", "on_behalf_of", "act", "object_kind", "object_id", "fields", "reason")
    rows = [(moment, None, text, "", "told", "x", str(at), {"text": [text, 1.5]}, text) for at, text in enumerate(told)]
    rows_insert(Change, names, rows)
    found = list(Change.objects.order_by("object_id"))
    assert [row.fields["text"] for row in found] == [[text, 1.5] for text in told]
    assert [row.user_name for row in found] == [row.reason for row in found] == told
    assert {(row.at, row.user_id) for row in found} == {(moment, None)}


def test_what_words_would_garble_is_refused():
    assert array_text([1, None, True, Decimal("1.50"), "a"]) == '{1,NULL,"True","1.50","a"}'
    with pytest.raises(TypeError, match="bytes"):
        array_text([b"PK"])
