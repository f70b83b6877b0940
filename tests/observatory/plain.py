"""The city's figures worked out again, from rows, in plain Python: nothing of wadah.observatory is asked."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from wadah.catalogue.models import MaterialPrice, Rate
from wadah.demand.models import OrderLine
from wadah.ledger.models import SurplusShare, WorkEntry
from wadah.register.models import Ikm, Membership, Workshop
from wadah.work.models import LotMove, MaterialIssue, ShipmentLine, WorkOrder

BEKASI = ZoneInfo("Asia/Jakarta")
HALVES = {"2026-1": (date(2026, 1, 1), date(2026, 6, 30)), "2026-2": (date(2026, 7, 1), date(2026, 12, 31))}


def day_of(moment):
    return moment.astimezone(BEKASI).date()


def counts(move):
    """+1 where the move makes pieces count as accepted, −1 where it takes them off, else 0."""
    born_good = move.from_bucket == "" and move.lot.origin == "made"
    if move.to_bucket == "accepted" and (move.from_bucket in {"waiting", "rejected"} or born_good):
        return 1
    return -1 if move.from_bucket in {"accepted", "shipped"} and move.to_bucket in {"waiting", "rejected"} else 0


def made_moves():
    rows = LotMove.objects.select_related("lot__part", "lot__work_order__workshop__ikm").order_by("pk")
    return [move for move in rows if move.lot.work_order is not None]


def work(half):
    """Accepted work of a half-year, in exact hours: {(area, trade, firm, workshop): hours}."""
    first, last = HALVES[half]
    seen, hours = set(), defaultdict(Fraction)
    for move in made_moves():
        order, sign = move.lot.work_order, counts(move)
        begins = sign > 0 and order.pk not in seen
        if sign > 0:
            seen.add(order.pk)
        if not first <= day_of(move.at) <= last:
            continue
        key = (order.workshop.area_id, move.lot.part.subsector_id, order.workshop.ikm_id, order.workshop_id)
        hours[key] += sign * Fraction(move.pieces) * Fraction(order.minutes_per_piece) / 60
        if begins:
            hours[key] += Fraction(order.setup_minutes) / 60
    return hours


def failed_hours(half):
    first, last = HALVES[half]
    found = Fraction(0)
    for move in made_moves():
        if first <= day_of(move.at) <= last:
            pair = (move.from_bucket, move.to_bucket)
            sign = -1 if pair == ("rejected", "accepted") or pair[0] == "rework" else pair[1] == "rejected"
            found += sign * Fraction(move.pieces) * Fraction(move.lot.work_order.minutes_per_piece) / 60
    return found


def hands(firm):
    """People of a firm at most at work: one where nobody knows."""
    return Ikm.objects.get(pk=firm).workers or 1


def pay(half):
    first, last = HALVES[half]
    found = defaultdict(int)
    for entry in WorkEntry.objects.select_related("work_order__workshop", "work_order__part"):
        if first <= entry.on <= last:
            order = entry.work_order
            found[entry.ikm_id, order.workshop.area_id, order.part.subsector_id] += entry.rupiah
    return found


def material(half):
    """{(area, trade): rupiah}, and how many issues have no price."""
    first, last = HALVES[half]
    found, unpriced = defaultdict(Fraction), 0
    for issue in MaterialIssue.objects.select_related("lot__part", "work_order__workshop", "work_order__part"):
        if not first <= day_of(issue.at) <= last or issue.lot.part.supply != "bought" or issue.lot.owner_id:
            continue
        prices = [
            row
            for row in MaterialPrice.objects.filter(part=issue.lot.part, cooperative=issue.lot.cooperative)
            if row.valid_from <= day_of(issue.at) and row.price_rupiah > 0
        ]
        key = (issue.work_order.workshop.area_id, issue.work_order.part.subsector_id)
        if prices:
            price = max(prices, key=lambda row: row.valid_from)
            each = Fraction(price.price_rupiah) / Fraction(price.quantity)
            found[key] += each * Fraction(issue.pieces - issue.returned)
        else:
            unpriced += 1
    for move in made_moves():
        if first <= day_of(move.at) <= last:
            order = move.lot.work_order
            key = (order.workshop.area_id, move.lot.part.subsector_id)
            found[key] += counts(move) * Fraction(move.pieces) * order.material_rupiah_piece
    return found, unpriced


def received(half):
    first, last = HALVES[half]
    found = Fraction(0)
    for row in ShipmentLine.objects.select_related("line", "shipment__receipt"):
        if hasattr(row.shipment, "receipt") and first <= day_of(row.shipment.receipt.received_at) <= last:
            found += Fraction(row.received) * row.line.price_rupiah_piece
    return found


def lines_due(half):
    first, last = HALVES[half]
    rows = OrderLine.objects.select_related("order__buyer", "part")
    firm = [row for row in rows if row.order.status in {"confirmed", "planned", "closed"}]
    return [row for row in firm if first <= row.due_on <= last]


def ordered_by_buyer(day):
    found = defaultdict(Fraction)
    for row in OrderLine.objects.select_related("order__buyer"):
        if (
            row.order.status in {"confirmed", "planned", "closed"}
            and day - timedelta(365) < row.order.ordered_on <= day
        ):
            found[row.order.buyer.name] += Fraction(row.quantity) * row.price_rupiah_piece
    return found


def makers_of(part, day):
    shops = set()
    for rate in Rate.objects.filter(part=part).select_related("workshop"):
        member = any(
            row.joined_on <= day and (row.left_on is None or row.left_on > day)
            for row in Membership.objects.filter(ikm=rate.workshop.ikm_id, role="member")
        )
        in_force = rate.valid_from <= day and (rate.valid_until is None or rate.valid_until >= day)
        if in_force and member and rate.workshop.archived_at is None:
            shops.add(rate.workshop_id)
    return len(shops)


def parts_worked_on(day):
    return {row.part_id for row in WorkOrder.objects.all() if day - timedelta(365) < row.due_on <= day}


def surplus(half):
    first, last = HALVES[half]
    rows = SurplusShare.objects.select_related("meeting")
    return [row for row in rows if row.meeting.shared_at and first <= day_of(row.meeting.shared_at) <= last]


def gini_by_pairs(values):
    """Half the mean of all differences between two, over the mean."""
    count, total = len(values), sum(values)
    return Fraction(sum(abs(one - other) for one in values for other in values), 2 * count * total)


def lacks(ikm):
    """What a firm lacks, in the words of addresses."""
    shops = [shop for shop in Workshop.objects.filter(ikm=ikm) if shop.archived_at is None]
    facts = {
        "workers": ikm.workers is None,
        "investment": ikm.investment_rupiah is None,
        "sales": ikm.annual_sales_rupiah is None,
        "phone": not ikm.phone,
        "trade": not ikm.subsectors.exists(),
        "area": ikm.area_id is None,
        "workshop": not shops,
        "position": any(shop.lat is None for shop in shops),
        "machines": any(not shop.machines.exists() for shop in shops),
        "processes": any(not shop.mastered.exists() for shop in shops),
        "hours": any(not shop.week_patterns.exists() for shop in shops),
        "floor": any(shop.floor_m2 is None for shop in shops),
    }
    return {key for key, lacking in facts.items() if lacking}
