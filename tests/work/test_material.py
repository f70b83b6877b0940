"""Material goes out by the parts list, first what expires first; it comes back, is spoilt, or returns to its owner."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast_work import WorkWorld, order_open
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.catalogue.services import stock_count
from wadah.work.models import Lot, MaterialIssue
from wadah.work.rules.material import Given, Held, missing, needed, picking, used
from wadah.work.selectors.material import needs_of
from wadah.work.services.material import (
    Taking,
    material_counted,
    material_issue,
    material_receive,
    material_return,
    material_scrap,
    material_scrap_at_hub,
    material_send_back,
)

pytestmark = pytest.mark.django_db
DAY = today()


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


@pytest.fixture
def row(world):
    """100 plates of Bu Tini's: 18 kg of sheet."""
    return order_open(world, world.bracket.plate, world.cast.tini)


def receive(world, quantity=25, **more):
    told = {"supplier": "Toko Baja", "batch": "B-1", **more}
    return material_receive(
        cooperative=world.cast.cooperative,
        part=told.pop("part", world.bracket.sheet),
        quantity=Decimal(quantity),
        by=world.cast.manager,
        **told,
    )


def issue(world, row, lot, pieces, **more):
    return material_issue(work_order=row, takings=[Taking(lot, Decimal(pieces))], by=world.cast.manager, **more)[0]


def test_what_is_bought_can_go_out_at_once_unless_it_has_to_be_inspected(world):
    lot = receive(world)
    assert (lot.origin, lot.accepted, lot.supplier, lot.batch) == ("bought", 25, "Toko Baja", "B-1")
    assert receive(world, inspect=True).waiting == 25


def test_what_a_buyer_lends_stays_the_buyer_s(world):
    lot = receive(world, supplier="", owner=world.bracket.buyer)
    assert (lot.origin, lot.owner) == ("owned", world.bracket.buyer)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"supplier": " "}, "supplier"),
        ({"received_on": DAY + timedelta(days=2)}, "received_on"),
        ({"expires_on": DAY - timedelta(days=1)}, "expires_on"),
        ({"quantity": 0}, "quantity"),
    ],
)
def test_what_came_in_is_refused_in_words(world, wrong, field):
    with pytest.raises(Refused) as refused:
        receive(world, **wrong)
    assert refused.value.field == field
    assert not Lot.objects.exists()


def test_it_is_bought_or_lent_not_both(world):
    with pytest.raises(Refused):
        receive(world, owner=world.bracket.buyer)


def test_part_of_it_goes_out_and_the_rest_later(world, row):
    lot = receive(world)
    issue(world, row, lot, 10, received_by="Adi")
    issue(world, row, lot, 8)
    lot.refresh_from_db()
    assert (lot.accepted, lot.issued) == (7, 18)
    assert [one.received_by for one in MaterialIssue.objects.all()] == ["Adi", ""]


def test_more_than_the_parts_list_asks_needs_a_reason(world, row):
    lot = receive(world)
    with pytest.raises(Refused, match="18") as refused:
        issue(world, row, lot, 19)
    assert refused.value.field == "reason"
    issue(world, row, lot, 19, reason="Sisa potongan")


def test_what_is_not_on_the_parts_list_needs_a_reason(world, row):
    lot = receive(world, 10, part=world.bracket.bolt)
    with pytest.raises(Refused, match="BOLT-M8"):
        issue(world, row, lot, 1)
    issue(world, row, lot, 1, reason="Untuk contoh")


def test_what_is_not_there_any_more_does_not_go_out(world, row):
    lot = receive(world, 5)
    with pytest.raises(Refused, match=lot.number):
        issue(world, row, lot, 6)
    assert not MaterialIssue.objects.exists()


def test_nothing_chosen_is_refused(world, row):
    with pytest.raises(Refused) as refused:
        issue(world, row, receive(world), 0)
    assert refused.value.field == "lots"


def test_what_has_expired_does_not_go_out(world, row):
    lot = receive(world, received_on=DAY - timedelta(days=9), expires_on=DAY - timedelta(days=1))
    with pytest.raises(Refused, match=lot.number):
        issue(world, row, lot, 1)


def test_another_buyer_s_own_goes_only_into_that_buyer_s_work(world, row):
    lot = receive(world, supplier="", owner=world.bracket.buyer)
    with pytest.raises(Refused, match=lot.number):
        issue(world, row, lot, 1)
    row.material_by = "buyer"
    row.save()
    issue(world, row, lot, 1)


def test_another_cooperative_s_material_is_not_there_to_be_taken(world, row):
    lot = receive(world)
    Lot.objects.update(cooperative=world.cast.other_cooperative)
    with pytest.raises(Refused, match=lot.number):
        issue(world, row, lot, 1)


