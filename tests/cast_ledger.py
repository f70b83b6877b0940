"""Books of the cast's cooperative: lots that members made and that were accepted, or rejected afterwards."""

from dataclasses import dataclass
from decimal import Decimal

from cast import MONDAY, Cast
from wadah.base.clock import now, today
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.models import Part
from wadah.work.models import Lot, WorkOrder
from wadah.work.services.moves import lot_born, lot_move

NAMES = {
    "accept": ("waiting", "accepted"),
    "reject": ("waiting", "rejected"),
    "ship_back": ("accepted", "rejected"),
    "sort_accept": ("rejected", "accepted"),
}


@dataclass(frozen=True)
class Making:
    """A part in the cast's cooperative."""

    cast: Cast
    part: Part

    def work_order(self, maker, pieces=1_000, **more) -> WorkOrder:
        columns = {"pay_rupiah_piece": 800, "setup_pay_rupiah": 5_000, "transport_rupiah_trip": 10_000, **more}
        return WorkOrder.objects.create(
            number=number_text("SPK", today().year, number_next("SPK", today().year)),
            cooperative=self.cast.cooperative,
            part=columns.pop("part", self.part),
            workshop=maker.workshop,
            promise_week=MONDAY,
            week_start=MONDAY,
            due_on=columns.pop("due_on", today()),
            pieces=Decimal(pieces),
            handed_over=Decimal(pieces),
            made_at=now(),
            **columns,
        )

    def lot(self, order, pieces) -> Lot:
        return lot_born(
            cooperative=self.cast.cooperative,
            part=order.part,
            origin="made",
            quantity=Decimal(pieces),
            by=self.cast.manager,
            work_order=order,
        )

    def moved(self, lot, kind, pieces):
        """kind: of NAMES."""
        source, target = NAMES[kind]
        return lot_move(lot=lot, kind=kind, source=source, target=target, pieces=Decimal(pieces), by=self.cast.manager)

    def accepted(self, maker, pieces=100, **more) -> Lot:
        """A lot of a work order of its own, all accepted."""
        lot = self.lot(self.work_order(maker, pieces, **more), pieces)
        self.moved(lot, "accept", pieces)
        return lot


def making_build(cast, code="BAUT-BUKU") -> Making:
    return Making(cast, Part.objects.create(code=code, name="Baut M8", subsector=cast.subsector))
