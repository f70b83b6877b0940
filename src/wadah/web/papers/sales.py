"""Papers of sales: the invoice, the receipt of a payment (kuitansi) with its amount in words, the credit note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.ledger.words import SoldAs
from wadah.units import date_text, decimal_text, rupiah_text
from wadah.web.papers.sheet import SheetTable, To, sheet_pdf
from wadah.web.papers.spelled import rupiah_spelled
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.demand.models import Buyer
    from wadah.ledger.models import Allocation, CreditNote, Invoice, InvoiceLine, Payment


def to_buyer(label: str, buyer: Buyer) -> To:
    return To(label, buyer.name, buyer.address.splitlines())


def spelled(rupiah: int) -> str:
    words = rupiah_spelled(rupiah, language())
    return words[0].upper() + words[1:]


def invoice_pdf(row: Invoice, lines: Sequence[InvoiceLine], check_url: str, *, npwp: str, contract: str) -> bytes:
    """npwp: the cooperative's; contract: the form of contract of a public buyer, "" for others."""
    return sheet_pdf(**invoice_facts(row, lines, check_url, npwp=npwp, contract=contract))


def invoice_facts(
    row: Invoice, lines: Sequence[InvoiceLine], check_url: str, *, npwp: str, contract: str
) -> dict[str, Any]:
    """What an invoice says, alone or in a pack."""
    return dict(
        title=_("Invoice"),
        number=row.number,
        date=row.on,
        cooperative=row.cooperative,
        to=to_buyer(_("To"), row.buyer),
        facts=[
            (_("Order"), row.order.number if row.order else ""),
            (_("To be paid by"), date_text(row.due_on, language())),
            (_("Tax number (NPWP)"), npwp),
            (_("Amount in words"), spelled(row.total)),
        ],
        tables=[lines_of(lines), sums_of(row)],
        notes=[
            _("Write %(number)s with your payment, so that it finds this invoice.") % {"number": row.number},
            *([contract] if contract else []),
        ],
        signatures=[(_("For the cooperative"), "")],
        check_url=check_url,
        draft=any(line.cancelled for line in lines),
        simulated=row.simulated,
    )


def lines_of(lines: Sequence[InvoiceLine]) -> SheetTable:
    return SheetTable(
        head=[_("Part"), _("Delivery note"), _("Received"), _("Pieces"), _("Price a piece"), _("Rupiah")],
        align="wllrrr",
        rows=[
            [
                part_name(line.shipment_line.line.part),
                line.shipment_line.shipment.number,
                line.shipment_line.shipment.receipt.number,
                f"{quantity_text(float(line.pieces))} {line.shipment_line.line.part.get_unit_display()}",
                rupiah_text(line.price_rupiah_piece),
                rupiah_text(line.rupiah),
            ]
            for line in lines
        ],
    )


def sums_of(row: Invoice) -> SheetTable:
    """Before PPN, what PPN is reckoned on and comes to, and all: no word of PPN where none is charged."""
    rows = [[_("Before PPN") if row.tax_rate else _("Sum"), rupiah_text(row.net)]]
    if row.tax_rate is not None:
        base = row.fee if row.sold_as == SoldAs.AGENT else row.net
        part = f"{row.tax_rate.base_numerator}/{row.tax_rate.base_denominator}"
        percent = decimal_text(row.tax_rate.percent, 3, language())
        words = {"percent": percent, "part": part, "base": rupiah_text(base), "code": row.tax_rate.code}
        if row.sold_as == SoldAs.AGENT:
            told = _("PPN %(percent)s%% × %(part)s of the fee of %(base)s (code %(code)s)") % words
        else:
            told = _("PPN %(percent)s%% × %(part)s of %(base)s (code %(code)s)") % words
        rows.append([told, rupiah_text(row.tax)])
    rows.append([_("Total"), rupiah_text(row.total)])
    if row.credited:
        rows.append([_("Credited"), rupiah_text(-row.credited)])
    return SheetTable(head=["", _("Rupiah")], align="wr", rows=rows)


def kuitansi_pdf(row: Payment, paid: Sequence[Allocation], check_url: str, *, stamp: int) -> bytes:
    """stamp: the stamp duty in rupiah that it needs, 0 for none: then no room is left for a stamp."""
    return sheet_pdf(**kuitansi_facts(row, paid, check_url, stamp=stamp))


def kuitansi_facts(row: Payment, paid: Sequence[Allocation], check_url: str, *, stamp: int) -> dict[str, Any]:
    """What a kuitansi says, alone or in a pack."""
    held: dict[str, int] = {}
    for one in paid:
        held[one.invoice.number] = held.get(one.invoice.number, 0) + one.rupiah
    rows = [[number, rupiah_text(rupiah)] for number, rupiah in held.items() if rupiah]
    if row.left:
        rows.append([_("Kept as the buyer's balance"), rupiah_text(row.left)])
    withheld = ""
    if row.withheld_rate is not None:
        told = {
            "rupiah": rupiah_text(row.withheld),
            "tax": row.withheld_rate.get_kind_display(),
            "slip": row.withheld_slip,
        }
        withheld = _("%(rupiah)s, %(tax)s, slip %(slip)s") % told
    return dict(
        title=_("Receipt (kuitansi)"),
        number=row.number,
        date=row.on,
        cooperative=row.cooperative,
        to=to_buyer(_("Received from"), row.buyer),
        facts=[
            (_("Amount"), rupiah_text(row.rupiah)),
            (_("Amount in words"), spelled(row.rupiah)),
            (_("Where it came in"), str(row.get_till_display())),
            (_("Tax kept back"), withheld),
        ],
        tables=[SheetTable(head=[_("For"), _("Rupiah")], align="wr", rows=rows)] if rows else [],
        signatures=[(_("Received by"), row.by.name)],
        stamp=_("Stamp duty %(rupiah)s") % {"rupiah": rupiah_text(stamp)} if stamp else "",
        check_url=check_url,
        draft=row.reversed_at is not None,
        simulated=row.simulated,
    )


def credit_note_pdf(row: CreditNote, check_url: str) -> bytes:
    invoice = row.invoice
    rows = [[_("Before PPN") if invoice.tax_rate_id else _("Sum"), rupiah_text(row.net)]]
    if row.tax:
        rows.append(["PPN", rupiah_text(row.tax)])
    rows.append([_("Total"), rupiah_text(row.total)])
    back = row.claim.shipment_line.lot.number if row.claim else ""
    return sheet_pdf(
        title=_("Credit note"),
        number=row.number,
        date=row.on,
        cooperative=invoice.cooperative,
        to=to_buyer(_("To"), invoice.buyer),
        intro=_("So much is taken off invoice %(number)s of %(day)s.")
        % {"number": invoice.number, "day": date_text(invoice.on, language())},
        facts=[
            (_("Why"), row.reason),
            (_("Claim"), row.claim.number if row.claim else ""),
            (_("Lot"), back),
            (_("Pieces"), quantity_text(float(row.pieces))),
            (_("Amount in words"), spelled(row.total)),
            (_("Kept as the buyer's balance"), rupiah_text(row.freed) if row.freed else ""),
        ],
        tables=[SheetTable(head=["", _("Rupiah")], align="wr", rows=rows)],
        signatures=[(_("For the cooperative"), "")],
        check_url=check_url,
        simulated=invoice.simulated,
    )
