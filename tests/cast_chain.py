"""Brackets from a batch of sheet to the buyer's box, every step through the services: `chain_build(world)`.

Two batches of sheet; Bu Tini presses plates of the first, Bu Sari's bolts and Pak Karim's bushes join them, Bu Tini
puts brackets together; some are accepted, packed and sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cast_orders import bracket_order
from cast_work import WorkWorld, order_open
from wadah.demand.services import order_move
from wadah.work.services.handing_over import hand_over
from wadah.work.services.material import Taking, material_issue, material_receive
from wadah.work.services.moves import lot_move
from wadah.work.services.progress import progress_report
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send

if TYPE_CHECKING:
    from cast import Member
    from wadah.catalogue.models import Part
    from wadah.work.models import Lot, Shipment, WorkOrder


@dataclass(frozen=True)
class Chain:
    sheet: Lot
    other_sheet: Lot
    plates: Lot
    bolts: Lot
    bushes: Lot
    brackets: Lot
    brackets_order: WorkOrder
    shipment: Shipment


def chain_build(world: WorkWorld, brackets: int = 10) -> Chain:
    cast, parts = world.cast, world.bracket
    sheet, other = (
        material_receive(
            cooperative=cast.cooperative,
            part=parts.sheet,
            quantity=Decimal(25),
            supplier="Toko Baja",
            batch=batch,
            by=cast.manager,
        )
        for batch in ("B-7", "B-8")
    )
    plates = made_of(world, parts.plate, cast.tini, brackets, [(sheet, Decimal("0.18") * brackets)])
    bolts = made_of(world, parts.bolt, cast.sari, 2 * brackets, [])
    bushes = made_of(world, parts.bush, cast.karim, 2 * brackets, [])
    into = [(plates, brackets), (bolts, 2 * brackets), (bushes, 2 * brackets)]
    done = made_of(world, parts.bracket, cast.tini, brackets, into)
    return Chain(sheet, other, plates, bolts, bushes, done, done.work_order, sent(world, done, brackets // 2))


def made_of(world: WorkWorld, part: Part, maker: Member, pieces: int, material: list[tuple[Lot, Decimal]]) -> Lot:
    """A lot of `pieces` that was made of the material, reported by its maker, and accepted."""
    row = order_open(world, part, maker, pieces)
    if material:
        takings = [Taking(lot, Decimal(quantity)) for lot, quantity in material]
        material_issue(work_order=row, takings=takings, by=world.cast.manager)
    progress_report(work_order=row, pieces=None, by=maker.user)
    lot = hand_over(work_order=row, pieces=Decimal(pieces), by=maker.user)
    lot_move(lot=lot, kind="accept", source="waiting", target="accepted", pieces=Decimal(pieces), by=world.cast.manager)
    return lot


def sent(world: WorkWorld, lot: Lot, pieces: int) -> Shipment:
    order = bracket_order(world.cast, world.bracket)
    order_move(order=order, to="confirmed")
    shipment = shipment_open(order=order, by=world.cast.manager)
    shipment_pick(
        shipment=shipment, line=order.lines.get(), lot=lot, pieces=Decimal(pieces), box=1, by=world.cast.manager
    )
    return shipment_send(shipment=shipment, driver="Pak Udin", by=world.cast.manager)
