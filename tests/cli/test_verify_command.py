"""`wadah verify` and `wadah head`: whether the books hold, in words, with the first broken row named."""

from __future__ import annotations

import pytest

from cast_forum import at, forum_build
from cast_ledger import making_build
from standing import standing
from wadah.cli.main import main
from wadah.cli.verify_words import WORDS
from wadah.forum.models import Booking
from wadah.forum.services.bookings import booking_make
from wadah.ledger.models import Book, Posting, PostingLine, WorkEntry
from wadah.ledger.services.work import work_post

pytestmark = pytest.mark.django_db


@standing
def making(cast):
    return making_build(cast)


@pytest.fixture
def books(making):
    making.accepted(making.cast.sari, 100)
    making.accepted(making.cast.karim, 50)
    work_post(cooperative=making.cast.cooperative)
    return Book.objects.get()


def said(capsys, *words, lang="en"):
    code = main([*words, "--lang", lang])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_sound_books_end_with_0_and_their_head(books, capsys):
    code, out, _ = said(capsys, "verify")
    assert code == 0
    assert "2 postings and 4 lines hold" in out
    assert books.head_hash in out
    assert "2 catatan dan 4 baris benar" in said(capsys, "verify", "--again", lang="id")[1]


def test_without_books_there_is_nothing_to_break(cast, capsys):
    code, out, _ = said(capsys, "verify")
    assert code == 0
    assert out.startswith("There are no books yet.\n")


@pytest.mark.parametrize("again", [(), ("--again",)])
def test_a_changed_line_ends_with_1_and_is_named(books, capsys, again):
    PostingLine.objects.filter(posting__seq=1, debit__gt=0).update(debit=99)
    code, out, _ = said(capsys, "verify", *again)
    assert code == 1
    day = Posting.objects.get(seq=1).on
    assert f"Posting number 1, {day} (L2): line 1, debit is stored as 99, by its document it is 95000." in out
    assert "baris 1, debit tersimpan 99, menurut dokumennya 95000" in said(capsys, "verify", lang="id")[1]


def test_an_entry_that_the_moves_dont_lead_to_is_named(books, capsys):
    entry = WorkEntry.objects.order_by("pk").first()
    WorkEntry.objects.filter(pk=entry.pk).update(rupiah=entry.rupiah + 1)
    code, out, _ = said(capsys, "verify")
    assert code == 1
    assert "account 2101, Sari Baut: the books say Rp95.000, the documents Rp95.001." in out
    assert f"{entry.work_order.number}: pay entered Rp95.001, for the pieces accepted Rp95.000." in out
    assert "pay entered as 95001, by the moves of pieces 95000" in said(capsys, "verify", "--again")[1]


def test_a_head_kept_in_a_file_shows_that_rows_were_cut_off(books, capsys, tmp_path):
    code, kept, _ = said(capsys, "head")
    assert code == 0
    assert kept.splitlines()[1] == f"{books.cooperative.code} 2 {books.head_hash}"
    file = tmp_path / "head.txt"
    file.write_text(kept)
    assert said(capsys, "verify", "--head", str(file))[0] == 0
    assert said(capsys, "verify", "--head", f"2:{books.head_hash}")[0] == 0
    PostingLine.objects.filter(posting__seq=2).delete()
    first = Posting.objects.get(seq=1)
    Posting.objects.filter(seq=2).delete()
    Book.objects.update(head_seq=1, head_hash=first.hash)
    code, out, _ = said(capsys, "verify", "--head", str(file))
    assert code == 1
    assert "Posting number 1 (L4): is the last there is; by the head kept apart there were 2." in out


def test_a_cooperative_that_is_gone_is_missed(books, capsys, tmp_path):
    file = tmp_path / "head.txt"
    file.write_text(f"lain 3 {'a' * 64}\n")
    code, out, _ = said(capsys, "verify", "--head", str(file))
    assert code == 1
    assert "lain: by the head kept apart it had 3 postings" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--cooperative", "tidak-ada"), "there is no cooperative tidak-ada; there are: maju-bersama, sumber-rejeki"),
        (("--head", "/tidak/ada"), "/tidak/ada"),
    ],
)
def test_what_cannot_be_read_ends_with_2(books, capsys, words, told):
    code, _, err = said(capsys, "verify", *words)
    assert code == 2
    assert told in err


def test_a_head_that_is_none_ends_with_2(books, capsys, tmp_path):
    file = tmp_path / "head.txt"
    file.write_text("maju-bersama 2 abc\n")
    code, _, err = said(capsys, "verify", "--head", str(file))
    assert code == 2
    assert "is neither NUMBER:HASH nor a file" in err


def test_each_word_is_said_in_both_languages():
    assert [key for key, pair in WORDS.items() if len(pair) != 2 or not all(pair)] == []


def test_an_hour_of_a_room_that_was_given_twice_is_named(cast, capsys):
    forum = forum_build(cast)
    for hour in (9, 13):
        span = {"starts_at": at(1, hour), "ends_at": at(1, hour + 2)}
        booking_make(resource=forum.room, purpose="x", by=cast.sari.user, **span)
    assert said(capsys, "verify")[0] == 0
    Booking.objects.filter(starts_at=at(1, 13)).update(starts_at=at(1, 10))
    code, out, _ = said(capsys, "verify")
    assert code == 1
    assert f"“Ruang Kreatif”: the booking of {at(1, 9):%Y-%m-%d %H:%M} was given twice." in out
    assert "diberikan dua kali" in said(capsys, "verify", lang="id")[1]
