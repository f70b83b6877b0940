"""Lots are split and merged in their state, and every piece can be followed from one to the other: W1."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast_work import WorkWorld, order_open
from standing import standing
from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.work.models import LotLink, LotMove
from wadah.work.services.handing_over import hand_over
from wadah.work.services.lots import lot_relabel, lot_split, lots_merge
from wadah.work.services.material import material_receive
from wadah.work.services.moves import lot_move

pytestmark = pytest.mark.django_db


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


def bought(world, quantity=25, **more):
    told = {"supplier": "Toko Baja", **more}
    return material_receive(
        cooperative=world.cast.cooperative, part=world.bracket.sheet, quantity=Decimal(quantity), **told
    )


def made(world, member, pieces=50, **more):
    return hand_over(work_order=order_open(world, world.bracket.bolt, member), pieces=Decimal(pieces), **more)


def test_a_split_keeps_state_maker_label_and_pieces(world):
    lot = made(world, world.cast.sari)
    child = lot_split(lot=lot, pieces=Decimal(20), source="waiting", by=world.cast.manager, reason="Dua kotak")
    lot.refresh_from_db()
    assert (lot.waiting, lot.moved, lot.quantity) == (30, 20, 50)
    assert (child.origin, child.waiting, child.work_order, child.received_on) == (
        "split",
        20,
        lot.work_order,
        lot.received_on,
    )
    link = LotLink.objects.get()
    assert (link.parent, link.child, link.pieces) == (lot, child, 20)
    assert LotMove.objects.get(lot=child).other_lot == lot
    with pytest.raises(Refused, match="30"):
        lot_split(lot=lot, pieces=Decimal(30), source="waiting")


def test_what_is_on_its_way_or_being_inspected_stays_whole(world):
    coming = made(world, world.cast.sari, bring_at=now() + timedelta(hours=1))
    with pytest.raises(Refused, match=coming.number):
        lot_split(lot=coming, pieces=Decimal(1), source="waiting")
    lot = made(world, world.cast.sari)
    lot.inspections.create(number="PRK-1", pieces=50, opened_at=now())
    with pytest.raises(Refused, match=lot.number):
        lot_split(lot=lot, pieces=Decimal(1), source="waiting")
    with pytest.raises(Refused):
        lot_split(lot=lot, pieces=Decimal(1), source="shipped")


def test_accepted_lots_of_several_makers_become_one_that_says_what_all_share(world):
    first = bought(world, batch="A", expires_on=today() + timedelta(days=9))
    second = bought(world, 5, batch="B", expires_on=today() + timedelta(days=5))
    one = lots_merge(lots=[first, second], by=world.cast.manager)
    assert (one.origin, one.accepted, one.supplier, one.batch) == ("merged", 30, "Toko Baja", "")
    assert one.expires_on == today() + timedelta(days=5)
    first.refresh_from_db()
    assert (first.accepted, first.moved) == (0, 25)
    assert sorted(link.pieces for link in LotLink.objects.filter(child=one)) == [5, 25]


def test_pieces_to_be_inspected_keep_their_maker(world):
    lots = [made(world, world.cast.sari), made(world, world.cast.sari)]
    with pytest.raises(Refused) as refused:
        lots_merge(lots=lots, source="waiting")
    assert refused.value.field == "lots"
    for lot in lots:
        lot_move(lot=lot, kind="accept", source="waiting", target="accepted", pieces=Decimal(50))
    assert lots_merge(lots=lots).work_order is None


def test_two_lots_of_one_work_order_become_one_before_they_are_inspected(world):
    row = order_open(world, world.bracket.bolt, world.cast.sari)
    lots = [hand_over(work_order=row, pieces=Decimal(30)) for _ in range(2)]
    assert lots_merge(lots=lots, source="waiting").work_order == row


def test_what_does_not_belong_together_stays_apart(world):
    sheet = bought(world)
    lent = bought(world, supplier="", owner=world.bracket.buyer)
    empty = bought(world)
    lot_move(lot=empty, kind="scrap", source="accepted", target="scrapped", pieces=Decimal(25))
    for lots in ([sheet], [sheet, sheet], [sheet, lent], [sheet, made(world, world.cast.sari)], [sheet, empty]):
        with pytest.raises(Refused) as refused:
            lots_merge(lots=lots)
        assert refused.value.field == "lots"
    with pytest.raises(Refused):
        lots_merge(lots=[sheet, lent], source="issued")


def test_a_label_is_corrected_with_a_reason_and_its_history_is_kept(world):
    lot = bought(world, batch="A")
    with pytest.raises(Refused) as refused:
        lot_relabel(lot=lot, batch="B", supplier="Toko Baja", reason="")
    assert refused.value.field == "reason"
    with pytest.raises(Refused) as refused:
        lot_relabel(lot=lot, batch="B", supplier="", reason="Salah tulis")
    assert refused.value.field == "supplier"
    with pytest.raises(Refused) as refused:
        lot_relabel(lot=lot, supplier="Toko Baja", expires_on=today() - timedelta(days=1), reason="Salah tulis")
    assert refused.value.field == "expires_on"
    lot_relabel(lot=lot, batch="B", supplier="Toko Baja", reason="Salah tulis", by=world.cast.manager)
    assert history_of(lot).get(act="lot_relabel").fields["batch"] == ["A", "B"]