def test_unused_material_comes_back_and_spoilt_material_is_made_up_for(world, row):
    lot = receive(world)
    given = issue(world, row, lot, 18)
    material_return(issue=given, pieces=Decimal(3), by=world.cast.manager)
    with pytest.raises(Refused) as refused:
        material_scrap(issue=given, pieces=Decimal(2), reason=" ")
    assert refused.value.field == "reason"
    given = material_scrap(issue=given, pieces=Decimal(2), reason="Salah potong")
    lot.refresh_from_db()
    assert (lot.accepted, lot.issued, lot.scrapped) == (10, 13, 2)
    with pytest.raises(Refused, match="13"):
        material_return(issue=given, pieces=Decimal(14))
    issue(world, row, lot, 5)  # 3 came back and 2 were spoilt: so many are asked for again
    with pytest.raises(Refused):
        issue(world, row, lot, 1)


def test_what_is_lent_goes_back_to_its_owner(world):
    lot = receive(world, supplier="", owner=world.bracket.buyer)
    material_send_back(lot=lot, pieces=Decimal(5), reason="Pesanan selesai", by=world.cast.manager)
    lot.refresh_from_db()
    assert (lot.accepted, lot.returned) == (20, 5)


def test_what_spoils_at_the_hub_is_scrapped_with_a_reason(world):
    lot = receive(world)
    material_scrap_at_hub(lot=lot, pieces=Decimal(5), reason="Kena air", by=world.cast.manager)
    lot.refresh_from_db()
    assert (lot.accepted, lot.scrapped) == (20, 5)


def test_a_member_s_lot_is_neither_sent_back_nor_scrapped_as_material(world, row):
    from wadah.work.services.handing_over import hand_over

    lot = hand_over(work_order=row, pieces=Decimal(5))
    with pytest.raises(Refused):
        material_send_back(lot=lot, pieces=Decimal(5), reason="Salah", source="waiting")
    with pytest.raises(Refused):
        material_scrap_at_hub(lot=lot, pieces=Decimal(5), reason="Salah")


def test_what_expires_first_goes_first_then_what_came_first_and_the_buyer_s_own_before_all():
    lots = [
        Held(1, DAY, Decimal(5)),
        Held(2, DAY - timedelta(days=3), Decimal(5)),
        Held(3, DAY, Decimal(5), DAY + timedelta(days=9)),
        Held(4, DAY, Decimal(5), DAY - timedelta(days=1)),
        Held(5, DAY, Decimal(1), owned=True),
    ]
    assert picking(lots, Decimal(12), on=DAY) == [(5, 1), (3, 5), (2, 5), (1, 1)]
    assert sum(pieces for _lot, pieces in picking(lots, Decimal(99), on=DAY)) == 16  # the expired ones stay


def test_what_is_needed_missing_and_used():
    need = needed(Decimal(7), Decimal("0.18"), integer=False)
    assert need == Decimal("1.26")
    assert needed(Decimal(7), Decimal("0.5"), integer=True) == 4
    given = Given(Decimal(4), Decimal(1), Decimal("0.5"))
    assert missing(Decimal(5), given) == Decimal("2.5")
    assert used(Decimal(10), Decimal("0.18"), given.kept) == Decimal("1.8")
    assert used(Decimal(100), Decimal("0.18"), given.kept) == given.kept


def test_what_was_counted_before_there_were_lots_can_be_handed_out(world, row):
    sheet, cooperative = world.bracket.sheet, world.cast.cooperative
    stock_count(cooperative=cooperative, part=sheet, as_of=DAY, quantity=Decimal(20))
    (need,) = needs_of(row)
    assert (need.counted, need.lots) == (Decimal(20), [])
    lot = material_counted(cooperative=cooperative, part=sheet, by=world.cast.manager)
    (need,) = needs_of(row)
    assert (need.counted, need.lots, need.picked) == (Decimal(0), [lot], {lot.pk: Decimal(18)})
    material_issue(work_order=row, takings=[Taking(lot, Decimal(18))], by=world.cast.manager)
    lot.refresh_from_db()
    assert (lot.accepted, lot.issued) == (Decimal(2), Decimal(18))


def test_what_lies_in_lots_or_nowhere_is_not_made_a_lot_again(world, row):
    sheet, cooperative = world.bracket.sheet, world.cast.cooperative
    with pytest.raises(Refused):
        material_counted(cooperative=cooperative, part=sheet)
    receive(world)
    with pytest.raises(Refused):
        material_counted(cooperative=cooperative, part=sheet)
    assert Lot.objects.count() == 1
