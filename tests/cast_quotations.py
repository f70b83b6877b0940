"""A request for brackets, and quotations for it, as several tests need them."""

from datetime import timedelta

from wadah.base.clock import today
from wadah.demand.lines import LineAsked, LineOffered
from wadah.demand.services import quotation_draft, quotation_send, quotation_variant_put, request_receive


def request_of(cast, world, **columns):
    wanted = today() + timedelta(days=60)
    facts = {
        "buyer": world.buyer,
        "cooperative": cast.cooperative,
        "channel": "text",
        "lines": [LineAsked("braket mesin", 1_000, wanted, world.bracket), LineAsked("karet bulat", 200, wanted)],
    }
    return request_receive(**facts | columns)


def draft_of(cast, world, request=None, by=None, **columns):
    """A draft with two variants: A all 1,000 in 90 days, B 600 in 60 days, dearer."""
    quotation = quotation_draft(request=request or request_of(cast, world), by=by, **columns)
    for code, quantity, days, price in (("A", 1_000, 90, 12_000), ("B", 600, 60, 12_500)):
        promised = today() + timedelta(days=days)
        line = LineOffered(world.bracket, quantity, promised, price, cost=[{"kind": "pay", "rupiah": quantity * 9_000}])
        quotation_variant_put(quotation=quotation, code=code, label=f"{quantity} pieces", lines=[line], by=by)
    return quotation


def sent_of(cast, world, request=None, by=None, **columns):
    return quotation_send(quotation=draft_of(cast, world, request, by=by, **columns), by=by)
