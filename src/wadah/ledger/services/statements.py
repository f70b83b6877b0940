"""Bank statements: read once though they overlap, their lines matched to buyers, put aside, or taken out again.

Reading a statement posts nothing: its lines stand there with what Wadah suggests until somebody says whose they are.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.imports.reading import book_read
from wadah.ledger.models import BankFile, BankRow, Invoice, Payment
from wadah.ledger.rules.statements import NoStatement, statement_read
from wadah.ledger.selectors.statements import rows_suggested
from wadah.ledger.services.allocating import payment_allocate
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import said
from wadah.ledger.services.payments import payment_record
from wadah.ledger.words import Till
from wadah.units import date_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.accounts.models import User
    from wadah.demand.models import Buyer
    from wadah.ledger.rules.statements import Statement
    from wadah.register.models import Cooperative

NAME_MAX = 120


@transaction.atomic
def statement_import(*, cooperative: Cooperative, name: str, content: bytes, by: User) -> BankFile:
    """Read a statement (xlsx, ods or csv of a bank) and keep each line of money that came in once.

    Raises
    ------
    Refused: the file can't be read, is no statement, or was read before; nothing came in.
    """
    book_lock(cooperative)
    digest = hashlib.sha256(content).hexdigest()
    if held := BankFile.objects.filter(cooperative=cooperative, digest=digest).first():
        words = {"name": held.name, "day": date_text(held.at.date())}
        raise Refused(_("This statement was read on %(day)s already, as “%(name)s”.") % words, field="file")
    try:
        found = statement_read(book_read(content), today())
    except NoStatement:
        raise Refused(
            _(
                "This is no bank statement that Wadah can read: it looks for a column with the day, and for one with"
                " money that came in (Kredit), or an amount with CR and DB."
            ),
            field="file",
        ) from None
    if not found.came:
        raise Refused(_("No money came in on this statement: there is nothing to keep."), field="file")
    file = BankFile.objects.create(
        cooperative=cooperative, name=name.strip()[:NAME_MAX], digest=digest, at=now(), by=by
    )
    rows_keep(file, found)
    history_record(user=by, act="statement_import", row=file, new={"name": file.name, "rows": file.rows})
    return file


def rows_keep(file: BankFile, found: Statement) -> None:
    """The lines that no other statement brought, and what else was in the file."""
    keys = [one.key for one in found.came]
    known = set(BankRow.objects.filter(cooperative=file.cooperative, key__in=keys).values_list("key", flat=True))
    rows = [
        BankRow(file=file, cooperative=file.cooperative, key=one.key, on=one.on, rupiah=one.rupiah, text=one.text)
        for one in found.came
        if one.key not in known
    ]
    BankRow.objects.bulk_create(rows, batch_size=500)
    file.rows = len(rows)
    unread = [[one.row, one.text, one.why] for one in found.unread]
    file.told = {"known": len(known), "out": found.out, "unread": unread}
    file.save(update_fields=["rows", "told"])


@transaction.atomic
def bank_file_cancel(*, file: BankFile, by: User) -> None:
    """A statement that was read by mistake is taken out with its lines, as long as none of them is settled.

    Raises
    ------
    Conflict: one is a payment already, or was put aside.
    """
    book_lock(file.cooperative)
    rows = BankRow.objects.select_for_update().filter(file=file)
    if Payment.objects.filter(bank_row__file=file).exists() or rows.exclude(dismissed="").exists():
        raise Conflict(_("Lines of this statement are settled already. Take those back first."))
    history_record(user=by, act="bank_file_cancel", row=file, old={"name": file.name, "rows": file.rows})
    rows.delete()
    file.delete()


@transaction.atomic
def bank_row_match(
    *,
    row: BankRow,
    buyer: Buyer,
    by: User,
    parts: Sequence[tuple[Invoice, int]] | None = None,
    withheld: int = 0,
    withheld_kind: str = "",
    withheld_slip: str = "",
) -> Payment:
    """A line of a statement is a buyer's payment; the rest as in `payment_record` and `payment_allocate`.

    parts: (invoice, rupiah); none: all of it stays the buyer's balance.

    Raises
    ------
    Conflict: the line is settled already. Refused: as those.
    """
    book_lock(row.cooperative)
    row = open_row(row)
    payment = payment_record(
        cooperative=row.cooperative,
        buyer=buyer,
        rupiah=row.rupiah,
        till=Till.BANK,
        on=row.on,
        withheld=withheld,
        withheld_kind=withheld_kind,
        withheld_slip=withheld_slip,
        reference=row.text,
        bank_row=row,
        by=by,
    )
    if parts:
        payment_allocate(payment=payment, parts=parts, by=by)
        payment.refresh_from_db()
    return payment


def open_row(row: BankRow) -> BankRow:
    """The line, locked. Raises Conflict where it is settled already."""
    row = BankRow.objects.select_for_update(of=("self",)).select_related("cooperative").get(pk=row.pk)
    held = Payment.objects.filter(bank_row=row).first()
    if held is not None:
        raise Conflict(_("This line is payment %(number)s already.") % {"number": held.number})
    if row.dismissed:
        raise Conflict(_("This line was put aside: %(why)s") % {"why": row.dismissed})
    return row


@transaction.atomic
def bank_rows_match_sure(*, file: BankFile, by: User) -> list[Payment]:
    """Every line of a statement whose buyer and invoices are sure becomes a payment, set against those."""
    book_lock(file.cooperative)
    made = []
    for key in BankRow.objects.filter(file=file).order_by("on", "pk").values_list("pk", flat=True):
        for row, suggested in rows_suggested(BankRow.objects.filter(pk=key, payment=None, dismissed="")):
            if suggested.sure and suggested.buyer is not None:
                invoices = Invoice.objects.in_bulk([invoice for invoice, _rupiah in suggested.parts])
                parts = [(invoices[invoice], rupiah) for invoice, rupiah in suggested.parts]
                buyer = next(iter(invoices.values())).buyer
                made.append(bank_row_match(row=row, buyer=buyer, parts=parts, by=by))
    return made


@transaction.atomic
def bank_row_dismiss(*, row: BankRow, reason: str, by: User) -> BankRow:
    """A line that is no payment of a buyer (a member's savings, interest, a grant) is put aside, with why.

    Raises
    ------
    Conflict: it is settled already. Refused: nobody says why.
    """
    book_lock(row.cooperative)
    row = open_row(row)
    row.dismissed = said(reason)[:200]
    row.save(update_fields=["dismissed"])
    history_record(user=by, act="bank_row_dismiss", row=row, reason=row.dismissed)
    return row


@transaction.atomic
def bank_row_restore(*, row: BankRow, by: User) -> BankRow:
    """A line that was put aside waits for its buyer again. Raises Conflict where it wasn't put aside."""
    book_lock(row.cooperative)
    row = BankRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not row.dismissed:
        raise Conflict(_("This line isn't put aside."))
    old, row.dismissed = row.dismissed, ""
    row.save(update_fields=["dismissed"])
    history_record(user=by, act="bank_row_restore", row=row, old={"dismissed": old}, new={"dismissed": ""})
    return row
