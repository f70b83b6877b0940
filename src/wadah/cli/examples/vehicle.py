"""pooled-vehicle as rows: a cooperative of simulated home workshops and an order for a hundred vehicles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from wadah.catalogue.models import HubStock, Part
from wadah.cli.examples.city import load_city, load_skills
from wadah.cli.examples.makers import Maker, load_makers
from wadah.cli.examples.parts import load_parts, load_rates
from wadah.cli.examples.tables import RECORDS_SINCE, VEHICLE, Row, assumed, assumptions, ordered_on, table
from wadah.cli.examples.vehicle_parts import (
    TIMES_SOURCE,
    VEHICLE_CODE,
    code_of,
    packs_needed,
    vehicle_parts,
    vehicle_rates,
)
from wadah.demand.models import Buyer, Order, OrderLine
from wadah.demand.words import BuyerKind, Market, OrderStatus
from wadah.register.models import Area, Cooperative, Subsector

COOPERATIVE = "koperasi-komponen-simulasi"
BUYER = "Pembeli Kendaraan (simulasi)"
ORDER_NUMBER = "SIM-RV-100"
MAKER_SOURCE = "examples/pooled-vehicle/workshops.csv"


@transaction.atomic
def load_vehicle() -> Cooperative:
    """Writes the example unless its cooperative is there already; returns the cooperative."""
    known = Cooperative.objects.filter(code=COOPERATIVE).first()
    if known is not None:
        return known
    areas = load_city()
    hub = hub_row(areas[assumptions(VEHICLE)["hub_kelurahan"]])
    cooperative = Cooperative.objects.create(
        code=COOPERATIVE,
        name="Koperasi Komponen Kota Bekasi (simulasi)",
        area=areas[assumptions(VEHICLE)["hub_kelurahan"]],
        founded_on=RECORDS_SINCE,
        simulated=True,
    )
    subsector = Subsector.objects.get(code="komponen_otomotif")
    skills = load_skills(VEHICLE)
    makers = [maker(row, areas) for row in table(VEHICLE, "workshops")]
    workshops = load_makers(makers, cooperative, subsector, skills)
    parts = load_parts(vehicle_parts(), subsector, skills)
    load_rates(vehicle_rates(hub), parts, workshops, TIMES_SOURCE)
    load_stock(cooperative, parts)
    load_order(cooperative, parts[VEHICLE_CODE])
    return cooperative


def hub_row(area: Area) -> Row:
    return {"lat": str(area.lat), "lng": str(area.lng)}


def maker(row: Row, areas: dict[str, Area]) -> Maker:
    return Maker(
        code=row["code"],
        name=row["name"],
        owner=row["name"].replace("Bengkel Rumahan", "Pemilik"),
        kind=row["kind"],
        area=areas[row["kelurahan_code"]],
        lat=float(row["lat"]),
        lng=float(row["lng"]),
        skills=tuple(row["skills"].split(";")),
        hours_week=int(row["hours_week"]),
        days=6,
        overtime_hours_week=int(row["overtime_hours_week"]),
        overtime_rupiah_hour=assumed(VEHICLE, "overtime_rupiah_hour"),
        floor_m2=int(row["floor_m2"]),
        source=MAKER_SOURCE,
    )


def load_stock(cooperative: Cooperative, parts: dict[str, Part]) -> None:
    """Bought lines lie at the hub when the plan starts, in whole packs for the whole order."""
    vehicles = assumed(VEHICLE, "vehicles")
    HubStock.objects.bulk_create(
        [
            HubStock(
                cooperative=cooperative,
                part=parts[code_of(row["ref"])],
                as_of=RECORDS_SINCE,
                quantity=Decimal(packs_needed(row, vehicles) * int(row["pack_size"])),
            )
            for row in table(VEHICLE, "parts-list")
            if row["supply"] == "bought"
        ]
    )


def load_order(cooperative: Cooperative, vehicle: Part) -> None:
    buyer, _ = Buyer.objects.get_or_create(
        name=BUYER, defaults={"market": Market.NATIONAL, "kind": BuyerKind.FACTORY, "simulated": True}
    )
    order = Order.objects.create(
        number=ORDER_NUMBER,
        buyer=buyer,
        cooperative=cooperative,
        status=OrderStatus.CONFIRMED,
        ordered_on=ordered_on(VEHICLE),
        simulated=True,
    )
    OrderLine.objects.bulk_create([order_line(row, order, vehicle) for row in table(VEHICLE, "order")])


def order_line(row: Row, order: Order, vehicle: Part) -> OrderLine:
    return OrderLine(
        order=order,
        line_no=int(row["line_no"]),
        part=vehicle,
        quantity=Decimal(row["vehicles"]),
        due_on=date.fromisoformat(row["due_on"]),
        price_rupiah_piece=assumed(VEHICLE, "price_rupiah"),
        late_cost_rupiah_piece_week=assumed(VEHICLE, "late_cost_rupiah_week"),
        short_cost_rupiah_piece=assumed(VEHICLE, "short_cost_rupiah"),
    )
