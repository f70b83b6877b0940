"""Forms about one object: what was typed over an older state is refused once, refusals stay on the form."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from wadah.base.errors import Refused
from wadah.register.services import area_put
from wadah.web.editing import RowForm, form_page
from wadah.web.history import history_table


class AreaForm(RowForm):
    name = forms.CharField(max_length=80)
    bps_code = forms.CharField(required=False)
    remark = forms.CharField(required=False)


@pytest.fixture
def area(db):
    return area_put(code="32.75", name="Kota Bekasi", kind="city", bps_code="3275")


def sent(form, **typed):
    data = QueryDict(mutable=True)
    data.update({name: form[name].initial or "" for name in form.fields} | typed)
    return data


def test_a_form_begins_with_what_the_row_holds(area):
    form = AreaForm(row=area)
    assert form["name"].initial == "Kota Bekasi"
    assert form.columns() == ["name", "bps_code"]


def test_nobody_writes_unknowingly_over_somebody_elses_change(area):
    data = sent(AreaForm(row=area), name="Bekasi")
    area_put(code="32.75", name="Bekasi Kota", kind="city")
    area.refresh_from_db()
    first = AreaForm(data, row=area)
    assert not first.is_valid()
    assert first["name"].value() == "Bekasi"
    again = AreaForm(first.data, row=area)
    assert again.is_valid()
    assert again.cleaned_data == {"name": "Bekasi", "bps_code": "3275", "remark": ""}


def test_an_unchanged_row_is_saved_at_once(area):
    assert AreaForm(sent(AreaForm(row=area), remark="x"), row=area).is_valid()


def test_a_new_object_needs_no_version():
    assert AreaForm(QueryDict("name=Bekasi")).is_valid()


def page(data, save):
    request = RequestFactory().post("/", data)
    request.user = type("Nobody", (), {"is_authenticated": False})()
    return form_page(request, AreaForm(request.POST), title="Area", back="/", save=save)


def test_what_was_saved_leads_on(db):
    answer = page({"name": "Bekasi"}, lambda facts: f"/{facts['name']}/")
    assert (answer.status_code, answer["Location"]) == (302, "/Bekasi/")


def test_a_refusal_stays_on_the_form_at_its_field(db):
    def save(facts):
        raise Refused("too far away", field="bps_code")

    answer = page({"name": "Bekasi"}, save)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "too far away" in text
    assert 'value="Bekasi"' in text


def test_history_tells_who_changed_what_from_what_to_what(area, person):
    from wadah.base.history import history_record

    history_record(
        user=person, act="rename", row=area, old={"name": "A", "open": True}, new={"name": "B", "open": False}
    )
    with translation.override("id"):
        table = history_table(area, acts={"rename": "Renamed"}, fields={"name": "Name", "open": "Open"})
    assert [cell.text for cell in table.rows[0]][1:] == ["Sari", "Renamed", "Name: A → B; Open: ya → tidak"]


def test_a_history_without_words_for_what_changed_is_refused_in_tests_and_shown_as_kept_to_people(area, monkeypatch):
    from wadah.base.history import history_record
    from wadah.web import history

    history_record(user=None, act="rename", row=area, new={"name": "B"})
    with pytest.raises(AssertionError, match="no words for rename"):
        history_table(area, acts={}, fields={"name": "Name"})
    monkeypatch.setattr(history, "untold", str)
    assert history_table(area, acts={}, fields={}).rows[0][2].text == "rename"
