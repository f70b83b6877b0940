"""The end of a tax year (P21): the year's tax of those who don't pay the final one, and what was kept back for it.

Buyers keep PPh 22 and 23 back (P4) and pay them for the cooperative; they lie in account 1131. How much of them counts
against which tax is a dated rate, to be asked of an adviser; the rest stays there, carried forward or asked back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.ledger.models import BookYear, Posting, YearTax
from wadah.ledger.rules.taxes import credit_of, year_tax
from wadah.ledger.selectors.result import year_days
from wadah.ledger.selectors.taxes import final_owed, kept_back_left, tax_status_on, turnover
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import said
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.services.taxes import tax_rate_on
from wadah.ledger.words import Rule, TaxKind

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.ledger.models import TaxRate
    from wadah.register.models import Cooperative

TOLD = ("year", "taxable_rupiah", "rupiah", "credited", "carried")


@transaction.atomic
def year_tax_post(*, cooperative: Cooperative, year: int, by: User, taxable_rupiah: int = 0) -> YearTax:
    """Work a year out: its tax, and what of PPh 22 and 23 kept back counts against it.

    taxable_rupiah ≥ 0: of those who don't pay the final tax, as their adviser reckons it.

    Raises
    ------
    Refused: the year isn't over, is worked out, or proposed or closed in the books; nobody said what the cooperative is
    for the tax office; who pays the final tax has no taxable income to be told.
    """
    book_lock(cooperative)
    first, last = year_days(year)
    year_check(cooperative, year, last)
    status = tax_status_on(cooperative, last)
    if status is None:
        raise Refused(_("Nobody has said what the cooperative is for the tax office. Say it under Taxes first."))
    left = kept_back_left(cooperative, last)
    row = YearTax(cooperative=cooperative, year=year, final=status.final_income, at=now(), by=by)
    if row.final:
        if taxable_rupiah:
            words = _("The cooperative pays the final tax by months in this year: leave the taxable income empty.")
            raise Refused(words, field="taxable_rupiah")
        row.credit_rate, owed = tax_rate_on(TaxKind.CREDIT_FINAL, last), final_owed(cooperative, year)
    else:
        row.rate = annual_rate(cooperative, first, last)
        row.taxable_rupiah, row.rupiah = taxable_rupiah, year_tax(row.rate, taxable_rupiah)
        row.credit_rate, owed = tax_rate_on(TaxKind.CREDIT_ANNUAL, last), row.rupiah
    row.credited = credit_of(row.credit_rate, left, owed)
    row.carried = left - row.credited
    row.save()
    rows_post(cooperative=cooperative, rule=Rule.YEAR_TAX, rows=[row])
    history_record(user=by, act="year_tax_post", row=row, new=history_values(row, TOLD))
    return row


def year_check(cooperative: Cooperative, year: int, last: dt.date) -> None:
    told = {"year": year}
    if last >= today():
        raise Refused(_("%(year)s isn't over yet.") % told, field="year")
    if YearTax.objects.filter(cooperative=cooperative, year=year, reversed_at=None).exists():
        raise Refused(_("The tax of %(year)s is worked out already. Take it back to work it out anew.") % told)
    if YearTax.objects.filter(cooperative=cooperative, year__gt=year, reversed_at=None).exists():
        raise Refused(_("A later year is worked out already. Take that back first."), field="year")
    if BookYear.objects.filter(cooperative=cooperative, year=year).exists():
        raise Refused(_("%(year)s is proposed or closed in the books already, so its tax comes too late.") % told)


def annual_rate(cooperative: Cooperative, first: dt.date, last: dt.date) -> TaxRate:
    """The small turnover's rate up to its limit, else the whole one."""
    small = tax_rate_on(TaxKind.ANNUAL_SMALL, last)
    held = not small.turnover_max_rupiah or turnover(cooperative, first, last) <= small.turnover_max_rupiah
    return small if held else tax_rate_on(TaxKind.ANNUAL, last)


@transaction.atomic
def year_tax_take_back(*, year_tax: YearTax, reason: str, by: User) -> YearTax:
    """A year that was worked out wrongly: its posting is reversed (P17), and it may be worked out anew.

    Raises
    ------
    Refused: taken back already, a later year builds on it, the year is proposed or closed, or nobody says why.
    """
    book_lock(year_tax.cooperative)
    row = YearTax.objects.select_for_update().get(pk=year_tax.pk)
    why, told = said(reason), {"year": row.year}
    if row.reversed_at:
        raise Refused(_("The tax of %(year)s is taken back already.") % told)
    if YearTax.objects.filter(cooperative=row.cooperative, year__gt=row.year, reversed_at=None).exists():
        raise Refused(_("A later year is worked out already. Take that back first."))
    if BookYear.objects.filter(cooperative=row.cooperative, year=row.year).exists():
        raise Refused(_("%(year)s is proposed or closed in the books already, so its tax stays.") % told)
    posting = Posting.objects.filter(rule=Rule.YEAR_TAX, source_kind="year_tax", source_id=row.pk).first()
    if posting is not None:  # nothing is posted where nothing was owed nor counted
        posting_reverse(posting=posting, reason=why, by=by)
    row.reversed_at = now()
    row.save(update_fields=["reversed_at"])
    history_record(user=by, act="year_tax_take_back", row=row, reason=why)
    return row
