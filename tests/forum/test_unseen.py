"""docs/city.md F9: a failed experiment is seen by nothing outside the forum.

By law: no lower room names the forum, points at its rows, or has a column for a result. By deed: what planning, offers,
settlement and the register say is the same with and without failed experiments, and none of their queries asks the
forum's tables.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast_forum import forum_build, tried
from cast_offers import next_week, plan_rows
from cast_orders import START, bracket_order
from cast_settling import settling_build
from standing import standing
from wadah.base.errors import Refused
from wadah.forum.models import Experiment, Graduation
from wadah.forum.services.graduation import graduation_ask
from wadah.ledger.models import SettlementRow
from wadah.plans.capabilities import capability_rows
from wadah.plans.rules import Horizon
from wadah.plans.snapshot import problem_of
from wadah.programme import models as programme_models
from wadah.register.models import Workshop, WorkshopSkill
from wadah.work.models import Offer
from wadah.work.services.offering import offers_sync

pytestmark = pytest.mark.django_db

SOURCE = Path(apps.get_app_config("forum").path).parent
BLIND = ("units.py", "planning", "base", "accounts", "register", "catalogue", "demand", "plans", "work", "ledger")
BESIDE = "programme"
TABLES = tuple(model._meta.db_table for model in apps.get_app_config("forum").get_models())


@standing
def settling(bracket, cast):
    bracket_order(cast, bracket)
    return settling_build(cast)


def files(room):
    path = SOURCE / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


@pytest.mark.parametrize("room", [*BLIND, BESIDE])
def test_no_lower_room_and_not_the_programme_names_the_forum(room):
    found = []
    for path in files(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []
            found += [
                f"{path.name}: {name[:60]}"
                for name in names
                if name.startswith(("wadah.forum", "forum.")) or any(table in name for table in TABLES)
            ]
    assert found == []


def test_no_row_of_another_room_points_at_the_forum():
    pointing = [
        str(field)
        for model in apps.get_models()
        if model._meta.app_label != "forum"
        for field in [*model._meta.get_fields(), *model._meta.many_to_many]
        if field.related_model and field.related_model._meta.app_label == "forum"
    ]
    assert pointing == []
    assert programme_models  # it is there, and among the models above


def said(settling, bracket):
    """What planning, offers, settlement and the register say now, as plain values."""
    cast = settling.cast
    workshops = Workshop.objects.order_by("code")
    parts = {row.code: row for row in (bracket.bolt, bracket.bush, bracket.plate)}
    settling.making.accepted(cast.sari)
    settlement = settling.prepare()
    told = {
        "problem": repr(problem_of(cast.cooperative, START, 8).problem),
        "capable": [repr(row) for row in capability_rows(parts, workshops, Horizon(START, 8))],
        "offers": offered(cast, bracket),
        "settled": list(SettlementRow.objects.filter(settlement=settlement).order_by("ikm").values_list("ikm", "net")),
        "workshops": list(workshops.values_list("code", "wish_minutes_week", "need_weight", "need_reason")),
        "skills": list(WorkshopSkill.objects.order_by("pk").values_list("workshop", "skill", "claim")),
    }
    return told, settlement


def offered(cast, bracket):
    makers = ((bracket.bolt, cast.sari), (bracket.bush, cast.karim), (bracket.plate, cast.tini))
    plan_rows(cast, [(part, maker, 1, 50) for part, maker in makers])
    offers_sync(cooperative=cast.cooperative)
    rows = Offer.objects.filter(package__week_start=next_week()).order_by("workshop")
    return list(rows.values_list("workshop", "pieces", "pay_rupiah_piece", "status"))


@pytest.fixture
def undone(db):
    """Runs something and takes back all that it wrote."""
    from django.db import transaction

    def run(act):
        point = transaction.savepoint()
        try:
            return act()
        finally:
            transaction.savepoint_rollback(point)

    return run


def test_failed_experiments_change_nothing_that_a_maker_is_given_or_paid(settling, bracket, undone):
    cast = settling.cast
    before, _settlement = undone(lambda: said(settling, bracket))
    forum = forum_build(cast)
    for number in range(5):
        tried(cast, forum.community, f"Coba {number}?", "failed", "Tidak berhasil, tetapi kini tahu.")
    assert Experiment.objects.filter(by=cast.sari.user, result="failed").count() == 6
    with CaptureQueriesContext(connection) as asked:
        after, _settlement = undone(lambda: said(settling, bracket))
    assert after == before
    assert before["offers"]
    assert before["settled"]
    assert before["capable"]
    assert len(asked) > 20
    assert [one["sql"] for one in asked if any(table in one["sql"] for table in TABLES)] == []


def test_a_failed_experiment_reaches_neither_a_cooperative_nor_the_register(cast):
    forum = forum_build(cast)
    for row in (forum.failed, forum.unknown):
        with pytest.raises(Refused):
            graduation_ask(experiment=row, product="x", cooperative=cast.cooperative, by=cast.sari.user)
    assert not Graduation.objects.exists()
