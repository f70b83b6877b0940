"""A line's price to the rupiah, worked out a second time from rates, bills of materials, packs and planned lots."""

from datetime import date
from decimal import ROUND_CEILING, Decimal
from math import ceil

import pytest

from wadah.catalogue.models import BomLine, Rate
from wadah.catalogue.rules.prices import TERMS_DEFAULT
from wadah.catalogue.services import material_price_set, rate_set
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.plans.models import PlannedLot
from wadah.plans.offers.asking import Asked, answer
from wadah.plans.offers.taking import take
from wadah.plans.services import plan_publish

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 2)
WANTED = date(2027, 1, 15)
QUANTITY = 730


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for name in ("books", "asking", "costs"):
        monkeypatch.setattr(f"wadah.plans.offers.{name}.today", lambda: TODAY)


@pytest.fixture
def priced(cast, bracket, run):
    """Every amount another, and steel at a price for a pack."""
    rows = [(bracket.bolt_headed, cast.sari), (bracket.bolt, cast.sari), (bracket.bush, cast.karim)]
    rows += [(bracket.plate, cast.tini), (bracket.bracket, cast.tini)]
    for index, (part, maker) in enumerate(rows):
        rate_set(
            part=part,
            workshop=maker.workshop,
            valid_from=date(2026, 1, 1),
            pay_rupiah_piece=211 + 37 * index,
            transport_rupiah_piece=13 + index,
            setup_pay_rupiah=5_003 + index,
            transport_rupiah_trip=7_001 + index,
            minutes_per_piece=Decimal("0.5"),
        )
    material_price_set(
        cooperative=cast.cooperative,
        part=bracket.sheet,
        valid_from=date(2026, 1, 1),
        price_rupiah=412_345,
        quantity=Decimal(25),
        source="nota toko (simulasi)",
    )
    plan_publish(run=run, by=cast.manager)
    return run


def test_the_price_is_that_of_rates_packs_and_planned_lots_to_the_rupiah(cast, bracket, priced):
    asked = [Asked(bracket.bracket, Decimal(QUANTITY), WANTED)]
    (line,) = answer(cast.cooperative, asked, seconds=60).way("date").lines
    order = order_draft(buyer=bracket.buyer, cooperative=cast.cooperative, ordered_on=TODAY)
    order_line_add(
        order=order, part=bracket.bracket, quantity=QUANTITY, due_on=line.promised_on, short_cost_rupiah_piece=9_000
    )
    order_move(order=order, to="confirmed")
    run = take(order=order, seconds=30, by=cast.manager)
    by_hand = worked_out(priced, run, bracket)
    assert {kind: int(rupiah) for kind, rupiah in line.cost.components.items()} == by_hand
    lines = {row.kind: row.rupiah_piece for row in line.cost.lines(line.quantity, TERMS_DEFAULT)}
    cost = ceil(Decimal(sum(by_hand.values())) / QUANTITY)
    margin = int((Decimal(cost) * 10 / 100).to_integral_value(ROUND_CEILING))
    assert (lines["cost"], lines["margin"], lines["price"]) == (cost, margin, cost + margin)
    assert sum(rupiah for kind, rupiah in lines.items() if kind in by_hand) == cost


def worked_out(before, after, bracket):
    """From the rows of the two plans alone."""
    found = {"pay": 0, "transport": 0, "setup": 0, "material": 0}
    steel = Decimal(0)
    for rate in Rate.objects.filter(valid_until=None):
        old, new = (lots(run, rate) for run in (before, after))
        pieces, weeks = sum(new) - sum(old), len(new) - len(old)
        found["pay"] += pieces * rate.pay_rupiah_piece
        found["transport"] += pieces * rate.transport_rupiah_piece + weeks * rate.transport_rupiah_trip
        found["setup"] += weeks * rate.setup_pay_rupiah
        for row in BomLine.objects.filter(parent=rate.part, component=bracket.sheet):
            steel += pieces * row.quantity
    found["material"] = ceil(steel / 25) * 412_345
    return {kind: int(rupiah) for kind, rupiah in found.items() if rupiah}


def lots(run, rate):
    rows = PlannedLot.objects.filter(run=run, part=rate.part, workshop=rate.workshop)
    return [round(quantity) for quantity in rows.values_list("quantity", flat=True)]


def test_a_bought_part_without_a_price_is_named(cast, bracket, run):
    plan_publish(run=run, by=cast.manager)
    (line,) = answer(cast.cooperative, [Asked(bracket.plate, Decimal(100), WANTED)]).way("date").lines
    assert line.cost.unpriced == ("SHEET",)
    assert "material" not in line.cost.components
