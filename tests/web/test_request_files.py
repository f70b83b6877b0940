"""A request as a file: what is found out by itself, what is refused with its place, and the manager's own way."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast_orders import bracket_build
from cast_quotations import sent_of
from standing import standing
from wadah.base.clock import today
from wadah.base.history import history_of
from wadah.base.imports.reading import book_read
from wadah.demand.imports.requested import REQUESTED, file_read
from wadah.demand.models import Quotation, Request
from wadah.web.exports import xlsx_bytes

DAY = today() + timedelta(days=60)


@standing
def world(cast):
    return bracket_build(cast)


def signed_in(user):
    user.language = "en"
    user.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def buyer(cast, world):
    world.buyer.cooperatives.add(cast.cooperative)
    return signed_in(cast.buyer)


@pytest.fixture
def manager(cast, world):
    world.buyer.cooperatives.add(cast.cooperative)
    return signed_in(cast.manager)


def send(client, cast, world, content, name="order.xlsx", address="/pembeli/permintaan/baru/", **more):
    facts = {
        "buyer": world.buyer.pk,
        "cooperative": cast.cooperative.pk,
        "file": SimpleUploadedFile(name, content),
        "idempotency_key": f"{name}-{len(content)}",
    }
    return client.post(address, facts | more)


def lines_of(request):
    return [(line.text, line.quantity, line.wanted_on, line.part) for line in request.lines.order_by("line_no")]


def test_an_excel_file_becomes_a_request_and_says_how_it_was_read(buyer, cast, world):
    rows = [["BRACKET", "Engine bracket", 1000, DAY], ["", "karet bundar", 200, DAY + timedelta(days=1)]]
    content = xlsx_bytes(["Part No", "Description", "Qty", "Delivery date"], rows, sheet="PO")
    answer = send(buyer, cast, world, content)
    request = Request.objects.get()
    assert answer["Location"] == f"/pembeli/permintaan/{request.number}/"
    assert lines_of(request) == [
        ("Engine bracket", 1000, DAY, world.bracket),
        ("karet bundar", 200, DAY + timedelta(days=1), None),
    ]
    assert request.channel == "excel"
    assert request.text.startswith("order.xlsx:\nBRACKET\tEngine bracket\t1000")
    page = buyer.get(answer["Location"]).content.decode()
    assert "Sheet PO: 2 rows were read below the headings in row 1; the decimal sign is “,”." in page


@pytest.mark.parametrize(
    ("content", "quantity"),
    [
        (f"Barang;Jumlah;Tanggal\nbracket;1.000;{DAY:%d/%m/%Y}\nbracket;2,5;{DAY:%d/%m/%Y}\n".encode(), 1000),
        (f"Item,Qty,Due\nbracket,1000,{DAY:%Y-%m-%d}\nbracket,2.5,{DAY:%Y-%m-%d}\n".encode("utf-16"), 1000),
        (
            f"sep=;\nNama barang;Banyaknya;Kirim\nbracket;1.000;{DAY:%d-%m-%Y}\nbracket;2,5;{DAY:%d-%m-%Y}".encode(),
            1000,
        ),
        (f"Uraian\tJml\tTgl\r\nbracket\t1.000\t{DAY:%d/%m/%y}\r\nbracket\t2,5\t{DAY:%d/%m/%y}".encode("cp1252"), 1000),
    ],
)
def test_delimiter_encoding_and_decimal_sign_are_found_out(content, quantity):
    read = file_read(content, today=today())
    assert read.faults == []
    assert [(line.quantity, line.wanted_on) for line in read.lines] == [(quantity, DAY), (pytest.approx(2.5), DAY)]


def test_wrong_cells_are_named_by_sheet_row_and_column_and_nothing_is_kept(buyer, cast, world):
    rows = [
        ["", "bracket", "seratus", DAY],
        ["", "", 5, DAY],
        ["", "bracket", 5, date(2020, 1, 1)],
        ["", "bracket", None, "31/02/2027"],
    ]
    content = xlsx_bytes(["Code of the part", "What you need", "Pieces", "Wanted by"], rows, sheet="Lembar 1")
    answer = send(buyer, cast, world, content)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Sheet Lembar 1, row 2, column Pieces: “seratus” isn&#x27;t a number that Wadah understands." in page
    assert "Sheet Lembar 1, row 3, column What you need: what is meant is missing" in page
    assert "Sheet Lembar 1, row 4, column Wanted by: the day has passed" in page
    assert "Sheet Lembar 1, row 5, column Wanted by: “31/02/2027” isn&#x27;t a date." in page
    assert "Nothing was sent. Mend the file and choose it again." in page
    assert not Request.objects.exists()


def test_a_file_without_known_headings_or_of_another_kind_is_refused_in_words(buyer, cast, world):
    page = send(buyer, cast, world, b"a;b\n1;2\n", "x.csv").content.decode()
    assert "Row 1: no heading says “What you need, Pieces” (found: a, b)." in page
    assert "This is no table that Wadah can read." in send(buyer, cast, world, b"%PDF-1.7", "x.pdf").content.decode()
    assert (
        "Write what you need, or choose a file."
        in send(buyer, cast, world, b"", "x.csv", file="", idempotency_key="none").content.decode()
    )
    assert not Request.objects.exists()


def test_rows_without_a_day_take_the_one_of_the_form_and_typed_lines_come_first(buyer, cast, world):
    send(buyer, cast, world, b"Barang;Jumlah\nbracket;100\n", "x.csv", wanted_on=DAY, text="karet bundar 20 buah")
    assert [(text, quantity) for text, quantity, _day, _part in lines_of(Request.objects.get())] == [
        ("karet bundar", 20),
        ("bracket", 100),
    ]


def test_more_mistakes_than_anybody_reads_are_counted(buyer, cast, world):
    rows = b"".join(b"bracket;x\n" for _ in range(30))
    page = send(buyer, cast, world, b"Barang;Jumlah\n" + rows, "x.csv", wanted_on=DAY).content.decode()
    assert page.count("isn&#x27;t a number") == 20
    assert "And 10 more." in page


def test_the_manager_records_a_file_on_the_buyers_behalf(manager, cast, world):
    more = {"channel": "letter", "received_on": today(), "wanted_on": DAY}
    answer = send(
        manager, cast, world, b"Barang;Jumlah\nbracket;1.000\n", "po.csv", address="/pesanan-masuk/baru/", **more
    )
    request = Request.objects.get()
    assert answer["Location"] == f"/pesanan-masuk/{request.number}/"
    assert (request.channel, lines_of(request)[0][1]) == ("letter", 1000)
    assert "1 row was read" in manager.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_example_is_read_back_without_a_mistake(buyer, kind):
    answer = buyer.get(f"/pembeli/permintaan/contoh.{kind}")
    read = file_read(answer.content, today=today())
    assert read.faults == []
    assert len(read.lines) == 2
    assert len(book_read(answer.content).sheets[0].rows[0]) == len(REQUESTED.columns)


# -- a quotation that the buyer declines ------------------------------------------------------------------------------


def declined(client, quotation, key="d", **more):
    facts = {"how": "phone", "letter_reference": "Mr Tanaka called", "letter_on": today(), "answered_by": "Mr Tanaka"}
    return client.post(f"/penawaran/{quotation.number}/ditolak/", facts | {"idempotency_key": key} | more)


def test_the_manager_writes_down_a_no_by_phone_and_the_kept_hours_are_free(manager, cast, world):
    quotation = sent_of(cast, world, reserves_hours=True)
    assert "Declined by letter or phone" in manager.get(f"/penawaran/{quotation.number}/").content.decode()
    answer = declined(manager, quotation, reason="too dear")
    assert answer["Location"] == f"/penawaran/{quotation.number}/"
    row = Quotation.objects.get()
    assert (row.status, row.answered_how, row.answered_by, row.reason) == (
        "declined",
        "phone",
        "Mr Tanaka",
        "too dear",
    )
    assert row.orders.get().status == "cancelled"
    page = manager.get(answer["Location"]).content.decode()
    assert "Answered by Mr Tanaka, by phone" in page
    assert "Reference: Mr Tanaka called." in page
    assert history_of(row)


@pytest.mark.parametrize("missing", ["letter_reference", "letter_on", "answered_by"])
@pytest.mark.parametrize("how", ["letter", "phone"])
def test_a_no_without_reference_day_or_name_is_refused(manager, cast, world, how, missing):
    quotation = sent_of(cast, world)
    assert declined(manager, quotation, how=how, **{missing: ""}).status_code == 400
    assert Quotation.objects.get().status == "sent"


def test_a_call_of_tomorrow_is_refused_and_a_quotation_is_answered_once(manager, cast, world):
    quotation = sent_of(cast, world)
    late = declined(manager, quotation, letter_on=today() + timedelta(days=1))
    assert "Write the day of the call." in late.content.decode()
    assert declined(manager, quotation, "d2").status_code == 302
    assert declined(manager, quotation, "d3").status_code in {400, 409}


def test_the_buyer_declines_on_the_page_with_a_reason(buyer, cast, world):
    quotation = sent_of(cast, world)
    page = buyer.get(f"/pembeli/penawaran/{quotation.number}/").content.decode()
    assert f"/pembeli/penawaran/{quotation.number}/tolak/" in page
    buyer.post(f"/pembeli/penawaran/{quotation.number}/tolak/", {"reason": "too late", "idempotency_key": "n"})
    row = Quotation.objects.get()
    assert (row.status, row.answered_how, row.reason) == ("declined", "page", "too late")
