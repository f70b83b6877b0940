"""Tables of sales: what can be invoiced, what is owed by age, lines, notes, what a payment pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.ledger.rules.ageing import AGES
from wadah.units import rupiah_text
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.common import day_text
from wadah.web.views.manager.money.sales.words import rate_words
from wadah.web.words import part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from wadah.demand.models import Order
    from wadah.ledger.models import Allocation, CreditNote, IncomeTax, InvoiceLine, TaxRate, TaxStatus, YearTax
    from wadah.ledger.selectors.sales import Aged, Due


def to_invoice_table(orders: Sequence[tuple[Order, list[Due]]]) -> Table:
    """Orders with something signed for and not invoiced; each leads to its invoice."""
    table = Table(
        _("What can be invoiced"),
        [Column(_("Order")), Column(_("Buyer")), Column(_("Signed for on")), Column(_("Rupiah"), numeric=True)],
    )
    for order, due in orders:
        table.add(
            Cell(order.number, reverse("invoice_add", args=[order.number])),
            order.buyer.name,
            day_text(min(one.received_on for one in due)),
            rupiah_text(sum(one.rupiah for one in due)),
        )
    return table


def due_table(due: Sequence[Due], *, lots: bool) -> Table:
    """What an invoice would hold. lots: whether the reader may follow a lot and a shipment."""
    table = Table(_("What was signed for"), line_columns())
    for one in due:
        shipment, lot, line = one.line.shipment, one.line.lot, one.line.line
        table.add(
            part_name(line.part),
            Cell(shipment.number, reverse("shipment", args=[shipment.number]) if lots else ""),
            Cell(lot.number, reverse("lot", args=[lot.number]) if lots else ""),
            quantity_text(float(one.pieces)),
            rupiah_text(line.price_rupiah_piece),
            rupiah_text(one.rupiah),
        )
    return table


def line_columns() -> list[Column]:
    return [
        Column(_("Part")),
        Column(_("Delivery note")),
        Column(_("Lot")),
        Column(_("Pieces"), numeric=True),
        Column(_("Price a piece"), numeric=True),
        Column(_("Rupiah"), numeric=True),
    ]


def lines_table(lines: Sequence[InvoiceLine], *, shipments: bool, lots: bool) -> Table:
    """shipments, lots: which the reader may follow."""
    table = Table(_("What is invoiced"), line_columns())
    for line in lines:
        shipment, lot = line.shipment_line.shipment, line.shipment_line.lot
        table.add(
            part_name(line.shipment_line.line.part),
            Cell(shipment.number, reverse("shipment", args=[shipment.number]) if shipments else ""),
            Cell(lot.number, reverse("lot", args=[lot.number]) if lots else ""),
            quantity_text(float(line.pieces)),
            rupiah_text(line.price_rupiah_piece),
            rupiah_text(line.rupiah),
        )
    return table


def aged_table(rows: Sequence[Aged], on: date) -> Table:
    """What each buyer owed on a day by how late it was, and the sum of all."""
    ages = [Column(str(age), numeric=True) for age in AGES]
    table = Table(
        _("What was owed on %(day)s, by age") % {"day": day_text(on)},
        [Column(_("Buyer")), *ages, Column(_("In all"), numeric=True)],
    )
    for row in rows:
        table.add(row.name, *map(rupiah_text, row.rupiah), rupiah_text(row.total))
    if len(rows) > 1:
        sums = [sum(row.rupiah[age] for row in rows) for age in range(len(AGES))]
        table.add(_("All"), *map(rupiah_text, sums), rupiah_text(sum(sums)))
    return table


def notes_table(notes: Iterable[CreditNote]) -> Table:
    table = Table(
        _("Credit notes"),
        [Column(_("Number")), Column(_("Day")), Column(_("Why")), Column(_("Rupiah"), numeric=True)],
    )
    for note in notes:
        paper = Cell(note.number, reverse("credit_note_paper", args=[note.number]))
        table.add(paper, day_text(note.on), note.reason, rupiah_text(note.total))
    return table


def paid_table(rows: Iterable[Allocation], *, by_invoice: bool) -> Table:
    """Which payments an invoice was paid by, or which invoices a payment pays; taken back below zero."""
    of = _("Invoice") if by_invoice else _("Payment")
    table = Table(
        _("What it pays") if by_invoice else _("What was paid"),
        [Column(of), Column(_("Day")), Column(_("Rupiah"), numeric=True)],
    )
    for row in rows:
        name, other = ("invoice", row.invoice) if by_invoice else ("payment", row.payment)
        table.add(Cell(other.number, reverse(name, args=[other.number])), day_text(row.on), rupiah_text(row.rupiah))
    return table


def rates_table(rates: Iterable[TaxRate]) -> Table:
    table = Table(
        _("Rates by day"),
        [
            Column(_("Tax")),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Rate")),
            Column(_("E-invoice code")),
            Column(_("Regulation")),
            Column(_("How sure")),
        ],
    )
    sure = {
        "A": _("read in the law"),
        "B": _("from two sources or more"),
        "C": _("ask a tax adviser"),
    }
    for rate in rates:
        table.add(
            rate.get_kind_display(),
            day_text(rate.valid_from),
            day_text(rate.valid_until),
            rate_words(rate),
            rate.code or "–",
            _(rate.source),
            sure[rate.sure],
        )
    return table


def statuses_table(rows: Iterable[TaxStatus]) -> Table:
    table = Table(
        _("What the cooperative is for the tax office"),
        [
            Column(_("From")),
            Column(_("Tax number (NPWP)")),
            Column(_("Charges PPN")),
            Column(_("Pays the final income tax")),
            Column(_("Certificate for treasurers")),
        ],
    )
    for row in rows:
        table.add(
            day_text(row.valid_from),
            row.npwp or "–",
            _("yes") if row.registered else _("no"),
            _("yes") if row.final_income else _("no"),
            row.certificate or "–",
        )
    return table


def income_table(rows: Iterable[IncomeTax]) -> Table:
    table = Table(
        _("Final income tax by month"),
        [
            Column(_("Month")),
            Column(_("Turnover"), numeric=True),
            Column(_("Rate")),
            Column(_("Tax"), numeric=True),
            Column(_("Paid by treasurers already"), numeric=True),
            Column(_("Still to pay"), numeric=True),
        ],
    )
    for row in rows:
        table.add(
            f"{row.month:%Y-%m}",
            rupiah_text(row.turnover_rupiah),
            rate_words(row.rate),
            rupiah_text(row.rupiah),
            rupiah_text(row.withheld),
            rupiah_text(row.rupiah - row.withheld),
        )
    return table


def year_taxes_table(rows: Iterable[YearTax]) -> Table:
    table = Table(
        _("Tax by year, and what buyers kept back"),
        [
            Column(_("Year")),
            Column(_("Taxable"), numeric=True),
            Column(_("Rate")),
            Column(_("Tax"), numeric=True),
            Column(_("Kept back, counted"), numeric=True),
            Column(_("Kept back, carried on"), numeric=True),
            Column(_("Wrong?")),
        ],
    )
    for row in rows:
        undo = Cell(_("Take it back"), reverse("year_tax_undo", args=[row.pk]))
        table.add(
            str(row.year),
            rupiah_text(row.taxable_rupiah) if row.rate else "–",
            rate_words(row.rate) if row.rate else _("final, by months"),
            rupiah_text(row.rupiah) if row.rate else "–",
            rupiah_text(row.credited),
            rupiah_text(row.carried),
            _("taken back") if row.reversed_at else undo,
        )
    return table
