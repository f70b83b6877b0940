"""A row to choose: a list while there are few, its code or name typed where there are many."""

import pytest
from django.forms import Form
from django.test import Client
from django.urls import reverse

from cast_quotations import request_of
from wadah.catalogue.models import Approval, Part, Rate
from wadah.catalogue.services import part_put
from wadah.demand.selectors import parts_to_name
from wadah.web import forms

FACTS = {"status": "approved", "valid_from": "2026-01-01", "note": ""}


@pytest.fixture
def part(cast):
    return part_put(code="BAUT-M8", name="Baut M8", subsector=cast.subsector)


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(forms, "FEW", 1)


@pytest.fixture
def manager(cast, part):
    part_put(code="BAUT-M10", name="Baut M10", name_en="Long bolt", subsector=cast.subsector)
    cast.manager.language = "en"
    cast.manager.save()
    client = Client()
    client.force_login(cast.manager)
    return client


def asked(manager, **typed):
    form = {"idempotency_key": str(sorted(typed.items())), **FACTS, **typed}
    return manager.post(reverse("approval_add"), form)


def test_few_rows_are_a_list(manager):
    page = manager.get(reverse("approval_add")).text
    assert '<select name="part"' in page
    assert "Baut M8 (BAUT-M8)" in page or "BAUT-M8" in page


def test_many_rows_are_typed_and_none_of_them_is_sent(manager, many):
    page = manager.get(reverse("approval_add")).text
    assert '<input type="text" name="part"' in page
    assert "Write its code, or some of its name." in page
    assert "BAUT-M8" not in page


def test_a_suggested_row_stands_there_as_its_code(manager, many, part, cast):
    page = manager.get(reverse("approval_add") + f"?barang={part.pk}&bengkel={cast.sari.workshop.pk}").text
    assert 'value="BAUT-M8"' in page
    assert f'value="{cast.sari.workshop.code}"' in page


@pytest.mark.parametrize(("typed", "shop"), [("baut-m8", "W-001"), ("  BAUT-M8 ", "bengkel sari"), ("long", "Sari")])
def test_a_code_or_words_that_fit_one_row_are_enough(manager, many, cast, typed, shop):
    assert asked(manager, part=typed, workshop=shop).status_code == 302
    row = Approval.objects.get()
    assert row.workshop == cast.sari.workshop
    assert row.part == Part.objects.get(code="BAUT-M10" if typed == "long" else "BAUT-M8")


def test_what_fits_several_is_chosen_from_those_and_nothing_is_lost(manager, many, part):
    answer = asked(manager, part="baut", workshop="W-001")
    assert answer.status_code == 400
    assert "“baut” fits several. Choose one." in answer.text
    assert f'<option value="#{part.pk}">' in answer.text
    assert 'value="W-001"' in answer.text
    assert asked(manager, part=f"#{part.pk}", workshop="W-001").status_code == 302
    assert Approval.objects.get().part == part


def test_more_than_a_short_list_asks_for_more_words(manager, many, monkeypatch):
    monkeypatch.setattr(forms, "MATCHES", 1)
    assert "More than 1 are called “baut” or so: write more of it." in asked(manager, part="baut", workshop="W-1").text


@pytest.mark.parametrize("typed", ["mur", "#999999", "# 1", "%", "/", "W-009"])
def test_what_is_not_to_be_chosen_is_refused_in_words(manager, many, typed):
    answer = asked(manager, part="BAUT-M8", workshop=typed)
    assert answer.status_code == 400
    assert "Nothing to choose here is called" in answer.text or "Select a valid choice" in answer.text
    assert not Approval.objects.exists()


def test_an_empty_field_is_asked_for(manager, many):
    answer = asked(manager, part="", workshop="W-001")
    assert answer.status_code == 400
    assert not Approval.objects.exists()


class WhoForm(Form):
    """Rows without a code of their own, told by two columns."""

    who = forms.RowField(
        Rate.objects.select_related("part", "workshop").order_by("pk"),
        code="",
        search=("part__code", "part__name", "workshop__name"),
        told=lambda row: f"{row.part.name} · {row.workshop.name}",
    )


@pytest.fixture
def rates(cast, bracket):
    return list(Rate.objects.order_by("pk"))


@pytest.mark.parametrize("sign", [" · ", " ", " / "])
def test_a_row_without_a_code_is_found_by_what_it_is_called(rates, many, sign):
    rate = rates[0]
    form = WhoForm({"who": sign.join([rate.part.name, rate.workshop.name])})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["who"] == rate


def test_a_suggested_row_without_a_code_stands_there_so_that_it_is_read_back(rates, many):
    shown = WhoForm(initial={"who": rates[0]})["who"].value()
    form = WhoForm({"who": shown})
    assert form.is_valid()
    assert form.cleaned_data["who"] == rates[0]


def test_the_parts_that_a_request_may_mean_are_the_likeliest_and_any_other_is_typed(cast, bracket, manager, many):
    row = request_of(cast, bracket)
    line = row.lines.first()
    address = reverse("request_match", args=[row.number, line.line_no])
    page = manager.get(address).text
    assert '<select name="part"' in page
    assert '<input type="text" name="other"' in page
    assert manager.post(address, {"idempotency_key": "a", "part": "", "other": "baut-m10"}).status_code == 302
    line.refresh_from_db()
    assert line.part.code == "BAUT-M10"
    assert f'<option value="{line.part.pk}" selected' in manager.get(address).text


def test_of_few_parts_all_stand_in_one_list(cast, bracket, manager):
    row = request_of(cast, bracket)
    page = manager.get(reverse("request_match", args=[row.number, row.lines.first().line_no])).text
    assert 'name="other"' not in page
    assert page.count("<option") == parts_to_name().count() + 1
