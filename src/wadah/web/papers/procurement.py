"""A public buyer's papers of one order in one file: a list of them first, then each as it is printed alone.

Order letter, SPK or contract by the value of the order (ledger/rules/contracts.py), the sizes, every BAST, invoice and
kuitansi that there is, and the cooperative's statement of origin. What is still to come stands in the list as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.clock import business_date, today
from wadah.ledger.selectors.sales import invoice_lines_of, order_value
from wadah.ledger.selectors.schools import sizes_told
from wadah.ledger.selectors.taxes import stamp_due, tax_status_on
from wadah.units import date_text, decimal_text, rupiah_of, rupiah_text
from wadah.web.papers.sales import invoice_facts, kuitansi_facts, spelled
from wadah.web.papers.sheet import SheetTable, To, pack_pdf, sheet_data
from wadah.web.papers.shipping import receipt_facts
from wadah.web.words import amount_text, language, part_name
from wadah.work.selectors.shipping import shipment_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from wadah.demand.models import Order
    from wadah.ledger.selectors.schools import Procurement

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper of the pack. data: None while there is none yet; on: its date."""

    title: str
    number: str
    on: date | None
    data: dict[str, Any] | None


def procurement_pdf(row: Procurement, check_url: Callable[[str, str], str], *, contract: str, small_rule: str) -> bytes:
    """check_url: number and code of a paper → where its QR leads; contract: the sentence about the form of contract;
    small_rule: the regulation that asks for a share of small firms, "" where none holds."""
    listed = list(papers_of(row, check_url, contract=contract, small_rule=small_rule))
    cover = cover_of(row, listed, check_url(row.order.number, row.order.check_code), contract)
    papers = [cover, *(one.data for one in listed if one.data is not None)]
    return pack_pdf(str(cover["title"]), row.order.cooperative.name, papers)


def papers_of(
    row: Procurement, check_url: Callable[[str, str], str], *, contract: str, small_rule: str
) -> Iterator[Listed]:
    order = row.order
    own = check_url(order.number, order.check_code)
    yield Listed(agreement_title(row), order.number, order.ordered_on, sheet_data(**agreement_facts(row, own)))
    if row.sizes:
        yield Listed(_("Sizes"), order.number, order.ordered_on, sheet_data(**sizes_facts(row, own)))
    yield from receipts_of(row, check_url)
    yield from bills_of(row, check_url, contract)
    yield Listed(_("Statement of origin"), order.number, today(), sheet_data(**origin_facts(row, own, small_rule)))


def receipts_of(row: Procurement, check_url: Callable[[str, str], str]) -> Iterator[Listed]:
    for shipment in row.shipments:
        receipt = shipment.receipt
        url = check_url(receipt.number, receipt.check_code)
        facts = receipt_facts(shipment, receipt, shipment_lines(shipment), url)
        yield Listed(facts["title"], receipt.number, business_date(receipt.received_at), sheet_data(**facts))
    if not row.received_whole:
        yield Listed(_("Receipt of goods (BAST)"), "", None, None)


def bills_of(row: Procurement, check_url: Callable[[str, str], str], contract: str) -> Iterator[Listed]:
    status = tax_status_on(row.order.cooperative, today())
    for invoice in row.invoices:
        url = check_url(invoice.number, invoice.check_code)
        npwp = status.npwp if status else ""
        facts = invoice_facts(invoice, invoice_lines_of(invoice), url, npwp=npwp, contract=contract)
        yield Listed(facts["title"], invoice.number, invoice.on, sheet_data(**facts))
    if not row.invoices or not row.received_whole:
        yield Listed(_("Invoice"), "", None, None)
    for seen in row.payments:
        payment = seen.payment
        url = check_url(payment.number, payment.check_code)
        facts = kuitansi_facts(payment, seen.paid, url, stamp=stamp_due(payment.rupiah, payment.on))
        yield Listed(facts["title"], payment.number, payment.on, sheet_data(**facts))
    if not row.payments or row.open > 0:
        yield Listed(_("Receipt (kuitansi)"), "", None, None)


def cover_of(row: Procurement, listed: list[Listed], check_url: str, contract: str) -> dict[str, Any]:
    order = row.order
    table = SheetTable(
        head=[_("No."), _("Paper"), _("Number"), _("Date"), _("Standing")],
        align="rwlll",
        rows=[
            [
                str(place),
                one.title,
                one.number or NOTHING,
                date_text(one.on, language()) if one.on else NOTHING,
                _("in this file") if one.data is not None else _("still to come"),
            ]
            for place, one in enumerate(listed, 1)
        ],
    )
    return sheet_data(
        title=_("Procurement papers"),
        number=order.number,
        date=today(),
        cooperative=order.cooperative,
        to=buyer_of(order),
        facts=[
            (_("Order"), _("%(number)s of %(day)s") % {"number": order.number, "day": day(order.ordered_on)}),
            (_("Value"), rupiah_text(row.total)),
            (_("Amount in words"), spelled(row.total)),
        ],
        tables=[table],
        notes=[contract] if contract else [],
        check_url=check_url,
        draft=order.status == "cancelled",
        simulated=order.simulated,
    )


def agreement_title(row: Procurement) -> str:
    titles = {"spk": _("Work order (SPK)"), "contract": _("Contract (surat perjanjian)")}
    return titles.get(row.form.code if row.form else "", _("Letter of order (surat pesanan)"))


