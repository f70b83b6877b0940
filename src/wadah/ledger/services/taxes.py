"""Taxes: dated rates laid out, what a cooperative is for the tax office, the final income tax of a month (P12)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.ledger.models import IncomeTax, Invoice, TaxRate, TaxStatus
from wadah.ledger.rules.months import first_of, last_of, months_between
from wadah.ledger.rules.taxes import FACTS, rate_held, tax_rupiah
from wadah.ledger.selectors.taxes import final_withheld_left, tax_status_on, turnover
from wadah.ledger.services.books import book_lock, month_name
from wadah.ledger.services.posting import rows_post
from wadah.ledger.words import Rule, TaxKind
from wadah.units import date_text

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.ledger.models import Book
    from wadah.register.models import Cooperative

STATUS = ("npwp", "registered", "final_income", "certificate")


def taxes_lay_out() -> None:
    """The known rates, each once; rows that are there stay as they are, but for the end of one that a new law ended."""
    have = {(row.kind, row.valid_from): row for row in TaxRate.objects.all()}
    missing = [TaxRate(**asdict(fact)) for fact in FACTS if (fact.kind, fact.valid_from) not in have]
    TaxRate.objects.bulk_create(missing, ignore_conflicts=True)
    for fact in FACTS:
        row = have.get((fact.kind, fact.valid_from))
        if row is not None and row.valid_until is None and fact.valid_until is not None:
            row.valid_until = fact.valid_until
            row.save(update_fields=["valid_until"])


def tax_rate_on(kind: str, on: dt.date) -> TaxRate:
    """The rate of a tax on a day. One query, three where the rates have to be laid out first.

    Raises
    ------
    Refused: no rate is known for this day. Nothing is guessed.
    """
    rows = TaxRate.objects.filter(kind=kind)
    found = rate_held(rows, on)
    if found is None:
        taxes_lay_out()
        found = rate_held(rows.all(), on)
    if found is None:
        words = {"tax": TaxKind(kind).label, "day": date_text(on)}
        raise Refused(_("No rate of %(tax)s is known for %(day)s, so nothing can be worked out for that day.") % words)
    return found


@transaction.atomic
def tax_status_put(
    *,
    cooperative: Cooperative,
    valid_from: dt.date,
    by: User | None,
    npwp: str = "",
    registered: bool = False,
    final_income: bool = True,
    certificate: str = "",
) -> TaxStatus:
    """What a cooperative is for the tax office from a day on; the same day again corrects it.

    Raises
    ------
    Refused: invoices since that day were made the other way (with PPN, or without).
    """
    book_lock(cooperative)
    later = TaxStatus.objects.filter(cooperative=cooperative, valid_from__gt=valid_from).order_by("valid_from").first()
    made = Invoice.objects.filter(cooperative=cooperative, on__gte=valid_from, tax_rate__isnull=registered)
    made = made.exclude(lines__cancelled=True)
    if later is not None:
        made = made.filter(on__lt=later.valid_from)
    if wrong := made.order_by("-on", "-pk").first():
        words = {"number": wrong.number, "day": date_text(wrong.on)}
        raise Refused(
            _("%(number)s of %(day)s was made otherwise. Choose a day after it, or take that invoice back first.")
            % words,
            field="valid_from",
        )
    row = TaxStatus.objects.filter(cooperative=cooperative, valid_from=valid_from).first()
    old = history_values(row, STATUS) if row else {}
    row = row or TaxStatus(cooperative=cooperative, valid_from=valid_from)
    row.npwp, row.certificate = npwp.strip(), certificate.strip()
    row.registered, row.final_income = registered, final_income
    row.save()
    history_record(user=by, act="tax_status_put", row=row, old=old, new=history_values(row, STATUS))
    return row


@transaction.atomic
def income_tax_post(*, cooperative: Cooperative, month: dt.date, by: User) -> IncomeTax:
    """The final income tax of a month that is over: the year's turnover so far, less what earlier months paid for.

    So what came to light after a month was worked out is in the next month's tax.

    Raises
    ------
    Refused: the month isn't over, was worked out, or one before it wasn't; the cooperative doesn't pay this tax.
    """
    book, month = book_lock(cooperative), first_of(month)
    last = last_of(month)
    income_tax_check(book, month, last)
    rate = tax_rate_on(TaxKind.FINAL_INCOME, last)
    earlier = IncomeTax.objects.filter(cooperative=cooperative, month__year=month.year)
    sold = turnover(cooperative, month.replace(month=1), last) - sum(row.turnover_rupiah for row in earlier)
    tax = tax_rupiah(rate, max(0, sold))
    row = IncomeTax.objects.create(
        cooperative=cooperative,
        month=month,
        turnover_rupiah=sold,
        rate=rate,
        rupiah=tax,
        withheld=min(tax, final_withheld_left(cooperative, last)),
        at=now(),
        by=by,
    )
    history_record(user=by, act="income_tax_post", row=row, new={"month": str(month), "rupiah": tax})
    rows_post(cooperative=cooperative, rule=Rule.INCOME_TAX, rows=[row])
    return row


def income_tax_check(book: Book, month: dt.date, last: dt.date) -> None:
    """Raises Refused, naming the month."""
    cooperative, words = book.cooperative, {"month": month_name(month)}
    if last >= today():
        raise Refused(_("%(month)s isn't over yet.") % words, field="month")
    done = set(IncomeTax.objects.filter(cooperative=cooperative).values_list("month", flat=True))
    if month in done:
        raise Refused(_("The tax of %(month)s is worked out already.") % words, field="month")
    if any(other > month for other in done):
        raise Refused(_("A later month is worked out already; what was missing is in it."), field="month")
    for before in months_between(max(book.opened_on, month.replace(month=1)), month)[:-1]:
        if before not in done and pays_final(cooperative, before) and turnover(cooperative, before, last_of(before)):
            raise Refused(_("Work out %(month)s first.") % {"month": month_name(before)}, field="month")
    if not pays_final(cooperative, month):
        raise Refused(
            _("Nothing says that the cooperative pays the final income tax in %(month)s. Say it under Taxes first.")
            % words
        )


def pays_final(cooperative: Cooperative, month: dt.date) -> bool:
    status = tax_status_on(cooperative, last_of(month))
    return status is not None and status.final_income
