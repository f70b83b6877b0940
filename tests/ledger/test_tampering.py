"""Whatever is changed in postings and lines afterwards, `verify` finds it, with a head kept apart.

Seeded trials: one field of one row changed to something else that the database takes, a line or a posting removed, one
made up, the last rows cut off with the book's head put right, or all of the chain written anew from a changed amount
on. WADAH_TAMPER of them (1,000 by `make tamper`), 200 in the ordinary run. Keys that are nothing but keys (a line's
own id) tell nothing, so they aren't changed.
"""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from random import Random

import pytest
from books_made import books_build
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import DateField, DateTimeField, DecimalField, ForeignKey

from standing import standing
from wadah.ledger.models import Book, Posting, PostingLine
from wadah.ledger.rules.chain import posting_hash
from wadah.ledger.verify.again import HEAD, lines_stored
from wadah.ledger.verify.rows import postings_read
from wadah.ledger.verify.run import Head, verify

pytestmark = pytest.mark.django_db
TRIALS = int(os.environ.get("WADAH_TAMPER", "200"))
SEED = int(os.environ.get("WADAH_TAMPER_SEED", "1"))
HEX = "0123456789abcdef"


@standing
def books():
    return books_build(makers=2, months=3)


class Nothing(Exception):
    """This draw changes nothing."""


def head_of(cooperative):
    book = Book.objects.get(cooperative=cooperative)
    return Head(book.head_seq, book.head_hash)


def found(cooperative, head):
    (report,) = verify(kept={cooperative.pk: head})
    return report.faults


def test_books_that_nobody_touched_hold(books):
    assert found(books, head_of(books)) == []
    (report,) = verify(again=True)
    assert report.faults == []
    assert report.found.postings == Posting.objects.count() > 30
    assert report.found.lines == PostingLine.objects.count()


# -- what is changed --------------------------------------------------------------------------------------------------


def field_changed(dice, model):
    """One field of one row, to another value of its kind."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    field, key = dice.choice(fields), dice.choice(keys(model))
    old = model.objects.values_list(field.attname, flat=True).get(pk=key)
    new = other(dice, field, old)
    if new == old:
        raise Nothing
    model.objects.filter(pk=key).update(**{field.attname: new})
    return f"{model.__name__} {key} {field.name}: {old!r} → {new!r}"


def other(dice, field, old):
    if isinstance(field, ForeignKey):
        there = [*field.related_model._default_manager.order_by("pk").values_list("pk", flat=True)[:50]]
        return dice.choice([*there, None] if field.null else there)
    if isinstance(field, DateTimeField):
        return old + dt.timedelta(microseconds=dice.choice((-1, 1, 1_000_000)))
    if isinstance(field, DateField):
        return old + dt.timedelta(days=dice.choice((-31, -1, 1, 31)))
    if isinstance(field, DecimalField):
        return None if old is not None and dice.random() < 0.1 else (old or 0) + Decimal(dice.choice(("0.001", "1")))
    if isinstance(old, int):
        return old + dice.choice((-1, 1, 10, 1_000_000))
    return text_changed(dice, old, field.max_length)


def text_changed(dice, old, longest):
    """A letter put in, taken out or changed."""
    place = dice.randrange(len(old) + 1)
    letter = dice.choice(HEX if len(old) == longest else 'aZ0 "é\\')
    cut = dice.choice((place, place + 1))
    return (old[:place] + dice.choice(("", letter)) + old[cut:])[:longest]


def line_removed(dice):
    PostingLine.objects.filter(pk=(key := dice.choice(keys(PostingLine)))).delete()
    return f"line {key} removed"


def posting_removed(dice):
    PostingLine.objects.filter(posting=(key := dice.choice(keys(Posting)))).delete()
    Posting.objects.filter(pk=key).delete()
    return f"posting {key} removed"


def lines_added(dice):
    """Both sides of a posting, so that it still balances."""
    posting = dice.choice(keys(Posting))
    lines = list(PostingLine.objects.filter(posting=posting).order_by("line_no"))
    for number, (line, side) in enumerate(((lines[0], "debit"), (lines[-1], "credit")), start=len(lines) + 1):
        line.pk, line.line_no, line.debit, line.credit = None, number, 0, 0
        setattr(line, side, 500)
        line.save()
    return f"two lines added to {posting}"


def both_sides_changed(dice):
    posting = dice.choice(keys(Posting))
    lines = list(PostingLine.objects.filter(posting=posting).order_by("line_no"))
    left, right = next(one for one in lines if one.debit), next(one for one in lines if one.credit)
    PostingLine.objects.filter(pk=left.pk).update(debit=left.debit + 7)
    PostingLine.objects.filter(pk=right.pk).update(credit=right.credit + 7)
    return f"both sides of {posting}"


def two_swapped(dice):
    """The lines of two postings."""
    one, two = dice.sample(keys(Posting), 2)
    if rows(one) == rows(two):
        raise Nothing
    lines = list(PostingLine.objects.filter(posting__in=(one, two)))
    for line in lines:
        line.line_no += 1_000
        line.save()
    for line in lines:
        line.posting_id = two if line.posting_id == one else one
        line.line_no -= 1_000
        line.save()
    return f"lines of {one} and {two} swapped"


def rows(posting):
    lines = PostingLine.objects.filter(posting=posting).order_by("line_no")
    return list(lines.values_list("account", "debit", "credit", "ikm", "buyer", "motif", "lot", "pieces"))


def end_cut_off(dice):
    """The last rows gone, and the book's head put right: without a head kept apart the chain would look whole."""
    cooperative = Book.objects.get().cooperative
    first = head_of(cooperative).seq - dice.randrange(5)
    PostingLine.objects.filter(posting__cooperative=cooperative, posting__seq__gte=first).delete()
    Posting.objects.filter(cooperative=cooperative, seq__gte=first).delete()
    last = Posting.objects.filter(cooperative=cooperative).order_by("-seq").first()
    Book.objects.update(head_seq=last.seq, head_hash=last.hash)
    return f"cut off from {first}"


