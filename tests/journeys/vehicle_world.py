"""The pooled vehicle's cooperative with an order small enough for one test, its people, and what they do out of sight.

The pages are walked by a few; everybody else's answers, work and lots go through the same services, written down by the
manager for members without a phone (*atas nama*).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from wadah.accounts.services import user_create
from wadah.base.clock import today
from wadah.catalogue.models import BomLine
from wadah.cli.examples.tables import RECORDS_SINCE
from wadah.cli.examples.vehicle import load_vehicle
from wadah.cli.examples.vehicle_parts import VEHICLE_CODE
from wadah.demand.models import Order, OrderLine
from wadah.demand.services import buyer_contact_add
from wadah.register.models import Membership
from wadah.register.services import membership_open, membership_user_set
from wadah.work.models import Lot, Offer, WorkOrder
from wadah.work.selectors.material import needs_of
from wadah.work.services.handing_over import hand_over, hand_over_receive
from wadah.work.services.inspection import inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.inspection_plans import work_terms_set
from wadah.work.services.material import Taking, material_counted, material_issue
from wadah.work.services.offers import offer_take
from wadah.work.services.progress import progress_report

PASSWORD = "kendaraan bersama"
NUMBERS = {"manager": "0899-0000-1001", "inspector": "0899-0000-1002", "buyer": "0899-0000-1003"}
VEHICLES, WEEKS = 1, 12
WHY = {"reason": "tidak punya ponsel"}


@dataclass(frozen=True)
class VehicleWorld:
    cooperative: object
    manager: object
    order: Order


def vehicle_build():
    """All of the plan is offered at once, so that nobody has to wait for weeks to come."""
    cooperative = load_vehicle()
    OrderLine.objects.exclude(line_no=1).delete()
    OrderLine.objects.update(quantity=VEHICLES, due_on=today() + timedelta(weeks=WEEKS - 1))
    work_terms_set(cooperative=cooperative, offer_weeks_ahead=WEEKS + 2)
    people = {role: person(NUMBERS[role], f"{role.title()} (simulasi)") for role in ("manager", "inspector")}
    for role, user in people.items():
        membership_open(cooperative=cooperative, role=role, user=user, joined_on=RECORDS_SINCE)
    order = Order.objects.get()
    buyer = person(NUMBERS["buyer"], "Ms Aoki (simulated)", language="en")
    buyer_contact_add(buyer=order.buyer, user=buyer)
    return VehicleWorld(cooperative, people["manager"], order)


def person(number, name, **more):
    return user_create(phone=number, name=name, password=PASSWORD, adult=True, **more)


def gets_a_phone(workshop, number):
    """The workshop's firm is a member already; from now on somebody signs in for it."""
    membership = Membership.objects.get(ikm=workshop.ikm, role=Membership.Role.MEMBER)
    membership_user_set(membership=membership, user=person(number, workshop.ikm.owner_name))


# ---- the order of work


def levels():
    """Part ids by level, the lowest first: each part after all that goes into it."""
    inside = defaultdict(set)
    for parent, component in BomLine.objects.values_list("parent", "component"):
        inside[parent].add(component)

    def height(part):
        return 1 + max((height(one) for one in inside[part]), default=-1) if part in inside else 0

    found = defaultdict(list)
    for part in set(WorkOrder.objects.values_list("part", flat=True)):
        found[height(part)].append(part)
    return [found[level] for level in sorted(found)]


def in_work(parts):
    """Work orders of these parts of which something is still to be made."""
    rows = WorkOrder.objects.filter(part__in=parts, status__in=["open", "started"])
    return list(rows.select_related("part", "workshop__ikm", "cooperative").order_by("pk"))


# ---- what happens out of sight


def everybody_takes(world, but=()):
    """The manager answers for the members, by phone: all that is offered; how many offers."""
    rows = Offer.objects.filter(status="open").exclude(pk__in=[offer.pk for offer in but])
    asked = list(rows.select_related("workshop__ikm"))
    for offer in asked:
        name = offer.workshop.ikm.owner_name
        offer_take(offer=offer, pieces=offer.pieces, by=world.manager, on_behalf_of=name, reason="lewat telepon")
    return len(asked)


def material_goes_out(world, row):
    """All that the parts list asks, out of lots; what was counted before there were lots becomes one first."""
    for need in needs_of(row):
        if need.counted:
            material_counted(cooperative=world.cooperative, part=need.part, by=world.manager)
    needs = needs_of(row)
    takings = [Taking(lot, need.picked[lot.pk]) for need in needs for lot in need.lots if lot.pk in need.picked]
    if takings:
        material_issue(work_order=row, takings=takings, by=world.manager)
    assert [need.part.code for need in needs_of(row) if need.missing] == []


def is_made_and_brought(world, row):
    """Reported, brought to the counter, counted there."""
    told = {"by": world.manager, "on_behalf_of": row.workshop.ikm.owner_name, **WHY}
    progress_report(work_order=row, pieces=None, **told)
    return hand_over(work_order=row, pieces=row.pieces - row.given_up, **told)


def is_received(world, lot):
    return hand_over_receive(lot=lot, pieces=lot.waiting, by=world.manager)


def passes(world, lot):
    """Inspected, nothing found."""
    inspection = inspection_open(lot=lot, by=world.manager)
    while (standing := inspection_standing(inspection)).lot_accepted is None:
        tranche_add(inspection=inspection, checked=standing.next_pieces, defects={}, by=world.manager)
    assert inspection_close(inspection=inspection, by=world.manager).status == "passed"


def vehicles():
    """The lot of finished vehicles."""
    return Lot.objects.select_related("part").get(part__code=VEHICLE_CODE, origin="made")
