"""Rates that were there before amounts were told apart keep every rupiah, forward and back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

REGISTER = ("register", "0002_claims_papers_enrolment")
BEFORE, AFTER = [REGISTER, ("catalogue", "0001_initial")], [REGISTER, ("catalogue", "0003_rates_in_amounts")]
"""With the register as it was then: a column that came later must be filled, and the models of then don't know it."""


@pytest.fixture
def migrated():
    """Takes the catalogue to a migration and hands out its models; at the end everything stands at the newest."""

    def to(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def rows(apps):
    get = apps.get_model
    part = get("catalogue", "Part").objects.create(
        code="BOLT", name="Baut", subsector=get("register", "Subsector").objects.create(code="x", name="X")
    )
    ikm = get("register", "Ikm").objects.create(name="Sari Baut", owner_name="Bu Sari")
    for code, simulated, source in (("W-1", True, "examples"), ("W-2", False, ""), ("W-3", False, "by phone")):
        get("catalogue", "Rate").objects.create(
            part=part,
            workshop=get("register", "Workshop").objects.create(ikm=ikm, code=code, name=code),
            valid_from=date(2026, 1, 1),
            minutes_per_piece=Decimal("0.5"),
            cost_rupiah_piece=350,
            setup_cost_rupiah=20_000,
            source=source,
            simulated=simulated,
        )


@pytest.mark.django_db(transaction=True)
def test_old_costs_become_pay_and_trips_and_come_back_whole(migrated):
    rows(migrated(BEFORE))
    rates = migrated(AFTER).get_model("catalogue", "Rate").objects.order_by("workshop__code")
    amounts = ("pay_rupiah_piece", "transport_rupiah_piece", "material_rupiah_piece")
    assert list(rates.values_list(*amounts)) == [(350, 0, 0)] * 3
    assert list(rates.values_list("setup_pay_rupiah", "transport_rupiah_trip")) == [(0, 20_000), *[(20_000, 0)] * 2]
    assert [text.count("tidak diketahui") for text in rates.values_list("source", flat=True)] == [0, 1, 1]
    rates.filter(workshop__code="W-1").update(transport_rupiah_piece=25)
    back = migrated(BEFORE).get_model("catalogue", "Rate").objects.order_by("workshop__code")
    assert list(back.values_list("cost_rupiah_piece", "setup_cost_rupiah")) == [
        (375, 20_000),
        (350, 20_000),
        (350, 20_000),
    ]
