"""Stock at the end of a day, from lots and what is at workshops, at cost (P11)."""

from datetime import date
from decimal import Decimal

import pytest

from cast_years import on_day, year_build
from standing import standing
from wadah.base.errors import Conflict, Refused
from wadah.catalogue.models import BomLine, MaterialPrice, Part
from wadah.demand.models import Buyer
from wadah.ledger.models import Posting, PostingLine, StockCount
from wadah.ledger.selectors.stock import stock_lying
from wadah.ledger.services.closing import month_close
from wadah.ledger.services.stock import stock_count
from wadah.ledger.services.years import year_propose
from wadah.work.models import Lot, MaterialIssue
from wadah.work.services.moves import lot_born, lot_move

pytestmark = pytest.mark.django_db

MAY, DECEMBER = date(2025, 5, 20), date(2025, 12, 31)


@standing
def year(cast):
    return year_build(cast)


def counted(year, on=DECEMBER):
    return stock_count(cooperative=year.cooperative, on=on, by=year.treasurer)


def bought(year, pieces=100, price=2_000, owner=None):
    part = Part.objects.create(code="KAWAT", name="Kawat", subsector=year.cast.subsector)
    if price:
        MaterialPrice.objects.create(
            cooperative=year.cooperative,
            part=part,
            valid_from=date(2025, 1, 1),
            price_rupiah=price,
            quantity=Decimal(4),
            source="Toko",
        )
    origin = {"origin": "owned", "owner": owner} if owner else {"origin": "bought"}
    with on_day(MAY):
        return lot_born(
            cooperative=year.cooperative,
            part=part,
            quantity=Decimal(pieces),
            bucket="accepted",
            by=year.treasurer,
            **origin,
        )


def handed_out(lot, pieces, order):
    issue = MaterialIssue.objects.create(work_order=order, lot=lot, pieces=pieces, at=lot.made_at)
    lot_move(lot=lot, kind="issue", source="accepted", target="issued", pieces=Decimal(pieces), by=None, issue=issue)


def balance(code):
    return sum(line.debit - line.credit for line in PostingLine.objects.filter(account__code=code))


def test_made_pieces_are_worth_what_their_work_orders_paid(year):
    row = counted(year)
    [line] = row.rows.all()
    assert (line.pieces, line.how) == (200, "pay")
    assert line.rupiah == row.rupiah == (80_000 + 15_000) + 2 * (40_000 + 15_000)
    assert (balance("1122"), balance("5110")) == (row.rupiah, -row.rupiah)
    assert Posting.objects.get(rule="P11").on == DECEMBER


def test_what_was_shipped_meanwhile_still_lay_there_on_the_day(year):
    lot = lot_in_stock(year)
    lot_move(lot=lot, kind="ship", source="accepted", target="shipped", pieces=lot.accepted, by=None)  # today
    year.making.accepted(year.cast.sari, 10)
    assert [row.pieces for row in stock_lying(year.cooperative, DECEMBER)] == [200]


def test_bought_material_is_worth_its_price_of_the_day(year):
    bought(year)
    row = next(row for row in stock_lying(year.cooperative, DECEMBER) if row.part.code == "KAWAT")
    assert (row.pieces, row.rupiah, row.how, row.each) == (100, 50_000, "price", 500)


def test_a_buyers_own_material_is_not_the_cooperatives(year):
    bought(year, owner=Buyer.objects.create(name="Pabrik", market="local", kind="factory", simulated=True))
    assert "KAWAT" not in [row.part.code for row in stock_lying(year.cooperative, DECEMBER)]


def test_material_at_workshops_counts_as_far_as_it_is_not_used_up(year):
    lot = bought(year)
    with on_day(MAY):
        order = year.making.work_order(year.cast.sari, 20)
        BomLine.objects.create(parent=year.making.part, component=lot.part, quantity=Decimal(2))
        handed_out(lot, 40, order)
        year.making.lot(order, 15)
    row = next(row for row in stock_lying(year.cooperative, DECEMBER) if row.part.code == "KAWAT")
    assert row.pieces == 60 + (40 - 2 * 15)


def test_what_has_no_price_is_named_and_nothing_is_counted(year):
    bought(year, price=None)
    with pytest.raises(Refused) as told:
        counted(year)
    assert "KAWAT" in str(told.value)
    assert not StockCount.objects.exists()


def test_a_day_is_counted_once_and_days_in_order(year):
    counted(year, MAY)
    with pytest.raises(Conflict):
        counted(year, MAY)
    with pytest.raises(Refused):
        counted(year, date(2025, 5, 19))
    second = counted(year)
    assert second.before_rupiah == second.rupiah
    assert Posting.objects.filter(rule="P11").count() == 1  # nothing changed, so nothing is posted


def test_less_than_before_goes_back_into_cost(year):
    first, lot = counted(year, MAY), lot_in_stock(year)
    with on_day(date(2025, 6, 2)):
        lot_move(lot=lot, kind="ship", source="accepted", target="shipped", pieces=lot.accepted, by=None)
    second = counted(year)
    assert second.rupiah == first.rupiah - 95_000  # Bu Sari's 100 bolts
    assert balance("1122") == second.rupiah


def lot_in_stock(year):
    return Lot.objects.filter(accepted=100, cooperative=year.cooperative).get()


def test_a_closed_month_or_a_proposed_year_is_not_counted(year):
    month_close(cooperative=year.cooperative, month=DECEMBER, by=year.treasurer)
    with pytest.raises(Refused):
        counted(year)
    year_propose(cooperative=year.cooperative, year=2025, by=year.treasurer)
    with pytest.raises(Refused):
        counted(year)


def test_another_cooperative_holds_nothing(year):
    assert stock_lying(year.cast.other_cooperative, DECEMBER) == []