def chain_written_anew(dice):
    """An amount changed on both sides, and every hash from there on worked out again, the book's head too."""
    cooperative = Book.objects.get().cooperative
    told = both_sides_changed(dice)
    previous = ""
    for row in postings_read(cooperative.pk, 1, head_of(cooperative).seq):
        head = dict(zip(HEAD, row[1:11], strict=True))
        due = posting_hash(previous, list(head.values()), hashable(lines_stored(cooperative.pk, row[1])))
        Posting.objects.filter(pk=row[0]).update(previous_hash=previous, hash=due)
        previous = due
    Book.objects.update(head_hash=previous)
    return f"{told}, all hashes anew"


def hashable(lines):
    return [[*line[:3], *(one if one is None else int(one) for one in line[3:7]), line[7]] for line in lines]


def keys(model):
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


CHANGES = {
    lambda dice: field_changed(dice, Posting): 40,
    lambda dice: field_changed(dice, PostingLine): 30,
    line_removed: 5,
    posting_removed: 5,
    lines_added: 5,
    both_sides_changed: 4,
    two_swapped: 4,
    end_cut_off: 6,
    chain_written_anew: 1,
}


def tampered(dice):
    """Does one of them, and says which; what the database refuses is drawn anew."""
    while True:
        (change,) = dice.choices(list(CHANGES), CHANGES.values())
        try:
            with transaction.atomic():
                told = change(dice)
                with connection.cursor() as cursor:
                    if connection.vendor == "postgresql":
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                return told
        except (IntegrityError, DataError, Nothing):
            continue


def test_every_change_is_found(books):
    head = head_of(books)
    missed = []
    for trial in range(TRIALS):
        with transaction.atomic():
            told = tampered(Random(SEED * 1_000_003 + trial))
            if not found(books, head):
                missed.append((trial, told))
            transaction.set_rollback(True)
    assert missed == []


# -- the harder ones by themselves ------------------------------------------------------------------------------------


def codes(faults):
    return [fault.code for fault in faults]


def test_rows_cut_off_at_the_end_are_found_only_with_a_head_kept_apart(books):
    head = head_of(books)
    with transaction.atomic():
        last = Posting.objects.order_by("-seq").first()
        assert last.rule == "P2"
        end_cut_off(Random(1))
        assert "cut" in codes(found(books, head))


def test_a_chain_written_anew_is_found_by_a_head_kept_apart(books):
    head = head_of(books)
    chain_written_anew(Random(5))
    assert "kept" in codes(found(books, head))
    (report,) = verify()
    assert "hash" not in codes(report.faults)


def test_the_field_that_was_changed_is_named_with_what_it_was(books):
    line = PostingLine.objects.filter(posting__rule="P1", debit__gt=0).order_by("pk").first()
    PostingLine.objects.filter(pk=line.pk).update(debit=line.debit + 1_000)
    fault = found(books, None)[0]
    assert (fault.seq, fault.code) == (line.posting.seq, "field")
    assert fault.values == {"field": "debit", "line": line.line_no, "stored": line.debit + 1_000, "due": line.debit}


def test_a_posting_dated_into_a_closed_month_is_found_even_with_a_right_hash(books):
    """As it would be if the service forgot L5."""
    last = Posting.objects.order_by("-seq").first()
    Posting.objects.filter(pk=last.pk).update(on=dt.date(2025, 1, 31))
    row = postings_read(books.pk, last.seq, last.seq)[0]
    due = posting_hash(last.previous_hash, list(row[1:11]), hashable(lines_stored(books.pk, last.seq)))
    Posting.objects.filter(pk=last.pk).update(hash=due)
    Book.objects.update(head_hash=due)
    assert codes(found(books, None)) == ["closed"]
