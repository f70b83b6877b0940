"""Settlements through the database: prepared, looked at, locked by another person, and what follows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast_settling import balance, settling_build, tomorrow
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.ledger.models import Posting, Recovery, Saving, Settlement, SettlementRow, WorkEntry
from wadah.ledger.services.advances import advance_give
from wadah.ledger.services.savings import saving_pay_in
from wadah.ledger.services.settlement import settlement_discard, settlement_lock, settlement_prepare
from wadah.ledger.services.terms import terms_set, voluntary_saving_set
from wadah.register.models import Membership
from wadah.work.services.acting import Act

pytestmark = pytest.mark.django_db
EARNED = 100 * 800 + 15_000


@standing
def settling(cast):
    return settling_build(cast)


def row_of(member):
    return SettlementRow.objects.get(ikm=member.ikm)


def test_work_is_settled_savings_are_withheld_and_the_rest_is_owed(settling):
    sari = settling.cast.sari
    settling.making.accepted(sari)
    settlement = settling.lock()
    row = row_of(sari)
    assert (row.work, row.mandatory, row.voluntary, row.net) == (EARNED, 10_000, 4_750, EARNED - 14_750)
    assert settlement.number.startswith(f"PNY-{today().year}-")
    assert balance("2101", ikm=sari.ikm) == 0
    assert balance("2106", ikm=sari.ikm) == row.net
    assert (balance("3102", ikm=sari.ikm), balance("2110", ikm=sari.ikm)) == (10_000, 4_750)
    assert WorkEntry.objects.get().settled == row
    assert {saving.rupiah for saving in Saving.objects.filter(row=row)} == {10_000, 4_750}
    posting = Posting.objects.get(rule="P7")
    assert (posting.source_number, posting.by, posting.on) == (settlement.number, settling.treasurer, settlement.until)


def test_whoever_prepared_it_does_not_lock_it_and_it_is_locked_once(settling):
    settling.making.accepted(settling.cast.sari)
    settlement = settling.prepare()
    with pytest.raises(Refused):
        settlement_lock(settlement=settlement, by=settling.cast.manager)
    settling.lock(settlement)
    with pytest.raises(Refused, match=Settlement.objects.get().number):
        settling.lock(settlement)
    assert Posting.objects.filter(rule="P7").count() == 1


def test_the_treasurer_prepares_and_the_manager_locks(settling):
    settling.making.accepted(settling.cast.sari)
    settlement = settling.prepare(by=settling.treasurer)
    assert settling.lock(settlement, by=settling.cast.manager).status == "locked"


def test_what_changed_since_the_preview_is_said_and_nothing_is_locked(settling):
    sari, karim = settling.cast.sari, settling.cast.karim
    settling.making.accepted(sari)
    settlement = settling.prepare()
    settling.making.accepted(karim, 10)
    with pytest.raises(Conflict, match="Karim Karet"):
        settling.lock(settlement)
    settlement.refresh_from_db()
    assert settlement.status == "draft"
    again = settling.prepare()
    assert again.pk == settlement.pk
    assert settling.lock(again).rows.count() == 2


def test_a_preview_is_thrown_away_and_uses_up_no_number(settling):
    settling.making.accepted(settling.cast.sari)
    settlement_discard(settlement=settling.prepare(), by=settling.cast.manager)
    assert not Settlement.objects.exists()
    settlement = settling.lock()
    assert settlement.number.endswith("-0001")
    with pytest.raises(Refused, match=settlement.number):
        settlement_discard(settlement=settlement, by=settling.cast.manager)


def test_nothing_to_settle_and_a_day_to_come_are_refused(settling):
    with pytest.raises(Refused):
        settling.prepare()
    with pytest.raises(Refused) as refused:
        settling.prepare(until=tomorrow())
    assert refused.value.field == "until"


def test_work_is_settled_once(settling):
    settling.making.accepted(settling.cast.sari)
    settling.lock()
    with pytest.raises(Refused):
        settling.prepare()


def test_mandatory_savings_are_withheld_once_a_month_and_what_was_paid_in_counts(settling):
    sari = settling.cast.sari
    saving_pay_in(**settling.whose, ikm=sari.ikm, kind="wajib", rupiah=4_000, till="cash", by=settling.treasurer)
    settling.making.accepted(sari)
    settling.lock()
    assert row_of(sari).mandatory == 6_000
    settling.making.accepted(sari)
    settling.lock()
    assert SettlementRow.objects.filter(ikm=sari.ikm).latest("pk").mandatory == 0


def test_a_month_that_was_saved_is_not_taken_again_from_who_leaves_after_the_last_day(settling):
    """Found by the simulation: savings were counted only for those who are members still."""
    sari = settling.cast.sari
    saving_pay_in(**settling.whose, ikm=sari.ikm, kind="wajib", rupiah=10_000, till="cash", by=settling.treasurer)
    settling.making.accepted(sari)
    Membership.objects.filter(ikm=sari.ikm).update(left_on=tomorrow())
    settling.lock()
    assert row_of(sari).mandatory == 0


def test_who_is_no_member_saves_nothing(settling):
    sari = settling.cast.sari
    Membership.objects.filter(ikm=sari.ikm).update(left_on=today())
    settling.making.accepted(sari)
    settling.lock()
    row = row_of(sari)
    assert (row.mandatory, row.voluntary, row.net) == (0, 0, EARNED)


def test_a_member_saves_what_they_asked_for(settling):
    sari = settling.cast.sari
    act = Act(by=sari.user)
    voluntary_saving_set(**settling.whose, ikm=sari.ikm, percent=Decimal(50), act=act)
    voluntary_saving_set(**settling.whose, ikm=sari.ikm, percent=Decimal(20), act=act)
    settling.making.accepted(sari)
    settling.lock()
    assert row_of(sari).voluntary == 19_000


def give(settling, member, rupiah, **more):
    told = {"kind": "money", "till": "cash", "what": "beli kawat", "by": settling.treasurer, **more}
    return advance_give(**settling.whose, ikm=member.ikm, rupiah=rupiah, **told)


def test_advances_are_taken_off_the_oldest_first_up_to_the_agreed_part(settling):
    sari = settling.cast.sari
    first, second = give(settling, sari, 30_000), give(settling, sari, 100_000, kind="material", till="")
    settling.making.accepted(sari)
    settling.lock()
    row = row_of(sari)
    assert row.recovered == EARNED // 2
    assert [one.rupiah for one in Recovery.objects.order_by("pk")] == [30_000, EARNED // 2 - 30_000]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.recovered, second.recovered) == (30_000, EARNED // 2 - 30_000)
    assert -balance("1112", ikm=sari.ikm) == 130_000 - EARNED // 2
    assert -balance("5103") == -100_000


def test_pieces_that_come_back_after_settling_are_owed_and_taken_off_the_next_time(settling):
    sari = settling.cast.sari
    lot = settling.making.accepted(sari)
    settling.lock()
    settling.making.moved(lot, "ship_back", 100)
    settling.lock()
    row = SettlementRow.objects.filter(ikm=sari.ikm).latest("pk")
    assert (row.work, row.carried_out, row.net) == (-EARNED, EARNED, 0)
    assert -balance("1111", ikm=sari.ikm) == EARNED
    assert Settlement.objects.latest("pk").status == "paid"
    settling.making.accepted(sari, 200)
    settling.lock()
    row = SettlementRow.objects.filter(ikm=sari.ikm).latest("pk")
    assert (row.work, row.carried_in) == (175_000, EARNED)
    assert balance("1111", ikm=sari.ikm) == 0


def test_late_work_is_fined_only_where_members_agreed_and_given_back_with_the_pieces(settling):
    sari = settling.cast.sari
    due = today() - timedelta(days=8)
    lot = settling.making.accepted(sari, due_on=due)
    assert settling.prepare().rows.get().penalty == 0
    terms_set(
        **settling.whose,
        valid_from=today().replace(day=1),
        decided_by="RAT luar biasa",
        by=settling.cast.manager,
        penalty_percent_week=Decimal(2),
        penalty_cap_percent=Decimal(10),
    )
    settling.lock()
    assert row_of(sari).penalty == EARNED * 4 // 100 == balance("4202")
    settling.making.moved(lot, "ship_back", 100)
    settling.lock()
    row = SettlementRow.objects.filter(ikm=sari.ikm).latest("pk")
    assert (row.penalty, row.carried_out) == (-EARNED * 4 // 100, EARNED - EARNED * 4 // 100)
    assert balance("4202") == 0


def test_the_slip_says_what_was_rejected_and_why_it_is_not_paid(settling):
    sari = settling.cast.sari
    order = settling.making.work_order(sari, 120)
    lot = settling.making.lot(order, 120)
    settling.making.moved(lot, "accept", 100)
    settling.making.moved(lot, "reject", 15)
    settling.lock()
    (told,) = row_of(sari).why
    assert (told["work_order"], told["part"], told["pieces"]) == (order.number, "Baut M8", "100")
    assert (told["each"], told["once"], told["rupiah"]) == (800, 15_000, EARNED)
    assert told["rejected"] == [
        ["5", "The hub hasn't checked these yet."],
        ["15", "The check found something wrong. Your manager decides what happens."],
    ]


def test_only_what_was_accepted_up_to_the_day_is_settled(settling):
    settling.making.accepted(settling.cast.sari)
    with pytest.raises(Refused):
        settling.prepare(until=today() - timedelta(days=1))


def test_another_cooperative_settles_nothing_of_it(settling):
    settling.making.accepted(settling.cast.sari)
    with pytest.raises(Refused):
        settlement_prepare(cooperative=settling.cast.other_cooperative, until=today(), by=settling.treasurer)


def test_statements_do_not_grow_with_the_makers(settling):
    def statements(members, lots):
        for member in members:
            give(settling, member, 1_000)
            for _ in range(lots):
                settling.making.accepted(member)
        with CaptureQueriesContext(connection) as prepared:
            settlement = settling.prepare()
        with CaptureQueriesContext(connection) as locked:
            settling.lock(settlement)
        return len(prepared), len(locked)

    cast = settling.cast
    statements([cast.sari], 1)
    assert statements([cast.sari], 1) == statements([cast.sari, cast.karim, cast.tini], 3)
