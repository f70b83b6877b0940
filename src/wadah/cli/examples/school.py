"""A made-up school that can walk through everything: heads, sizes, a stated budget, an order that is under way.

Its order is delivered from a lot that its licensed group has made, so a phone can sign for it and print the papers.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from wadah.base.clock import today
from wadah.catalogue.models import Part, Rate
from wadah.cli.examples.tables import BATIK, assumed
from wadah.demand.models import Buyer, Institution
from wadah.demand.services import (
    Size,
    budget_state,
    buyer_put,
    headcount_record,
    institution_put,
    order_draft,
    order_line_add,
    order_move,
    sizes_put,
)
from wadah.demand.words import BuyerKind, Group, InstitutionKind, Level, Market, OrderStatus
from wadah.register.models import Area
from wadah.work.models import Lot
from wadah.work.services.handing_over import hand_over
from wadah.work.services.inspection import inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.orders import terms_of, work_order_open
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.register.models import Cooperative

SCHOOL = "SDN Contoh (simulasi)"
CODE = "SIM-SDN"
KELURAHAN = "32.75.01.1002"
HEADS = {Group.PUPILS: 412, Group.TEACHERS: 22, Group.STAFF: 5}
COUNTED = date(2026, 7, 20)
SOURCE = "simulasi"
SIZES = {
    Group.TEACHERS: {"S": 3, "M": 8, "L": 7, "XL": 3, "XXL": 1},
    Group.STAFF: {"M": 2, "L": 2, "XL": 1},
}
CLOTH, GROUP = "KAIN-GABUS", "BTK-1"
PIECES = 10
BUDGET = 60_000_000


@transaction.atomic
def load_school(cooperative: Cooperative) -> Institution:
    """Writes the school unless it is there already; returns it."""
    known = Institution.objects.filter(code=CODE).first()
    if known is not None:
        return known
    buyer = buyer_put(
        name=SCHOOL,
        market=Market.LOCAL,
        kind=BuyerKind.SCHOOL,
        simulated=True,
        source=SOURCE,
        address="Jl. Contoh No. 1\nMargahayu, Bekasi Timur",
    )
    buyer.cooperatives.add(cooperative)
    school = institution_put(
        code=CODE,
        name=SCHOOL,
        kind=InstitutionKind.SCHOOL,
        level=Level.SD,
        state=True,
        area=Area.objects.get(code=KELURAHAN),
        buyer=buyer,
    )
    for group, heads in HEADS.items():
        headcount_record(institution=school, group=group, heads=heads, as_of=COUNTED, source=SOURCE)
    day = today()
    year = day.year + 1
    sizes = [Size(group, size, pieces) for group, own in SIZES.items() for size, pieces in own.items()]
    sizes_put(institution=school, year=year, sizes=sizes)
    budget_state(institution=school, year=year, rupiah=BUDGET, stated_on=day, source=SOURCE)
    return school


@transaction.atomic
def load_delivery(cooperative: Cooperative, manager: User) -> None:
    """An order of this year for some of the teachers: made by a licensed group, inspected, on its way to the school.

    Nothing where the school has any order.
    """
    buyer, part, day = Buyer.objects.get(name=SCHOOL), Part.objects.get(code=CLOTH), today()
    if buyer.orders.exists():
        return
    order = order_draft(
        buyer=buyer, cooperative=cooperative, ordered_on=day - timedelta(weeks=6), simulated=True, by=manager
    )
    line = order_line_add(
        order=order,
        part=part,
        quantity=PIECES,
        due_on=day,
        promised_on=day,
        price_rupiah_piece=assumed(BATIK, "price_rupiah"),
        short_cost_rupiah_piece=assumed(BATIK, "short_cost_rupiah"),
        by=manager,
    )
    order_move(order=order, to=OrderStatus.CONFIRMED, by=manager)
    lot = lot_made(cooperative, part, manager)
    shipment = shipment_open(order=order, by=manager)
    shipment_pick(shipment=shipment, line=line, lot=lot, pieces=Decimal(PIECES), by=manager)
    shipment_send(shipment=shipment, driver="Pak Udin (simulasi)", vehicle="B 1234 XYZ", by=manager)


def lot_made(cooperative: Cooperative, part: Part, manager: User, pieces: int = PIECES) -> Lot:
    """Work that the manager gives by hand to a licensed group, brought and passed."""
    rate = Rate.objects.filter(part=part, workshop__code=GROUP).select_related("workshop__ikm").latest("valid_from")
    reason = "Contoh (simulasi)"
    work = work_order_open(
        cooperative=cooperative,
        part=part,
        workshop=rate.workshop,
        week_start=today(),
        pieces=Decimal(pieces),
        terms=terms_of(rate),
        beyond_hours=True,
        simulated=True,
        by=manager,
        reason=reason,
    )
    owner = rate.workshop.ikm.owner_name
    lot = hand_over(work_order=work, pieces=Decimal(pieces), by=manager, on_behalf_of=owner, reason=reason)
    inspection = inspection_open(lot=lot, by=manager)
    while (standing := inspection_standing(inspection)).lot_accepted is None:
        tranche_add(inspection=inspection, checked=standing.next_pieces, defects={}, by=manager)
    inspection_close(inspection=inspection, by=manager)
    return Lot.objects.get(pk=lot.pk)