def agreement_facts(row: Procurement, check_url: str) -> dict[str, Any]:
    """From the buyer to the cooperative: what is ordered, for how much, by when, and what a late day costs."""
    order, quotation = row.order, row.order.quotation
    facts = [(_("Order of"), day(order.ordered_on))]
    notes = [_("Paid against the receipt of goods (BAST) and the invoice.")]
    if quotation is not None:
        facts.append((_("After quotation"), quotation.number))
        if quotation.letter_reference and quotation.letter_on:
            letter = {"reference": quotation.letter_reference, "day": day(quotation.letter_on)}
            facts.append((_("Letter of the buyer"), _("%(reference)s of %(day)s") % letter))
        late = {
            "week": decimal_text(quotation.late_penalty_percent_week, 2, language()),
            "cap": decimal_text(quotation.late_penalty_cap_percent, 2, language()),
        }
        notes.append(_("A piece delivered late is %(week)s%% cheaper for each week, at most %(cap)s%%.") % late)
    if row.form is not None:
        notes.append(
            _("Form of contract: %(form)s, by %(source)s.") % {"form": row.form.name, "source": row.form.source}
        )
    answered = quotation.answered_by if quotation else ""
    return dict(
        title=agreement_title(row),
        number=order.number,
        date=order.ordered_on,
        cooperative=order.cooperative,
        sender=To("", order.buyer.name, order.buyer.address.splitlines()),
        to=To(_("To"), order.cooperative.name, [order.cooperative.area.name] if order.cooperative.area else []),
        intro=_("We order the following from you, and you deliver it on the days promised."),
        facts=[*facts, (_("Value"), rupiah_text(row.total)), (_("Amount in words"), spelled(row.total))],
        tables=[lines_of(row)],
        notes=notes,
        signatures=[(_("For the buyer"), answered), (_("For the cooperative"), "")],
        check_url=check_url,
        draft=order.status in {"draft", "reserved", "cancelled"},
        simulated=order.simulated,
    )


def lines_of(row: Procurement) -> SheetTable:
    lines = row.order.lines.select_related("part").order_by("line_no")
    rows = [
        [
            str(line.line_no),
            part_name(line.part),
            amount_text(float(line.quantity), line.part.unit),
            day(line.promised_on or line.due_on),
            rupiah_text(line.price_rupiah_piece),
            rupiah_text(rupiah_of(line.quantity * line.price_rupiah_piece)),
        ]
        for line in lines
    ]
    value = int(order_value(row.order))
    rows.append(["", _("Sum"), "", "", "", rupiah_text(value)])
    if row.total != value:
        rows += [["", "PPN", "", "", "", rupiah_text(row.total - value)]]
        rows += [["", _("Total"), "", "", "", rupiah_text(row.total)]]
    return SheetTable(
        head=[_("No."), _("Part"), _("Quantity"), _("Delivered by"), _("Price"), _("Rupiah")], align="rwrlrr", rows=rows
    )


def sizes_facts(row: Procurement, check_url: str) -> dict[str, Any]:
    rows = [[group, sizes, str(pieces)] for group, sizes, pieces in sizes_told(row.sizes)]
    rows.append([_("Total"), "", str(sum(size.pieces for size in row.sizes))])
    return dict(
        title=_("Sizes"),
        number=row.order.number,
        date=row.order.ordered_on,
        cooperative=row.order.cooperative,
        sender=To("", row.order.buyer.name, row.order.buyer.address.splitlines()),
        intro=_("Annex to the order: so many pieces of each size."),
        tables=[SheetTable(head=[_("Who"), _("Sizes"), _("Pieces")], align="lwr", rows=rows)],
        check_url=check_url,
        simulated=row.order.simulated,
    )


def origin_facts(row: Procurement, check_url: str, small_rule: str) -> dict[str, Any]:
    """The cooperative's own word: made in the city, by members' small workshops, sold by a cooperative."""
    order = row.order
    table = SheetTable(
        head=[_("Kelurahan"), _("Workshops")],
        align="wr",
        rows=[[place, str(count)] for place, count in row.makers],
        title=_("Where the pieces that left for this order were finished"),
    )
    notes = [_("The cooperative answers for this statement. Wadah prints it from its books.")]
    if small_rule:
        notes.append(_("It counts as bought from small firms and cooperatives: %(rule)s.") % {"rule": small_rule})
    return dict(
        title=_("Statement of origin"),
        number=order.number,
        date=today(),
        cooperative=order.cooperative,
        to=buyer_of(order),
        intro=_("We state that small workshops, members of our cooperative, make the goods of this order."),
        facts=[
            (_("Cooperative"), order.cooperative.name),
            (_("Legal number"), order.cooperative.legal_number),
            (_("Seat"), order.cooperative.area.name if order.cooperative.area else ""),
        ],
        tables=[table] if row.makers else [],
        notes=notes if row.makers else [*notes, _("Nothing has left for this order yet.")],
        signatures=[(_("For the cooperative"), "")],
        check_url=check_url,
        simulated=order.simulated,
    )


def buyer_of(order: Order) -> To:
    return To(_("To"), order.buyer.name, order.buyer.address.splitlines())


def day(date: date) -> str:
    return date_text(date, language())
