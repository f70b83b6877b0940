"""From a delivered box to every workshop, batch, inspection and person, and from any of them to every buyer."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast_chain import chain_build, made_of
from cast_work import WorkWorld, order_open, week
from standing import standing
from wadah.base.clock import now, today
from wadah.work.models import Lot, Tranche
from wadah.work.rules.trace import Edge, walk
from wadah.work.selectors.trace import (
    lots_of_batch,
    lots_of_week,
    recall_of,
    trace_down,
    trace_up,
)
from wadah.work.services.handing_over import hand_over
from wadah.work.services.lots import lot_split, lots_merge
from wadah.work.services.material import material_return

pytestmark = pytest.mark.django_db


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


@standing
def chain(world):
    return chain_build(world)


def places(rows):
    return {(row.lot.part.code, row.place, row.pieces) for row in rows}


def test_a_box_leads_up_to_every_workshop_batch_inspection_and_person(chain, world):
    inspection = chain.plates.inspections.create(
        number="PRK-1", pieces=10, opened_at=now(), opened_by=world.cast.manager
    )
    Tranche.objects.create(inspection=inspection, number=1, checked=10, at=now(), by=world.cast.manager)
    line = chain.shipment.lines.get()
    found = trace_up([line.lot_id])
    assert {lot.part.code for lot in found.lots.values()} == {"BRACKET", "PLATE", "BOLT-M8", "BUSH", "SHEET"}
    assert {lot.batch for lot in found.lots.values()} == {"", "B-7"}
    shops = {lot.work_order.workshop.name for lot in found.lots.values() if lot.work_order}
    assert shops == {"Bengkel Bu Sari", "Bengkel Pak Karim", "Bengkel Bu Tini"}
    assert {(one.name, one.did) for one in found.people[chain.bolts.pk]} == {("Bu Sari", "reported")}
    assert ("Bu Ratna", "inspected") in {(one.name, one.did) for one in found.people[chain.plates.pk]}
    assert found.inspections[chain.plates.pk] == [inspection]
    assert [len(level) for level in found.walk.levels] == [1, 3, 1]


def test_a_batch_leads_down_to_what_it_is_in_and_to_the_buyer_by_phone(chain, world):
    starts = lots_of_batch([world.cast.cooperative.pk], batch="b-7", supplier="toko baja")
    assert starts == [chain.sheet.pk]
    found = recall_of(starts)
    assert places(found) == {
        ("SHEET", "hub", Decimal("23.2")),
        ("SHEET", "workshop", Decimal("1.8")),
        ("PLATE", "workshop", 10),
        ("BRACKET", "hub", 5),
        ("BRACKET", "buyer", 5),
    }
    gone = next(row for row in found if row.place == "buyer")
    assert (gone.who, gone.shipment) == (world.bracket.buyer.name, chain.shipment.number)
    assert world.cast.buyer.phone in gone.phone
    shop = next(row for row in found if row.place == "workshop")
    assert shop.phone == world.cast.tini.ikm.phone
    assert places(recall_of([chain.other_sheet.pk])) == {("SHEET", "hub", 25)}


def test_a_workshop_s_week_is_recalled_in_one_step(chain, world):
    starts = lots_of_week([world.cast.cooperative.pk], workshop=world.cast.karim.workshop.pk, day=today())
    assert starts == [chain.bushes.pk]
    assert ("BRACKET", "buyer", 5) in places(recall_of(starts))
    assert lots_of_week([world.cast.cooperative.pk], workshop=world.cast.karim.workshop.pk, day=week(-1)) == []
    assert lots_of_week([world.cast.other_cooperative.pk], workshop=world.cast.karim.workshop.pk, day=today()) == []


def test_splits_and_merges_are_followed_both_ways(chain, world):
    part = lot_split(lot=chain.brackets, pieces=Decimal(2))
    other = made_of(world, world.bracket.bracket, world.cast.tini, 3, [])
    one = lots_merge(lots=[part, other])
    assert {chain.brackets.pk, part.pk, other.pk, chain.sheet.pk} <= set(trace_up([one.pk]).lots)
    assert one.pk in trace_down([chain.sheet.pk]).lots
    kinds = {edge.kind for edge in trace_up([one.pk]).walk.edges}
    assert kinds == {"split", "merged", "material"}


def test_material_that_came_back_whole_is_in_nothing(world, chain):
    issue = chain.brackets_order.issues.get(lot=chain.bushes)
    material_return(issue=issue, pieces=issue.pieces)
    assert places(recall_of([chain.bushes.pk])) == {("BUSH", "hub", 20)}
    assert chain.bushes.pk not in trace_up([chain.brackets.pk]).lots


def test_what_is_announced_and_what_is_in_rework_is_found(world):
    row = order_open(world, world.bracket.bolt, world.cast.sari, 10)
    lot = hand_over(work_order=row, pieces=Decimal(10), bring_at=now())
    assert places(recall_of([lot.pk])) == {("BOLT-M8", "coming", 10)}
    Lot.objects.filter(pk=lot.pk).update(bring_at=None, waiting=4, rework=6)
    found = recall_of([lot.pk])
    assert places(found) == {("BOLT-M8", "hub", 4), ("BOLT-M8", "rework", 6)}
    assert found[1].phone == world.cast.sari.ikm.phone


def test_queries_grow_with_levels_never_with_lots(world, chain):
    def counted():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            found = recall_of([chain.sheet.pk])
            up = trace_up([chain.brackets.pk])
        return len(captured), len(found), len(up.lots)

    before, found, above = counted()
    for _ in range(6):
        made_of(world, world.bracket.plate, world.cast.tini, 5, [(chain.sheet, Decimal("0.9"))])
        plates = made_of(world, world.bracket.plate, world.cast.tini, 5, [(chain.other_sheet, Decimal("0.9"))])
        lot_split(lot=plates, pieces=Decimal(2))
    for _ in range(3):
        hand_over(work_order=chain.brackets_order, pieces=Decimal(1), beyond=True, reason="Lebih")
    after, more, _above = counted()
    assert more > found + 10
    assert (after, above) == (before, 5)


def test_a_circle_ends():
    ring = {1: 2, 2: 3, 3: 1}

    def below(frontier):
        return [Edge(lot, ring[lot], Decimal(1), "split") for lot in sorted(frontier)]

    found = walk([1], below, up=False)
    assert found.levels == ((1,), (2,), (3,))
    assert len(found.edges) == 3
