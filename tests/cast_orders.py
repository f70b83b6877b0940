"""The car maker's bracket order: what the three members make for it. Build it with `bracket_build(cast)`.

One bracket takes 2 bolts M8 (Bu Sari: headed, then rolled), 2 rubber bushes (Pak Karim) and 1 plate (Bu Tini); plates
are pressed from bought sheet, 0.18 kg each, in packs of 25 kg.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from wadah.catalogue.rules import Step
from wadah.catalogue.services import approval_record, bom_set, part_put, part_route, rate_set
from wadah.demand.services import buyer_contact_add, buyer_put, order_draft, order_line_add
from wadah.register.services import skill_put

if TYPE_CHECKING:
    from cast import Cast, Member
    from wadah.catalogue.models import Part
    from wadah.demand.models import Buyer, Order

START = date(2026, 1, 1)
ORDERED = date(2026, 11, 24)
DUE = date(2027, 2, 5)


@dataclass(frozen=True)
class BracketWorld:
    bolt_headed: Part
    bolt: Part
    bush: Part
    sheet: Part
    plate: Part
    bracket: Part
    buyer: Buyer


def bracket_build(cast: Cast) -> BracketWorld:
    skill_put(code="heading", name="Heading", name_en="Heading")
    skill_put(code="rolling", name="Roll ulir", name_en="Thread rolling")

    def part(code: str, name: str, **columns: object) -> Part:
        return part_put(code=code, name=name, subsector=cast.subsector, **columns)

    bolt = part("BOLT-M8", "Baut M8")
    steps = [Step("headed", "heading", Decimal("0.2")), Step("rolled", "rolling", Decimal("0.3"), Decimal(30))]
    bolt_headed, bolt = part_route(part=bolt, steps=steps)
    bush = part("BUSH", "Karet peredam", skill=cast.skills["rubber_compression"])
    sheet = part(
        "SHEET",
        "Pelat baja",
        unit="kg",
        integer=False,
        supply="bought",
        supply_reason="tak ada anggota yang menggiling baja",
        supply_reason_en="no member rolls steel",
        pack_size=Decimal(25),
    )
    plate = part("PLATE", "Pelat braket", skill=cast.skills["stamping_hand"])
    bracket = part("BRACKET", "Braket", lead_time_weeks=1)
    bom_set(part=plate, components=[(sheet, Decimal("0.18"))])
    bom_set(part=bracket, components=[(bolt, 2), (bush, 2), (plate, 1)])
    for made, maker in ((bolt_headed, cast.sari), (bolt, cast.sari), (bush, cast.karim), (plate, cast.tini)):
        may_make(made, maker)
    may_make(bracket, cast.tini)
    buyer = buyer_put(name="Pabrik Mobil (simulasi)", market="national", kind="factory", simulated=True)
    buyer_contact_add(buyer=buyer, user=cast.buyer)
    return BracketWorld(bolt_headed, bolt, bush, sheet, plate, bracket, buyer)


def may_make(part: Part, maker: Member) -> None:
    approval_record(part=part, workshop=maker.workshop, status="approved", valid_from=START, decided_by="Bu Ratna")
    rate_set(
        part=part,
        workshop=maker.workshop,
        valid_from=START,
        minutes_per_piece=Decimal("0.5"),
        pay_rupiah_piece=350,
        source="simulasi",
        simulated=True,
    )


def bracket_order(cast: Cast, world: BracketWorld, quantity: int = 500) -> Order:
    order = order_draft(buyer=world.buyer, cooperative=cast.cooperative, ordered_on=ORDERED, simulated=True)
    order_line_add(order=order, part=world.bracket, quantity=quantity, due_on=DUE, short_cost_rupiah_piece=9_000)
    return order
