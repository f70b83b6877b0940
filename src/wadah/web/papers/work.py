"""Papers of work: the work order (SPK) with its job card, labels of lots, the material slip, the hand-over receipt."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA, business_date
from wadah.units import date_long_text, date_text, decimal_text, moment_text, rupiah_text
from wadah.web.papers.labels import Label, labels_pdf
from wadah.web.papers.sheet import SheetTable, To, sheet_pdf
from wadah.web.words import amount_text, language, part_name
from wadah.work.words import WorkOrderStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.catalogue.models import Part
    from wadah.register.models import Workshop
    from wadah.work.models import Lot, MaterialIssue, Milestone, Offer, WorkOrder
    from wadah.work.selectors.material import Need

BOXES_MOST, BOXES_A_ROW = 50, 10
BOX = "☐"


def counted(quantity: Decimal, part: Part | None = None) -> str:
    """part: whose unit is said too."""
    return decimal_text(quantity, 3, language()) if part is None else amount_text(quantity, part.unit)


def maker(workshop: Workshop) -> To:
    return To(_("For"), workshop.name, [workshop.ikm.owner_name, *filter(None, [workshop.address])])


def work_order_pdf(
    row: WorkOrder, needs: Sequence[Need], milestones: Sequence[Milestone], promised: int, check_url: str
) -> bytes:
    """The order, what it pays, its material, and boxes to tick for whoever has no phone."""
    asked = row.pieces - row.given_up
    facts = [
        (_("Part"), f"{part_name(row.part)} ({row.part.code})"),
        (_("Quantity"), counted(asked, row.part)),
        (_("Bring it by"), date_long_text(row.due_on, language())),
        (_("Pay a piece"), rupiah_text(row.pay_rupiah_piece)),
        (_("Pay for all of it"), rupiah_text(promised)),
        (_("Material from"), str(row.get_material_by_display())),
        (_("Order"), row.line.order.number if row.line else ""),
        (_("Note"), row.note),
    ]
    tables = [material_table(needs)] if needs else []
    tables += [milestones_table(milestones)] if milestones else [job_card(asked)]
    return sheet_pdf(
        title=_("Work order (SPK)"),
        number=row.number,
        date=business_date(row.made_at),
        cooperative=row.cooperative,
        to=maker(row.workshop),
        facts=facts,
        tables=tables,
        notes=[_("Only accepted pieces are paid."), _("Can't make all of it? Tell the manager at once.")],
        signatures=[(_("For the cooperative"), row.cooperative.name), (_("The member"), row.workshop.ikm.owner_name)],
        check_url=check_url,
        draft=row.status == WorkOrderStatus.CANCELLED,
        simulated=row.simulated,
    )


def promise_slip_pdf(offer: Offer, order: WorkOrder, needs: Sequence[Need], promised: int, check_url: str) -> bytes:
    """What a member said yes to, for whoever has no phone: what, by when, for how much, and who wrote it down."""
    answered = offer.answered_at or order.made_at
    facts = [
        (_("Part"), f"{part_name(order.part)} ({order.part.code})"),
        (_("Quantity"), counted(offer.taken, order.part)),
        (_("Of those offered"), counted(offer.pieces, order.part) if offer.taken < offer.pieces else ""),
        (_("Week of"), date_long_text(order.promise_week, language())),
        (_("Bring it by"), date_long_text(order.due_on, language())),
        (_("Pay a piece"), rupiah_text(order.pay_rupiah_piece)),
        (_("Pay for all of it"), rupiah_text(promised)),
        (_("Material from"), str(order.get_material_by_display())),
        (_("Offer"), offer.number),
        (_("Said yes"), moment_text(answered.astimezone(JAKARTA), language())),
        (_("Why it was written down for the member"), offer.reason_note if offer.on_behalf_of else ""),
    ]
    by = offer.answered_by.name if offer.answered_by else order.cooperative.name
    return sheet_pdf(
        title=_("Slip: work that was taken"),
        number=order.number,
        date=business_date(answered),
        cooperative=order.cooperative,
        to=maker(order.workshop),
        intro=spoken_for(offer),
        facts=facts,
        tables=[material_table(needs)] if needs else [],
        notes=[_("Only accepted pieces are paid."), _("Can't make all of it? Tell the manager at once.")],
        signatures=[(_("Written down by"), by), (_("The member"), order.workshop.ikm.owner_name)],
        check_url=check_url,
        draft=order.status == WorkOrderStatus.CANCELLED,
        simulated=order.simulated,
    )


def spoken_for(offer: Offer) -> str:
    """Who answered for the member; empty where the member did."""
    if not offer.on_behalf_of or offer.answered_by is None:
        return ""
    return _("%(who)s answered for %(member)s.") % {"who": offer.answered_by.name, "member": offer.on_behalf_of}


def material_table(needs: Sequence[Need]) -> SheetTable:
    return SheetTable(
        title=_("Material"),
        head=[_("Part"), _("Needed"), _("Handed out")],
        align="wrr",
        rows=[
            [
                part_name(one.part),
                *(counted(number, one.part) for number in (one.need, one.given.kept)),
            ]
            for one in needs
        ],
    )


def milestones_table(milestones: Sequence[Milestone]) -> SheetTable:
    return SheetTable(
        title=_("Milestones"),
        head=[_("No."), _("What is handed in"), _("Hours"), _("By")],
        align="rwrl",
        rows=[
            [str(one.number), one.title, counted(one.quantity), date_text(one.due_on, language())] for one in milestones
        ],
    )


def job_card(asked: Decimal) -> SheetTable:
    """Boxes to tick, up to BOXES_MOST of them; each says how many are done when it is ticked."""
    step = max(Decimal(1), (asked / BOXES_MOST).quantize(Decimal(1), ROUND_CEILING))
    marks = [
        min(asked, step * number) for number in range(1, int((asked / step).quantize(Decimal(1), ROUND_CEILING)) + 1)
    ]
    cells = [f"{BOX} {counted(mark)}" for mark in marks]
    rows = [cells[first : first + BOXES_A_ROW] for first in range(0, len(cells), BOXES_A_ROW)]
    width = max(len(row) for row in rows)
    return SheetTable(
        title=_("Job card: tick a box when so many are done"),
        head=[""] * width,
        align="l" * width,
        rows=[row + [""] * (width - len(row)) for row in rows],
        note=_("Date and name beside the boxes, please."),
    )


def lot_labels_pdf(lots: Sequence[tuple[Lot, str]]) -> bytes:
    """Labels 24 a sheet; each lot comes with the address of its check."""
    labels = []
    for lot, url in lots:
        whose = (
            lot.owner.name if lot.owner else lot.batch or (lot.work_order.number if lot.work_order else lot.supplier)
        )
        when = f"{lot.received_on:%d/%m/%Y}"
        if lot.expires_on:
            when = _("use by %(day)s") % {"day": f"{lot.expires_on:%d/%m/%Y}"}
        mark = f"{counted(lot.quantity, lot.part)}{' · ' + _('simulated') if lot.simulated else ''}"
        labels.append(Label(lot.number, [part_name(lot.part), mark, f"{whose} · {when}".strip(" ·")], url))
    return labels_pdf(_("Labels of lots"), labels)


def issue_slip_pdf(row: WorkOrder, issues: Sequence[MaterialIssue], check_url: str) -> bytes:
    """What was handed out for a work order, to be signed by whoever takes it."""
    table = SheetTable(
        head=[_("When"), _("Part"), _("Lot"), _("Handed out"), _("Came back"), _("Spoilt"), _("Received by")],
        align="lwlrrrl",
        rows=[
            [
                date_text(business_date(one.at), language()),
                part_name(one.lot.part),
                f"{one.lot.number}{' *' if one.lot.owner_id else ''}",
                *(counted(number, one.lot.part) for number in (one.pieces, one.returned, one.scrapped)),
                one.received_by,
            ]
            for one in issues
        ],
        note=_("* the buyer's own") if any(one.lot.owner_id for one in issues) else "",
    )
    return sheet_pdf(
        title=_("Material slip"),
        number=row.number,
        date=business_date(max(one.at for one in issues)) if issues else None,
        cooperative=row.cooperative,
        to=maker(row.workshop),
        facts=[(_("For"), f"{counted(row.pieces - row.given_up)} × {part_name(row.part)}")],
        tables=[table],
        notes=[_("Bring back what isn't used. It stays the cooperative's, or the buyer's.")],
        signatures=[(_("Handed out by"), row.cooperative.name), (_("Received by"), row.workshop.ikm.owner_name)],
        check_url=check_url,
        simulated=row.simulated,
    )


def hand_over_pdf(lot: Lot, check_url: str) -> bytes:
    """The member's receipt for a lot: announced, or received."""
    row = lot.work_order
    assert row is not None
    when = moment_text(lot.bring_at.astimezone(JAKARTA), language()) if lot.bring_at else ""
    return sheet_pdf(
        title=_("Hand-over announced") if lot.bring_at else _("Hand-over receipt"),
        number=lot.number,
        date=business_date(lot.made_at),
        cooperative=lot.cooperative,
        to=maker(row.workshop),
        facts=[
            (_("Part"), f"{part_name(lot.part)} ({lot.part.code})"),
            (_("Pieces"), counted(lot.quantity, lot.part)),
            (_("Taken back"), counted(lot.returned, lot.part) if lot.returned else ""),
            (_("Work order"), row.number),
            (_("Will be brought"), when),
            (_("Received on"), "" if lot.bring_at else date_text(lot.received_on, language())),
        ],
        notes=[_("The pieces wait for inspection. Only accepted pieces are paid.")],
        signatures=[(_("Brought by"), row.workshop.ikm.owner_name), (_("Received by"), "")],
        check_url=check_url,
        draft=bool(lot.bring_at),
        simulated=lot.simulated,
    )
