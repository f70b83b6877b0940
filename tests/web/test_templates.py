import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from wadah.base.errors import Refused
from wadah.web.forms import PiecesField, RupiahField, refuse
from wadah.web.tables import Cell, Column, Table


def drawn(text, language="id", **context):
    with translation.override(language):
        return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "indonesian", "english"),
    [
        ("{{ v|rupiah }}", 1_250_000, "Rp1.250.000", "Rp1.250.000"),
        ("{{ v|rupiah_short }}", 1_250_000, "Rp1,25 jt", "Rp1.25 million"),
        ("{{ v|number }}", 1234567, "1.234.567", "1,234,567"),
        ("{{ v|decimal }}", 1234.56, "1.234,6", "1,234.6"),
        ("{{ v|decimal:2 }}", Decimal("0.5"), "0,5", "0.5"),
        ("{{ v|percent }}", 0.053, "5,3%", "5.3%"),
        ("{{ v|minutes }}", 90, "1 jam 30 menit", "1 h 30 min"),
        ("{{ v|hours }}", 2.5, "2,5 jam", "2.5 h"),
        ("{{ v|date_long }}", dt.date(2026, 12, 4), "Jumat, 4 Desember 2026", "Friday, 4 December 2026"),
        ("{{ v|date_plain }}", dt.date(2026, 12, 4), "4 Desember 2026", "4 December 2026"),
        ("{{ v|date_short }}", dt.date(2026, 5, 4), "4 Mei", "4 May"),
        (
            "{{ v|moment }}",
            dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC),
            "Jumat, 1 Januari 2027 pukul 00.30 WIB",
            "Friday, 1 January 2027 at 00:30 WIB",
        ),
    ],
)
def test_figures_are_written_in_the_language_of_the_page(text, value, indonesian, english):
    assert drawn(text, "id", v=value) == indonesian
    assert drawn(text, "en", v=value) == english
    assert drawn(text, "id", v=None) == "–"


def test_each_form_gets_a_key_of_its_own():
    first, second = drawn("{% idempotency %}"), drawn("{% idempotency %}")
    assert first != second
    assert first.startswith('<input type="hidden" name="idempotency_key" value="')


def test_a_table_names_each_cell_for_a_phone():
    table = Table("Lots", [Column("Part"), Column("Pieces", numeric=True)])
    table.add(Cell("<b>Bolt</b>", url="/parts/1/"), Cell("1.200", badge="late"))
    html = render_to_string("_table.html", {"table": table})
    assert 'data-label="Pieces"' in html
    assert "&lt;b&gt;Bolt&lt;/b&gt;" in html
    with pytest.raises(ValueError, match="2 cells"):
        table.add("one")


def test_a_mistake_stands_at_its_field_and_is_read_aloud_with_it():
    class Form(forms.Form):
        price = RupiahField(label="Price")
        pieces = PiecesField(label="Pieces", required=False)

    form = Form({"price": "1,25 jt", "pieces": "1.200"})
    assert form.is_valid()
    assert form.cleaned_data == {"price": 1_250_000, "pieces": 1200}
    assert Form({"price": "0"}).is_valid()
    form = Form({"price": "many", "pieces": "1,5"})
    html = form["price"].as_field_group()
    assert "many" in str(form.errors["price"])
    assert 'aria-describedby="id_price_error"' in html
    assert 'id="id_price_error"' in html
    refuse(form, Refused("No.", field="unknown"))
    assert form.non_field_errors() == ["No."]


def test_long_lists_have_pages():
    page = Paginator(range(30), 10).page(2)
    html = render_to_string("_pagination.html", {"page": page, "query": "q=x&"})
    assert 'href="?q=x&amp;page=3"' in html
    assert 'href="?q=x&amp;page=1"' in html


def test_progress_is_unknown_until_there_is_a_measure():
    assert "value=" not in render_to_string("_progress.html", {"label": "Searching"})
    assert 'value="30" max="60"' in render_to_string("_progress.html", {"label": "Searching", "value": 30, "max": 60})
