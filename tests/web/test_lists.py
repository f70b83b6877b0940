"""Lists that are searched, filtered, sorted, paged through and taken home as files."""

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from wadah.register.models import Area
from wadah.register.services import area_put
from wadah.web.lists import PAGE_ROWS, ListColumn, ListFilter, Listing, list_page

LISTING = Listing(
    "kelurahan",
    "Kelurahan",
    [
        ListColumn("name", "Name", text=lambda row: row.name_spaced, sort=("name",), url=lambda row: f"/{row.code}/"),
        ListColumn(
            "km2", "Area", text=lambda row: f"{row.area_km2:g} km²", value=lambda row: row.area_km2, numeric=True
        ),
        ListColumn("code", "Code", text=lambda row: row.code, hidden=True),
    ],
    search=lambda rows, text: rows.filter(name__icontains=text.replace(" ", "")),
    filters=[
        ListFilter(
            "jenis",
            "Kind",
            choices=lambda: [("kelurahan", "kelurahan"), ("city", "city")],
            narrow=lambda rows, value: rows.filter(kind=value),
            initial="kelurahan",
        )
    ],
)


@pytest.fixture
def areas(db):
    city = area_put(code="32.75", name="Kota Bekasi", kind="city", area_km2=213.0)
    kecamatan = area_put(code="32.75.01", name="=Timur", kind="kecamatan", parent=city, area_km2=12.5)
    names = ["Medansatria", "=SUM(A1)", *(f"K{number:03d}" for number in range(PAGE_ROWS))]
    for number, name in enumerate(names):
        area_put(code=f"32.75.01.{number}", name=name, kind="kelurahan", parent=kecamatan, area_km2=1 + number / 4)
    return Area.objects.order_by("code")


def asked(rows, **query):
    request = RequestFactory().get("/kelurahan/", query)
    request.user = AnonymousUser()
    return list_page(request, LISTING, rows, add="/tambah/")


def text(rows, **query):
    return asked(rows, **query).content.decode().partition("<main")[2]


def test_a_search_folds_what_its_listing_folds(areas):
    page = text(areas, q="Medan Satria")
    assert "Medansatria" in page
    assert "K001" not in page


def test_a_filter_holds_until_it_is_taken_away(areas):
    assert "Kota Bekasi" not in text(areas)
    assert "Kota Bekasi" in text(areas, jenis="semua")
    assert "Kota Bekasi" in text(areas, jenis="city")


def test_an_unknown_filter_or_column_counts_as_not_asked(areas):
    assert text(areas, jenis="moon", urut="colour") == text(areas)


def test_a_list_is_sorted_forward_and_then_backward(areas):
    forward, backward = text(areas, urut="name"), text(areas, urut="-name")
    assert 'aria-sort="ascending"' in forward
    assert 'aria-sort="descending"' in backward
    assert "urut=-name" in forward
    assert forward.index("=SUM(A1)") < forward.index("K000")
    assert "=SUM(A1)" not in backward  # on the second page now


def test_a_page_keeps_what_was_asked(areas):
    page = text(areas, urut="name", jenis="kelurahan")
    assert "?urut=name&amp;jenis=kelurahan&amp;page=2" in page


def test_the_whole_list_goes_into_a_workbook_with_numbers_as_numbers(areas):
    answer = asked(areas, unduh="xlsx", urut="name")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Name", "Area", "Code"]
    assert len(rows) == 1 + PAGE_ROWS + 2
    assert ["=SUM(A1)", 1.25, "32.75.01.1"] in rows
    assert answer["Content-Disposition"].startswith('attachment; filename="kelurahan-')


def test_a_csv_file_has_semicolons_a_decimal_comma_and_no_formula(areas):
    content = asked(areas, unduh="csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert ["'=SUM(A1)", "1,25", "32.75.01.1"] in rows


def test_an_empty_list_says_so_and_offers_the_first_one(db):
    page = text(Area.objects.all())
    assert "/tambah/" in page
    assert 'class="empty"' in page
    assert "<table" not in page


def test_a_list_whose_first_filter_hides_all_rows_is_not_empty(areas):
    page = text(areas.exclude(kind="kelurahan"))
    assert 'class="empty"' not in page
    assert 'href="/kelurahan/"' in page


def test_a_search_without_a_find_leads_back_to_everything(areas):
    page = text(areas, q="nowhere at all")
    assert "<table" not in page
    assert 'href="/kelurahan/"' in page
