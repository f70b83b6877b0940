"""Buyers, orders, schools and offices."""

from datetime import timedelta

from addresses import BUYER, MANAGER, OFFICER, OTHER_BUYER, OTHER_MANAGER, Rule
from cast import MONDAY
from wadah.base.clock import today
from wadah.catalogue.services import part_put
from wadah.demand.lines import LineAsked, LineOffered
from wadah.demand.models import Buyer, BuyerContact, Order, OrderLine
from wadah.demand.services import (
    institution_put,
    quotation_draft,
    quotation_send,
    quotation_variant_put,
    request_receive,
)

MANAGERS = {MANAGER, OTHER_MANAGER}
ORDER = {"number": "order"}
LINE = {"number": "order", "line_no": "order_line"}
BUYER_PAGE = {"pk": "buyer"}
CITY = {MANAGER, OTHER_MANAGER, OFFICER}
SCHOOL = {"code": "institution"}

RULES = {
    "orders": Rule({MANAGER, BUYER, OTHER_MANAGER, OTHER_BUYER}),
    "order": Rule({MANAGER, BUYER}, arguments=ORDER),
    "order_add": Rule(MANAGERS),
    "order_change": Rule({MANAGER}, arguments=ORDER),
    "order_confirm": Rule({MANAGER}, arguments=ORDER, method="post"),
    "order_call_off": Rule({MANAGER}, arguments=ORDER),
    "order_line_add": Rule({MANAGER}, arguments=ORDER),
    "order_line_change": Rule({MANAGER}, arguments=LINE),
    "order_line_take_out": Rule({MANAGER}, arguments=LINE, method="post"),
    "buyers": Rule(MANAGERS),
    "buyer_add": Rule(MANAGERS),
    "buyer_page": Rule({MANAGER}, arguments=BUYER_PAGE),
    "buyer_change": Rule({MANAGER}, arguments=BUYER_PAGE),
    "buyer_put_away": Rule({MANAGER}, arguments=BUYER_PAGE, method="post"),
    "buyer_contact_add": Rule({MANAGER}, arguments=BUYER_PAGE),
    "buyer_contact_remove": Rule({MANAGER}, arguments=BUYER_PAGE | {"contact": "buyer_contact"}, method="post"),
    "institutions": Rule(CITY),
    "institution_add": Rule(CITY),
    "institution": Rule(CITY, arguments=SCHOOL),
    "institution_change": Rule(CITY, arguments=SCHOOL),
    "headcount_add": Rule(CITY, arguments=SCHOOL),
    "mandate_rules": Rule(CITY),
}


def build(cast, users):
    for name, role in (("Car maker", BUYER), ("Boat maker", OTHER_BUYER)):
        buyer = Buyer.objects.create(name=name, market="export", kind="factory")
        BuyerContact.objects.create(buyer=buyer, user=users[role])
    maker = Buyer.objects.get(name="Car maker")
    order = Order.objects.create(number="PO-2026-0001", buyer=maker, cooperative=cast.cooperative, ordered_on=MONDAY)
    part = part_put(code="GANTUNGAN", name="Gantungan", subsector=cast.subsector)
    line = OrderLine.objects.create(order=order, line_no=1, part=part, quantity=5, due_on=MONDAY)
    wanted = today() + timedelta(days=60)
    asked = [LineAsked("gantungan", 100, wanted, part)]
    request = request_receive(buyer=maker, cooperative=cast.cooperative, channel="form", lines=asked)
    quotation = quotation_draft(request=request)
    offered = [LineOffered(part, 100, wanted, 1_000)]
    quotation_variant_put(quotation=quotation, code="A", label="all", lines=offered)
    quotation = quotation_send(quotation=quotation)
    return {
        "order": order.number,
        "order_line": line.line_no,
        "buyer": maker.pk,
        "buyer_contact": maker.contacts.get().pk,
        "institution": institution_put(
            code="20200001", name="SDN 1", kind="school", level="sd", area=cast.kelurahan
        ).code,
        "request": request.number,
        "quotation": quotation.number,
        "check": quotation.check_code,
    }
