"""Words of the histories of sales, and sentences about taxes and contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.rules.contracts import E_PURCHASING, contract_form, is_public
from wadah.ledger.rules.taxes import effective_percent
from wadah.ledger.selectors.sales import order_total
from wadah.units import decimal_text, rupiah_text
from wadah.web.words import language

if TYPE_CHECKING:
    from decimal import Decimal

    from wadah.demand.models import Order
    from wadah.ledger.models import Invoice, TaxRate

ACTS = {
    "sale_terms_set": gettext_lazy("How it is sold"),
    "invoice_make": gettext_lazy("Invoiced"),
    "invoice_cancel": gettext_lazy("Taken back whole"),
    "credit_note_make": gettext_lazy("Credited"),
    "payment_record": gettext_lazy("Came in"),
    "payment_allocate": gettext_lazy("Set against invoices"),
    "allocation_take_back": gettext_lazy("Taken off an invoice"),
    "payment_refund": gettext_lazy("Paid back to the buyer"),
    "refund_reverse": gettext_lazy("Paying back was taken back"),
    "payment_reverse": gettext_lazy("Payment taken back"),
    "statement_import": gettext_lazy("Statement read"),
    "bank_file_cancel": gettext_lazy("Statement taken out"),
    "bank_row_dismiss": gettext_lazy("Put aside"),
    "bank_row_restore": gettext_lazy("Taken up again"),
    "tax_status_put": gettext_lazy("What it is for the tax office"),
    "income_tax_post": gettext_lazy("Income tax worked out"),
    "year_tax_post": gettext_lazy("Tax of the year worked out"),
    "year_tax_take_back": gettext_lazy("Taken back"),
}
FIELDS = {
    "order": gettext_lazy("Order"),
    "total": gettext_lazy("Total"),
    "note": gettext_lazy("Credit note"),
    "rupiah": gettext_lazy("Rupiah"),
    "withheld": gettext_lazy("Tax kept back"),
    "parts": gettext_lazy("Invoices"),
    "refunded": gettext_lazy("Paid back"),
    "sold_as": gettext_lazy("Sold"),
    "fee_percent": gettext_lazy("Fee, percent"),
    "due_days": gettext_lazy("Days to pay"),
    "registered": gettext_lazy("Charges PPN"),
    "final_income": gettext_lazy("Pays the final income tax"),
    "certificate": gettext_lazy("Certificate"),
    "npwp": gettext_lazy("Tax number (NPWP)"),
}
UNREAD = {
    "pending": gettext_lazy("The bank hasn't booked it yet. It comes with a later statement."),
    "no_date": gettext_lazy("It has no day that can be read."),
    "no_year": gettext_lazy("Its day has no year, and no period stands above the table."),
    "future": gettext_lazy("Its day is still to come."),
    "no_amount": gettext_lazy("It has no amount that can be read."),
    "no_side": gettext_lazy("Whether it came in or went out isn't told."),
    "sen": gettext_lazy("Its amount isn't whole rupiah: most likely interest."),
}


def percent_words(percent: Decimal) -> str:
    return f"{decimal_text(percent, 3, language())}%"


def ppn_words(rate: TaxRate) -> str:
    """ "PPN 12% × 11/12 (e-invoice code 04)", or "PPN 11%"."""
    part = f" × {rate.base_numerator}/{rate.base_denominator}" if rate.base_denominator != rate.base_numerator else ""
    code = " " + _("(e-invoice code %(code)s)") % {"code": rate.code} if rate.code else ""
    return f"PPN {percent_words(rate.percent)}{part}{code}"


def rate_words(rate: TaxRate) -> str:
    """What a rate comes to, in one line."""
    if rate.fixed_rupiah:
        text = rupiah_text(rate.fixed_rupiah)
    else:
        text = percent_words(rate.percent)
        if rate.base_denominator != rate.base_numerator:
            effective = percent_words(effective_percent(rate))
            text += f" × {rate.base_numerator}/{rate.base_denominator} = {effective}"
    if rate.above_rupiah:
        text += " " + _("on amounts above %(rupiah)s") % {"rupiah": rupiah_text(rate.above_rupiah)}
    return text


def contract_sentence(order: Order) -> str:
    """Which form of contract a public buyer's order needs; "" for other buyers, or where no regulation is known."""
    total = order_total(order)
    form = contract_form(total, order.ordered_on) if is_public(order.buyer.kind) and total else None
    if form is None:
        return ""
    words = {
        "rupiah": rupiah_text(total),
        "form": form.name,
        "letter": E_PURCHASING.name,
        "source": form.source,
    }
    return (
        _("A public buyer orders for %(rupiah)s by a %(form)s; through e-purchasing by a %(letter)s (%(source)s).")
        % words
    )


def sold_words(invoice: Invoice) -> str:
    """As what the cooperative sold, where that is more than selling."""
    if not invoice.fee:
        return ""
    return _("Sold for the members; the cooperative's fee is %(fee)s.") % {"fee": rupiah_text(invoice.fee)}
