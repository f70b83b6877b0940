"""Opening balances on pages: pasted or sent as Excel, refused at the field, locked by another, seen, taken back."""

import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cast_settling import balance, settling_build
from standing import standing
from wadah.base.clock import today
from wadah.ledger.models import Opening, Saving
from wadah.ledger.words import OpeningStatus
from wadah.web.exports import Sheet, workbook_bytes

pytestmark = pytest.mark.django_db
CODE = "maju-bersama"


@standing
def settling(cast):
    return settling_build(cast)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def manager(settling):
    return client_of(settling.cast.manager)


@pytest.fixture
def treasurer(settling):
    return client_of(settling.treasurer)


def page(name):
    return reverse(name, args=[CODE])


def send(client, name, **form):
    return client.post(page(name), {"idempotency_key": str(uuid4()), **form}, follow=True)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def typed(**more):
    return {
        "on": today().replace(day=1).isoformat(),
        "accounts": "1101;900.000\n3105;;750.000",
        "members": "Bu Sari;100.000;50.000;;",
        "invoices": "",
        **more,
    }


def test_pasted_by_one_locked_by_another_and_taken_back(settling, manager, treasurer):
    assert page("opening_fill") in manager.get(page("opening")).content.decode()
    wrong = send(manager, "opening_fill", **typed(accounts="1101;900.000\n3105;;740.000"))
    assert wrong.status_code == 400
    assert "Rp10.000" in text(wrong)
    send(manager, "opening_fill", **typed())
    again = manager.get(page("opening_fill")).content.decode()
    assert "3105\t\t750000" in again
    assert page("opening_fix") not in manager.get(page("opening")).content.decode()
    send(treasurer, "opening_fix")
    row = Opening.objects.get()
    assert row.status == OpeningStatus.LOCKED
    shown = text(treasurer.get(page("opening")))
    assert row.number in shown and "Rp900.000" in shown
    file = treasurer.get(page("opening"), {"unduh": "csv"}).content.decode()
    assert "100000" in file
    assert row.number in treasurer.get(reverse("book_postings", args=[CODE])).content.decode()
    send(treasurer, "opening_undo", reason="salah ketik")
    row.refresh_from_db()
    assert row.status == OpeningStatus.BACK
    assert balance("3105") == 0
    assert page("opening_fill") in treasurer.get(page("opening")).content.decode()


def test_pressing_twice_keeps_and_locks_once(settling, manager, treasurer):
    key = str(uuid4())
    for _ in range(2):
        manager.post(page("opening_fill"), {"idempotency_key": key, **typed()})
    key = str(uuid4())
    for _ in range(2):
        treasurer.post(page("opening_fix"), {"idempotency_key": key})
    assert Opening.objects.count() == 1
    assert Saving.objects.count() == 2


def test_the_excel_file_is_filled_in_and_sent_back(settling, manager):
    book = CalamineWorkbook.from_filelike(io.BytesIO(manager.get(page("opening_form")).content))
    assert len(book.sheet_names) == 4
    accounts = book.get_sheet_by_index(0).to_python()
    members = book.get_sheet_by_index(1).to_python()
    assert "1101" in {str(row[0]) for row in accounts}
    assert "2106" not in {str(row[0]) for row in accounts}
    for row in accounts[1:]:
        row[2:] = [900_000, ""] if row[0] == "1101" else ["", 750_000] if row[0] == "3105" else row[2:]
    for row in members[1:]:
        row[1:3] = [100_000, 50_000] if row[0] == settling.cast.sari.ikm.name else row[1:3]
    sheets = [Sheet("akun", accounts[0], accounts[1:]), Sheet("anggota", members[0], members[1:])]
    file = SimpleUploadedFile("saldo.xlsx", workbook_bytes(sheets))
    done = send(manager, "opening_fill", **typed(accounts="", members="", file=file))
    assert done.status_code == 200, text(done)
    assert Opening.objects.get().lines.count() == 4
    broken = SimpleUploadedFile("saldo.xlsx", b"%PDF-1.4")
    refused = send(manager, "opening_fill", **typed(file=broken))
    assert refused.status_code == 400


def test_a_draft_is_thrown_away(settling, manager):
    send(manager, "opening_fill", **typed())
    send(manager, "opening_drop")
    assert not Opening.objects.exists()
