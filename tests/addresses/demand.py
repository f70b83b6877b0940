"""Buyers and orders."""

from addresses import BUYER, MANAGER, OTHER_BUYER, OTHER_MANAGER, Rule
from cast import MONDAY
from wadah.demand.models import Buyer, BuyerContact, Order

RULES = {
    "orders": Rule({MANAGER, BUYER, OTHER_MANAGER, OTHER_BUYER}),
    "order": Rule({MANAGER, BUYER}, arguments={"number": "order"}),
}


def build(cast, users):
    for name, role in (("Car maker", BUYER), ("Boat maker", OTHER_BUYER)):
        buyer = Buyer.objects.create(name=name, market="export", kind="factory")
        BuyerContact.objects.create(buyer=buyer, user=users[role])
    order = Order.objects.create(
        number="PO-2026-0001",
        buyer=Buyer.objects.get(name="Car maker"),
        cooperative=cast.cooperative,
        ordered_on=MONDAY,
    )
    return {"order": order.number}
