"""Entries by hand (P10), taken back by their mirror (P17), and a cooperative's own accounts."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cast import person
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.ledger.models import Account, Journal, Posting, PostingLine
from wadah.ledger.services.books import book_open
from wadah.ledger.services.closing import month_close
from wadah.ledger.services.journals import Entry, account_add, account_archive, journal_enter, journal_reverse

pytestmark = pytest.mark.django_db

RENT = [Entry("6106", debit=250_000), Entry("1101", credit=250_000)]
PDF = b"%PDF-1.4 kuitansi"


@standing
def books(cast):
    book_open(cooperative=cast.cooperative, opened_on=date(2026, 1, 1), by=cast.manager)
    return cast


def entered(cast, entries=RENT, **more):
    columns = {"on": date(2026, 3, 5), "what": "Sewa Maret", **more}
    return journal_enter(cooperative=cast.cooperative, entries=entries, by=cast.manager, **columns)


def balance(code):
    return sum(line.debit - line.credit for line in PostingLine.objects.filter(account__code=code))


def test_an_entry_is_posted_with_its_words_and_its_number(books):
    row = entered(books, attachment=SimpleUploadedFile("kuitansi.pdf", PDF))
    assert row.number == "JU-2026-0001"
    posting = Posting.objects.get()
    assert (posting.rule, posting.source_number, posting.note) == ("P10", row.number, "Sewa Maret")
    assert (balance("6106"), balance("1101")) == (250_000, -250_000)
    assert bytes(row.attachment.content) == PDF


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([Entry("6106", debit=10), Entry("1101", credit=9)], "Rp1"),
        ([Entry("2101", debit=10), Entry("1101", credit=10)], "2101"),
        ([Entry("9999", debit=10), Entry("1101", credit=10)], "9999"),
        ([Entry("6106", debit=10, credit=10), Entry("1101", credit=10)], "6106"),
        ([Entry("6106"), Entry("1101", credit=10)], "6106"),
        ([Entry("6106", debit=-10), Entry("1101", credit=-10)], "6106"),
        ([], ""),
    ],
)
def test_what_is_no_entry_is_refused_by_what_is_wrong(books, entries, told):
    with pytest.raises(Refused) as refused:
        entered(books, entries)
    assert told in str(refused.value)
    assert not Posting.objects.exists()
    assert not Journal.objects.exists()


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2099, 1, 1)])
def test_the_day_lies_between_the_opening_of_the_books_and_today(books, on):
    with pytest.raises(Refused):
        entered(books, on=on)


def test_an_entry_says_for_what(books):
    with pytest.raises(Refused):
        entered(books, what="  ")


def test_what_happened_in_a_closed_month_is_posted_on_the_first_open_day(books):
    month_close(cooperative=books.cooperative, month=date(2026, 4, 1), by=books.manager)
    row = entered(books)
    assert row.on == date(2026, 3, 5)
    assert Posting.objects.get().on == date(2026, 5, 1)


def test_an_entry_is_taken_back_once_and_with_a_reason(books):
    row = entered(books)
    with pytest.raises(Refused):
        journal_reverse(journal=row, reason=" ", by=books.manager)
    mirror = journal_reverse(journal=row, reason="Salah akun", by=books.manager)
    assert (mirror.rule, mirror.note, mirror.on) == ("P17", "Salah akun", today())
    assert (balance("6106"), balance("1101")) == (0, 0)
    with pytest.raises(Refused):
        journal_reverse(journal=row, reason="lagi", by=books.manager)
    assert Posting.objects.count() == 2


def test_a_cooperative_adds_an_account_and_writes_to_it(books):
    add = {"cooperative": books.cooperative, "group": "cost", "side": "debit", "by": books.manager}
    account_add(code="6110", name="Listrik", **add)
    entered(books, [Entry("6110", debit=5), Entry("1101", credit=5)])
    assert balance("6110") == 5


@pytest.mark.parametrize(
    ("code", "name"), [("6101", "Ada"), ("5110", "Lain"), ("61", "Pendek"), ("61x0", "Huruf"), ("6110", " ")]
)
def test_an_account_needs_a_free_code_that_suits_its_group_and_a_name(books, code, name):
    with pytest.raises(Refused):
        account_add(cooperative=books.cooperative, code=code, name=name, group="cost", side="debit", by=books.manager)
    assert not Account.objects.filter(cooperative=books.cooperative).exists()


def test_an_account_out_of_use_takes_no_entry_until_it_is_back(books):
    add = {"cooperative": books.cooperative, "group": "cost", "side": "debit", "by": books.manager}
    account = account_add(code="6110", name="Listrik", **add)
    account_archive(account=account, archived=True, by=books.manager)
    with pytest.raises(Refused):
        entered(books, [Entry("6110", debit=5), Entry("1101", credit=5)])
    account_archive(account=account, archived=False, by=books.manager)
    entered(books, [Entry("6110", debit=5), Entry("1101", credit=5)])


def test_an_account_of_the_chart_stays(books):
    entered(books)
    with pytest.raises(Refused):
        account_archive(account=Account.objects.get(code="6106"), archived=True, by=books.manager)


def test_anothers_account_is_unknown(books):
    stranger = person("Pak Joko", 44)
    account_add(
        cooperative=books.other_cooperative, code="6110", name="Listrik", group="cost", side="debit", by=stranger
    )
    with pytest.raises(Refused):
        entered(books, [Entry("6110", debit=5), Entry("1101", credit=5)])


def test_a_month_closes_with_what_was_accepted_in_it(books):
    with pytest.raises(Refused):
        month_close(cooperative=books.cooperative, month=today() + timedelta(days=40), by=books.manager)
    closed = month_close(cooperative=books.cooperative, month=date(2026, 2, 1), by=books.manager)
    assert [row.month for row in closed] == [date(2026, 1, 1), date(2026, 2, 1)]
    with pytest.raises(Refused):
        month_close(cooperative=books.cooperative, month=date(2026, 2, 1), by=books.manager)
