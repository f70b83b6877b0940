"""Work that was under way before plans were told of it is told whole: by then, every law of work holds."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cast_work import order_open, week, work_build
from wadah.base.clock import now
from wadah.plans.models import Commitment, UnderWay
from wadah.work.services.handing_over import hand_over
from wadah.work.services.material import Taking, material_issue, material_receive
from wadah.work.services.moves import lot_move
from wadah.work.services.rolling import promises_roll
from work.laws import laws_broken

BEFORE = [("work", "0004_check_codes_of_quality"), ("plans", "0005_promises_read")]


@pytest.fixture
def newest():
    """Takes all to the newest migration, also where the test fails in between."""

    def up():
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    yield up
    up()


def in_the_midst(monkeypatch):
    """Plates brought in part and inspected in part, material at the workshop, a late promise moved on."""
    world = work_build()
    cast, parts = world.cast, world.bracket
    sheet = material_receive(
        cooperative=cast.cooperative, part=parts.sheet, quantity=Decimal(25), supplier="Toko", by=cast.manager
    )
    plates = order_open(world, parts.plate, cast.tini, 100)
    material_issue(work_order=plates, takings=[Taking(sheet, Decimal(18))], by=cast.manager)
    lot = hand_over(work_order=plates, pieces=Decimal(40))
    lot_move(lot=lot, kind="accept", source="waiting", target="accepted", pieces=Decimal(25))
    lot_move(lot=lot, kind="reject", source="waiting", target="rejected", pieces=Decimal(5))
    order_open(world, parts.bolt, cast.sari, 60, week_start=week(1))
    moment = now() + timedelta(weeks=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    promises_roll()


@pytest.mark.django_db(transaction=True)
def test_what_was_under_way_is_told_once_the_tables_know_it(newest, monkeypatch):
    in_the_midst(monkeypatch)
    told = set(UnderWay.objects.values_list("source", "part__code", "pieces"))
    brought = sorted(Commitment.objects.values_list("part__code", "week_start", "pieces", "handed_over"))
    assert {code for _, code, _ in told} == {"PLATE", "SHEET"}
    MigrationExecutor(connection).migrate(BEFORE)
    newest()
    assert set(UnderWay.objects.values_list("source", "part__code", "pieces")) == told
    assert sorted(Commitment.objects.values_list("part__code", "week_start", "pieces", "handed_over")) == brought
    assert laws_broken() == []
