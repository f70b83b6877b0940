"""Six batik groups, a month in which more cloth is asked of them than they can make, and a school that orders too.

As `wadah demo` has them, with an order book small enough for one test; what is asked for may not come late, so that
what six groups can't make is left short.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from wadah.accounts.services import user_create
from wadah.base.clock import monday, today
from wadah.catalogue.models import Part
from wadah.catalogue.services import material_price_set, terms_set
from wadah.cli.examples.batik import load_batik
from wadah.cli.examples.growth import load_growth
from wadah.cli.examples.school import CLOTH, SCHOOL, load_school, lot_made
from wadah.cli.examples.tables import RECORDS_SINCE
from wadah.demand.models import Order, OrderLine
from wadah.demand.services import buyer_contact_add
from wadah.register.models import Cooperative
from wadah.register.services import appointment_make, membership_open
from wadah.work.services.inspection_plans import work_terms_set

PASSWORD = "batik untuk semua"
NUMBERS = {"manager": "0899-0000-3001", "officer": "0899-0000-3002", "school": "0899-0000-3003"}
WEEKS, ASKED_WITHIN = 12, 4
PIECES_A_DISTRICT = 1_500


@dataclass(frozen=True)
class CityWorld:
    cooperative: Cooperative
    manager: object


def city_build():
    cooperative = load_batik()
    load_growth()
    order_book_cut(cooperative)
    people = {
        role: user_create(phone=number, name=f"{role.title()} (simulasi)", password=PASSWORD, adult=True)
        for role, number in NUMBERS.items()
    }
    membership_open(cooperative=cooperative, role="manager", user=people["manager"], joined_on=RECORDS_SINCE)
    appointment_make(user=people["officer"], role="officer", valid_from=RECORDS_SINCE)
    buyer_contact_add(buyer=load_school(cooperative).buyer, user=people["school"])
    prices_set(cooperative, people["manager"])
    work_terms_set(cooperative=cooperative, offer_weeks_ahead=WEEKS + 2)
    return CityWorld(cooperative, people["manager"])


def order_book_cut(cooperative):
    """One line a kecamatan of one cloth, due in four weeks, never late; all other orders aren't there."""
    kept = Order.objects.filter(lines__part__code="KAIN-TERATAI").order_by("number").first()
    for order in Order.objects.exclude(pk=kept.pk):
        order.lines.all().delete()
        order.delete()
    first = {}
    for line in kept.lines.order_by("line_no"):
        if line.area_id in first or line.part.code != "KAIN-TERATAI":
            line.delete()
        else:
            first[line.area_id] = line
    due = monday(today()) + timedelta(weeks=1 + ASKED_WITHIN, days=-1)
    OrderLine.objects.update(quantity=PIECES_A_DISTRICT, due_on=due, late_cost_rupiah_piece_week=None)


def prices_set(cooperative, manager):
    """What a quotation needs to know: terms, and what plain cloth costs."""
    terms_set(
        cooperative=cooperative,
        valid_from=RECORDS_SINCE,
        margin_percent=Decimal(10),
        late_penalty_percent_week=Decimal(1),
        late_penalty_cap_percent=Decimal(5),
        quotation_valid_days=30,
        by=manager,
    )
    for part in Part.objects.filter(supply="bought"):
        material_price_set(
            cooperative=cooperative,
            part=part,
            valid_from=RECORDS_SINCE,
            price_rupiah=40_000 * int(part.pack_size or 1),
            source="simulasi",
            by=manager,
        )


def cloth_made(world, pieces):
    """By a licensed group, inspected, at the hub."""
    return lot_made(world.cooperative, Part.objects.get(code=CLOTH), world.manager, pieces)


__all__ = ["NUMBERS", "PASSWORD", "SCHOOL", "WEEKS", "city_build", "cloth_made"]
