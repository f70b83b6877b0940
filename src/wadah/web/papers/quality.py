"""Papers of quality: the report of one inspection, and the warrant (PSW) that sums a trial up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA, business_date
from wadah.units import date_text, decimal_text, moment_text
from wadah.web.papers.sheet import SheetTable, To, sheet_pdf
from wadah.web.views.manager.quality.words import plan_source, verdict_label
from wadah.web.words import amount_text, language, part_name
from wadah.work.selectors.asked import workshop_of
from wadah.work.services.inspection import inspection_standing
from wadah.work.words import DefectClass, ElementStatus, InspectionStatus, TrialStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.work.models import Inspection, Trial
    from wadah.work.selectors.trials import ElementStanding

VALUES_SHOWN = 60
"""Measured values on a paper; more would be a second paper, the rest is told by least, mean and most."""


def inspection_pdf(row: Inspection, check_url: str) -> bytes:
    lot, workshop = row.lot, workshop_of(row.lot)
    return sheet_pdf(
        title=_("Inspection report"),
        number=row.number,
        date=business_date(row.closed_at or row.opened_at),
        cooperative=lot.cooperative,
        facts=[
            (_("Part"), f"{part_name(lot.part)} ({lot.part.code})"),
            (_("Lot"), lot.number),
            (_("Workshop"), workshop.name if workshop else ""),
            (_("Work order"), lot.work_order.number if lot.work_order else ""),
            (_("Pieces of the lot"), amount_text(row.pieces, lot.part.unit)),
            (_("Inspection no."), str(row.attempt)),
            (_("Verdict"), str(InspectionStatus(row.status).label)),
            (_("Decided on"), moment_text(row.closed_at.astimezone(JAKARTA), language()) if row.closed_at else ""),
        ],
        tables=[classes(row), *([values] if (values := measured(row)) else [])],
        notes=[one.note for one in row.tranches.all() if one.note],
        signatures=[(_("Inspected by"), row.closed_by.name if row.closed_by else "")],
        check_url=check_url,
        draft=row.status == InspectionStatus.OPEN,
        simulated=lot.simulated,
    )


def classes(row: Inspection) -> SheetTable:
    now = inspection_standing(row)
    verdicts = {one["defect_class"]: one["verdict"] for one in row.verdicts}
    rows = []
    for kept, one in zip(row.plans, now.classes, strict=True):
        rows.append(
            [
                str(DefectClass(one.defect_class).label),
                plan_source(kept),
                str(one.checked),
                f"{one.plan.ac}/{one.plan.re}",
                str(one.counted),
                verdict_label(verdicts.get(one.defect_class)),
            ]
        )
    return SheetTable(
        title=_("Defects"),
        head=[_("Class"), _("Plan"), _("Checked"), _("Ac/Re"), _("Found"), _("Verdict")],
        align="lwrrrl",
        rows=rows,
        note=_("Ac: at most so many pass. Re: from so many on the lot is rejected."),
    )


def measured(row: Inspection) -> SheetTable | None:
    """Each measured characteristic with its limits and values; None where nothing was measured."""
    values: dict[int, list[Any]] = {}
    for tranche in sorted(row.tranches.all(), key=lambda one: one.number):
        for one in tranche.measurements.all():
            values.setdefault(one.characteristic, []).append(one.value)
    specs = {one["number"]: one for one in row.characteristics}
    rows = [
        [
            specs[number]["name"],
            " … ".join(limit(specs[number][end]) for end in ("lower", "upper")) + f" {specs[number]['unit']}",
            str(len(found)),
            f"{limit(min(found))} … {limit(max(found))}",
            " ".join(limit(value) for value in found[:VALUES_SHOWN]),
        ]
        for number, found in sorted(values.items())
    ]
    if not rows:
        return None
    return SheetTable(
        title=_("Measured"),
        head=[_("What"), _("Limits"), _("Values"), _("Least … most"), _("In order")],
        align="llrlw",
        rows=rows,
    )


def limit(value: Any) -> str:
    return "–" if value is None else decimal_text(value, 6, language())


def warrant_pdf(row: Trial, elements: Sequence[ElementStanding], inspections: Sequence[Inspection], url: str) -> bytes:
    """The part submission warrant: what was tried where, what is accepted, and until when the workshop is approved."""
    english = language() == "en"
    rows = [
        [
            str(one.element.number),
            one.element.name_en if english else one.element.name,
            str(ElementStatus(one.status).label),
            one.row.note if one.row else "",
        ]
        for one in elements
    ]
    approval = row.approval
    until = date_text(approval.valid_until, language()) if approval and approval.valid_until else ""
    return sheet_pdf(
        title=_("Part submission warrant (PSW)"),
        number=row.number,
        date=business_date(row.decided_at or row.opened_at),
        cooperative=row.cooperative,
        to=To(_("To"), row.buyer.name, row.buyer.address.splitlines()) if row.buyer else None,
        facts=[
            (_("Part"), f"{part_name(row.part)} ({row.part.code})"),
            (_("Workshop"), row.workshop.name),
            (_("Level"), str(row.level)),
            (_("Trial lot"), trial_lot(inspections)),
            (_("Decision"), str(TrialStatus(row.status).label)),
            (_("Approved from"), date_text(approval.valid_from, language()) if approval else ""),
            (_("Approved until"), (until or _("until further notice")) if approval else ""),
            (_("Reason"), row.reason),
        ],
        tables=[
            SheetTable(
                title=_("The 18 elements"),
                head=[_("No."), _("Element"), _("Status"), _("Note")],
                align="rwlw",
                rows=rows,
            )
        ],
        notes=[_("Each workshop is approved by itself: this says nothing about another one.")],
        signatures=[
            (_("For the cooperative"), row.decided_by.name if row.decided_by else ""),
            (_("Decided by"), row.expert.name if row.expert else ""),
            (_("For the buyer"), ""),
        ],
        check_url=url,
        draft=row.status != TrialStatus.APPROVED,
        simulated=row.workshop.simulated,
    )


def trial_lot(inspections: Sequence[Inspection]) -> str:
    return "; ".join(f"{one.lot.number}, {one.number}: {InspectionStatus(one.status).label}" for one in inspections)
