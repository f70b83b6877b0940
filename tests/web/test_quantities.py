"""How quantities, days and photos are typed: one field each, with words for what can't be."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils.translation import override

from wadah.base.errors import Refused
from wadah.web.quantities import DayField, PhotoField, QuantityField, quantity_asked
from wadah.web.words import amount_text

READ = [("12", 12), ("1.250", 1250), ("2,5", Decimal("2.5")), ("1.250,125", Decimal("1250.125")), ("0", 0)]
WRONG = {
    "lima": "lima",
    "-3": "nol",
    "1e3": "1e3",
    "9" * 40: "1.000.000.000",
    "1000000001": "1.000.000.000",
    "0,0005": "desimal",
}


@pytest.mark.parametrize(("typed", "quantity"), READ)
def test_a_quantity_is_read_with_either_mark(typed, quantity):
    assert QuantityField().clean(typed) == quantity
    assert quantity_asked(typed) == quantity


@pytest.mark.parametrize(("typed", "words"), WRONG.items())
def test_what_is_no_quantity_is_said_in_words(typed, words):
    with pytest.raises(forms.ValidationError) as mistake:
        QuantityField().clean(typed)
    assert words in mistake.value.messages[0]
    assert "%(" not in mistake.value.messages[0]


@pytest.mark.parametrize(("typed", "words"), [item for item in WRONG.items() if item[0] != "-3"])
def test_a_number_beside_a_button_is_refused_in_the_same_words(typed, words):
    with pytest.raises(Refused, match=words) as refused:
        quantity_asked(typed)
    assert refused.value.field == "pieces"


def test_beside_a_button_fewer_may_be_typed_and_nothing_is_none():
    assert quantity_asked("-5") == -5
    assert quantity_asked(" ") == 0
    assert QuantityField(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["2026-11-30", "30/11/2026", "30-11-2026"])
def test_a_day_is_picked_or_typed(typed):
    assert DayField().clean(typed) == date(2026, 11, 30)


def test_a_photo_comes_from_the_camera_or_from_the_pictures_kept():
    """`capture` would allow the camera only."""
    assert PhotoField().widget.attrs == {"accept": "image/*"}
    assert PhotoField().clean(None) is None


@pytest.mark.parametrize(
    ("quantity", "unit", "english", "indonesian"),
    [
        (1, "piece", "1 piece", "1 buah"),
        (Decimal("10.000"), "piece", "10 pieces", "10 buah"),
        (Decimal("2.5"), "kg", "2.5 kg", "2,5 kg"),
        (40, "hour", "40 hours", "40 jam"),
        (1, "metre", "1 metre", "1 meter"),
    ],
)
def test_a_quantity_is_said_with_its_unit(quantity, unit, english, indonesian):
    with override("en"):
        assert amount_text(quantity, unit) == english
    assert amount_text(quantity, unit) == indonesian
