"""Lots to inspect, made short: one work order a lot, handed over at once."""

from decimal import Decimal

from cast import MONDAY
from wadah.base.clock import now, today
from wadah.catalogue.models import Part
from wadah.catalogue.services import approval_record
from wadah.work.models import WorkOrder
from wadah.work.services.inspection import inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.moves import lot_born


def bolt_make(cast, code="BAUT-M8"):
    """A part that Bu Sari is approved for."""
    part = Part.objects.create(code=code, name="Baut M8", subsector=cast.subsector, skill=cast.skills["turning"])
    approval_record(part=part, workshop=cast.sari.workshop, status="approved", valid_from=MONDAY.replace(day=1))
    return part


def work_order(cast, part, pieces, kind="pieces", **more):
    columns = {"pay_rupiah_piece": 800, "setup_pay_rupiah": 5_000, "transport_rupiah_trip": 10_000, **more}
    return WorkOrder.objects.create(
        number=f"SPK-{today().year}-{WorkOrder.objects.count() + 1:04d}",
        cooperative=cast.cooperative,
        part=part,
        workshop=columns.pop("workshop", cast.sari.workshop),
        kind=kind,
        promise_week=MONDAY,
        week_start=MONDAY,
        due_on=MONDAY,
        pieces=Decimal(pieces),
        handed_over=Decimal(pieces),
        made_at=now(),
        **columns,
    )


def lot_make(cast, part, pieces=100, **more):
    """A lot that Bu Sari has just handed over."""
    order = work_order(cast, part, pieces, **more)
    return lot_born(
        cooperative=cast.cooperative,
        part=part,
        origin="made",
        quantity=Decimal(pieces),
        by=cast.manager,
        work_order=order,
    )


def inspect(cast, lot, steady=True, **defects):
    """A whole inspection: the sample in as many tranches as its classes need, all defects in the first."""
    inspection = inspection_open(lot=lot, by=cast.manager)
    first = True
    while (standing := inspection_standing(inspection)).lot_accepted is None:
        tranche_add(
            inspection=inspection, checked=standing.next_pieces, defects=defects if first else {}, by=cast.manager
        )
        first = False
    return inspection_close(inspection=inspection, steady=steady, by=cast.manager)
